"""One pass over a vault: read, work out, write, remember."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..parsers.problem import Problem
from .change import Change
from .errors import NoteChanged, VaultBusy
from .keeper import Keeper
from .outcome import Outcome
from .own_copies import OwnCopies
from .wiring import Session

MOST_PASSES = 3


def settle(keeper: Keeper, *, create_daily: bool = False, anew: bool = True) -> Outcome:
    """Write what has changed until nothing is left to write; one round is enough but where a new note adds boxes.

    A note that somebody saved at the same moment is read and written again, or with `anew` false left to the caller.
    """
    written: dict[str, None] = {}
    created: dict[str, None] = {}
    skipped: dict[Problem, None] = {}
    for _ in range(MOST_PASSES):
        done = keeper.write(keeper.plan(create_daily=create_daily))
        written |= dict.fromkeys(done.written)
        created |= dict.fromkeys(done.created)
        changed = {one.path for one in done.skipped if anew and one.code == NoteChanged.code}
        skipped |= dict.fromkeys(done.skipped)
        for path in changed:
            keeper.read_one(path)
        if not done.written and not done.created and not changed:
            break
    keeper.remember()
    left = tuple(one for one in skipped if one.code != NoteChanged.code or one.path not in written)
    return Outcome(written=tuple(written), created=tuple(created), skipped=left)


def update_others(session: Session, keeper: Keeper, command: str) -> Outcome | None:
    """Bring the notes up to date that a command's change touches; where `watch` runs, it sees the change and does it."""
    try:
        with session.lock().acquire(command, session.started()):
            return settle(keeper)
    except VaultBusy:
        return None


def full_pass(keeper: Keeper, *, write: bool) -> Outcome:
    """Read the whole vault and write what has changed; with `write` false only say what would be written."""
    scanned = keeper.read_all()
    if write:
        keeper.walk.sweep()
        done = settle(keeper)
        removed = OwnCopies().take_away(keeper)
        return replace(done, scanned=scanned, parsed=keeper.parsed, removed=removed)
    planned = list(keeper.plan())
    changes = tuple(change for change in planned if isinstance(change, Change))
    skipped = tuple(problem for problem in planned if isinstance(problem, Problem))
    return Outcome(scanned, keeper.parsed, skipped=skipped, changes=changes)


def unified_diff(changes: Iterable[Change]) -> str:
    """Return the changes as one unified diff."""
    return "".join(line for change in changes for line in _diff(change))


def _diff(change: Change) -> Iterator[str]:
    before = _lines(change.before or b"")
    after = _lines(change.after)
    source = "/dev/null" if change.before is None else f"a/{change.path}"
    for line in difflib.unified_diff(before, after, source, f"b/{change.path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(data: bytes) -> list[str]:
    text = data.decode("utf-8", "replace")
    return [f"{line}\n" for line in text.split("\n")[:-1]] + (
        [text.rpartition("\n")[2]] if not text.endswith("\n") and text else []
    )
