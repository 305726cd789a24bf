"""What somebody who watches is told: what moved, what was reached, what was written and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from ..parsers.problem import Problem
from ..streaks.life_figures import LifeFigures
from ..streaks.vault_figures import VaultFigures
from ..templates import watch_text as words
from ..templates.news import on_screen
from .announce import StepChange, announcements
from .bulletin import Bulletin
from .errors import MicrowinsError
from .outcome import Outcome
from .report import problem_line
from .standing import Standing
from .watch_event import Event, Say

Notify = Callable[[str], object]
"""Shows one line of news on the desktop, or does not; raises a MicrowinsError where it cannot."""


class Telling:
    """Says each thing once: news once a day, what is wrong once for as long as it lasts."""

    def __init__(self, say: Say, notify: Notify) -> None:
        self._say = say
        self._notify = notify
        self._notify_failed = False
        self._bulletin = Bulletin()
        self._standing, self._failing = Standing(say), Standing(say)

    def changes(
        self, before: VaultFigures, after: VaultFigures, steps: Sequence[StepChange], *, hidden: bool
    ) -> None:
        """Say what moved; with `hidden` no streak is named."""
        for line in announcements(before, after, steps, hidden=hidden):
            self._say(Event("changed", line))

    def news(self, life: LifeFigures, before: VaultFigures) -> None:
        """Say what was reached since the figures were as `before`, each thing once a day."""
        for piece in self._bulletin.fresh(life, before):
            self._say(Event("news", on_screen(piece.line)))
            if not piece.is_fact:
                self._show(piece.line)

    def _show(self, line: str) -> None:
        """Show a line on the desktop; where that fails, say so once."""
        try:
            self._notify(line)
        except MicrowinsError as error:
            if not self._notify_failed:
                self._say(Event("problem", f"{error.message} {error.hint}"))
            self._notify_failed = True

    def is_known(self, life: LifeFigures) -> None:
        """Take for said what was reached before anybody watched."""
        self._bulletin.is_known(life)

    def day(self, before: date | None, today: date) -> None:
        """Say that another day has begun, or that the clock was set back to one."""
        if before is not None and today < before:
            self._say(Event("day", words.day_back(today)))
        elif today != before:
            self._say(Event("day", words.day_begun(today)))

    def wrong(self, problems: Iterable[Problem]) -> None:
        """Say what is wrong in the vault."""
        self._standing.tell(problems)

    def outcome(self, outcome: Outcome) -> None:
        """Say what a pass made and wrote."""
        if outcome.created:
            self._say(Event("created", words.made(outcome.created), outcome.created))
        if outcome.written:
            self._say(Event("written", words.wrote(outcome.written), outcome.written))

    def failures(self, problems: Iterable[Problem], *, unsure: Collection[str]) -> None:
        """Say what could not be written; of the notes in `unsure` nobody knows."""
        self._failing.tell(problems, unsure=unsure)

    def removed(self, copies: tuple[str, ...]) -> None:
        """Say which conflict copies of our own making were taken away."""
        if copies:
            self._say(Event("removed", words.removed_copies(copies), copies))

    def overtaken(self, problems: Iterable[Problem]) -> None:
        """Say which saves came too late for a writing of ours."""
        for problem in problems:
            self._say(Event("problem", problem_line(problem), (problem.path,)))
