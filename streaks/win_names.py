"""What micro-wins are called: which lines mean the same one, the keys under which boxes find it, ids that no two share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ..parsers.declaration import Declaration
from ..parsers.identity import numberless_key, slug, text_key
from ..parsers.problem import Problem
from .micro_win import MicroWin


def keys_of(win: MicroWin) -> dict[str, str]:
    """Return the keys under which a micro-win is found, each with what of it is called so; its text comes first."""
    named = [(win.text, "text"), *((alias, "earlier name") for alias in win.aliases)]
    if win.minimum:
        named.append((win.minimum, "smaller version"))
    found: dict[str, str] = {}
    for text, name in named:
        key = text_key(text)
        if key:
            found.setdefault(key, name)
    return found


def what_is_called(key: str, win: MicroWin) -> str:
    """Return what of a micro-win is called by this key: its text, an earlier name, its smaller version."""
    return keys_of(win)[key]


def what_is_called_but_for_numbers(key: str, win: MicroWin) -> str:
    """Return the same for what is called so but for its numbers."""
    wanted = numberless_key(key)
    return next(name for one, name in keys_of(win).items() if numberless_key(one) == wanted)


def name_of(declaration: Declaration) -> str:
    """Return what the micro-win of a line is called: lines of the same name are one."""
    return declaration.id or text_key(declaration.text)


def renamed(declarations: Sequence[Declaration]) -> dict[str, str]:
    """Return the names that mean another line's micro-win: an earlier name, or one that a dated line made grow.

    `Jog 10 minutes` and `Jog 20 minutes [from:: …]` are one micro-win, and so are `Jog` and `Run [was:: Jog]`.
    """
    if not any(declaration.aliases or declaration.since for declaration in declarations):
        return {}
    names = {name_of(declaration) for declaration in declarations}
    same: dict[str, str] = {}
    for declaration in declarations:
        for alias in declaration.aliases:
            if text_key(alias) in names - {name_of(declaration)}:
                same[text_key(alias)] = name_of(declaration)
    undated = {
        numberless_key(name_of(one)): name_of(one)
        for one in declarations
        if one.since is None and one.id is None
    }
    for declaration in declarations:
        first = undated.get(numberless_key(name_of(declaration)))
        if (
            declaration.since is not None
            and declaration.id is None
            and first not in {None, name_of(declaration)}
        ):
            same.setdefault(name_of(declaration), first or "")
    return same


def with_unique_ids(drafts: list[MicroWin]) -> tuple[dict[str, MicroWin], tuple[Problem, ...]]:
    """Give micro-wins of different goals that share a name an id that holds the goal's name too.

    An id that is written in a goal stays as it is, unless it is written twice.
    """
    written = Counter(win.id for win in drafts if win.has_own_id)
    uses = Counter(win.id for win in drafts)
    wins: dict[str, MicroWin] = {}
    problems: list[Problem] = []
    for win in drafts:
        unique = (
            f"{slug(win.goal.rpartition('/')[2].removesuffix('.md'))}/{win.id}"
            if (written[win.id] > 1 if win.has_own_id else uses[win.id] > 1)
            else win.id
        )
        if unique in wins or (win.has_own_id and written[win.id] > 1):
            problems.append(
                Problem(win.goal, win.line, "id-duplicate", f"The id `{win.id}` is that of another micro-win too.",
                        "Give one of them an id of its own: [id:: another-name].")
            )  # fmt: skip
            unique = f"{unique}-{win.line}" if unique in wins else unique
        wins[unique] = win if win.id == unique else replace(win, id=unique)
    return wins, tuple(problems)
