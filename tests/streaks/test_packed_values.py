"""What is kept in little room is what was put there."""

from collections import Counter
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.task import Quantity, State
from microwins.streaks.daily_notes import DailyNotes
from microwins.streaks.day_numbers import DayNumbers
from microwins.streaks.history import Entry
from microwins.streaks.note_days import NoteDays
from microwins.streaks.packed_boxes import PackedBoxes

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
