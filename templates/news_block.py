"""The `news` block: what was reached today, and now and then a fact; mostly nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ..parsers.block_options import Options
from .block_subject import Subject
from .news import on_screen
from .safe_text import in_text
from .view import View

_LONGEST = 300


def news_block(view: View, subject: Subject, options: Options) -> str:  # noqa: ARG001 - as every block is made
    """Return the news of today as a list, with nothing in it on a day without any."""
    return "".join(f"{line}\n" for line in news_list(view))


def news_list(view: View) -> Iterator[str]:
    """Yield a line of a list for each piece of news."""
    yield from (f"- {on_screen(in_text(line, _LONGEST))}" for line in view.news())
