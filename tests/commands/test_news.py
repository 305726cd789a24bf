"""What is worth telling of a day: once, true, in a block of its own and at the tick, and off with one setting."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from microwins.streaks.surprises import is_drawn

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

TODAY = date(2026, 11, 20)
NOTE, GOAL = f"Journal/{TODAY}.md", "Goals/Walks.md"
BLOCK = "<!-- microwins:news -->\n<!-- /microwins -->\n"
REACHED = "✦ Reached today · Walk: 3 days in a row"
DRAWN = next(TODAY + timedelta(days=days) for days in range(60) if is_drawn(TODAY + timedelta(days=days)))


@pytest.fixture
def walks(empty: Bench) -> Bench:
    empty.write(".microwins.toml", 'timezone = "UTC"\nsurprise = false\n\n[daily]\nfolder = "Journal"\n')
    empty.write(GOAL, "---\ntype: goal\n---\n## Micro-wins\n- Walk 🔁 every day\n- Read 🔁 every day\n")
    for back in (1, 2):
        empty.write(f"Journal/{TODAY - timedelta(days=back)}.md", "- [x] Walk\n- [x] Read\n")
    empty.write(NOTE, f"- [ ] Walk\n- [ ] Read\n\n{BLOCK}")
    return empty


def test_a_milestone_is_told_at_the_tick_and_in_the_block(walks: Bench) -> None:
    result = walks.run("tick", "walk")
    assert result.out.splitlines()[1:] == [REACHED]
    assert f"<!-- microwins:news -->\n- {REACHED}\n<!-- /microwins -->\n" in walks.text(NOTE)
    assert walks.run("check").code == 0


def test_only_one_milestone_stands_in_the_block_and_the_second_tick_repeats_nothing(walks: Bench) -> None:
    walks.run("tick", "walk")
    assert walks.json("tick", "read")["news"] == []
    assert walks.text(NOTE).count("✦") == 1


def test_taking_the_tick_back_takes_the_line_out_again(walks: Bench) -> None:
    before = walks.text(NOTE)
    walks.run("tick", "walk")
    assert "✦" not in walks.run("untick", "walk").out
    assert walks.text(NOTE) == before


def test_the_second_pass_writes_nothing_and_a_later_day_leaves_the_note_as_it_is(walks: Bench) -> None:
    walks.run("tick", "walk")
    text = walks.text(NOTE)
    assert walks.json("sync")["written"] == []
    walks.run("sync", "--today", str(TODAY + timedelta(days=1)))
    assert walks.text(NOTE) == text


def test_the_dashboard_tells_it_on_its_day_alone(walks: Bench) -> None:
    walks.write("Dash.md", "<!-- microwins:summary -->\n")
    walks.run("tick", "walk")
    assert f"- {REACHED}\n" in walks.text("Dash.md")
    walks.run("sync", "--today", str(TODAY + timedelta(days=1)))
    assert "✦" not in walks.text("Dash.md")


def test_one_setting_switches_celebrations_off_everywhere(walks: Bench) -> None:
    walks.write(".microwins.toml", f"celebrate = false\n{walks.text('.microwins.toml')}")
    assert walks.json("tick", "walk")["news"] == []
    assert BLOCK in walks.text(NOTE)
    assert "Reached" not in walks.run("status").out


def test_without_the_marker_no_note_is_touched(walks: Bench) -> None:
    walks.write(NOTE, "- [ ] Walk\n")
    walks.run("tick", "walk")
    assert walks.text(NOTE) == "- [x] Walk\n"


def test_in_german_it_is_told_in_german(walks: Bench) -> None:
    walks.write(".microwins.toml", f'language = "de"\n{walks.text(".microwins.toml")}')
    walks.run("tick", "walk")
    assert "✦" in walks.text(NOTE)
    assert "Reached" not in walks.text(NOTE)
    assert walks.run("check").code == 0


@pytest.mark.parametrize("wanted", [True, False])
def test_a_fact_is_told_on_a_day_that_is_drawn_unless_it_is_switched_off(empty: Bench, wanted: bool) -> None:
    settings = f'timezone = "UTC"\ncelebrate = false\nsurprise = {str(wanted).lower()}\n'
    empty.write(".microwins.toml", settings)
    empty.write(GOAL, "---\ntype: goal\n---\n## Micro-wins\n- Walk 🔁 every day\n")
    empty.write(f"{DRAWN.replace(year=DRAWN.year - 1)}.md", "- [x] Walk\n")
    empty.write(f"{DRAWN}.md", f"- [ ] Walk\n\n{BLOCK}")
    news = empty.json("tick", "walk", "--today", str(DRAWN))["news"]
    assert news == (["Walk: done a year ago today as well."] if wanted else [])
    assert ("✦ Walk: done a year ago today as well." in empty.text(f"{DRAWN}.md")) is wanted
    assert ("a year ago" in empty.run("status", "--today", str(DRAWN)).out) is wanted


def test_no_name_can_forge_a_marker_or_a_box_in_the_block(walks: Bench) -> None:
    evil = "Walk <!-- /microwins --> - [x] b `c"
    walks.write(GOAL, f"---\ntype: goal\n---\n## Micro-wins\n- {evil} [id:: w] 🔁 every day\n")
    walks.write(NOTE, f"- [ ] a [id:: w]\n\n{BLOCK}")
    walks.run("tick", "w")
    assert "✦ Reached today" in walks.text(NOTE)
    found = walks.json("parse", str(walks.root / NOTE))["notes"][0]
    assert [block["name"] for block in found["blocks"]] == ["news"]
    assert len(found["tasks"]) == 1
