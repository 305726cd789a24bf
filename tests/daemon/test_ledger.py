from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.daemon import bed as bed_module
from microwins.daemon import ledger as ledger_module
from microwins.daemon import reckoning as reckoning_module
from microwins.daemon.announce import announcements
from microwins.daemon.ledger import Ledger
from microwins.daemon.shelf import Shelf, ShelfLost, Shelves, file_without_name
from microwins.parsers.note import Note, Reading, read_note
from microwins.parsers.problem import Problem
from microwins.streaks.calendar import Now
from microwins.streaks.catalog import VaultDefaults
from microwins.streaks.entries import NoteEntries, note_entries
from microwins.streaks.vault_figures import VaultFigures

NOW = Now.at(date(2026, 3, 4))
BEFORE = Now.at(date(2026, 3, 3))
PATHS = [
    "Goals/Book.md",
    "Goals/Run.md",
    "Goals/Year.md",
    "2026-03-02.md",
    "2026-03-03.md",
    "2026-03-04.md",
    "Notes.md",
]
GOAL_PARTS = [
    "- Read 🔁 every day",
    "- Walk 🔁 twice a week",
    "- Smoke [limit:: 1 a day]",
    "- Jog 10 min",
    "- Read [id:: r] 🔁 every 2 days",
    "# Steps",
    "- [x] one",
    "- [ ] two",
    "- [x] Read ✅ 2026-03-02",
    "- [x] three 30 words ✅ 2026-03-02",
    "- [x] four [weight:: 3] [words:: 12.5]",
    "- [x] scales [kg:: 90] ✅ 2026-03-01",
    "- [ ] outer\n  - [x] inner\n  - [-] dropped",
]
FIELDS = [
    "measure: 100 words",
    "measure: 200 pages",
    "measure: 92 -> 80 kg",
    "target: 2026-04-01",
    "start: 2026-03-01",
    "weight: 2",
    "rollup: leaves",
    "rest: [sun]",
    "status: done",
    "archived: 2026-03-03",
    "archived: [2026-03-01..2026-03-02]",
]
GOAL_BEGIN = "---\ntype: goal\nparent: '[[Year]]'\n"
BOXES = [
    "- [x] Read",
    "- [ ] Walk",
    "- [x] Walk [[Run]]",
    "- [x] Jog 20 min",
    "- [x] Smoke",
    "- [-] Read",
    "- [x] else",
    "- [x] else ✅ 2026-03-01",
    "- [x] Read [words:: 40]",
    "- [x] Read [pages:: 2.5] [kg:: 88.5]",
    "- [x] Jog 12 min [words:: 7] @10:00",
    "- [x] any 🆔 r",
    "text",
]

goals = st.tuples(
    st.sampled_from(
        ["type: goal", "type: goal\nparent: '[[Run]]'", "type: goal\nparent: '[[Year]]'", "type: idea"]
    ),
    st.lists(st.sampled_from(FIELDS), max_size=4, unique_by=lambda field: field.partition(":")[0]),
    st.lists(st.sampled_from(GOAL_PARTS), max_size=5),
).map(lambda parts: "\n".join(("---", parts[0], *parts[1], "---", "## Micro-wins", *parts[2])))
boxes = st.lists(st.sampled_from(BOXES), max_size=5).map("\n".join)


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, str | None, dict[int, date]]:
    path = draw(st.sampled_from(PATHS))
    text = draw(st.none() | (goals if path.startswith("Goals") else boxes))
    seen = draw(st.dictionaries(st.integers(1, 4), st.just(date(2026, 3, 3)), max_size=2))
    return path, text, seen


@st.composite
def ticks(draw: st.DrawFn) -> tuple[str, str | None, dict[int, date]]:
    """Change the boxes of a note, as most changes do."""
    return draw(st.sampled_from(PATHS[3:])), draw(boxes), {}


def note(path: str, text: str) -> Note:
    return read_note(path, text, Reading())


def loaded(notes: Sequence[Note], seen: Mapping[str, Mapping[int, date]] | None = None) -> Ledger:
    ledger = Ledger(VaultDefaults())
    ledger.load(notes, seen)
    return ledger


class Damaged(Shelf):
    """A shelf that tells nothing from the moment on at which it is damaged."""

    damaged = False

    def get(self, place: int) -> bytes:
        if self.damaged:
            raise ShelfLost
        return super().get(place)


@dataclass(frozen=True)
class OurShelves(Shelves):
    """Makes shelves for whatever number of micro-wins, and damages them all."""

    made: list[Damaged] = field(default_factory=list)

    def shelf_for(self, wins: int) -> Shelf | None:
        assert self.folder is not None
        self.made.append(Damaged(file_without_name(self.folder)))
        return self.made[-1]

    def damage(self) -> None:
        for shelf in self.made:
            shelf.damaged = True


