from dataclasses import replace
from datetime import date, timedelta

from microwins.parsers.day_range import DayRange
from microwins.streaks.micro_win import MicroWin, Phase

from .engine import MONDAY, boxes, day, micro_win, of, rule, streaks


def test_archived_days_make_no_turns_and_end_a_streak_without_a_miss() -> None:
    win = micro_win("every day", inactive=(DayRange(day(3), day(5)),))
    found = of(win, boxes("xxx...xx"), 8)
    assert found.states == "#####?"
    assert streaks(found) == [(3, 0, 2), (2, 6, 7)]
    assert found.streak is not None
    assert found.streak.count == 2


def test_what_is_archived_for_good_keeps_the_streak_that_it_ended_with() -> None:
    found = of(micro_win("every day", inactive=(DayRange(day(3)),)), boxes("xxx"), 30)
    assert (found.states, found.state, found.deadline) == ("###", "not_due", None)
    assert found.streak is not None
    assert found.streak.count == 3


def test_taken_up_again_it_has_no_streak_until_it_is_done() -> None:
    found = of(micro_win("every day", inactive=(DayRange(day(3), day(5)),)), boxes("xxx"), 6)
    assert found.states == "###?"
    assert found.streak is None
    assert found.best is not None
    assert found.best.count == 3


def test_archived_days_without_a_turn_between_leave_a_streak_broken_once() -> None:
    twice = (DayRange(day(2), day(3)), DayRange(day(4), day(5)))
    assert streaks(of(micro_win("every day", inactive=twice), boxes("xx....x"), 7)) == [(2, 0, 1), (1, 6, 6)]


def test_a_retired_one_is_archived_from_the_day_after_its_last_box() -> None:
    found = of(micro_win("every day", retired=True), boxes("xx.x "), 30)
    assert found.states == "##x#x"
    assert of(micro_win("every day", retired=True), [], 30).states == ""


def test_a_week_is_cut_where_it_is_archived() -> None:
    found = of(micro_win("3 times a week", inactive=(DayRange(day(3), day(6)),)), boxes("xx.....xxx"), 14)
    assert [(turn.slot.start, turn.slot.end) for turn in found.turns] == [
        (day(0), day(2)), (day(7), day(13)), (day(14), day(20)),
    ]  # fmt: skip
    assert found.states == "##?"
    assert [one.count for one in found.streaks] == [1, 1]


def test_the_days_of_a_rule_stay_where_they_were() -> None:
    found = of(micro_win("every 3 days", inactive=(DayRange(day(4), day(7)),)), [], 12)
    assert [(turn.slot.start - MONDAY).days for turn in found.turns] == [0, 3, 9, 12]


def test_a_gap_between_two_rules_ends_a_streak() -> None:
    daily = rule("every day")
    gap = (Phase(MONDAY, day(2), daily), Phase(day(5), None, daily))
    together = (Phase(MONDAY, day(4), daily), Phase(day(5), None, daily))
    win = MicroWin("w", "Walk", "g.md", 1, gap, "")
    assert streaks(of(win, boxes("xxx..xx"), 7)) == [(3, 0, 2), (2, 5, 6)]
    assert streaks(of(replace(win, phases=together), boxes("xxxxxxx"), 7)) == [(7, 0, 6)]


def test_a_phase_without_a_schedule_is_no_gap() -> None:
    daily = rule("every day")
    phases = (Phase(MONDAY, None, daily), Phase(day(2), None, None), Phase(day(5), None, daily))
    win = MicroWin("w", "Walk", "g.md", 1, phases, "")
    assert streaks(of(win, boxes("xx...xx"), 7)) == [(4, 0, 6)]


def test_days_of_rest_belong_to_the_rule_beside_which_they_stand() -> None:
    daily = rule("every day")
    phases = (Phase(MONDAY, None, daily), Phase(day(7), None, daily, rest=frozenset({5, 6})))
    win = MicroWin("w", "Walk", "g.md", 1, phases, "")
    assert of(win, [], 14).states == "x" * 7 + "xxxxx--?"
    assert of(win, [], 12).state == "neutral"


def test_an_end_beyond_all_calendars_is_no_end() -> None:
    for away in (DayRange(date.min, date.max), DayRange(date.min, date.min), DayRange(date.max)):
        found = of(micro_win("every day", inactive=(away,)), boxes("x"), 1)
        assert found.states in {"", "#?"}


def test_once_by_a_day_is_one_turn() -> None:
    words = f"once by {day(9)}"
    assert [of(micro_win(words), boxes(marks), today).states for marks, today in (("", 5), ("...x", 5), ("", 10))] == [
        "?", "#", "x",
    ]  # fmt: skip
    assert of(micro_win(words), boxes("...x"), 30).state == "not_due"
    assert of(micro_win(words), boxes("...x"), 5).state == "done"
    assert of(micro_win(f"once by {MONDAY - timedelta(1)}"), [], 5).states == ""


def test_a_quarter_is_that_of_the_calendar() -> None:
    found = of(micro_win("twice a quarter"), boxes("xx"), 40)
    assert (found.states, found.unit) == ("#?", "quarters")
    assert [turn.slot.end for turn in found.turns] == [date(2026, 3, 31), date(2026, 6, 30)]
