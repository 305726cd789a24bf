"""What is kept in little room is what was put there."""

from array import array
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.task import Quantity, State
from microwins.streaks.box_paths import path_of, pattern_of, written_patterns
from microwins.streaks.daily_notes import DailyNotes
from microwins.streaks.day_bag import DayBag
from microwins.streaks.day_entries import DayEntries, history_of_days
from microwins.streaks.day_numbers import DayNumbers
from microwins.streaks.goal_amounts import read_sums, written_sums
from microwins.streaks.history import DayEntry, Entry, read_history
from microwins.streaks.note_days import NoteDays
from microwins.streaks.number_columns import gaps_of, read_base, read_columns, written_columns
from microwins.streaks.packed_boxes import PackedBoxes
from microwins.streaks.packed_turns import PackedTurns
from microwins.streaks.slots import Slot
from microwins.streaks.streak import PackedStreaks, Streak
from microwins.streaks.texts import Texts, read_in_row
from microwins.streaks.turns import Outcome, Turn, Turns, turn_on

PATHS = st.one_of(
    st.sampled_from(["a.md", "b/a.md", "b\n.md", "\udcff.md", "é.md", "日記/1.md"]),
    st.text(st.characters(codec=None, exclude_characters="\0"), min_size=1, max_size=6),
)
DAYS = st.one_of(st.integers(738000, 738012), st.integers(1, date.max.toordinal()))
DATES = DAYS.map(date.fromordinal)
AMOUNTS = st.builds(
    Quantity,
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.sampled_from(["km", "", "words"]),
)
ENTRIES = st.builds(
    Entry,
    path=PATHS,
    line=st.integers(1, 1 << 31),
    state=st.sampled_from(State),
    day=st.none() | DATES,
    micro_win=st.just("walk"),
    quantities=st.lists(AMOUNTS, max_size=2).map(tuple),
    time=st.sampled_from([None, "07:30"]),
    frog=st.booleans(),
)


@given(st.lists(ENTRIES, max_size=6, unique_by=lambda entry: (entry.path, entry.line)))
def test_packed_boxes_come_back_by_path_and_line(entries: list[Entry]) -> None:
    kept = PackedBoxes(*PackedBoxes.of(entries).packed())
    assert kept.entries("walk") == sorted(entries, key=lambda entry: (entry.path, entry.line))


@given(PATHS | st.text("0123456789-/.\1\2\3\4\5", max_size=12), DAYS | st.just(0), DAYS)
def test_the_pattern_of_a_path_is_that_path_on_its_day(path: str, day: int, other: int) -> None:
    pattern = pattern_of(path.encode("utf-8", "surrogatepass"), day)
    assert path_of(pattern, day) == path
    assert [*read_in_row(written_patterns([pattern, pattern + b"a"]))] == [pattern, pattern + b"a"]


@pytest.mark.parametrize("form", ["Diary/%Y/%m/%Y-%m-%d.md", "%d.%m.%Y.md", "%Y%m%d.md"])
def test_daily_notes_have_one_pattern(form: str) -> None:
    days = [date(2026, 11, 2), date(2026, 12, 31), date(2027, 1, 9)]
    assert len({pattern_of(f"{day:{form}}".encode(), day.toordinal()) for day in days}) == 1


@given(st.lists(ENTRIES, max_size=6, unique_by=lambda entry: (entry.path, entry.line)))
def test_packed_boxes_make_the_history_of_the_same_boxes(entries: list[Entry]) -> None:
    ordered = sorted(entries, key=lambda entry: (entry.path, entry.line))
    found, expected = PackedBoxes.of(entries).history("walk"), read_history(ordered)
    assert found == expected
    for day, entry in expected.days.items():
        assert repr(found.days[day]) == repr(entry)


def test_an_amount_comes_back_as_it_was_written() -> None:
    entry = Entry("a.md", 1, State.DONE, None, "walk", (Quantity(Decimal("2.50"), "km"),))
    assert str(PackedBoxes.of([entry]).entries("walk")[0].quantities[0].amount) == "2.50"


@given(st.dictionaries(PATHS, st.lists(DAYS, max_size=3).map(tuple)), st.sets(PATHS), DAYS, DAYS)
def test_each_note_has_its_days(
    notes: dict[str, tuple[int, ...]], gone: set[str], first: int, last: int
) -> None:
    kept = NoteDays.of(notes.items())
    for path in gone & notes.keys():
        kept.take_out(path)
    left = {path: days for path, days in notes.items() if path not in gone}
    assert dict(kept.rows()) == dict(NoteDays(*kept.packed()).rows()) == left
    assert list(kept) == sorted(left)
    assert all((path in kept) == (path in left) for path in (*notes, *gone, "nowhere.md"))
    assert kept.between(first, last) == sorted(
        path for path, days in left.items() if any(first <= day <= last for day in days)
    )


