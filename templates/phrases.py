"""The words of microwins, in one place: short, plain, true, never a threat and never a promise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ..parsers.task import State
from ..parsers.units import written_unit
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from ..streaks.running import Running
from ..streaks.streak import Streak
from .lines import fitted
from .safe_text import columns
from .words import Counted, forms, names, say

UNKNOWN = "—"
SYMBOLS = {"#": "X", "x": "·", "-": "-", "?": "o"}
Moved = tuple[GoalFigures, GoalFigures]
"""A goal before and after a change that moved it."""


def percent(share: float | None) -> str:
    """Return a share as a whole percentage that reaches 100 only at 1: `41 %`, or a dash where it is not known."""
    return UNKNOWN if share is None else say("numbers.percent", whole=whole(share))


def whole(share: float) -> int:
    """Return a share as a number of 100, which it reaches only at 1."""
    return min(int(share * 100 + 0.5), 99) if share < 1 else 100


def change(before: float, after: float | None, to: str = "→") -> str:
    """Return two shares as one figure: `92 → 93 %`."""
    if after is None:
        return f"{whole(before)} {to} {UNKNOWN}"
    return say("numbers.change", before=whole(before), to=to, after=whole(after))


def number(value: Decimal | int | float) -> str:
    """Return a number with its thousands apart and no needless digits: `1,203`, `2.5`.

    >>> number(Decimal("60000.00")), number(Decimal("2.50"))
    ('60,000', '2.5')
    """
    text = _plain(value, ",")
    if text.isdecimal():
        return text
    marks = {",": say("numbers.thousands"), ".": say("numbers.decimal")}
    return "".join(marks.get(character, character) for character in text)


def count(value: Decimal | int, unit: str) -> Counted:
    """Return a number with its unit: `1 day`, `12 days`.

    >>> count(1, "days"), count(3, "times")
    ('1 day', '3 times')
    """
    shown, known = number(value), forms(f"units.{unit}")
    others = {form: f"{shown} {known['one'] if value == 1 else text}" for form, text in known.items()}
    return Counted(f"{shown} {unit_of(value, unit)}", others)


def unit_of(value: Decimal | int, unit: str) -> str:
    """Return the unit that goes with a number: that of 1 is no plural. One that is not ours stays as it was written."""
    return forms(f"units.{unit}").get("one" if value == 1 else "other") or written_unit(unit)


def amount(value: Decimal | int, unit: str) -> str:
    """Return an amount in the unit of a note, whose own words none of ours replace: `2.5 km`, `2 Stunden`, `3`.

    >>> amount(Decimal("2.50"), "km"), amount(2, "stunden"), amount(3, "")
    ('2.5 km', '2 Stunden', '3')
    """
    return " ".join(filter(None, (number(value), written_unit(unit))))


def decimals(value: Decimal | float, form: str) -> str:
    """Return a number in a form such as `.4f`, which keeps its digits, with the decimal sign of the language.

    >>> decimals(0.15, ".4f")
    '0.1500'
    """
    return format(value, form).replace(".", say("numbers.decimal"))


def streak(found: Streak | None, unit: str) -> str:
    """Return a streak as text, its slips always shown."""
    if found is None:
        return UNKNOWN
    length = count(found.count, unit)
    return (
        say("streak.with_slips", streak=length, slips=count(found.slips, "slips")) if found.slips else length
    )


def strength(figures: Figures) -> str:
    """Return a strength as text; one that never had a schedule has none."""
    return percent(figures.strength if figures.win.is_scheduled else None)


def in_a_row(found: Streak, unit: str) -> str:
    """Return a streak as a part of a sentence: `26 days in a row, 2 slips`."""
    length = count(found.count, unit)
    if found.slips:
        return say("streak.row_with_slips", streak=length, slips=count(found.slips, "slips"))
    return say("streak.row", streak=length)


def days_with_a_win(found: Streak) -> str:
    """Return the vault's own streak as a part of a sentence: `26 days in a row with a win`."""
    length = count(found.count, "days")
    if found.slips:
        return say("streak.wins_row_with_slips", streak=length, slips=count(found.slips, "slips"))
    return say("streak.wins_row", streak=length)


def progress_now(figures: Figures) -> str:
    """Return how far the running turn has come: `1 of 3 this week`, `1 of at most 2 this week`, or nothing.

    Nothing where it is full already, where it was skipped, and on days on which nothing is due.
    """
    found = figures.progress_now
    if found is None or (not found.at_most and found.got >= found.needed):
        return ""
    if figures.state in {"skipped", "neutral"}:
        return ""
    period = say(f"period.{found.period or 'all'}")
    return say("running.progress", got_of_needed=got_of_needed(found), period=period)


