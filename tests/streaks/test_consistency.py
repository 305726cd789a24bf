from datetime import date, timedelta

import pytest

from microwins.streaks.consistency import WINDOWS, consistency
from microwins.streaks.slots import Slot
from microwins.streaks.turns import Outcome, Turn, Turns

TODAY = date(2026, 3, 4)


def turns(outcomes: str, length: int = 1) -> Turns:
    """Return turns of which the last one ends today."""
    made = []
    for number, one in enumerate(reversed(outcomes)):
        end = TODAY - timedelta(number * length)
        made.append(Turn(Slot(end - timedelta(length - 1), end, 1, length, 1, 1), Outcome(one), 0.0))
    return Turns.of(made[::-1])


def rates(found: Turns) -> dict[int, float | None]:
    return {days: window.rate for days, window in consistency(found, TODAY).items()}


@pytest.mark.parametrize("outcomes", ["", "?", "---", "-?", "????"])
def test_where_nothing_is_closed_there_is_no_consistency(outcomes: str) -> None:
    assert rates(turns(outcomes)) == dict.fromkeys(WINDOWS)


@pytest.mark.parametrize(
    ("outcomes", "rate"), [("#", 1.0), ("x", 0.0), ("##x#", 0.75), ("#-x?", 0.5), ("#?", 1.0), ("-x-", 0.0)]
)
def test_it_is_the_satisfied_part_of_what_was_satisfied_or_missed(outcomes: str, rate: float) -> None:
    assert rates(turns(outcomes)) == dict.fromkeys(WINDOWS, rate)


def test_each_window_looks_back_so_many_days() -> None:
    found = rates(turns("#" * 400 + "x" * 23 + "#" * 7))
    assert found == {7: 1.0, 30: 7 / 30, 90: 67 / 90, 365: 342 / 365}


def test_the_eighth_day_back_is_outside_the_week() -> None:
    assert rates(turns("x#######"))[7] == 1.0
    assert rates(turns("x######"))[7] == 6 / 7


def test_a_week_belongs_to_the_window_in_which_it_ends() -> None:
    assert rates(turns("x#", 7))[7] == 1.0
    assert rates(turns("x#", 7))[30] == 0.5


def running(outcome: Outcome, share: float) -> Turns:
    return Turns.of([Turn(Slot(TODAY, TODAY + timedelta(6), 3, 7, 7, 7), outcome, share)])


def test_the_running_week_counts_as_soon_as_it_is_satisfied() -> None:
    assert rates(running(Outcome.OPEN, 0.66)) == dict.fromkeys(WINDOWS)
    assert rates(running(Outcome.SATISFIED, 1.0)) == dict.fromkeys(WINDOWS, 1.0)


def test_the_volume_takes_in_what_a_missed_turn_still_achieved() -> None:
    half = Turns.of(
        [
            Turn(Slot(TODAY, TODAY, 1, 1, 1, 1), Outcome.MISSED, 0.5),
            Turn(Slot(TODAY, TODAY, 1, 1, 1, 1), Outcome.SATISFIED, 1.0),
            Turn(Slot(TODAY, TODAY, 1, 1, 0, 1), Outcome.NEUTRAL, 0.0),
        ]
    )
    window = consistency(half, TODAY)[30]
    assert (window.closed, window.rate, window.volume) == (2, 0.5, 0.75)
    nothing = consistency(turns("-?"), TODAY)[30]
    assert (nothing.closed, nothing.rate, nothing.volume) == (0, None, None)
