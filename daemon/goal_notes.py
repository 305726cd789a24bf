"""New goal notes: where they stand, and the proof that what is written is read back as what was meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from ..parsers.declaration import Declaration, read_declaration
from ..parsers.goal import Goal
from ..parsers.identity import numberless_key, text_key
from ..parsers.ignored import is_conflict_copy, is_leftover
from ..parsers.measure import read_measure
from ..parsers.note import read_note
from ..parsers.schedule import read_schedule
from ..streaks.catalog import Catalog
from ..templates.goal_draft import GoalDraft, WinDraft, goal_note_text
from ..templates.goal_template import merged_goal
from .change import Change
from .errors import MicrowinsError
from .vault import Vault
from .vault_template import Made, from_template

LONGEST_NAME = 120
_NOT_IN_NAMES = re.compile(r"[\\/:*?\"<>|#^\[\]\x00-\x1f\x7f]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.IGNORECASE)


class NotDeclarable(MicrowinsError):
    """A text cannot be written into a goal so that it would be read back as what was meant."""

    code = "not-declarable"


class GoalExists(MicrowinsError):
    """There is a goal of this name, or a note where the new one would stand."""

    code = "goal-exists"


class NoSuchGoal(MicrowinsError):
    """No goal is called what was asked for."""

    code = "no-such-goal"


class SeveralGoals(MicrowinsError):
    """What was asked for fits several goals."""

    code = "several-goals"


class WinExists(MicrowinsError):
    """Another goal has a micro-win of this name, and boxes could not be told apart."""

    code = "micro-win-exists"


def goal_folder(goals: Mapping[str, object]) -> str:
    """Return the folder in which most goals stand; the vault's own where there are none."""
    folders = Counter(path.rpartition("/")[0] for path in sorted(goals))
    return folders.most_common(1)[0][0] if folders else ""


def file_name(title: str) -> str:
    """Return a title as the name of a note, without what file systems or links do not take.

    >>> file_name("Run: 5 km / week?"), file_name("...")
    ('Run 5 km week', '')
    """
    name = " ".join(_NOT_IN_NAMES.sub(" ", title).split())[:LONGEST_NAME].strip(" .")
    return f"{name} goal" if _RESERVED.match(name) else name


def goal_path(title: str, folder: str) -> str:
    """Return the path of a new goal's note; raise NotDeclarable where its title holds nothing to name a note by."""
    name = file_name(title)
    if not name:
        raise NotDeclarable(f"“{title}” holds nothing that a note could be called.", "Use letters or digits.")
    return f"{folder}/{name}.md" if folder else f"{name}.md"


def new_goal(vault: Vault, catalog: Catalog, draft: GoalDraft, path: str, day: date) -> Change:
    """Return the making of a goal's note, proved: read back, it says what the draft does.

    The vault's own template for goals is used, where it has one; `day` is the one in its placeholders.

    Raise GoalExists, WinExists or NotDeclarable.
    """
    there = catalog.goal_path(draft.title) or (path if (vault.root / path).exists() else None)
    if there is not None:
        raise GoalExists(
            f"There is a goal or a note “{draft.title}” already ({there}).", "Choose another title."
        )
    if _is_left_out(vault, path):
        raise NotDeclarable(
            f"A goal in {path} would not be read: notes there, or of such a name, are left out.",
            "Choose another folder or title.",
        )
    require_new_wins(catalog, draft.micro_wins)
    name = path.rpartition("/")[2].removesuffix(".md")
    text = goal_note_text(draft, name, vault.reading.words)
    _prove(vault, draft, path, text)
    made = from_template(vault, "goal", draft.title, day)
    if isinstance(made, Made):
        text = merged_goal(made.text, text, ("start",) if draft.has_history else ())
        _prove_own(vault, draft, path, text, made.path)
    return Change(path, None, text.encode())


def declarable(win: WinDraft) -> Declaration:
    """Return what a drafted micro-win is read as; raise NotDeclarable where that is not what was meant."""
    declaration, problems = read_declaration(win.body, 1, "")
    if problems:
        raise NotDeclarable(problems[0].message, problems[0].remedy)
    same = declaration is not None and (
        text_key(declaration.text) == text_key(win.text)
        and (declaration.after or "", declaration.minimum or "", declaration.id or "")
        == (win.after, win.minimum, win.id)
        and (
            bool(win.more)
            or (declaration.rule, declaration.since) == (read_schedule(win.schedule), win.since)
        )
    )
    if declaration is None or not same:
        raise NotDeclarable(
            f"“{win.text}” would be read as something else in a goal.",
            "Use plain words, without fields or signs.",
        )
    return declaration