def contributed(ledger: Ledger, path: str) -> tuple[NoteEntries, tuple[Problem, ...]]:
    """Return what a note contributes, and what is wrong with its boxes: of one with nothing else only the ledger tells."""
    return replace(ledger.entries(path), problems=()), ledger.problems_of(path)


def problems(ledger: Ledger, figures: VaultFigures) -> tuple[list[Problem], list[Problem]]:
    return sorted(ledger.problems()), sorted(figures.problems)


@settings(deadline=None)
@given(st.lists(changes(), max_size=12), st.lists(st.booleans(), min_size=12, max_size=12))
def test_notes_taken_in_one_by_one_give_the_same_figures_as_all_at_once(
    steps: Sequence[tuple[str, str | None, dict[int, date]]], looks: Sequence[bool]
) -> None:
    ledger = loaded([])
    texts: dict[str, tuple[str, dict[int, date]]] = {}
    for (path, text, seen), look in zip(steps, looks, strict=False):
        texts.pop(path, None)
        if text is not None:
            texts[path] = (text, seen)
        ledger.update(path, None if text is None else note(path, text), seen)
        if look:
            ledger.figures(NOW)
    fresh = loaded(
        [note(path, text) for path, (text, _) in sorted(texts.items())],
        {path: seen for path, (_, seen) in texts.items()},
    )
    assert ledger.figures(NOW) == fresh.figures(NOW)
    assert problems(ledger, ledger.figures(NOW)) == problems(fresh, fresh.figures(NOW))
    assert [contributed(ledger, path) for path in PATHS] == [contributed(fresh, path) for path in PATHS]


def told_of(ledger: Ledger, before: VaultFigures) -> tuple[list[str], VaultFigures]:
    """Return what is said of a change, and the figures after it."""
    after = ledger.figures(NOW)
    return list(announcements(before, after)), after


def kept_of(ledger: Ledger) -> tuple[object, ...]:
    """Return what is kept of a ledger but for its notes' days: whether a note without any is among them makes no difference."""
    goals, days, _, wins, *rest = ledger.state().packed()
    return goals, days, dict(wins), rest


def asked_of(figures: VaultFigures) -> list[tuple[object, ...]]:
    """Return what every view asks of goals."""
    return [(goal.today, goal.moved_today, goal.liveliness, goal.votes) for goal in figures.goals]


STARTS = st.fixed_dictionaries(
    {
        "Goals/Book.md": st.just(
            f"{GOAL_BEGIN}measure: 100 words\n---\n## Micro-wins\n- Read 🔁 every day\n- Jog 10 min"
        ),
        "Goals/Run.md": st.just(
            f"{GOAL_BEGIN}---\n## Micro-wins\n- Walk 🔁 twice a week\n- Smoke [limit:: 1 a day]"
        ),
        "Goals/Year.md": st.just(f"{GOAL_BEGIN}---\n"),
        **dict.fromkeys(["2026-03-02.md", "2026-03-03.md", "2026-03-04.md", "Notes.md"], boxes),
    }
)
EDITS = st.lists(st.tuples(changes() | ticks(), st.booleans()), max_size=8)


@settings(deadline=None)
@given(STARTS, EDITS, st.none() | st.integers(0, 8), st.sampled_from([0, 1, 128]))
def test_a_ledger_with_a_shelf_tells_what_one_without_it_tells_also_when_that_is_damaged(
    tmp_path_factory: pytest.TempPathFactory,
    start: dict[str, str],
    steps: Sequence[tuple[tuple[str, str | None, dict[int, date]], bool]],
    damaged_at: int | None,
    awake: int,
) -> None:
    shelves = OurShelves(tmp_path_factory.getbasetemp())
    plain, shelved = Ledger(VaultDefaults()), Ledger(VaultDefaults(), shelves=shelves)
    for ledger in (plain, shelved):
        ledger.load([note(path, text) for path, text in start.items()])
    assert len(shelves.made) == 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bed_module, "MOST_AWAKE", awake)
        patch.setattr(reckoning_module, "MOST_AWAKE", awake)
        before = plain.figures(NOW), shelved.figures(NOW)
        for place, ((path, text, seen), look) in enumerate(steps):
            if damaged_at == place:
                shelves.damage()
            for ledger in (plain, shelved):
                ledger.update(path, None if text is None else note(path, text), seen)
            if look:
                (expected, one), (said, other) = told_of(plain, before[0]), told_of(shelved, before[1])
                # Where it was damaged, nothing tells any more what was before a change that came since.
                assert said == expected or damaged_at is not None
                assert other == one
                assert asked_of(other) == asked_of(one)
                before = one, other
    assert shelved.figures(NOW) == plain.figures(NOW)
    assert asked_of(shelved.figures(NOW)) == asked_of(plain.figures(NOW))
    assert shelved.as_of(BEFORE) == plain.as_of(BEFORE)
    assert problems(shelved, shelved.figures(NOW)) == problems(plain, plain.figures(NOW))
    boxes = {win_id: plain.entries_of(win_id) for win_id in plain.catalog.wins}
    assert {win_id: shelved.entries_of(win_id) for win_id in shelved.catalog.wins} == boxes
    assert damaged_at is not None or kept_of(shelved) == kept_of(plain)


