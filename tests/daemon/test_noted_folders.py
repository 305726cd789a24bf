"""The stamps of a large vault are not held where the index has them, and are as good as if they were."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.daemon.cache_file import CacheLost
from microwins.daemon.folder import Folder
from microwins.daemon.index import NoteIndex
from microwins.daemon.keeper import Keeper
from microwins.daemon.noted_folders import NotedFolders
from microwins.daemon.noting import Fresh
from microwins.daemon.rereading import Rereading
from microwins.daemon.seen import Seen
from microwins.daemon.stamp import Stamp
from microwins.daemon.stamps import Stamps

from .small_vault import DAY, GOAL, SmallVault, small_vault

NAMES = st.sampled_from(["a.md", "b.md", "ä.md"])
PATHS = st.builds(lambda folder, name: f"{folder}{name}", st.sampled_from(["", "x/", "x/y/", "z/"]), NAMES)
NUMBERS = st.integers(0, 3)
STAMPS = st.builds(Stamp, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
CHANGES = st.lists(st.tuples(PATHS, st.none() | STAMPS), max_size=8)


class Source(dict[str, Folder]):
    """Folders as an index has them; `fails` where its file does."""

    fails = False

    def folder(self, name: str) -> Folder | None:
        return self.get(name)

    def folders(self) -> Iterator[tuple[str, Folder]]:
        yield from self.items()
        if self.fails:
            raise CacheLost


def noted(stamps: Stamps, source: Source | None = None, lost: list[None] | None = None) -> Stamps:
    """Return the same stamps, of which those that the source has are not held."""
    source, lost = Source(stamps.folders) if source is None else source, [] if lost is None else lost
    found = Stamps()
    folders = found.folders = NotedFolders(stamps.folders, source, lambda: lost.append(None))
    for folder, one in source.items():
        folders.let_go(folder, one)
    return found


@given(st.dictionaries(PATHS, STAMPS), CHANGES, st.dictionaries(PATHS, STAMPS))
def test_stamps_that_are_noted_answer_as_those_that_are_held(
    known: dict[str, Stamp], changes: list[tuple[str, Stamp | None]], others: dict[str, Stamp]
) -> None:
    held, other = Stamps(known), Stamps(others)
    found = noted(Stamps(known))
    for path, stamp in changes:
        for one in (held, found):
            if stamp is None:
                one.pop(path, None)
            else:
                one[path] = stamp
    assert dict(found.rows()) == dict(held.rows())
    assert list(found) == list(held)
    assert len(found) == len(held)
    assert {path: found.get(path) for path in others} == {path: held.get(path) for path in others}
    assert {path in found for path in others} == {path in held for path in others}
    assert found.differing(other.folders.items()) == held.differing(other.folders.items())
    assert found.without(others).digest() == held.without(others).digest()


@given(st.dictionaries(PATHS, STAMPS, min_size=1), st.data())
def test_folders_that_are_let_go_of_while_all_are_yielded_are_yielded_once(
    known: dict[str, Stamp], data: st.DataObject
) -> None:
    found = Stamps(known)
    source = Source(found.folders)
    folders = found.folders = NotedFolders(found.folders, source, lambda: None)
    seen = []
    for folder, one in folders.items():
        seen.append((folder, one))
        for other in data.draw(st.sets(st.sampled_from(sorted(source)))):
            folders.let_go(other, source[other])
    assert dict(seen) == source
    assert len(seen) == len(source)


def test_a_folder_that_is_noted_otherwise_is_held_on() -> None:
    known = Stamps({"x/a.md": Stamp(1, 1, 1, 1)})
    lost = list[None]()
    found = noted(known, Source(known.without(["x/a.md"]).folders), lost)
    assert found["x/a.md"] == Stamp(1, 1, 1, 1)
    assert not lost


def test_a_folder_that_was_noted_otherwise_since_is_in_doubt_and_all_in_it_is_to_be_read() -> None:
    known = Stamps({"x/a.md": Stamp(1, 1, 1, 1), "z/b.md": Stamp(2, 2, 2, 2), "c.md": Stamp(3, 3, 3, 3)})
    source, lost = Source(known.folders), list[None]()
    found = noted(known, source, lost)
    source["x"] = Stamps({"x/a.md": Stamp(9, 9, 9, 9)}).folders["x"]
    assert found["z/b.md"] == Stamp(2, 2, 2, 2)
    assert not lost
    assert found.differing(known.folders.items()) == set()
    assert found.differing([*known.folders.items(), ("x", source["x"])]) == {"x/a.md"}
    assert found.get("x/a.md") is None
    assert lost


def test_a_folder_that_went_and_cannot_be_told_is_looked_at() -> None:
    known = Stamps({"x/a.md": Stamp(1, 1, 1, 1)})
    assert noted(known, Source(known.folders)).differing([]) == {"x/a.md"}
    source, lost = Source(known.folders), list[None]()
    found = noted(known, source, lost)
    source.clear()
    assert found.differing([]) == {"x"}
    assert lost


def test_an_index_that_fails_leaves_it_in_doubt() -> None:
    known = Stamps({"x/a.md": Stamp(1, 1, 1, 1), "z/b.md": Stamp(2, 2, 2, 2)})
    source, lost = Source(known.folders), list[None]()
    found = noted(known, source, lost)
    del source["z"]
    source.fails = True
    assert list(found.paths()) == ["x/a.md"]
    assert lost


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallVault:
    """A vault that was not written lately, large enough for its stamps not to be held."""
    monkeypatch.setattr("microwins.daemon.reader.WORTH_IT", 1)
    found = small_vault(tmp_path)
    for path in (GOAL, DAY):
        found.write(path, found.text(path), found.now - timedelta(days=9))
    return found


def test_a_note_that_changes_is_read_and_others_are_not(vault: SmallVault) -> None:
    keeper = vault.keeper()
    assert keeper.changed_since() == set()
    vault.swap(DAY, "- [ ] Write", "- [x] Write")
    assert keeper.changed_since() == {DAY}
    assert not keeper.read_one(GOAL)
    assert keeper.read_one(DAY)
    assert keeper.figures().totals.today == 1
    keeper.close()


def test_what_another_process_noted_first_has_the_vault_read_anew(vault: SmallVault) -> None:
    keeper, other = vault.keeper(), vault.unread()
    vault.swap(DAY, "- [ ] Write", "- [x] Write")
    other.read_all()
    other.close()
    assert keeper.changed_since() == {DAY}
    assert keeper.read_one(DAY)
    assert keeper.figures().totals.today == 1
    keeper.close()


def test_a_note_that_another_process_saw_go_is_gone_here_too(vault: SmallVault) -> None:
    vault.write("Else.md", "- [x] Read a page ✅ 2026-03-04\n", vault.now - timedelta(days=9))
    keeper, other = vault.keeper(), vault.unread()
    (vault.root / "Else.md").unlink()
    other.read_all()
    other.close()
    assert keeper.figures().totals.today == 1
    assert keeper.read_one("Else.md")
    assert keeper.figures().totals.today == 0
    keeper.close()


def test_a_start_while_another_process_notes_the_same_changes_ends_with_a_whole_index(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = vault.now - timedelta(days=1)
    vault.write("Else.md", "- [x] Read a page ✅ 2026-03-04\n", before - timedelta(days=9))
    vault.keeper().close()
    vault.write(DAY, vault.text(DAY).replace("- [ ] Write", "- [x] Write"), before)
    (vault.root / "Else.md").unlink()
    read, others = Rereading.read, [vault.unread()]

    def read_after_others(self: Rereading, path: str) -> bool:
        while others:
            other = others.pop()
            other.read_all()
            other.close()
        return read(self, path)

    monkeypatch.setattr(Rereading, "read", read_after_others)
    keeper = vault.keeper()
    assert not others
    assert keeper.figures().totals.today == 1
    again = vault.keeper()
    assert again.parsed == 0
    assert again.figures() == keeper.figures()
    again.close()
    keeper.close()


class Spoilt(NoteIndex):
    """An index in which something happens each time that notes were to be noted."""

    def __init__(self, vault: SmallVault, then: Callable[[NoteIndex], bool]) -> None:
        super().__init__(vault.root.parent / "cache", vault.root, vault.unread().vault.reading)
        self._then = then

    def store(
        self,
        found: Mapping[str, Fresh],
        stamps: Stamps,
        folders: Iterable[str],
        changed: Set[str] | None = None,
    ) -> bool:
        return super().store(found, stamps, folders, changed) and self._then(self)


def forget_all(index: NoteIndex) -> bool:
    """Have another process begin anew just after what was read was noted."""
    index._cache.begin_anew()
    return True


@pytest.mark.parametrize(("then", "readings"), [(lambda _: True, 1), (forget_all, 3), (lambda _: False, 1)])
def test_a_first_reading_whose_index_is_spoilt_meanwhile_counts_every_note(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch, then: Callable[[NoteIndex], bool], readings: int
) -> None:
    for name in ("a", "b", "c"):
        vault.write(f"{name}/{name}.md", f"- [x] {name} ✅ 2026-03-04\n", vault.now - timedelta(days=9))
    plain = vault.keeper()
    monkeypatch.setattr("microwins.daemon.intake._MOST_HELD", 0)
    monkeypatch.setattr("microwins.daemon.intake._MOST_AT_ONCE", 1)
    (vault.root.parent / "cache").rename(vault.root.parent / "away")
    found = Keeper(
        plain.vault, vault.clock, Seen(vault.root.parent / "seen", vault.root), Spoilt(vault, then)
    )
    assert found.read_all() == 5
    assert found.parsed == readings * 5
    assert found.figures() == plain.figures()
    assert dict(found.ledger.notes) == dict(plain.ledger.notes)
    plain.close()
    found.close()


@given(st.dictionaries(PATHS, STAMPS), st.dictionaries(PATHS, STAMPS))
def test_what_was_found_differs_from_what_is_noted_as_it_would_were_both_held(
    known: dict[str, Stamp], found: dict[str, Stamp]
) -> None:
    source = Source(Stamps(known).folders)
    before, now = Stamps(), Stamps(found)
    folders = before.folders = NotedFolders.noted(source, lambda: None)
    held = now.folders = NotedFolders(now.folders, source, lambda: None)
    held.let_go_of_noted(folders)
    differing = {path for path, _ in known.items() ^ found.items()}
    assert now.differing_from(before) == Stamps(found).differing_from(Stamps(known)) == differing
    assert now.digest() == Stamps(found).digest()
    assert all(
        now.folders.print_of(folder) != folders.print_of(folder)
        for folder, _ in held.held()
        if folder in folders
    )


@pytest.mark.parametrize("most_changed", [1000, 0])
def test_a_start_reads_what_changed_in_a_large_vault(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch, most_changed: int
) -> None:
    before = vault.now - timedelta(days=9)
    for name in ("same", "changed", "gone"):
        vault.write(f"{name}/{name}.md", f"- [x] {name} ✅ 2026-03-04\n", before)
        vault.write(f"all/{name}.md", f"- [x] {name} of all ✅ 2026-03-03\n", before)
    vault.keeper().close()
    for name in ("changed", "all"):
        vault.write(
            f"{name}/changed.md", "- [x] another\n- [x] one ✅ 2026-03-02\n", before + timedelta(days=1)
        )
        vault.write(f"{name}/changed.sync-conflict-20260303-202322-W3G74XU.md", "- [x] no\n", before)
    for name in ("gone", "all"):
        (vault.root / name / "gone.md").unlink()
    vault.write("new/new.md", "- [x] new ✅ 2026-03-04\n", before)
    monkeypatch.setattr("microwins.daemon.whole_reading._MOST_CHANGED", most_changed)
    found = vault.keeper()
    assert found.parsed == 3
    again = vault.keeper()
    assert again.parsed == 0
    (vault.root.parent / "cache").rename(vault.root.parent / "away")
    fresh = vault.keeper()
    for keeper in (found, again):
        assert keeper.figures() == fresh.figures()
        assert dict(keeper.ledger.notes) == dict(fresh.ledger.notes)
        assert keeper.problems(keeper.figures()) == fresh.problems(fresh.figures())
        assert keeper.changed_since() == set()
        keeper.close()
    fresh.close()
