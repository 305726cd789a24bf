"""A micro-win as it is written on the command line: in the grammar of a bullet, or as plain words with options."""

from __future__ import annotations

from dataclasses import replace

from ..parsers.line_fields import read_fields
from ..templates.goal_draft import WinDraft
from ..templates.words import say
from .goal_guide import schedule_said
from .goal_notes import NotDeclarable, declarable

_OWN = ("after", "min", "from", "id", "every", "repeat")


def read_win_line(line: str, often: str = "") -> WinDraft:
    """Return the micro-win that a line means; `often` is its schedule where the line has none.

    Raise NotDeclarable where any part of it is not understood.

    >>> read_win_line("Read one page 🔁 daily [after:: tea]").line
    '- Read one page 🔁 every day [after:: tea]'
    """
    fields = read_fields(" ".join(line.split()))
    inline = {key: values[0] for key, values in fields.inline.items() if key == key.lower() and values}
    written = (
        fields.recurrence
        or inline.get("every")
        or inline.get("repeat")
        or ("" if "limit" in inline else often)
    )
    schedule = schedule_said(written) if written else ""
    if schedule is None:
        raise NotDeclarable(f"The schedule “{written}” is not understood.", say("guide.schedules"))
    draft = WinDraft(
        fields.text,
        schedule,
        after=inline.get("after", ""),
        minimum=inline.get("min", ""),
        id=fields.id or "",
        more=" ".join(f"[{key}:: {value}]" for key, value in inline.items() if key not in _OWN),
    )
    declared = declarable(replace(draft, more=" ".join((draft.more, _since(inline))).strip()))
    return replace(draft, since=declared.since)


def _since(inline: dict[str, str]) -> str:
    return f"[from:: {inline['from']}]" if "from" in inline else ""
