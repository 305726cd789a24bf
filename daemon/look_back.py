"""Looks back over a period, for a command and for the notes that are about one."""

from __future__ import annotations

from ..parsers.settings import Settings
from ..streaks.calendar import DAY, Now
from ..streaks.day_wins import DayTimes
from ..streaks.life_figures import wins_of_days
from ..streaks.lookback import Lookback, now_at
from ..streaks.review import Review, review
from ..streaks.review_life import Sources
from .ledger import Ledger


def review_in_note(ledger: Ledger, settings: Settings, look: Lookback, now: Now) -> Review:
    """Return what a period came to, as it is written into a note: every device knows the same of it.

    So times of ticks count only where they are written on the line, and once the period is over nothing in it
    depends on the day on which it is written.
    """
    figures = ledger.as_of(now_at(look.until, now))
    eve = ledger.as_of(now_at(look.start - DAY, Now(now.today, now.today, now.week_start)))
    sources = Sources(
        boxes=sorted(ledger.done_in(look.days), key=lambda box: (box.day or look.start, box.path, box.line)),
        wins_by_day=wins_of_days(figures, ledger.other_wins),
        step_days=ledger.step_days,
        times=DayTimes(settings.day_start, settings.morning_until),
        streaks=settings.streaks_show == "shown",
        advise=True,
    )
    return review(look, figures, eve, sources)
