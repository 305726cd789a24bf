from datetime import date
from decimal import Decimal

import pytest

from microwins.parsers.task import Quantity, State
from microwins.streaks.calendar import Now
from microwins.streaks.history import Entry, days_of
from microwins.streaks.record import Record
from microwins.streaks.totals import Totals, count_days, micro_win_totals

WEDNESDAY = date(2026, 3, 4)


def box(day: date | None, *amounts: tuple[str, str], state: State = State.DONE) -> Entry:
    return Entry("n.md", 1, state, day, "w", tuple(Quantity(Decimal(much), unit) for much, unit in amounts))


@pytest.mark.parametrize(("week_start", "week"), [(0, 3), (6, 4), (2, 1)])
def test_a_week_begins_on_the_day_that_is_set(week_start: int, week: int) -> None:
    days = [
        (date(2026, 2, 28), 1),
        (date(2026, 3, 1), 1),
        (date(2026, 3, 2), 1),
        (date(2026, 3, 3), 1),
        (WEDNESDAY, 1),
    ]
    assert count_days(days, Now.at(WEDNESDAY, week_start)) == Totals(
        today=1, week=week, month=4, year=5, all=5, quarter=5
    )


def test_each_period_ends_today_and_begins_with_the_calendar() -> None:
    days = [
        (date(2025, 12, 31), 2),
        (date(2026, 1, 1), 3),
        (date(2026, 3, 1), 5),
        (date(2026, 3, 2), 7),
        (WEDNESDAY, 11),
    ]
    assert count_days(days, Now.at(WEDNESDAY)) == Totals(11, 18, 23, 26, 28, 26)


def test_wins_of_days_to_come_are_not_counted_yet_and_undated_ones_only_in_all() -> None:
    days = [(WEDNESDAY, 1), (date(2026, 3, 5), 1)]
    assert count_days(days, Now.at(WEDNESDAY), undated=4) == Totals(1, 1, 1, 1, 5, 1)


def test_a_micro_win_counts_once_a_day_and_its_amounts_add_up() -> None:
    boxes = [
        box(WEDNESDAY, ("200", "words")),
        box(WEDNESDAY, ("100", "word"), ("25", "min")),
        box(date(2026, 3, 1), ("1.5", "km")),
    ]
    found = micro_win_totals(Record.of(days_of(boxes), WEDNESDAY), [], Now.at(WEDNESDAY))
    assert found.wins == Totals(1, 1, 2, 2, 2, 2)
    assert {unit: sums["all"] for unit, sums in found.amounts.items()} == {
        "word": 300,
        "min": 25,
        "km": Decimal("1.5"),
    }
    assert found.amounts["km"]["week"] == 0
    assert found.amounts["word"]["today"] == 300


def test_what_is_partly_done_adds_its_amount_and_is_no_win() -> None:
    found = micro_win_totals(
        Record.of(days_of([box(WEDNESDAY, ("100", "words"), state=State.PARTIAL)]), WEDNESDAY),
        [],
        Now.at(WEDNESDAY),
    )
    assert found.wins == Totals()
    assert found.amounts["word"]["all"] == 100


def test_a_skipped_or_open_box_adds_nothing() -> None:
    boxes = [box(WEDNESDAY, ("100", "words"), state=state) for state in (State.SKIPPED, State.OPEN)]
    found = micro_win_totals(Record.of(days_of(boxes), WEDNESDAY), [], Now.at(WEDNESDAY))
    assert found.wins == Totals()
    assert not found.amounts


def test_a_box_without_a_day_counts_in_all_with_its_amount() -> None:
    found = micro_win_totals(
        Record.of({}, WEDNESDAY), [box(None, ("100", "words")), box(None)], Now.at(WEDNESDAY)
    )
    assert found.wins == Totals(all=2)
    assert found.amounts["word"] == {"today": 0, "week": 0, "month": 0, "year": 0, "all": 100, "quarter": 0}


def test_amounts_of_days_to_come_are_not_counted_yet() -> None:
    found = micro_win_totals(
        Record.of(days_of([box(date(2026, 3, 5), ("100", "words"))]), WEDNESDAY), [], Now.at(WEDNESDAY)
    )
    assert found.wins == Totals()
    assert not found.amounts
