"""Each idea of the method works through the command line, row by row as docs/explanation/method.md has them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

TODAY = date(2026, 11, 20)
NOTE, GOAL = f"Journal/{TODAY}.md", "Goals/Write a book.md"
HEAD = "---\ntype: goal\nidentity: writer\n"


def goal(bench: Bench, *wins: str, head: str = "", steps: str = "", path: str = GOAL) -> None:
    lines = "".join(f"- {win}\n" for win in wins)
    bench.write(path, f"{HEAD}{head}---\n## Micro-wins\n{lines}\n## Steps\n{steps}")


def days(bench: Bench, text: str, *ago: int) -> None:
    for number in ago:
        note = bench.root / f"Journal/{TODAY - timedelta(days=number)}.md"
        before = note.read_text("utf-8") if note.exists() else ""
        bench.write(f"Journal/{note.name}", f"{before}- [x] {text}\n")


def win(bench: Bench, number: int = 0) -> dict[str, Any]:
    found = bench.json("status")["goals"][0]["micro_wins"][number]
    assert isinstance(found, dict)
    return found


def test_a_win_is_ticked_answered_and_seen_in_the_note(vault: Bench) -> None:
    vault.run("sync")
    assert vault.run("tick", "write 300").out.startswith("✓ Write 300 words  ·  1 day in a row")
    assert "| Write 300 words · every weekday | 1 day |" in vault.text(GOAL)


def test_a_large_goal_is_broken_up(vault: Bench) -> None:
    vault.run("goals", "break", "write a book", "--step", "Edit", "--sub-goal", "First chapter", "--yes")
    first = next(one for one in vault.json("goals")["goals"] if one["title"] == "First chapter")
    assert first["parent"] == GOAL
    assert "- [ ] Edit\n" in vault.text(GOAL)


def test_the_hardest_comes_first_and_the_morning_is_told(vault: Bench) -> None:
    assert vault.json("today")["micro_wins"][0]["frog"] is True
    vault.moment = vault.moment.replace(hour=8)
    vault.run("tick", "1")
    day = vault.json("status")["day"]
    assert (day["morning"], day["frog"]["done"], day["frog"]["first"]) == (1, True, True)
    assert vault.json("review")["mornings"]["days"] == 1


def test_the_process_is_told_beside_the_outcome(vault: Bench) -> None:
    goal(vault, "Walk 🔁 every day", head="start: 2026-11-10\ntarget: 2026-12-31\n", steps="- [x] one ✅ 2026-11-12\n- [ ] two\n")  # fmt: skip
    days(vault, "Walk", 1, 2, 3, 5)
    assert win(vault)["consistency"]["7"] == pytest.approx(4 / 6), "today is open"
    assert "0 of 1 done today" in vault.run("status").out
    assert vault.json("status")["goals"][0]["pace"]["status"] == "ahead"


def test_wins_close_together_are_momentum(vault: Bench) -> None:
    for name in ("write 300", "open the draft", "read a page"):
        vault.run("tick", name)
    day = vault.json("status")["day"]
    assert (day["longest_stack"], day["momentum"]["bars"] > 0) == (3, True)


def test_a_tick_names_what_it_moved_and_by_how_much(vault: Bench) -> None:
    assert vault.run("tick", "chapter one").out.startswith("✓ Chapter one  ·  Write a book 33 → 67 %")


def test_two_minutes_count_and_are_what_is_named_next(vault: Bench) -> None:
    goal(vault, "Write 300 words 🔁 every day [min:: open the draft]")
    assert vault.json("next")["smallest"] == "open the draft"
    days(vault, "Open the draft", 0)
    assert win(vault)["state"] == "done"


def test_where_it_keeps_being_too_much_a_smaller_step_is_suggested(vault: Bench) -> None:
    goal(vault, "Do 10 push-ups 🔁 every day", head="start: 2026-10-20\n")
    days(vault, "Do 10 push-ups", 1, 2, 6, 7, 11, 12, 16, 17, 21, 22, 26, 27)
    suggestion = win(vault)["suggestion"]
    assert (suggestion["kind"], suggestion["amount"]["amount"]) == ("smaller", 5)


def test_the_days_are_seen_as_crosses_in_the_terminal_in_notes_and_as_a_picture(vault: Bench) -> None:
    vault.write("Look.md", "<!-- microwins:month -->\n\n<!-- microwins:heatmap -->\n")
    days(vault, "Read a page", 0, 1, 2)
    vault.run("sync")
    assert "XXX" in vault.run("status").out
    assert " X" in vault.text("Look.md")
    assert any(path.endswith(".svg") for path in vault.files())


def test_one_thing_follows_another(vault: Bench) -> None:
    names = [one["text"] for one in vault.json("today")["micro_wins"]]
    assert names.index("Write 300 words") < names.index("Read a page")
    stack = vault.json("status")["stacks"][0]
    assert stack["members"] == ["write-300-words", "read-a-page"]


def test_a_milestone_is_told_once_on_its_day_and_may_be_switched_off(vault: Bench) -> None:
    assert "Read a page: the first win" in vault.run("tick", "read a page").out.replace(" · ", ": ")
    assert "Reached today" in vault.run("status").out
    vault.write(".microwins.toml", f"celebrate = false\n{vault.text('.microwins.toml')}")
    assert "Reached today" not in vault.run("status").out


def test_each_win_is_a_vote(vault: Bench) -> None:
    days(vault, "Read a page", 0, 1)
    assert vault.json("status")["identities"][0]["votes"] == 2
    assert "2 votes for writer" in vault.run("status").out


def test_what_goes_with_fuller_days_is_told_as_what_it_is(vault: Bench) -> None:
    goal(vault, "Walk 🔁 every day", "Read 🔁 every day", "Write 🔁 every day", head="start: 2026-09-20\n")
    days(vault, "Walk", *range(1, 61, 2))
    days(vault, "Read", *range(1, 61, 2))
    days(vault, "Write", *range(1, 61, 2), 2, 4)
    assert "that says nothing about why" in vault.run("review", "quarter").out.replace("\n", " ")


def test_small_amounts_add_up_to_a_year(vault: Bench) -> None:
    goal(vault, "Do 1 push-up 🔁 every day", head="start: 2026-10-01\n")
    days(vault, "Do 1 push-up", *range(1, 40))
    found = win(vault)
    assert next(iter(found["totals"]["amounts"].values()))["all"] == 39
    assert next(iter(found["projection"]["amounts"].values()))["year"] == pytest.approx(365, abs=1)


def test_blocks_of_25_minutes_are_counted_and_their_minutes_added_up(vault: Bench) -> None:
    goal(vault, "Study 1 block of 25 min 🔁 every day [target:: 2 blocks]")
    assert "1 of 2 blocks today" in vault.run("tick", "study").out
    vault.run("tick", "study")
    amounts = win(vault)["totals"]["amounts"]
    assert (amounts["block"]["today"], amounts["min"]["today"]) == (2, 50)


def test_a_long_break_is_forgiven_and_a_return_is_greeted(vault: Bench) -> None:
    goal(vault, "Walk 🔁 every day", head="start: 2026-10-01\npause: [2026-11-10..2026-11-15]\n")
    days(vault, "Walk", 0, *range(1, 5), *range(11, 20))
    assert win(vault)["streak"]["count"] == 14
    goal(vault, "Walk 🔁 every day", head="start: 2026-10-01\n")
    days(vault, "Walk", 30)
    vault.write(f"Journal/{TODAY - timedelta(days=1)}.md", "")
    vault.write(f"Journal/{TODAY - timedelta(days=2)}.md", "")
    assert "Back after" in vault.run("status").out
    assert len(vault.run("today", "--light").out.splitlines()) < 6


def test_morning_and_evening_have_their_place_in_the_note(vault: Bench) -> None:
    vault.run("today")
    text = vault.text(NOTE)
    assert text.index("## Morning") < text.index("microwins:today") < text.index("## Evening")


def test_now_and_then_one_true_fact_is_told_and_none_if_unwanted(vault: Bench) -> None:
    goal(vault, "Read 🔁 every day", head="start: 2026-10-01\n")
    days(vault, "Read", *range(50))
    vault.write(".microwins.toml", f"celebrate = false\n{vault.text('.microwins.toml')}")
    told = [news(vault, TODAY - timedelta(days=ago)) for ago in range(14)]
    assert 0 < sum(map(bool, told)) < 14
    assert max(map(len, told)) == 1
    vault.write(".microwins.toml", f"surprise = false\n{vault.text('.microwins.toml')}")
    assert not any(news(vault, TODAY - timedelta(days=ago)) for ago in range(14))


def news(bench: Bench, day: date) -> list[str]:
    """Return what the block of news says on a day."""
    bench.write("Look.md", "<!-- microwins:news -->\n<!-- /microwins -->\n")
    bench.run("sync", "--today", str(day))
    return [line for line in bench.text("Look.md").splitlines() if line.startswith("- ")]


def test_how_often_is_told_in_a_look_back(vault: Bench) -> None:
    days(vault, "Read a page", 0, 1, 2)
    days(vault, "Write 300 words", 0, 1)
    data = vault.json("review")
    assert (data["wins"], data["wins_per_day"]) == (5, pytest.approx(1))
    assert set(data["momentum"]) == {"stacks", "wins_per_stack", "longest"}


def test_the_five_steps_are_walked_through_once(empty: Bench) -> None:
    assert empty.run("init", "--yes").code == 0
    assert "Read a book a month.md" in empty.files()
    assert empty.run("today").code == 0
    assert "the first win" in empty.run("tick", "1").out
