"""The lines that our blocks may begin with, as patterns made from the catalogues: `parsers/own_words.py` holds them.

The parsers must know our lines in every language that we ship, and know nothing of the catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from .review_block import goals_header, months_header, wins_header
from .shipped import shipped
from .words import Text, catalogue, speaking

_HEADLINE = (
    "block.steps",
    "block.votes",
    "block.wins",
    "measure.sum",
    "measure.reading",
    "measure.no_reading",
)
_LINES = (
    "block.next",
    "block.nothing_due",
    "block.nothing_now",
    "block.open_lately",
    "block.no_goal_below",
    "block.no_rows",
    "block.empty_goal",
    "block.more_goals",
    "status.no_goal",
    "picture.heat_words",
    "review_block.not_begun",
)
_MICRO_WIN_HEADS = ("streak", "best", "strength", "month", "all")
_GOAL_HEADS = ("progress", "pace", "streak", "wins_head", "week", "identity")
_PACE = ("ahead", "on_track", "behind", "not_started")
_ASKED = ("with_date", "rate", "rate_from", "in_all", "in_all_from")
_PLACE = re.compile(r"\\\{(\w+)(?::\w+)?\\\}")


def languages() -> list[str]:
    """Return the languages that we ship, English first."""
    names = [file.name for file in shipped("languages").iterdir()]
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
            **dict.fromkeys(("count", "done", "got", "amount", "start"), number),
            **{unit: f"{number} (?:{self._any(f'units.{unit}')})" for unit in ("steps", "wins")},
            "told": f"{number}(?: (?:{self._any('units.wins')}))?",
            "weekday": f"(?:{self._any('dates.weekdays')})",
            "month": f"(?:{self._any('dates.months')})",
            "sums": "[0-9].*",
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
        yield from self._periods()
        for key in _HEADLINE:
            yield from (f"{self._pattern(form)}(?: · .*)?" for form in _forms(self.texts[key]))

    def _periods(self) -> Iterator[str]:
        """Yield the names that a look back begins with."""
        so_far = str(self.texts["review.so_far"]).replace("{day}", "{count}")
        none = "|".join(self._pattern(str(self.texts[f"review.no_win{of}"])) for of in ("", "_so_far"))
        for kind in ("week", "month", "quarter", "year"):
            name = str(self.texts[f"review_period.{kind}"])
            name = name.replace("{first}", "{month}").replace("{last}", "{month}")
            told = "|".join(map(self._pattern, (name, so_far.replace("{name}", name))))
            yield rf"\*\*(?:{told})\*\* · (?:[0-9].*|(?:{none})(?: · .*)?)"

    def lines(self) -> Iterator[str]:
        """Yield the sentences: what is next, what a look back names, what is said where there is nothing to show."""
        labels = [str(text) for key, text in self.texts.items() if key.startswith("review_label.")]
        yield rf"- \*\*(?:{'|'.join(map(_escaped, labels))})\*\* · .+"
        for key in _LINES:
            yield from map(self._pattern, _forms(self.texts[key]))

    def second(self) -> Iterator[str]:
        """Yield the lines of the pace, which begin with a capital letter in a note, and those of the vault's wins."""
        yield rf"(?:.+ · )?{self._pattern(str(self.texts['block.in_all']))}"
        yield self._pattern(_capital(str(self.texts["pace.done"])))
        yield self._pattern(_capital(str(self.texts["pace.overdue"])))
        for kind in ("week", "month", "quarter", "year"):
            for of in ("", "_same"):
                yield self._pattern(str(self.texts[f"review.before{of}_{kind}"]).replace("{wins}", "{sums}"))
        for key in _PACE:
            yield self._pattern(_capital(str(self.texts[f"pace.{key}"])))

    def headers(self) -> Iterator[str]:
        """Yield the heads of the tables, with any of their columns."""
        for first, heads in (("micro_win", _MICRO_WIN_HEADS), ("goal", _GOAL_HEADS)):
            cells = "|".join(_escaped(str(self.texts[f"block.{head}"])) for head in heads)
            yield rf"\| {_escaped(str(self.texts[f'block.{first}']))}(?: \| (?:{cells}))* \|"
        with speaking(self.language):
            tables = (wins_header("week", 0), wins_header("month", 0), months_header(), goals_header())
        days = self._any("dates.weekdays_two")
        for table in tables:
            cells = "|".join(dict.fromkeys((*map(_escaped, table[1:]), days)))
            yield rf"\| {_escaped(table[0])}(?: \| (?:{cells}))* \|"

    def rows(self) -> Iterator[str]:
        """Yield the heads of the calendars, and what may stand below their rows."""
        yield f"{self.kinds['month']}(?: [0-9]{{4}})? +1   5    10   [0-9 ]+"
        yield rf".{{14,}} (?:(?:{self._any('dates.weekdays_two')}) ?){{7}}"
        yield self._pattern(str(self.texts["block.more_rows"]))
        yield self._pattern(str(self.texts["status.legend"]))
        yield rf"\s{{3,}}(?:(?:{self._any('dates.months_short')}) *)+"
        yield rf"(?:{self._any('dates.weekdays_two')})(?: [ ·░▒▓█o-]*)?"
        rest = _escaped(str(self.texts["picture.rest"]))
        plain = "|".join(_escaped(str(self.texts[f"picture.{word}"])) for word in ("done", "kept_one"))
        yield rf"\s{{3}}(?:[░▒▓█] (?:{plain}|[0-9]+(?:–[0-9]+|\+)?)(?: {{3}})?)*(?:- {rest})?"

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
