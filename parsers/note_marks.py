"""What of a note is its goal's and ours: the goal, our blocks, and what is wrong with either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .blocks import Block, block_around, read_blocks
from .conflict_marks import conflict_problems
from .frontmatter import Frontmatter
from .goal import Goal, GoalWords, is_goal, read_goal
from .marker_slips import slip_problems, told_once
from .micro_win_lines import wins_under
from .own_lines import foreign_problems
from .problem import Problem
from .source import Source
from .structure import Structure

_IN_CONFLICT = "conflict-marks"
_BROKEN = ("marker-broken", "too-many-markers", _IN_CONFLICT)


@dataclass(frozen=True, slots=True)
class NoteMarks:
    """What of a note is its goal's and ours: most notes have nothing of it, and their lines need not be looked at."""

    goal: Goal | None = None
    blocks: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()
    broken: bool = False

    @property
    def is_in_conflict(self) -> bool:
        """Whether git left two versions of some lines in it."""
        return any(problem.code == _IN_CONFLICT for problem in self.problems)


NO_MARKS = NoteMarks()


def read_marks(
    path: str, text: str, structure: Structure, frontmatter: Frontmatter, words: GoalWords, *, daily: bool
) -> NoteMarks:
    """Return them; a marker that is broken or stands between conflict marks makes the whole note one not to be written."""
    source = Source.of(text)
    hidden = _without_markers(structure)
    blocks, marker_problems = read_blocks(source, hidden, path)
    slips = tuple(slip_problems(source, hidden, marker_problems, path))
    conflicts = conflict_problems(source, blocks, structure.code, path, daily=daily)
    goal, goal_problems = _goal(path, frontmatter, source, structure, blocks, words)
    return NoteMarks(
        goal,
        blocks,
        (
            *told_once(marker_problems, slips),
            *conflicts,
            *foreign_problems(source, blocks, path),
            *goal_problems,
        ),
        any(problem.code in _BROKEN for problem in (*marker_problems, *conflicts)),
    )


def _without_markers(structure: Structure) -> tuple[tuple[int, int], ...]:
    """Return the ranges in which a marker means nothing; a marker is itself a comment of one line."""
    longer = (found for found in (*structure.html, *structure.masked) if found[0] != found[1])
    return (*structure.code, *longer)


def _goal(
    path: str,
    frontmatter: Frontmatter,
    source: Source,
    structure: Structure,
    blocks: Sequence[Block],
    words: GoalWords,
) -> tuple[Goal | None, tuple[Problem, ...]]:
    """Return the goal that a note is, if it is one; none of it is read back from our blocks."""
    if not is_goal(frontmatter.values or {}, source, structure, words):
        return None, ()
    items = wins_under(words.heading, structure)
    declared = [item for item in items if block_around(blocks, item.line) is None]
    return read_goal(path, frontmatter, source.text, declared, words)