@given(
    st.lists(st.one_of(PATHS, st.builds("Diary/2026-{}.md".format, st.integers(1, 99))), max_size=70), PATHS
)
def test_texts_come_back_in_their_order(paths: list[str], other: str) -> None:
    kept = Texts.of(paths)
    for found in (kept, Texts(*kept.packed())):
        found.append(other)
        assert (list(found), len(found)) == ([*paths, other], len(paths) + 1)
        assert [found.at(place) for place in range(len(found))] == [*paths, other]
    ordered = Texts.of(sorted({*paths}))
    assert [ordered.find(path) for path in sorted({*paths})] == list(range(len({*paths})))
    assert (ordered.find(other) >= 0) == (other in paths)


@given(
    st.sets(st.tuples(DAYS, PATHS)),
    st.lists(st.tuples(st.booleans(), DATES, PATHS), max_size=5),
    st.lists(DATES),
)
def test_each_day_has_its_notes(
    notes: set[tuple[int, str]], changes: list[tuple[bool, date, str]], asked: list[date]
) -> None:
    kept = DailyNotes.of(notes)
    now = {(date.fromordinal(day), path) for day, path in notes}
    for comes, day, path in changes:
        (kept.add if comes else kept.discard)(day, path)
        now = now | {(day, path)} if comes else now - {(day, path)}
    for days in (kept, DailyNotes(*kept.packed())):
        for day in {*asked, *(day for day, _ in now), *(day for _, day, _ in changes)}:
            assert days.on(day) == sorted(path for one, path in now if one == day)
            assert (day in days) == bool(days.on(day))


@given(st.lists(st.tuples(DATES, st.integers(-3, 3))))
def test_numbers_of_days_add_up(numbers: list[tuple[date, int]]) -> None:
    kept, plain = DayNumbers.of(numbers), Counter[date]()
    for day, number in numbers:
        plain[day] += number
    left = {day: number for day, number in plain.items() if number}
    assert list(kept.items()) == list(DayNumbers(kept.packed()).items()) == sorted(left.items())
    assert (len(kept), [kept.get(day, 0) for day in plain]) == (len(left), list(plain.values()))


@given(st.lists(DAYS), st.lists(st.tuples(DAYS, st.integers(1, 3), st.booleans())))
def test_a_bag_of_days_counts_each_one(days: list[int], changes: list[tuple[int, int, bool]]) -> None:
    kept, plain = DayBag(), Counter(days)
    kept.take(days)
    for day, number, more in changes:
        change = number if more else -min(number, plain[day])
        kept.add(day, change)
        plain[day] += change
    assert list(kept.ordinals()) == [day.toordinal() for day in kept.dates()] == sorted(+plain)
    assert [kept.count(day) for day in plain] == list(plain.values())


NUMBERS = st.one_of(st.integers(0, 3), st.integers(0, 1 << 17), st.integers(-(1 << 40), 1 << 40))


@given(st.integers(-(1 << 31), (1 << 31) - 1), st.integers(0, 4), st.integers(1, 4), st.data())
def test_columns_of_numbers_are_read_as_they_were_written(
    base: int, size: int, many: int, data: st.DataObject
) -> None:
    column = st.lists(NUMBERS, min_size=size, max_size=size)
    columns = data.draw(st.lists(column, min_size=many, max_size=many))
    columns.append(columns[-1])
    written = written_columns(base, *columns)
    found, read = read_columns(written)
    assert (found, read_base(written), [list(one) for one in read]) == (base, base, columns)


@given(st.integers(-10, 10), st.integers(0, 20), st.integers(1, 400))
def test_the_gaps_of_days_in_a_row_are_those_of_any_days(first: int, many: int, step: int) -> None:
    days = range(first, first + many * step, step)
    assert list(gaps_of(days)) == list(gaps_of(list(days)))


@given(
    st.lists(st.integers(-(1 << 31), (1 << 31) - 1), min_size=1) | st.lists(st.integers(0, 255), min_size=1)
)
def test_an_array_is_written_as_its_numbers(numbers: list[int]) -> None:
    assert written_columns(0, array("i", numbers)) == written_columns(0, numbers)


@given(st.lists(DAYS, unique=True).map(sorted))
def test_the_history_of_days_is_that_of_a_ticked_box_on_each(days: list[int]) -> None:
    entries = [Entry("a.md", 1, State.DONE, date.fromordinal(day), "walk") for day in days]
    found, expected = history_of_days(days), read_history(entries)
    assert (found.first, found.last, dict(found.days)) == (expected.first, expected.last, dict(expected.days))


