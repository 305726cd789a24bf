"""Of two versions that git left of the same lines, each box and each micro-win counts once until one of them is chosen."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from .conflict_marks import Conflict, conflicts
from .declaration import Declaration
from .goal import Goal
from .identity import text_key
from .task import State
from .tasks import Task

_T = TypeVar("_T", Task, Declaration)


def counted_once(
    lines: Sequence[str], tasks: tuple[Task, ...], goal: Goal | None
) -> tuple[tuple[Task, ...], Goal | None]:
    """Return the boxes and the goal of a note without what stands in both versions of its conflicts.

    Of two boxes of one text the ticked one counts, else the upper; of two micro-wins the upper one. A text that stands
    more often in one version counts as often as there. What stood there before, where git tells it, counts for nothing.
    """
    found = list(conflicts(lines))
    left_out: set[int] = set()
    for one in found:
        left_out |= _twice(one, tasks, _box_key, _is_ticked)
    declared: set[int] = set()
    for one in found:
        declared |= _twice(one, goal.declarations if goal else (), _win_key, lambda _win: False)
    kept = tuple(task for task in tasks if task.line not in left_out)
    if goal is None:
        return kept, None
    return kept, replace(
        goal, declarations=tuple(one for one in goal.declarations if one.line not in declared)
    )


def _twice(
    conflict: Conflict, items: Iterable[_T], key: Callable[[_T], str], goes_first: Callable[[_T], bool]
) -> set[int]:
    """Return the lines of a conflict that say once more what another one says."""
    both = _pairs(
        [item for item in items if item.line in conflict.ours],
        [item for item in items if item.line in conflict.theirs],
        key,
    )
    less = {(upper if goes_first(lower) and not goes_first(upper) else lower).line for upper, lower in both}
    return less | {item.line for item in items if item.line in conflict.base}


def _pairs(ours: Iterable[_T], theirs: Iterable[_T], key: Callable[[_T], str]) -> Iterator[tuple[_T, _T]]:
    """Yield what stands in both versions, each at most once: first what is the same to the letter, then what has one key."""
    for same in (_letters, key):
        left: dict[str, deque[_T]] = {}
        for item in ours:
            left.setdefault(same(item), deque()).append(item)
        rest = []
        for item in theirs:
            if left.get(same(item)):
                yield left[same(item)].popleft(), item
            else:
                rest.append(item)
        ours, theirs = list(chain.from_iterable(left.values())), rest


def _box_key(task: Task) -> str:
    return task.fields.id or text_key(task.fields.text)


def _is_ticked(task: Task) -> bool:
    return task.state is State.DONE


def _win_key(win: Declaration) -> str:
    return win.id or text_key(win.text)


def _letters(item: Task | Declaration) -> str:
    return item.raw.strip() if isinstance(item, Task) else repr(replace(item, line=0))
