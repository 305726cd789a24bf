"""The figures of one micro-win, all worked out from one list of turns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, takewhile

from ..parsers.calendar_dates import OnDates
from ..parsers.schedule import EveryDays, OnWeekdays, Quota, Rule
from ..parsers.schedule_text import schedule_text
from ..parsers.task import State
from .calendar import NeutralDays, Now
from .consistency import consistency
from .history import DayEntry, Entry, days_of
from .micro_win import MicroWin
from .streak import DAY_SLIP_WINDOW, LONG_SLIP_WINDOW, Grace, Streak, best_of, deadline, streaks_of
from .strength import strength
from .totals import MicroWinTotals, micro_win_totals
from .turns import Outcome, Turn, turns

HORIZON = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of a micro-win on a day. `state` is what stands on that day: `done open missed skipped neutral not_due`."""

    win: MicroWin
    now: Now
    state: str
    unit: str
    turns: tuple[Turn, ...]
    streak: Streak | None
    best: Streak | None
    streaks: tuple[Streak, ...]
    strict: Streak | None
    strength: float
    consistency: Mapping[int, float | None]
    totals: MicroWinTotals
    deadline: date | None
    history: Mapping[date, DayEntry]
    votes: int

    @property
    def schedule(self) -> str:
        """The rule in force, in its canonical wording."""
        return schedule_text(_rule_on(self.win, self.now.today))

    @property
    def days_done(self) -> Iterator[date]:
        """The days up to now on which it was done."""
        return (day for day, entry in self.history.items() if entry.done and day <= self.now.today)

    @property
    def states(self) -> str:
        """One character a slot so far: # satisfied, x missed, - neutral, ? open."""
        return "".join(turn.outcome.value for turn in self.turns)


def figures(win: MicroWin, entries: Sequence[Entry], now: Now) -> Figures:
    """Return the figures of `win` as of `now`, replayed from all of its boxes."""
    history = days_of(entry for entry in entries if entry.state is not State.OPEN)
    start = min((entry.day for entry in entries if entry.day is not None), default=now.today)
    coming = turns(win, history, now, min(start, now.today))
    so_far, ahead = _split(coming, now.today)
    grace = Grace(win.grace == "never-twice", _slip_window(_rule_on(win, now.today)))
    found, current = streaks_of(so_far, grace)
    undated = [entry for entry in entries if entry.day is None and entry.state is State.DONE]
    totals = micro_win_totals(history, undated, now)
    return Figures(
        win=win,
        now=now,
        state=_state(so_far, history.get(now.today), now, win.neutral),
        unit=_unit(_rule_on(win, now.today)),
        turns=so_far,
        streak=current,
        best=best_of(found),
        streaks=found,
        strict=streaks_of(so_far, Grace(forgiving=False))[1],
        strength=strength(so_far),
        consistency=consistency(so_far, now.today),
        totals=totals,
        deadline=deadline(chain(so_far, ahead), grace, now) if current else None,
        history=history,
        votes=totals.wins.all - len(undated),
    )


def _split(coming: Iterator[Turn], today: date) -> tuple[tuple[Turn, ...], Iterator[Turn]]:
    """Return the turns that have begun, and those of the years to come, which are made only if asked for."""
    so_far: list[Turn] = []
    for turn in coming:
        if turn.slot.start > today:
            ahead = takewhile(lambda later: later.slot.start <= today + HORIZON, coming)
            return tuple(so_far), chain((turn,), ahead)
        so_far.append(turn)
    return tuple(so_far), iter(())


def _rule_on(win: MicroWin, day: date) -> Rule | None:
    phase = win.phase_on(day) or (win.phases[-1] if win.phases else None)
    return phase.rule if phase else None


def _slip_window(rule: Rule | None) -> int:
    return LONG_SLIP_WINDOW if isinstance(rule, Quota | OnDates) else DAY_SLIP_WINDOW


def _unit(rule: Rule | None) -> str:
    match rule:
        case EveryDays(1) | OnWeekdays(weeks=1):
            return "days"
        case Quota(period=period, every=1):
            return f"{period}s"
        case _:
            return "times"


def _state(so_far: Sequence[Turn], today: DayEntry | None, now: Now, neutral: NeutralDays) -> str:
    turn = next((turn for turn in reversed(so_far) if turn.slot.start <= now.today <= turn.slot.end), None)
    partly = turn is not None and turn.slot.start == turn.slot.end and turn.outcome is Outcome.OPEN
    if today is not None and today.done and not partly:
        return "done"
    if turn is None:
        return "skipped" if today is not None and today.skipped else "not_due"
    if today is not None and today.skipped and turn.outcome is not Outcome.SATISFIED:
        return "skipped"
    if turn.outcome is Outcome.NEUTRAL or (turn.outcome is Outcome.OPEN and now.today in neutral):
        return "neutral"
    return {Outcome.SATISFIED: "done", Outcome.MISSED: "missed", Outcome.OPEN: "open"}[turn.outcome]