@given(st.lists(DAYS), st.dictionaries(st.none() | DATES, st.decimals(allow_nan=False, allow_infinity=False)))
def test_what_goals_come_to_day_by_day_comes_back(days: list[int], sums: dict[date | None, Decimal]) -> None:
    bag = DayBag()
    bag.take(days)
    assert list(DayBag.of(bag.packed()).ordinals()) == list(bag.ordinals())
    assert len(DayBag.of(bag.packed())) == len(days)
    found = read_sums(written_sums(sums))
    assert list(map(repr, found.items())) == list(map(repr, sums.items()))


TURNS = st.builds(
    Turn,
    st.builds(
        Slot, DATES, DATES, st.just(1), st.sampled_from([1.0, 7.0, 30.5]), st.integers(0, 400), st.just(400)
    ),
    st.sampled_from(Outcome),
    st.sampled_from([0.0, 0.25, 1.0]),
    st.none() | DATES,
    st.none() | DATES,
)


@given(st.lists(TURNS, max_size=5))
def test_packed_turns_are_the_same_turns(turns: list[Turn]) -> None:
    packed = PackedTurns.of(Turns.of(turns))
    kept = packed.turns()
    assert (
        list(map(repr, kept)) == [repr(kept[place]) for place in range(len(kept))] == list(map(repr, turns))
    )
    assert list(kept[1:]) == turns[1:]
    assert (kept, PackedTurns.of(kept)) == (Turns.of(turns), packed)
    assert packed.until == (turns[-1].slot.end.toordinal() if turns else 0)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 8), st.sampled_from(Outcome)), max_size=9))
def test_the_turn_of_a_day_is_found_in_packed_turns(found: list[tuple[int, int, Outcome]]) -> None:
    day, made = date(2026, 1, 1), []
    for gap, length, outcome in found:
        start = day + timedelta(days=gap)
        day = start + timedelta(days=length)
        made.append(Turn(Slot(start, day, 1, 7.0, length, 7), outcome, 0.5, start, None))
    turns = Turns.of(made)
    packed = PackedTurns.of(turns)
    for offset in range(-1, 200):
        asked = date(2026, 1, 1) + timedelta(days=offset)
        assert packed.on(asked) == turn_on(turns, asked)


def test_more_kinds_of_measures_than_fit_into_a_byte_are_kept_too() -> None:
    day = date(2026, 1, 1)
    turns = Turns.of(
        Turn(Slot(day, day, 1, 7.0, days, 400), Outcome.OPEN, days / 400, None, None) for days in range(300)
    )
    assert PackedTurns.of(turns).turns() == turns


STREAKS = st.builds(Streak, st.integers(1, 5000), DATES, DATES, st.integers(0, 9), st.integers(0, 9999))


@given(st.lists(STREAKS, max_size=4))
def test_packed_streaks_are_the_same_streaks(streaks: list[Streak]) -> None:
    kept = PackedStreaks.of(
        (one.count, one.start.toordinal(), one.end.toordinal(), one.slips, one.wins) for one in streaks
    )
    assert (list(kept), len(kept), list(kept[1:])) == (streaks, len(streaks), streaks[1:])
    assert kept.newest == (streaks[-1] if streaks else None)


def test_regular_days_take_no_more_room_than_two() -> None:
    every_third = Turns.of(
        Turn(Slot(day, day, 1, 3.0, 1, 1), Outcome.MISSED, 0.0)
        for day in map(date.fromordinal, range(738000, 738300, 3))
    )
    assert len(PackedTurns.of(every_third).numbers) == len(PackedTurns.of(every_third[:2]).numbers)


DAY_ENTRIES = st.builds(
    DayEntry,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.dictionaries(
        st.sampled_from(["km", ""]), st.sampled_from([Decimal("2.5"), Decimal("2.50"), Decimal(0)])
    ),
    st.integers(0, 3),
)


@given(st.dictionaries(DATES, DAY_ENTRIES), DATES, DATES)
def test_packed_days_say_what_they_said(history: dict[date, DayEntry], other: date, last: date) -> None:
    kept = DayEntries.of(history)
    assert repr(list(kept.items())) == repr(sorted(history.items(), key=lambda one: one[0]))
    assert all(kept[day] == entry for day, entry in history.items())
    assert (other in kept, kept.get(other)) == (other in history, history.get(other))
    between = [(day, entry) for day, entry in kept.items() if other <= day <= last]
    assert list(kept.between(other, last)) == between
    assert kept.done() == [day.toordinal() for day in sorted(history) if history[day].done]
