"""The micro-wins of a vault, and how a box finds the one that it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from ..parsers.declaration import Declaration
from ..parsers.goal import Goal
from ..parsers.identity import numberless_key, slug, text_key
from ..parsers.links import without_links
from ..parsers.problem import Problem
from ..parsers.task import LineFields
from .calendar import NeutralDays
from .micro_win import MicroWin, Phase


@dataclass(frozen=True, slots=True)
class Match:
    """The micro-win that a box belongs to and why; `rivals` are those between which it could not be settled."""

    win: MicroWin | None
    reason: str
    rivals: tuple[MicroWin, ...] = ()


@dataclass(frozen=True, slots=True)
class VaultDefaults:
    """What a goal takes from the vault where it says nothing itself."""

    neutral: NeutralDays = NeutralDays()
    grace: str = "none"


NO_MATCH = Match(None, "no micro-win is called this")


@dataclass(frozen=True, slots=True)
class Catalog:
    """All goals by path, all micro-wins by id, and the keys under which boxes find them."""

    goals: Mapping[str, Goal] = field(default_factory=dict)
    wins: Mapping[str, MicroWin] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    _by_key: Mapping[str, tuple[MicroWin, ...]] = field(default_factory=dict)
    _by_numberless: Mapping[str, tuple[MicroWin, ...]] = field(default_factory=dict)
    _names: Mapping[str, str] = field(default_factory=dict)

    def goal_path(self, link: str) -> str | None:
        """Return the path of the goal that a link's target names: by path, file name, title or alias."""
        return self._names.get(_name_key(link))

    def match(self, fields: LineFields, path: str) -> Match:
        """Return the micro-win that a box in the note at `path` belongs to: by its id, else by its text."""
        if fields.id is not None and fields.id in self.wins:
            return Match(self.wins[fields.id], "id")
        linked = {goal for goal in map(self.goal_path, fields.links) if goal}
        for key in _keys(fields.text, linked):
            for table, name, reason in (
                (self._by_key, key, "text"),
                (self._by_numberless, numberless_key(key), "text without its numbers"),
            ):
                found = table.get(name, ())
                if found:
                    return _settled(found, linked, path, reason)
        return NO_MATCH


def make_catalog(goals: Iterable[Goal], defaults: VaultDefaults = VaultDefaults()) -> Catalog:
    """Return the catalog of these goals; the order in which they come makes no difference."""
    by_path = {goal.path: goal for goal in sorted(goals, key=lambda goal: goal.path)}
    names = _names(by_path.values())
    drafts = [win for goal in by_path.values() for win in _declared(goal, defaults)]
    wins, problems = _with_unique_ids(drafts)
    by_key: dict[str, tuple[MicroWin, ...]] = {}
    by_numberless: dict[str, tuple[MicroWin, ...]] = {}
    for win in wins.values():
        keys = {text_key(text) for text in (win.text, *win.aliases, *([win.minimum] if win.minimum else []))}
        for key in sorted(keys - {""}):
            by_key[key] = (*by_key.get(key, ()), win)
        for key in sorted({numberless_key(key) for key in keys - {""}}):
            by_numberless[key] = (*by_numberless.get(key, ()), win)
    return Catalog(by_path, wins, problems, by_key, by_numberless, names)


def _keys(text: str, linked: set[str]) -> list[str]:
    """Return the keys of a box: a link to its goal settles a tie, so it is tried as no part of the name too."""
    keys = [text_key(text)]
    if linked:
        keys.append(text_key(without_links(text)))
    return [key for key in keys if key]


def _settled(found: Sequence[MicroWin], linked: set[str], path: str, reason: str) -> Match:
    """Choose among micro-wins of one name: the goal linked to, else the goal in whose note the box stands."""
    if len(found) == 1:
        return Match(found[0], reason)
    for goals, why in ((linked, "link to its goal"), ({path}, "its goal's own note")):
        chosen = [win for win in found if win.goal in goals]
        if len(chosen) == 1:
            return Match(chosen[0], f"{reason} and {why}")
    return Match(None, f"the {reason} fits several micro-wins", tuple(found))


def _declared(goal: Goal, defaults: VaultDefaults) -> list[MicroWin]:
    """Return a goal's micro-wins; lines of the same name are one micro-win with several phases."""

    def name(declaration: Declaration) -> str:
        return declaration.id or text_key(declaration.text)

    ordered = sorted(goal.declarations, key=name)
    wins = [_micro_win(goal, list(group), defaults) for _, group in groupby(ordered, name)]
    return sorted(wins, key=lambda win: win.line)


def _micro_win(goal: Goal, lines: list[Declaration], defaults: VaultDefaults) -> MicroWin:
    lines.sort(key=lambda line: (line.since is not None, line.since, line.line))
    newest = lines[-1]
    return MicroWin(
        id=newest.id or slug(newest.text),
        text=newest.text,
        goal=goal.path,
        line=min(line.line for line in lines),
        phases=tuple(_phase(goal, line) for line in lines),
        schedule=newest.schedule,
        neutral=defaults.neutral | NeutralDays(goal.rest, goal.pauses),
        grace=goal.grace or defaults.grace,
        minimum=newest.minimum,
        after=newest.after,
        frog=newest.frog,
        tags=newest.tags,
        aliases=tuple(
            dict.fromkeys(
                alias for line in lines for alias in (*line.aliases, line.text) if alias != newest.text
            )
        ),
    )


def _phase(goal: Goal, line: Declaration) -> Phase:
    ends = [day for day in (line.until, goal.end) if day is not None]
    return Phase(line.since or goal.start, min(ends, default=None), line.rule, line.target)


def _with_unique_ids(drafts: list[MicroWin]) -> tuple[dict[str, MicroWin], tuple[Problem, ...]]:
    """Give micro-wins of different goals that share a name an id that holds the goal's name too."""
    uses = Counter(win.id for win in drafts)
    wins: dict[str, MicroWin] = {}
    problems: list[Problem] = []
    for win in drafts:
        unique = (
            f"{slug(win.goal.rpartition('/')[2].removesuffix('.md'))}/{win.id}"
            if uses[win.id] > 1
            else win.id
        )
        if unique in wins:
            problems.append(
                Problem(win.goal, win.line, "id-duplicate", f"The id `{unique}` is taken by another micro-win.",
                        "Give one of them an id of its own: [id:: another-name].")
            )  # fmt: skip
            unique = f"{unique}-{win.line}"
        wins[unique] = replace(win, id=unique)
    return wins, tuple(problems)


def _names(goals: Iterable[Goal]) -> dict[str, str]:
    """Return the goals by every name; what a note is called comes before what another calls itself."""
    names: dict[str, str] = {}
    found = list(goals)
    for called in (_path, _file_name, _titles):
        for goal in found:
            for name in called(goal):
                names.setdefault(_name_key(name), goal.path)
    return names


def _path(goal: Goal) -> tuple[str, ...]:
    return (goal.path,)


def _file_name(goal: Goal) -> tuple[str, ...]:
    return (goal.path.rpartition("/")[2],)


def _titles(goal: Goal) -> tuple[str, ...]:
    return (goal.title, *goal.aliases)


def _name_key(link: str) -> str:
    return " ".join(link.partition("#")[0].removesuffix(".md").casefold().split()).strip("/")
