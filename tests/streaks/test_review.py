"""What one micro-win came to in a period."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.schedule import EveryDays, Quota, Rule
from microwins.parsers.task import Quantity, State
from microwins.streaks.calendar import Now
from microwins.streaks.figures import Figures, figures
from microwins.streaks.history import Entry
from microwins.streaks.lookback import Lookback, lookback
from microwins.streaks.micro_win import MicroWin, Phase
from microwins.streaks.review_parts import TurnCounts, WinReview, review_win, sum_amounts

MONDAY = date(2026, 3, 2)
STATES = {"#": State.DONE, "-": State.SKIPPED}


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def of(pattern: str, rule: Rule | None = None, start: date = MONDAY) -> Figures:
    """Return the figures of a pattern of days from Monday on, the last of which is today."""
    entries = [
        Entry("n", 1, STATES[mark], day(at), "w", (Quantity(Decimal(at), "words"),))
        for at, mark in enumerate(pattern)
        if mark in STATES
    ]
    win = MicroWin("w", "Walk", "g.md", 1, (Phase(start, None, rule or EveryDays(1)),), "")
    return figures(win, entries, Now.at(day(len(pattern) - 1)))


def week(figures: Figures, number: int) -> WinReview:
    look = lookback("week", day(7 * number), figures.now)
    assert isinstance(look, Lookback)
    return review_win(figures, look, look.before(look.until))


@pytest.mark.parametrize(
    ("pattern", "counts"),
    [
        ("#######", TurnCounts(7, 0, 0, 0)),
        ("##x-##?", TurnCounts(4, 1, 1, 1)),
        ("#x?", TurnCounts(1, 1, 1, 0)),
        ("?", TurnCounts(0, 0, 1, 0)),
    ],
)
def test_turns_are_satisfied_missed_open_or_neutral(pattern: str, counts: TurnCounts) -> None:
    assert week(of(pattern), 0).turns == counts


def test_an_open_turn_is_no_part_of_the_rate() -> None:
    assert week(of("##x#?"), 0).turns.rate == 0.75
    assert week(of("?"), 0).turns.rate is None


def test_a_turn_belongs_to_the_period_in_which_its_last_day_lies() -> None:
    found = of("##x#xxx" + "#?", Quota(2, "week"))
    assert week(found, 0).turns == TurnCounts(satisfied=1)
    assert week(found, 1).turns == TurnCounts(open=1)


def test_wins_and_amounts_are_those_of_the_period() -> None:
    found = week(of("#######" + "##x##?"), 1)
    assert (found.wins, found.wins_before) == (4, 6)
    assert found.amounts == {"word": 7 + 8 + 10 + 11}


def test_the_strength_before_is_that_of_the_turns_that_had_ended() -> None:
    whole, first = of("#####xx" + "#######"), of("#####xx?")
    assert week(whole, 1).strength_before == pytest.approx(first.strength)
    assert week(whole, 0).strength_before is None
    assert week(whole, 1).consistency_before[7] == pytest.approx(5 / 7)


@pytest.mark.parametrize(
    ("pattern", "grown", "longest"),
    [
        ("x######" + "###?", 3, True),
        ("x######" + "x###?", 3, False),
        ("#######" + "xx?", 0, False),
        ("#######" + "?", 0, True),
    ],
)
def test_a_streak_grows_by_the_turns_that_it_won_in_the_period(
    pattern: str, grown: int, longest: bool
) -> None:
    found = week(of(pattern), 1)
    assert (found.grown, found.is_longest) == (grown, longest)


def test_what_was_neither_due_nor_done_is_not_shown() -> None:
    later = of("#######" + "#######", start=day(7))
    assert week(of("#?"), 0).is_shown
    assert not week(of("xxxxxxx" + "?", start=day(7)), 0).is_shown
    assert week(later, 0).is_shown, "done before it was due"


def test_amounts_of_one_unit_add_up_in_the_order_of_the_units() -> None:
    one, two = {"word": Decimal(3), "km": Decimal(1)}, {"word": Decimal(4)}
    assert list(sum_amounts([one, two]).items()) == [("km", Decimal(1)), ("word", Decimal(7))]


@given(st.text("#x-", min_size=15, max_size=60))
def test_the_weeks_add_up_to_the_whole(pattern: str) -> None:
    found = of(pattern + "?")
    weeks = [week(found, number) for number in range(len(pattern) // 7 + 1)]
    whole = sum((one.turns for one in weeks), TurnCounts())
    assert whole == TurnCounts(*(found.states.count(mark) for mark in "#x?-"))
    assert sum(one.wins for one in weeks) == found.votes
    assert sum(one.grown for one in weeks) >= (found.streak.count if found.streak else 0)
