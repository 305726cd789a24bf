"""The words of microwins, in one place: short, plain, true, never a threat and never a promise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ..parsers.task import State
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from ..streaks.running import Running
from ..streaks.streak import Streak

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNKNOWN = "—"
SYMBOLS = {"#": "X", "x": "·", "-": "-", "?": "o"}
LEGEND = "X done   · not done   - rest   o open"
_RUNNING = {
    "day": "today",
    "week": "this week",
    "month": "this month",
    "quarter": "this quarter",
    "year": "this year",
    "": "so far",
}
Moved = tuple[GoalFigures, GoalFigures]
"""A goal before and after a change that moved it."""
_SINGULAR = {
    "days": "day",
    "weeks": "week",
    "months": "month",
    "quarters": "quarter",
    "years": "year",
    "times": "time",
    "steps": "step",
    "wins": "win",
    "slips": "slip",
    "turns": "turn",
    "micro-wins": "micro-win",
    "votes": "vote",
    "ticks": "tick",
    "lines": "line",
}


def percent(share: float | None) -> str:
    """Return a share as a whole percentage that reaches 100 only at 1: `41 %`, or a dash where it is not known."""
    if share is None:
        return UNKNOWN
    whole = int(share * 100 + 0.5)
    return f"{min(whole, 99) if share < 1 else 100} %"


def number(value: Decimal | int | float) -> str:
    """Return a number with its thousands apart and no needless digits: `1,203`, `2.5`.

    >>> number(Decimal("60000.00")), number(Decimal("2.50"))
    ('60,000', '2.5')
    """
    amount = Decimal(str(value))
    text = f"{amount:,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def count(value: Decimal | int, unit: str) -> str:
    """Return a number with its unit: `1 day`, `12 days`.

    >>> count(1, "days"), count(3, "times")
    ('1 day', '3 times')
    """
    return f"{number(value)} {unit_of(value, unit)}"


def unit_of(value: Decimal | int, unit: str) -> str:
    """Return the unit that goes with a number: that of 1 is no plural."""
    return _SINGULAR.get(unit, unit) if value == 1 else unit


def shown_unit(key: str) -> str:
    """Return the unit of an amount as it is shown: those that are added up under a shortened name get their ending.

    >>> shown_unit("word"), shown_unit("km"), shown_unit("")
    ('words', 'km', '')
    """
    return f"{key}s" if len(key) > 3 and not key.endswith("s") else key


def streak(found: Streak | None, unit: str) -> str:
    """Return a streak as text, its slips always shown."""
    if found is None:
        return UNKNOWN
    slips = f", {count(found.slips, 'slips')}" if found.slips else ""
    return count(found.count, unit) + slips


def strength(figures: Figures) -> str:
    """Return a strength as text; one that never had a schedule has none."""
    return percent(figures.strength if figures.win.is_scheduled else None)


def in_a_row(found: Streak, unit: str, what: str = "") -> str:
    """Return a streak as a part of a sentence: `26 days in a row, 2 slips`."""
    length, comma, slips = streak(found, unit).partition(",")
    return f"{length}{what} in a row{comma}{slips}"


def progress_now(figures: Figures) -> str:
    """Return how far the running turn has come: `1 of 3 this week`, `1 of at most 2 this week`, or nothing.

    Nothing where it is full already, where it was skipped, and on days on which nothing is due.
    """
    found = figures.progress_now
    if found is None or (not found.at_most and found.got >= found.needed):
        return ""
    if figures.state in {"skipped", "neutral"}:
        return ""
    return f"{got_of_needed(found)} {_RUNNING[found.period]}"


def got_of_needed(found: Running) -> str:
    """Return what was done of what is asked for: `1 of 3`, `150 of 300 words`, `1 of at most 2`."""
    most = "at most " if found.at_most else ""
    unit = f" {found.unit}" if found.unit else ""
    return f"{number(found.got)} of {most}{number(found.needed)}{unit}"


def standing(figures: Figures) -> str:
    """Return the running streak and how far the running turn has come, as much of it as there is."""
    row = streak(figures.streak, figures.unit) if figures.streak else ""
    return " · ".join(filter(None, (row, progress_now(figures))))


def bar(share: float | None, width: int = 10) -> str:
    """Return a bar of `width` characters, which is full only at 1."""
    rounded = 0 if share is None else int(share * width + 0.5)
    filled = min(rounded, width if share is not None and share >= 1 else width - 1)
    return "▰" * filled + "▱" * (width - filled)


def long_date(day: date) -> str:
    """Return a day as `Saturday, 21 November 2026`."""
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def span(first: date, last: date) -> str:
    """Return days in a row with nothing said twice: `16 to 22 November 2026`, `30 November to 6 December 2026`."""
    end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    if first.year != last.year:
        return f"{first.day} {MONTHS[first.month - 1]} {first.year} to {end}"
    month = "" if first.month == last.month else f" {MONTHS[first.month - 1]}"
    return f"{first.day}{month} to {end}"


def short_date(day: date, today: date) -> str:
    """Return a day as `30 June`, with its year where that is another one than today's."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def measured(goal: GoalFigures) -> str:
    """Return what a goal's measure stands at: `20,300 of 60,000 words`, `88.4 kg (from 92 to 80)`; nothing without one."""
    measure = goal.goal.measure
    if measure is None:
        return ""
    if measure.start is None:
        return f"{number(goal.measured or Decimal(0))} of {number(measure.amount)} {measure.unit}"
    way = f"from {number(measure.start)} to {number(measure.amount)}"
    if goal.measured is None:
        return f"no reading yet ({way} {measure.unit})"
    return f"{number(goal.measured)} {measure.unit} ({way})"


