from datetime import date, timedelta

import pytest

from microwins.streaks.consistency import WINDOWS, consistency
from microwins.streaks.slots import Slot
from microwins.streaks.turns import Outcome, Turn

TODAY = date(2026, 3, 4)


def turns(outcomes: str, length: int = 1) -> list[Turn]:
    """Return turns of which the last one ends today."""
    made = []
    for number, one in enumerate(reversed(outcomes)):
        end = TODAY - timedelta(number * length)
        made.append(Turn(Slot(end - timedelta(length - 1), end, 1, length, 1, 1), Outcome(one), 0.0))
    return made[::-1]


@pytest.mark.parametrize("outcomes", ["", "?", "---", "-?", "????"])
def test_where_nothing_is_closed_there_is_no_consistency(outcomes: str) -> None:
    assert consistency(turns(outcomes), TODAY) == dict.fromkeys(WINDOWS)


@pytest.mark.parametrize(
    ("outcomes", "rate"), [("#", 1.0), ("x", 0.0), ("##x#", 0.75), ("#-x?", 0.5), ("#?", 1.0), ("-x-", 0.0)]
)
def test_it_is_the_satisfied_part_of_what_was_satisfied_or_missed(outcomes: str, rate: float) -> None:
    assert consistency(turns(outcomes), TODAY) == dict.fromkeys(WINDOWS, rate)


def test_each_window_looks_back_so_many_days() -> None:
    found = consistency(turns("#" * 400 + "x" * 23 + "#" * 7), TODAY)
    assert found == {7: 1.0, 30: 7 / 30, 90: 67 / 90, 365: 342 / 365}


def test_the_eighth_day_back_is_outside_the_week() -> None:
    assert consistency(turns("x#######"), TODAY)[7] == 1.0
    assert consistency(turns("x######"), TODAY)[7] == 6 / 7


def test_a_week_belongs_to_the_window_in_which_it_ends() -> None:
    assert consistency(turns("x#", 7), TODAY)[7] == 1.0
    assert consistency(turns("x#", 7), TODAY)[30] == 0.5


def test_what_ends_after_today_is_not_looked_at_yet() -> None:
    week = Turn(Slot(TODAY, TODAY + timedelta(6), 1, 7, 7, 7), Outcome.SATISFIED, 1.0)
    assert consistency([week], TODAY)[7] is None
