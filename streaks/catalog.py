"""The micro-wins of a vault, and how a box finds the one that it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..parsers.declaration import Declaration
from ..parsers.goal import Goal
from ..parsers.identity import bare_key, is_words, numberless_key, slug, text_key
from ..parsers.line_words import read_quantities, without_quantities
from ..parsers.links import NoteNames, without_links
from ..parsers.problem import Problem
from ..parsers.task import LineFields
from ..parsers.units import unit_key
from .archive import NEVER, Archive, archives
from .calendar import NeutralDays
from .micro_win import MicroWin, Phase


@dataclass(frozen=True, slots=True)
class Match:
    """The micro-win that a box belongs to and why; `rivals` are those between which it could not be settled."""

    win: MicroWin | None
    reason: str
    rivals: tuple[MicroWin, ...] = ()
    depends_on_place: bool = False
    """Whether a box of the same text in another note may belong to another micro-win."""


@dataclass(frozen=True, slots=True)
class VaultDefaults:
    """What a goal takes from the vault where it says nothing itself."""

    neutral: NeutralDays = NeutralDays()
    grace: str = "none"


NO_MATCH = Match(None, "no micro-win is called this")
_MOST_TEXTS = 1 << 14
_HEAD = 4
"""Signs at the beginning of a line, a space and letters, by which it is told from the names of all micro-wins at once."""
_Called = tuple[MicroWin, str]
"""A micro-win, and what of it is called so: its text, an earlier name, its smaller version."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """All goals by path, all micro-wins by id, and the keys under which boxes find them."""

    goals: Mapping[str, Goal] = field(default_factory=dict)
    wins: Mapping[str, MicroWin] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    archives: Mapping[str, Archive] = field(default_factory=dict)
    _by_id: Mapping[str, tuple[_Called, ...]] = field(default_factory=dict)
    _by_key: Mapping[str, tuple[_Called, ...]] = field(default_factory=dict)
    _by_numberless: Mapping[str, tuple[_Called, ...]] = field(default_factory=dict)
    heads: frozenset[str] = frozenset()
    """How all keys begin: most boxes are of no micro-win, and most of these begin otherwise."""
    _names: NoteNames = NoteNames()
    _of_text: dict[str, Match] = field(default_factory=dict, compare=False, repr=False)

    def goal_path(self, link: str, near: str = "") -> str | None:
        """Return the path of the goal that a link in the note at `near` means, by path, file name, title or alias.

        None where it is no goal's name, or that of several goals of which none is nearer than the others.
        """
        found = self._names.find(link, near)
        return found[0] if len(found) == 1 else None

    def is_unknown(self, body: str) -> bool:
        """Return whether a line of only words, without any number or field, surely belongs to no micro-win; told at once."""
        if is_words(body) is None:
            return False
        head = body[:_HEAD]
        is_plain = len(head) == _HEAD and head[0] == " " and head[1:].isalpha()
        if is_plain and head.lower() not in self.heads:
            return True
        key = bare_key(body)
        return key not in self._by_key and key not in self._by_numberless

    def match_anywhere(self, fields: LineFields) -> Match | None:
        """Return the micro-win that a box belongs to in whatever note it stands; None where that depends on the note."""
        if fields.links or fields.id:
            return None
        found = self.match(fields, "")
        return None if found.depends_on_place else found

    def match(self, fields: LineFields, path: str) -> Match:
        """Return the micro-win that a box in the note at `path` belongs to: by its id, else by its text."""
        if fields.links or fields.id:
            return self._match(fields, path)
        found = self._of_text.get(fields.text)
        if found is None:
            found = self._match(fields, path)
            if len(self._of_text) < _MOST_TEXTS and not found.depends_on_place:
                self._of_text[fields.text] = found
        return found

    def forget_texts(self) -> None:
        """Let go of what is remembered of texts, after many were matched."""
        self._of_text.clear()

    def _match(self, fields: LineFields, path: str) -> Match:
        linked = {goal for link in fields.links for goal in self._names.find(link, path)}
        called = self._by_id.get(fields.id or "", ())
        if called:
            return _settled(called, linked, path, "")
        for key in self._keys(fields.text, linked, path):
            for table, name, addition in (
                (self._by_key, key, ""),
                (self._by_numberless, numberless_key(key), " without its numbers"),
            ):
                found = table.get(name, ())
                if found:
                    return _settled(found, linked, path, addition)
        return self._match_with_amount(fields, linked, path)

    def _match_with_amount(self, fields: LineFields, linked: set[str], path: str) -> Match:
        """Match `Run 4 km` with `Run [target:: 10 km]`: what was done stands in the text, and is no part of the name."""
        units = frozenset(unit_key(one.unit) for _, one in read_quantities(fields.text))
        for key in self._keys(without_quantities(fields.text), linked, path) if units else ():
            found = tuple(called for called in self._by_key.get(key, ()) if called[0].units & units)
            if found:
                return _settled(found, linked, path, " without its amount")
        return NO_MATCH

    def _keys(self, text: str, linked: set[str], path: str) -> Iterator[str]:
        """Yield the keys of a box: a link to its goal settles a tie, so it is tried as no part of the name too."""
        key = text_key(text)
        if key:
            yield key
        if linked:
            shorter = text_key(without_links(text, lambda link: bool(self._names.find(link, path))))
            if shorter and shorter != key:
                yield shorter


def make_catalog(goals: Iterable[Goal], defaults: VaultDefaults = VaultDefaults()) -> Catalog:
    """Return the catalog of these goals; the order in which they come makes no difference."""
    ordered = sorted(goals, key=lambda goal: goal.path)
    names = NoteNames.of((goal.path, (goal.title, *goal.aliases)) for goal in ordered)
    found, unclear = _with_parents(ordered, names)
    aside = archives(found)
    drafts = [
        win if aside[goal.path] is NEVER else aside[goal.path].taking(win)
        for goal in found
        for win in _declared(goal, defaults)
    ]
    wins, taken = _with_unique_ids(drafts)
    by_key: dict[str, tuple[_Called, ...]] = {}
    by_numberless: dict[str, tuple[_Called, ...]] = {}
    for win in wins.values():
        called = _called(win)
        for key, name in called.items():
            by_key[key] = (*by_key.get(key, ()), (win, name))
        for key, name in {numberless_key(key): name for key, name in reversed(called.items())}.items():
            by_numberless[key] = (*by_numberless.get(key, ()), (win, name))
    return Catalog(
        {goal.path: goal for goal in found},
        wins,
        (*taken, *unclear),
        aside,
        _ids(wins, drafts),
        by_key,
        by_numberless,
        frozenset(f" {key}"[:_HEAD] for key in (*by_key, *by_numberless)),
        names,
    )


def _ids(wins: Mapping[str, MicroWin], drafts: Iterable[MicroWin]) -> dict[str, tuple[_Called, ...]]:
    """Return the micro-wins by id: by the one that they have, and by the one that is written in their goal."""
    found: dict[str, tuple[_Called, ...]] = {}
    for win, draft in zip(wins.values(), drafts, strict=True):
        for one in dict.fromkeys((win.id, *([draft.id] if draft.has_own_id else []))):
            found[one] = (*found.get(one, ()), (win, "id"))
    return found


def _called(win: MicroWin) -> dict[str, str]:
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


def _with_parents(goals: Iterable[Goal], names: NoteNames) -> tuple[list[Goal], tuple[Problem, ...]]:
    """Put in the place of each link to a parent the path that it means; report those that could mean several."""
    found: list[Goal] = []
    problems: list[Problem] = []
    for goal in goals:
        parents = names.find(goal.parent, goal.path) if goal.parent else ()
        if len(parents) > 1:
            problems.append(
                Problem(
                    goal.path, goal.parent_line, "goal-link-ambiguous",
                    f"The parent “{goal.parent}” could be {_listed(parents)}, so none of them counts.",
                    f"Write its path: [[{parents[0].removesuffix('.md')}]].",
                )
            )  # fmt: skip
            found.append(replace(goal, parent=None))
        else:
            found.append(replace(goal, parent=parents[0]) if parents else goal)
    return found, tuple(problems)


def _settled(found: Sequence[_Called], linked: set[str], path: str, addition: str) -> Match:
    """Choose among micro-wins of one name: the goal linked to, else the goal in whose note the box stands."""
    if len(found) == 1:
        return Match(found[0][0], f"{found[0][1]}{addition}")
    for goals, why in ((linked, "a link to its goal"), ({path}, "its goal's own note")):
        chosen = [(win, name) for win, name in found if win.goal in goals]
        if len(chosen) == 1:
            return Match(chosen[0][0], f"{chosen[0][1]}{addition}, and {why}", depends_on_place=True)
    rivals = tuple(win for win, _ in found)
    ids = _listed([win.id for win in rivals])
    return Match(None, f"the text{addition} fits several micro-wins: {ids}", rivals, depends_on_place=True)


def _listed(names: Sequence[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _declared(goal: Goal, defaults: VaultDefaults) -> list[MicroWin]:
    """Return a goal's micro-wins; lines of the same name are one micro-win with several phases."""
    groups: dict[str, list[Declaration]] = {}
    same = _renamed(goal.declarations)
    for declaration in goal.declarations:
        name = _name(declaration)
        groups.setdefault(same.get(name, name), []).append(declaration)
    return sorted((_micro_win(goal, lines, defaults) for lines in groups.values()), key=lambda win: win.line)


