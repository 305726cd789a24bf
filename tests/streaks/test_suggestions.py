from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.day_range import DayRange
from microwins.parsers.schedule import EveryDays, Limit, OnWeekdays, Rule
from microwins.parsers.task import Quantity, State
from microwins.streaks.calendar import NeutralDays, Now
from microwins.streaks.figures import Figures, figures
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin, Phase
from microwins.streaks.suggestions import Suggestion, half, larger, suggestion

MONDAY = date(2026, 3, 2)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def words(amount: int) -> Quantity:
    return Quantity(Decimal(amount), "words")


def of(
    pattern: str,
    text: str = "Write",
    *,
    target: Quantity | None = None,
    minimum: str | None = None,
    rule: Rule | None = None,
    amounts: int = 0,
    phases: tuple[Phase, ...] = (),
) -> Figures:
    given_amount = (words(amounts),) if amounts else ()
    entries = [
        Entry("n", 1, State.DONE, day(at), quantities=given_amount)
        for at, mark in enumerate(pattern)
        if mark == "#"
    ]
    phases = phases or (Phase(MONDAY, None, rule or EveryDays(1), target),)
    win = MicroWin("w", text, "g.md", 1, phases, "", minimum=minimum)
    return figures(win, entries, Now.at(day(len(pattern) - 1)))


def made(figures: Figures) -> Suggestion:
    found = suggestion(figures)
    assert found is not None
    return found


@pytest.mark.parametrize("pattern", ["#####?", "##x#x?", "##xx?", "?", "#", "xx?"])
def test_what_mostly_goes_well_gets_no_suggestion(pattern: str) -> None:
    assert suggestion(of(pattern)) is None


def test_three_of_the_last_five_missed_is_a_reason_for_a_smaller_step() -> None:
    found = made(of("##xxx?", "Write 300 words"))
    assert (found.kind, found.amount, found.day) == ("smaller", words(100), day(5))
    assert (found.reason.kind, found.reason.count, found.reason.of) == ("missed", 3, 5)


def test_two_lapses_in_a_month_are_a_reason_too() -> None:
    found = made(of("####xx######xx?"))
    assert (found.reason.kind, found.reason.count, found.reason.of) == ("lapses", 2, 30)


def test_amounts_far_below_the_target_are_a_reason_too() -> None:
    entries = [
        Entry("n", 1, State.DONE, day(at), quantities=(words(300 if at % 2 else 140),)) for at in range(8)
    ]
    win = MicroWin("w", "Write", "g.md", 1, (Phase(MONDAY, None, EveryDays(1), words(500)),), "")
    found = made(figures(win, entries, Now.at(day(8))))
    assert found.kind == "smaller"
    assert found.amount == words(200)


@pytest.mark.parametrize(
    ("text", "target", "minimum", "kind", "proposed"),
    [
        ("Write", words(300), "one line", "smaller", words(100)),
        ("Jog 20 minutes", None, "put on shoes", "smaller", Quantity(Decimal(10), "minutes")),
        ("Write", None, "one line", "minimum", "one line"),
        ("Write", None, None, "two_minutes", None),
        ("Sit 2 minutes", None, None, "two_minutes", None),
        ("Read 1 page", None, "open the book", "minimum", "open the book"),
    ],
)
def test_the_next_smaller_step_is_half_the_amount_then_the_minimum_then_two_minutes(
    text: str, target: Quantity | None, minimum: str | None, kind: str, proposed: object
) -> None:
    found = made(of("#xxx?", text, target=target, minimum=minimum))
    assert (found.kind, found.amount or found.text) == (kind, proposed)


def test_one_weekday_that_does_not_work_is_left_out_before_the_step_is_made_smaller() -> None:
    mondays_and_tuesdays = OnWeekdays(frozenset((0, 1, 2)))
    found = made(of("x##xxxx" * 3 + "x#xxxxx" + "x?", rule=mondays_and_tuesdays))
    assert (found.kind, found.weekday, found.schedule) == ("fewer_days", 0, "every Tue, Wed")


def test_a_suggestion_stands_for_a_week_and_the_next_one_comes_after_a_fortnight_at_the_earliest() -> None:
    days = [suggestion(of("#" + "x" * number + "?")) for number in range(3, 35)]
    assert [found.day if found else None for found in days] == [
        *[day(4)] * 7,
        *[None] * 7,
        *[day(18)] * 7,
        *[None] * 7,
        *[day(32)] * 4,
    ]


def test_a_new_rule_begins_with_turns_of_its_own() -> None:
    phases = (Phase(MONDAY, day(4), EveryDays(1)), Phase(day(5), None, OnWeekdays(frozenset((5, 6)))))
    assert suggestion(of("#xxxx?", phases=phases)) is None


def test_a_step_that_has_become_easy_may_grow() -> None:
    found = made(of("#" * 35 + "?", target=words(300), amounts=400))
    assert (found.kind, found.amount) == ("larger", words(360))
    assert (found.reason.kind, found.reason.median, found.reason.target) == ("easy", Decimal(400), words(300))
    assert suggestion(of("#" * 35 + "?", target=words(300), amounts=310)) is None
    assert suggestion(of("#" * 10 + "?", target=words(300), amounts=400)) is None


def test_a_limit_and_what_has_no_rule_get_no_suggestion() -> None:
    missed = of("#xxxx?")
    limit = replace(missed.win, phases=(Phase(None, None, Limit(Decimal(1), "week")),))
    assert suggestion(replace(missed, win=limit)) is None
    assert suggestion(of("xxxxx?", phases=(Phase(None, None, None),))) is None
    assert suggestion(of("xxxxx?", phases=(Phase(MONDAY, day(2), EveryDays(1)),))) is None


def test_what_is_archived_or_paused_gets_no_suggestion() -> None:
    missed = of("#xxxx?")
    assert suggestion(missed) is not None
    today = DayRange(day(5), None)
    for put_aside in (
        replace(missed.win, retired=True),
        replace(missed.win, inactive=(today,)),
        replace(missed.win, neutral=NeutralDays(pauses=(today,))),
    ):
        assert suggestion(replace(missed, win=put_aside)) is None


@pytest.mark.parametrize(
    ("amount", "expected"), [(300, 100), (1000, 500), (30, 10), (5, 2), (3, 1), (1, None)]
)
def test_half_an_amount_is_a_round_number(amount: int, expected: int | None) -> None:
    assert half(Decimal(amount)) == expected


@given(st.decimals(min_value="0.01", max_value=10**9, allow_nan=False, allow_infinity=False))
def test_half_is_never_more_than_half_and_larger_is_always_more(amount: Decimal) -> None:
    smaller = half(amount)
    assert smaller is None or 1 <= smaller <= amount / 2
    assert larger(amount) > amount


@given(st.text(alphabet="#x", min_size=1, max_size=60))
def test_the_same_history_gives_the_same_suggestion_on_every_device(pattern: str) -> None:
    first, second = suggestion(of(pattern)), suggestion(of(pattern))
    assert first == second
    assert first is None or first.day <= day(len(pattern) - 1) < first.day + timedelta(days=7)
