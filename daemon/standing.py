"""What is wrong and has been said: each thing once for as long as it lasts."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..parsers.problem import Problem
from .report import problem_line
from .watch_event import Event, Say

_Key = tuple[str, str, str]


class Standing:
    """The problems that stand; one that goes and comes back is said again."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._known: set[_Key] = set()

    def tell(self, problems: Iterable[Problem], unsure: Collection[str] = ()) -> None:
        """Say what was not known. What was known of the notes in `unsure` stays known: nobody looked at them."""
        found = {key for key in self._known if key[0] in unsure}
        for problem in problems:
            key = (problem.path, problem.code, problem.message)
            if key not in self._known and key not in found:
                self._say(Event("problem", problem_line(problem), (problem.path,)))
            found.add(key)
        self._known = found
