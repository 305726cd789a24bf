"""What a block's marker may say behind the block's name: options, each named in `OPTIONS` and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

from . import setting_kinds as kinds

_WORD = re.compile(r'([A-Za-z][\w-]*)=("[^"]*"|\[\[[^\]]*\]\]|[^\s"]+)|(\S+)')


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


_ABOUT = (
    Option(
        "goal",
        kinds.text,
        "",
        "A goal, by its name, its path or a link; else the goal in whose note the block stands",
    ),
    Option("win", kinds.text, "", "One micro-win, by its text or its id"),
)


def _shown_as(usual: str) -> Option:
    return Option(
        "as", kinds.choice("picture", "text"), usual, "A picture, or plain characters", ("picture", "text")
    )


OPTIONS: Mapping[str, tuple[Option, ...]] = {
    "summary": (
        Option("progress", kinds.truth, False, "In a goal note: its progress as a curve, beside its plan"),
        Option("strength", kinds.truth, False, "In a goal note: the strength of its micro-wins as curves"),
    ),
    "today": (),
    "goals": (),
    "heatmap": (
        _shown_as("picture"),
        *_ABOUT,
        Option(
            "year", kinds.whole_number(1900, 2200), None, "A calendar year; else the last months up to today"
        ),
        Option("months", kinds.whole_number(1, 12), 12, "How many months up to today"),
    ),
    "month": (_shown_as("text"), *_ABOUT),
    "week": (),
    "next": (),
}
"""The options of each block, by the block's name."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A part of a marker that is not understood and passed over: what is wrong, and what to write instead."""

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


@lru_cache(maxsize=1024)
def read_options(block: str, written: str) -> Options:
    """Return what is written behind the name of a block; what is not understood is passed over and told.

    >>> read_options("week", "wide").mistakes[0].message
    'The block `week` takes no options; “wide” is passed over.'
    """
    known = OPTIONS.get(block, ())
    values = {option.name: option.default for option in known}
    mistakes: list[Mistake] = []
    for match in _WORD.finditer(written):
        name, value, alone = match.groups()
        found = _named(known, name, value) if name else _alone(known, alone)
        if isinstance(found, tuple):
            values[found[0]] = found[1]
        else:
            mistakes.append(found or _unknown(block, known, name or alone))
    return Options(values, tuple(mistakes))


def _named(known: tuple[Option, ...], name: str, value: str) -> tuple[str, object] | Mistake | None:
    """Return an option with its value; a mistake where it cannot have it; None where there is no such option."""
    option = next((one for one in known if one.name == name.casefold()), None)
    if option is None:
        return None
    try:
        return option.name, option.kind(value[1:-1] if value.startswith('"') else value)
    except ValueError as error:
        return Mistake(
            f"`{option.name}` cannot be “{_short(value)}”, which is passed over.", f"It takes {error}."
        )


def _alone(known: tuple[Option, ...], word: str) -> tuple[str, object] | None:
    folded = word.casefold()
    for option in known:
        if folded in option.bare:
            return option.name, option.kind(folded)
        if folded == option.name and option.kind is kinds.truth:
            return option.name, True
    return None


def _unknown(block: str, known: tuple[Option, ...], word: str) -> Mistake:
    shown = _short(word)
    if not known:
        return Mistake(
            f"The block `{block}` takes no options; “{shown}” is passed over.", "Take it out of the marker."
        )
    words = [word for option in known for word in (option.name, *option.bare)]
    near = get_close_matches(word.casefold(), words, 1, 0.5)
    listed = ", ".join(f"`{option.name}`" for option in known)
    remedy = f"Did you mean `{near[0]}`?" if near else f"It takes {listed}."
    return Mistake(f"The block `{block}` has no option “{shown}”; it is passed over.", remedy)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
