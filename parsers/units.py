"""Units of amounts: different spellings of one unit are one, and nothing else is ever added together."""

from __future__ import annotations

import unicodedata
from functools import cache

_SPELLINGS = {
    "min": ("min", "mins", "minute", "minutes", "minuten"),
    "h": ("h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden"),
    "s": ("s", "sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden"),
    "km": ("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"),
    "m": ("m", "metre", "metres", "meter", "meters"),
    "mi": ("mi", "mile", "miles"),
    "kg": ("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"),
}
_NOUNS = {
    "Wörter": ("wort", "worte", "wörter"),
    "Seiten": ("seite", "seiten"),
    "Zeilen": ("zeile", "zeilen"),
    "Sätze": ("satz", "sätze"),
    "Schritte": ("schritt", "schritte"),
    "Gläser": ("glas", "gläser"),
    "Tassen": ("tasse", "tassen"),
    "Runden": ("runde", "runden"),
    "Übungen": ("übung", "übungen"),
    "Aufgaben": ("aufgabe", "aufgaben"),
    "Vokabeln": ("vokabel", "vokabeln"),
    "Einheiten": ("einheit", "einheiten"),
    "Kniebeugen": ("kniebeuge", "kniebeugen"),
    "Liegestütze": ("liegestütz", "liegestütze", "liegestützen"),
    "Wiederholungen": ("wdh", "wiederholung", "wiederholungen"),
}
"""German units by their plural, which is how they are shown: in German no ending makes one of the other."""
_CANONICAL = {
    **{spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings},
    **{spelling: unit.casefold() for unit, spellings in _NOUNS.items() for spelling in spellings},
}
_SHOWN = {unit.casefold(): unit for unit in _NOUNS}
_CAPITALISED = {spelling for spellings in _NOUNS.values() for spelling in spellings}.union(
    ("stunde", "stunden", "minuten", "sekunde", "sekunden")
)
"""German spellings that are no English word."""


@cache
def unit_key(unit: str) -> str:
    """Return the one spelling under which amounts of this unit are added up.

    >>> unit_key("Minutes"), unit_key("words"), unit_key("word"), unit_key("glass"), unit_key("Stunde")
    ('min', 'word', 'word', 'glass', 'h')
    """
    folded = unicodedata.normalize("NFC", unit.strip().casefold())
    if folded in _CANONICAL:
        return _CANONICAL[folded]
    if len(folded) > 3 and folded.endswith("s") and not folded.endswith("ss"):
        return folded[:-1]
    return folded


def is_german(unit: str) -> bool:
    """Return whether a unit is a German word for things that are counted, before which `10.000` are ten thousand.

    >>> is_german("Schritte"), is_german("km"), is_german("words")
    (True, False, False)
    """
    return unit_key(unit) in _SHOWN


def shown_unit(key: str) -> str:
    """Return the unit of an amount as it is shown: those that are added up under a shortened name get their ending.

    >>> shown_unit("word"), shown_unit("km"), shown_unit("wörter"), shown_unit("")
    ('words', 'km', 'Wörter', '')
    """
    if key in _SHOWN or not key.isascii():
        return _SHOWN.get(key, key)
    return f"{key}s" if len(key) > 3 and not key.endswith("s") else key


@cache
def written_unit(unit: str) -> str:
    """Return a unit as it was written, a German noun with the capital letter that a field may lack.

    >>> written_unit("stunden"), written_unit("SEITEN"), written_unit("km"), written_unit("words")
    ('Stunden', 'SEITEN', 'km', 'words')
    """
    folded = unicodedata.normalize("NFC", unit.casefold())
    return f"{unit[:1].upper()}{unit[1:]}" if folded in _CAPITALISED else unit
