from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.schedule import EveryDays, Limit, Quota, Rule
from microwins.parsers.task import Quantity, State
from microwins.streaks.calendar import Now
from microwins.streaks.comebacks import LAPSE, Comeback, Comebacks, comebacks_of, find_comebacks
from microwins.streaks.figures import Figures, figures
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin, Phase
from microwins.streaks.turns import Outcome, Turns

MONDAY = date(2026, 3, 2)
STATES = {"#": State.DONE, "-": State.SKIPPED}


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def of(pattern: str, rule: Rule | None = None, grace: str = "never-twice") -> Figures:
    entries = [Entry("n", 1, STATES[mark], day(at)) for at, mark in enumerate(pattern) if mark in STATES]
    win = MicroWin("w", "Walk", "g.md", 1, (Phase(MONDAY, None, rule or EveryDays(1)),), "", grace=grace)
    return figures(win, entries, Now.at(day(len(pattern) - 1)))


def found(pattern: str, rule: Rule | None = None) -> list[tuple[int, int, int]]:
    return [
        ((one.day - MONDAY).days, one.missed_slots, one.gap_days)
        for one in find_comebacks(of(pattern, rule).turns)
    ]


def turn_by_turn(turns: Turns) -> tuple[Comeback, ...]:
    """Return the comebacks as they are defined, from one turn to the next."""
    found, missed, idle = [], 0, 0
    last: date | None = None
    for turn in turns:
        if turn.outcome is Outcome.MISSED:
            missed += last is not None or missed > 0
            idle = 0 if turn.last else idle + 1
            last = turn.last or last
        elif turn.first is not None:
            if missed >= LAPSE and last is not None:
                found.append(Comeback(turn.first, missed, (turn.first - last).days, idle))
            missed, last, idle = 0, turn.last or turn.first, 0
    return tuple(found)


@given(
    st.text("#x-", max_size=60),
    st.sampled_from([EveryDays(1), EveryDays(2), Quota(2, "week"), Quota(3, "month")]),
)
def test_comebacks_are_those_that_are_found_from_turn_to_turn(pattern: str, rule: Rule) -> None:
    turns = of(f"{pattern}?", rule).turns
    assert find_comebacks(turns) == turn_by_turn(turns)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("####xx##?", [(6, 2, 3)]),
        ("###xxx#?", [(6, 3, 4)]),
        ("###x-x#?", [(6, 2, 4)]),
        ("##x#x#?", []),
        ("xxx#?", []),
        ("##xxx?", []),
        ("#xx#xxx#", [(3, 2, 3), (7, 3, 4)]),
        ("?", []),
        ("---", []),
    ],
)
def test_a_comeback_is_the_first_win_after_two_or_more_misses(
    pattern: str, expected: list[tuple[int, int, int]]
) -> None:
    assert found(pattern) == expected


def test_in_a_week_that_is_still_open_the_first_win_is_the_return() -> None:
    weeks = "#xxxxxx" + "xxxxxxx" * 2 + "x#x"
    assert found(weeks, Quota(1, "week")) == [(22, 2, 22)]
    assert found(weeks, Quota(2, "week")) == [(22, 2, 22)]  # a part of what was asked for is a completion too
    assert found("##xxxxx" + "xxxxxxx" * 2 + "x#x", Quota(2, "week")) == [(22, 2, 21)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("ww    w", [(4, 4)]),
        ("www p pp w", [(6, 1)]),
        ("wwp   w", [(4, 3)]),
        ("ww  p  w", [(5, 2)]),
        ("wwp pw", [(3, 0)]),
    ],
)
def test_turns_of_which_a_part_was_done_are_missed_and_not_idle(
    days: str, expected: list[tuple[int, int]]
) -> None:
    """`w` is a day with the whole target, `p` one with a part."""
    asked = Quantity(Decimal(300), "words")
    done = {"w": asked, "p": Quantity(Decimal(100), "words")}
    entries = [
        Entry("n", 1, State.DONE, day(at), quantities=(done[one],))
        for at, one in enumerate(days)
        if one in done
    ]
    win = MicroWin("w", "Walk", "g.md", 1, (Phase(MONDAY, None, EveryDays(1), asked),), "")
    told = comebacks_of(figures(win, entries, Now.at(day(len(days) - 1)))).all
    assert [(one.missed_slots, one.idle_slots) for one in told] == expected


def test_what_the_comebacks_tell() -> None:
    told = comebacks_of(of("###xx##xxxx#####?"))
    assert [one.missed_slots for one in told.all] == [2, 4]
    assert told.median_missed == 3.0
    assert told.longest_since == 5
    assert not told.rebuilding
    assert told.last == told.all[-1]
    assert told.all[-1].day == day(11)
    assert comebacks_of(of("###?")) == Comebacks()


def test_a_limit_has_no_comebacks() -> None:
    found = of("#xx#")
    limit = replace(found.win, phases=(Phase(MONDAY, None, Limit(Decimal(1), "day")),))
    assert comebacks_of(replace(found, win=limit)) == Comebacks()


@pytest.mark.parametrize(("pattern", "rebuilding"), [("#xx#", True), ("#xx###?", True), ("#xx####?", False)])
def test_the_three_turns_after_a_return_are_a_rebuilding(pattern: str, rebuilding: bool) -> None:
    assert comebacks_of(of(pattern)).rebuilding is rebuilding


@pytest.mark.parametrize(
    ("pattern", "grace", "pending"),
    [
        ("#####x?", "never-twice", 1),
        ("#####x?", "none", 0),
        ("#####xx?", "never-twice", 0),
        ("####?", "never-twice", 0),
        ("##x-?", "never-twice", 1),
    ],
)
def test_a_miss_is_pending_while_the_streak_runs_on(pattern: str, grace: str, pending: int) -> None:
    assert of(pattern, grace=grace).pending == pending
