"""What the words of a line hold beside its fields: inline code, links, tags and amounts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal
from urllib.parse import unquote

from .js_text import WHITE_CLASS, trim
from .task import Quantity
from .units import is_german

FILLER = "`"
"""Stands for every character that has no meaning; no pattern of a field, link, tag or amount goes across it."""

Span = tuple[int, int]

_GAP = "\u00a0\u2009\u202f"
"""Spaces that hold a number together: `1 000`."""
_FIRST = r"[1-9][0-9]{0,2}"
"""The digits before the first sign between thousands: `0,500` are half of one."""
SPACED = rf"{_FIRST}(?:(?:[{_GAP}][0-9]{{3}}){{1,5}}|(?: [0-9]{{3}}){{0,4}} 0[0-9]{{2}})(?![0-9])(?:[.,][0-9]{{1,15}})?"
"""A number whose thousands a space sets apart: a plain one only where the last three digits are no number of their own."""
NUMBER = (
    rf"(?:(?=[0-9]{{1,3}}[,. {_GAP}][0-9])"
    rf"(?:{_FIRST}(?:,[0-9]{{3}}){{1,5}}(?![0-9])(?:\.[0-9]{{1,15}})?|{SPACED}|{_FIRST}(?:\.[0-9]{{3}}){{1,5}},[0-9]{{1,15}})"
    r"|[0-9]{1,15}(?:[.,][0-9]{1,15})?)"
)
_BACKTICKS = re.compile(r"`+")
_LINK = re.compile(
    r"(!?)(?:\[\[(?P<wiki>[^\[\]]*)\]\]"
    r"|\[[^\[\]]*\]\((?:<(?P<angled>[^<>]*)>|(?P<bare>(?:[^()\s]|\([^()\s]*\))+))(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\))"
)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://\S+")
_TAG = re.compile(
    rf"(?:\A|(?<=[{WHITE_CLASS}]))#"
    rf"[^\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^`{{|}}~\[\]\\{WHITE_CLASS}]+"
)
_UNIT = r"(?![¼-¾⅐-⅞¹²³⁰-₟])[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"
_DOTTED = re.compile(rf"{_FIRST}(?:\.[0-9]{{3}}){{1,5}}\Z")
_AMOUNT = re.compile(
    rf"(?<![\w.,:/#$€£^'’–—-])({NUMBER})(?![0-9])(?![.,:/][0-9])"
    rf"(?:[ \t\u00a0\u202f]{{0,4}}({_UNIT}(?:-{_UNIT})*)|-({_UNIT}))(?![\w'’\u0300-\u036f])"
)
_NO_UNIT = frozenset(
    (
        *(
            "st",
            "nd",
            "rd",
            "th",
            "x",
            "am",
            "pm",
            "of",
            "a",
            "an",
            "and",
            "or",
            "to",
            "in",
            "at",
            "on",
            "the",
            "per",
        ),
        *(
            "by",
            "for",
            "from",
            "with",
            "until",
            "till",
            "than",
            "vs",
            "is",
            "are",
            "was",
            "were",
            "more",
            "less",
        ),
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *(
            "november",
            "december",
            "jan",
            "feb",
            "mar",
            "apr",
            "jun",
            "jul",
            "aug",
            "sep",
            "sept",
            "oct",
            "nov",
            "dec",
        ),
    )
)


def fill(text: str, spans: Iterable[Span]) -> str:
    """Return `text` with these stretches filled, its length kept.

    >>> fill("walk home", [(0, 4)])
    '```` home'
    """
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        parts += [text[done:start], FILLER * (end - max(start, done))]
        done = max(end, done)
    return "".join([*parts, text[done:]])


def without_code(text: str) -> str:
    """Return `text` with its code spans filled, as CommonMark finds them: equal runs of backticks.

    >>> without_code("a `b` c")
    'a ``` c'
    """
    runs = [match.span() for match in _BACKTICKS.finditer(text)] if "`" in text else []
    places: dict[int, list[int]] = {}
    for index, (start, end) in enumerate(runs):
        places.setdefault(end - start, []).append(index)
    spans: list[Span] = []
    index = 0
    while index < len(runs):
        start, end = runs[index]
        same = places[end - start]
        after = bisect_right(same, index)
        if after < len(same) and not _is_escaped(text, start):
            index = same[after]
            spans.append((start, runs[index][1]))
        index += 1
    return fill(text, spans)


def read_links(text: str) -> tuple[str, ...]:
    """Return the targets of the links to notes, without headings: wikilinks and Markdown links.

    >>> read_links("[[Run#Plan|the plan]] and [this](My%20note.md) and [that](https://example.org)")
    ('Run', 'My note.md')
    """
    if "[" not in text:
        return ()
    targets = (_target(match) for match in _LINK.finditer(text) if not match[1])
    return tuple(target for target in targets if target)


def without_links(text: str) -> str:
    """Return `text` with links and web addresses filled."""
    if "[" in text:
        text = fill(text, (match.span() for match in _LINK.finditer(text)))
    return fill(text, (match.span() for match in _URL.finditer(text))) if "://" in text else text


def read_tags(text: str) -> tuple[str, ...]:
    """Return the tags, each once, as Obsidian reads them: with a character that is no digit.

    >>> read_tags("#walk #1984 x#y #out/park, #walk")
    ('#walk', '#out/park')
    """
    found = (match[0] for match in _TAG.finditer(text)) if "#" in text else ()
    return tuple(dict.fromkeys(tag for tag in found if not tag[1:].isdecimal()))


def read_quantities(text: str) -> list[tuple[int, Quantity]]:
    """Return the numbers that have a unit, each with its place: `300 words`, `10-minute`, `5km`.

    >>> read_quantities("300 words on 2026-01-04 at 09:14, the 2nd time")
    [(0, Quantity(amount=Decimal('300'), unit='words'))]
    """
    found = []
    for match in _AMOUNT.finditer(text):
        unit = match[2] or match[3]
        if unit.casefold() not in _NO_UNIT:
            found.append((match.start(), Quantity(number(joined(match[1], unit)), unit)))
    return found


def without_quantities(text: str) -> str:
    """Return `text` without its numbers that have a unit.

    >>> without_quantities("Run 4 km at dawn")
    'Run  at dawn'
    """
    return _AMOUNT.sub(lambda match: match[0] if (match[2] or match[3]).casefold() in _NO_UNIT else "", text)


def number(text: str) -> Decimal:
    """Return the value of a number with `,` or a space between thousands, or `,` before decimals.

    >>> number("1,500.5"), number("1,5"), number("1 000"), number("1.500,5")
    (Decimal('1500.5'), Decimal('1.5'), Decimal('1000'), Decimal('1500.5'))
    """
    if text.isdecimal():
        return Decimal(text)
    if "," in text.partition(".")[2]:
        return Decimal(text.replace(".", "").replace(",", "."))
    digits = "".join(text.split())
    if digits != text:
        return Decimal(digits.replace(",", "."))
    if "," not in text:
        return Decimal(text)
    return Decimal(ungrouped(text))


def ungrouped(text: str) -> str:
    """Return a number without the commas between its thousands, and a point before its decimals.

    >>> ungrouped("1,500"), ungrouped("1,5"), ungrouped("0,500")
    ('1500', '1.5', '0.500')
    """
    if not text.startswith("0"):
        text = re.sub(r",(?=[0-9]{3}(?![0-9]))", "", text)
    return text.replace(",", ".")


def joined(written: str, unit: str) -> str:
    """Return a number before its unit without the dot that parts thousands in German, `10.000 Schritte`.

    >>> joined("10.000", "Schritte"), joined("10.000", "km")
    ('10000', '10.000')
    """
    if "." not in written:
        return written
    return written.replace(".", "") if _DOTTED.match(written) and is_german(unit) else written


def _is_escaped(text: str, place: int) -> bool:
    before = place
    while before and text[before - 1] == "\\":
        before -= 1
    return (place - before) % 2 == 1


def _target(match: re.Match[str]) -> str:
    if match["wiki"] is not None:
        return trim(re.split(r"[#^|]", match["wiki"].replace("\\|", "|"), maxsplit=1)[0])
    written = match["angled"] or match["bare"] or ""
    return "" if _SCHEME.match(written) else trim(unquote(written).partition("#")[0])
