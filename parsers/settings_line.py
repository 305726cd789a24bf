"""One setting, set in the text of a settings file: a single line changes, and the rest of the file is another reader's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

_HEADER = re.compile(r"[ \t]*\[[ \t]*([A-Za-z_]+)[ \t]*\][ \t]*(?:#.*)?\Z")
_ANY_HEADER = re.compile(r"[ \t]*\[")


def with_setting(text: str, key: str, value: str) -> str | None:
    r"""Return a TOML text in which `key` is the text `value`, or None where one line cannot say so.

    The line that sets it, or that has it as a comment, gives way; else one is put below the header of its section, else
    the section is put at the end. What comes out is read again: everything else has to be as it was.

    >>> with_setting('[daily]\n# template = ""\n', "daily.template", "T/Day")
    '[daily]\ntemplate = "T/Day"\n'
    """
    section, _, name = key.rpartition(".")
    written = f'{name} = "{_escaped(value)}"'
    eol = "\r\n" if "\r\n" in text else "\n"
    lines = text.split("\n")
    place = _place(lines, section, name)
    if place is None:
        gap = "" if not text else eol if text.endswith("\n") else eol * 2
        after = f"{text}{gap}[{section}]{eol}{written}{eol}" if section else None
    else:
        at, replaced = place
        ending = "\r" if lines[at].endswith("\r") else ""
        lines[at : at + 1] = [written + ending] if replaced else [lines[at], written + ending]
        after = "\n".join(lines)
    return after if after is not None and _says(text, after, section, name, value) else None


def _place(lines: list[str], section: str, name: str) -> tuple[int, bool] | None:
    """Return the line that is to give way (True), or below which a new one is to stand (False)."""
    sets = re.compile(rf"[ \t]*(#[ \t]*)?{re.escape(name)}[ \t]*=")
    header = next(
        (at for at, line in enumerate(lines) if (m := _HEADER.match(line.rstrip("\r"))) and m[1] == section),
        None,
    )
    if header is None:
        return None
    end = next((at for at in range(header + 1, len(lines)) if _ANY_HEADER.match(lines[at])), len(lines))
    found = [(at, bool(m[1])) for at in range(header + 1, end) if (m := sets.match(lines[at]))]
    plain = next((at for at, commented in found if not commented), None)
    if plain is not None:
        return plain, True
    return (found[0][0], True) if found else (header, False)


def _says(before: str, after: str, section: str, name: str, value: str) -> bool:
    try:
        old, new = tomllib.loads(before), tomllib.loads(after)
    except tomllib.TOMLDecodeError:
        return False
    return new == _with(old, section, name, value)


def _with(table: Mapping[str, Any], section: str, name: str, value: str) -> dict[str, Any]:
    inner = table.get(section, {})
    return {**table, section: {**inner, name: value}} if isinstance(inner, dict) else {}


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
