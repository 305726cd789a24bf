"""Frontmatter: where it stands in a note and what it says, as Obsidian reads it (YAML 1.2, core schema)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .plain_yaml import read_plain_yaml
from .problem import Problem
from .source import BOM

MOST_BYTES = 64 * 1024
MOST_DEPTH = 32

_OPENING = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_CLOSING = re.compile(r"(?:\A|(?<=[\r\n]))---[ \t]*(?=[\r\n]|\Z)")
_LINE_END = re.compile(r"\r\n?|\n")
_UNQUOTED = re.compile(r"\s*(- +|[\w][\w -]*: +)([^\s\"'\[\]{}|>&*!#%@`-][^\n]*:(?: [^\n]*)?)\Z")
"""A list's item or a value without quotes that holds the sign of a name: `- Read [every:: day]`, `title: Book: Two`."""
_SIGNS = ("---", BOM)
_OPENED = "---\n"
_SIGN = "\n---"
_CLOSED = "\n---\n"
_ADVICE = {
    "invalid": "Correct this line in the note's source view, or put the text in quotes.",
    "too-large": "Move the long texts out of the frontmatter into the note.",
    "too-deep": "Write it with fewer levels.",
    "alias": "Put a text that begins with * in quotes, or write the value out in each place.",
    "duplicate-key": "Keep one of the two.",
}


_CONFLICT = re.compile(r"^<{7}(?: |$)(?=[\s\S]*^={7}$)", re.MULTILINE)
_TWO_VERSIONS = "git left two versions of the same lines"


class FrontmatterSpan(NamedTuple):
    """The lines of the two `---`, counted from 1, and the offsets in the note of the YAML between them."""

    first_line: int
    last_line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Frontmatter:
    """What a note's frontmatter says. `values` is None where there is none or where it cannot be read."""

    values: Mapping[str, object] | None = None
    span: FrontmatterSpan | None = None
    problems: tuple[Problem, ...] = ()


def frontmatter_span(text: str) -> FrontmatterSpan | None:
    r"""Return where the frontmatter of a note stands; None where it has none.

    The first line is `---`, with only a byte order mark before it; the next line that is `---` ends it.
    Both may have trailing spaces, the lines between may be none.

    >>> frontmatter_span("---\na: 1\n---\ntext")
    FrontmatterSpan(first_line=1, last_line=3, start=4, end=9)
    """
    if not text.startswith(_SIGNS):
        return None
    if text.startswith(_OPENED):
        end = text.find(_CLOSED, len(_OPENED) - 1) + 1
        first = text.find(_SIGN, len(_OPENED) - 1) + 1
        if end and end == first and "\r" not in text[:end]:
            return FrontmatterSpan(1, text.count("\n", 0, end) + 1, len(_OPENED), end)
    opening = _OPENING.match(text, len(BOM) if text.startswith(BOM) else 0)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return None
    lines = len(_LINE_END.findall(text, opening.end(), closing.start()))
    return FrontmatterSpan(1, lines + 2, opening.end(), closing.start())


def read_frontmatter(text: str, path: str = "") -> Frontmatter:
    r"""Return a note's frontmatter as plain values that JSON can hold; never raises.

    Dates, times and `yes` stay texts; numbers, `true`, `false` and `null` are what YAML 1.2 makes of them.
    What is too large, too deep, uses aliases, or is no list of names and values is refused with a problem.

    >>> read_frontmatter("---\nday: 2026-01-04\ndone: yes\ncount: 0o17\n---\n").values
    {'day': '2026-01-04', 'done': 'yes', 'count': 15}
    """
    span = frontmatter_span(text)
    if span is None:
        return Frontmatter()
    yaml_text = text[span.start : span.end]
    if len(yaml_text) > MOST_BYTES or len(yaml_text.encode(errors="surrogatepass")) > MOST_BYTES:
        return Frontmatter(
            None, span, (_problem(path, "too-large", 1, f"it is longer than {MOST_BYTES // 1024} KB"),)
        )
    if "\r" in yaml_text:
        yaml_text = _LINE_END.sub("\n", yaml_text)
    values = read_plain_yaml(yaml_text)
    return Frontmatter(values or None, span) if values is not None else _judged(yaml_text, span, path)


def _judged(yaml_text: str, span: FrontmatterSpan, path: str) -> Frontmatter:
    """Return what a YAML reader finds in a text, or why it is refused."""
    from .conflict_marks import CHOOSE
    from .yaml_values import Refusal, read_yaml

    try:
        return Frontmatter(read_yaml(yaml_text, MOST_DEPTH), span)
    except Refusal as refusal:
        opened = _CONFLICT.search(yaml_text)
        if opened is not None:
            line = yaml_text.count("\n", 0, opened.start()) + 2
            return Frontmatter(
                None, span, (_problem(path, refusal.code, line, _TWO_VERSIONS, advice=CHOOSE),)
            )
        line = min(refusal.line + 1, span.last_line - 1)  # what is missing at the end is missed at the fence
        paste = _quoted_line(yaml_text, line) if refusal.code == "invalid" else None
        return Frontmatter(None, span, (_problem(path, refusal.code, line, refusal.reason, paste),))


def _problem(
    path: str, code: str, line: int, reason: str, paste: str | None = None, advice: str = ""
) -> Problem:
    message = f"The frontmatter cannot be read, because in line {line} {reason}."
    remedy = f"Paste: {paste}" if paste else advice or _ADVICE[code]
    return Problem(path, line, f"frontmatter-{code}", message, remedy)


def _quoted_line(yaml_text: str, line: int) -> str | None:
    """Return the note's line with its text in quotes, if a name's sign in it is what cannot be read."""
    match = _UNQUOTED.match(yaml_text.split("\n")[line - 2])
    return f"{match[1]}{quoted(match[2].rstrip())}" if match else None


def quoted(text: str) -> str:
    r"""Return a text as YAML writes it between quotes.

    >>> quoted('Read "Faust"')
    '"Read \\"Faust\\""'
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
