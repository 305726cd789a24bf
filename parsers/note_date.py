"""Which day, week or month a note is about, by its path alone; and the path of the note for a day.

A path is read strictly against the vault's own format. A loose look for something like a date would take the
conflict copy that a sync tool leaves (`2025-06-15 1.md`) for the day itself and count everything in it twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .moment import Kind, Period, WeekRule, format_moment, period_of, read_moment, week_rule
from .period import KINDS

_SUFFIX = ".md"
_ODD = re.compile(r"\A/|/\Z|/\.?/|\A\.(?:/|\Z)|/\.\Z")
_DIGIT = re.compile(r"\d")
_BRACKETS = re.compile(r"\[.*?\]")


@dataclass(frozen=True, slots=True)
class PeriodicFormat:
    """Where the notes of one kind are: a folder of the vault, and a moment.js format that may hold sub-folders."""

    kind: Kind = "day"
    folder: str = ""
    format: str = "YYYY-MM-DD"


def note_period(
    path: str, formats: Sequence[PeriodicFormat], locale: str = "en", week: WeekRule | None = None
) -> Period | None:
    """Return what the note at this vault path is about, by the first format that it answers to.

    Below the folder the whole format is tried, then the base name alone against the last segment of the format if
    that names a period of this kind by itself. Where the whole format has the path's shape but the values
    contradict each other, the note is none.

    >>> note_period("Daily/2025/06/2025-06-15.md", [PeriodicFormat("day", "Daily", "YYYY/MM/YYYY-MM-DD")])
    Period(kind='day', start=datetime.date(2025, 6, 15))
    """
    rule = week or week_rule(locale)
    name = _joined(unicodedata.normalize("NFC", path))
    if not name.lower().endswith(_SUFFIX):
        return None
    stem = name[: -len(_SUFFIX)]
    found = (_period_by(fmt, stem, locale, rule) for fmt in formats)
    return next((period for period in found if period), None)


def note_path(fmt: PeriodicFormat, day: date, locale: str = "en", week: WeekRule | None = None) -> str:
    """Return the vault path of the note for the period that holds `day`.

    The day itself is written, as Obsidian does, also for a week or a month. A `..` in the settings is kept: who
    opens the file must see that it stays in the vault.

    >>> note_path(PeriodicFormat("week", "Weekly/", "gggg-[W]ww"), date(2024, 12, 30))
    'Weekly/2025-W01.md'
    """
    name = format_moment(fmt.format.strip() or "YYYY-MM-DD", day, locale, week)
    path = _joined(f"{fmt.folder.strip()}/{name}".replace("\\", "/"))
    return path if path.endswith(_SUFFIX) else path + _SUFFIX


def _period_by(fmt: PeriodicFormat, stem: str, locale: str, week: WeekRule) -> Period | None:
    below = _below(fmt.folder, stem)
    if below is None or (_has_year(fmt.format) and not _DIGIT.search(below)):
        return None
    form = _joined(fmt.format.strip().removesuffix(f"[{_SUFFIX}]")) or "YYYY-MM-DD"
    reading = read_moment(form, below, locale, week)
    if reading is None:
        reading = read_moment(_last_segment(form), below.rpartition("/")[2], locale, week)
    period = reading.period if reading else None
    if period is None or KINDS.index(period.kind) > KINDS.index(fmt.kind):
        return None
    return period if period.kind == fmt.kind else period_of(fmt.kind, period.start, week)


@lru_cache(maxsize=64)
def _has_year(form: str) -> bool:
    """Return whether a format asks for a year in digits, as most do: then a name without any digit has no day."""
    return any(sign in _BRACKETS.sub("", form) for sign in ("YY", "gg", "GG")) and "\\" not in form


@lru_cache(maxsize=64)
def _inside(folder: str) -> str:
    return _joined(unicodedata.normalize("NFC", folder.strip()).replace("\\", "/"))


def _below(folder: str, stem: str) -> str | None:
    inside = _inside(folder)
    if not inside:
        return stem
    return stem[len(inside) + 1 :] if stem.startswith(inside + "/") else None


def _last_segment(form: str) -> str:
    """Return what stands behind the last `/` that is no part of a bracket's text, with a bracket opened anew."""
    head, _, tail = form.rpartition("/")
    inside = head.rpartition("[")[2].find("]") < 0 and "[" in head and "]" in tail
    return f"[{tail}" if inside else tail


def _joined(path: str) -> str:
    if _ODD.search(path) is None:
        return path
    return "/".join(part for part in path.split("/") if part not in ("", "."))
