"""Micro-wins that set a limit: something to do less of, whose ticks are no wins."""

from __future__ import annotations

from ..parsers.schedule import Limit
from .micro_win import MicroWin


def is_limit(win: MicroWin) -> bool:
    """Return whether the newest rule of a micro-win is a limit; chains, keystones and suggestions leave it out."""
    return bool(win.phases) and isinstance(win.phases[-1].rule, Limit)
