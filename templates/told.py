"""What is told in English everywhere, such as problems and errors, in the language that is spoken.

Problems are made far below, kept in a cache and given to programs, so they are English there; only what somebody reads
at a terminal is put into another language, sentence by sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .shipped import shipped
from .words import DEFAULT, spoken

_PLACE = re.compile(r"\{(\w+)\}")
_DEEPEST = 3
"""How many sentences may stand in each other."""


@dataclass(frozen=True, slots=True)
class Told:
    """The sentences of a language by those in English: whole ones, and those with places, the most telling first."""

    whole: Mapping[str, str]
    with_places: tuple[tuple[re.Pattern[str], str], ...]

    def of(self, text: str, depth: int = _DEEPEST) -> str:
        """Return a sentence in this language; as it stands where it is not known."""
        if text in self.whole or not depth:
            return self.whole.get(text, text)
        for pattern, theirs in self.with_places:
            found = pattern.fullmatch(text)
            if found is not None:
                return theirs.format_map(
                    {name: self.of(value, depth - 1) for name, value in found.groupdict().items()}
                )
        return text


def in_language(text: str) -> str:
    """Return a sentence in the language that is spoken.

    >>> in_language("Rename the note.")
    'Rename the note.'
    """
    return text if spoken() == DEFAULT else _told_in(spoken()).of(text)


def sentences(language: str) -> dict[str, str]:
    """Return all sentences of a language, by those in English."""
    import tomllib

    file = shipped("told_in", f"{language}.toml")
    sections = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {english: theirs for section in sections.values() for english, theirs in section.items()}


@cache
def _told_in(language: str) -> Told:
    known = sentences(language)
    places = {english: theirs for english, theirs in known.items() if _PLACE.search(english)}
    telling = sorted(places, key=lambda english: -len(_PLACE.sub("", english)))
    return Told(
        {english: theirs for english, theirs in known.items() if english not in places},
        tuple((_pattern(english), places[english]) for english in telling),
    )


def _pattern(english: str) -> re.Pattern[str]:
    parts = _PLACE.split(english)
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts)),
        re.DOTALL,
    )
