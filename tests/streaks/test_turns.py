from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest

from microwins.parsers.day_range import DayRange
from microwins.parsers.schedule import EveryDays, OnWeekdays, Quota, Rule, SinceLast, read_schedule
from microwins.parsers.task import Quantity, State
from microwins.streaks.calendar import NeutralDays, Now
from microwins.streaks.figures import Figures, figures
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin, Phase

NO_REST = NeutralDays()
MONDAY = date(2026, 3, 2)
DAILY = EveryDays(1)
STATES = {"x": State.DONE, "-": State.SKIPPED, "/": State.PARTIAL, " ": State.OPEN}


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def box(number: int, state: str = "x", *amounts: tuple[int, str]) -> Entry:
    return Entry(
        "n.md",
        1,
        STATES[state],
        day(number),
        "w",
        tuple(Quantity(Decimal(much), unit) for much, unit in amounts),
    )


def boxes(marks: str) -> list[Entry]:
    """Return one box a day from Monday on; a dot is a day without one."""
    return [box(number, mark) for number, mark in enumerate(marks) if mark != "."]


def of(
    rule: Rule | None,
    entries: list[Entry],
    today: int,
    *,
    start: int | None = 0,
    until: int | None = None,
    target: Quantity | None = None,
    neutral: NeutralDays = NO_REST,
    closed: int | None = None,
    week_start: int = 0,
) -> Figures:
    since = None if start is None else day(start)
    phases = (Phase(since, None if until is None else day(until), rule, target),)
    now = Now(day(today), day(today - 1 if closed is None else closed), week_start)
    return figures(MicroWin("w", "Walk", "g.md", 1, phases, "", neutral), entries, now)


def changed(phases: Mapping[int, tuple[Rule, Quantity | None]], entries: list[Entry], today: int) -> Figures:
    made = tuple(Phase(day(since), None, rule, target) for since, (rule, target) in phases.items())
    return figures(MicroWin("w", "Walk", "g.md", 1, made, ""), entries, Now.at(day(today)))


def pause(first: int, last: int) -> NeutralDays:
    return NeutralDays(pauses=(DayRange(day(first), day(last)),))


@pytest.mark.parametrize(
    ("marks", "today", "states"),
    [
        ("", 0, "?"),
        ("x", 0, "#"),
        ("xxx", 3, "###?"),
        ("x.x", 3, "#x#?"),
        ("x x", 3, "#x#?"),
        ("x/x", 3, "#x#?"),
        ("x-x", 3, "#-#?"),
        ("---", 3, "---?"),
        ("xx.-", 3, "##x-"),
    ],
)
def test_a_day_is_satisfied_missed_neutral_or_open(marks: str, today: int, states: str) -> None:
    assert of(DAILY, boxes(marks), today).states == states


def test_a_day_in_the_late_window_is_still_open() -> None:
    assert of(DAILY, boxes("x"), 2, closed=0).states == "#??"
    assert of(DAILY, boxes("x"), 2, closed=1).states == "#x?"


def test_done_beats_skipped_on_one_day() -> None:
    assert of(DAILY, [box(0, "-"), box(0, "x")], 1).states == "#?"
    assert of(DAILY, [box(0, "x"), box(0, "-")], 1).states == "#?"


def test_a_tick_for_a_day_to_come_counts_when_the_day_is_here() -> None:
    ahead = [box(0), box(2)]
    assert of(DAILY, ahead, 1).states == "#?"
    assert of(DAILY, ahead, 1).totals.wins.all == 1
    assert of(Quota(2, "week"), ahead, 1).states == "?"
    assert of(SinceLast(1, 7), ahead, 1).states == "#?"
    assert of(DAILY, ahead, 2).states == "#x#"


def test_without_a_start_it_begins_at_the_first_box_open_or_not() -> None:
    assert of(DAILY, [box(2), box(4)], 5, start=None).states == "#x#?"
    assert of(DAILY, [box(2, " "), box(4)], 5, start=None).states == "xx#?"
    assert of(DAILY, [box(9)], 5, start=None).states == "?"
    assert of(DAILY, [], 5, start=None).states == "?"


def test_before_the_start_nothing_is_asked_and_nothing_counts() -> None:
    found = of(DAILY, boxes("xxx.x"), 5, start=3)
    assert found.states == "x#?"
    assert found.totals.wins.all == 4
    assert of(DAILY, [], 2, start=5).states == ""
    assert of(DAILY, [], 2, start=5).state == "not_due"


def test_after_the_last_day_nothing_is_asked() -> None:
    assert of(DAILY, boxes("xx"), 6, until=2).states == "##x"
    assert of(DAILY, boxes("xx"), 6, until=2).state == "not_due"


def test_weekday_turns_are_those_weekdays_only() -> None:
    weekday = OnWeekdays(frozenset(range(5)))
    assert of(weekday, boxes("xxxxx..x"), 8).states == "######?"
    assert of(weekday, boxes("xxxxxxx"), 6).states == "#####"


