"""Our templates of notes as plain text: what a user may put into the vault and change."""

from __future__ import annotations

from ..parsers.period import Kind
from .environment import render


def plain_template(kind: Kind) -> str:
    """Return our template for a kind of periodic note with placeholders in it: filled, it makes the note that ours makes."""
    return note_text(kind, "{{title}}")


def plain_goal_template(heading: str) -> str:
    """Return a template for goal notes, in which the micro-wins stand under `heading`."""
    return render("notes/goal_template.md.j2", title="{{title}}", heading=heading)


def note_text(kind: Kind, title: str) -> str:
    """Return the note that our template makes."""
    if kind == "day":
        return render("notes/daily.md.j2", title=title)
    return render("notes/period.md.j2", title=title, kind=kind)
