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

from .moment import Kind, Period, WeekRule, format_moment, period_of, read_moment, week_rule
from .name_pattern import day_pattern, name_pattern, plain_day
from .period import KINDS

_SUFFIX = ".md"
_ODD = re.compile(r"\A/|/\Z|/\.?/|\A\.(?:/|\Z)|/\.\Z")


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
    return _names(formats, locale, week).period(path)


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


class PeriodNames:
    """The formats of a vault, made ready once, since every note's name is asked for: most of them are done with at one look."""

    def __init__(self, formats: Sequence[PeriodicFormat], locale: str, week: WeekRule | None) -> None:
        self.key = formats, locale, week
        rule = week or week_rule(locale)
        self._tried = [_Format.of(fmt, locale, rule) for fmt in formats]
        self._may_match = name_pattern(
            [(one.inside, one.form, one.last) for one in self._tried], locale
        ).fullmatch

    def period(self, path: str) -> Period | None:
        """Return what the note at this vault path is about."""
        if "//" in path or "/." in path or path.startswith(("/", ".")) or path.endswith("/"):
            path = _joined(path)
        return self.period_of(path)

    def period_of(self, path: str) -> Period | None:
        """Return the same of a path that a walk has found: no part of it is empty or begins with a dot."""
        if not path.isascii():
            path = unicodedata.normalize("NFC", path)
        if not self._may_match(path) or not path.lower().endswith(_SUFFIX):
            return None
        stem = path[: -len(_SUFFIX)]
        return next((period for one in self._tried if (period := one.period(stem))), None)


_last = PeriodNames((), "en", None)


def _names(formats: Sequence[PeriodicFormat], locale: str, week: WeekRule | None) -> PeriodNames:
    """Return the formats made ready; mostly they are those of the last time."""
    global _last  # noqa: PLW0603 - a cache of one, since hashing the formats takes longer than reading most names
    given, code, rule = _last.key
    if given is not formats or code != locale or rule is not week:
        if (given, code, rule) != (formats, locale, week):
            _last = PeriodNames(formats, locale, week)
        _last.key = formats, locale, week
    return _last


@dataclass(frozen=True, slots=True)
class _Format:
    """One format made ready: the folder and the format as they are compared, and the simple pattern of a plain day."""

    kind: Kind
    inside: str
    form: str
    last: str
    locale: str
    week: WeekRule
    plain: re.Pattern[str] | None

    @classmethod
    def of(cls, fmt: PeriodicFormat, locale: str, week: WeekRule) -> _Format:
        """Make a format ready."""
        inside = _joined(unicodedata.normalize("NFC", fmt.folder.strip()).replace("\\", "/"))
        form = _joined(fmt.format.strip().removesuffix(f"[{_SUFFIX}]")) or "YYYY-MM-DD"
        plain = day_pattern(form, locale) if fmt.kind == "day" else None
        return cls(fmt.kind, inside, form, _last_segment(form), locale, week, plain)

    def period(self, stem: str) -> Period | None:
        """Return the period that a path without its ending names in this format."""
        below = self._below(stem)
        if below is None:
            return None
        if self.plain is not None:
            found = self.plain.fullmatch(below if self.form != self.last else below.rpartition("/")[2])
            if found:
                return plain_day(found)
        reading = read_moment(self.form, below, self.locale, self.week)
        if reading is None:
            reading = read_moment(self.last, below.rpartition("/")[2], self.locale, self.week)
        period = reading.period if reading else None
        if period is None or KINDS.index(period.kind) > KINDS.index(self.kind):
            return None
        return period if period.kind == self.kind else period_of(self.kind, period.start, self.week)

    def _below(self, stem: str) -> str | None:
        if not self.inside:
            return stem
        return stem[len(self.inside) + 1 :] if stem.startswith(self.inside + "/") else None


def _last_segment(form: str) -> str:
    """Return what stands behind the last `/` that is no part of a bracket's text, with a bracket opened anew."""
    head, _, tail = form.rpartition("/")
    inside = head.rpartition("[")[2].find("]") < 0 and "[" in head and "]" in tail
    return f"[{tail}" if inside else tail


def _joined(path: str) -> str:
    if _ODD.search(path) is None:
        return path
    return "/".join(part for part in path.split("/") if part not in ("", "."))
