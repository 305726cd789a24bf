from datetime import date, timedelta
from decimal import Decimal

import pytest

from microwins.parsers.goal import Goal
from microwins.parsers.measure import Measure
from microwins.parsers.schedule import EveryDays
from microwins.parsers.task import Quantity, State
from microwins.streaks.calendar import Now
from microwins.streaks.entries import Step
from microwins.streaks.figures import Figures, figures
from microwins.streaks.goal_figures import GoalFigures
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin, Phase
from microwins.streaks.progress import NO_STEPS, Steps, count_steps
from microwins.streaks.progress_days import progress_days
from microwins.streaks.step_sums import StepSums

MONDAY = date(2026, 3, 2)
TODAY = MONDAY + timedelta(days=9)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def writing(*amounts: tuple[int, int]) -> Figures:
    entries = [
        Entry("n", 1, State.DONE, day(at), quantities=(Quantity(Decimal(amount), "words"),))
        for at, amount in amounts
    ]
    win = MicroWin("w", "Write", "g.md", 1, (Phase(MONDAY, None, EveryDays(1)),), "")
    return figures(win, entries, Now.at(TODAY))


def goal(
    path: str,
    steps: Steps = NO_STEPS,
    words: int = 0,
    wins: tuple[Figures, ...] = (),
    children: tuple[str, ...] = (),
) -> GoalFigures:
    measure = Measure(Decimal(words), "words") if words else None
    return GoalFigures(Goal(path, path, measure=measure), wins, steps, None, 0.0, None, children)


def nothing_below(_: str) -> None:
    return None


def reached(top: GoalFigures, *others: GoalFigures) -> list[tuple[int, float]]:
    goals = {one.goal.path: one for one in (top, *others)}
    found = progress_days(top, goals.get, TODAY)
    return [((one - MONDAY).days, round(share, 4)) for one, share in found.days]


def test_each_dated_step_brings_a_goal_further() -> None:
    assert reached(goal("a", Steps(2, 4, days=(day(5), day(1))))) == [(1, 0.25), (5, 0.5)]


def test_what_has_no_day_was_there_before_or_is_left_out() -> None:
    one = goal("a", Steps(3, 4, days=(day(5), day(1))))
    found = progress_days(one, nothing_below, TODAY)
    assert (found.before, [share for _, share in found.days]) == (0.25, [0.5, 0.75])
    dated = progress_days(one, nothing_below, TODAY, undated=False)
    assert (dated.before, [share for _, share in dated.days]) == (0.0, [0.25, 0.5])


def test_what_lies_ahead_has_not_come_yet() -> None:
    steps = [Step(Entry("a", line, State.DONE, at)) for line, at in enumerate((None, day(20), day(3)))]
    found = count_steps(StepSums.of(steps), TODAY)
    assert (found.done, found.undated, found.days) == (2, 1, (day(3),))
    assert reached(goal("a", found)) == [(3, 0.6667)]


def test_amounts_add_up_and_end_at_the_whole() -> None:
    assert reached(goal("a", words=1000, wins=(writing((0, 400), (2, 900)),))) == [(0, 0.4), (2, 1.0)]


def test_steps_amounts_and_sub_goals_are_the_parts_of_one_progress() -> None:
    top = goal("a", Steps(1, 2, days=(day(1),)), 1000, (writing((3, 500)),), ("b",))
    assert reached(top, goal("b", Steps(1, 1, days=(day(2),)))) == [
        (1, pytest.approx(0.1667)),
        (2, 0.5),
        (3, pytest.approx(0.6667)),
    ]


def test_a_goal_with_nothing_to_measure_has_no_days() -> None:
    assert reached(goal("a")) == []
