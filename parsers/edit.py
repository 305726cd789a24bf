"""Changes to a text as values, and the proof that nothing else changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put `replacement` in the place of the characters from `start` up to `end`."""

    start: int
    end: int
    replacement: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with all edits made; raise ValueError where two of them overlap.

    What is put in at one place stands there in the order of the edits.

    >>> apply("- [ ] walk", [Edit(3, 4, "x")])
    '- [x] walk'
    """
    pieces: list[str] = []
    position = 0
    for edit in _in_order(edits):
        if edit.start < position or edit.end < edit.start or edit.end > len(text):
            raise ValueError(f"edit {edit} overlaps another one or leaves the text")
        pieces += [text[position : edit.start], edit.replacement]
        position = edit.end
    return "".join((*pieces, text[position:]))


def changes_only(before: str, after: str, edits: Iterable[Edit]) -> bool:
    """Return whether `after` is `before` but for these edits: each kept piece stands in `after`, where it must.

    Written apart from `apply`, from the other side, so that a fault in one shows in the other.
    """
    tail, rest = len(before), after
    for edit in reversed(_in_order(edits)):
        piece = before[edit.end : tail]
        if not rest.endswith(piece):
            return False
        rest = rest[: len(rest) - len(piece)]
        if not rest.endswith(edit.replacement):
            return False
        rest = rest[: len(rest) - len(edit.replacement)]
        tail = edit.start
    return rest == before[:tail]


def _in_order(edits: Iterable[Edit]) -> list[Edit]:
    return sorted(edits, key=lambda edit: (edit.start, edit.end))
