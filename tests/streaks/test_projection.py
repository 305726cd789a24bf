from microwins.parsers.day_range import DayRange
from microwins.streaks.figures import Figures

from .engine import box, boxes, day, micro_win, of, pause


def wins(found: Figures) -> dict[str, float] | None:
    return {name: float(much) for name, much in found.projection.wins.items()} if found.projection else None


def test_it_is_the_mean_of_the_last_four_weeks_times_the_days_of_each_period() -> None:
    assert wins(of(micro_win("every day"), boxes("." * 72 + "x" * 28), 100)) == {
        "week": 7,
        "month": 30,
        "year": 365,
    }
    assert wins(of(micro_win("every day"), boxes("x" * 72 + "x." * 14), 100)) == {
        "week": 3.5, "month": 15, "year": 182.5,
    }  # fmt: skip


def test_days_before_the_start_and_days_of_pause_are_no_days_of_it() -> None:
    assert wins(of(micro_win("every day"), boxes("xx"), 4)) == {
        "week": 3.5,
        "month": 15,
        "year": 182.5,
    }
    assert wins(of(micro_win("every day", neutral=pause(2, 3)), boxes("xx"), 4)) == {
        "week": 7,
        "month": 30,
        "year": 365,
    }
    archived = micro_win("every day", inactive=(DayRange(day(2), day(3)),))
    assert wins(of(archived, boxes("xx"), 4)) == {"week": 7, "month": 30, "year": 365}


def test_today_is_open_and_no_part_of_it() -> None:
    assert wins(of(micro_win("every day"), boxes("x"), 0)) is None
    assert wins(of(micro_win("every day"), boxes("xxx"), 1)) == {"week": 7, "month": 30, "year": 365}


def test_amounts_are_projected_by_unit() -> None:
    found = of(micro_win("every day"), [box(0, "x", ("10", "words")), box(1, "x", ("2", "km"))], 2).projection
    assert found is not None
    assert {unit: float(sums["week"]) for unit, sums in found.amounts.items()} == {"word": 35, "km": 7}
