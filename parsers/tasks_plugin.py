"""One raw line exactly as the Obsidian plugin Tasks reads it, in either of its two task formats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from .js_text import LINE_ENDS, WHITE_CLASS, trim
from .task import PluginTask

PRIORITIES: Mapping[str, str] = {"🔺": "highest", "⏫": "high", "🔼": "medium", "🔽": "low", "⏬": "lowest"}
SYMBOLS: Mapping[str, str] = {
    "priority": "".join(PRIORITIES),
    "done": "✅",
    "cancelled": "❌",
    "due": "📅📆🗓",
    "scheduled": "⏳⌛",
    "start": "🛫",
    "created": "➕",
    "recurrence": "🔁",
    "on_completion": "🏁",
    "id": "🆔",
    "depends_on": "⛔",
}
"""Every field with the symbols it is written with, in the order in which Tasks looks for them."""

DATES = ("created", "start", "scheduled", "due", "done", "cancelled")

DATAVIEW_KEYS: Mapping[str, str] = {
    "done": "completion",
    "recurrence": "repeat",
    "on_completion": "onCompletion",
    "depends_on": "dependsOn",
}
"""The fields whose inline key is not simply their name."""

_TAG_TEXT = r'#[^ !@#$%^&*(),.?":{}|<>]+'
_TAG = re.compile(rf"(?:^|[{WHITE_CLASS}])({_TAG_TEXT})")
_LAST_TAG = re.compile(rf"(?:^|[{WHITE_CLASS}])({_TAG_TEXT})\Z")
_LINE = re.compile(rf"[{WHITE_CLASS}>]*([-*+]|[0-9]+[.)]) +\[([^{LINE_ENDS}])\] *([^{LINE_ENDS}]*)")
_BLOCK_LINK = re.compile(r" \^[a-zA-Z0-9-]+\Z")
_ID = "[a-zA-Z0-9_-]+"
_VALUES = {
    "priority": "",
    **dict.fromkeys(DATES, "[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "recurrence": "[a-zA-Z0-9, !]+",
    "on_completion": "[a-zA-Z]+",
    "id": _ID,
    "depends_on": rf"{_ID}(?: *, *{_ID})*",
}
_MOST_PASSES = 21


@dataclass(frozen=True, slots=True)
class PluginFields:
    """What Tasks takes off the end of a task's body: each field's value as written, and what is left."""

    description: str
    block_link: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)


def read_plugin_task(line: str, *, dataview_format: bool = False) -> PluginTask | None:
    """Return what Tasks makes of one raw line of a note; None where its pattern for a task does not fit.

    It reads "Tasks Emoji Format" or, with `dataview_format`, the plugin's "Dataview Format".

    >>> read_plugin_task("- [x] walk 📅 2026-01-05 ✅ 2026-01-04").done
    datetime.date(2026, 1, 4)
    >>> read_plugin_task("- [x] walk ✅ 2026-01-04 with the dog").done is None
    True
    """
    match = _LINE.match(line)
    if match is None:
        return None
    marker, status, body = match.groups()
    fields = read_plugin_fields(body, dataview_format=dataview_format)
    values = fields.values
    dates = {name: real_date(values[name]) if name in values else None for name in DATES}
    return PluginTask(
        status=status,
        list_marker=marker,
        description=fields.description,
        tags=tuple(trim(tag) for tag in _TAG.findall(fields.description)),
        priority=PRIORITIES.get(values.get("priority", ""), values.get("priority", "none")),
        **dates,
        recurrence=_rule(values),
        on_completion=_action(values.get("on_completion", "")),
        id=values.get("id"),
        depends_on=tuple(ids_in(values.get("depends_on", ""))),
        block_link=fields.block_link,
    )


def read_plugin_fields(body: str, *, dataview_format: bool = False) -> PluginFields:
    """Return the fields that Tasks reads from the end of `body`, the text after a task's box.

    Tasks takes fields and tags off the end until it meets a text that it does not know, in at most 21
    rounds of one try for each kind; of two fields of a kind, the one further left stays.

    >>> read_plugin_fields("walk 📅 2026-01-05 #out ^b1")
    PluginFields(description='walk #out', block_link=' ^b1', values={'due': '2026-01-05'})
    """
    text = trim(body)
    link = _BLOCK_LINK.search(text)
    if link:
        text = trim(text[: link.start()])
    steps = [step for step in _steps(dataview_format=dataview_format) if step.may_fit(text)]
    values: dict[str, str] = {}
    tags: list[str] = []
    for _ in range(_MOST_PASSES):
        shorter = _one_pass(text, steps, values, tags)
        if shorter == text:
            break
        text = shorter
    description = trim(" ".join([text, *reversed(tags)]))
    return PluginFields(description, link[0] if link else None, values)


def real_date(text: str) -> date | None:
    """Return the day that `YYYY-MM-DD` names; None where there is no such day.

    >>> real_date("2026-02-28"), real_date("2026-02-30")
    (datetime.date(2026, 2, 28), None)
    """
    try:
        return date(int(text[:4]), int(text[5:7]), int(text[8:]))
    except ValueError:
        return None


def ids_in(text: str) -> Iterable[str]:
    """Return the task ids in a list such as `a1, b2`.

    >>> ids_in("a1 , b2")
    ['a1', 'b2']
    """
    return [part.strip() for part in text.split(",") if part.strip()]


@dataclass(frozen=True, slots=True)
class _Step:
    """What to look for at the end of a text, and the characters of which it must hold one."""

    name: str
    signs: str
    pattern: re.Pattern[str]

    def may_fit(self, text: str) -> bool:
        return any(sign in text for sign in self.signs)


@cache
def _steps(*, dataview_format: bool) -> tuple[_Step, ...]:
    write = _inline_step if dataview_format else _emoji_step
    steps = [write(name) for name in SYMBOLS]
    before_ids = len(steps) - 2
    return (*steps[:before_ids], _Step("tag", "#", _LAST_TAG), *steps[before_ids:])


def _emoji_step(name: str) -> _Step:
    symbols = SYMBOLS[name]
    if name == "priority":
        return _Step(name, symbols, re.compile(rf"([{symbols}])\ufe0f?\Z"))
    space = "" if name == "recurrence" else " *"
    return _Step(name, symbols, re.compile(rf"[{symbols}]\ufe0f?{space}({_VALUES[name]})\Z"))


def _inline_step(name: str) -> _Step:
    key = DATAVIEW_KEYS.get(name, name)
    value = "highest|high|medium|lowest|low" if name == "priority" else _VALUES[name]
    space = "" if name == "recurrence" else " *"
    inner = rf" *{key}::{space}({value}){space}"
    pattern = rf"(?:\[{inner}\]|\({inner}\))(?: *,)?\Z"
    return _Step(name, ":", re.compile(pattern))


def _one_pass(text: str, steps: Iterable[_Step], values: dict[str, str], tags: list[str]) -> str:
    """Take each kind of field off the end of `text` once, if it is there, and return the rest."""
    for step in steps:
        match = step.pattern.search(text)
        if match is None:
            continue
        value = match[match.lastindex or 0]
        if step.name == "tag":
            tags.append(trim(value))
        else:
            values[step.name] = value.strip(" ")
        text = trim(text[: match.start()])
    return text


def _rule(values: Mapping[str, str]) -> str | None:
    """Return the rule in Tasks' words, unless the date from which it would count does not exist."""
    if not values.get("recurrence"):
        return None
    counted_from = next((values[name] for name in ("due", "scheduled", "start") if name in values), None)
    if counted_from is not None and real_date(counted_from) is None:
        return None
    from .recurrence import canonical_recurrence

    return canonical_recurrence(values["recurrence"])


def _action(word: str) -> str | None:
    return word.lower() if word.lower() in ("delete", "keep") else None
