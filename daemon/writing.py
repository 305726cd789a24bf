"""A pass's writing: what was planned is put into the notes, and what was written is taken in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from ..parsers.problem import Problem
from .change import Change
from .errors import NoteWriteError
from .journal import BLOCKS, DATES
from .note_write import Landed
from .note_writer import AT_ONCE, Answer, NoteWriter
from .outcome import Outcome
from .page_changes import PageChanges
from .pictures import is_picture
from .rereading import Rereading
from .scan import locate
from .stamping import BoxStamp
from .undated_ticks import UndatedTicks
from .vault import Vault


class Writing:
    """Writes the changes of a pass, some together; each note is known afterwards as it stands then."""

    def __init__(
        self,
        vault: Vault,
        writer: NoteWriter,
        changes: PageChanges,
        ticks: UndatedTicks,
        rereading: Rereading,
    ) -> None:
        self._vault = vault
        self._writer = writer
        self._changes = changes
        self._ticks = ticks
        self._rereading = rereading

    def make_ready(self, changes: Iterable[Change]) -> None:
        """Do what can be done before the time to write has come; where dates are put on lines more is to be noted first."""
        blocks = [one for one in changes if one.before is not None and not self._ticks.stamps_of(one.path)]
        self._writer.make_ready([(change, self._reason(change, (), None)) for change in blocks])

    def write(self, changes: Iterable[Change | Problem], asked: str | None = None) -> Outcome:
        """Write the changes, each whole or not at all; a note that changed in the meantime is left for the next pass.

        `asked` is the command that somebody gave to have a note made, for the journal.
        """
        written: list[str] = []
        created: list[str] = []
        skipped: list[Problem] = []
        waiting = iter(changes)
        while some := list(islice(waiting, AT_ONCE)):
            skipped += (one for one in some if isinstance(one, Problem))
            planned = [one for one in some if isinstance(one, Change)]
            for change, answer in zip(planned, self._together(planned, asked), strict=True):
                if isinstance(answer, NoteWriteError):
                    skipped.append(self._problem(change, answer))
                elif answer is not False:
                    (written if change.before is not None else created).append(change.path)
        return Outcome(written=tuple(written), created=tuple(created), skipped=tuple(skipped))

    def _problem(self, change: Change, error: NoteWriteError) -> Problem:
        shown = error.message.replace(f"{self._vault.root}/", "")
        return Problem(change.path, None, error.code, shown, error.hint)

    def _together(self, changes: Sequence[Change], asked: str | None) -> list[Answer]:
        stamps = {change.path: self._ticks.stamps_of(change.path) for change in changes}
        for path, found in stamps.items():
            self._ticks.before_writing(path, found)
        answers = self._writer.write(
            [(change, self._reason(change, stamps[change.path], asked)) for change in changes]
        )
        for change, answer in zip(changes, answers, strict=True):
            if not isinstance(answer, NoteWriteError) and not is_picture(change):
                self._ticks.written(change.path, stamps[change.path])
                self._take_in(change, answer)
        return answers

    def _reason(self, change: Change, stamps: Sequence[BoxStamp], asked: str | None) -> str | None:
        """Return what the journal is told of a change that a pass makes; it does not know of pictures."""
        if is_picture(change):
            return None
        if change.before is not None:
            return DATES if stamps else BLOCKS
        if asked is not None:
            return asked
        return "daily note" if self._vault.reading.kind_of(change.path) in {None, "day"} else "review note"

    def _take_in(self, change: Change, answer: Answer) -> None:
        """Take in a note that was just written: as it was proved, if it is our file that stands there."""
        path = change.path
        proved = self._changes.proved(path)
        stamp = locate(self._vault.root, path, self._vault.exclusions)
        is_ours = (
            isinstance(answer, Landed) and stamp is not None and answer.is_file(stamp.inode, stamp.mtime_ns)
        )
        known = proved if is_ours and proved is not None and proved.raw.data == change.after else None
        self._rereading.read(path, written=known, again=True)
