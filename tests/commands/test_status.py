"""`microwins status`: the whole picture, for eyes and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.commands.conftest import Bench


def diary(bench: Bench, boxes: dict[str, str]) -> None:
    for day, text in boxes.items():
        bench.write(f"Journal/2026-11-{day}.md", text)


def test_streaks_states_and_the_open_day(vault: Bench) -> None:
    done = "- [x] Read a page\n"
    diary(
        vault, {"16": done, "17": "- [-] Read a page\n", "18": done, "19": done, "20": "- [ ] Read a page\n"}
    )
    win = next(win for win in vault.json("status")["goals"][0]["micro_wins"] if win["id"] == "read-a-page")
    assert win["states"] == "#-##?"
    assert win["state"] == "open"
    assert win["streak"] == {
        "count": 3,
        "unit": "days",
        "start": "2026-11-16",
        "end": "2026-11-19",
        "slips": 0,
        "wins": 3,
        "days": 4,
    }
    assert win["totals"]["all"] == 3


def test_a_later_day_closes_the_earlier_ones(vault: Bench) -> None:
    diary(vault, {"19": "- [x] Read a page\n"})
    win = vault.run("status", "--json", "--today", "2026-11-22").data["goals"][0]["micro_wins"][2]
    assert win["states"] == "#xx?"
    assert win["streak"]["count"] == 0


def test_the_text_names_goals_micro_wins_and_progress(vault: Bench) -> None:
    diary(vault, {"19": "- [x] Read a page\n"})
    out = vault.run("status").out
    assert out.startswith("Friday, 20 November 2026\n0 of 3 done today")
    assert "Write a book" in out
    assert "1 of 3 steps" in out
    assert "Read a page" in out
    assert "X done" in out


def test_problems_are_counted_and_the_command_that_lists_them_is_named(vault: Bench) -> None:
    vault.write("Goals/Odd.md", "---\ntype: goal\n---\n## Micro-wins\n- Fly 🔁 every blue moon\n")
    result = vault.run("status")
    assert result.code == 0
    assert "1 problem: see `microwins check`." in result.out
    assert "microwins check" not in vault.run("status", "--quiet").out
    assert [problem["code"] for problem in vault.run("status", "--json").document["problems"]] == [
        "schedule-unknown"
    ]


def test_a_vault_without_goals_says_how_to_get_one(empty: Bench) -> None:
    assert "microwins goals new" in empty.run("status", "--today", "2026-11-20").out


def test_it_writes_nothing(vault: Bench) -> None:
    before = vault.files()
    vault.run("status")
    assert vault.files() == before


def test_one_win_is_one_win(vault: Bench) -> None:
    assert "1 win so far" in vault.run("status").out


def test_without_a_schedule_totals_are_shown_and_no_strength(vault: Bench) -> None:
    vault.write("Goals/Thanks.md", "---\ntype: goal\n---\n## Micro-wins\n- Give thanks\n")
    vault.write("Journal/2026-11-20.md", "- [x] Give thanks\n")
    [line] = [line for line in vault.run("status").out.splitlines() if line.startswith("  ✓ Give thanks")]
    assert (" 1 time " in line, "%" in line, "▱" in line) == (True, False, False)
    assert "Give thanks: done, 1 time.\n" in vault.run("status", "--plain").out


def test_conflict_copies_are_told_beside_other_problems(vault: Bench) -> None:
    note = vault.text("Goals/Write a book.md")
    vault.write("Goals/Write a book.sync-conflict-20261120-202322-W3G74XU.md", note + "More.\n")
    told = "\n\n1 conflict copy of a sync client: `microwins conflicts` shows it.\n"
    assert vault.run("status").out.endswith(told)
    vault.write("Note.md", "<!-- microwins:summary -->\nno end\n")
    assert vault.run("status").out.endswith(f"{told}1 problem: see `microwins check`.\n")
    assert "conflict copy" not in vault.run("status", "-q").out


def test_where_nothing_may_be_written_yet_it_says_what_comes_first(stranger: Bench) -> None:
    for command in ("status", "today"):
        assert "Nothing is written here yet: `microwins init` sets the vault up." in stranger.run(command).out
        assert "microwins init" not in stranger.run(command, "-q").out


def test_before_init_no_two_empty_lines_follow_each_other(stranger: Bench) -> None:
    assert "\n\n\n" not in stranger.run("status").out
    assert "\n\n\n" not in stranger.run("status", "--plain").out


def test_the_range_of_a_forecast_says_the_year_of_its_end(empty: Bench) -> None:
    empty.write(".microwins.toml", "")
    head = "type: goal\nstart: 2026-11-14\ntarget: 2027-06-30\nmeasure: 60000 words"
    empty.write("P.md", f"---\n{head}\n---\n## Micro-wins\n- Write 300 words 🔁 every weekday\n")
    empty.write("2026-11-17.md", "- [x] Write 300 words [words:: 650]\n")
    told = empty.run("status", "--today", "2026-11-23").out
    assert "at this rate 21 February 2029 (23 August 2028 to 21 February 2029)" in told
