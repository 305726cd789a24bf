"""What the text of one line says, read leniently: a field counts anywhere outside inline code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .inline_fields import InlineField, read_inline_fields
from .js_text import LINE_ENDS, WHITE_CLASS, WHITE_SPACE, collapse
from .line_words import (
    NUMBER,
    Span,
    fill,
    number,
    read_links,
    read_quantities,
    read_tags,
    without_code,
    without_links,
)
from .task import LineFields, Quantity
from .tasks_plugin import DATAVIEW_KEYS, DATES, PRIORITIES, SYMBOLS, ids_in, read_plugin_fields, real_date

_WS = f"[{WHITE_CLASS}]"
_TIME = "(?:[01]?[0-9]|2[0-3]):[0-5][0-9]"
_ID = "[a-zA-Z0-9_-]+"
_RULE_END = re.escape("[](){}<>#^|`%*_~=\ufe0f") + "".join(SYMBOLS.values())

_WORDS = "A-Za-z0-9à-öø-ÿ ,;.!?'’–-"
_PLAIN = re.compile(
    rf"([{_WORDS}]*(?:\[\[[/|#_{_WORDS}]*\]\][{_WORDS}]*)*)"
    r"(?:(?<![\[\]])\[([A-Za-z]+):: ?([0-9]{1,15}(?:\.[0-9]{1,15})?)\])?"
    r"(?: ✅ ([0-9]{4}-[0-9]{2}-[0-9]{2})| 🔁 ([A-Za-z0-9,/-]+(?: [A-Za-z0-9,/-]+)*))?\Z"
)
_DIGIT = re.compile("[0-9]")
_SYMBOL = re.compile(f"[{''.join(SYMBOLS.values())}]")
_NAMES = {symbol: name for name, symbols in SYMBOLS.items() for symbol in symbols}
_FIELD = re.compile(
    rf"(?P<dated>[{''.join(SYMBOLS[name] for name in DATES)}])\ufe0f*{_WS}*(?P<date>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})"
    rf"(?:(?:T|{_WS}+)(?P<time>{_TIME})(?::[0-5][0-9])?(?![0-9:]))?"
    rf"|(?P<rule>🔁)\ufe0f*{_WS}*(?P<words>[^{WHITE_CLASS}{_RULE_END}][^{_RULE_END}]*)"
    rf"|(?P<word>[🏁🆔])\ufe0f*{_WS}*(?P<id>{_ID})"
    rf"|(?P<list>⛔)\ufe0f*{_WS}*(?P<ids>{_ID}(?: *, *{_ID})*)"
    rf"|(?P<priority>[{SYMBOLS['priority']}])\ufe0f*"
)
_BLOCK_ID = re.compile(rf"(?:\A|(?<={_WS}))\^([a-zA-Z0-9-]+)\Z")
_AT_TIME = re.compile(rf"(?:\A|(?<={_WS}))@({_TIME})(?![0-9:])")
_INLINE_DATE = re.compile(rf"([0-9]{{4}}-[0-9]{{2}})(-[0-9]{{2}})?(?:T({_TIME}).*)?\Z", re.DOTALL)
_CLOCK = re.compile(rf"({_TIME})(?::[0-5][0-9])?\Z")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(rf"{NUMBER}\Z")
_AFTER_FIELD = re.compile(rf"{_WS}*,(?={_WS}*(?:[\[(`]|\Z))")
_LINE_END = re.compile(f"[{LINE_ENDS}]")
_PUNCTUATION = tuple(",.;:!?")
_KEYS = {DATAVIEW_KEYS.get(name, name).lower(): name for name in SYMBOLS}
_NOT_UNITS = frozenset(
    {*_KEYS, "time", "date", "day", "week", "month", "year", "target", "limit", "every", "goal"}
)


@dataclass(frozen=True, slots=True)
class _Found:
    """One field of a line, of either format: its name, its value, a time if one is written, its span."""

    name: str
    value: str
    start: int
    end: int
    time: str | None = None


def read_fields(body: str) -> LineFields:
    """Return what a line's text says, with fields in the formats of the plugins Tasks and Dataview.

    Where the plugin Tasks, which reads only from the end of the line, reads a field, its reading wins;
    else the first in the line counts. `text` is what is left without any field; tags and links stay.
    A key of `inline` stands there as written and in lower case.

    >>> fields = read_fields("read 20 pages ✅ 2026-01-04 and slept [mood:: good] #evening")
    >>> fields.text, str(fields.done), fields.inline["mood"], fields.quantities[0].unit
    ('read 20 pages and slept #evening', '2026-01-04', ('good',), 'pages')
    """
    plain = _PLAIN.match(body)
    if plain is None or (plain[2] is not None and plain[2].lower() in _NOT_UNITS):
        return read_any_fields(body)
    return _plain_fields(*plain.groups())


def _plain_fields(
    words: str, unit: str | None, amount: str | None, done: str | None, rule: str | None
) -> LineFields:
    """Return what a line says that is only words, numbers, links and, at its end, an amount, a done date or a rule."""
    text = " ".join(words.split())
    links = read_links(words)
    quantities = [one for _, one in read_quantities(without_links(words))] if _DIGIT.search(text) else []
    inline = {}
    if unit is not None and amount is not None:
        quantities.append(Quantity(number(amount), unit))
        inline = dict.fromkeys((unit, unit.lower()), (amount,))
    day = real_date(done) if done else None
    return LineFields(
        text=text, links=links, done=day, recurrence=rule, quantities=tuple(quantities), inline=inline
    )


def read_any_fields(body: str) -> LineFields:
    """Return the same for a line of any kind; `read_fields` answers for plain ones by a shorter way."""
    line = _Line.of(body)
    values = _Values(line.fields(), _strict(body) if line.emoji else {})
    return LineFields(
        text=line.text(),
        tags=read_tags(without_links(fill(line.plain, map(_span, line.emoji)))),
        links=read_links(line.plain),
        created=values.day("created"),
        start=values.day("start"),
        scheduled=values.day("scheduled"),
        due=values.day("due"),
        done=values.day("done"),
        cancelled=values.day("cancelled"),
        recurrence=values.text("recurrence"),
        priority=_priority(values.text("priority")),
        id=values.text("id"),
        depends_on=tuple(ids_in(values.text("depends_on") or "")),
        block_id=line.block[1] if line.block else None,
        quantities=_quantities(line),
        inline=_by_key(line.inline),
        time=_time(line, values),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A line taken apart: `plain` has its code filled, `rest` has its fields filled too."""

    body: str
    plain: str
    rest: str
    inline: Sequence[InlineField]
    emoji: Sequence[_Found]
    block: re.Match[str] | None
    clocks: Sequence[re.Match[str]]

    @classmethod
    def of(cls, body: str) -> _Line:
        plain = without_code(body)
        inline = [one for one in read_inline_fields(plain, adjacent=True) if not _is_link_target(plain, one)]
        rest = fill(plain, map(_span, inline))
        emoji = [_emoji_field(match) for match in _FIELD.finditer(rest)] if _SYMBOL.search(rest) else []
        rest = fill(rest, map(_span, emoji))
        block = _BLOCK_ID.search(rest.rstrip(WHITE_SPACE)) if "^" in rest else None
        clocks = list(_AT_TIME.finditer(rest)) if "@" in rest else []
        return cls(body, plain, rest, inline, emoji, block, clocks)

    def fields(self) -> Iterator[_Found]:
        """Give the fields of both formats."""
        yield from self.emoji
        yield from _inline_found(self.inline)

    def cuts(self) -> list[Span]:
        """Return what is no text: every field, the block id, a time."""
        matches = (*self.clocks, self.block) if self.block else self.clocks
        return sorted(
            [*map(_span, self.inline), *map(_span, self.emoji), *(match.span() for match in matches)]
        )

    def text(self) -> str:
        """Return the text without the fields, and without a comma that stood only between fields."""
        parts: list[str] = []
        done = 0
        cuts = self.cuts()
        filled = fill(self.plain, cuts) if cuts else ""
        for start, end in cuts:
            comma = _AFTER_FIELD.match(filled, end)
            part = self.body[done:start]
            done = comma.end() if comma else end
            parts.append(part.rstrip() if self.body[done : done + 1] in _PUNCTUATION else f"{part} ")
        return collapse("".join([*parts, self.body[done:]]))


