"""What is open in the last daily notes: named in today's note with a link, never copied, counted once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

TODAY = date(2026, 11, 20)
NOTE = f"Journal/{TODAY}.md"
MARKERS = "<!-- microwins:open -->\n<!-- /microwins -->\n"
GOAL = "---\ntype: goal\n---\n## Micro-wins\n- Walk 🔁 every day\n"


def day(back: int) -> str:
    return f"Journal/{TODAY - timedelta(days=back)}.md"


@pytest.fixture
def journal(empty: Bench) -> Bench:
    empty.write(".microwins.toml", 'timezone = "UTC"\n\n[daily]\nfolder = "Journal"\n')
    empty.write("Goals/Fit.md", GOAL)
    empty.write(day(1), "- [ ] Walk\n- [ ] Call the dentist ^d1\n- [x] Pay the bill\n- [-] Dropped\n")
    empty.write(
        day(3),
        "- [ ] Pay the bill\n- [ ] Mend the <b>bike</b>\n  - [ ] a part of it\n- [ ] Water plants 🔁 every week\n",
    )
    empty.write(NOTE, MARKERS)
    return empty


def named(bench: Bench, path: str = NOTE) -> list[str]:
    inside = bench.text(path).partition("microwins:open")[2].partition("/microwins")[0]
    return [line for line in inside.splitlines() if line.startswith("- ")]


def test_open_one_off_tasks_are_named_with_a_link_to_where_they_stand(journal: Bench) -> None:
    before = {path: journal.text(path) for path in (day(1), day(3))}
    journal.run("sync")
    assert named(journal) == [
        "- ○ Call the dentist · [[2026-11-19#^d1]]",
        "- ○ Mend the &lt;b&gt;bike&lt;/b&gt; · [[2026-11-17]]",
    ]
    assert {path: journal.text(path) for path in before} == before
    assert journal.json("sync")["written"] == []
    assert journal.run("check").code == 0


def test_none_of_it_is_a_box_and_what_is_ticked_counts_once(journal: Bench) -> None:
    journal.run("sync")
    totals = journal.json("status")["totals"]["all"]
    assert journal.json("parse", str(journal.root / NOTE))["notes"][0]["tasks"] == []
    journal.write(day(1), journal.text(day(1)).replace("- [ ] Call", "- [x] Call"))
    journal.run("sync")
    assert named(journal) == ["- ○ Mend the &lt;b&gt;bike&lt;/b&gt; · [[2026-11-17]]"]
    assert journal.json("status")["totals"]["all"] == totals + 1


def test_a_task_that_was_written_again_today_is_not_named(journal: Bench) -> None:
    journal.write(NOTE, f"- [ ] call the dentist!\n\n{MARKERS}")
    journal.run("sync")
    assert "dentist" not in "".join(named(journal))


def test_the_options_bound_it(journal: Bench) -> None:
    journal.write(NOTE, MARKERS.replace("open", "open count=1"))
    journal.run("sync")
    assert named(journal) == ["- ○ Call the dentist · [[2026-11-19#^d1]]", "- ○ one more"]
    journal.write(NOTE, MARKERS.replace("open", "open days=1"))
    journal.run("sync")
    assert named(journal) == ["- ○ Call the dentist · [[2026-11-19#^d1]]"]


def test_the_block_of_another_day_stays_as_it_was(journal: Bench) -> None:
    journal.run("sync")
    text = journal.text(NOTE)
    journal.write(day(1), journal.text(day(1)).replace("- [ ] Call", "- [x] Call"))
    journal.run("sync", "--today", str(TODAY + timedelta(days=1)))
    assert journal.text(NOTE) == text


@pytest.mark.parametrize("template", [None, "# {{title}}\r\n%% microwins:today %%\r\n\r\nMine"])
def test_a_note_that_is_made_has_a_place_for_it_only_where_that_is_wanted(
    journal: Bench, template: str | None
) -> None:
    (journal.root / NOTE).unlink()
    if template is not None:
        journal.write("Day.md", template)
        journal.write(".microwins.toml", f'{journal.text(".microwins.toml")}template = "Day"\n')
    journal.run("today", "--today", str(TODAY + timedelta(days=1)))
    assert "microwins:open" not in journal.text(day(-1))
    journal.write(".microwins.toml", f"{journal.text('.microwins.toml')}carry = true\n")
    journal.run("today")
    assert len(named(journal)) == 2
    assert journal.text(NOTE).index("- [ ] Walk") < journal.text(NOTE).index("microwins:open")
    assert journal.run("check").code == 0


def test_without_a_global_filter_on_the_line_a_box_is_no_task(journal: Bench) -> None:
    journal.write(".obsidian/community-plugins.json", '["obsidian-tasks-plugin"]')
    journal.write(".obsidian/plugins/obsidian-tasks-plugin/data.json", '{"globalFilter": "#task"}')
    journal.write(day(1), "- [ ] Call the dentist #task\n- [ ] Only a box\n")
    journal.run("sync")
    assert [line.partition(" · ")[0] for line in named(journal)] == ["- ○ Call the dentist"]
