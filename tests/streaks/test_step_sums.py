"""What steps come to is the same after it was packed, and says of each day what the steps say."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.task import Quantity, State
from microwins.streaks.entries import Step
from microwins.streaks.history import Entry
from microwins.streaks.progress import NO_STEPS, count_steps
from microwins.streaks.step_sums import StepSums

FIRST = date(2026, 3, 2)
days = st.none() | st.integers(0, 5).map(lambda number: FIRST + timedelta(days=number))
weights = st.decimals("0.001", 1000, places=3) | st.sampled_from(
    [Decimal(1), Decimal("1E+2"), Decimal("2.50")]
)
texts = st.sampled_from(["", "one", " two  words: 3,4 ", "Grüße 🏃", "\udce9 odd"])
steps = st.lists(
    st.builds(
        lambda line, state, day, weight, text: Step(Entry("G.md", line, state, day), weight, text),
        st.integers(1, 99), st.sampled_from(State), days, weights, texts,
    ),
    max_size=6,
)  # fmt: skip


@given(steps)
def test_packed_and_made_again_they_are_the_same(found: Sequence[Step]) -> None:
    sums = StepSums.of(found)
    row = sums.packed()
    assert row is not None
    again = StepSums.unpacked(row)
    assert again == sums
    assert [str(weight) for _, weight in again.done] == [str(weight) for _, weight in sums.done]
    assert str(again.weight) == str(sums.weight)


@given(steps, st.integers(-1, 6).map(lambda number: FIRST + timedelta(days=number)))
def test_they_say_of_each_day_what_the_steps_say(found: Sequence[Step], today: date) -> None:
    done = [step for step in found if step.done_by(today)]
    counted = count_steps(StepSums.of(found), today)
    assert (counted.done, counted.all) == (len(done), len(found))
    assert counted.days == tuple(step.entry.day for step in done if step.entry.day is not None)
    assert counted.today == sum(step.entry.day == today for step in done)
    assert (counted.share is None) == (not found)
    assert counted.next == next(
        (step.text for step in found if step.entry.state is State.OPEN and step.text), ""
    )


def test_amounts_are_told_by_the_note_alone() -> None:
    with_amount = Entry("G.md", 1, State.DONE, FIRST, quantities=(Quantity(Decimal(5), "pages"),))
    sums = StepSums.of([Step(with_amount), Step(Entry("G.md", 2, State.DONE, FIRST))])
    assert [step.entry for step in sums.bearing] == [with_amount]
    assert sums.packed() is None


def test_no_steps_come_to_nothing() -> None:
    assert count_steps(StepSums.of(()), FIRST) is NO_STEPS
