"""`microwins sync`: one pass over the vault."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ...parsers.problem import Problem
from ...templates.told import in_language
from ...templates.watch_text import removed_copies
from ...templates.words import say
from ..outcome import Outcome
from ..report import Report, harmless, notes_read
from ..updating import full_pass, unified_diff
from .common import Options, shared_options


@click.command(epilog="Example: microwins sync --dry-run")
@click.option("--dry-run", is_flag=True, help="Print what would be written as a unified diff; write nothing.")
@shared_options
def sync(options: Options, *, dry_run: bool) -> Report:
    """Read the vault once and write what has changed. What is wrong is told once, and counted as long as it lasts."""
    session = options.session()
    keeper = session.keeper()
    if dry_run or not session.vault.consent:
        outcome = full_pass(keeper, write=False)
        standing = keeper.problems(keeper.figures())
        return _report(outcome, standing, dry_run=dry_run, consent=session.vault.consent)
    with session.lock().acquire("sync", session.started()):
        outcome = full_pass(keeper, write=True)
    standing = keeper.problems(keeper.figures())
    if options.as_json or options.quiet or options.verbose:
        return _report(outcome, standing, dry_run=False, consent=True)
    fresh = session.told_problems().fresh(standing)
    return _report(outcome, fresh, dry_run=False, consent=True, known=len(standing) - len(fresh))


def _report(
    outcome: Outcome, problems: Sequence[Problem], *, dry_run: bool, consent: bool, known: int = 0
) -> Report:
    """Return what came of the pass; `known` problems more were told before."""
    data = {
        "scanned": outcome.scanned,
        "parsed": outcome.parsed,
        "written": outcome.written,
        "created": outcome.created,
        "removed": outcome.removed,
        "skipped": [
            {"path": problem.path, "code": problem.code, "message": problem.message}
            for problem in outcome.skipped
        ],
        "dry_run": dry_run,
        "consent": consent,
        "planned": [change.path for change in outcome.changes],
    }
    text = _text(outcome, dry_run=dry_run, consent=consent)
    lines = [text, *([say("status.problems", count=known)] if known else [])]
    return Report(data, "\n".join(lines), [*outcome.skipped, *problems])


def _text(outcome: Outcome, *, dry_run: bool, consent: bool) -> str:
    if dry_run:
        return harmless(unified_diff(outcome.changes)) or say("pass.nothing")
    if not consent:
        return say("pass.not_set_up", read=notes_read(outcome.scanned))
    lines = [say("write.made", path=path) for path in outcome.created]
    lines += [say("write.wrote", path=path) for path in outcome.written]
    lines += [in_language(removed_copies(outcome.removed))] if outcome.removed else []
    written = len(outcome.written) + len(outcome.created)
    lines.append(say("pass.written", read=notes_read(outcome.scanned), written=written))
    return "\n".join(lines)
