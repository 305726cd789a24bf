"""`microwins parse`: what is read in notes."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import click

from ...parsers.note import Note
from ...parsers.problem import Problem
from ..errors import MicrowinsError
from ..note_read import RawNote, parse_raw, read_raw
from ..note_shapes import note_shape
from ..report import Report, harmless
from ..scan import scan
from ..vault import NoVault, Vault
from ..wiring import Session, open_session
from .common import Options, shared_options


@click.command(epilog='Example: microwins parse "Goals/Write a book.md" --json')
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="PATH..."
)
@shared_options
def parse(options: Options, paths: tuple[Path, ...]) -> Report:
    """Show what is read in notes; of a folder, in every note in it."""
    first = paths[0].absolute()
    session = _near(options, first if first.is_dir() else first.parent)
    keeper = session.keeper()
    wanted = list(dict.fromkeys(path for given in paths for path in _vault_paths(session.vault, given)))
    if session.vault.is_known:
        keeper.read_all()
    notes, problems = _read(session.vault, wanted)
    data = {"notes": [note_shape(note, keeper.ledger.catalog) for note in notes]}
    known = (problem for note in notes for problem in keeper.ledger.problems_of(note.path))
    return Report(
        data, harmless(options.lines("\n".join(map(_text, notes)))), list(dict.fromkeys((*problems, *known)))
    )


def _near(options: Options, folder: Path) -> Session:
    """Open the vault around the paths; notes that lie in none are read as if their folder were one."""
    try:
        return options.session(near=folder)
    except NoVault:
        if options.vault is not None:
            raise
        return options.closing(open_session(options.machine, folder, options.today))


def _read(vault: Vault, paths: Iterable[str]) -> tuple[list[Note], list[Problem]]:
    notes: list[Note] = []
    reading = vault.reading
    problems: list[Problem] = []
    for path in paths:
        raw = read_raw(vault.root, path, vault.settings.max_note_size)
        if not isinstance(raw, RawNote):
            problems.append(raw.problem)
            continue
        note = parse_raw(raw, reading)
        notes.append(note)
        problems += note.problems
    return notes, problems


def _vault_paths(vault: Vault, given: Path) -> list[str]:
    real = Path(os.path.realpath(given))
    root = Path(os.path.realpath(vault.root))
    if not real.is_relative_to(root):
        raise MicrowinsError(
            f"{given} is not in the vault {vault.root}.", "Pass the vault that holds it with --vault."
        )
    inside = real.relative_to(root).as_posix()
    if real.is_file():
        return [inside]
    prefix = "" if inside == "." else f"{inside}/"
    return [path for path in scan(root, vault.exclusions).notes if path.startswith(prefix)]


def _text(note: Note) -> str:
    day = f"  {note.date}" if note.date else ""
    goal = "  (goal)" if note.goal else ""
    lines = [f"{note.path}{day}{goal}"]
    for task in note.boxes:
        done = f"  done {task.fields.done}" if task.fields.done else ""
        lines.append(f"{task.line:>5}  [{task.symbol}] {task.state}: {task.fields.text}{done}")
    return "\n".join(lines)
