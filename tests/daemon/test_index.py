import os
import pickle
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.daemon.cache_file import CacheFile, CacheLost
from microwins.daemon.clock import DayClock
from microwins.daemon.index import NoteIndex
from microwins.daemon.keeper import Keeper
from microwins.daemon.made_by import fingerprint
from microwins.daemon.noting import Fresh
from microwins.daemon.packed_note import packed, unpacked
from microwins.daemon.seen import Seen
from microwins.daemon.shelf import Shelf, ShelfLost, Shelves, file_without_name
from microwins.daemon.stamp import Stamp
from microwins.daemon.stamp import packed as packed_stamps
from microwins.daemon.stamps import Stamps
from microwins.daemon.vault import open_vault
from microwins.parsers.note import Note, Reading, read_note
from microwins.parsers.task import Quantity, State
from microwins.parsers.tasks import PLAIN, BoxRules
from microwins.streaks.history import Entry
from microwins.streaks.packed_boxes import PackedBoxes

LATER = datetime(2026, 11, 21, 9, tzinfo=UTC)
GOAL = "---\ntype: goal\nstart: 2026-11-01\n---\n## Micro-wins\n- Walk 🔁 every day #frog\n"
Open = Callable[[], Keeper]


@pytest.fixture
def reopen(tmp_path: Path) -> Open:
    """Return a function that opens the same vault anew, long after its notes were written."""
    root = tmp_path / "vault"
    root.mkdir()
    (root / ".microwins.toml").write_text('stamp = "off"\n')
    write(root / "Goal.md", GOAL, 1)
    for day in range(1, 11):
        write(root / f"2026-11-{day:02}.md", "- [x] Walk\n- [ ] something else\n", day)
    write(root / "Prose.md", "Nothing to tick here.\n", 1)

    def make() -> Keeper:
        vault = open_vault(root, {"MICROWINS_TIMEZONE": "UTC"})
        index = NoteIndex(tmp_path / "cache", root, vault.reading)
        keeper = Keeper(vault, DayClock(vault.settings, lambda: LATER), Seen(tmp_path / "cache", root), index)
        keeper.read_all()
        return keeper

    return make


def write(path: Path, text: str, day: int) -> None:
    path.write_text(text)
    when = datetime(2026, 11, day, 12, tzinfo=UTC).timestamp()
    os.utime(path, (when, when))


def root_of(keeper: Keeper) -> Path:
    return keeper.vault.root


def parsed_again(reopen: Open) -> int:
    keeper = reopen()
    keeper.close()
    return keeper.parsed


def test_a_second_start_parses_nothing(reopen: Open) -> None:
    assert parsed_again(reopen) == 12
    assert parsed_again(reopen) == 0


