from datetime import date, timedelta

import pytest

from microwins.parsers.day_range import DayRange
from microwins.parsers.schedule import EveryDays, OnWeekdays, Quota, Rule, SinceLast
from microwins.parsers.task import State
from microwins.streaks.calendar import NeutralDays, Now
from microwins.streaks.figures import Figures, figures
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin, Phase

NO_REST = NeutralDays()
MONDAY = date(2026, 3, 2)
STATES = {"#": State.DONE, "-": State.SKIPPED}


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def of(
    pattern: str,
    grace: str = "none",
    rule: Rule | None = None,
    today: int | None = None,
    neutral: NeutralDays = NO_REST,
    closed: int | None = None,
) -> Figures:
    """Return the figures of `#` done, `-` skipped, `x` not done, `?` today, one a day from Monday on."""
    entries = [
        Entry("n", 1, STATES[mark], day(number)) for number, mark in enumerate(pattern) if mark in STATES
    ]
    last = len(pattern) - 1 if today is None else today
    win = MicroWin("w", "Walk", "g.md", 1, (Phase(MONDAY, None, rule or EveryDays(1)),), "", neutral, grace)
    return figures(win, entries, Now(day(last), day(last - 1 if closed is None else closed)))


def counts(found: Figures) -> tuple[int, int]:
    return (found.streak.count if found.streak else 0, found.best.count if found.best else 0)


@pytest.mark.parametrize(
    ("pattern", "current", "best"),
    [
        ("?", 0, 0),
        ("#", 1, 1),
        ("####?", 4, 4),
        ("##x#?", 1, 2),
        ("###x?", 0, 3),
        ("-##-#-?", 3, 3),
        ("##-x-#?", 1, 2),
        ("---?", 0, 0),
        ("x#x##x#?", 1, 2),
    ],
)
def test_without_grace_one_missed_turn_ends_a_streak_and_neutral_ones_do_not(
    pattern: str, current: int, best: int
) -> None:
    assert counts(of(pattern)) == (current, best)


@pytest.mark.parametrize(
    ("pattern", "current", "best", "slips"),
    [
        ("##x#?", 3, 3, 1),
        ("##x?", 2, 2, 0),
        ("##xx?", 0, 2, 0),
        ("##xx#?", 1, 2, 0),
        ("##x-x?", 0, 2, 0),
        ("##x-#?", 3, 3, 1),
        ("##x#####x?", 0, 7, 0),
        ("##x######x#?", 9, 9, 2),
        ("##x#####x#?", 1, 7, 0),
        ("##x---#####x##?", 2, 7, 0),
        ("x#x#?", 2, 2, 1),
    ],
)
def test_never_twice_forgives_single_misses_one_in_seven_turns(
    pattern: str, current: int, best: int, slips: int
) -> None:
    found = of(pattern, "never-twice")
    assert counts(found) == (current, best)
    assert (found.streak.slips if found.streak else 0) == slips


def test_the_second_slip_may_come_in_the_seventh_turn_after_the_first() -> None:
    assert counts(of("##x######x#?", "never-twice"))[0] == 9
    assert counts(of("##x#####x#?", "never-twice"))[0] == 1


def test_a_slip_in_weeks_may_come_each_fourth_week() -> None:
    weeks = [True, False, True, True, True, False, True]
    pattern = "".join("#xxxxxx" if done else "xxxxxxx" for done in weeks) + "?"
    found = of(pattern, "never-twice", Quota(1, "week"))
    assert found.states == "#x###x#?"
    assert counts(found) == (5, 5)
    tight = "".join("#xxxxxx" if done else "xxxxxxx" for done in (True, False, True, True, False, True)) + "?"
    assert counts(of(tight, "never-twice", Quota(1, "week"))) == (1, 3)


def test_the_strict_streak_is_told_beside_the_forgiving_one() -> None:
    found = of("###x##?", "never-twice")
    assert counts(found) == (5, 5)
    assert found.strict is not None
    assert found.strict.count == 2


def test_a_streak_reaches_from_its_first_to_its_last_completion_and_no_further() -> None:
    found = of("--###--?")
    assert found.streak is not None
    assert (found.streak.start, found.streak.end) == (day(2), day(4))
    weekly = of("xx#xx#xxx#?", rule=Quota(1, "week"))
    assert weekly.streak is not None
    assert (weekly.streak.count, weekly.streak.start, weekly.streak.end) == (2, day(2), day(9))


def test_a_slip_at_the_end_is_not_yet_part_of_the_streak() -> None:
    found = of("###x?", "never-twice")
    assert found.streak is not None
    assert (found.streak.end, found.streak.slips) == (day(2), 0)


def test_all_streaks_are_listed_oldest_first_and_of_two_equal_ones_the_newer_is_the_best() -> None:
    found = of("##x#x##?")
    assert [streak.count for streak in found.streaks] == [2, 1, 2]
    assert found.best == found.streaks[-1]


@pytest.mark.parametrize(
    ("rule", "unit"),
    [
        (EveryDays(1), "days"),
        (OnWeekdays(frozenset({0, 3})), "days"),
        (EveryDays(3), "times"),
        (SinceLast(2, 4), "times"),
        (OnWeekdays(frozenset({0}), 2), "times"),
        (Quota(3, "week"), "weeks"),
        (Quota(1, "month"), "months"),
        (Quota(1, "year"), "years"),
        (Quota(1, "week", 2), "times"),
    ],
)
def test_a_streak_has_the_unit_of_its_rule(rule: Rule, unit: str) -> None:
    assert of("#", rule=rule).unit == unit


@pytest.mark.parametrize(
    ("pattern", "grace", "rule", "deadline"),
    [
        ("###?", "none", EveryDays(1), 3),
        ("####", "none", EveryDays(1), 4),
        ("###?", "never-twice", EveryDays(1), 4),
        ("###x?", "never-twice", EveryDays(1), 4),
        ("##x#?", "never-twice", EveryDays(1), 4),
        ("#?", "none", EveryDays(3), 3),
        ("#?", "none", SinceLast(1, 3), 3),
        ("#xxxxxx?", "none", Quota(1, "week"), 13),
        ("#", "none", Quota(1, "week"), 13),
        ("#xxxxxx?", "never-twice", Quota(1, "week"), 20),
    ],
)
def test_the_deadline_is_the_last_day_that_saves_the_streak(
    pattern: str, grace: str, rule: Rule, deadline: int
) -> None:
    found = of(pattern, grace, rule)
    assert found.deadline == day(deadline)
    saved = of(pattern.rstrip("?").ljust(deadline, "x") + "#", grace, rule)
    lost = of(pattern.rstrip("?").ljust(deadline + 1, "x") + "?", grace, rule)
    assert counts(found)[0] < counts(saved)[0]
    assert counts(lost)[0] == 0


def test_a_deadline_passes_over_rest_and_pause() -> None:
    weekend = NeutralDays(frozenset({5, 6}))
    assert of("#####?", neutral=weekend).deadline == day(7)
    holiday = NeutralDays(pauses=(DayRange(day(1), day(9)),))
    assert of("#?", neutral=holiday).deadline == day(10)


def test_a_day_in_the_late_window_can_still_save_the_streak() -> None:
    assert of("##??", closed=1).deadline == day(2)


def test_without_a_streak_or_without_an_end_there_is_no_deadline() -> None:
    assert of("?").deadline is None
    assert of("#x?").deadline is None
    assert of("#?", neutral=NeutralDays(pauses=(DayRange(day(1)),))).deadline is None
