from datetime import date, timedelta
from decimal import Decimal

import pytest

from microwins.parsers.schedule import EveryDays, OnWeekdays, Quota, Rule, SinceLast
from microwins.parsers.task import Quantity, State
from microwins.streaks.calendar import NeutralDays, Now
from microwins.streaks.due import answered, due_today
from microwins.streaks.figures import Figures, figures
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin, Phase

MONDAY = date(2026, 3, 2)
STATES = {"x": State.DONE, "-": State.SKIPPED}


def of(
    rule: Rule | None, marks: str, today: int, *, target: int = 0, rest: frozenset[int] = frozenset()
) -> Figures:
    amount = (Quantity(Decimal(1), "km"),) if target else ()
    entries = [
        Entry("n", 1, STATES[mark], MONDAY + timedelta(number), "w", amount)
        for number, mark in enumerate(marks)
        if mark != "."
    ]
    phase = Phase(MONDAY, None, rule, Quantity(Decimal(target), "km") if target else None)
    win = MicroWin("w", "Walk", "g.md", 1, (phase,), "", NeutralDays(rest))
    return figures(win, entries, Now.at(MONDAY + timedelta(today)))


@pytest.mark.parametrize(
    ("rule", "marks", "today", "due"),
    [
        (EveryDays(1), "", 0, True),
        (EveryDays(1), "x", 0, False),
        (EveryDays(1), "-", 0, False),
        (EveryDays(2), "x", 1, False),
        (EveryDays(2), "x", 2, True),
        (OnWeekdays(frozenset({1})), "", 0, False),
        (OnWeekdays(frozenset({1})), "", 1, True),
        (Quota(2, "week"), "x", 1, True),
        (Quota(2, "week"), "x", 0, False),
        (Quota(2, "week"), "-", 0, False),
        (Quota(2, "week"), "xx", 2, False),
        (SinceLast(2, 4), "", 0, True),
        (SinceLast(2, 4), "x", 1, False),
        (SinceLast(2, 4), "x", 2, True),
        (SinceLast(2, 4), "x", 5, True),
        (None, "", 0, False),
    ],
)
def test_due_is_what_is_open_and_neither_done_today_nor_too_early(
    rule: Rule | None, marks: str, today: int, due: bool
) -> None:
    found = of(rule, marks, today)
    assert due_today(found, found.now) is due


def test_nothing_is_due_on_a_day_of_rest() -> None:
    for rule in (EveryDays(1), Quota(3, "week")):
        found = of(rule, "", 0, rest=frozenset({0}))
        assert not due_today(found, found.now)


def test_an_amount_is_due_until_it_is_reached() -> None:
    some = of(EveryDays(1), "x", 0, target=2)
    assert due_today(some, some.now)
    enough = of(EveryDays(1), "x", 0, target=1)
    assert not due_today(enough, enough.now)


def test_answered_is_what_was_done_or_skipped_today() -> None:
    for marks, today, expected in (("x", 0, True), ("-", 0, True), ("", 0, False), ("x", 1, False)):
        found = of(Quota(1, "week"), marks, today)
        assert answered(found, found.now) is expected
