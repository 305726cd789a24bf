from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.schedule import EveryDays, Limit, Quota, Rule
from microwins.parsers.task import Quantity, State
from microwins.streaks.calendar import Now
from microwins.streaks.figures import Figures, figures
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin, Phase
from microwins.streaks.milestones import (
    STRENGTHS,
    Milestone,
    milestones,
    progress_milestones,
    reached_on,
    round_numbers,
    satisfied_on,
    streak_steps,
)
from microwins.streaks.strength import strength, strengths
from microwins.streaks.turns import Outcome

MONDAY = date(2026, 3, 2)
WORDS = Quantity(Decimal(300), "words")


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def of(
    pattern: str,
    rule: Rule | None = None,
    target: Quantity | None = None,
    amount: int = 0,
    grace: str = "none",
) -> Figures:
    given_amount = (Quantity(Decimal(amount), "words"),) if amount else ()
    entries = [
        Entry("n", 1, State.DONE, day(at), quantities=given_amount)
        for at, mark in enumerate(pattern)
        if mark == "#"
    ]
    phase = Phase(MONDAY, None, rule or EveryDays(1), target)
    win = MicroWin("w", "Walk", "g.md", 1, (phase,), "", grace=grace)
    return figures(win, entries, Now.at(day(len(pattern) - 1)))


def told(found: tuple[Milestone, ...], kind: str) -> list[tuple[str, int]]:
    return [(str(one.value), (one.day - MONDAY).days) for one in found if one.kind == kind]


def test_a_streak_has_its_milestone_on_the_day_that_made_it_so_long() -> None:
    assert told(milestones(of("###?")), "streak") == [("3", 2)]
    assert told(milestones(of("#" * 14)), "streak") == [("3", 2), ("7", 6), ("14", 13)]


def test_a_length_that_was_reached_once_is_no_milestone_the_second_time() -> None:
    assert told(milestones(of("###xx###x#######")), "streak") == [("3", 2), ("7", 15)]


def test_a_slip_inside_a_streak_puts_its_milestone_off_and_adds_nothing() -> None:
    assert told(milestones(of("##x####?", grace="never-twice")), "streak") == [("3", 3)]


def test_a_streak_of_weeks_has_milestones_of_its_own_on_the_day_that_filled_the_week() -> None:
    weeks = "#x#xx#x" * 5
    assert told(milestones(of(weeks, Quota(2, "week"))), "streak") == [("4", 23)]


def test_hidden_streaks_have_no_milestones_and_all_others_stay() -> None:
    found = milestones(of("#" * 10), streaks=False)
    assert {one.kind for one in found} == {"wins", "strength"}


def test_wins_are_counted_by_day_and_the_first_one_is_a_milestone() -> None:
    assert told(milestones(of("#x" * 12)), "wins") == [("1", 0), ("10", 18)]


def test_of_amounts_that_fall_on_one_day_only_the_highest_is_told() -> None:
    assert told(milestones(of("##", target=WORDS, amount=300)), "amount") == [("250", 0), ("500", 1)]


def test_strength_passes_its_steps_once() -> None:
    found = told(milestones(of("#" * 40)), "strength")
    assert [value for value, _ in found] == ["0.2", "0.4", "0.6", "0.8"]
    assert found == sorted(found, key=lambda one: one[1])


def test_unticking_takes_a_milestone_back() -> None:
    assert told(milestones(of("##x#?")), "streak") == []


def test_the_ticks_of_a_limit_are_no_wins() -> None:
    limited = of("#?").win
    limit = MicroWin("w", "Sweets", "g.md", 1, (Phase(MONDAY, None, Limit(Decimal(2), "week")),), "")
    walked = of("#" * 12)
    assert told(milestones(replace(walked, win=limit)), "wins") == []
    assert told(milestones(replace(walked, win=limited)), "wins") == [("1", 0), ("10", 9)]


