"""Our templates of notes as plain text: what a user may put into the vault and change."""

from __future__ import annotations

from ..parsers.goal import GoalWords
from ..parsers.period import Kind
from .environment import render
from .goal_draft import goal_mark


def plain_template(kind: Kind) -> str:
    """Return our template for a kind of periodic note with placeholders in it: filled, it makes the note that ours makes."""
    return note_text(kind, "{{title}}")


def plain_goal_template(words: GoalWords) -> str:
    """Return a template for goal notes: what makes them goals in this vault, and the heading of the micro-wins."""
    return render(
        "notes/goal_template.md.j2", title="{{title}}", mark=goal_mark(words), heading=words.heading
    )


def note_text(kind: Kind, title: str) -> str:
    """Return the note that our template makes."""
    if kind == "day":
        return render("notes/daily.md.j2", title=title)
    return render("notes/period.md.j2", title=title, kind=kind)