def test_a_start_without_any_change_opens_no_note(reopen: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    first = reopen()

    def refuse(_root: Path, path: str, _max_size: int) -> None:
        raise AssertionError(path)

    with monkeypatch.context() as patch:
        patch.setattr("microwins.daemon.reader.read_raw", refuse)
        second = reopen()
        assert second.figures() == first.figures()
        assert second.problems(second.figures()) == first.problems(first.figures())
    first.close()
    second.close()


def test_notes_that_were_not_opened_are_there_when_they_are_asked_for(reopen: Open) -> None:
    first, second = reopen(), reopen()
    assert dict(second.ledger.notes) == dict(first.ledger.notes)
    assert [second.ledger.entries(path) for path in first.ledger.notes] == [
        first.ledger.entries(path) for path in first.ledger.notes
    ]
    assert list(second.plan()) == list(first.plan())
    assert second.ledger.boxes() == first.ledger.boxes()
    first.close()
    second.close()


def test_the_boxes_of_a_day_are_found_after_such_a_start(reopen: Open) -> None:
    first, second = reopen(), reopen()
    days = [date(2026, 11, day) for day in range(1, 12)]
    assert [second.times.boxes_on(day) for day in days] == [first.times.boxes_on(day) for day in days]
    assert [second.ledger.frogs_on(day) for day in days] == [first.ledger.frogs_on(day) for day in days]
    first.close()
    second.close()


def test_a_box_of_a_micro_win_is_kept_with_all_that_is_known_of_it() -> None:
    day, amount = date(2026, 11, 3), Quantity(Decimal("2.50"), "km")
    entry = Entry("a.md", 3, State.DONE, day, "walk", (amount,), "07:30", frog=True)
    assert all(getattr(entry, one.name) != one.default for one in fields(entry))
    other = Entry("a.md", 5, State.OPEN, None, "walk")
    kept = PackedBoxes(*PackedBoxes.of((other, entry)).packed())
    assert kept.entries("walk") == [entry, other]


def test_after_such_a_start_one_changed_note_changes_the_figures_as_ever(
    reopen: Open, tmp_path: Path
) -> None:
    reopen().close()
    restored = reopen()
    write(root_of(restored) / "2026-11-03.md", "- [ ] Walk\n- [x] something else\n", 3)
    assert restored.read_one("2026-11-03.md")
    [index] = (tmp_path / "cache").glob("index-*.sqlite3")
    afresh = reopen()
    assert restored.figures() == afresh.figures()
    assert index.exists()
    restored.close()
    afresh.close()


def test_after_such_a_start_a_changed_goal_matches_every_box_again(reopen: Open) -> None:
    reopen().close()
    restored = reopen()
    write(root_of(restored) / "Goal.md", GOAL.replace("Walk", "Something else"), 2)
    assert restored.read_one("Goal.md")
    afresh = reopen()
    assert restored.figures() == afresh.figures()
    assert restored.ledger.notes == afresh.ledger.notes
    restored.close()
    afresh.close()


def test_a_page_that_changed_since_the_start_is_not_planned_by_its_old_shape(reopen: Open) -> None:
    reopen().close()
    restored = reopen()
    write(root_of(restored) / "Goal.md", "text\n" + GOAL, 2)
    assert list(restored.plan()) == []
    assert restored.changed_since() == {"Goal.md"}
    restored.close()


def test_a_note_that_another_process_took_in_first_is_counted_as_it_is_now(
    reopen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    reopen().close()
    restored = reopen()
    write(root_of(restored) / "2026-11-03.md", "- [ ] Walk\n- [x] something else\n", 3)
    monkeypatch.setattr(
        "microwins.daemon.whole_reading._MOST_CHANGED", 0
    )  # as if so many had changed that all is noted
    afresh = reopen()
    assert restored.read_one("2026-11-03.md")
    assert restored.figures() == afresh.figures()
    restored.close()
    afresh.close()


def test_a_note_that_is_gone_after_such_a_start_counts_no_more(reopen: Open) -> None:
    reopen().close()
    restored = reopen()
    (root_of(restored) / "2026-11-03.md").unlink()
    assert restored.read_one("2026-11-03.md")
    afresh = reopen()
    assert restored.figures() == afresh.figures()
    restored.close()
    afresh.close()


def test_a_note_whose_change_nobody_told_of_yet_counts_as_it_was_when_a_goal_changes(reopen: Open) -> None:
    reopen().close()
    restored = reopen()
    write(root_of(restored) / "2026-11-03.md", "- [ ] Walk\n- [x] something else\n", 3)
    write(root_of(restored) / "Goal.md", GOAL.replace("Walk", "Something else"), 2)
    assert restored.read_one("Goal.md")
    assert restored.read_one("2026-11-03.md")
    afresh = reopen()
    assert restored.figures() == afresh.figures()
    restored.close()
    afresh.close()


def test_so_is_one_that_is_needed_only_because_a_goal_changed(
    reopen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    reopen().close()
    restored = reopen()
    write(root_of(restored) / "2026-11-03.md", "- [ ] Walk\n- [x] something else\n", 3)
    write(root_of(restored) / "Goal.md", GOAL.replace("Walk", "Something else"), 2)
    monkeypatch.setattr(
        "microwins.daemon.whole_reading._MOST_CHANGED", 0
    )  # as if so many had changed that all is noted
    afresh = reopen()
    assert restored.read_one("Goal.md")
    assert restored.figures() == afresh.figures()
    restored.close()
    afresh.close()


def test_a_damaged_state_is_worked_out_anew(reopen: Open, tmp_path: Path) -> None:
    keeper = reopen()
    expected = keeper.figures()
    keeper.close()
    [file] = (tmp_path / "cache").glob("index-*.sqlite3")
    for damage in (
        "parts SET data = substr(data, 1, 40)", "parts SET data = data || x'00'", "parts SET data = x''", "state SET sum = 1",
        "state SET sum = NULL", "state SET stamps = x'00'", "parts SET data = NULL", "parts SET data = 'text'",
    ):  # fmt: skip
        with sqlite3.connect(file) as connection:
            connection.execute(f"UPDATE {damage}")
        connection.close()
        again = reopen()
        assert again.figures() == expected
        again.close()


def test_where_boxes_on_the_shelf_are_lost_while_they_are_kept_they_are_counted_anew_and_kept(
    reopen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def of_few(self: Shelves, wins: int) -> Shelf | None:
        return Shelf(file_without_name(self.folder)) if self.folder is not None else None

    def lost(self: Shelf, place: int) -> bytes:
        asked.append(place)
        raise ShelfLost

    with monkeypatch.context() as patch:
        patch.setattr(Shelves, "shelf_for", of_few)
        patch.setattr(Shelf, "get", lost)
        first = reopen()
        figures = first.figures()
        first.close()
    assert asked
    again = reopen()
    assert again.parsed == 0
    assert again.figures() == figures
    assert len(again.ledger.entries_of("walk")) == 10
    again.close()


def test_what_comes_from_the_index_is_what_comes_from_the_notes(reopen: Open) -> None:
    first, second = reopen(), reopen()
    assert dict(second.ledger.notes) == first.ledger.notes
    assert second.figures() == first.figures()
    first.close()
    second.close()


def test_a_changed_note_is_read_again_even_if_size_and_time_are_as_before(reopen: Open) -> None:
    keeper = reopen()
    write(root_of(keeper) / "2026-11-03.md", "- [ ] Walk\n- [x] something else\n", 3)
    again = reopen()
    assert [task.state for task in again.ledger.notes["2026-11-03.md"].tasks] == [State.OPEN, State.DONE]
    assert again.parsed == 1
    keeper.close()
    again.close()


def test_a_note_that_is_gone_is_forgotten(reopen: Open, tmp_path: Path) -> None:
    keeper = reopen()
    (root_of(keeper) / "Prose.md").unlink()
    keeper.close()
    reopen().close()
    [file] = (tmp_path / "cache").glob("index-*.sqlite3")
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM notes WHERE path = 'Prose.md'").fetchone() == (0,)
    connection.close()


def test_a_note_changed_a_moment_ago_is_not_trusted_to_the_index(reopen: Open) -> None:
    keeper = reopen()
    note = root_of(keeper) / "Prose.md"
    os.utime(note, (LATER.timestamp(), LATER.timestamp()))
    assert parsed_again(reopen) == 1
    assert parsed_again(reopen) == 1
    keeper.close()


def test_damaged_rows_are_read_from_the_notes(reopen: Open, tmp_path: Path) -> None:
    reopen().close()
    [file] = (tmp_path / "cache").glob("index-*.sqlite3")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE notes SET note = substr(note, 1, 40) WHERE path LIKE '2026%'")
        connection.execute("DELETE FROM state")
    connection.close()
    assert parsed_again(reopen) == 12
    assert parsed_again(reopen) == 0


def test_a_row_that_is_lost_is_read_from_its_note(reopen: Open, tmp_path: Path) -> None:
    reopen().close()
    [file] = (tmp_path / "cache").glob("index-*.sqlite3")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE notes SET note = NULL WHERE path LIKE '2026%'")
        connection.execute("DELETE FROM state")
    connection.close()
    assert parsed_again(reopen) == 12
    assert parsed_again(reopen) == 0


def test_a_damaged_name_of_a_note_is_forgotten(reopen: Open, tmp_path: Path) -> None:
    reopen().close()
    [file] = (tmp_path / "cache").glob("index-*.sqlite3")
    with sqlite3.connect(file) as connection:
        [(names,)] = connection.execute("SELECT names FROM folders")
        connection.execute("UPDATE folders SET names = ?", (names.replace(b"11-03", b"11-0\xff"),))
        connection.execute("DELETE FROM state")
    connection.close()
    assert parsed_again(reopen) == 1  # and what was to be noted has shown the damage
    assert parsed_again(reopen) == 12
    assert parsed_again(reopen) == 0


def test_a_damaged_file_is_made_anew(reopen: Open, tmp_path: Path) -> None:
    reopen().close()
    [file] = (tmp_path / "cache").glob("index-*.sqlite3")
    file.write_bytes(b"this is no database" * 100)
    assert parsed_again(reopen) == 12
    assert parsed_again(reopen) == 0


def test_an_index_of_another_version_is_made_anew(reopen: Open, tmp_path: Path) -> None:
    reopen().close()
    [file] = (tmp_path / "cache").glob("index-*.sqlite3")
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert parsed_again(reopen) == 12


def test_the_kept_state_is_that_of_just_these_notes(tmp_path: Path) -> None:
    index = NoteIndex(tmp_path, tmp_path, Reading())
    stamps = {"a.md": Stamp(1, 2, 3, 4), "b.md": Stamp(5, 6, 7, 1 << 63)}
    index.kept.keep("made", Stamps(stamps), ("anything",))
    kept = index.kept.kept("made", Stamps(dict(reversed(stamps.items()))))
    assert kept is not None
    assert (index.kept.state(kept), kept.remembered) == (("anything",), False)
    index.kept.set_remembered()
    assert index.kept.kept("made", Stamps(stamps)) == kept._replace(remembered=True)
    assert index.kept.state(kept._replace(sum=kept.sum ^ 1)) is None
    others = [
        {"a.md": stamps["a.md"]},
        stamps | {"b.md": Stamp(5, 6, 7, 8)},
        {"a.md": stamps["b.md"], "b.md": stamps["a.md"]},
        {"a.md": stamps["a.md"], "c.md": stamps["b.md"]},
    ]
    assert [index.kept.kept("made", Stamps(other)) for other in others] == [None] * len(others)
    assert index.kept.kept("made in another way", Stamps(stamps)) is None
    index.close()


def test_other_settings_read_every_note_again(reopen: Open) -> None:
    keeper = reopen()
    (root_of(keeper) / ".microwins.toml").write_text('stamp = "off"\n[goals]\nheading = "Habits"\n')
    keeper.close()
    assert parsed_again(reopen) == 12


def test_a_goal_and_its_note_share_one_path() -> None:
    note = read_note("Goals/Book.md", GOAL, Reading())
    again = unpacked(packed(note), "Goals/Book.md", PLAIN)
    assert isinstance(again, Note)
    assert again.goal is not None
    assert again.path is again.goal.path


def test_the_way_of_reading_is_told_apart() -> None:
    assert fingerprint(Reading()) == fingerprint(Reading())
    assert fingerprint(Reading()) != fingerprint(Reading(locale="de"))


def test_nothing_but_a_note_is_unpacked() -> None:
    note = read_note("a.md", "- [x] Walk ✅ 2026-11-01\n", Reading())
    assert unpacked(packed(note), "a.md", PLAIN) == note
    assert unpacked(packed(note)[:-3], "a.md", PLAIN) is None
    assert unpacked(pickle.dumps(os.getcwd, pickle.HIGHEST_PROTOCOL), "a.md", PLAIN) is None
    assert unpacked(pickle.dumps("a text", pickle.HIGHEST_PROTOCOL), "a.md", PLAIN) is None


@given(st.text(st.sampled_from("-[ ]x#\n\t>`%$:(){}/✅🔁📅 2026-01é\ud83d"), max_size=80))
def test_any_note_is_unpacked_as_it_was(text: str) -> None:
    note = read_note("Journal/2026-11-21.md", text, Reading())
    assert unpacked(packed(note), note.path, PLAIN) == note


@pytest.mark.parametrize(
    "text",
    [
        GOAL + "## Steps\n- [x] one\n  - [ ] two\n<!-- microwins:summary -->\n",
        "---\nkanban-plugin: board\n---\n- [x] card\n",
        "---\na: [\n---\n- [x] the frontmatter is broken\n",
        "# 2026-03-01\n1. [-] under a date\n> - [x] in a quote\n- [x]\n",
    ],
)
def test_a_note_with_more_than_boxes_is_unpacked_as_it_was(text: str) -> None:
    rules = BoxRules(global_filter="one")
    note = read_note("Some/note.md", text, Reading(rules=rules))
    again = unpacked(packed(note), note.path, rules)
    assert again == note
    assert again.frontmatter == note.frontmatter


def test_two_processes_may_use_it_at_once(tmp_path: Path) -> None:
    first = NoteIndex(tmp_path, tmp_path, Reading())
    second = NoteIndex(tmp_path, tmp_path, Reading())
    note, one, other = read_note("a.md", "- [x] Walk\n", Reading()), Stamp(1, 2, 3, 4), Stamp(1, 2, 3, 5)
    first.store({"a.md": (packed_stamps([one]), note)}, Stamps({"a.md": one}), [""])
    second.store(
        {"b/b.md": (packed_stamps([other]), replace(note, path="b/b.md"))}, Stamps({"b/b.md": other}), ["b"]
    )
    assert dict(first.facts()).keys() == dict(second.facts()).keys() == {"a.md", "b/b.md"}
    assert set(first.stamps()) == {"a.md", "b/b.md"}
    first.close()
    second.close()


def test_an_index_that_fails_while_it_is_read_loses_no_note(
    reopen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reopen()
    expected = first.figures()
    first.close()
    whole = CacheFile.each

    def failing(
        self: CacheFile, query: str, values: Sequence[object] = (), **_how: int
    ) -> Iterator[tuple[object, ...]]:
        yield from islice(whole(self, query, values), 2)
        raise CacheLost

    for most_changed, most_held in ((-1, 5000), (-1, 1), (1000, 5000)):
        with monkeypatch.context() as patch:
            patch.setattr("microwins.daemon.whole_reading._MOST_CHANGED", most_changed)
            patch.setattr("microwins.daemon.intake._MOST_HELD", most_held)
            patch.setattr(CacheFile, "each", failing)
            again = reopen()
            assert again.figures() == expected
            again.close()


def test_a_goal_that_changes_while_the_index_fails_has_every_note_read_again(
    reopen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    reopen().close()
    restored = reopen()
    write(root_of(restored) / "Goal.md", GOAL.replace("Walk", "Something else"), 2)

    def failing(
        _self: CacheFile, _query: str, _values: Sequence[object] = (), **_how: int
    ) -> Iterator[tuple[object, ...]]:
        raise CacheLost

    with monkeypatch.context() as patch:
        patch.setattr(CacheFile, "each", failing)
        assert restored.read_one("Goal.md")
    afresh = reopen()
    assert restored.figures() == afresh.figures()
    restored.close()
    afresh.close()


def test_a_large_vault_is_counted_from_the_index_and_gives_the_same_figures(
    reopen: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    small = reopen()
    expected = small.figures()
    small.close()
    for file in (tmp_path / "cache").iterdir():
        file.unlink()
    monkeypatch.setattr("microwins.daemon.intake._MOST_HELD", 1)
    monkeypatch.setattr("microwins.daemon.intake._MOST_AT_ONCE", 2)
    large = reopen()
    assert large.figures() == expected
    assert large.parsed == 12
    large.close()


def test_what_waits_to_be_noted_is_never_much_more_than_a_handful(
    reopen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("microwins.daemon.whole_reading._MOST_CHANGED", 0)
    first = reopen()
    root = root_of(first)
    first.close()
    for folder in "abcdef":
        (root / folder).mkdir()
        for number in range(3):
            write(root / folder / f"{number}.md", f"- [ ] of {folder} {number}\n", 3)
    told: list[int] = []
    store = NoteIndex.store

    def watched(index: NoteIndex, found: Mapping[str, Fresh], *others: Any) -> bool:
        told.append(len(found))
        return store(index, found, *others)

    monkeypatch.setattr(NoteIndex, "store", watched)
    monkeypatch.setattr("microwins.daemon.intake._MOST_AT_ONCE", 4)
    reopen().close()
    assert max(told) < 4 + 3


def test_after_many_notes_changed_the_index_knows_each_of_them(
    reopen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What changed is noted in handfuls; a later one takes nothing away that an earlier one noted."""
    monkeypatch.setattr("microwins.daemon.intake._MOST_AT_ONCE", 2)
    monkeypatch.setattr("microwins.daemon.whole_reading._MOST_CHANGED", 0)
    first = reopen()
    root = root_of(first)
    first.close()
    for folder in ("a", "b", "c"):
        (root / folder).mkdir()
        for number in range(3):
            write(root / folder / f"{number}.md", f"- [ ] of {folder} {number}\n", 3)
    for day in range(1, 11):
        write(root / f"2026-11-{day:02}.md", "- [x] Walk\n- [x] something else\n", day)
    reopen().close()
    again = reopen()
    assert again.parsed == 0
    known = dict(again.ledger.facts())
    again.close()
    (root.parent / "cache").rename(root.parent / "away")
    fresh = reopen()
    assert known == dict(fresh.ledger.facts())
    fresh.close()


def test_a_row_of_a_note_that_was_emptied_counts_for_nothing_where_all_stamps_were_damaged(
    reopen: Open, tmp_path: Path
) -> None:
    keeper = reopen()
    write(root_of(keeper) / "Prose.md", "- [x] Walk ✅ 2026-11-03\n", 3)
    keeper.close()
    reopen().close()
    write(tmp_path / "vault" / "Prose.md", "No box any more.\n", 4)
    [file] = (tmp_path / "cache").glob("index-*.sqlite3")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE folders SET numbers = x'00'")
    connection.close()
    reopen().close()
    for _ in range(2):
        with sqlite3.connect(file) as connection:
            assert connection.execute("SELECT count(*) FROM notes WHERE path = 'Prose.md'").fetchone() == (0,)
            connection.execute("DELETE FROM state")
        connection.close()
        reopen().close()
