"""Boxes that recur in daily notes: found, told with honest figures, and not mistaken for what they are not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.note import Note, Reading, read_note
from microwins.streaks.calendar import Now
from microwins.streaks.catalog import make_catalog
from microwins.streaks.discovery import Discovery, Kind, Offer, discover

TODAY = date(2026, 11, 20)
Lines = Callable[[date], str]


def diary(lines: Lines, days: int = 100, last: date = TODAY) -> list[Note]:
    dates = [last - timedelta(days=ago) for ago in reversed(range(days))]
    return [read_note(f"{day}.md", lines(day), Reading()) for day in dates]


def found(lines: Lines, days: int = 100, goal: str = "", today: date = TODAY) -> Discovery:
    goals = [read_note("Goal.md", goal, Reading()).goal] if goal else []
    catalog = make_catalog(one for one in goals if one is not None)
    return discover(diary(lines, days), catalog, Now.at(today))


def only(lines: Lines, days: int = 100) -> Offer:
    offers = found(lines, days).offers
    assert len(offers) == 1, offers
    return offers[0]


def box(text: str, done: bool) -> str:
    return f"- [{'x' if done else ' '}] {text}\n"


def weekday(day: date) -> bool:
    return day.weekday() < 5


def test_an_offer_says_in_how_many_of_the_last_notes_it_was_ticked() -> None:
    offer = only(lambda day: box("Meditate", weekday(day)))
    assert (offer.text, offer.schedule, offer.kind) == ("Meditate", "every weekday", Kind.REGULAR)
    assert (offer.lately, offer.notes) == (44, 60)
    assert (offer.done, offer.since, offer.last) == (72, date(2026, 8, 13), TODAY)


def test_of_a_short_history_it_says_how_short_it_is() -> None:
    offer = only(lambda day: box("Meditate", day != TODAY), days=11)
    assert (offer.lately, offer.notes, offer.since) == (10, 10, TODAY - timedelta(days=10))


def test_what_is_open_today_counts_against_nobody() -> None:
    open_today = only(lambda day: box("Meditate", day != TODAY))
    assert (open_today.lately, open_today.notes, open_today.schedule) == (60, 60, "every day")


def test_a_box_of_a_template_that_is_never_ticked_is_no_habit() -> None:
    assert found(lambda day: box("[Work task 1]", done=False)).offers == ()


def test_a_task_that_is_carried_from_day_to_day_until_it_is_done_is_no_habit() -> None:
    assert found(lambda day: box("Call the bank", day == TODAY)).offers == ()


def test_tasks_that_are_done_once_each_are_no_habit() -> None:
    def name(day: date) -> str:
        return "".join(chr(ord("a") + int(digit)) for digit in str(day.toordinal()))

    assert found(lambda day: box(f"Task {name(day)}", True)).offers == ()


def test_boxes_of_a_goal_are_not_offered_archived_or_not() -> None:
    for extra in ("", "status: archived\n"):
        goal = f"---\ntype: goal\n{extra}---\n## Micro-wins\n- Meditate 🔁 every day\n"
        assert found(lambda day: box("Meditate!", True), goal=goal).offers == ()


def test_nothing_is_read_back_from_our_blocks_but_from_that_of_today() -> None:
    def block(name: str) -> Lines:
        return lambda day: f"<!-- microwins:{name} -->\n- [x] Meditate\n<!-- /microwins -->\n"

    assert found(block("summary")).offers == ()
    assert only(block("today")).text == "Meditate"


def test_case_emoji_tags_and_punctuation_make_no_difference() -> None:
    texts = ["Meditate", "meditate.", "🧘 Meditate", "Meditate #calm"]
    offer = only(lambda day: box(texts[day.toordinal() % 4], True))
    assert (offer.done, offer.schedule) == (100, "every day")


def test_numbers_make_no_difference_where_they_grow() -> None:
    offer = only(lambda day: box(f"Jog {10 if day < TODAY - timedelta(days=40) else 20} minutes", True))
    assert (offer.text, offer.done) == ("Jog 10 minutes", 100)


def test_numbers_that_stand_side_by_side_are_two_things() -> None:
    offers = found(lambda day: box("Pill 1", True) + box("Pill 2", weekday(day))).offers
    assert {offer.text: offer.schedule for offer in offers} == {
        "Pill 1": "every day",
        "Pill 2": "every weekday",
    }


def test_an_id_comes_before_the_text() -> None:
    offer = only(lambda day: box(f"{'Run' if weekday(day) else 'Jog'} 🆔 legs", True))
    assert (offer.id, offer.done) == ("legs", 100)


def test_a_skipped_day_says_nothing_of_the_schedule() -> None:
    def skipping(day: date) -> str:
        return f"- [{'-' if day.toordinal() % 5 < 2 else 'x' if weekday(day) else ' '}] Run\n"

    assert only(skipping).schedule == "every weekday"
    assert only(lambda day: skipping(day).replace("-]", " ]")).schedule != "every weekday"


def test_an_amount_is_told_where_the_text_does_not_have_it() -> None:
    words = only(lambda day: f"- [x] Write [words:: {200 + day.day}]\n")
    assert words.unit == "words"
    assert words.amount is not None
    assert Decimal(200) < words.amount < Decimal(232)
    assert only(lambda day: "- [x] Write 300 words\n").amount is None


def test_units_are_one_however_they_are_written() -> None:
    pages = only(lambda day: f"- [x] Read 10 Pages [pages:: {11 + day.day % 7}]\n")
    assert (pages.amount, pages.unit) == (Decimal(14), "Pages")
    seiten = only(lambda day: f"- [x] 10 Seiten lesen [seiten:: {11 + day.day % 7}]\n")
    assert (seiten.amount, seiten.unit) == (Decimal(14), "Seiten")
    shorter = only(lambda day: f"- [x] Write [{'word' if day.day % 3 else 'words'}:: {200 + day.day}]\n")
    assert shorter.amount is not None
    assert shorter.unit == "word"


def test_what_has_stopped_is_told_apart_from_what_goes_on() -> None:
    offer = only(lambda day: box("Swim", day < TODAY - timedelta(days=30)))
    assert (offer.kind, offer.last) == (Kind.STOPPED, TODAY - timedelta(days=31))
    assert (offer.schedule, offer.lately, offer.notes) == ("every day", 30, 60)


def test_a_vault_that_rests_tells_what_it_was_used_for() -> None:
    offers = found(lambda day: box("Swim", weekday(day)), today=TODAY + timedelta(days=700)).offers
    assert [(offer.kind, offer.schedule) for offer in offers] == [(Kind.REGULAR, "every weekday")]


def test_of_what_is_new_no_schedule_is_claimed() -> None:
    offer = only(lambda day: box("Swim", day > TODAY - timedelta(days=4)))
    assert (offer.kind, offer.rule, offer.done) == (Kind.NEW, None, 4)


def test_a_chore_that_comes_now_and_then_is_rare() -> None:
    offer = only(lambda day: box("Descale the kettle", True) if day.day in {3, 21} else "", days=300)
    assert offer.kind is Kind.RARE


def test_the_surest_stand_first() -> None:
    offers = found(lambda day: box("Often", True) + box("Less", weekday(day)) + box("New", day > TODAY - timedelta(days=3))).offers  # fmt: skip
    assert [offer.text for offer in offers] == ["Often", "Less", "New"]


def test_without_a_daily_note_there_is_nothing_and_it_says_so() -> None:
    ideas = read_note("Ideas.md", "- [x] Meditate ✅ 2026-11-01\n", Reading())
    nothing = discover([ideas], make_catalog([]), Now.at(TODAY))
    assert (nothing.notes, nothing.first, nothing.offers) == (0, None, ())


def test_notes_of_days_to_come_are_not_looked_at() -> None:
    notes = diary(lambda day: box("Swim", True), last=TODAY + timedelta(days=200))
    assert discover(notes, make_catalog([]), Now.at(TODAY - timedelta(days=200))).notes == 0


def test_notes_that_come_one_by_one_are_looked_at_once() -> None:
    notes = diary(lambda day: box("Meditate", weekday(day)))
    rent = "- [x] Pay rent 🔁 every month ✅ 2026-10-01\n- [x] Pay rent 🔁 every month ✅ 2026-11-01\n"
    notes.insert(0, read_note("Chores.md", rent, Reading()))
    catalog = make_catalog([])
    found = discover(iter(notes), catalog, Now.at(TODAY))
    assert [offer.text for offer in found.offers] == ["Meditate", "Pay rent"]
    assert found == discover(notes, catalog, Now.at(TODAY))


@given(st.dictionaries(st.integers(0, 120), st.sampled_from(["x", " ", "-", "/"]), max_size=80), st.randoms())
def test_the_order_of_the_notes_makes_no_difference_and_the_figures_agree(
    states: Mapping[int, str], random: object
) -> None:
    notes = [read_note(f"{TODAY - timedelta(days=ago)}.md", f"- [{state}] Run\n", Reading()) for ago, state in states.items()]  # fmt: skip
    first = discover(notes, make_catalog([]), Now.at(TODAY))
    shuffled = notes[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert discover(shuffled, make_catalog([]), Now.at(TODAY)) == first
    for offer in first.offers:
        done = [ago for ago, state in states.items() if state == "x"]
        assert offer.done == len(done)
        assert offer.last == TODAY - timedelta(days=min(done))
        assert offer.since == TODAY - timedelta(days=max(done))
        assert 0 <= offer.lately <= min(offer.notes, offer.done)
