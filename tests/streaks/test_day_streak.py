"""The streak of days with a win is the one that a daily micro-win done on them has."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.day_range import DayRange
from microwins.streaks.archive import Archive
from microwins.streaks.calendar import NeutralDays, Now
from microwins.streaks.day_streak import day_streak
from microwins.streaks.vault_figures import any_win_figures

FIRST = date(2026, 3, 2)
days = st.frozensets(st.integers(0, 40).map(lambda number: FIRST + timedelta(days=number)))
pauses = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 5)).map(
        lambda span: DayRange(FIRST + timedelta(days=span[0]), FIRST + timedelta(days=sum(span)))
    ),
    max_size=2,
).map(tuple)


@settings(deadline=None)
@given(
    days,
    st.frozensets(st.integers(0, 6), max_size=3),
    pauses,
    st.sampled_from(["none", "never-twice"]),
    st.integers(0, 45),
)
def test_it_is_that_of_a_daily_micro_win(
    done: frozenset[date], rest: frozenset[int], pause: tuple[DayRange, ...], grace: str, ago: int
) -> None:
    now, neutral = Now.at(FIRST + timedelta(days=ago)), NeutralDays(rest, pause)
    known = frozenset(day for day in done if day <= now.today)
    ordinals = sorted(day.toordinal() for day in known)
    slow, fast = any_win_figures(lambda: ordinals, neutral, grace, now), day_streak(done, neutral, grace, now)
    assert (fast.streak, fast.best) == (slow.streak, slow.best)


def test_days_on_which_the_goal_is_archived_end_it_without_a_miss() -> None:
    done = {FIRST + timedelta(days=number) for number in (0, 1, 2, 6, 7)}
    away = Archive((DayRange(FIRST + timedelta(days=3), FIRST + timedelta(days=5)),))
    found = day_streak(done, NeutralDays(), "never-twice", Now.at(FIRST + timedelta(days=8)), away)
    assert found.streak is not None
    assert found.best is not None
    assert (found.streak.count, found.streak.slips, found.best.count) == (2, 0, 3)
