"""The one fact of a day: true, rare, drawn by the date alone, and told of what was ticked."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from microwins.parsers.schedule import EveryDays, Limit
from microwins.parsers.task import Quantity, State
from microwins.streaks.calendar import Now
from microwins.streaks.figures import Figures, figures
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin, Phase
from microwins.streaks.surprises import MOST_IN_A_WEEK, ODDS, facts, is_drawn, surprise

TODAY = date(2026, 3, 25)
DAY = timedelta(days=1)
DRAWN = next(TODAY + DAY * number for number in range(60) if is_drawn(TODAY + DAY * number))
PLAIN = next(TODAY + DAY * number for number in range(60) if not is_drawn(TODAY + DAY * number))


def done(days: Iterable[date], now: date = TODAY, words: Iterable[int] = (), name: str = "w") -> Figures:
    amounts = iter(words)
    boxes = []
    for day in days:
        amount = next(amounts, None)
        quantities = (Quantity(Decimal(amount), "words"),) if amount is not None else ()
        boxes.append(Entry("n", 1, State.DONE, day, name, quantities))
    win = MicroWin(name, "Write", "g", 1, (Phase(date(2025, 1, 1), None, EveryDays(1)),), "")
    return figures(win, boxes, Now.at(now))


def told(win: Figures, day: date = TODAY) -> dict[str, Decimal]:
    return {fact.kind: fact.value for fact in facts(win, day)}


def test_an_amount_that_is_more_than_on_any_day_before_is_told() -> None:
    days = [TODAY - DAY * 2 * number for number in range(11)]
    assert told(done(days, words=[301, *[300] * 10]))["amount"] == 301
    assert "amount" not in told(done(days, words=[300] * 11))
    assert "amount" not in told(done(days[:10], words=[301, *[300] * 9]))


def test_the_longest_row_is_told_only_where_there_was_one_to_compare_it_with() -> None:
    first = [TODAY - DAY * number for number in range(40, 44)]
    assert told(done([*first, *(TODAY - DAY * number for number in range(5))]))["row"] == 5
    assert "row" not in told(done([*first, *(TODAY - DAY * number for number in range(4))]))
    assert "row" not in told(done(TODAY - DAY * number for number in range(5)))


def test_a_weekday_is_told_from_eight_weeks_on() -> None:
    assert told(done(TODAY - DAY * 7 * number for number in range(8)))["weekday"] == 8
    assert "weekday" not in told(done(TODAY - DAY * 7 * number for number in range(7)))


def test_a_month_is_held_against_the_whole_month_before() -> None:
    before = [date(2026, 2, day) for day in (1, 5, 9, 20, 28)]
    six = [TODAY - DAY * 3 * number for number in range(6)]
    assert told(done([*before, *six]))["month"] == 6
    assert "month" not in told(done([*before, *six[:5]]))


def test_a_year_ago_is_the_same_date_and_a_leap_day_has_none() -> None:
    assert "year_ago" in told(done([date(2025, 3, 25), TODAY]))
    assert "year_ago" not in told(done([date(2025, 3, 24), TODAY]))
    leap = date(2028, 2, 29)
    assert "year_ago" not in told(done([date(2027, 2, 28), leap], now=leap), leap)


def test_nothing_is_told_of_what_was_not_done_today_nor_of_a_limit() -> None:
    assert told(done([date(2025, 3, 25), TODAY - DAY])) == {}
    win = MicroWin("l", "Sweets", "g", 1, (Phase(date(2025, 1, 1), None, Limit(Decimal(2), "week")),), "")
    boxes = [Entry("n", 1, State.DONE, day, "l") for day in (date(2025, 3, 25), TODAY)]
    assert told(figures(win, boxes, Now.at(TODAY))) == {}


def test_days_are_drawn_at_the_odds_that_are_told_and_never_more_than_two_in_seven() -> None:
    days = [date(2020, 1, 1) + DAY * number for number in range(7000)]
    drawn = [is_drawn(day) for day in days]
    assert 0.75 / ODDS < sum(drawn) / len(days) < 1.1 / ODDS
    assert max(sum(drawn[at : at + 7]) for at in range(len(days) - 6)) <= MOST_IN_A_WEEK


def test_a_day_that_is_not_drawn_has_no_fact_whatever_is_ticked() -> None:
    win = done([PLAIN.replace(year=PLAIN.year - 1), PLAIN], now=PLAIN)
    assert list(facts(win, PLAIN))
    assert surprise([win], PLAIN) is None


def test_a_drawn_day_has_one_fact_and_the_order_of_ticks_makes_no_difference() -> None:
    wins = [done([DRAWN.replace(year=DRAWN.year - 1), DRAWN], now=DRAWN, name=name) for name in "abc"]
    found = surprise(wins, DRAWN)
    assert found is not None
    assert found == surprise(reversed(wins), DRAWN) == surprise(wins, DRAWN)


@pytest.mark.parametrize("streaks", [True, False])
def test_hidden_streaks_are_no_facts(streaks: bool) -> None:
    old = [DRAWN - DAY * number for number in range(60, 64)]
    win = done([*old, *(DRAWN - DAY * number for number in range(5))], now=DRAWN)
    assert {fact.kind for fact in facts(win, DRAWN)} == {"row"}
    assert (surprise([win], DRAWN, streaks=streaks) is not None) is streaks