def test_of_many_micro_wins_a_tick_leaves_the_others_asleep(tmp_path: Path) -> None:
    ledger = Ledger(VaultDefaults(), shelves=OurShelves(tmp_path))
    ledger.load([note(path, text) for path, text in TREE.items()])
    before = ledger.figures(NOW)
    assert [win.is_asleep for win in before.wins] == [True, True]
    ledger.update("2026-03-04.md", note("2026-03-04.md", "- [x] Write [words:: 10]\n"))
    after = ledger.figures(NOW)
    assert {win.win.id: win.is_asleep for win in after.wins} == {"write": False, "jog": True}
    jog = after.win("jog")
    assert jog is not None
    assert jog is before.win("jog")


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(PATHS), goals | boxes), st.randoms(use_true_random=False))
def test_the_order_of_notes_makes_no_difference(texts: Mapping[str, str], random: object) -> None:
    notes = [note(path, text) for path, text in sorted(texts.items())]
    assert loaded(notes).figures(NOW) == loaded(notes[::-1]).figures(NOW)


GOAL = "---\ntype: goal\n---\n## Micro-wins\n- Read 🔁 every day\n"


def totals(ledger: Ledger, now: Now = NOW) -> tuple[int, int]:
    found = ledger.figures(now).totals
    return found.today, found.all


def test_a_micro_win_twice_on_one_day_is_one_win_and_other_boxes_count_each() -> None:
    ledger = loaded(
        [note("G.md", GOAL), note("2026-03-04.md", "- [x] Read\n- [x] read!\n- [x] one\n- [x] two\n")]
    )
    assert totals(ledger) == (3, 3)


def test_a_win_without_a_day_counts_in_all() -> None:
    ledger = loaded([note("G.md", GOAL), note("Notes.md", "- [x] Read\n- [x] one\n")])
    assert totals(ledger) == (0, 2)
    found = ledger.figures(NOW)
    assert found.days.streak is None
    assert found.goals[0].votes == 0


def test_a_box_dated_for_a_day_to_come_is_counted_when_the_day_is_here() -> None:
    ledger = loaded([note("G.md", GOAL), note("2026-03-05.md", "- [x] Read\n- [x] one\n")])
    assert totals(ledger) == (0, 0)
    assert totals(ledger, Now.at(date(2026, 3, 5))) == (2, 2)
    assert totals(ledger) == (0, 0)


def test_a_note_that_becomes_a_goal_gives_its_boxes_their_micro_win() -> None:
    ledger = loaded([note("2026-03-04.md", "- [x] Read\n"), note("G.md", "- Read\n")])
    assert ledger.figures(NOW).wins == ()
    ledger.update("G.md", note("G.md", GOAL))
    assert [win.state for win in ledger.figures(NOW).wins] == ["done"]
    ledger.update("G.md", None)
    assert ledger.figures(NOW).wins == ()
    assert totals(ledger) == (1, 1)


def test_one_changed_note_leaves_other_figures_as_they_are() -> None:
    ledger = loaded([note("G.md", GOAL + "- Walk 🔁 every day\n"), note("2026-03-04.md", "- [x] Walk\n")])
    before = ledger.figures(NOW)
    ledger.update("2026-03-03.md", note("2026-03-03.md", "- [x] Read\n"))
    after = ledger.figures(NOW)
    assert after.win("walk") is before.win("walk")
    assert after.win("read") is not before.win("read")


def test_a_new_daily_note_makes_a_quiet_day_of_a_limit_known() -> None:
    goal = note(
        "Goals/Less.md", "---\ntype: goal\nstart: 2026-03-02\n---\n## Micro-wins\n- Smoke [limit:: 1 a day]"
    )
    ledger = loaded([goal])
    assert [win.states for win in ledger.figures(NOW).wins] == ["--?"]
    ledger.update("2026-03-03.md", note("2026-03-03.md", "A quiet day"))
    assert [win.states for win in ledger.figures(NOW).wins] == ["-#?"]
    ledger.update("2026-03-03.md", None)
    assert [win.states for win in ledger.figures(NOW).wins] == ["--?"]


