"""Questions that are put to somebody at a terminal; each is answered by Enter, and Ctrl-C ends without a trace."""

from __future__ import annotations

import sys
from collections.abc import Callable
from shutil import get_terminal_size
from typing import TypeVar

import click

from ..templates.lines import fitted
from ..templates.words import say
from .errors import MicrowinsError
from .report import harmless

_T = TypeVar("_T")
NONE = "-"
"""The answer that takes a proposal away."""
HELP = "?"
"""The answer that asks for advice."""
_SUFFIX = 3
"""The columns that follow a question on its own line: a colon, a space, one letter."""


class NoAnswer(MicrowinsError):
    """The question whether to write could not be put to anybody."""

    code = "no-answer"


def somebody_is_there() -> bool:
    """Return whether questions can be put: both what is typed and what is shown are a terminal's."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, proposal: str = "", advice: str = "") -> str:
    """Put a question and return the answer; Enter takes the proposal, `-` none. `?` asks for advice, where there is any."""
    while True:
        tell(f"{question} [{proposal}]" if proposal else question)
        answer = " ".join(click.prompt(">", default="", show_default=False, prompt_suffix=" ").split())
        if answer != HELP or not advice:
            return "" if answer == NONE else answer or proposal
        tell(advice)


def ask_until(
    question: str, proposal: str, read: Callable[[str], _T | None], advice: str, examples: str = ""
) -> _T:
    """Put a question until its answer can be read; `advice` says what is understood, `examples` what somebody may answer."""
    while (found := read(ask(question, proposal, examples or advice))) is None:
        tell(advice)
    return found


def agree(question: str, *, default: bool = True) -> bool:
    """Put a question that is answered with yes or no; raise NoAnswer where nobody is there to answer."""
    yes, no = say("discover.yes"), say("discover.no")
    shown = f"{question} [{yes.upper()}/{no}]" if default else f"{question} [{yes}/{no.upper()}]"
    known = {"": default, **dict.fromkeys((yes, "y", "yes"), True), **dict.fromkeys((no, "n", "no"), False)}
    while True:
        try:
            answer = click.prompt(_broken(shown, _SUFFIX), default="", show_default=False)
        except click.Abort:
            if sys.stdin.isatty():
                raise
            raise NoAnswer(say("write.no_answer"), say("write.use_yes")) from None
        found = known.get(answer.strip().casefold())
        if found is not None:
            return found


def width() -> int:
    """Return how many columns a line may have."""
    return get_terminal_size().columns


def tell(text: str = "") -> None:
    """Say something between two questions, broken between words where a line is full."""
    click.echo(_broken(text))


def show(text: str, *, colour: bool) -> None:
    """Show something that has its lines already, in its colours where they are wanted."""
    click.echo(harmless(text, colour=colour), color=colour)


def _broken(text: str, room: int = 0) -> str:
    """Return what a terminal shows of a text, with `room` columns left at the end of each line."""
    return harmless(fitted(text, width() - room))