def _is_left_out(vault: Vault, path: str) -> bool:
    parts = path.split("/")
    places = ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
    unread = any(is_leftover(part) for part in parts) or is_conflict_copy(parts[-1])
    return unread or any(vault.exclusions.leaves_out(place) for place in places)


def is_declarable(vault: Vault, win: WinDraft) -> bool:
    """Return whether a micro-win, in a note of its own, is read as what was meant, and makes nothing else of the note."""
    draft = GoalDraft("Goal", (win,))
    try:
        declarable(win)
        _prove(vault, draft, "Goal.md", goal_note_text(draft, "Goal", vault.reading.words))
    except NotDeclarable:
        return False
    return True


def require_new_wins(catalog: Catalog, wins: Sequence[WinDraft], goal: str | None = None) -> None:
    """Raise WinExists where a goal other than `goal` has a micro-win of one of these names."""
    for win in wins:
        declared = declarable(win)
        for other in catalog.wins.values():
            taken = {text_key(name) for name in (other.text, *other.aliases)}
            if other.goal != goal and text_key(declared.text) in taken:
                raise WinExists(
                    f"“{other.name}” is a micro-win of {other.goal} already.",
                    "Give it another name, or leave it out.",
                )


def find_goal(catalog: Catalog, name: str) -> Goal:
    """Return the goal that is called so, by its title, its file or its path, or, if only one is, by a part of its title."""
    path = catalog.goal_path(name)
    wanted = text_key(name)
    fits = (
        [path] if path else [one.path for one in catalog.goals.values() if wanted and _is_called(one, wanted)]
    )
    if len(fits) == 1:
        return catalog.goals[fits[0]]
    if fits:
        names = ", ".join(f"“{catalog.goals[one].title}” ({one})" for one in fits[:5])
        raise SeveralGoals(f"“{name}” fits several goals: {names}.", "Write more of the title, or the path.")
    raise NoSuchGoal(f"No goal is called “{name}”.", "`microwins goals` lists them.")


def _is_called(goal: Goal, wanted: str) -> bool:
    names = (goal.title, goal.path.rpartition("/")[2].removesuffix(".md"))
    return any(wanted in text_key(name) for name in names)


def link_to(catalog: Catalog, goal: Goal) -> str:
    """Return what a link to a goal says: the name of its note, or its path where another note of that name could be meant."""
    whole = goal.path.removesuffix(".md")
    name = whole.rpartition("/")[2]
    return name if catalog.goal_path(name) == goal.path else whole


def grown_from(win: WinDraft, declarations: Sequence[Declaration]) -> Declaration | None:
    """Return the declaration of the same goal that differs from a new one in its numbers alone."""
    key = numberless_key(text_key(win.text))
    return next((one for one in declarations if numberless_key(text_key(one.text)) == key), None)


def _prove_own(vault: Vault, draft: GoalDraft, path: str, text: str, template: str) -> None:
    """Raise NotDeclarable where a note made of the vault's template does not hold what the draft says, with whatever else."""
    note = read_note(path, text, vault.reading)
    goal = note.goal
    wins = {text_key(one.text) for one in goal.declarations} if goal else set()
    steps = {text_key(task.fields.text) for task in note.tasks}
    whole = {text_key(win.text) for win in draft.micro_wins} <= wins and set(
        map(text_key, draft.steps)
    ) <= steps
    if goal is None or goal.title != draft.title or not whole or note.markers_broken or note.kind is not None:
        raise NotDeclarable(
            f"With the template {template} the goal “{draft.title}” would be read back as something else.",
            "Correct the template that `goals.template` names: our sections may not stand in code or a comment.",
        )


def _prove(vault: Vault, draft: GoalDraft, path: str, text: str) -> None:
    note = read_note(path, text, vault.reading)
    goal = note.goal
    meant = (
        draft.title, draft.identity or None, draft.parent or None, draft.target, draft.start,
        read_measure(draft.measure) if draft.measure else None,
        [text_key(win.text) for win in draft.micro_wins], list(map(text_key, draft.steps)),
    )  # fmt: skip
    said = goal and (
        goal.title, goal.identity, goal.parent, goal.target, goal.start, goal.measure,
        [text_key(one.text) for one in goal.declarations], [text_key(task.fields.text) for task in note.tasks],
    )  # fmt: skip
    if said != meant or note.problems or note.blocks or note.kind is not None:
        advice = note.problems[0].message if note.problems else "Use plain words, without fields or signs."
        raise NotDeclarable(f"The goal “{draft.title}” would be read back as something else.", advice)
