from dataclasses import replace

import pytest

from microwins.parsers.schedule import Limit
from microwins.streaks.due import answered, due_today

from .engine import box, boxes, day, micro_win, of, pause, rule, streaks


@pytest.mark.parametrize(
    ("words", "marks", "states"),
    [
        ("at most 2 a week", "xx....." + "xxx....", "#x?"),
        ("at most 2 a week", "xxx", "?"),
        ("at most 1 a day", "x..x", "####?"),
        ("avoid", ".x.", "#x#?"),
    ],
)
def test_a_limit_is_kept_at_the_close_of_its_period_if_it_was_not_exceeded(
    words: str, marks: str, states: str
) -> None:
    assert of(micro_win(words), boxes(marks), len(marks)).states == states


def test_each_box_of_a_day_counts() -> None:
    found = of(micro_win("at most 1 a day"), [box(0), box(0), box(1)], 2)
    assert found.states == "x#?"
    assert found.totals.wins.all == 3


def test_amounts_of_its_unit_are_added_up_and_a_bare_tick_is_the_whole() -> None:
    screen = micro_win("at most 30 min a day")
    entries = [
        box(0, "x", ("20", "min")), box(0, "x", ("10", "minutes")),
        box(1, "x", ("20", "min")), box(1, "x", ("11", "min")),
        box(2), box(3), box(3, "x", ("1", "min")), box(4, "x", ("90", "km")),
    ]  # fmt: skip
    assert of(screen, entries, 5).states == "#x#x#?"
    assert of(micro_win("at most 0 min a day"), [box(0)], 1).states == "x?"


@pytest.mark.parametrize(("ticks", "share"), [(2, 1), (3, 0.5), (4, 0), (9, 0)])
def test_its_share_falls_with_what_is_above_the_limit(ticks: int, share: float) -> None:
    found = of(micro_win("at most 2 a week"), [box(0)] * ticks, 7)
    assert found.turns[0].share == share


def test_its_strength_begins_with_nothing_as_any_other() -> None:
    assert of(micro_win("avoid"), [], 0).strength == 0
    assert of(micro_win("avoid"), [], 13).strength == pytest.approx(0.5)


def test_a_period_without_any_note_is_not_known_unless_that_means_clean() -> None:
    quiet = micro_win("at most 1 a day")
    noted = {day(0), day(2)}
    assert of(quiet, boxes("..."), 3, noted).states == "#-#?"
    assert of(quiet, boxes(".x."), 3, noted).states == "###?"
    limit = rule("at most 1 a day")
    assert isinstance(limit, Limit)
    phase = replace(quiet.phases[0], rule=replace(limit, clean_unlogged=True))
    assert of(replace(quiet, phases=(phase,)), boxes("..."), 3, noted).states == "###?"
    assert of(micro_win("at most 2 a week"), [], 14, {day(8)}).states == "-#?"


def test_only_a_period_of_nothing_but_neutral_days_is_neutral_and_the_limit_stays_whole() -> None:
    assert of(micro_win("at most 2 a week", neutral=pause(0, 5)), boxes("......x"), 7).states == "#?"
    assert of(micro_win("at most 2 a week", neutral=pause(0, 6)), boxes("xxx"), 7).states == "-?"
    assert of(micro_win("at most 1 a day"), boxes("x-x"), 3).states == "#-#?"


def test_it_is_nothing_to_do() -> None:
    found = of(micro_win("at most 2 a week"), boxes("x"), 0)
    assert not due_today(found, found.now)
    assert not answered(found, found.now)
    assert (found.state, found.votes, found.deadline) == ("not_due", 0, None)
    assert list(found.days_done) == []


def test_its_streak_is_of_whole_periods() -> None:
    found = of(micro_win("at most 2 a week"), boxes("x"), 15)
    assert (found.unit, streaks(found)) == ("weeks", [(2, 0, 13)])


def test_what_is_left_of_it_is_said_also_where_it_is_exceeded() -> None:
    found = of(micro_win("at most 2 a week"), boxes("xxx"), 4).progress_now
    assert found is not None
    assert (int(found.got), int(found.needed), found.unit, found.period) == (3, 2, "", "week")
    assert found.at_most
