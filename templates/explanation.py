"""Where the figures of a micro-win come from: its rules, its turns with the boxes behind them, and the formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ..parsers.schedule import Rolling
from ..parsers.schedule_text import schedule_text
from ..streaks.figures import Figures
from ..streaks.history import Entry, sum_by_unit
from ..streaks.running import Running, progress_of
from ..streaks.strength import strength
from ..streaks.turns import Outcome, Turn
from . import phrases

SHOWN_TURNS = 10
_WORDS = {
    Outcome.SATISFIED: "done",
    Outcome.MISSED: "not done",
    Outcome.NEUTRAL: "neutral",
    Outcome.OPEN: "open",
}
_WORDS_OF_LIMIT = {**_WORDS, Outcome.SATISFIED: "within the limit", Outcome.MISSED: "above the limit"}


def explanation(
    figures: Figures, entries: Sequence[Entry], *, whole: bool = False, streaks: bool = True
) -> list[str]:
    """Return the lines that lead from the boxes in the notes to each figure; the last turns only, unless `whole`.

    Without `streaks` none is told.
    """
    by_day = entries_by_day(entries)
    turns = figures.turns if whole else figures.turns[-SHOWN_TURNS:]
    words = _WORDS_OF_LIMIT if figures.is_limit else _WORDS
    hidden = len(figures.turns) - len(turns)
    return [
        f"{figures.win.name}  ({figures.win.id}, {figures.win.goal}:{figures.win.line})",
        "",
        *_rules(figures),
        "",
        "Turns" + (f" (the last {len(turns)} of {len(figures.turns)})" if hidden else ""),
        *(_turn(turn, figures, by_day, words) for turn in turns),
        "",
        *(_streaks(figures) if streaks else ()),
        *_strength(figures),
        *_consistency(figures),
        *_wins(figures),
    ]


def _wins(figures: Figures) -> Iterator[str]:
    if figures.is_limit:
        yield f"Ticked: {phrases.count(figures.totals.wins.all, 'times')}, which are no wins."
        return
    yield (
        f"Wins: {phrases.count(figures.totals.wins.all, 'days')} with a ticked box"
        f" ({phrases.number(figures.undated)} of them without a day)."
    )


def turn_shape(turn: Turn, figures: Figures, by_day: Mapping[date, list[Entry]]) -> dict[str, object]:
    """Return a turn as JSON shows it: its slot, what became of it and of what, and the boxes that it came from."""
    asked = _asked(turn, figures)
    return {
        "start": turn.slot.start,
        "end": turn.slot.end,
        "state": turn.outcome.value,
        "share": turn.share,
        "times": turn.slot.times,
        "length": turn.slot.length,
        "available": turn.slot.available,
        "days": turn.slot.days,
        "got": asked.got if asked else None,
        "needed": asked.needed if asked else None,
        "unit": asked.unit if asked else None,
        "boxes": [
            {
                "path": one.path,
                "line": one.line,
                "state": one.state,
                "day": one.day,
                "amounts": sum_by_unit(one.quantities),
            }
            for one in _boxes(turn, by_day)
        ],
    }


def entries_by_day(entries: Sequence[Entry]) -> dict[date, list[Entry]]:
    """Return boxes by the day that they count for."""
    found: dict[date, list[Entry]] = {}
    for entry in entries:
        if entry.day is not None:
            found.setdefault(entry.day, []).append(entry)
    return found


def _rules(figures: Figures) -> Iterator[str]:
    for phase in figures.win.phases:
        since = f" from {phase.since}" if phase.since else ""
        until = f" until {phase.until}" if phase.until else ""
        target = f", {phrases.number(phase.target.amount)} {phase.target.unit}" if phase.target else ""
        yield f"Due: {schedule_text(phase.rule) or 'never; totals only'}{target}{since}{until}"


def _turn(
    turn: Turn, figures: Figures, by_day: Mapping[date, list[Entry]], words: Mapping[Outcome, str]
) -> str:
    days = f"{turn.slot.start}" if turn.slot.start == turn.slot.end else f"{turn.slot.start}..{turn.slot.end}"
    part = f" ({phrases.percent(turn.share)})" if 0 < turn.share < 1 else ""
    asked = _asked(turn, figures)
    of = f", {phrases.got_of_needed(asked)}" if asked else ""
    boxes = ", ".join(f"{one.path}:{one.line} [{_said(one)}]" for one in _boxes(turn, by_day))
    return f"  {turn.outcome.value} {days}  {words[turn.outcome]}{of}{part}{f'  {boxes}' if boxes else ''}"


def _said(box: Entry) -> str:
    """Return what a box says: its state and its amounts."""
    amounts = (f"{phrases.number(one.amount)} {one.unit}" for one in box.quantities)
    return ", ".join((box.state, *amounts))


def _asked(turn: Turn, figures: Figures) -> Running | None:
    """Return what was done in a turn and what it asked for, where that is an amount, several times, or a limit.

    A day under a rolling window asks for nothing by itself.
    """
    slot = turn.slot
    phase = figures.win.phase_on(slot.start)
    if phase is None or isinstance(phase.rule, Rolling):
        return None
    last = min(slot.end, figures.now.today).toordinal()
    days = map(date.fromordinal, range(slot.start.toordinal(), last + 1))
    done = [figures.history[day] for day in days if day in figures.history]
    return progress_of(figures.win, slot, slot.start, done)


def _boxes(turn: Turn, by_day: Mapping[date, list[Entry]]) -> list[Entry]:
    return [one for day in sorted(by_day) if turn.slot.start <= day <= turn.slot.end for one in by_day[day]]


def _streaks(figures: Figures) -> Iterator[str]:
    for name, found in (("Streak", figures.streak), ("Best", figures.best)):
        span = f", {found.start} to {found.end}" if found else ""
        yield f"{name}: {phrases.streak(found, figures.unit)}{span}"
    if figures.deadline is not None:
        yield f"It goes on if done by {figures.deadline}."


def _strength(figures: Figures) -> Iterator[str]:
    """Yield the formula with the last step: s ← s·M + c·(1−M)."""
    outcomes = figures.turns.outcomes
    closed = outcomes.count("#") + outcomes.count("x")
    yield f"Strength: {figures.strength:.4f}, by s ← s·M + c·(1−M) over {phrases.count(closed, 'turns')}, M = 0.5^(√(n·L)/13)"
    if closed:
        place = max(outcomes.rfind("#"), outcomes.rfind("x"))
        last, before = figures.turns[place], strength(figures.turns[:place])
        keep = 0.5 ** ((last.slot.times * last.slot.length) ** 0.5 / 13)
        yield f"  last step, n = {last.slot.times}, L = {last.slot.length:.6g}: {before:.4f}·{keep:.4f} + {last.share:g}·{1 - keep:.4f} = {figures.strength:.4f}"


def _consistency(figures: Figures) -> Iterator[str]:
    rates = ", ".join(f"{days} days {phrases.percent(rate)}" for days, rate in figures.consistency.items())
    yield f"Consistency, done ÷ (done + not done): {rates}"