@pytest.mark.parametrize(
    ("progress", "expected"),
    [(1.0, ["0.25", "0.75", "1"]), (0.6, ["0.25"]), (None, []), (0.1, [])],
)
def test_a_goal_passes_its_quarters_as_far_as_it_has_come_now(
    progress: float | None, expected: list[str]
) -> None:
    reached = [(day(0), 0.2), (day(3), 0.3), (day(5), 0.8), (day(9), 1.0)]
    assert [value for value, _ in told(progress_milestones(reached, progress), "progress")] == expected


def test_what_was_reached_on_a_day_is_told_in_the_order_of_rank() -> None:
    found = milestones(of("#" * 10, target=WORDS, amount=300))
    assert [one.kind for one in reached_on(found, day(9))] == ["wins", "strength"]
    assert [one.kind for one in reached_on(found, day(2))] == ["streak"]
    assert reached_on(found, day(5)) == ()


def test_a_turn_of_several_days_is_satisfied_on_the_day_that_completed_it() -> None:
    week = of("#x##xxx", Quota(2, "week"))
    assert satisfied_on(week.turns[0], week) == day(2)
    words = of("###xxxx", Quota(1, "week"), Quantity(Decimal(500), "words"), 300)
    assert satisfied_on(words.turns[0], words) == day(1)


def turn_by_turn(found: Figures) -> set[tuple[str, Decimal, date]]:
    """Return the first day of each step as it is defined, from one turn to the next; of one day the highest step."""
    steps: dict[tuple[str, Decimal], date] = {}
    for turn, value in zip(found.turns, strengths(found.turns), strict=True):
        day = satisfied_on(turn, found) if turn.outcome is Outcome.SATISFIED else turn.slot.end
        if turn.outcome in {Outcome.SATISFIED, Outcome.MISSED}:
            for step in STRENGTHS:
                if step <= Decimal(value):
                    steps.setdefault(("strength", step), day)
    for number, done in enumerate(found.days_done, 1):
        if Decimal(number) in list(takewhile(lambda step: step <= 1000, round_numbers())):
            steps[("wins", Decimal(number))] = done
    for streak in found.streaks:
        inside = [
            turn
            for turn in found.turns
            if turn.outcome is Outcome.SATISFIED
            and streak.start <= (turn.first or turn.slot.start)
            and (turn.last or turn.slot.end) <= streak.end
        ]
        for length in takewhile(streak.count.__ge__, streak_steps(found.unit)):
            day = satisfied_on(inside[length - 1], found) if length <= len(inside) else streak.end
            steps.setdefault(("streak", Decimal(length)), day)
    highest = {(kind, day): step for (kind, step), day in sorted(steps.items())}
    return {(kind, step, day) for (kind, day), step in highest.items()}


@given(
    st.text("#x", min_size=1, max_size=80),
    st.sampled_from([EveryDays(1), EveryDays(2), Quota(2, "week"), Quota(3, "month")]),
    st.sampled_from(["none", "never-twice"]),
)
def test_milestones_are_those_that_are_found_from_turn_to_turn(pattern: str, rule: Rule, grace: str) -> None:
    found = of(pattern, rule, grace=grace)
    assert {(one.kind, one.value, one.day) for one in milestones(found)} == turn_by_turn(found)


@given(st.text(alphabet="#x", min_size=1, max_size=60))
def test_the_strengths_end_with_the_strength(pattern: str) -> None:
    turns = of(pattern).turns
    assert list(strengths(turns))[-1] == pytest.approx(strength(turns), abs=1e-12)


@given(st.text(alphabet="#x", min_size=1, max_size=60), st.integers(1, 20))
def test_days_to_come_never_move_a_milestone(pattern: str, more: int) -> None:
    before = milestones(of(pattern))
    after = milestones(of(pattern + "#" * more))
    assert before == tuple(one for one in after if one.day <= day(len(pattern) - 1))