class _Values:
    """The fields of one line, strictly and leniently read, and which of them counts."""

    def __init__(self, found: Iterable[_Found], strict: Mapping[str, str]) -> None:
        self._found = sorted(found, key=lambda one: one.start)
        self._strict = strict

    def all(self, name: str) -> list[_Found]:
        return [one for one in self._found if one.name == name]

    def text(self, name: str) -> str | None:
        lenient = (one.value for one in self.all(name) if one.value)
        return self._strict.get(name) or next(lenient, None)

    def day(self, name: str) -> date | None:
        written = [self._strict.get(name, ""), *(one.value for one in self.all(name))]
        return next(filter(None, map(real_date, written)), None)


def _strict(body: str) -> Mapping[str, str]:
    """Return the fields as Tasks reads them; to JavaScript more characters end a line than to CommonMark."""
    return read_plugin_fields(_LINE_END.split(body, maxsplit=1)[0]).values


def _emoji_field(match: re.Match[str]) -> _Found:
    if match["dated"]:
        name, value = _NAMES[match["dated"]], match["date"]
    elif match["rule"]:
        # The white space behind the rule stays: a tag is one only after white space.
        end = match.start("words") + len(match["words"].rstrip(WHITE_SPACE))
        return _Found("recurrence", collapse(match["words"]), match.start(), end)
    elif match["word"]:
        name, value = _NAMES[match["word"]], match["id"]
    elif match["list"]:
        name, value = "depends_on", match["ids"]
    else:
        name, value = "priority", PRIORITIES[match["priority"]]
    return _Found(name, value, match.start(), match.end(), match["time"])


