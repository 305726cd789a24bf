from decimal import Decimal

import pytest

from microwins.parsers.task import Quantity
from microwins.streaks.figures import Figures

from .engine import box, boxes, micro_win, of, pause

Shown = tuple[float, float, str, str]


def now(words: str, marks: str, today: int, **more: object) -> Shown | None:
    return shown(of(micro_win(words, **more), boxes(marks), today))  # type: ignore[arg-type]


def shown(figures: Figures) -> Shown | None:
    found = figures.progress_now
    return (float(found.got), float(found.needed), found.unit, found.period) if found else None


@pytest.mark.parametrize(
    ("words", "marks", "today", "expected"),
    [
        ("3 times a week", "x", 2, (1, 3, "", "week")),
        ("3 times a week", "x......", 7, (0, 3, "", "week")),
        ("twice a quarter", "x", 2, (1, 1, "", "quarter")),
        ("every 2 weeks", "", 2, (0, 1, "", "")),
        ("every day", "", 2, None),
        ("3 times in 7 days", "x", 2, None),
    ],
)
def test_a_quota_says_how_much_of_it_is_done(
    words: str, marks: str, today: int, expected: Shown | None
) -> None:
    assert now(words, marks, today) == expected


def test_a_quota_asks_for_less_where_days_are_neutral() -> None:
    assert now("3 times a week", "x", 2, neutral=pause(3, 6)) == (1, 2, "", "week")
    assert now("3 times a week", "", 2, neutral=pause(0, 6)) is None


def test_a_target_says_the_amount() -> None:
    words = Quantity(Decimal(300), "words")
    daily = of(micro_win("every day", target=words), [box(0, "x", ("120", "words"))], 0)
    assert shown(daily) == (120, 300, "words", "day")
    weekly = of(micro_win("weekly", target=words), [box(0, "x", ("120", "words")), box(2)], 3)
    assert shown(weekly) == (420, 300, "words", "week")


def test_after_its_end_nothing_is_running() -> None:
    assert now("3 times a week", "x", 9, until=3) is None


def test_a_miss_before_an_open_turn_puts_a_streak_at_risk_and_no_more() -> None:
    kept = of(micro_win("every day", grace="never-twice"), boxes("xxx."), 4)
    assert (kept.at_risk, kept.pending) == (True, 1)
    assert kept.streak is not None
    assert (kept.streak.count, kept.streak.wins, kept.streak.days) == (3, 3, 3)
    for marks in ("xxxx", "xxx.x", "xxx.."):
        assert not of(micro_win("every day", grace="never-twice"), boxes(marks), len(marks)).at_risk
    assert not of(micro_win("every day"), boxes("xxx."), 4).at_risk


def test_wins_and_days_of_a_streak_are_told_beside_its_count() -> None:
    found = of(micro_win("3 times a week"), boxes("xxxx...x.x.x"), 14).streak
    assert found is not None
    assert (found.count, found.wins, found.days) == (2, 7, 12)
