"""Compiled sums of boxes are those that Python makes."""

import os
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.box_lines import BoxLine
from microwins.parsers.box_text import written
from microwins.parsers.glance import Glance
from microwins.parsers.period import Period
from microwins.parsers.task import State
from microwins.parsers.tasks import BoxRules
from microwins.streaks.box_sums import MakeSums, SumsInPython
from microwins.streaks.known_boxes import MOST_BODIES, Known, KnownBoxes
from microwins.streaks.ledger_state import LedgerRow
from microwins.streaks.packed_boxes import PackedBoxes, written_more
from microwins.streaks.tally import Tally
from tests.compiled import compiled

from .test_tally import BODIES, CATALOG

EXAMPLES = int(os.environ.get("MICROWINS_TEST_EXAMPLES", "100"))
STATUSES = {"x": State.DONE, "é": State.DONE, "💧": State.SKIPPED, "-": State.SKIPPED, "/": State.PARTIAL}
RULES = BoxRules(statuses=STATUSES)
bodies = st.one_of(
    BODIES.map(lambda body: f" {body}"),
    st.text("WwaLlKrRun eds.!12 [:]#é\udc80\0", max_size=12),
    st.sampled_from([" Wal", " Wa", " WALK", " walk.", "  Walk", " less sugar", " Lessons", " Ru"]),
)
box_lines = st.lists(
    st.tuples(st.integers(1, 10**6), st.sampled_from("xX -/?é💧\0\udcff"), bodies), max_size=12
)
notes = st.lists(
    st.tuples(st.sampled_from([None, date(2026, 11, 2), date(2026, 11, 3), date(1, 1, 1)]), box_lines),
    max_size=6,
)


@pytest.fixture(autouse=True, scope="module")
def _is_compiled() -> None:
    compiled("streaks.quick_sums")


def quick() -> MakeSums:
    found: MakeSums = compiled("streaks.quick_sums").QuickSums
    return found


def summed(sums: MakeSums, found: Sequence[tuple[date | None, Sequence[BoxLine]]]) -> LedgerRow:
    tally = Tally(CATALOG, RULES, sums)
    for number, (day, boxes) in enumerate(found):
        tally.take(f"Notes/{number}.md", Glance.of(Period("day", day) if day else None, written(boxes)))
    return tally.state().packed()


@settings(max_examples=EXAMPLES, deadline=None)
@given(notes)
def test_compiled_sums_are_those_that_python_makes(
    found: list[tuple[date | None, list[BoxLine]]],
) -> None:
    assert summed(quick(), found) == summed(SumsInPython, found)


def test_more_texts_than_are_remembered_are_summed_as_well() -> None:
    count = MOST_BODIES + 100
    boxes = [(line, "x", f" Walk {line} [words:: {line % 7}]") for line in range(1, count)]
    found = [(date(2026, 11, 2), boxes), (date(2026, 11, 3), [*boxes[:50], (1, "x", " Read")])]
    told = summed(quick(), found)
    assert told == summed(SumsInPython, found)
    assert sum(len(data) for data in told[4].values())


class CountedBoxes(KnownBoxes):
    """Tells how often it was asked what a text means."""

    asked = 0

    def learn(self, body: str) -> Known:
        self.asked += 1
        return super().learn(body)


@given(st.lists(st.integers(0, 40), max_size=150), st.text("é x", max_size=20))
def test_of_a_few_texts_each_is_learned_once(numbers: list[int], end: str) -> None:
    known = CountedBoxes(CATALOG, RULES)
    boxes = [(1, "x", f" Walk {number} {end} [words:: {number % 5}]") for number in numbers]
    quick()(known).take("a.md", Glance.of(None, written(boxes)).row)
    assert known.asked == len({*numbers})


def test_a_text_that_comes_again_and_again_is_not_forgotten_for_others_that_come_once() -> None:
    known = CountedBoxes(CATALOG, RULES)
    boxes = [
        (1, "x", body) for number in range(2 * MOST_BODIES) for body in (" Read 5 pages", f" Walk {number}")
    ]
    quick()(known).take("a.md", Glance.of(None, written(boxes)).row)
    assert known.asked == 2 * MOST_BODIES + 1


@given(st.lists(st.tuples(st.integers(0, 3_652_059), st.integers(1, 2**32 - 1), st.sampled_from(State))))
def test_boxes_of_any_days_and_lines_come_back(boxes: list[tuple[int, int, State]]) -> None:
    told = []
    for sums in (quick(), SumsInPython):
        known = KnownBoxes(CATALOG, RULES)
        made = sums(known)
        for number, (day, line, state) in enumerate(boxes):
            places = known.places("read", written_more((), f"{number % 24:02}:00", frog=bool(day % 2)))
            made.put(f"{number % 3}.md", line, state, day, *places)
        told.append(made.state())
    assert told[0].packed() == told[1].packed()
    days = (
        [entry.day.toordinal() if entry.day else 0 for entry in told[0].wins["read"].entries("read")]
        if boxes
        else []
    )
    assert sorted(days) == sorted(day for day, _, _ in boxes)


def test_paths_that_begin_alike_are_held_as_python_holds_them() -> None:
    paths = [f"{folder}/2026-{number:03}.md" for folder in ("a", "ä" * 200, "日記") for number in range(40)]
    told = []
    for sums in (quick(), SumsInPython):
        tally = Tally(CATALOG, RULES, sums)
        for number, path in enumerate(paths):
            period = Period("day", date.fromordinal(739000 + number))
            tally.take(path, Glance.of(period, written([(3, "x", " Read")])))
        told.append(tally.state())
    assert told[0].packed() == told[1].packed()
    assert list(told[0].matched) == sorted(paths)
    assert told[0].days.on(date.fromordinal(739000 + 50)) == [paths[50]]


@given(
    st.permutations(["a.md", "a/b.md", "ab.md", "é.md", "日.md", "a.mdx", *(f"{n:02}.md" for n in range(15))])
)
def test_notes_that_come_in_any_order_are_found(paths: list[str]) -> None:
    told = []
    for sums in (quick(), SumsInPython):
        tally = Tally(CATALOG, RULES, sums)
        for path in paths:
            tally.take(path, Glance.of(Period("day", date(2026, 11, 2)), written([(3, "x", " Read")])))
        told.append(tally.state())
    assert told[0].packed() == told[1].packed()
    assert list(told[0].matched) == sorted(paths)


def test_many_boxes_of_one_micro_win_come_back_in_their_order() -> None:
    boxes = [(line, "x -"[line % 3], " Read") for line in range(1, 5000)]
    told = summed(quick(), [(date(2026, 11, 2), boxes)])
    assert told == summed(SumsInPython, [(date(2026, 11, 2), boxes)])
    kept = PackedBoxes(*told[3]["read"]).entries("read")
    assert [entry.line for entry in kept] == [line for line, _, _ in boxes]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"day 7",
        b"day 0\n3 x Read\n",
        b"day 4294967290\n3 x Read\n",
        b"\n3 x walk",
        b"\n3\n",
        b"\n3 \n",
        b"\n3 \xf0\x9f\n",
        b"\n\n",
        b"day 739941\n\n",
    ],
)
def test_what_is_no_row_of_an_ordinary_note_is_refused(data: bytes) -> None:
    sums = quick()(KnownBoxes(CATALOG, RULES))
    with pytest.raises(ValueError, match="no row"):
        sums.take("a.md", data)
