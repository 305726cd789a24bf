"""What `review` does with the note of the period: names it, makes it, or says what to paste into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..parsers.blocks import opening
from ..parsers.period import Period
from ..parsers.problem import Problem
from ..streaks.calendar import Now
from ..streaks.lookback import Lookback, lookback_at
from ..templates.words import say
from .errors import VaultBusy
from .keeper import Keeper
from .outcome import Outcome
from .period_note import period_path, period_with
from .report import Report
from .shapes import Shape
from .updating import settle
from .vault import Vault
from .wiring import Session


@dataclass(frozen=True, slots=True)
class NoteStanding:
    """The note of a period: its vault path and its whole one, and whether it is there, was made now, and has the block."""

    path: str
    file: str
    exists: bool
    created: bool
    has_block: bool
    skipped: Sequence[Problem] = ()

    @property
    def shape(self) -> Shape:
        """The note as it is told in JSON."""
        return {
            "path": self.path,
            "file": self.file,
            "exists": self.exists,
            "created": self.created,
            "has_block": self.has_block,
        }

    @property
    def told(self) -> str:
        """The note as it is told on a line: what was done, or what is to be done for it to hold this."""
        if self.created:
            return say("review_note.made", path=self.path)
        if not self.exists:
            return say("review_note.not_made", path=self.path)
        if self.has_block:
            return say("review_note.kept", path=self.path)
        return say("review_note.no_block", path=self.path, marker=opening("review"))


def look_of_note(vault: Vault, look: Lookback, now: Now) -> Lookback:
    """Return the same look back over the days that the note's own name stands for."""
    return lookback_at(_period(vault, look), now) or look


def path_report(vault: Vault, look: Lookback) -> Report:
    """Return the whole path of the note of a period, made or not."""
    path = period_path(vault, _period(vault, look))
    file = vault.root / path
    data: Shape = {"path": path, "file": file.as_posix(), "exists": file.exists()}
    return Report(data, file.as_posix())


def note_standing(keeper: Keeper, look: Lookback, outcome: Outcome | None = None) -> NoteStanding:
    """Return how it is with the note of a period."""
    vault = keeper.vault
    path = period_path(vault, _period(vault, look))
    file, note = vault.root / path, keeper.ledger.notes.get(path)
    return NoteStanding(
        path=path,
        file=file.as_posix(),
        exists=file.exists(),
        created=outcome is not None and path in outcome.created,
        has_block=note is not None and any(block.name == "review" for block in note.blocks),
        skipped=outcome.skipped if outcome is not None else (),
    )


def write_note(session: Session, keeper: Keeper, look: Lookback) -> NoteStanding:
    """Make the note of a period where there is none, and bring all notes up to date."""
    period = _period(session.vault, look)
    try:
        with session.lock().acquire("review", session.started()):
            made = keeper.write(keeper.new_notes.period(period), "review")
            settle(keeper)
    except VaultBusy:
        made = keeper.write(keeper.new_notes.period(period), "review")
    return note_standing(keeper, look, made)


def _period(vault: Vault, look: Lookback) -> Period:
    return period_with(vault, look.kind, look.start)
