from datetime import date, timedelta
from decimal import Decimal

import pytest

from microwins.parsers.task import Quantity
from microwins.streaks.rolling import loop_runs

from .engine import MONDAY, box, boxes, day, micro_win, of, pause, streaks

PEERS = [0, 2, 4, 6, 13, 20, 21]
"""Days on which something was done, for which the runs of Loop Habit Tracker are known by frequency."""


def runs(done: list[int], times: int, days: int) -> list[int]:
    found = loop_runs((day(number) for number in done), times, days)
    return [(last - first).days + 1 for first, last in found]


@pytest.mark.parametrize(("days", "lengths"), [(1, [1, 1, 1, 1, 1, 2]), (2, [8, 2, 4]), (7, [34])])
def test_uncorrected_the_runs_are_those_of_loop(days: int, lengths: list[int]) -> None:
    assert runs(PEERS, 1, days) == lengths


def test_uncorrected_a_week_done_once_today_is_seven_days_that_end_in_six_days_time() -> None:
    assert loop_runs([MONDAY], 1, 7) == [(MONDAY, MONDAY + timedelta(6))]
    assert runs([0], 3, 7) == [1]
    assert runs([0, 1, 2], 7, 7) == [3]


def test_uncorrected_a_window_of_thirty_days_is_as_long_as_its_month() -> None:
    assert loop_runs([date(2026, 2, 3)], 1, 30) == [(date(2026, 2, 3), date(2026, 3, 2))]
    assert loop_runs([date(2026, 1, 31)], 1, 30) == [(date(2026, 1, 31), date(2026, 2, 27))]


@pytest.mark.parametrize(
    ("words", "marks", "states"),
    [
        ("once in 7 days", "x", "##"),
        ("once in 7 days", "x......", "#######?"),
        ("once in 7 days", "x.......", "#######x?"),
        ("3 times in 7 days", "x", "??"),
        ("3 times in 7 days", "xx...", "?" * 6),
        ("3 times in 7 days", "xx.....", "x" * 7 + "?"),
        ("3 times in 7 days", "x.x..x", "#######"),
        ("3 times in 7 days", "x.x..x.", "#######?"),
        ("3 times in 7 days", "...xxx", "xxx####"),
        ("2 times in 3 days", "x..x", "xxx??"),
        ("3 times in 4 days", "xx.x..x", "####xx?"),
    ],
)
def test_a_day_is_satisfied_where_a_window_covers_it(words: str, marks: str, states: str) -> None:
    assert of(micro_win(words), boxes(marks), len(states) - 1).states == states


def test_completions_outside_of_every_window_make_no_streak() -> None:
    found = of(micro_win("3 times in 7 days"), boxes("x..x"), 20)
    assert found.streak is found.best is None
    assert found.totals.wins.all == 2


def test_nothing_is_credited_before_the_first_completion_or_after_today() -> None:
    found = of(micro_win("once in 7 days"), boxes("....x.x"), 6)
    assert found.states == "xxxx###"
    assert streaks(found) == [(3, 4, 6)]
    assert found.unit == "days"
    assert (found.streak and found.streak.wins, found.streak and found.streak.days) == (2, 3)


def test_done_early_counts_for_the_days_before() -> None:
    assert of(micro_win("once in 7 days"), boxes("x........x.x"), 13).states == "#" * 14
    assert of(micro_win("once in 3 days"), boxes("x....xx"), 7).states == "###" + "#" * 5


def test_neutral_days_are_taken_off_the_timeline() -> None:
    rested = of(micro_win("3 times in 7 days", neutral=pause(3, 9)), boxes("xx........x"), 11)
    assert rested.states == "###" + "-" * 7 + "##"
    assert of(micro_win("3 times in 7 days"), boxes("xx-------.x"), 11).states == "##" + "-" * 7 + "###"


def test_what_was_done_on_a_day_of_rest_counts_as_ever() -> None:
    rested = of(micro_win("once in 2 days", neutral=pause(1, 3)), boxes("x.x"), 4)
    assert rested.states == "#-#-#"


def test_the_share_of_a_missed_day_is_that_of_its_best_window() -> None:
    found = of(micro_win("3 times in 5 days"), boxes("x..x......"), 10)
    assert [round(turn.share, 2) for turn in found.turns][:9] == [
        0.67,
        0.67,
        0.67,
        0.67,
        0.67,
        0.33,
        0.33,
        0.33,
        0,
    ]


def test_a_target_is_reached_by_the_sum_of_a_window() -> None:
    ten = Quantity(Decimal(10), "km")
    win = micro_win("3 times in 7 days", target=ten)
    assert of(win, [box(0, "x", ("4", "km")), box(5, "x", ("6", "km"))], 6).states == "#######"
    assert of(win, [box(0, "x", ("4", "km")), box(5, "x", ("5", "km"))], 8).states == "xxxxx????"
    assert of(win, [box(0)], 3).states == "####"


def test_its_strength_keeps_its_half_life_in_days() -> None:
    weekly = of(micro_win("once in 7 days"), [box(0), box(7), box(14)], 20)
    assert weekly.states == "#" * 21
    assert weekly.strength == pytest.approx(1 - 0.5 ** (21 * (1 / 7) ** 0.5 / 13))


@pytest.mark.parametrize(
    ("words", "marks", "grace", "deadline"),
    [
        ("once in 7 days", "x", "none", 7),
        ("once in 7 days", "x", "never-twice", 8),
        ("3 times in 7 days", "xxx", "none", 7),
        ("3 times in 7 days", "x.x.x", "none", 9),
        ("1 times in 1 days", "x", "none", 1),
    ],
)
def test_the_deadline_is_the_last_day_on_which_going_on_saves_the_streak(
    words: str, marks: str, grace: str, deadline: int
) -> None:
    found = of(micro_win(words, grace=grace), boxes(marks), len(marks) - 1)
    assert found.deadline == day(deadline)


def test_a_pause_moves_the_deadline_on() -> None:
    assert of(micro_win("once in 7 days", neutral=pause(3, 5)), boxes("x"), 0).deadline == day(10)
    assert of(micro_win("once in 7 days", until=5), boxes("x"), 0).deadline is None


@pytest.mark.parametrize(
    ("marks", "today", "state"),
    [("x", 0, "done"), ("x", 3, "done"), ("x", 7, "open"), ("", 0, "open"), ("x......-", 7, "skipped")],
)
def test_a_covered_day_without_a_tick_is_done_too(marks: str, today: int, state: str) -> None:
    assert of(micro_win("once in 7 days"), boxes(marks), today).state == state


def test_a_tick_today_is_done_even_where_the_window_is_not_full_yet() -> None:
    assert of(micro_win("3 times in 7 days"), boxes("x"), 0).state == "done"
    assert of(micro_win("3 times in 7 days"), boxes("x"), 1).state == "open"
