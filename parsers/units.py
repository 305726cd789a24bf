"""Units of amounts: different spellings of one unit are one, and nothing else is ever added together."""

from __future__ import annotations

from functools import cache

_SPELLINGS = {
    "min": ("min", "mins", "minute", "minutes", "minuten"),
    "h": ("h", "hr", "hrs", "hour", "hours"),
    "s": ("s", "sec", "secs", "second", "seconds"),
    "km": ("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"),
    "m": ("m", "metre", "metres", "meter", "meters"),
    "mi": ("mi", "mile", "miles"),
    "kg": ("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"),
}
_CANONICAL = {spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings}


@cache
def unit_key(unit: str) -> str:
    """Return the one spelling under which amounts of this unit are added up.

    >>> unit_key("Minutes"), unit_key("words"), unit_key("word"), unit_key("glass")
    ('min', 'word', 'word', 'glass')
    """
    folded = unit.strip().casefold()
    if folded in _CANONICAL:
        return _CANONICAL[folded]
    if len(folded) > 3 and folded.endswith("s") and not folded.endswith("ss"):
        return folded[:-1]
    return folded