@pytest.mark.parametrize(("week_start", "second"), [(0, 14), (6, 13)])
def test_every_other_week_is_counted_from_the_week_of_the_start(week_start: int, second: int) -> None:
    sunday_and_monday = OnWeekdays(frozenset({0, 6}), 2)
    found = of(sunday_and_monday, [], 15, start=0, week_start=week_start)
    assert [(turn.slot.start - MONDAY).days for turn in found.turns if turn.slot.start > day(7)] == (
        [second] if second == 14 else [13, 14]
    )


def test_every_third_day_is_counted_from_the_start_whatever_was_done_between() -> None:
    assert of(EveryDays(3), boxes("x.xx..."), 7).states == "##x"
    assert [turn.slot.start for turn in of(EveryDays(3), [], 7).turns] == [day(0), day(3), day(6)]


def test_a_window_restarts_at_each_completion() -> None:
    found = of(SinceLast(1, 3), boxes("x.x..x...x"), 10)
    assert [((turn.slot.start - MONDAY).days, (turn.slot.end - MONDAY).days) for turn in found.turns] == [
        (0, 0), (1, 2), (3, 5), (6, 8), (9, 9), (10, 12),
    ]  # fmt: skip
    assert found.states == "###x#?"


def test_neutral_days_make_a_window_longer_one_for_one() -> None:
    assert of(SinceLast(1, 3), boxes("x"), 6, neutral=pause(2, 3)).states == "#x?"
    assert of(SinceLast(1, 3), boxes("x....x"), 6, neutral=pause(2, 3)).states == "##?"
    assert of(SinceLast(1, 3), boxes("x-...x"), 6).states == "#x#?"
    assert of(SinceLast(1, 3), boxes("x--..x"), 6).states == "##?"


def test_a_pause_without_an_end_does_not_run_for_ever() -> None:
    endless = NeutralDays(pauses=(DayRange(day(1)),))
    assert set(of(SinceLast(1, 3), boxes("x"), 2000, neutral=endless).states) == {"#", "-"}


@pytest.mark.parametrize(("wins", "state"), [("", "x"), ("xx", "x"), ("xxx", "#"), ("xxxxx", "#")])
def test_a_week_asks_for_its_number_of_days(wins: str, state: str) -> None:
    assert of(Quota(3, "week"), boxes(wins), 7).states == f"{state}?"


def test_the_first_week_asks_for_its_part() -> None:
    assert of(Quota(3, "week"), boxes(".....x"), 7, start=5).states == "#?"
    assert of(Quota(7, "week"), boxes(".....x"), 7, start=5).states == "x?"
    assert of(Quota(3, "week"), boxes("...x"), 7, start=3).states == "x?"
    assert of(Quota(3, "week"), boxes("...xx"), 7, start=3).states == "#?"


def test_a_pause_shrinks_a_week_and_a_whole_week_of_pause_is_neutral() -> None:
    assert of(Quota(3, "week"), boxes("xx"), 7, neutral=pause(3, 6)).states == "#?"
    assert of(Quota(3, "week"), boxes("x"), 7, neutral=pause(3, 6)).states == "x?"
    assert of(Quota(3, "week"), boxes(""), 7, neutral=pause(0, 6)).states == "-?"
    assert of(Quota(3, "week"), boxes("x"), 7, neutral=pause(0, 6)).states == "#?"


def test_skipped_days_shrink_a_week_as_a_pause_does() -> None:
    assert of(Quota(3, "week"), boxes("xx-----"), 7).states == "#?"
    assert of(Quota(3, "week"), boxes("x------"), 7).states == "#?"
    assert of(Quota(3, "week"), boxes("-------"), 7).states == "-?"
    assert of(Quota(3, "week"), boxes("x-"), 7).states == "x?"


def test_more_than_once_a_day_cannot_be_asked_for() -> None:
    assert of(Quota(10, "week"), boxes("xxxxxxx"), 7).states == "#?"
    assert of(Quota(10, "week"), boxes("xxxxxx"), 7).states == "x?"


def test_weeks_begin_on_the_day_that_is_set() -> None:
    found = of(Quota(1, "week"), [], 8, start=0, week_start=6)
    assert [turn.slot.start for turn in found.turns] == [day(0), day(6)]
    assert [turn.slot.end for turn in found.turns] == [day(5), day(12)]


def test_months_and_years_are_those_of_the_calendar() -> None:
    months = of(Quota(1, "month"), [], 60, start=0)
    assert [turn.slot.end for turn in months.turns] == [
        date(2026, 3, 31),
        date(2026, 4, 30),
        date(2026, 5, 31),
    ]
    pairs = of(Quota(1, "month", 2), [], 60, start=0)
    assert [turn.slot.end for turn in pairs.turns] == [date(2026, 4, 30), date(2026, 6, 30)]
    years = of(Quota(12, "year"), [], 400, start=0)
    assert [turn.slot.end for turn in years.turns] == [date(2026, 12, 31), date(2027, 12, 31)]


WORDS = Quantity(Decimal(300), "words")


