"""Micro-wins to begin with, by area: each small, with a cue and a version of two minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from .lines import beside
from .safe_text import columns, pad
from .schedule_words import schedule_words
from .shipped import shipped
from .words import say, spoken

AREAS = ("health", "home", "work", "learning", "people", "calm", "money", "creative")
"""The keys of the areas, in their order."""


@dataclass(frozen=True, slots=True)
class Example:
    """A goal with its first micro-win; `key` names it in every language."""

    key: str
    area: str
    goal: str
    identity: str
    step: str
    minimum: str
    cue: str
    schedule: str


@dataclass(frozen=True, slots=True)
class Area:
    """A part of life, with its examples; `key` names it in every language."""

    key: str
    name: str
    examples: tuple[Example, ...]


def areas() -> tuple[Area, ...]:
    """Return the areas in the language that is spoken."""
    return areas_in(spoken())


@cache
def areas_in(language: str) -> tuple[Area, ...]:
    """Return the areas in a language that we ship."""
    import tomllib

    text = shipped("examples", f"{language}.toml").read_text(encoding="utf-8")
    return tuple(
        Area(key, area["name"], tuple(Example(area=key, **example) for example in area["examples"]))
        for key, area in tomllib.loads(text).items()
    )


def examples_of(area: str | None = None) -> list[Example]:
    """Return all examples, or those of an area, in their order."""
    return [example for one in areas() if area in {None, one.key} for example in one.examples]


def examples_text(area: str | None = None, width: int | None = None) -> str:
    """Return the examples as a list, numbered across the areas, each with its key; in so many columns, if there is a bound.

    Where one of them has no room as a row of the table, all are paragraphs.
    """
    shown = examples_of(area)
    goal, key = (max(columns(getattr(one, name)) for one in shown) for name in ("goal", "key"))
    texts = [_lines(number, one, goal, key) for number, one in enumerate(shown, 1)]
    if width is not None and max(columns(line) for text in texts for line in text) > width:
        texts = [_narrow(number, one, width) for number, one in enumerate(shown, 1)]
    names = {one.examples[0]: one.name for one in areas()}
    lines: list[str] = []
    for one, text in zip(shown, texts, strict=True):
        if one in names:
            lines += ["", names[one]] if lines else [names[one]]
        lines += text
    return "\n".join(lines)


def _narrow(number: int, example: Example, width: int) -> list[str]:
    """Return an example as a paragraph, where its row has no room."""
    due = say("guide.example_due", schedule=schedule_words(example.schedule), cue=example.cue)
    texts = (f"{example.goal} ({example.key})", example.step, due)
    heads = (f"{number:>4}  ", " " * 6, " " * 6)
    return [line for head, text in zip(heads, texts, strict=True) for line in beside(head, text, width)]


def _lines(number: int, example: Example, goal: int, key: int) -> Sequence[str]:
    due = say("guide.example_due", schedule=schedule_words(example.schedule), cue=example.cue)
    head = f"{number:>4}  {pad(example.goal, goal)}  {pad(example.key, key)}  {example.step}"
    return (head.rstrip(), f"{'':<{goal + key + 10}}{due}")
