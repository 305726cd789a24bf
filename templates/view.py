"""What blocks show: figures chosen and put in order, before any word is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from ..parsers.links import NoteNames
from ..streaks.due import answered
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from ..streaks.life_figures import wins_of_days
from ..streaks.lookback import Lookback
from ..streaks.review import Review, review
from ..streaks.review_life import Sources
from ..streaks.vault_figures import VaultFigures
from .light import lightened
from .note_link import held_link
from .open_task import OpenTask
from .picture import Album, Picture
from .rows import Rows
from .safe_text import LONGEST, in_cell, in_text
from .words import DEFAULT

DEEPEST = 12
"""Levels by which a goal is indented at most."""
_PLACES = 1 << 20


@dataclass(frozen=True)
class View:
    """The figures of a vault, and what of them is shown; links are made so that they name one note.

    Archived goals are shown only with `show_archived`, behind the others. Without an `album` there are no pictures.
    """

    figures: VaultFigures
    show_streaks: bool = True
    ambiguous_names: frozenset[str] = frozenset()
    show_archived: bool = False
    texts: dict[tuple[object, ...], str] = field(default_factory=dict, compare=False, repr=False)
    """The blocks that were made of these figures, by all that they depend on, so that none is made twice."""
    pictures: dict[tuple[str, str, str], tuple[Picture, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Their pictures, by name, options and goal."""
    rows: Rows = field(default_factory=Rows, compare=False, repr=False)
    """The rows of tables, kept from one view to the next of the same vault."""
    language: str = DEFAULT
    album: Album | None = None
    open_tasks: Callable[[int], Sequence[OpenTask]] = field(
        default=lambda _days: (), compare=False, repr=False
    )
    """Tells which tasks are open in the daily notes of so many days before today; asked only where they are shown."""
    light: bool = False
    """Whether one smallest step a day is all that is laid out."""
    markdown_links: bool = False
    """Whether notes are linked to as any Markdown viewer follows it, in place of wikilinks."""
    properties: bool = False
    """Whether the goal notes are to hold our properties."""
    look_back: Callable[[Lookback], Review] | None = field(default=None, compare=False, repr=False)
    """What tells what a period came to, of which the figures of today do not tell all."""
    news: Callable[[], tuple[str, ...]] = field(default=tuple, compare=False, repr=False)
    """Tells the news of the day; asked only where they are shown."""

    @cached_property
    def goals(self) -> tuple[GoalFigures, ...]:
        """The goals that are shown, each one before those below it."""
        if not self.show_archived:
            return self.figures.active
        return (*self.figures.active, *(goal for goal in self.figures.goals if goal.archived))

    @cached_property
    def wins(self) -> tuple[Figures, ...]:
        """The micro-wins of the goals that are shown."""
        return tuple(chain.from_iterable([goal.wins for goal in self.goals]))

    def shows(self, win_id: str) -> bool:
        """Return whether there is a micro-win with this id, and it is one of those that are shown."""
        goal = self.figures.goal(self.figures.stacks.goals.get(win_id, ""))
        return goal is not None and (self.show_archived or not goal.archived)

    @cached_property
    def goal_names(self) -> NoteNames:
        """What the goals are called."""
        goals = (one.goal for one in self.figures.goals)
        return NoteNames.of((goal.path, (goal.title, *goal.aliases)) for goal in goals)

    def link(self, path: str, *, in_table: bool = False, block_id: str = "") -> str:
        """Return a link to the note at `path`, or to a block of it; a goal is called by its own title.

        A wikilink goes by the note's name where only one note has it.
        """
        whole = path.removesuffix(".md")
        name = whole.rpartition("/")[2]
        goal = self.figures.goal(path)
        title = goal.goal.title if goal is not None else name
        if self.markdown_links:
            link = held_link(path, title, f"^{block_id}" if block_id else "")
            return link.replace("|", "\\|") if in_table else link
        if not _fits_link(whole):
            return in_cell(title)
        shown = title if len(title) <= LONGEST and _fits_link(title) else name
        if name.casefold() not in self.ambiguous_names:
            whole = name
        bar = "\\|" if in_table else "|"
        behind = "" if whole == shown else f"{bar}{shown}"
        return f"[[{whole}{'#^' + block_id if block_id else ''}{behind}]]"

    def review(self, look: Lookback) -> Review:
        """Return what a period came to, without `look_back` as far as the figures of today tell it."""
        if self.look_back is not None:
            return self.look_back(look)
        sources = Sources((), wins_of_days(self.figures, {}))
        return review(look, self.figures, self.figures, sources)

    @cached_property
    def today(self) -> tuple[Figures, ...]:
        """The micro-wins that are due today or done today, frog first and stacks in their order."""
        now = self.figures.now
        wanted = [win for goal in self.figures.goals for win in goal.today]
        ordered = self.figures.stacks.in_order(wanted)
        return lightened(ordered, self.light_group, lambda win: answered(win, now))

    def number(self, win: Figures) -> int:
        """Return the number by which `tick` takes a micro-win of today's list."""
        return self.today.index(win) + 1

    def light_group(self, win: Figures) -> str | None:
        """Return what a micro-win shares one small step a day with in light mode: '' for the vault, or its goal."""
        if self.light:
            return ""
        goal = self.figures.goal(win.win.goal)
        return win.win.goal if goal is not None and goal.goal.light else None

    def in_light_mode(self) -> View:
        """Return the same figures as they are shown in light mode."""
        return replace(self, light=True, texts={})

    def cue(self, win: Figures) -> str | None:
        """Return what a micro-win comes after: another one by its name, or a cue in free words."""
        named = self.figures.stacks.after.get(win.win.id)
        found = self.figures.win(named) if named else None
        return found.win.name if found else win.win.after

    def own_cue(self, win: Figures) -> str | None:
        """Return the cue of a micro-win in the words of its goal; None where it comes after another micro-win."""
        return None if win.win.id in self.figures.stacks.after else win.win.after

    @property
    def score(self) -> tuple[int, int]:
        """How much of today is done, and of how much; what was skipped is not asked for."""
        asked = [win for win in self.today if win.state != "skipped"]
        return sum(win.state == "done" for win in asked), len(asked)

    def depth(self, goal: GoalFigures) -> int:
        """Return how many goals stand above this one where it is shown; of an archived one only archived ones do."""
        if not goal.archived:
            return min(goal.depth, DEEPEST)
        depth, parent = 0, self.figures.goal(goal.parent or "")
        while parent is not None and parent.archived and depth < DEEPEST:
            depth, parent = depth + 1, self.figures.goal(parent.parent or "")
        return depth


def _fits_link(text: str) -> bool:
    """Return whether a text can stand in a wikilink as it is."""
    return not any(sign in text for sign in "[]|#^") and in_text(text, max(len(text), 1)) == text


def shared_names(paths: Callable[[], Iterable[str]]) -> frozenset[str]:
    """Return the note names, folded, that more than one note of the vault has; its paths are gone through twice.

    The first time a sign is put where each name falls: of 100,000 names only those are held that fall where one was.
    """
    taken, candidates = bytearray(_PLACES), set()
    for name in map(_folded_name, paths()):
        place = hash(name) % _PLACES
        if taken[place]:
            candidates.add(name)
        taken[place] = 1
    names = Counter(name for name in map(_folded_name, paths()) if name in candidates)
    return frozenset(name for name, notes in names.items() if notes > 1)


def _folded_name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md").casefold()
