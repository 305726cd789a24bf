"""Histories by their marks, for the tests of the engine: `x` done, `-` skipped, a dot is a day without a box."""

from collections.abc import Container
from datetime import date, timedelta
from decimal import Decimal

from microwins.parsers.day_range import DayRange
from microwins.parsers.schedule import Rule, read_schedule
from microwins.parsers.task import Quantity, State
from microwins.streaks.calendar import NeutralDays, Now
from microwins.streaks.figures import Figures, figures
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin, Phase

MONDAY = date(2026, 3, 2)
STATES = {"x": State.DONE, "-": State.SKIPPED, "/": State.PARTIAL, " ": State.OPEN}
NO_REST = NeutralDays()


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def box(number: int, mark: str = "x", *amounts: tuple[str, str]) -> Entry:
    given = tuple(Quantity(Decimal(much), unit) for much, unit in amounts)
    return Entry("n.md", 1, STATES[mark], day(number), "w", given)


def boxes(marks: str) -> list[Entry]:
    return [box(number, mark) for number, mark in enumerate(marks) if mark != "."]


def rule(words: str) -> Rule:
    found = read_schedule(words)
    assert found is not None
    return found


def micro_win(
    words: str,
    *,
    grace: str = "none",
    target: Quantity | None = None,
    neutral: NeutralDays = NO_REST,
    inactive: tuple[DayRange, ...] = (),
    retired: bool = False,
    until: int | None = None,
) -> MicroWin:
    phase = Phase(MONDAY, None if until is None else day(until), rule(words), target)
    return MicroWin(
        "w", "Walk", "g.md", 1, (phase,), words, neutral, grace, inactive=inactive, retired=retired
    )


def of(win: MicroWin, entries: list[Entry], today: int, logged: Container[date] | None = None) -> Figures:
    return figures(win, entries, Now.at(day(today)), logged)


def pause(first: int, last: int) -> NeutralDays:
    return NeutralDays(pauses=(DayRange(day(first), day(last)),))


def streaks(found: Figures) -> list[tuple[int, int, int]]:
    """Return the count and the numbers of the first and last day of each streak."""
    return [(one.count, (one.start - MONDAY).days, (one.end - MONDAY).days) for one in found.streaks]
