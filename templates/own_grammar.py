"""The lines that our blocks may begin with, as patterns made from the catalogues: `parsers/own_words.py` holds them.

The parsers must know our lines in every language that we ship, and know nothing of the catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from itertools import chain

from .words import Text, catalogue

_HEADLINE = (
    "block.steps",
    "block.votes",
    "block.wins",
    "measure.sum",
    "measure.reading",
    "measure.no_reading",
)
_LINES = ("block.next", "block.nothing_due", "block.nothing_now", "block.no_goal_below", "status.no_goal")
_MICRO_WIN_HEADS = ("streak", "best", "strength", "month", "all")
_GOAL_HEADS = ("progress", "pace", "streak", "wins_head", "week", "identity")
_PACE = ("ahead", "on_track", "behind", "not_started")
_ASKED = ("with_date", "rate", "rate_from", "in_all", "in_all_from")
_PLACE = re.compile(r"\\\{(\w+)(?::\w+)?\\\}")


def languages() -> list[str]:
    """Return the languages that we ship, English first."""
    names = [file.name for file in files("microwins.templates").joinpath("languages").iterdir()]
    found = sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))
    return sorted(found, key=lambda language: language != "en")


def own_words() -> str:
    """Return the source of the module that holds the patterns of all languages."""
    grammars = [_Grammar(language) for language in languages()]
    parts = {
        "FIRST": ("A line that a block begins with.", [one.first for one in grammars]),
        "SECOND": (
            "The line below it: the pace of a goal, the wins of the vault.",
            [one.second for one in grammars],
        ),
        "LINES": ("A sentence, which may stand anywhere.", [one.lines for one in grammars]),
        "HEADERS": ("The heads of our tables.", [one.headers for one in grammars]),
        "ROWS": ("The lines around the rows of a month and of a week.", [one.rows for one in grammars]),
    }
    lines = [
        '"""The words of our own lines in every language; made by `templates/own_grammar.py`, not by hand."""',
        "",
    ]
    lines += [f"LANGUAGES = ({', '.join(map(_quoted, languages()))})"]
    for name, (meaning, found) in parts.items():
        texts = dict.fromkeys(chain.from_iterable(one() for one in found))
        lines += [f"{name} = (", *(f"    {_quoted(text)}," for text in texts), ")", f'"""{meaning}"""']
    return "\n".join(lines) + "\n"


class _Grammar:
    """The patterns of one language."""

    def __init__(self, language: str) -> None:
        self.language, self.texts = language, catalogue(language).texts
        marks = re.escape(f"{self.texts['numbers.thousands']}{self.texts['numbers.decimal']}")
        number = f"-?[0-9][0-9{marks}]*"
        self.kinds = {
            **dict.fromkeys(("count", "done", "got", "amount", "start", "of_month", "of_all"), number),
            **{unit: f"{number} (?:{self._any(f'units.{unit}')})" for unit in ("steps", "wins")},
            "weekday": f"(?:{self._any('dates.weekdays')})",
            "month": f"(?:{self._any('dates.months')})",
            "day": "[0-9]{1,2}",
            "year": "[0-9]{4}",
            "whole": "[0-9]+",
        }
        self.kinds["way"] = self._pattern(str(self.texts["measure.way"]))
        self.kinds["asked"] = f"(?:{'|'.join(sorted({self._begin(key) for key in _ASKED}))}).*"

    def first(self) -> Iterator[str]:
        """Yield the first lines: a goal's headline, the day of the vault."""
        yield rf"[▰▱]{{5,}} \*\*{self._pattern(str(self.texts['numbers.percent']))}\*\*(?: · .*)?"
        yield rf"\*\*{self._pattern(str(self.texts['dates.long']))}\*\* · .*"
        for key in _HEADLINE:
            yield from (f"{self._pattern(form)}(?: · .*)?" for form in _forms(self.texts[key]))

    def lines(self) -> Iterator[str]:
        """Yield the sentences: what is next, and what is said where there is nothing to show."""
        for key in _LINES:
            yield from map(self._pattern, _forms(self.texts[key]))

    def second(self) -> Iterator[str]:
        """Yield the lines of the pace, which begin with a capital letter in a note, and those of the vault's wins."""
        yield rf"(?:.+ · )?{self._pattern(str(self.texts['block.lately']))}"
        yield self._pattern(_capital(str(self.texts["pace.done"])))
        yield self._pattern(_capital(str(self.texts["pace.overdue"])))
        for key in _PACE:
            yield self._pattern(_capital(str(self.texts[f"pace.{key}"])))

    def headers(self) -> Iterator[str]:
        """Yield the heads of the tables, with any of their columns."""
        for first, heads in (("micro_win", _MICRO_WIN_HEADS), ("goal", _GOAL_HEADS)):
            cells = "|".join(_escaped(str(self.texts[f"block.{head}"])) for head in heads)
            yield rf"\| {_escaped(str(self.texts[f'block.{first}']))}(?: \| (?:{cells}))* \|"

    def rows(self) -> Iterator[str]:
        """Yield the heads of the calendars, and what may stand below their rows."""
        yield f"{self.kinds['month']}(?: [0-9]{{4}})? +1   5    10   [0-9 ]+"
        yield rf".{{14,}} (?:(?:{self._any('dates.weekdays_two')}) ?){{7}}"
        yield self._pattern(str(self.texts["block.more_rows"]))
        yield self._pattern(str(self.texts["status.legend"]))

    def _pattern(self, text: str) -> str:
        """Return a pattern for a text: its places take what is put in there, and a name anything."""
        return _PLACE.sub(lambda place: self.kinds.get(place[1], ".+"), _escaped(text))

    def _any(self, key: str) -> str:
        return "|".join(dict.fromkeys(map(_escaped, _forms(self.texts[key]))))

    def _begin(self, key: str) -> str:
        return _escaped(str(self.texts[f"pace.{key}"])[:2])


def _forms(text: Text) -> tuple[str, ...]:
    if isinstance(text, str):
        return (text,)
    return tuple(text.values()) if isinstance(text, Mapping) else text


def _escaped(text: str) -> str:
    return re.escape(text).replace(r"\ ", " ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quoted(text: str) -> str:
    return f'r"{text}"' if "\\" in text else f'"{text}"'


if __name__ == "__main__":
    import sys

    sys.stdout.write(own_words())
