"""`microwins conflicts`: the conflict copies of sync clients, and making one note of each pair."""

from __future__ import annotations

from pathlib import PurePosixPath

import click

from ...templates import phrases
from ...templates.words import say
from ..conflicts import Conflict, Resolution, passages, resolve
from ..conflicts import conflicts as find_conflicts
from ..own_copies import COPY
from ..progress import counted
from ..report import Report, harmless
from ..updating import update_others
from .common import Options, shared_options
from .undo import vault_path


@click.command(epilog="Example: microwins conflicts --merge")
@click.argument("copies", nargs=-1, metavar="[COPY...]")
@click.option("--merge", is_flag=True, help="Make one note of each copy and its note; copies go to .trash.")
@shared_options
def conflicts(options: Options, copies: tuple[str, ...], *, merge: bool) -> Report:
    """List the conflict copies of sync clients; with --merge unite each with its note.

    Ticks are united. Text that one side alone has changed since the last common text is taken; where both changed it,
    or no common text is known, both versions stay, one after the other. Copies are kept in `.trash`.
    """
    session = options.session()
    keeper = session.keeper()
    keeper.read_all()
    found = find_conflicts(keeper, keeper.problems(keeper.figures()))
    if copies:
        wanted = {vault_path(session.vault.root, copy) for copy in copies}
        unknown = sorted(wanted - {one.copy for one in found})
        if unknown:
            raise click.UsageError(f"“{unknown[0]}” is no conflict copy; `microwins conflicts` lists them.")
        found = [one for one in found if one.copy in wanted]
    if not merge:
        return Report({"conflicts": [_shape(one) for one in found]}, harmless(options.lines(_listed(found))))
    session.vault.require_consent()
    done = [resolve(keeper, one) for one in counted(found, len(found), say("progress.merging"))]
    keeper.read_all()
    outcome = update_others(session, keeper, "conflicts")
    data = {
        "conflicts": [{**_shape(one.conflict), **_result(one)} for one in done],
        "written": outcome.written if outcome else [],
    }
    left = any(one.reason for one in done)
    text = options.lines("\n".join(map(_told, done)) or say("conflicts.none"))
    return Report(data, harmless(text), exit_code=3 if left else 0)


def _shape(conflict: Conflict) -> dict[str, object]:
    return {
        "code": COPY,
        "copy": conflict.copy,
        "note": conflict.note,
        "ticks": conflict.ticks,
        "lines": conflict.lines,
        "common_text": conflict.common,
    }


def _result(done: Resolution) -> dict[str, object]:
    kept = [
        {"line": line, "ours": ours, "theirs": theirs}
        for line, ours, theirs in (passages(done.result) if done.result else ())
    ]
    return {"merged": done.reason is None, "reason": done.reason, "trash": done.trash, "kept_both": kept}


def _listed(found: list[Conflict]) -> str:
    if not found:
        return say("conflicts.none")
    copies = (phrases.conflict(one.copy, one.note, one.ticks, one.lines) for one in found)
    return "\n".join((*copies, "", say("conflicts.how")))


def _told(done: Resolution) -> str:
    name = PurePosixPath(done.conflict.note or done.conflict.copy).name
    if done.reason is not None:
        shown = [
            f"--- {name}\n{ours}\n--- {PurePosixPath(done.conflict.copy).name}\n{theirs}"
            for _, ours, theirs in (passages(done.result) if done.result else ())
        ]
        return "\n".join((phrases.not_merged(done.conflict.copy, done.reason), *shown))
    lines = [line for line, _, _ in passages(done.result)] if done.result else []
    return phrases.merged(done.conflict.note or "", done.trash or "", lines)