def _name(declaration: Declaration) -> str:
    return declaration.id or text_key(declaration.text)


def _renamed(declarations: Sequence[Declaration]) -> dict[str, str]:
    """Return the names that mean another line's micro-win: an earlier name, or one that a dated line made grow.

    `Jog 10 minutes` and `Jog 20 minutes [from:: …]` are one micro-win, and so are `Jog` and `Run [was:: Jog]`.
    """
    if not any(declaration.aliases or declaration.since for declaration in declarations):
        return {}
    names = {_name(declaration) for declaration in declarations}
    same: dict[str, str] = {}
    for declaration in declarations:
        for alias in declaration.aliases:
            if text_key(alias) in names - {_name(declaration)}:
                same[text_key(alias)] = _name(declaration)
    undated = {
        numberless_key(_name(one)): _name(one) for one in declarations if one.since is None and one.id is None
    }
    for declaration in declarations:
        first = undated.get(numberless_key(_name(declaration)))
        if (
            declaration.since is not None
            and declaration.id is None
            and first not in {None, _name(declaration)}
        ):
            same.setdefault(_name(declaration), first or "")
    return same


def _micro_win(goal: Goal, lines: list[Declaration], defaults: VaultDefaults) -> MicroWin:
    lines.sort(key=lambda line: (line.since is not None, line.since, line.line))
    newest = lines[-1]
    return MicroWin(
        id=newest.id or slug(newest.text),
        has_own_id=newest.id is not None,
        text=newest.text,
        goal=goal.path,
        line=min(line.line for line in lines),
        phases=tuple(_phase(goal, line) for line in lines),
        schedule=newest.schedule,
        neutral=defaults.neutral
        | NeutralDays(goal.rest, goal.pauses)
        | NeutralDays(pauses=tuple(pause for line in lines for pause in line.pauses)),
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
        inactive=goal.archived,
        retired=goal.retired,
        count=newest.count,
        reading=unit_key(goal.measure.unit) if goal.measure and goal.measure.start is not None else None,
    )


def _phase(goal: Goal, line: Declaration) -> Phase:
    ends = [day for day in (line.until, goal.end) if day is not None]
    return Phase(line.since or goal.start, min(ends, default=None), line.rule, line.target, line.rest)


def _with_unique_ids(drafts: list[MicroWin]) -> tuple[dict[str, MicroWin], tuple[Problem, ...]]:
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