def test_the_ticks_of_a_limit_are_no_wins_of_the_vault() -> None:
    goal = note(
        "Goals/Less.md", "---\ntype: goal\nstart: 2026-03-02\n---\n## Micro-wins\n- Smoke [limit:: 1 a day]"
    )
    ledger = loaded([goal, note("2026-03-03.md", "- [x] Smoke\n- [x] Smoke")])
    found = ledger.figures(NOW)
    assert (found.totals.all, found.days.streak, found.goals[0].votes) == (0, None, 0)
    assert found.wins[0].totals.wins.all == 2


TREE = {
    "Goals/Year.md": "---\ntype: goal\n---\n",
    "Goals/Book.md": "---\ntype: goal\nparent: '[[Year]]'\nmeasure: 100 words\n---\n## Micro-wins\n- Write\n\n- [ ] Plan\n",
    "Goals/Run.md": "---\ntype: goal\nparent: '[[Year]]'\n---\n## Micro-wins\n- Jog\n\n- [ ] Shoes\n",
}


def test_a_tick_works_out_its_goal_and_those_above_and_leaves_the_others_as_they_are() -> None:
    ledger = loaded([note(path, text) for path, text in TREE.items()])
    before = ledger.figures(NOW)
    ledger.update("2026-03-04.md", note("2026-03-04.md", "- [x] Write [words:: 10]\n"))
    after = ledger.figures(NOW)
    assert after.goal("Goals/Run.md") is before.goal("Goals/Run.md")
    year, book = after.goal("Goals/Year.md"), after.goal("Goals/Book.md")
    assert year is not None
    assert book is not None
    assert (book.progress, year.progress) == (0.05, 0.025)
    assert year.days.streak is not None


def test_a_step_is_taken_in_without_any_micro_win() -> None:
    ledger = loaded([note(path, text) for path, text in TREE.items()])
    ledger.figures(NOW)
    path = "Goals/Run.md"
    ledger.update(path, note(path, TREE[path].replace("[ ] Shoes", "[x] Shoes")))
    found = ledger.figures(NOW)
    assert [goal.progress for goal in found.goals] == [0.5, 0.0, 1.0]


def test_of_two_goals_with_one_name_the_lines_may_move() -> None:
    text = "---\ntype: goal\n---\n# Book\n\n## Micro-wins\n- Read 🔁 every day\n"
    day = note("2026-03-04.md", "- [x] Read [[Old/Book]]\n")
    ledger = loaded([note("Old/Book.md", text), note("New/Book.md", text), day])
    ledger.figures(NOW)
    for path in ("New/Book.md", "Old/Book.md"):
        moved = note(path, text.replace("# Book\n", "# Book\n\nA word more.\n"))
        ledger.update(path, moved)
        assert ledger.figures(NOW) == loaded(list(ledger.notes.values())).figures(NOW)


GOALS_WITH_STEPS = {
    "Book.md": "---\ntype: goal\nmeasure: 100 words\nstatus: done\n---\n## Micro-wins\n- Read 🔁 every day\n"
    "# Steps\n- [x] one 30 words ✅ 2026-03-02\n- [ ] two\n",
    "Run.md": "---\ntype: goal\nparent: '[[Book]]'\n---\n## Micro-wins\n- Walk 🔁 every day\n# Steps\n- [x] one\n",
    "2026-03-04.md": "- [x] Read 20 words\n- [ ] Walk\n",
}


def asked_for_steps(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, path: str, text: str) -> list[str]:
    """Have a note say something else, look at the figures, and return the notes whose boxes were looked at for that."""
    found: list[str] = []

    def asked(one: Note, *rest: Any) -> NoteEntries:
        found.append(one.path)
        return note_entries(one, *rest)

    ledger.figures(NOW)
    with monkeypatch.context() as patch:
        patch.setattr(ledger_module, "note_entries", asked)
        ledger.update(path, note(path, text))
        ledger.figures(NOW)
    fresh = loaded([note(one, text if one == path else known) for one, known in GOALS_WITH_STEPS.items()])
    assert ledger.figures(NOW) == fresh.figures(NOW)
    assert problems(ledger, ledger.figures(NOW)) == problems(fresh, fresh.figures(NOW))
    return found


def test_a_tick_asks_no_goal_for_its_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = loaded([note(path, text) for path, text in GOALS_WITH_STEPS.items()])
    assert set(
        asked_for_steps(ledger, monkeypatch, "2026-03-04.md", "- [x] Read 40 words\n- [x] Walk\n")
    ) == {"2026-03-04.md"}


@pytest.mark.parametrize("changed", ["## Micro-wins", "# Steps"])
def test_where_lines_were_moved_no_other_goal_is_asked_for_its_steps(
    monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    ledger = loaded([note(path, text) for path, text in GOALS_WITH_STEPS.items()])
    text = GOALS_WITH_STEPS["Book.md"].replace(changed, f"A word more.\n\n{changed}")
    assert set(asked_for_steps(ledger, monkeypatch, "Book.md", text)) == {"Book.md"}
