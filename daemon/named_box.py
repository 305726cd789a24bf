"""The box that somebody means by a number, a name or a part of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..parsers.identity import text_key
from ..parsers.task import State
from ..streaks.figures import Figures
from ..templates.view import View
from .errors import MicrowinsError
from .keeper import Keeper
from .todays_list import todays_list


class NoSuchBox(MicrowinsError):
    """Nothing is called what was asked for."""

    code = "no-such-box"


class SeveralBoxes(MicrowinsError):
    """What was asked for fits more than one thing."""

    code = "several-boxes"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a goal: a box in its note, and whether it is ticked, skipped or open."""

    path: str
    line: int
    text: str
    state: State

    @property
    def place(self) -> str:
        """Where it stands, which names it where its text does not."""
        return f"{self.path}:{self.line}"


Target = Figures | Step
Idle = Callable[[Target], bool]
"""Whether what is to be done to a box would change nothing on it."""
Fits = Callable[[str, str], bool]
_Named = tuple[Target, tuple[str, ...]]


def find_target(
    keeper: Keeper,
    view: View,
    words: str,
    is_idle: Idle = lambda _target: False,
    *,
    smaller: bool = True,
) -> Target:
    """Return the micro-win or goal step that `words` mean: a number of today's list, an id, a name, a part of one.

    A number that the list does not have is a whole word of a name: `tick 300` is meant for “Write 300 words”, not for
    “Write 3000 words”. What is idle is meant only by its whole name, or where nothing else fits. With `smaller` a
    micro-win is also meant by its smaller version, where no full text fits as well.
    """
    today = todays_list(keeper, view).today
    wanted = text_key(words)
    is_number = wanted.isdecimal()
    if is_number and 1 <= int(wanted) <= len(today):
        return today[int(wanted) - 1]
    candidates = _candidates(keeper, view)
    exact = [target for target, _ in candidates if _exact_name(target) == words]
    if len(exact) == 1:
        return exact[0]
    small = _smaller(view) if smaller else []
    for fits, among in _ways(candidates, small, is_idle, by_part=not is_number):
        found = [target for target, names in among if any(fits(text_key(name), wanted) for name in names)]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(f"“{_name(target)}” ({_exact_name(target)})" for target in found[:5])
            raise SeveralBoxes(
                f"“{words}” fits several: {names}.", "Write more of the name, or what stands in the brackets."
            )
    if is_number:
        raise NoSuchBox(f"Today's list has no number {words}.", "`microwins today` shows the list.")
    raise NoSuchBox(
        f"No micro-win or step is called “{words}”.", "`microwins today` and `microwins goals` list them."
    )


def _candidates(keeper: Keeper, view: View) -> list[_Named]:
    """Return all that can be meant, each with the names that it has."""
    named: list[_Named] = [(win, (win.win.id, win.win.text, *win.win.aliases)) for win in view.figures.wins]
    return [*named, *((step, (step.text,)) for step in _steps(keeper))]


def _smaller(view: View) -> list[_Named]:
    """Return the micro-wins that have a smaller version, each with that as its name."""
    return [(win, (win.win.minimum,)) for win in view.figures.wins if win.win.minimum]


def _ways(
    candidates: list[_Named], smaller: list[_Named], is_idle: Idle, *, by_part: bool
) -> Iterator[tuple[Fits, list[_Named]]]:
    """Yield the ways in which a name may fit, the closest first, each with those among which it is looked for."""
    busy = [named for named in candidates if not is_idle(named[0])]
    parts = (_begins, _contains, _has_all_words) if by_part else (_has_all_words,)
    yield from ((_equal, among) for among in (busy, candidates, smaller))
    for among in (busy, smaller, candidates):
        yield from ((fits, among) for fits in parts)


def _steps(keeper: Keeper) -> list[Step]:
    """Return the steps of all goals."""
    return [
        Step(note.path, task.line, task.fields.text, task.state)
        for note in keeper.ledger.goal_notes()
        for task in note.tasks
        if note.block_at(task.line) is None
        and keeper.ledger.catalog.match(task.fields, note.path).win is None
    ]


def _equal(name: str, wanted: str) -> bool:
    return name == wanted


def _begins(name: str, wanted: str) -> bool:
    return bool(wanted) and name.startswith(wanted)


def _contains(name: str, wanted: str) -> bool:
    return bool(wanted) and wanted in name


def _has_all_words(name: str, wanted: str) -> bool:
    return bool(wanted) and set(wanted.split()) <= set(name.split())


def _name(target: Target) -> str:
    return target.win.name if isinstance(target, Figures) else target.text


def _exact_name(target: Target) -> str:
    return target.win.id if isinstance(target, Figures) else target.place