def got_of_needed(found: Running) -> str:
    """Return what was done of what is asked for: `1 of 3`, `150 of 300 words`, `1 of at most 2`."""
    needed = amount(found.needed, found.unit)
    return say("running.of_limit" if found.at_most else "running.of", got=number(found.got), needed=needed)


def standing(figures: Figures) -> str:
    """Return the running streak and how far the running turn has come, as much of it as there is."""
    row = streak(figures.streak, figures.unit) if figures.streak else ""
    return " · ".join(filter(None, (row, progress_now(figures))))


def bar(share: float | None, width: int = 10) -> str:
    """Return a bar of `width` characters, which is full only at 1."""
    rounded = 0 if share is None else int(share * width + 0.5)
    filled = min(rounded, width if share is not None and share >= 1 else width - 1)
    return "▰" * filled + "▱" * (width - filled)


def month_name(number: int) -> str:
    """Return the name of a month, 1 for January."""
    return names("dates.months")[number - 1]


def weekday_name(number: int) -> str:
    """Return the name of a weekday, 0 for Monday."""
    return names("dates.weekdays")[number]


def long_date(day: date) -> str:
    """Return a day as `Saturday, 21 November 2026`."""
    weekday = weekday_name(day.weekday())
    return say("dates.long", weekday=weekday, day=day.day, month=month_name(day.month), year=day.year)


def weekday_and_day(day: date) -> str:
    """Return a day as `Saturday, 21 November`."""
    weekday = weekday_name(day.weekday())
    return say("dates.weekday_and_day", weekday=weekday, day=day.day, month=month_name(day.month))


def span(first: date, last: date) -> str:
    """Return days in a row with nothing said twice: `16 to 22 November 2026`, `30 November to 6 December 2026`."""
    if first == last:
        return dated(last)
    if first.year != last.year:
        begin = short_date(first, last)
    elif first.month != last.month:
        begin = _date("dates.short", first)
    else:
        begin = say("dates.day", day=first.day)
    return say("dates.span", first=begin, last=_date("dates.with_year", last))


def short_date(day: date, today: date) -> str:
    """Return a day as `30 June`, with its year where that is another one than today's."""
    return _date("dates.with_year" if day.year != today.year else "dates.short", day)


def dated(day: date) -> str:
    """Return a day with its year: `30 June 2026`."""
    return _date("dates.with_year", day)


def measured(goal: GoalFigures) -> str:
    """Return what a goal's measure stands at: `20,300 of 60,000 words`, `88.4 kg (from 92 to 80)`; nothing without one."""
    measure = goal.goal.measure
    if measure is None:
        return ""
    end, unit = number(measure.amount), written_unit(measure.unit)
    if measure.start is None:
        return say("measure.sum", got=number(goal.measured or Decimal(0)), amount=end, unit=unit)
    way = say("measure.way", start=number(measure.start), amount=end)
    if goal.measured is None:
        return say("measure.no_reading", way=way, unit=unit)
    return say("measure.reading", got=number(goal.measured), unit=unit, way=way)


def ticked(figures: Figures, moved: Sequence[Moved], *, hidden: bool = False) -> str:
    """Return what a tick is answered with: the micro-win, its streak, its running turn, and each goal that it moved."""
    parts = [f"✓ {figures.win.name}"]
    if figures.is_limit:
        parts = [
            figures.win.name,
            progress_now(figures) or _so_far(figures),
        ]
    else:
        row = "" if hidden or figures.streak is None else in_a_row(figures.streak, figures.unit)
        told = [part for part in (row, progress_now(figures)) if part]
        parts += told or [_so_far(figures)]
    return "  ·  ".join([*parts, *(movement(*one) for one in moved)])


def unticked(figures: Figures, *, hidden: bool = False) -> str:
    """Return what taking a tick back is answered with."""
    if figures.is_limit:
        return "  ·  ".join(filter(None, (figures.win.name, progress_now(figures))))
    row = "" if hidden or figures.streak is None else f"  ·  {in_a_row(figures.streak, figures.unit)}"
    return f"○ {figures.win.name}{row}"


def skipped(figures: Figures) -> str:
    """Return what a skip is answered with."""
    return f"– {figures.win.name}  ·  {say('answer.skipped')}"


