"""`microwins undo`: take back the last change."""

from __future__ import annotations

from pathlib import Path

import click

from ...templates import phrases
from ...templates.lines import fitted
from ...templates.words import say
from ..journal import BLOCKS, Journal, Written
from ..name_rule import respelt, spelt_there
from ..report import Report, harmless
from ..undoing import Undo, find_undo, take_back
from ..updating import unified_diff, update_others
from .common import Options, shared_options

LISTED = 20


@click.command(epilog='Example: microwins undo "Goals/Be fit.md"')
@click.argument("note", required=False, metavar="[NOTE]")
@click.option(
    "--list",
    "listed",
    is_flag=True,
    help="List the changes that are known, the newest first; with -v those of blocks alone too.",
)
@click.option("--dry-run", is_flag=True, help="Print what would change as a unified diff; write nothing.")
@shared_options
def undo(options: Options, note: str | None, *, listed: bool, dry_run: bool) -> Report:
    """Take back the last change that microwins made to NOTE; without NOTE the last one that you asked for.

    You ask with tick, untick, skip, today, review --write, goals, discover and conflicts --merge; blocks and done dates
    only follow. Where the same lines were changed since, nothing is done. A note that was made goes to .trash. What
    microwins would write again by itself it leaves out of that note until the note is changed; other figures in a
    block only until they change again.
    """
    session = options.session()
    session.vault.require_consent()
    keeper = session.keeper()
    journal = keeper.journal
    assert journal is not None
    path = vault_path(session.vault.root, note) if note is not None else None
    keeper.read_all()
    for old, new in respelt(journal.paths(), keeper.ledger.notes):
        journal.rename(old, new)
    if listed:
        return _list(journal, path, options.width, blocks=options.verbose or path is not None)
    found = find_undo(keeper, journal, path)
    last = found[0].written
    data = {"path": last.path, "why": last.why, "at": last.at, "dry_run": dry_run}
    if dry_run:
        notes = [{"path": one.written.path} for one in found]
        return Report({**data, "notes": notes}, harmless(unified_diff([one.change for one in found])))
    trash = [take_back(keeper, journal, one) for one in found]
    outcome = update_others(session, keeper, "undo")
    lines = [fitted(_told(one, place), options.width) for one, place in zip(found, trash, strict=True)]
    return Report(
        {
            **data,
            "trash": trash[0],
            "notes": [
                {"path": one.written.path, "trash": place} for one, place in zip(found, trash, strict=True)
            ],
            "written": outcome.written if outcome else [],
        },
        harmless("\n".join(lines)),
    )


def _told(undo: Undo, trash: str | None) -> str:
    return phrases.taken_back(undo.written.why, undo.written.path, undo.written.at, trash)


def vault_path(root: Path, note: str) -> str:
    """Return the vault path of a note as people name it: by its path in the vault or on the disk, with or without `.md`."""
    named = spelt_there(root, note if note.endswith(".md") else f"{note}.md")
    if (root / named).exists() or not Path(named).exists():
        return Path(named).as_posix() if not Path(named).is_absolute() else _below(root, Path(named))
    return _below(root, Path(named))


def _below(root: Path, path: Path) -> str:
    real, above = path.resolve(), root.resolve()
    if not real.is_relative_to(above):
        raise click.UsageError(f"“{path}” is no note of the vault {root}.")
    return real.relative_to(above).as_posix()


def _list(journal: Journal, path: str | None, width: int, *, blocks: bool) -> Report:
    found = list(journal.changes(path, most=LISTED, blocks=blocks))
    rows = [(one.at, one.why, one.path) for one in found]
    text = phrases.changes(rows, width) or fitted(say("undo.nothing"), width)
    if not blocks and any(one.why == BLOCKS for one in journal.changes()):
        text += f"\n\n{fitted(say('undo.blocks'), width)}"
    return Report({"changes": [_shape(one) for one in found]}, harmless(text))


def _shape(written: Written) -> dict[str, object]:
    return {"path": written.path, "why": written.why, "at": written.at, "made": written.before is None}
