"""Which blocks there are, and what each can be asked for in its marker."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from ..parsers.block_options import BadOptions, read_options
from ..parsers.period_text import read_period

Reader = Callable[[str], object]
"""Reads the value of an option; raises BadOptions with the nearest value that is allowed."""
_WHOLE = re.compile(r"[0-9]{1,6}\Z")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a block is asked for. None stands for: nothing was said; `parts` are what it shows."""

    parts: frozenset[str] = frozenset()
    goal: str | None = None
    win: str | None = None
    depth: int | None = None
    sort: str = "tree"
    archived: bool = False
    week: date | None = None
    weeks: int = 1
    month: date | None = None
    months: int = 1
    count: int = 1


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that a block can be asked for: its name, how its value is read, what may be written."""

    name: str
    read: Reader
    allowed: str


@dataclass(frozen=True, slots=True)
class BlockKind:
    """A block by its name, with its options and with the parts that `show` and `hide` choose from.

    It shows its `parts` unless it is told otherwise; `more` are shown only on request.
    """

    name: str
    options: tuple[Option, ...]
    parts: tuple[str, ...] = ()
    more: tuple[str, ...] = ()

    @property
    def all_options(self) -> tuple[Option, ...]:
        """The options with `show` and `hide`, where there is anything to choose."""
        names = (*self.parts, *self.more)
        return (*self.options, *(_parts(name, names) for name in ("show", "hide") if names))


def one_of(name: str, *words: str) -> Option:
    """Return an option whose value is one of some words."""

    def read(value: str) -> str:
        word = value.casefold()
        if word not in words:
            raise BadOptions(f"`{name}={value}` is not known.", nearest(word, words))
        return word

    return Option(name, read, ", ".join(f"`{word}`" for word in words))


def yes_or_no(name: str) -> Option:
    """Return an option that is `yes` or `no`."""
    option = one_of(name, "yes", "no")
    return replace(option, read=lambda value: option.read(value) == "yes")


def whole(name: str, least: int, most: int) -> Option:
    """Return an option whose value is a whole number from `least` to `most`."""

    def read(value: str) -> int:
        number = int(value) if _WHOLE.match(value) else None
        if number is None or not least <= number <= most:
            near = "" if number is None else f" The nearest is {name}={min(max(number, least), most)}."
            raise BadOptions(
                f"`{name}={value}` is not known.", f"Write a number from {least} to {most}.{near}"
            )
        return number

    return Option(name, read, f"{least} to {most}")


def period(name: str, example: str) -> Option:
    """Return an option that names a calendar period of the kind `name`; its value is a day in it."""

    def read(value: str) -> date:
        found = read_period(value)
        if found is None or found[0] not in {name, "day"}:
            raise BadOptions(f"`{name}={value}` is no {name}.", f"Write it as {name}={example}.")
        return found[1]

    return Option(name, read, f"`{example}`")


def text(name: str, allowed: str) -> Option:
    """Return an option whose value is the name of something."""

    def read(value: str) -> str:
        if not value:
            raise BadOptions(f"`{name}=` names nothing.", f"Write {allowed}.")
        return value

    return Option(name, read, allowed)


def nearest(word: str, words: Iterable[str]) -> str:
    """Return what to write in the place of a word that is not known: the nearest one, and all there are."""
    from difflib import get_close_matches

    known = list(words)
    near = get_close_matches(word, known, 1, 0.5)
    choice = f"Use one of: {', '.join(known)}."
    return f"Did you mean `{near[0]}`? {choice}" if near else choice


def _parts(name: str, names: tuple[str, ...]) -> Option:
    def read(value: str) -> frozenset[str]:
        words = [word.strip().casefold() for word in value.split(",") if word.strip()]
        for word in words:
            if word not in names:
                raise BadOptions(f"`{name}` does not know “{word}”.", nearest(word, names))
        return frozenset(words)

    return Option(name, read, ", ".join(f"`{part}`" for part in names))


GOAL = text("goal", "a goal's title, its note's name or path, or `all`")
WIN = text("win", "a micro-win's name or id")
DEPTH = whole("depth", 0, 12)
BLOCKS = (
    BlockKind("summary", (GOAL, DEPTH), ("head", "today", "goals", "pace", "streak", "best", "strength", "rate", "total", "calendar")),
    BlockKind("today", (GOAL,)),
    BlockKind("goals", (GOAL, DEPTH, one_of("sort", "tree", "title", "progress", "wins", "week"), yes_or_no("archived")),
              ("progress", "wins", "week", "identity"), ("streak", "pace")),
    BlockKind("month", (GOAL, WIN, period("month", "2026-11"), whole("months", 1, 12))),
    BlockKind("week", (GOAL, WIN, period("week", "2026-W47"), whole("weeks", 1, 12))),
    BlockKind("next", (GOAL, whole("count", 1, 10))),
)  # fmt: skip
KINDS: Mapping[str, BlockKind] = {kind.name: kind for kind in BLOCKS}


@lru_cache(maxsize=256)
def chosen(name: str, options: str) -> Chosen:
    """Return what the block `name` is asked for; raise BadOptions where that cannot be followed."""
    kind = KINDS[name]
    values: dict[str, Any] = {}
    for key, value in read_options(options).items():
        option = next((one for one in kind.all_options if one.name == key), None)
        if option is None:
            raise BadOptions(
                f"It has no option `{key}`.", nearest(key, (one.name for one in kind.all_options))
            )
        values[key] = option.read(value)
    shown = values.pop("show", frozenset(kind.parts)) - values.pop("hide", frozenset())
    return Chosen(parts=shown, **values)
