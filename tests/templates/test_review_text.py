"""How a look back is worded and laid out."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from microwins.parsers.schedule import EveryDays, Period
from microwins.parsers.task import Quantity, State
from microwins.streaks.calendar import Now
from microwins.streaks.figures import Figures, figures
from microwins.streaks.history import Entry
from microwins.streaks.lookback import Lookback, lookback
from microwins.streaks.micro_win import MicroWin, Phase
from microwins.streaks.review_life import ReviewLife, Times
from microwins.streaks.suggestions import Reason, Suggestion
from microwins.templates import review_life_words as words
from microwins.templates import review_words
from microwins.templates.words import speaking

SUNDAY = date(2026, 11, 22)
FIRST = SUNDAY - timedelta(days=60)
NOTHING = ReviewLife((), (), Times(), (), (), None, None, None)


def look(kind: Period, day: date = SUNDAY) -> Lookback:
    found = lookback(kind, day, Now.at(SUNDAY))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("kind", "day", "name"),
    [
        ("week", SUNDAY, "Week of 16 to 22 November 2026"),
        ("week", date(2026, 11, 1), "Week of 26 October to 1 November 2026"),
        ("week", date(2026, 1, 1), "Week of 29 December 2025 to 4 January 2026"),
        ("month", SUNDAY, "November 2026, day 22 of 30"),
        ("month", date(2026, 2, 3), "February 2026"),
        ("quarter", date(2026, 5, 5), "April to June 2026"),
        ("year", SUNDAY, "2026, day 326 of 365"),
        ("year", date(2025, 5, 5), "2025"),
    ],
)
def test_a_period_has_a_name_and_says_how_far_it_has_come(kind: Period, day: date, name: str) -> None:
    assert review_words.title(look(kind, day)) == name


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (None, 0.5, "50 %"),
        (0.5, 0.5, "50 %"),
        (0.5, 0.501, "50 %"),
        (0.5, 0.6, "50 → 60 %"),
        (0.0, 1.0, "0 → 100 %"),
    ],
)
def test_two_shares_are_told_as_one_where_they_look_the_same(
    before: float | None, after: float, text: str
) -> None:
    assert review_words.change(before, after) == text


def test_of_many_the_first_are_named_and_the_rest_is_counted() -> None:
    assert review_words.few(list("abcd")) == list("abcd")
    assert review_words.few(list("abcdef")) == ["a", "b", "c", "and 3 more"]
    with speaking("de"):
        assert review_words.few(list("abcdef"))[-1] == "und 3 weitere"


def test_times_are_told_with_how_many_of_them_are_known() -> None:
    times = Times(days=4, mornings=3, frogs=5, frogs_known=2, frogs_first=1, stacks=2, stacked=5, longest=3, longest_day=SUNDAY)  # fmt: skip
    assert words.mornings(times) == "a morning win on 3 of 4 days with known times"
    assert words.frogs(times) == "done on 5 days, first of all on 1 of 2 known"
    assert words.frogs(replace(times, frogs_known=0)) == "done on 5 days"
    assert words.momentum(times, look("week")) == "3 wins close together on Sunday, 2.5 on average"
    assert words.mornings(Times()) == words.frogs(Times()) == words.momentum(Times(), look("week")) == ""


def walk() -> Figures:
    win = MicroWin("w", "Walk #out", "g.md", 1, (Phase(FIRST, None, EveryDays(1)),), "")
    return figures(win, [Entry("n", 1, State.DONE, SUNDAY, "w")], Now.at(SUNDAY))


def test_the_suggestion_is_that_of_status() -> None:
    made = Suggestion("w", SUNDAY, "smaller", Reason("missed", 3, 5), Quantity(Decimal(10), "minutes"))
    told = words.perhaps(replace(NOTHING, suggestion=(walk(), made)))
    assert told == "Walk: Done 2 of the last 5 times. A smaller step to try: 10 minutes"


def test_the_pace_is_a_plain_number() -> None:
    assert words.pace(replace(NOTHING, a_year=1095.0)) == "1,095 wins in a year"
    assert words.pace(NOTHING) == words.together(NOTHING) == words.perhaps(NOTHING) == ""
