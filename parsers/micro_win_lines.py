"""Where a goal note declares its micro-wins: in the list of its frontmatter, and in the bullets under their heading."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from .bounds import LONGEST_LINE, MOST_MICRO_WINS
from .declaration import Declaration
from .frontmatter import quoted
from .frontmatter_lines import FrontmatterLines
from .line_fields import read_fields
from .problem import Problem
from .properties import texts
from .schedule import read_schedule
from .structure import ListItem, Structure

_KEY = "micro_wins"
_QUOTED = 'Write each micro-win in quotes, on a line of its own: - "Read a page 🔁 every day"'
WinLine = tuple[str, int]
"""What declares a micro-win, and its line."""


def listed_wins(
    value: object, lines: FrontmatterLines, path: str, problems: list[Problem]
) -> Sequence[WinLine]:
    """Return the micro-wins of the frontmatter's list; report what YAML took away from one."""
    if value is None:
        return ()
    raw = lines.items_below(_KEY)
    if not isinstance(value, list) or len(raw) != len(value):
        items = value if isinstance(value, list) else [value]
        return _on_one_line(items, lines.behind(_KEY), path, problems)
    found = []
    for item, (written, line) in zip(value, raw, strict=True):
        if _is_eaten(item, written):
            problems.append(_eaten(path, line, f"Paste: {_as_item(written)}"))
        found.append((item if isinstance(item, str) else written, line))
    return found


def wins_under(heading: str, structure: Structure) -> list[ListItem]:
    """Return the outermost items under a heading, up to the next one of its level or above; those with a box are steps."""
    found: list[ListItem] = []
    wanted = heading.strip().casefold()
    for position, top in enumerate(structure.headings):
        if top.text.strip().rstrip(":").casefold() != wanted:
            continue
        below = map(structure.headings.__getitem__, range(position + 1, len(structure.headings)))
        end = next((later.line for later in below if later.level <= top.level), None)
        first = bisect_right(structure.items, top.line, key=lambda item: item.line)
        last = bisect_left(structure.items, end, key=lambda item: item.line) if end else None
        found += [item for item in structure.items[first:last] if item.depth == 0]
    return found


def too_many_wins(written: Sequence[WinLine], path: str) -> Iterator[Problem]:
    """Yield a problem where a goal declares more than are read."""
    if len(written) > MOST_MICRO_WINS:
        yield Problem(
            path, written[MOST_MICRO_WINS][1], "too-many-micro-wins",
            f"The goal declares more than {MOST_MICRO_WINS} micro-wins; those from here on are not read.",
            "Part it into several goals.",
        )  # fmt: skip


def slips(declarations: Sequence[Declaration], items: Sequence[ListItem], path: str) -> Iterator[Problem]:
    """Yield what was most likely meant as a schedule: one without its sign, and one on a box."""
    for one in declarations:
        meant = None if one.schedule else _unmarked_schedule(one.text)
        if meant:
            yield Problem(
                path, one.line, "schedule-unmarked", f"“{meant}” is read as a part of the name, so nothing is due.",
                f"Put the sign in front of it: 🔁 {meant}.",
            )  # fmt: skip
    for item in items:
        if item.box is not None and read_fields(item.body[:LONGEST_LINE]).recurrence:
            yield Problem(
                path, item.line, "micro-win-box", "A box under this heading is a step of the goal; its schedule is not used.",
                "To declare a micro-win, write a plain bullet without the box.",
            )  # fmt: skip


def _unmarked_schedule(text: str) -> str | None:
    words = text.split()
    ends = (" ".join(words[-count:]) for count in range(min(6, len(words) - 1), 1, -1))
    return next((end for end in ends if end.casefold().startswith("every ") and read_schedule(end)), None)


def _on_one_line(items: Sequence[object], key: WinLine, path: str, problems: list[Problem]) -> list[WinLine]:
    """Return the micro-wins of `micro_wins: Read a page` or `micro_wins: [Read, Walk]`."""
    written, line = key
    if len(items) == 1 and not written.startswith("["):
        if _is_eaten(items[0], written):
            problems.append(_eaten(path, line, f"Paste, below `micro_wins:`: {_as_item(written)}"))
    elif not all(isinstance(item, str) for item in items):
        problems.append(_eaten(path, line, _QUOTED))
    return [(item, line) for item in texts(items)]


def _is_eaten(item: object, written: str) -> bool:
    """Return whether YAML made something else of an item than the text that is written there."""
    if not written or written[0] in "\"'|>":
        return False
    return not isinstance(item, str) or re.search(r"\s#", written) is not None


def _as_item(written: str) -> str:
    return f"- {quoted(written)}"


def _eaten(path: str, line: int, remedy: str) -> Problem:
    message = "YAML reads a part of this micro-win as something else."
    return Problem(path, line, "yaml-ate-text", message, remedy)
