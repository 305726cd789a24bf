"""What a goal's frontmatter says of its state: reached, archived and when, how much it weighs."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from .day_range import DayRange, read_date, read_day_range

_DONE = frozenset(("done", "complete", "completed"))
_ARCHIVED = frozenset(("archived", "dropped", "cancelled", "canceled", "abandoned"))
_SAID = {"true": True, "yes": True, "false": False, "no": False, "": False}
_HEAVIEST = 1_000_000
_LEAST = Decimal("0.000001")


def says_done(status: str | None) -> bool:
    """Return whether a goal's `status` says that it is reached; other words than these are the user's own."""
    return (status or "").casefold() in _DONE


def says_archived(status: str | None) -> bool:
    """Return whether a goal's `status` says that it is put aside."""
    return (status or "").casefold() in _ARCHIVED


def read_flag(value: object) -> bool | None:
    """Return what `true`, `yes`, `false` or `no` says, or None for anything else."""
    if isinstance(value, bool) or value is None:
        return bool(value)
    return _SAID.get(value.strip().casefold()) if isinstance(value, str) else None


def read_archived_range(text: object) -> DayRange | None:
    """Return the days that a range of `archived` names; a single day goes on, as in `2026-03-01..`.

    >>> str(read_archived_range("2026-03-01").end)
    'None'
    """
    day = read_date(text)
    return DayRange(day) if day is not None else read_day_range(text)


def read_weight(value: object) -> Decimal | None:
    """Return a weight, a positive number up to a million, or None.

    >>> read_weight(3), read_weight("0.5"), read_weight(0), read_weight("heavy")
    (Decimal('3'), Decimal('0.5'), None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        weight = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        return None
    return weight if weight.is_finite() and _LEAST <= weight <= _HEAVIEST else None
