"""Light mode: one smallest step a day, for the vault, for a goal, or for one day; and the cues of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

NOTE = "Journal/2026-11-20.md"
BOOK, FIT = "Goals/Book.md", "Goals/Fit.md"
LIST = "<!-- microwins:today -->\n<!-- /microwins -->\n"
LIGHT = "<!-- microwins:today light -->\n"


@pytest.fixture
def hard_times(empty: Bench) -> Bench:
    empty.write(".microwins.toml", 'timezone = "UTC"\n\n[daily]\nfolder = "Journal"\n')
    empty.write(
        BOOK,
        "---\ntype: goal\n---\n## Micro-wins\n- Write 300 words 🔁 every day #frog [min:: open the draft]\n- Read 🔁 every day\n",
    )
    empty.write(
        FIT,
        "---\ntype: goal\n---\n## Micro-wins\n- Run 5 km 🔁 every day #frog\n- Stretch 🔁 every day [after:: morning coffee]\n",
    )
    return empty


def boxes(bench: Bench, path: str = NOTE) -> list[str]:
    return [line for line in bench.text(path).splitlines() if line.startswith("- [")]


def with_setting(bench: Bench, line: str) -> None:
    bench.write(".microwins.toml", f"{line}\n{bench.text('.microwins.toml')}")


def test_without_it_all_that_is_due_is_laid_out_frogs_first(hard_times: Bench) -> None:
    hard_times.run("today")
    assert boxes(hard_times) == [
        "- [ ] Write 300 words #frog",
        "- [ ] Run 5 km #frog",
        "- [ ] Read",
        "- [ ] Stretch (after:: morning coffee)",
    ]


def test_the_setting_lays_out_the_smallest_version_of_one(hard_times: Bench) -> None:
    with_setting(hard_times, "light = true")
    data = hard_times.json("today")
    assert boxes(hard_times) == ["- [ ] open the draft"]
    assert [win["text"] for win in data["micro_wins"]] == ["Write 300 words #frog"]


def test_a_ticked_small_version_counts_for_its_micro_win_and_nothing_is_added_then(hard_times: Bench) -> None:
    with_setting(hard_times, "light = true")
    hard_times.run("today")
    hard_times.write(NOTE, hard_times.text(NOTE).replace("- [ ] open", "- [x] open"))
    hard_times.run("sync")
    assert boxes(hard_times) == ["- [x] open the draft"]
    found = hard_times.json("status")["goals"][0]["micro_wins"][0]
    assert (found["state"], found["streak"]["count"]) == ("done", 1)


def test_one_box_of_the_users_own_is_enough(hard_times: Bench) -> None:
    with_setting(hard_times, "light = true")
    hard_times.write(NOTE, f"- [ ] Stretch\n\n{LIST}")
    hard_times.run("sync")
    assert boxes(hard_times) == ["- [ ] Stretch"]


def test_a_goal_may_be_light_alone(hard_times: Bench) -> None:
    hard_times.write(FIT, hard_times.text(FIT).replace("type: goal\n", "type: goal\nlight: true\n"))
    hard_times.run("today")
    assert boxes(hard_times) == [
        "- [ ] Write 300 words #frog",
        "- [ ] Read",
        "- [ ] Stretch (after:: morning coffee)",
    ]


def test_where_nothing_has_a_small_version_the_hard_one_is_left_out(hard_times: Bench) -> None:
    hard_times.write(BOOK, hard_times.text(BOOK).replace(" [min:: open the draft]", ""))
    with_setting(hard_times, "light = true")
    hard_times.run("today")
    assert boxes(hard_times) == ["- [ ] Read"]


def test_the_option_makes_todays_note_light_and_it_stays_so_for_the_day(hard_times: Bench) -> None:
    result = hard_times.run("today", "--light")
    assert "Stretch" not in result.out
    assert LIGHT in hard_times.text(NOTE)
    assert boxes(hard_times) == ["- [ ] open the draft"]
    assert hard_times.json("sync")["written"] == []
    hard_times.run("today", "--today", "2026-11-21")
    assert len(boxes(hard_times, "Journal/2026-11-21.md")) == 4


def test_a_note_that_is_there_keeps_its_lines(hard_times: Bench) -> None:
    hard_times.run("today")
    before = hard_times.text(NOTE)
    out = hard_times.run("today", "--light").out
    assert hard_times.text(NOTE) == before
    assert "Run 5 km" not in out


def test_other_turns_are_counted_as_ever(hard_times: Bench) -> None:
    with_setting(hard_times, "light = true")
    hard_times.write("Journal/2026-11-19.md", "- [ ] Read\n")
    assert hard_times.json("status")["goals"][0]["micro_wins"][1]["states"].startswith("x")


def test_a_light_that_is_neither_true_nor_false_is_told(hard_times: Bench) -> None:
    hard_times.write(FIT, hard_times.text(FIT).replace("type: goal\n", "type: goal\nlight: perhaps\n"))
    result = hard_times.run("check")
    assert result.code == 3
    assert "light" in result.out + result.err


def test_the_templates_marker_keeps_its_options_when_it_is_made_light(hard_times: Bench) -> None:
    with_setting(hard_times, 'daily.template = "Day.md"')
    text = hard_times.text(".microwins.toml").replace('daily.template = "Day.md"\n', "")
    hard_times.write(".microwins.toml", f'{text}template = "Day"\n')
    hard_times.write("Day.md", "# {{title}}\n\n%% microwins:today goal=Fit cues=no %%\n%% /microwins %%\n")
    hard_times.run("today", "--light")
    assert (
        "%% microwins:today goal=Fit cues=no light %%\n- [ ] Stretch\n%% /microwins %%\n"
        in hard_times.text(NOTE)
    )


def test_cues_are_told_unless_the_marker_says_no_and_never_where_they_would_not_be_read_back(
    hard_times: Bench,
) -> None:
    hard_times.write(NOTE, LIST.replace("today", "today cues=no"))
    hard_times.run("sync")
    assert "- [ ] Stretch" in boxes(hard_times)
    hard_times.write(FIT, hard_times.text(FIT).replace("morning coffee", "coffee (the first)"))
    hard_times.write(NOTE, LIST)
    hard_times.run("sync")
    assert "- [ ] Stretch" in boxes(hard_times)


def test_on_a_light_day_today_goes_on_showing_one_step_and_says_how_to_have_the_others(
    hard_times: Bench,
) -> None:
    hard_times.run("today", "--light")
    result = hard_times.run("today")
    assert "0 of 1 done" in result.out
    assert "Stretch" not in result.out
    assert "Also due: 3. To have all in Journal/2026-11-20.md, take `light`" in " ".join(result.out.split())
    assert "Also due" not in hard_times.run("today", "--light").out
    assert "Also due" not in hard_times.run("today", "-q").out
    assert hard_times.json("today")["light"] is True
    hard_times.write(NOTE, hard_times.text(NOTE).replace("today light", "today"))
    result = hard_times.run("today")
    assert "0 of 4 done" in result.out
    assert "Also due" not in result.out
    assert len(boxes(hard_times)) == 4
    assert hard_times.json("today")["light"] is False


def test_light_mode_of_the_settings_says_nothing_of_what_else_is_due(hard_times: Bench) -> None:
    with_setting(hard_times, "light = true")
    assert "Also due" not in hard_times.run("today").out


@pytest.mark.parametrize("is_there", [True, False])
def test_the_number_that_light_mode_shows_is_that_which_tick_takes(hard_times: Bench, is_there: bool) -> None:
    hard_times.write(BOOK, hard_times.text(BOOK).replace(" [min:: open the draft]", ""))
    hard_times.write(FIT, hard_times.text(FIT).replace("Stretch ", "Stretch [min:: stand up] "))
    if is_there:
        hard_times.run("today")
    shown = hard_times.run("today", "--light").out
    (row,) = [line for line in shown.splitlines() if "Stretch" in line]
    assert f"{row.split()[0]}. Stretch" in hard_times.run("today", "--light", "--plain").out
    assert hard_times.json("tick", row.split()[0])["micro_win"]["text"] == "Stretch"


def test_once_the_small_step_is_done_a_light_day_is_done(hard_times: Bench) -> None:
    hard_times.run("today", "--light")
    hard_times.run("tick", "1")
    result = hard_times.run("today")
    assert "1 of 1 done" in result.out
    assert boxes(hard_times) == ["- [x] open the draft"]