def test_a_target_is_reached_by_the_sum_of_a_days_boxes() -> None:
    found = of(
        DAILY,
        [box(0, "x", (200, "words")), box(0, "/", (100, "word")), box(1, "x", (299, "words"))],
        2,
        target=WORDS,
    )
    assert found.states == "#x?"
    assert [turn.share for turn in found.turns] == [1, pytest.approx(299 / 300), 0]


def test_a_bare_tick_stands_for_the_whole_target() -> None:
    assert of(DAILY, boxes("x/"), 2, target=WORDS).states == "#x?"


def test_an_amount_in_another_unit_is_not_added_to_the_target() -> None:
    assert of(DAILY, [box(0, "x", (25, "min"))], 1, target=WORDS).states == "x?"


def test_a_weeks_target_adds_up_and_shrinks_with_the_week() -> None:
    ten = Quantity(Decimal(10), "km")
    assert (
        of(Quota(1, "week"), [box(0, "x", (4, "km")), box(4, "x", (6, "km"))], 7, target=ten).states == "#?"
    )
    assert of(Quota(1, "week"), [box(0, "x", (4, "km"))], 7, target=ten).states == "x?"
    assert of(Quota(1, "week"), [box(5, "x", (3, "km"))], 7, start=5, target=ten).states == "#?"


def test_two_boxes_on_one_day_are_one_repetition() -> None:
    twice = [box(0), box(0), box(1), box(1)]
    assert of(Quota(3, "week"), twice, 7).states == "x?"
    assert of(DAILY, twice, 1).totals.wins.all == 2


def test_a_new_rule_leaves_the_past_as_it_was() -> None:
    old = changed({0: (DAILY, None)}, boxes("xx.xx"), 5)
    new = changed({0: (DAILY, None), 5: (EveryDays(2), None)}, boxes("xx.xx.."), 9)
    assert new.states == f"{old.states[:5]}xx?"


def test_a_new_target_leaves_the_past_as_it_was() -> None:
    more = Quantity(Decimal(500), "words")
    entries = [box(number, "x", (300, "words")) for number in range(4)]
    assert changed({0: (DAILY, WORDS), 2: (DAILY, more)}, entries, 4).states == "##xx?"


def test_a_new_rule_in_the_middle_of_a_week_closes_the_part_before_it() -> None:
    found = changed({0: (Quota(4, "week"), None), 3: (DAILY, None)}, boxes("xx.x"), 4)
    assert found.turns[0].slot.end == day(2)
    assert found.states == "##?"


def test_a_year_with_a_digit_wrong_costs_neither_time_nor_a_crash() -> None:
    for rule in (
        DAILY,
        OnWeekdays(frozenset({0})),
        Quota(1, "week"),
        Quota(1, "month"),
        Quota(1, "year", 60),
        SinceLast(1, 3),
    ):
        for since in (date.min, date.max):
            win = MicroWin("w", "Walk", "g.md", 1, (Phase(MONDAY, None, rule), Phase(since, None, rule)), "")
            for week_start in (0, 6):
                assert figures(win, [box(0)], Now(day(1), day(0), week_start)).totals.wins.all == 1


@pytest.mark.parametrize(
    ("rule", "marks", "today", "state"),
    [
        (DAILY, "x", 0, "done"),
        (DAILY, "-", 0, "skipped"),
        (DAILY, " ", 0, "open"),
        (OnWeekdays(frozenset({1})), "", 0, "not_due"),
        (OnWeekdays(frozenset({1})), "x", 0, "done"),
        (OnWeekdays(frozenset({1})), "-", 0, "skipped"),
        (Quota(1, "week"), "x", 3, "done"),
        (Quota(3, "week"), "x", 1, "open"),
        (Quota(3, "week"), "xx", 1, "done"),
        (Quota(3, "week"), "x-", 1, "skipped"),
        (None, "", 0, "not_due"),
        (None, "x", 0, "done"),
    ],
)
def test_the_state_of_today_is_said_in_a_word(rule: Rule | None, marks: str, today: int, state: str) -> None:
    assert of(rule, boxes(marks), today).state == state


def test_a_day_of_rest_is_neutral_in_a_week_too() -> None:
    assert of(Quota(3, "week"), [], 5, neutral=NeutralDays(frozenset({5}))).state == "neutral"
    assert of(DAILY, [], 5, neutral=NeutralDays(frozenset({5}))).state == "neutral"


def test_a_monthly_date_is_a_slot_of_one_day_and_its_streak_counts_times() -> None:
    rule = read_schedule("every month on the 1st")
    assert rule is not None
    win = MicroWin("w", "Pay the rent", "g", 1, (Phase(date(2026, 1, 1), None, rule),), "")
    done = [Entry("n.md", 1, State.DONE, date(2026, month, 1)) for month in (1, 2, 4)]
    found = figures(win, done, Now.at(date(2026, 5, 1)))
    assert (found.states, found.unit) == ("##x#?", "times")
    assert [streak.count for streak in found.streaks] == [2, 1]
