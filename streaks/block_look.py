"""Which days the block of a look back is about."""

from __future__ import annotations

from typing import get_args

from ..parsers.block_options import Options
from ..parsers.period import Period
from ..parsers.period_text import read_period
from ..parsers.schedule import Period as Kind
from .calendar import Now
from .lookback import Lookback, lookback, lookback_at

_KINDS: tuple[Kind, ...] = get_args(Kind)


def block_look(options: Options, period: Period | None, now: Now) -> Lookback | None:
    """Return the days that a block is about: those that its marker names, else those of its note, else the running week.

    None for a period that has not begun yet.
    """
    asked = options.word("of")
    if not asked:
        return (
            lookback_at(period, now)
            if period is not None and period.kind != "day"
            else lookback("week", now.today, now)
        )
    named = next((kind for kind in _KINDS if kind == asked), None)
    if named is not None:
        return lookback(named, now.today, now)
    found = read_period(asked)
    return lookback(found[0], found[1], now) if found is not None and found[0] != "day" else None
