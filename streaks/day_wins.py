"""The wins of one day and how they lie in it: mornings, the frog, momentum, the longest stack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from ..parsers.problem import Problem
from ..parsers.task import State
from .history import Entry

HALF_LIFE = 90
"""Minutes after which a tick weighs half in the momentum, and the longest pause inside of a stack."""
MOST_BARS = 5
MORNING_UNTIL = time(11)


@dataclass(frozen=True, slots=True)
class Frog:
    """The day's hard one: its micro-win's id (None for a box of its own), where it stands, whether it is done.

    `first` says whether nothing was done before it, ties included; None where it is not done or the times are not known.
    """

    micro_win: str | None
    path: str
    line: int
    done: bool
    first: bool | None


@dataclass(frozen=True, slots=True)
class DayWins:
    """The wins of a day: how many, of how many the time is known, and what the times tell.

    `morning` is the number of wins before the morning's end, None where there are wins and the time of none is known.
    `momentum` is Σ 2^(−minutes since a tick ÷ 90) over the ticks so far, None where no time is known; `bars` is that
    rounded, 0 to 5. `longest_stack` is the longest run of wins of which each came at most 90 minutes after the last.
    """

    day: date
    wins: int
    timed: int
    morning: int | None
    frog: Frog | None
    momentum: float | None
    longest_stack: int

    @property
    def bars(self) -> int:
        """The momentum as bars, from 0 to 5."""
        return min(MOST_BARS, int((self.momentum or 0.0) + 0.5))


@dataclass(frozen=True, slots=True)
class DayTimes:
    """The times of day that matter here: when a day begins, and until when a win is one of the morning."""

    day_start: time = time(0)
    morning_until: time = MORNING_UNTIL

    def minutes(self, clock: str | time) -> int:
        """Return the minutes from the beginning of the day to a time of day (`HH:MM`); after midnight it goes on."""
        hour, minute = (
            (clock.hour, clock.minute) if isinstance(clock, time) else map(int, clock.split(":")[:2])
        )
        return (hour * 60 + minute - self.day_start.hour * 60 - self.day_start.minute) % 1440


USUAL = DayTimes()


def day_wins(day: date, entries: Iterable[Entry], times: DayTimes = USUAL, at: time | None = None) -> DayWins:
    """Return the wins of `day` among these boxes; those of limits are to be left out by the caller.

    A micro-win done twice is one win, at the earlier time. The frog is the first box marked as one; of the boxes, open
    ones matter for that alone. The momentum is that of the time `at`, or where it is None that of the day's last tick.
    """
    boxes = [entry for entry in entries if entry.day == day]
    minutes = _win_minutes(boxes, times)
    known = sorted(minute for minute in minutes if minute is not None)
    morning = sum(minute < times.minutes(times.morning_until) for minute in known)
    return DayWins(
        day=day,
        wins=len(minutes),
        timed=len(known),
        morning=morning if known or not minutes else None,
        frog=_frog(boxes, times),
        momentum=momentum(known, times.minutes(at) if at is not None else None) if known else None,
        longest_stack=longest_stack(known),
    )


def momentum(minutes: Sequence[int], at: int | None = None) -> float:
    """Return Σ 2^(−(t − tᵢ) ÷ 90) over the ticks up to the minute `at`, by default that of the last tick.

    >>> round(momentum([0, 30, 60]), 2)
    2.42
    """
    now = max(minutes, default=0) if at is None else at
    return float(sum(2.0 ** (-(now - minute) / HALF_LIFE) for minute in minutes if minute <= now))


def longest_stack(minutes: Sequence[int]) -> int:
    """Return the length of the longest run of ticks (in order) that are at most 90 minutes apart.

    >>> longest_stack([0, 60, 150, 300])
    3
    """
    best = run = 1 if minutes else 0
    for earlier, later in pairwise(minutes):
        run = run + 1 if later - earlier <= HALF_LIFE else 1
        best = max(best, run)
    return best


def frog_problem(frogs: Sequence[Entry]) -> Problem | None:
    """Return the problem of a daily note's second frog, or None; `frogs` are its boxes marked so, in their order."""
    first = frogs[0] if frogs else None
    for other in frogs[1:]:
        if first is not None and (other.micro_win is None or other.micro_win != first.micro_win):
            return Problem(
                other.path, other.line, "frog-twice",
                f"This is the second hard one (#frog) of the day; the one on line {first.line} counts as the frog.",
                "Take #frog off one of them, or let their schedules fall on different days.",
            )  # fmt: skip
    return None


def stacks(minutes: Sequence[int]) -> Iterator[int]:
    """Yield the lengths of the runs of ticks (in order) that are at most 90 minutes apart.

    >>> list(stacks([0, 60, 150, 300])), list(stacks([]))
    ([3, 1], [])
    """
    run = 0
    for place, minute in enumerate(minutes):
        if run and minute - minutes[place - 1] > HALF_LIFE:
            yield run
            run = 0
        run += 1
    if run:
        yield run


def known_minutes(boxes: Sequence[Entry], times: DayTimes) -> list[int]:
    """Return the minutes of the day at which wins were done, in order, as far as they are known."""
    return sorted(minute for minute in _win_minutes(boxes, times) if minute is not None)


def win_minutes(boxes: Sequence[Entry], times: DayTimes) -> dict[str, int | None]:
    """Return the minute of the day at which each micro-win was done, by id; None where the time is not known."""
    wins = {entry.micro_win for entry in boxes if entry.micro_win and entry.state is State.DONE}
    return {
        win: _win_minutes([entry for entry in boxes if entry.micro_win == win], times)[0]
        for win in sorted(wins)
    }


def _win_minutes(boxes: Sequence[Entry], times: DayTimes) -> list[int | None]:
    """Return, for each win, the minute at which it was ticked, None where that is not known."""
    found: dict[object, int | None] = {}
    for entry in boxes:
        if entry.state is State.DONE:
            name = entry.micro_win or (entry.path, entry.line)
            minute = times.minutes(entry.time) if entry.time else None
            before = found.get(name)
            known = [one for one in (minute, before) if one is not None]
            found[name] = min(known, default=None)
    return list(found.values())


def _frog(boxes: Sequence[Entry], times: DayTimes) -> Frog | None:
    marked = [entry for entry in boxes if entry.frog]
    if not marked:
        return None
    same = [entry for entry in marked if _name(entry) == _name(marked[0])]
    frog = next((entry for entry in same if entry.state is State.DONE), same[0])
    done = frog.state is State.DONE
    others = [entry for entry in boxes if _name(entry) != _name(frog)]
    return Frog(frog.micro_win, frog.path, frog.line, done, _is_first(same, others, times) if done else None)


def _is_first(frog: Sequence[Entry], others: Sequence[Entry], times: DayTimes) -> bool | None:
    """Return whether the frog was ticked no later than anything else; None where too few times are known to tell."""
    own = _win_minutes(frog, times)[0]
    rest = _win_minutes(others, times)
    if not rest:
        return True
    if own is None:
        return None
    if any(minute is not None and minute < own for minute in rest):
        return False
    return None if None in rest else True


def _name(entry: Entry) -> object:
    return entry.micro_win or (entry.path, entry.line)
