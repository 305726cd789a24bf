"""Which edits of a frontmatter are ours to make, told by the text alone, and the proof that it says all else as before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..parsers.edit import Edit
from ..parsers.frontmatter import frontmatter_span, read_frontmatter
from ..parsers.property_lines import PROPERTIES, other_values

_NAME = rf"[\"']?(?i:{'|'.join(PROPERTIES)})[\"']?"
_GIVEN = r"(?:[0-9]+(?:\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2})"
_BEFORE = re.compile(rf"[ \t]*{_NAME}[ \t]*:[ \t]*\Z")
_TAKEN = re.compile(
    r"[ \t]*(?:(?P<quote>[\"']?)(?:[-+.eE0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}|null|Null|NULL|~)?(?P=quote))?\Z"
)
_VALUE = re.compile(rf"(?: ?{_GIVEN})?\Z")
_LINES = re.compile(rf"(?:[ ]*(?:{'|'.join(PROPERTIES)}): {_GIVEN}(?:\r\n|\n|\r))+\Z")
_AFTER = re.compile(r"[ \t]*(?:[ \t]#.*)?(?=[\r\n]|\Z)")


def is_property_edit(edit: Edit, text: str) -> bool:
    """Return whether an edit changes nothing but the value of one of our property lines, or puts such lines in at the end."""
    span = frontmatter_span(text)
    if span is None or not span.start <= edit.start <= edit.end <= span.end:
        return False
    if edit.start == edit.end == span.end:
        return _LINES.match(edit.replacement) is not None
    begin = max(text.rfind("\n", 0, edit.start), text.rfind("\r", 0, edit.start)) + 1
    return bool(
        _BEFORE.match(text, max(begin, span.start), edit.start)
        and _TAKEN.match(text[edit.start : edit.end])
        and _AFTER.match(text, edit.end)
        and _VALUE.match(edit.replacement)
    )


def says_the_same(before: str, after: str, edits: Sequence[Edit]) -> bool:
    """Return whether the frontmatter says all that is not ours as before, and can be read as before, after these edits."""
    span = frontmatter_span(before)
    if span is None or not any(edit.start <= span.end for edit in edits):
        return True
    was, now = read_frontmatter(before), read_frontmatter(after)
    return not was.problems and not now.problems and other_values(was) == other_values(now)
