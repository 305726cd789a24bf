"""What the parts of a goal add up to."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.goal import Goal
from microwins.parsers.task import State
from microwins.streaks.calendar import Now
from microwins.streaks.figures import Figures, figures
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin, Phase
from microwins.streaks.progress import NO_STEPS, Part, mean, own_parts

TODAY = date(2026, 3, 4)
weighed = st.tuples(st.sampled_from([0.5, 1.0, 3.0, 1e-6, 1e6]), st.none() | st.floats(0, 1))


def push_ups(count: int | None, days: int) -> Figures:
    win = MicroWin("p", "Push-ups", "G.md", 1, (Phase(None, None, None),), "", count=count)
    boxes = [Entry("n.md", 1, State.DONE, TODAY - timedelta(days=number), "p") for number in range(days)]
    return figures(win, boxes, Now.at(TODAY))


@pytest.mark.parametrize(("days", "share"), [(0, 0.0), (25, 0.25), (100, 1.0), (120, 1.0)])
def test_a_micro_win_that_asks_for_a_number_of_times_is_a_part(days: int, share: float) -> None:
    goal = Goal("G.md", "G")
    assert list(own_parts(goal, NO_STEPS, None, [push_ups(100, days)])) == [Part("count", "p", 1.0, share)]
    assert list(own_parts(goal, NO_STEPS, None, [push_ups(None, days)])) == []


def test_what_is_not_known_does_not_weigh() -> None:
    assert mean([(1, 0.5), (7, None)]) == 0.5
    assert mean([(7, None)]) is None


@settings(deadline=None)
@given(st.lists(weighed))
def test_the_mean_is_a_share_and_does_not_depend_on_the_order(
    parts: list[tuple[float, float | None]],
) -> None:
    found = mean(parts)
    assert found is None or 0 <= found <= 1
    assert mean(parts[::-1]) == found


@settings(deadline=None)
@given(st.lists(weighed, min_size=1), st.data())
def test_a_part_that_grows_never_lowers_the_mean(
    parts: list[tuple[float, float | None]], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(parts) - 1))
    weight, value = parts[place]
    if value is not None:
        grown = [*parts[:place], (weight, data.draw(st.floats(value, 1))), *parts[place + 1 :]]
        assert (mean(grown) or 0) >= (mean(parts) or 0)


@settings(deadline=None)
@given(st.lists(st.sampled_from([0.1, 0.3, 7.0, 1e-6]), min_size=1))
def test_when_all_is_done_it_is_exactly_one(weights: list[float]) -> None:
    assert mean([(weight, 1.0) for weight in weights]) == 1.0
