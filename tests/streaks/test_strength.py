from datetime import date, timedelta

import pytest

from microwins.streaks.slots import Slot
from microwins.streaks.strength import strength
from microwins.streaks.turns import Outcome, Turn, Turns

DAY = date(2026, 3, 2)


def turns(outcomes: str, times: int = 1, length: float = 1, share: float | None = None) -> Turns:
    return Turns.of(
        Turn(
            Slot(DAY + timedelta(number), DAY + timedelta(number), times, length, 1, 1),
            Outcome(one),
            float(one == "#") if share is None else share,
        )
        for number, one in enumerate(outcomes)
    )


@pytest.mark.parametrize(
    ("days", "expected"), [(0, 0.0), (1, 0.051922), (2, 0.101149), (13, 0.5), (26, 0.75), (60, 0.959203)]
)
def test_a_daily_habit_has_the_strength_that_loop_gives_it(days: int, expected: float) -> None:
    assert strength(turns("#" * days)) == pytest.approx(expected, abs=1e-6)


def test_a_miss_costs_a_little_and_never_everything() -> None:
    assert strength(turns("#" * 60 + "x")) == pytest.approx(0.9094, abs=1e-4)
    assert strength(turns("#" * 60 + "xx")) == pytest.approx(0.8622, abs=1e-4)


def test_open_and_neutral_turns_do_not_touch_it() -> None:
    assert strength(turns("-#-??#-?")) == strength(turns("##"))


@pytest.mark.parametrize(
    ("times", "length", "half"), [(3, 7, 8.51 / 3), (1, 7, 4.91), (1, 30.4, 2.36), (1, 7 / 5, 10.99)]
)
def test_its_half_life_follows_from_how_often_a_turn_comes(times: int, length: float, half: float) -> None:
    one = strength(turns("#", times, length))
    assert 0.5 ** (1 / half) == pytest.approx(1 - one, abs=2e-3)


def test_a_share_counts_as_a_share_even_where_the_turn_was_missed() -> None:
    assert strength(turns("x", share=0.5)) == pytest.approx(0.5 * strength(turns("#")))