def _inline_found(inline: Iterable[InlineField]) -> Iterator[_Found]:
    """Give the inline fields that mean the same as one of the symbols."""
    for one in inline:
        name = _KEYS.get(one.key.lower())
        dated = _INLINE_DATE.match(one.value) if name in DATES else None
        if name and dated:
            yield _Found(name, f"{dated[1]}{dated[2] or '-01'}", one.start, one.end, dated[3])
        elif name and name not in DATES:
            yield _Found(name, one.value, one.start, one.end)


def _is_link_target(text: str, one: InlineField) -> bool:
    """Tell `[a link](to:: somewhere)` from a field."""
    return text[one.start] == "(" and text[one.start - 1 : one.start] == "]"


def _priority(written: str | None) -> str:
    level = PRIORITIES.get(written or "", (written or "").strip().lower())
    return level if level in PRIORITIES.values() else "none"


def _by_key(inline: Iterable[InlineField]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for one in inline:
        for key in dict.fromkeys((one.key, one.key.lower())):
            found.setdefault(key, []).append(one.value)
    return {key: tuple(values) for key, values in found.items()}


def _quantities(line: _Line) -> tuple[Quantity, ...]:
    found = read_quantities(without_links(fill(line.rest, line.cuts())))
    for one in line.inline:
        if one.key.lower() not in _NOT_UNITS and _NUMBER.match(one.value) and _LETTER.search(one.key):
            found.append((one.start, Quantity(number(one.value), one.key)))
    return tuple(quantity for _, quantity in sorted(found, key=lambda pair: pair[0]))


def _time(line: _Line, values: _Values) -> str | None:
    """Return the first time that is written, beside a done date before elsewhere, as HH:MM."""
    beside = [one.time for one in values.all("done") if one.time]
    keyed = [
        match[1] for one in line.inline if one.key.lower() == "time" and (match := _CLOCK.match(one.value))
    ]
    first = next(iter([*beside, *keyed, *(match[1] for match in line.clocks)]), None)
    return first.rjust(5, "0") if first else None


def _span(one: _Found | InlineField) -> Span:
    return one.start, one.end