def steps(changed: Sequence[tuple[str, State]], moved: Sequence[Moved], unwritten: str = "") -> str:
    """Return what steps of one note are answered with; `unwritten` is that note, if a broken marker keeps days off its lines."""
    signs = {State.DONE: "✓", State.SKIPPED: "–"}
    named = [f"{signs.get(state, '○')} {text}" for text, state in changed]
    told = [say("answer.unwritten", note=unwritten)] if unwritten else []
    return "  ·  ".join([*named, *(movement(*one) for one in moved), *told])


def many_changed(boxes: int, wins: int) -> str:
    """Return what a flood of changes is answered with."""
    return f"{say('answer.many', count=boxes)}  ·  {wins_so_far(wins)}"


def wins_so_far(wins: int) -> str:
    """Return how many wins there are, as the answer to a change that moved nothing else."""
    return say("answer.wins_so_far", wins=number(wins))


def plain_number(value: Decimal) -> str:
    """Return a number as it is written in a field, in every language: `420`, `2.5`."""
    return _plain(value, "")


def movement(before: GoalFigures, after: GoalFigures) -> str:
    """Return how far a goal moved: `Book 41 → 42 %`, or its amount where the percentage stays the same."""
    title, was, now = after.goal.title, before.progress, after.progress
    if was is not None and percent(was) != percent(now):
        return say("answer.moved", title=title, progress=change(was, now))
    if after.measured is not None and after.measured != before.measured:
        return say("answer.reading", title=title, measured=measured(after))
    return say("answer.moved", title=title, progress=percent(now))


def unchanged(name: str, state: State) -> str:
    """Return what a tick is answered with that had nothing to change."""
    return say("answer.unchanged", name=name, state=say(f"answer.is_{state}"))


def taken_back(why: str, path: str, at: str, trash: str | None = None) -> str:
    """Return what taking a change back is answered with; `trash` is where a note is now that was made by it."""
    if trash is not None:
        return say("undo.unmade", path=path, at=at, trash=trash)
    done = "undo.unmerged" if why == "merge" else "undo.taken_back"
    return say(done, path=path, why=say(f"undo_why.{why}"), at=at)


def changes(rows: Sequence[tuple[str, str, str]], width: int) -> str:
    """Return changes as rows of time, reason and note; the note on a line of its own where the terminal is narrow."""
    reasons = [say(f"undo_why.{why}") for _, why, _ in rows]
    widest = max(map(columns, reasons), default=0)
    heads = [
        f"{at}  {reason}{' ' * (widest - columns(reason))}"
        for (at, _, _), reason in zip(rows, reasons, strict=True)
    ]
    lines = [f"{head}  {path}" for head, (_, _, path) in zip(heads, rows, strict=True)]
    if max(map(columns, lines), default=0) <= width:
        return "\n".join(lines)
    return fitted(
        "\n".join(f"{head.rstrip()}\n  {path}" for head, (_, _, path) in zip(heads, rows, strict=True)), width
    )


def conflict(copy: str, note: str | None, ticks: int, lines: int) -> str:
    """Return a conflict copy in one line: its note, and how they differ."""
    if note is None:
        return f"{copy}\n  {say('conflicts.no_note')}"
    parts = ([count(ticks, "ticks")] if ticks else []) + ([count(lines, "lines")] if lines else [])
    same = say("conflicts.differ", parts=listed(parts)) if parts else say("conflicts.same")
    return f"{copy}\n  {say('conflicts.of', note=note, difference=same)}"


def merged(note: str, trash: str, both: Sequence[int]) -> str:
    """Return what merging a conflict copy is answered with."""
    if both:
        return say("conflicts.merged_both", note=note, trash=trash, lines=", ".join(map(str, both)))
    return say("conflicts.merged", note=note, trash=trash)


def not_merged(copy: str, reason: str) -> str:
    """Return why a conflict copy was left as it is."""
    return say("conflicts.left", copy=copy, reason=say(f"conflicts.{reason}"))


def listed(parts: Sequence[str]) -> str:
    """Return names as a sentence has them.

    >>> listed(["one", "two", "three"]), listed(["one"])
    ('one, two and three', 'one')
    """
    first = say("numbers.list").join(parts[:-1])
    return f"{first}{say('numbers.list_last')}{parts[-1]}" if len(parts) > 1 else "".join(parts)


def _so_far(figures: Figures) -> str:
    return say("answer.so_far", times=count(figures.totals.wins.all, "times"))


def _date(key: str, day: date) -> str:
    return say(key, day=day.day, month=month_name(day.month), year=day.year)


def _plain(value: Decimal | int | float, thousands: str) -> str:
    """Return a number to two digits behind the point, its thousands apart by `thousands`."""
    text = f"{Decimal(str(value)):{thousands}.2f}"
    return text.rstrip("0").rstrip(".")
