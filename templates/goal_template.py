"""A goal's note made of a template of the vault: the template's words, with what the goal says put where it belongs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

_HEAD = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"([^\s:#-][^:\n]*):(?:[ \t]|$)")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*\Z")


def merged_goal(template: str, ours: str, unwanted: Collection[str] = ()) -> str:
    """Return the note `ours` in the words of a filled template.

    Of the frontmatter our keys come first, and the template's other ones stay. Below a heading that both have stand our
    lines first; a section that the template lacks comes at its end, and our title where it has none. Of the template's
    keys the `unwanted` ones are left out.
    """
    eol = "\r\n" if "\r\n" in template else "\n"
    their_fields, their_body = _split(template.replace("\r\n", "\n"))
    fields, body = _split(ours)
    head = "".join(
        ["---\n", *(f"{line}\n" for line in (*fields, *_others(their_fields, fields, unwanted))), "---\n"]
    )
    title, *sections = re.split(r"(?m)^(?=## )", body)
    lines = their_body.split("\n")
    if not any(line.startswith("# ") for line in lines):
        lines = [*title.strip("\n").split("\n"), "", *_trimmed(lines)]
    for section in sections:
        heading, *content = section.rstrip("\n").split("\n")
        _put(lines, heading, _trimmed(content))
    text = "\n".join(_trimmed(lines))
    return f"{head}\n{text}\n".replace("\n", eol)


def _split(text: str) -> tuple[list[str], str]:
    """Return the lines of the frontmatter, and what stands below it."""
    match = _HEAD.match(text)
    return (match[1].rstrip("\n").split("\n"), text[match.end() :]) if match else ([], text)


def _others(theirs: Sequence[str], ours: Sequence[str], unwanted: Collection[str]) -> Iterator[str]:
    """Yield the lines of the keys that we do not have, with the lines that belong to them."""
    taken = {*unwanted, *(match[1] for line in ours if (match := _KEY.match(line)))}
    kept = True
    for line in theirs:
        key = _KEY.match(line)
        kept = key[1] not in taken if key else kept
        if kept and line.strip():
            yield line


def _put(lines: list[str], heading: str, content: Sequence[str]) -> None:
    """Put lines below a heading of that name, or both at the end."""
    name = _HEADING.match(heading)
    wanted = name[2].casefold() if name else heading
    found = (
        at
        for at, line in enumerate(lines)
        if (match := _HEADING.match(line)) and match[2].casefold() == wanted
    )
    at = next(found, None)
    if at is None:
        lines[:] = [*_trimmed(lines), "", heading, "", *content]
        return
    below = at + 1
    while below < len(lines) and not lines[below].strip():
        below += 1
    gap = [""] if below < len(lines) and not lines[below].startswith("- ") else []
    lines[at + 1 : below] = ["", *content, *gap]


def _trimmed(lines: Sequence[str]) -> list[str]:
    text = "\n".join(lines).strip("\n")
    return text.split("\n") if text else []
