"""What is told beside the figures: the day, returns, milestones, stacks, suggestions, keystones and votes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

TODAY = date(2026, 11, 20)
NOTE, GOAL = f"Journal/{TODAY}.md", "Goals/Write a book.md"


def days_ago(number: int) -> str:
    return f"Journal/{TODAY - timedelta(days=number)}.md"


def one_goal(bench: Bench, *micro_wins: str, extra: str = "", steps: str = "") -> None:
    bullets = "".join(f"- {one}\n" for one in micro_wins)
    bench.write(
        GOAL, f"---\ntype: goal\nstart: 2026-10-01\n{extra}---\n## Micro-wins\n{bullets}\n## Steps\n{steps}"
    )


def done_on(bench: Bench, text: str, *days: int) -> None:
    for number in days:
        bench.write(days_ago(number), f"- [x] {text}\n")


def micro_win(bench: Bench, number: int = 0, *words: str) -> dict[str, Any]:
    found = bench.json("status", *words)["goals"][0]["micro_wins"][number]
    assert isinstance(found, dict)
    return found


def quiet_lines(bench: Bench, *words: str) -> Iterator[str]:
    """Yield the lines of `status` below the goals."""
    out = bench.run("status", *words).out
    yield from (line for line in out.split("\n\n")[-2].splitlines() if "▱" not in line)


# Returns


def test_a_return_is_praised_with_what_stands_and_never_with_what_ended(vault: Bench) -> None:
    one_goal(vault, "Walk 🔁 every day")
    done_on(vault, "Walk", *range(4, 44), 0)
    assert "Walk · Back after 3 days. 41 wins so far." in quiet_lines(vault)
    found = micro_win(vault)["comebacks"]
    assert found["list"] == [{"date": str(TODAY), "missed_slots": 3, "gap_days": 4, "idle_slots": 3}]
    assert (found["count"], found["median_missed"], found["rebuilding"]) == (1, 3.0, True)


def test_whoever_did_a_part_meanwhile_was_not_away(vault: Bench) -> None:
    one_goal(vault, "Write [target:: 300 words] 🔁 every day")
    for back, words in ((8, 300), (7, 300), (5, 100), (3, 50), (2, 200), (0, 300)):
        vault.write(days_ago(back), f"- [x] Write {words} words\n")
    lines = list(quiet_lines(vault))
    assert "Write · Back at it. 6 wins so far." in lines
    assert not any("Back after" in line for line in lines)
    (found,) = micro_win(vault)["comebacks"]["list"]
    assert (found["missed_slots"], found["gap_days"], found["idle_slots"]) == (6, 2, 1)


def test_only_the_turns_in_which_nothing_was_done_are_named_at_a_return(vault: Bench) -> None:
    one_goal(vault, "Write [target:: 300 words] 🔁 every day")
    for back, words in ((6, 300), (5, 100), (0, 300)):
        vault.write(days_ago(back), f"- [x] Write {words} words\n")
    assert "Write · Back after 4 days. 3 wins so far." in quiet_lines(vault)


def test_a_return_is_told_on_its_day_only(vault: Bench) -> None:
    one_goal(vault, "Walk 🔁 every day")
    done_on(vault, "Walk", *range(5, 9), 1)
    assert not any("Back" in line for line in quiet_lines(vault))
    assert micro_win(vault)["comebacks"]["count"] == 1


def test_a_streak_without_a_lapse_has_no_comebacks(vault: Bench) -> None:
    one_goal(vault, "Walk 🔁 every day")
    done_on(vault, "Walk", 1, 2, 3)
    assert micro_win(vault)["comebacks"] == {
        "count": 0,
        "median_missed": None,
        "longest_since": 0,
        "rebuilding": False,
        "pending_miss": 0,
        "list": [],
    }


def test_a_missed_turn_that_the_streak_survives_is_told_as_pending(vault: Bench) -> None:
    one_goal(vault, "Walk 🔁 every day", extra="grace: never-twice\n")
    done_on(vault, "Walk", 2, 3, 4)
    assert micro_win(vault)["comebacks"]["pending_miss"] == 1


# Milestones


def test_a_milestone_of_today_is_told_once_and_the_highest_only(vault: Bench) -> None:
    one_goal(vault, "Walk 🔁 every day")
    done_on(vault, "Walk", *range(7))
    assert "Reached today · Walk: 7 days in a row" in quiet_lines(vault)
    assert sum("Reached" in line for line in quiet_lines(vault)) == 1


def test_milestones_have_the_day_on_which_they_were_reached(vault: Bench) -> None:
    one_goal(vault, "Walk 🔁 every day")
    done_on(vault, "Walk", *range(1, 11))
    found = {(one["kind"], one["value"]): one for one in micro_win(vault)["milestones"]}
    assert found["streak", 3] == {"kind": "streak", "value": 3, "unit": "days", "date": "2026-11-12"}
    assert found["wins", 10]["date"] == str(TODAY - timedelta(days=1))
    assert found["strength", 0.2]["unit"] is None


def test_unticking_withdraws_a_milestone(vault: Bench) -> None:
    one_goal(vault, "Walk 🔁 every day")
    done_on(vault, "Walk", 0, 1, 2)
    assert any("3 days in a row" in line for line in quiet_lines(vault))
    vault.run("untick", "walk")
    assert not any("Reached" in line for line in quiet_lines(vault))


def test_hidden_streaks_tell_no_milestone_of_a_streak(vault: Bench) -> None:
    one_goal(vault, "Walk 🔁 every day")
    done_on(vault, "Walk", *range(7))
    vault.write(".microwins.toml", f'streaks = "hidden"\n{vault.text(".microwins.toml")}')
    assert not any("in a row" in line for line in quiet_lines(vault))
    assert all(one["kind"] != "streak" for one in micro_win(vault)["milestones"])


def test_amounts_are_told_in_their_unit(vault: Bench) -> None:
    one_goal(vault, "Write 🔁 every day")
    vault.write(NOTE, "- [x] Write [words:: 2600]\n")
    found = [one for one in micro_win(vault)["milestones"] if one["kind"] == "amount"]
    assert found == [{"kind": "amount", "value": 2500, "unit": "words", "date": str(TODAY)}]


def test_the_quarters_of_a_goal_are_dated_by_its_steps_and_what_has_no_date_is_left_out(vault: Bench) -> None:
    one_goal(
        vault, "Walk 🔁 every day",
        steps="- [x] One ✅ 2026-11-02\n- [x] Two ✅ 2026-11-20\n- [x] Three\n- [ ] Four\n",
    )  # fmt: skip
    found = vault.json("status")["goals"][0]
    assert found["progress"] == 0.75
    assert [(one["value"], one["date"]) for one in found["milestones"]] == [
        (0.25, "2026-11-02"),
        (0.5, "2026-11-20"),
    ]
    assert "Reached today · Write a book: 50 % of the way" in quiet_lines(vault)


def test_a_milestone_of_a_goal_goes_by_what_its_steps_weigh_and_bear(vault: Bench) -> None:
    one_goal(
        vault, extra="measure: 100 pages\n",
        steps="- [x] A [pages:: 80] ✅ 2026-11-02\n- [x] B [weight:: 3] ✅ 2026-11-20\n- [ ] C [weight:: 4]\n",
    )  # fmt: skip
    found = vault.json("status")["goals"][0]
    assert found["progress"] == 0.65
    assert [(one["value"], one["date"]) for one in found["milestones"]] == [
        (0.25, "2026-11-02"),
        (0.5, "2026-11-20"),
    ]


# Suggestions


def test_a_step_that_keeps_being_missed_gets_one_quiet_suggestion_with_its_numbers(vault: Bench) -> None:
    one_goal(vault, "Jog 20 minutes 🔁 every day", "Walk 🔁 every day [min:: put on shoes]")
    done_on(vault, "Jog 20 minutes", *range(5, 30))
    found = micro_win(vault)["suggestion"]
    assert (found["kind"], found["amount"]) == ("smaller", {"amount": 10, "unit": "minutes"})
    assert (found["reason"]["kind"], found["reason"]["count"], found["reason"]["of"]) == ("missed", 3, 5)
    lines = [line for line in quiet_lines(vault) if "of the last" in line]
    assert lines == ["Jog 20 minutes · Done 2 of the last 5 times. A smaller step to try: 10 minutes."]


def test_a_suggestion_changes_nothing_and_goes_again(vault: Bench) -> None:
    one_goal(vault, "Jog 20 minutes 🔁 every day")
    done_on(vault, "Jog 20 minutes", *range(5, 30))
    before = vault.text(GOAL)
    vault.run("status")
    assert vault.text(GOAL) == before
    assert micro_win(vault, 0, "--today", "2026-11-26")["suggestion"] is None


# The day


def test_the_wins_of_the_day_and_what_their_times_tell(vault: Bench) -> None:
    vault.write(
        NOTE,
        "- [x] Open the draft for 2 minutes #frog [time:: 08:00]\n- [x] Write 300 words [time:: 09:15]\n"
        "- [x] Call the bank [time:: 11:30]\n",
    )
    day = vault.json("status")["day"]
    assert (day["wins"], day["timed"], day["morning"], day["longest_stack"]) == (3, 3, 2, 2)
    assert (day["frog"]["done"], day["frog"]["first"]) == (True, True)
    assert 0 < day["momentum"]["value"] < 3


def test_the_morning_ends_when_the_settings_say_so(vault: Bench) -> None:
    vault.write(NOTE, "- [x] Read a page [time:: 09:30]\n")
    assert vault.json("status")["day"]["morning"] == 1
    vault.write(".microwins.toml", f'morning_until = "09:00"\n{vault.text(".microwins.toml")}')
    assert vault.json("status")["day"]["morning"] == 0


def test_where_no_time_is_known_it_stays_unknown(vault: Bench) -> None:
    vault.write(NOTE, "- [x] Open the draft for 2 minutes\n- [x] Read a page\n")
    day = vault.json("status")["day"]
    assert (day["wins"], day["timed"], day["morning"], day["momentum"]) == (
        2,
        0,
        None,
        {"value": None, "bars": 0},
    )
    assert (day["frog"]["done"], day["frog"]["first"]) == (True, None)


def test_a_frog_that_is_due_and_has_no_box_yet_is_the_frog(vault: Bench) -> None:
    frog = vault.json("status")["day"]["frog"]
    assert (frog["micro_win"], frog["path"], frog["done"], frog["first"]) == (
        "open-the-draft-for-2-minutes", GOAL, False, None,
    )  # fmt: skip


def test_any_box_of_the_day_may_be_the_frog(vault: Bench) -> None:
    vault.write(GOAL, vault.text(GOAL).replace(" #frog", ""))
    vault.write(NOTE, "- [ ] Call the bank #frog\n- [x] Read a page\n")
    frog = vault.json("status")["day"]["frog"]
    assert (frog["micro_win"], frog["line"], frog["done"]) == (None, 1, False)


def test_two_frogs_on_one_day_are_a_problem_and_the_first_counts(vault: Bench) -> None:
    vault.write(NOTE, "- [x] Call the bank #frog\n- [ ] Open the draft for 2 minutes\n")
    assert vault.json("status")["day"]["frog"]["line"] == 1
    problems = vault.run("check", "--json").document["problems"]
    assert [(one["code"], one["path"], one["line"]) for one in problems] == [("frog-twice", NOTE, 2)]
    vault.write(days_ago(1), vault.text(NOTE))
    vault.write(NOTE, "")
    assert vault.run("check").code == 0


def test_tick_remembers_the_time_and_untick_forgets_it(vault: Bench) -> None:
    vault.moment = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    vault.run("tick", "open the draft")
    vault.moment = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    vault.run("tick", "read a page")
    day = vault.json("status")["day"]
    assert (day["timed"], day["morning"], day["longest_stack"], day["frog"]["first"]) == (2, 2, 2, True)
    assert day["momentum"]["value"] == pytest.approx(1.63, abs=0.01)
    assert day["momentum"]["bars"] == 2
    vault.run("untick", "open the draft")
    assert vault.json("status")["day"]["timed"] == 1


def test_no_note_tells_when_a_box_was_ticked(vault: Bench) -> None:
    notes = []
    for hour in (8, 22):
        vault.moment = datetime(2026, 11, 20, hour, 30, tzinfo=UTC)
        vault.run("sync")
        vault.run("tick", "read a page")
        notes.append(vault.files())
        vault.run("untick", "read a page")
    assert notes[0] == notes[1]


def test_a_tick_for_another_day_has_no_time(vault: Bench) -> None:
    vault.run("tick", "read a page", "--today", "2026-11-20")
    assert vault.json("status")["day"]["timed"] == 0


# Stacks


def test_a_stack_is_told_with_its_cue_its_order_and_what_is_next(vault: Bench) -> None:
    one_goal(
        vault, "Read a page 🔁 every day [after:: Stretch]", "Stretch 🔁 every day [after:: morning coffee]",
        "Write 🔁 every day [after:: read-a-page] [min:: one line]",
    )  # fmt: skip
    stack = vault.json("status")["stacks"][0]
    assert stack["cue"] == "morning coffee"
    assert stack["members"] == ["stretch", "read-a-page", "write"]
    assert stack["next_up"] == "stretch"
    assert vault.run("next").out == "Stretch  (after morning coffee)\n"
    vault.write(NOTE, "- [x] Stretch\n- [x] Read a page\n")
    assert vault.json("status")["stacks"][0]["next_up"] == "write"
    assert vault.run("next").out == "Write  (after Read a page)\nEven this counts: one line\n"
    assert vault.json("next")["smallest"] == "one line"
    assert micro_win(vault, 0)["chain"] == {
        "cue": "morning coffee",
        "after": "stretch",
        "position": 2,
        "members": ["stretch", "read-a-page", "write"],
    }


def test_today_shows_a_stack_in_its_order_and_names_what_comes_before(vault: Bench) -> None:
    one_goal(vault, "Write 🔁 every day [after:: s-1]", "Stretch 🔁 every day [id:: s-1]")
    out = vault.run("today").out
    assert out.index("Stretch") < out.index("Write")
    assert "after Stretch" in out


def test_what_is_not_due_keeps_the_others_of_its_stack_in_order(vault: Bench) -> None:
    one_goal(
        vault,
        "Write 🔁 every day [after:: Read]",
        "Read 🔁 every Monday [after:: Stretch]",
        "Stretch 🔁 every day",
    )
    out = vault.run("today").out
    assert out.index("Stretch") < out.index("Write")


def test_a_stack_that_is_done_day_by_day_has_a_streak(vault: Bench) -> None:
    one_goal(vault, "Write 🔁 every day [after:: Read]", "Read 🔁 every day")
    for number in range(3):
        vault.write(days_ago(number), "- [x] Write\n- [x] Read\n")
    stack = vault.json("status")["stacks"][0]
    assert (stack["streak"]["count"], stack["done_today"], stack["in_order"]) == (3, True, None)
    vault.write(NOTE, "- [x] Write [time:: 09:00]\n- [x] Read [time:: 10:00]\n")
    assert vault.json("status")["stacks"][0]["in_order"] is False


def test_a_circle_of_micro_wins_is_a_problem_and_their_wins_count(vault: Bench) -> None:
    one_goal(vault, "Write 🔁 every day [after:: Read]", "Read 🔁 every day [after:: Write]")
    done_on(vault, "Write", 0)
    problems = vault.run("check", "--json").document["problems"]
    assert [(one["code"], one["path"], one["line"]) for one in problems] == [("stack-cycle", GOAL, 6)]
    assert vault.json("status")["stacks"] == []
    assert micro_win(vault)["totals"]["all"] == 1
    assert micro_win(vault)["chain"] is None


# Votes and keystones


def test_votes_are_told_with_those_of_the_last_30_days(vault: Bench) -> None:
    one_goal(vault, "Write 🔁 every day", extra="identity: writer\n")
    vault.write(
        "Goals/Edit.md", "---\ntype: goal\nidentity: Writer\n---\n## Micro-wins\n- Edit 🔁 every day\n"
    )
    done_on(vault, "Write", 1, 40)
    done_on(vault, "Edit", 2)
    found = vault.json("status")["identities"]
    assert [(one["identity"], one["votes"], one["last_30_days"]) for one in found] == [("Writer", 3, 2)]
    assert found[0]["evidence"][-1] == {"date": str(TODAY - timedelta(days=1)), "micro_win": "write"}
    assert "Writer: 3 votes, 2 in the last 30 days" in quiet_lines(vault)


def test_a_keystone_is_told_as_what_goes_together(vault: Bench) -> None:
    one_goal(vault, "Walk 🔁 every day", "Read 🔁 every day")
    for number in range(1, 25):
        both = "- [x] Walk\n- [x] Read\n- [x] Tidy up\n"
        vault.write(days_ago(number), both if number % 2 else "- [ ] Walk\n- [ ] Read\n")
    found = vault.json("status")["keystone"]
    assert [one["micro_win"] for one in found] == ["read", "walk"]
    assert (found[0]["others_when_done"], found[0]["others_when_not_done"], found[0]["difference"]) == (
        2,
        0,
        2,
    )
    assert found[0]["days_done"] == 12
