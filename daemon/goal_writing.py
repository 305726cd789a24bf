"""Goal notes shown before they are written, and written as they were shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from ..parsers.problem import Problem
from ..templates.words import say
from . import questions
from .change import Change
from .goal_notes import GoalExists
from .keeper import Keeper
from .outcome import Outcome
from .report import harmless
from .updating import unified_diff, update_others
from .wiring import Session

WHY = "goal"


def preview(changes: Iterable[Change]) -> str:
    """Return what is to be written: new notes whole, as they will be; of others a diff."""
    parts = []
    for change in changes:
        if change.before is None:
            text = change.after.decode().rstrip("\n")
            body = "\n".join(f"    {line}".rstrip() for line in text.split("\n"))
            parts.append(f"{say('write.new_note', path=change.path)}\n\n{body}\n")
        else:
            parts.append(f"{say('write.longer_note', path=change.path)}\n\n{unified_diff([change])}")
    return "\n".join(parts)


def agreed(changes: Sequence[Change]) -> bool:
    """Show what is to be written, line by line as it will stand there, and ask."""
    click.echo(harmless(f"\n{preview(changes)}"))
    return questions.agree(say("write.ask"))


def write_goals(session: Session, keeper: Keeper, changes: Sequence[Change], command: str) -> Outcome:
    """Write goals' notes, each whole or not at all, and bring the others up to date; they are taken back together.

    Raise GoalExists where a note stands by now where one was to be made, NoteChanged where one that is to grow was saved.
    """
    created: list[str] = []
    written: list[str] = []
    journal = keeper.journal
    newest = journal.newest() if journal is not None and len(changes) > 1 else None
    for change in changes:
        if not keeper.writer.write_one(change, WHY):
            raise GoalExists(
                f"{change.path} was made in the meantime, so it is left as it is.",
                "Run the command once more.",
            )
        (created if change.before is None else written).append(change.path)
        keeper.read_one(change.path)
    if journal is not None and newest is not None:
        journal.join(newest, WHY)
    others = update_others(session, keeper, command)
    more = [path for path in others.written if path not in {*created, *written}] if others else []
    skipped: tuple[Problem, ...] = others.skipped if others else ()
    return Outcome(
        written=(*written, *more), created=(*created, *(others.created if others else ())), skipped=skipped
    )


def written_lines(outcome: Outcome) -> list[str]:
    """Return what was made and what was written, a line each."""
    return [
        *(say("write.made", path=path) for path in outcome.created),
        *(say("write.wrote", path=path) for path in outcome.written),
    ]
