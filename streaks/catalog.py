"""The micro-wins of a vault, and how a box finds the one that it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from ..parsers.goal import Goal
from ..parsers.identity import bare_key, has_number, is_words, numberless_key, text_key
from ..parsers.line_words import read_quantities, without_quantities
from ..parsers.links import NoteNames, without_links
from ..parsers.named import Named
from ..parsers.problem import Problem
from ..parsers.task import LineFields
from ..parsers.units import unit_key
from .archive import Archive, archives
from .calendar import NeutralDays
from .declared_wins import declared_wins
from .micro_win import MicroWin
from .win_names import keys_of, what_is_called, what_is_called_but_for_numbers, with_unique_ids


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
_MOST_TEXTS = 1 << 10
"""Texts of which it is remembered what they match: as many as stand in the notes of a few weeks."""
_HEAD = 4
"""Signs at the beginning of a line, a space and letters, by which it is told from the names of all micro-wins at once."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """All goals by path, all micro-wins by id, and the keys under which boxes find them.

    `archives` has the goals that are ever put aside, `_by_id` the ids that are written in a goal and became others, and
    `_by_numberless` the keys that have numbers: a key without any is there already.
    """

    goals: Mapping[str, Goal] = field(default_factory=dict)
    wins: Mapping[str, MicroWin] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    archives: Mapping[str, Archive] = field(default_factory=dict)
    _by_id: Named[MicroWin] = field(default_factory=Named)
    _by_key: Named[MicroWin] = field(default_factory=Named)
    _by_numberless: Named[MicroWin] = field(default_factory=Named)
    heads: frozenset[str] = frozenset()
    """How all keys begin: most boxes are of no micro-win, and most of these begin otherwise."""
    _names: NoteNames = field(default_factory=NoteNames)
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
        return bare_key(body) not in self._by_key

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
            if not found.depends_on_place:
                if len(self._of_text) >= _MOST_TEXTS:
                    self._of_text.clear()
                self._of_text[fields.text] = found
        return found

    def forget_texts(self) -> None:
        """Let go of what is remembered of texts, after many were matched."""
        self._of_text.clear()

    def _match(self, fields: LineFields, path: str) -> Match:
        linked = {goal for link in fields.links for goal in self._names.find(link, path)}
        found = self._with_id(fields.id) if fields.id else ()
        if found:
            return _settled(found, _by_its_id, linked, path, "")
        for key in self._keys(fields.text, linked, path):
            found = self._by_key.of(key)
            if found:
                return _settled(found, partial(what_is_called, key), linked, path, "")
            found = self._by_numberless.of(numberless_key(key))
            if found:
                return _settled(
                    found, partial(what_is_called_but_for_numbers, key), linked, path, " without its numbers"
                )
        return self._match_with_amount(fields, linked, path)

    def _with_id(self, written: str) -> tuple[MicroWin, ...]:
        found = self._by_id.of(written)
        return found or ((self.wins[written],) if written in self.wins else ())

    def _match_with_amount(self, fields: LineFields, linked: set[str], path: str) -> Match:
        """Match `Run 4 km` with `Run [target:: 10 km]`: what was done stands in the text, and is no part of the name."""
        units = frozenset(unit_key(one.unit) for _, one in read_quantities(fields.text))
        for key in self._keys(without_quantities(fields.text), linked, path) if units else ():
            found = tuple([win for win in self._by_key.of(key) if win.units & units])
            if found:
                return _settled(found, partial(what_is_called, key), linked, path, " without its amount")
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
    drafts: list[MicroWin] = []
    keys: list[tuple[str, ...]] = []
    for goal in found:
        for win in declared_wins(goal, defaults.neutral, defaults.grace) if goal.declarations else ():
            drafts.append(aside[goal.path].taking(win) if goal.path in aside else win)
            keys.append(tuple(keys_of(win)))  # now, while it is remembered what its text is folded to
    wins, taken = with_unique_ids(drafts)
    by_key, by_numberless = _by_keys(zip(wins.values(), keys, strict=True))
    return Catalog(
        {goal.path: goal for goal in found},
        wins,
        (*taken, *unclear),
        aside,
        _ids(wins, drafts),
        by_key,
        by_numberless,
        frozenset([f" {key}"[:_HEAD] for key in (*by_key.names(), *by_numberless.names())]),
        names,
    )


def _by_keys(wins: Iterable[tuple[MicroWin, Iterable[str]]]) -> tuple[Named[MicroWin], Named[MicroWin]]:
    """Return the micro-wins by their keys, and by those that have numbers without these."""
    by_key: Named[MicroWin] = Named()
    by_numberless: Named[MicroWin] = Named()
    for win, keys in wins:
        for key in keys:
            by_key.add(key, win)
        for key in {numberless_key(key) for key in keys if has_number(key)}:
            by_numberless.add(key, win)
    return by_key, by_numberless


def _ids(wins: Mapping[str, MicroWin], drafts: Sequence[MicroWin]) -> Named[MicroWin]:
    """Return the micro-wins by those ids that are written in a goal and became another: all that have or had one of them."""
    both = [
        (win, draft.id if draft.has_own_id else win.id)
        for win, draft in zip(wins.values(), drafts, strict=True)
    ]
    changed = {written for win, written in both if written != win.id}
    found: Named[MicroWin] = Named()
    for win, written in both if changed else ():
        for one in changed & {win.id, written}:
            found.add(one, win)
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


def _settled(
    found: tuple[MicroWin, ...],
    name_of: Callable[[MicroWin], str],
    linked: set[str],
    path: str,
    addition: str,
) -> Match:
    """Choose among micro-wins of one name: the goal linked to, else the goal in whose note the box stands."""
    if len(found) == 1:
        return Match(found[0], f"{name_of(found[0])}{addition}")
    for goals, why in ((linked, "a link to its goal"), ({path}, "its goal's own note")):
        chosen = [win for win in found if win.goal in goals]
        if len(chosen) == 1:
            return Match(chosen[0], f"{name_of(chosen[0])}{addition}, and {why}", depends_on_place=True)
    ids = _listed([win.id for win in found])
    return Match(None, f"the text{addition} fits several micro-wins: {ids}", found, depends_on_place=True)


def _by_its_id(_: MicroWin) -> str:
    return "id"


def _listed(names: Sequence[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
