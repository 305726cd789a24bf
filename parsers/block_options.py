"""What a block's marker may say behind the block's name: options, each named in `OPTIONS` and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from . import option_kinds
from . import setting_kinds as kinds
from .option_slips import remedy
from .option_words import OptionWord, option_words
from .period import KINDS

_ALLOWED = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a block: its name, how its value is read, its default, what it means.

    It is written `name=value`, the value in quotes where it holds spaces. The values that are `bare` may stand alone,
    as may the name of an option that is true or false.
    """

    name: str
    kind: kinds.Kind
    default: object
    meaning: str
    bare: tuple[str, ...] = ()


PERIODS: tuple[str, ...] = KINDS[1:]
"""The kinds of period that one can look back on."""
GOAL = Option(
    "goal", kinds.text, "", "The goal by its title, its note's name or path; `all` for the whole vault"
)
WIN = Option("win", kinds.text, "", "One micro-win by its name or id")
DEPTH = Option("depth", option_kinds.whole(1, 12), None, "How many levels of goals are shown")


def _show(usual: str, more: str = "") -> tuple[Option, Option]:
    """Return the options that choose what is shown: only some parts, or all usual ones but some."""
    words = (*usual.split(), *more.split())
    listed = f"`{'`, `'.join(usual.split())}`"
    asked = f"; on request `{'`, `'.join(more.split())}`" if more else ""
    return (
        Option(
            "show",
            option_kinds.parts(*words),
            frozenset(usual.split()),
            f"Only these parts of {listed}{asked}",
        ),
        Option("hide", option_kinds.parts(*words), frozenset[str](), "All but these parts"),
    )


def _shown_as(usual: str) -> Option:
    return Option(
        "as", kinds.choice("picture", "text"), usual, "A picture, or plain characters", ("picture", "text")
    )


OPTIONS: Mapping[str, tuple[Option, ...]] = {
    "summary": (
        GOAL,
        DEPTH,
        Option(
            "count",
            option_kinds.whole(1, 1000),
            50,
            "How many goals the vault's table has at most, those with the newest wins",
        ),
        *_show("head today goals pace streak best strength rate total calendar"),
        Option(
            "pictures",
            option_kinds.parts("progress", "strength"),
            frozenset[str](),
            "Curves below the text, of a goal: its progress beside its plan, the strength of its micro-wins",
        ),
    ),
    "today": (
        GOAL,
        Option("light", kinds.truth, False, "In a daily note: one smallest step instead of all that is due"),
        Option("cues", kinds.truth, True, "In a daily note: whether a line tells the cue of its micro-win"),
    ),
    "goals": (
        GOAL,
        DEPTH,
        Option(
            "sort",
            kinds.choice("tree", "title", "progress", "wins", "week"),
            "tree",
            "The order of the goals",
        ),
        Option("archived", kinds.truth, False, "Whether archived goals are shown too"),
        *_show("progress wins week identity", "streak pace"),
    ),
    "heatmap": (
        GOAL,
        WIN,
        Option("year", option_kinds.whole(1900, 2999), None, "A calendar year"),
        Option(
            "months", option_kinds.whole(1, 12), 12, "How many months up to today, where no year is named"
        ),
        _shown_as("picture"),
    ),
    "month": (
        GOAL,
        WIN,
        Option("month", option_kinds.period("month", "2026-11"), None, "Another month than this one"),
        Option("months", option_kinds.whole(1, 12), 1, "How many months up to it"),
        _shown_as("text"),
    ),
    "week": (
        GOAL,
        WIN,
        Option("week", option_kinds.period("week", "2026-W47"), None, "Another week than this one"),
        Option("weeks", option_kinds.whole(1, 12), 1, "How many weeks up to it"),
    ),
    "next": (GOAL, Option("count", option_kinds.whole(1, 10), 1, "How many steps are named")),
    "review": (
        Option(
            "of",
            option_kinds.look_back,
            "",
            "The period, or the running one of a kind; without it that of the note, else the running week",
            PERIODS,
        ),
        *_show("months days calendar goals facts"),
    ),
    "news": (),
    "open": (
        Option("days", option_kinds.whole(1, 31), 7, "How many days back open tasks are looked for"),
        Option("count", option_kinds.whole(1, 30), 10, "How many are named"),
    ),
}
"""The options of each block, by the block's name."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A part of a marker that is not understood: what is wrong, and what to write instead."""

    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Options:
    """What a marker asks for: the value of each option of its block, and the mistakes in it."""

    values: Mapping[str, object] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()

    def flag(self, name: str) -> bool:
        """Return the value of an option that is true or false."""
        return self.values.get(name) is True

    def word(self, name: str) -> str:
        """Return the value of an option that is a text; empty where it is not set."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """Return the value of an option that is a number; None where it is not set."""
        value = self.values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def day(self, name: str) -> date | None:
        """Return the value of an option that is a day or a period; None where it is not set."""
        value = self.values.get(name)
        return value if isinstance(value, date) else None

    def words(self, name: str) -> frozenset[str]:
        """Return the value of an option that is a list of words."""
        value = self.values.get(name)
        return value if isinstance(value, frozenset) else frozenset()

    @property
    def parts(self) -> frozenset[str]:
        """The parts of the block that are shown: those of `show` without those of `hide`."""
        shown, hidden = self.values.get("show"), self.values.get("hide")
        return frozenset(shown if isinstance(shown, frozenset) else ()) - frozenset(
            hidden if isinstance(hidden, frozenset) else ()
        )


@lru_cache(maxsize=1024)
def read_options(block: str, written: str) -> Options:
    """Return what is written behind the name of a block, and what of it is not understood.

    >>> read_options("week", "weks=2").mistakes[0]
    Mistake(message='The block `week` has no option “weks”.', remedy='Did you mean `weeks`?')
    """
    known = OPTIONS.get(block, ())
    values = {option.name: option.default for option in known}
    mistakes: list[Mistake] = []
    before = ""
    for word in option_words(written):
        found = _alone(known, word.name) if word.value is None else _named(known, word.name, word.value)
        if isinstance(found, tuple):
            values[found[0]] = found[1]
        else:
            mistakes.append(found or _unknown(block, known, word, before))
        before = f"{word.name}={word.value}" if word.value is not None and not word.quoted else ""
    return Options(values, tuple(mistakes))


def _named(known: tuple[Option, ...], name: str, value: str) -> tuple[str, object] | Mistake | None:
    """Return an option with its value; a mistake where it cannot have it; None where there is no such option."""
    option = next((one for one in known if one.name == name.casefold()), None)
    if option is None:
        return None
    try:
        return option.name, option.kind(value)
    except ValueError as error:
        near = get_close_matches(value.casefold(), _ALLOWED.findall(str(error)), 1, 0.5)
        meant = f"Did you mean `{near[0]}`? " if near else ""
        return Mistake(f"`{option.name}` cannot be “{_short(value)}”.", f"{meant}It takes {error}.")


def _alone(known: tuple[Option, ...], word: str) -> tuple[str, object] | None:
    folded = word.casefold()
    for option in known:
        if folded in option.bare:
            return option.name, option.kind(folded)
        if folded == option.name and option.kind is kinds.truth:
            return option.name, True
    return None


def _unknown(block: str, known: tuple[Option, ...], word: OptionWord, before: str) -> Mistake:
    shown = _short(word.name)
    if not known:
        return Mistake(
            f"The block `{block}` takes no options, but “{shown}” stands there.", "Take it out of the marker."
        )
    return Mistake(f"The block `{block}` has no option “{shown}”.", remedy(known, word, before))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
