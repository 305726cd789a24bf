"""What holds for every history, schedule and day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from microwins.parsers.day_range import DayRange
from microwins.parsers.schedule import (
    EveryDays,
    Limit,
    Once,
    OnWeekdays,
    Quota,
    Rolling,
    Rule,
    SinceLast,
    read_schedule,
)
from microwins.parsers.task import Quantity, State
from microwins.streaks.calendar import NeutralDays, Now
from microwins.streaks.figures import Figures, figures
from microwins.streaks.history import Entry, days_of
from microwins.streaks.micro_win import MicroWin, Phase
from microwins.streaks.record import Record
from microwins.streaks.totals import NAMES, count_days, micro_win_totals

NO_REST = NeutralDays()
START = date(2026, 2, 25)
LENGTH = 40

rules: st.SearchStrategy[Rule] = st.one_of(
    st.just(EveryDays(1)),
    st.builds(EveryDays, st.integers(1, 5)),
    st.builds(OnWeekdays, st.frozensets(st.integers(0, 6), min_size=1), st.integers(1, 2)),
    st.tuples(st.integers(1, 3), st.integers(0, 4)).map(lambda pair: SinceLast(pair[0], sum(pair))),
    st.builds(Quota, st.integers(1, 7), st.sampled_from(["week", "month", "quarter"])),
    st.builds(Once, st.integers(0, LENGTH + 10).map(lambda number: START + timedelta(number))),
    st.sampled_from(["every month on the 1st and 15th", "2nd tue"]).map(
        lambda words: read_schedule(words) or EveryDays()
    ),
)
rolling = st.tuples(st.integers(1, 9), st.integers(0, 9)).map(lambda pair: Rolling(pair[0], sum(pair)))
limits = st.builds(
    Limit,
    st.integers(0, 4).map(Decimal),
    st.sampled_from(["day", "week", "month"]),
    st.sampled_from(["", "km"]),
    st.booleans(),
)
marks = st.text(alphabet="##x-/", max_size=LENGTH)
graces = st.sampled_from(["none", "never-twice"])
targets = st.none() | st.just(Quantity(Decimal(10), "km"))


def day(number: int) -> date:
    return START + timedelta(number)


def boxes(pattern: str) -> list[Entry]:
    states = {"#": State.DONE, "-": State.SKIPPED, "/": State.PARTIAL}
    return [
        Entry("n", 1, states[mark], day(number), "w") for number, mark in enumerate(pattern) if mark in states
    ]


def win(
    rule: Rule, grace: str = "none", target: Quantity | None = None, neutral: NeutralDays = NO_REST
) -> MicroWin:
    return MicroWin("w", "Walk", "g", 1, (Phase(START, None, rule, target),), "", neutral, grace)


def best(found: Figures) -> int:
    return found.best.count if found.best else 0


def current(found: Figures) -> int:
    return found.streak.count if found.streak else 0


@settings(deadline=None)
@given(marks, rules | rolling, targets, st.integers(0, LENGTH), st.booleans())
def test_another_win_never_shortens_a_streak_nor_lowers_strength(
    pattern: str, rule: Rule, target: Quantity | None, place: int, bare: bool
) -> None:
    # A skipped day on which something was done is a day of the window after all, for whose share it may be too little.
    assume(not (isinstance(rule, Rolling) and pattern[place : place + 1] == "-"))
    now = Now.at(day(LENGTH))
    more = Entry("n", 2, State.DONE, day(place), "w", () if bare else (Quantity(Decimal(3), "km"),))
    before, after = (
        figures(win(rule, target=target), boxes(pattern), now),
        figures(win(rule, target=target), [*boxes(pattern), more], now),
    )
    assert current(after) >= current(before)
    assert best(after) >= best(before)
    assert after.strength >= before.strength - 1e-12
    assert after.totals.wins.all >= before.totals.wins.all


@settings(deadline=None)
@given(marks, graces)
def test_a_win_on_the_open_day_makes_a_daily_streak_longer_by_one(pattern: str, grace: str) -> None:
    now = Now.at(day(len(pattern)))
    habit = win(EveryDays(1), grace)
    before, after = figures(habit, boxes(pattern), now), figures(habit, boxes(pattern + "#"), now)
    assert current(after) == current(before) + 1
    assert best(after) == max(best(before), current(after))


@settings(deadline=None)
@given(marks, rules | limits, graces, targets)
def test_an_open_day_changes_nothing(pattern: str, rule: Rule, grace: str, target: Quantity | None) -> None:
    last = day(max(len(pattern) - 1, 0))
    habit = win(rule, grace, target)
    closed = figures(habit, boxes(pattern), Now(last, last))
    opened = figures(habit, boxes(pattern), Now(last + timedelta(1), last))
    assert (opened.streak, opened.streaks, opened.strict) == (closed.streak, closed.streaks, closed.strict)
    assert opened.strength == closed.strength
    assert opened.totals.wins.all == closed.totals.wins.all
    assert opened.states.startswith(closed.states)
    assert set(opened.states[len(closed.states) :]) <= {"?"}


@settings(deadline=None)
@given(
    st.text(alphabet="#x", min_size=1, max_size=20),
    st.integers(0, 20),
    st.integers(1, 15),
    graces,
    st.booleans(),
)
def test_neutral_days_inside_a_run_change_no_count(
    pattern: str, place: int, days: int, grace: str, paused: bool
) -> None:
    place = min(place, len(pattern))
    longer = f"{pattern[:place]}{('.' if paused else '-') * days}{pattern[place:]}"
    pause = NeutralDays(pauses=(DayRange(day(place), day(place + days - 1)),)) if paused else NeutralDays()
    plain = figures(win(EveryDays(1), grace), boxes(pattern), Now.at(day(len(pattern))))
    rested = figures(win(EveryDays(1), grace, neutral=pause), boxes(longer), Now.at(day(len(longer))))
    assert rested.states.replace("-", "") == plain.states
    assert rested.strength == plain.strength
    assert [(one.count, one.slips) for one in rested.streaks] == [
        (one.count, one.slips) for one in plain.streaks
    ]
    for one in rested.streaks:
        assert longer[(one.start - START).days] == longer[(one.end - START).days] == "#"


@settings(deadline=None)
@given(marks, rules, rules | rolling | limits, st.integers(1, LENGTH))
def test_a_new_rule_leaves_every_turn_before_it_as_it_was(
    pattern: str, old: Rule, new: Rule, place: int
) -> None:
    now = Now.at(day(LENGTH))
    before = figures(win(old), boxes(pattern), now)
    changed = replace(win(old), phases=(Phase(START, None, old), Phase(day(place), None, new)))
    after = figures(changed, boxes(pattern), now)
    earlier = [turn for turn in before.turns if turn.slot.end < day(place)]
    assert list(after.turns[: len(earlier)]) == earlier
    assert all(turn.slot.end < day(place) or turn.slot.start >= day(place) for turn in after.turns)


@settings(deadline=None)
@given(marks, rules | rolling | limits, graces, targets)
def test_figures_stay_within_their_bounds(
    pattern: str, rule: Rule, grace: str, target: Quantity | None
) -> None:
    found = figures(win(rule, grace, target), boxes(pattern), Now.at(day(LENGTH)))
    assert 0 <= found.strength <= 1
    assert best(found) >= current(found)
    assert all(rate is None or 0 <= rate <= 1 for rate in found.consistency.values())
    assert found.states.count("#") >= best(found)
    assert all(0 <= turn.share <= 1 for turn in found.turns)
    assert (found.deadline is None) or (found.streak is not None and found.deadline >= found.now.today)
    for earlier, later in zip(found.turns, found.turns[1:], strict=False):
        assert earlier.slot.end < later.slot.start
    for one in found.streaks:
        assert one.start <= one.end <= found.now.today


@settings(deadline=None)
@given(marks, rules | rolling | limits, graces, st.randoms(use_true_random=False))
def test_the_order_of_boxes_makes_no_difference(pattern: str, rule: Rule, grace: str, random: Random) -> None:
    shuffled = boxes(pattern) * 2
    random.shuffle(shuffled)
    now = Now.at(day(LENGTH))
    assert figures(win(rule, grace), shuffled, now) == figures(win(rule, grace), boxes(pattern) * 2, now)


@settings(deadline=None)
@given(marks, rules | rolling | limits, graces)
def test_boxes_that_are_not_ticked_change_nothing(pattern: str, rule: Rule, grace: str) -> None:
    now = Now.at(day(LENGTH))
    open_boxes = [Entry("n", 1, State.OPEN, day(number), "w") for number in range(LENGTH)]
    plain = figures(win(rule, grace), boxes(pattern), now)
    assert figures(win(rule, grace), [*boxes(pattern), *open_boxes], now) == plain


@settings(deadline=None)
@given(marks, rules)
def test_a_deadline_is_the_last_day_on_which_the_streak_is_whole(pattern: str, rule: Rule) -> None:
    entries = boxes(f"{pattern}#")
    found = figures(win(rule), entries, Now.at(day(len(pattern))))
    if found.streak is None or found.deadline is None:
        return
    assert figures(win(rule), entries, Now.at(found.deadline)).streak == found.streak
    for begin, goes_on in ((found.deadline, True), (found.deadline + timedelta(1), False)):
        last = begin + timedelta(62)
        more = [Entry("n", 1, State.DONE, begin + timedelta(number), "w") for number in range(63)]
        later = figures(win(rule), [*entries, *more], Now(last, last)).streak
        assert (later is not None and later.start <= found.streak.start) == goes_on


@settings(deadline=None)
@given(marks, rolling, graces)
def test_a_deadline_of_a_rolling_window_is_the_last_day_on_which_its_streak_runs_on(
    pattern: str, rule: Rolling, grace: str
) -> None:
    entries = boxes(f"{pattern}#")
    found = figures(win(rule, grace), entries, Now.at(day(len(pattern))))
    if found.streak is None or found.deadline is None:
        return
    then = figures(win(rule, grace), entries, Now.at(found.deadline)).streak
    assert then is not None
    assert then.start == found.streak.start
    assert figures(win(rule, grace), entries, Now.at(found.deadline + timedelta(1))).streak is None


@settings(deadline=None)
@given(marks, rolling, graces)
def test_going_on_at_the_deadline_saves_a_rolling_window(pattern: str, rule: Rolling, grace: str) -> None:
    entries = boxes(f"{pattern}#")
    found = figures(win(rule, grace), entries, Now.at(day(len(pattern))))
    if found.streak is None or found.deadline is None:
        return
    every_day = [
        Entry("n", 1, State.DONE, found.deadline + timedelta(number), "w") for number in range(rule.days)
    ]
    saved = figures(win(rule, grace), [*entries, *every_day], Now.at(found.deadline + timedelta(rule.days)))
    assert saved.streak is not None
    assert saved.streak.start <= found.streak.start


@settings(deadline=None)
@given(marks, rolling, graces, targets)
def test_an_open_day_never_takes_from_a_rolling_window(
    pattern: str, rule: Rolling, grace: str, target: Quantity | None
) -> None:
    last = day(max(len(pattern) - 1, 0))
    habit = win(rule, grace, target)
    closed = figures(habit, boxes(pattern), Now(last, last))
    opened = figures(habit, boxes(pattern), Now(last + timedelta(1), last))
    assert opened.states.startswith(closed.states)
    assert set(opened.states[len(closed.states) :]) <= {"?", "#"}
    assert current(opened) >= current(closed)


@settings(deadline=None)
@given(
    st.text(alphabet="#x", min_size=1, max_size=20), st.integers(0, 20), st.integers(1, 15), rolling, graces,
    st.booleans(),
)  # fmt: skip
def test_neutral_days_change_no_count_of_a_rolling_window(
    pattern: str, place: int, days: int, rule: Rolling, grace: str, paused: bool
) -> None:
    place = min(place, len(pattern))
    longer = f"{pattern[:place]}{('.' if paused else '-') * days}{pattern[place:]}"
    pause = NeutralDays(pauses=(DayRange(day(place), day(place + days - 1)),)) if paused else NeutralDays()
    plain = figures(win(rule, grace), boxes(pattern), Now.at(day(len(pattern))))
    rested = figures(win(rule, grace, neutral=pause), boxes(longer), Now.at(day(len(longer))))
    assert rested.states.replace("-", "") == plain.states
    assert rested.strength == plain.strength
    assert [(one.count, one.slips) for one in rested.streaks] == [
        (one.count, one.slips) for one in plain.streaks
    ]


@settings(deadline=None)
@given(marks, limits, st.integers(0, LENGTH), st.booleans())
def test_another_tick_never_makes_the_streak_of_a_limit_longer(
    pattern: str, rule: Limit, place: int, bare: bool
) -> None:
    now = Now.at(day(LENGTH))
    more = Entry("n", 2, State.DONE, day(place), "w", () if bare else (Quantity(Decimal(3), "km"),))
    habit = win(rule)
    before, after = figures(habit, boxes(pattern), now), figures(habit, [*boxes(pattern), more], now)
    if more.day in [one.day for one in boxes(pattern) if one.state is State.SKIPPED]:
        return
    assert best(after) <= best(before)
    assert after.strength <= before.strength + 1e-12
    assert after.votes == before.votes == 0
    assert list(after.days_done) == []


@settings(deadline=None)
@given(marks, rules | rolling, graces, st.integers(1, LENGTH), st.integers(1, 9))
def test_archived_days_make_no_turns_and_leave_those_before_them_as_they_were(
    pattern: str, rule: Rule, grace: str, place: int, days: int
) -> None:
    now = Now.at(day(LENGTH))
    away = DayRange(day(place), day(place + days - 1))
    found = figures(replace(win(rule, grace), inactive=(away,)), boxes(pattern), now)
    assert not any(turn.slot.start in away or turn.slot.end in away for turn in found.turns)
    before = figures(replace(win(rule, grace), inactive=(DayRange(away.start),)), boxes(pattern), now)
    assert found.states.startswith(before.states)
    ends = [turn.slot.end for turn in before.turns]
    for one in found.streaks:
        assert one.end < away.start or one.start > day(place + days - 1) or not ends


days = st.integers(0, LENGTH).map(day)
amounts = st.tuples(st.integers(1, 50), st.sampled_from(["words", "word", "min", "km"])).map(
    lambda pair: Quantity(Decimal(pair[0]), pair[1])
)
done = st.builds(
    lambda on, much: Entry("n", 1, State.DONE, on, "w", tuple(much)), days, st.lists(amounts, max_size=2)
)


@settings(deadline=None)
@given(st.lists(st.tuples(days, st.integers(0, 5))), st.integers(0, 99), st.sampled_from([0, 5, 6]))
def test_totals_are_the_sum_of_the_totals_of_any_split(
    wins: list[tuple[date, int]], cut: int, week_start: int
) -> None:
    now = Now.at(day(LENGTH - 5), week_start)
    whole, one, other = (count_days(part, now) for part in (wins, wins[:cut], wins[cut:]))
    for name in NAMES:
        assert getattr(whole, name) == getattr(one, name) + getattr(other, name)
    assert whole.today <= min(whole.week, whole.month) <= whole.year <= whole.all


@settings(deadline=None)
@given(st.lists(done), st.integers(0, 99))
def test_amounts_are_the_sum_of_the_amounts_of_any_split(entries: list[Entry], cut: int) -> None:
    now = Now.at(day(LENGTH - 5))
    whole, one, other = (
        micro_win_totals(Record.of(days_of(part), now.today), (), now).amounts
        for part in (entries, entries[:cut], entries[cut:])
    )
    assert set(whole) == set(one) | set(other)
    for unit, sums in whole.items():
        for name in NAMES:
            assert sums[name] == sum(part.get(unit, {}).get(name, Decimal(0)) for part in (one, other))
