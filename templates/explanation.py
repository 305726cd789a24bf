"""Where the figures of a micro-win come from: its rules, its turns with the boxes behind them, and the formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ..parsers.schedule import Quota, Rolling
from ..streaks.figures import Figures
from ..streaks.history import Entry, sum_by_unit
from ..streaks.running import Running, progress_of
from ..streaks.slots import Slot
from ..streaks.streak import Streak
from ..streaks.strength import strength
from ..streaks.turns import Outcome, Turn
from . import phrases
from .schedule_words import rule_words
from .words import say

SHOWN_TURNS = 10
_WORDS = {
    Outcome.SATISFIED: "outcome.done",
    Outcome.MISSED: "outcome.missed",
    Outcome.NEUTRAL: "outcome.neutral",
    Outcome.OPEN: "outcome.open",
}
_WORDS_OF_LIMIT = {**_WORDS, Outcome.SATISFIED: "outcome.within", Outcome.MISSED: "outcome.above"}


def explanation(
    figures: Figures,
    entries: Sequence[Entry],
    *,
    whole: bool = False,
    streaks: bool = True,
    plain: bool = False,
) -> list[str]:
    """Return the lines that lead from the boxes in the notes to each figure; the last turns only, unless `whole`.

    Without `streaks` none is told. `plain` leaves out marks and formulas, which a screen reader cannot say.
    """
    by_day = entries_by_day(entries)
    every = figures.turns
    turns = every if whole else every[-SHOWN_TURNS:]
    words = _WORDS_OF_LIMIT if figures.is_limit else _WORDS
    hidden = len(every) - len(turns)
    return [
        f"{figures.win.name}  ({figures.win.id}, {figures.win.goal}:{figures.win.line})",
        "",
        *_rules(figures),
        "",
        say("explain.turns_last", shown=len(turns), all=len(every)) if hidden else say("explain.turns"),
        *(_turn(turn, figures, by_day, words, plain=plain) for turn in turns),
        "",
        *(_streaks(figures) if streaks else ()),
        *([_strength_said(figures)] if plain else _strength(figures)),
        *_consistency(figures, plain=plain),
        *_wins(figures),
    ]


def _wins(figures: Figures) -> Iterator[str]:
    if figures.is_limit:
        yield say("explain.ticked", times=phrases.count(figures.totals.wins.all, "times"))
        return
    wins, undated = phrases.count(figures.totals.wins.all, "days"), phrases.number(figures.undated)
    yield say("explain.wins", wins=wins, undated=undated)


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
        since = say("explain.since", day=phase.since) if phase.since else ""
        until = say("explain.until", day=phase.until) if phase.until else ""
        target = f", {phrases.amount(phase.target.amount, phase.target.unit)}" if phase.target else ""
        schedule = rule_words(phase.rule) or say("explain.never_due")
        yield say("explain.due", schedule=schedule, target=target, since=since, until=until)


def _turn(
    turn: Turn,
    figures: Figures,
    by_day: Mapping[date, list[Entry]],
    words: Mapping[Outcome, str],
    *,
    plain: bool,
) -> str:
    first, last = str(turn.slot.start), str(turn.slot.end)
    span = say("dates.span", first=first, last=last) if plain else f"{first}..{last}"
    days = first if first == last else span
    notes = [phrases.percent(turn.share)] if 0 < turn.share < 1 else []
    notes += [_shrunk(turn.slot)] if _is_shrunk(turn, figures) else []
    part = f" ({', '.join(notes)})" if notes else ""
    asked = _asked(turn, figures)
    of = f", {phrases.got_of_needed(asked)}" if asked else ""
    boxes = ", ".join(f"{one.path}:{one.line} [{_said(one)}]" for one in _boxes(turn, by_day))
    mark = "" if plain else f"{turn.outcome.value} "
    return f"  {mark}{days}  {say(words[turn.outcome])}{of}{part}{f'  {boxes}' if boxes else ''}"


def _is_shrunk(turn: Turn, figures: Figures) -> bool:
    """Return whether a turn asked for less than its rule does, as some of its days were neutral."""
    slot, phase = turn.slot, figures.win.phase_on(turn.slot.start)
    if phase is None or not isinstance(phase.rule, Quota) or not 0 < slot.available < slot.days:
        return False
    return phase.target is not None or slot.needed < slot.times


def _shrunk(slot: Slot) -> str:
    return say("explain.shrunk", available=slot.available, days=slot.days)


def _said(box: Entry) -> str:
    """Return what a box says: its state and its amounts."""
    amounts = (phrases.amount(one.amount, one.unit) for one in box.quantities)
    return ", ".join((say(f"answer.is_{box.state}"), *amounts))


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


def streak_and_days(found: Streak | None, unit: str) -> str:
    """Return a streak with its first and its last day."""
    text = phrases.streak(found, unit)
    return say("explain.span", streak=text, start=found.start, end=found.end) if found else text


def _streaks(figures: Figures) -> Iterator[str]:
    yield say("explain.streak", streak=streak_and_days(figures.streak, figures.unit))
    yield say("explain.best", streak=streak_and_days(figures.best, figures.unit))
    if figures.deadline is not None:
        yield say("explain.deadline", day=figures.deadline)


def _strength(figures: Figures) -> Iterator[str]:
    """Yield the formula with the last step: s ← s·M + c·(1−M)."""
    turns = figures.turns
    outcomes = turns.outcomes
    closed = outcomes.count("#") + outcomes.count("x")
    yield say(
        "explain.strength",
        strength=phrases.decimals(figures.strength, ".4f"),
        turns=phrases.count(closed, "turns"),
    )
    if closed:
        place = max(outcomes.rfind("#"), outcomes.rfind("x"))
        last, before = turns[place], strength(turns[:place])
        keep = 0.5 ** ((last.slot.times * last.slot.length) ** 0.5 / 13)
        was, kept, new, now = (
            phrases.decimals(value, ".4f") for value in (before, keep, 1 - keep, figures.strength)
        )
        step = f"{was}·{kept} + {phrases.decimals(last.share, 'g')}·{new} = {now}"
        length = phrases.decimals(last.slot.length, ".6g")
        yield f"  {say('explain.last_step', times=last.slot.times, length=length, sum=step)}"


def _strength_said(figures: Figures) -> str:
    outcomes = figures.states
    closed = outcomes.count("#") + outcomes.count("x")
    return say(
        "explain.strength_said",
        strength=phrases.decimals(figures.strength, ".4f"),
        turns=phrases.count(closed, "turns"),
    )


def _consistency(figures: Figures, *, plain: bool) -> Iterator[str]:
    rates = (
        say("explain.rate", days=days, percent=phrases.percent(rate))
        for days, rate in figures.consistency.items()
    )
    yield say("explain.consistency_said" if plain else "explain.consistency", rates=", ".join(rates))


def sentences(lines: Sequence[str]) -> list[str]:
    """Return the lines of an explanation as sentences: what stands in columns becomes a list with commas."""
    said = (", ".join(filter(None, line.split("  "))).replace(", (", " (") for line in lines)
    return [f"{text.rstrip('.')}." if text else "" for text in said]