def ticked(figures: Figures, moved: Sequence[Moved], *, hidden: bool = False) -> str:
    """Return what a tick is answered with: the micro-win, its streak, its running turn, and each goal that it moved."""
    parts = [f"✓ {figures.win.name}"]
    if figures.is_limit:
        parts = [
            figures.win.name,
            progress_now(figures) or f"{count(figures.totals.wins.all, 'times')} so far",
        ]
    else:
        row = "" if hidden or figures.streak is None else in_a_row(figures.streak, figures.unit)
        told = [part for part in (row, progress_now(figures)) if part]
        parts += told or [f"{count(figures.totals.wins.all, 'times')} so far"]
    return "  ·  ".join([*parts, *(movement(*one) for one in moved)])


def unticked(figures: Figures, *, hidden: bool = False) -> str:
    """Return what taking a tick back is answered with."""
    if figures.is_limit:
        return "  ·  ".join(filter(None, (figures.win.name, progress_now(figures))))
    row = "" if hidden or figures.streak is None else f"  ·  {in_a_row(figures.streak, figures.unit)}"
    return f"○ {figures.win.name}{row}"


def skipped(figures: Figures) -> str:
    """Return what a skip is answered with."""
    return f"– {figures.win.name}  ·  skipped today, which counts neither way"


def step(text: str, state: State, moved: Sequence[Moved]) -> str:
    """Return what a goal's step is answered with."""
    sign = {State.DONE: "✓", State.SKIPPED: "–"}.get(state, "○")
    return "  ·  ".join([f"{sign} {text}", *(movement(*one) for one in moved)])


def plain_number(value: Decimal) -> str:
    """Return a number as it is written in a field: `420`, `2.5`."""
    return number(value).replace(",", "")


def movement(before: GoalFigures, after: GoalFigures) -> str:
    """Return how far a goal moved: `Book 41 → 42 %`, or its amount where the percentage stays the same."""
    title = after.goal.title
    if before.progress is not None and percent(before.progress) != percent(after.progress):
        return f"{title} {percent(before.progress).removesuffix(' %')} → {percent(after.progress)}"
    if after.measured is not None and after.measured != before.measured:
        return f"{title} {measured(after)}"
    return f"{title} {percent(after.progress)}"


NOTHING_WRITTEN = "Nothing that microwins wrote is known."


def taken_back(why: str, path: str, at: str) -> str:
    """Return what taking a change back is answered with."""
    return f"Taken back in {path}: {why} of {at}."


NO_CONFLICTS = "There is no conflict copy in this vault."
_NOT_MERGED = {
    "note-gone": "the note that it is a copy of is not there. Rename the copy to keep it as that note.",
    "copy-unreadable": "it could not be read.",
    "frontmatter-differs": "both have changed the frontmatter. Bring it together by hand, then merge again.",
}


def conflict(copy: str, note: str | None, ticks: int, lines: int) -> str:
    """Return a conflict copy in one line: its note, and how they differ."""
    if note is None:
        return f"{copy}\n  its note is not there"
    parts = ([count(ticks, "ticks")] if ticks else []) + ([count(lines, "lines")] if lines else [])
    return f"{copy}\n  of {note}: {' and '.join(parts) + ' differ' if parts else 'the same text'}"


def merged(note: str, trash: str, both: Sequence[int]) -> str:
    """Return what merging a conflict copy is answered with."""
    kept = f"; both versions stand at line {', '.join(map(str, both))}" if both else ""
    return f"{note} holds both now{kept}. The copy is kept as {trash}."


def not_merged(copy: str, reason: str) -> str:
    """Return why a conflict copy was left as it is."""
    return f"{copy} is left as it is: {_NOT_MERGED[reason]}"
