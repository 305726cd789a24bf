"""What a start takes over when nothing changed, and what it looks at when something did."""

import os
import sqlite3
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from microwins.daemon import ledger as ledger_module
from microwins.daemon.clock import DayClock
from microwins.daemon.index import NoteIndex
from microwins.daemon.keeper import Keeper
from microwins.daemon.reader import Reader
from microwins.daemon.seen import Seen
from microwins.daemon.vault import open_vault
from microwins.parsers.note import Note

from .small_vault import codes

LATER = datetime(2026, 11, 21, 9, tzinfo=UTC)
LONG_AGO = datetime(2026, 11, 1, 12, tzinfo=UTC).timestamp()
GOAL = "---\ntype: goal\nstart: 2026-11-01\n---\n## Micro-wins\n- Walk 🔁 every day\n"
COMPOSED, DECOMPOSED = (unicodedata.normalize(form, "Café.md") for form in ("NFC", "NFD"))


class Vault:
    """A folder of notes that were all written long ago, and the cache of one machine."""

    def __init__(self, folder: Path) -> None:
        self.root, self.cache = folder / "vault", folder / "cache"
        self.root.mkdir()
        (self.root / ".microwins.toml").write_text('stamp = "off"\n')
        self.write("Goal.md", GOAL)
        self.write("2026-11-02.md", "- [x] Walk\n")
        self.write("Work/Plan.md", "Some plan of mine.\n\n- [x] something else ✅ 2026-11-03\n")

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        os.utime(file, (LONG_AGO, LONG_AGO))

    def start(self) -> Keeper:
        vault = open_vault(self.root, {"MICROWINS_TIMEZONE": "UTC"})
        index = NoteIndex(self.cache, self.root, vault.reading)
        seen = Seen(self.cache, self.root)
        keeper = Keeper(vault, DayClock(vault.settings, lambda: LATER), seen, index)
        keeper.read_all()
        return keeper

    def query(self, words: str) -> None:
        [file] = self.cache.glob("index-*.sqlite3")
        with sqlite3.connect(file) as connection:
            connection.execute(words)
        connection.close()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path)


def told(keeper: Keeper) -> object:
    figures = keeper.figures()
    found = (figures, keeper.problems(figures), dict(keeper.ledger.notes), keeper.ledger.boxes())
    keeper.close()
    return found


def without_rows(_self: object) -> None:
    raise AssertionError


def test_a_start_without_any_change_asks_the_index_for_no_folder(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = told(vault.start())
    with monkeypatch.context() as patch:
        patch.setattr(NoteIndex, "folders", without_rows)
        again = vault.start()
    assert told(again) == first
    assert again.parsed == 0


@pytest.mark.parametrize(
    "damage",
    ["DELETE FROM folders", "DELETE FROM notes", "UPDATE folders SET numbers = x'00'", "UPDATE folders SET names = '/x/'"],
)  # fmt: skip
def test_rows_that_are_lost_while_nothing_changed_are_read_from_the_notes(vault: Vault, damage: str) -> None:
    first = told(vault.start())
    vault.query(damage)
    assert told(vault.start()) == first


@pytest.mark.parametrize(
    "change",
    [
        lambda vault: vault.write("Work/New.md", "- [x] Walk\n"),
        lambda vault: vault.write("2026-11-03.md", "- [x] Walk\n"),
        lambda vault: vault.write("2026-11-02.md", "- [ ] Walk\n"),
        lambda vault: (vault.root / "2026-11-02.md").unlink(),
        lambda vault: (vault.root / "2026-11-02.md").rename(vault.root / "2026-11-01.md"),
        lambda vault: (vault.root / "Work").rename(vault.root / "Home"),
        lambda vault: (vault.root / "2026-11-02.md").replace(vault.root / "Work" / "Plan.md"),
    ],
)
def test_any_change_to_any_name_or_stamp_is_seen(vault: Vault, change: Callable[[Vault], None]) -> None:
    vault.start().close()
    change(vault)
    changed = vault.start()
    fresh_cache, vault.cache = vault.cache, vault.cache / "other"
    fresh = told(vault.start())
    vault.cache = fresh_cache
    assert told(changed) == fresh
    assert told(vault.start()) == fresh


def test_a_name_in_two_spellings_is_said_again_at_every_start(vault: Vault) -> None:
    vault.write(COMPOSED, "- [x] Walk\n")
    vault.write(DECOMPOSED, "- [x] Walk\n")
    if len([name for name in os.listdir(vault.root) if name.startswith("Caf")]) < 2:  # noqa: PTH208
        pytest.skip("this file system takes both spellings for one name")
    for _ in range(3):
        keeper = vault.start()
        assert codes(keeper.problems(keeper.figures())) == {(COMPOSED, "name-clash")}
        keeper.close()
    (vault.root / DECOMPOSED).unlink()
    for _ in range(2):
        keeper = vault.start()
        assert codes(keeper.problems(keeper.figures())) == set()
        keeper.close()


def test_what_is_left_out_by_its_name_is_told_at_every_start_and_nothing_is_read_again(vault: Vault) -> None:
    left_out = {
        ("2026-11-02 (conflicted copy 2026-11-03).md", "conflict-copy"),
        ("2026-11-02.sync-conflict-20261121-202322-W3G74XU.md", "conflict-copy"),
        ("Work/Plan 2.md", "conflict-copy"),
    }
    for path, _ in left_out:
        vault.write(path, "Some plan of mine.\n\n- [x] something else ✅ 2026-11-03\n")
    vault.write(".hidden.md", "- [x] Walk\n")
    first = vault.start()
    assert codes(first.problems(first.figures())) == left_out
    expected = told(first)
    again = vault.start()
    assert again.parsed == 0
    assert told(again) == expected


def test_only_steps_with_amounts_are_asked_of_their_notes_and_of_many_goals_none_is_held_for_that(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.write("Other.md", "---\ntype: goal\n---\n# Steps\n- [x] one 5 pages ✅ 2026-11-02\n- [ ] two\n")
    monkeypatch.setattr(ledger_module, "MOST_FETCHED", 1)
    asked: list[str] = []
    fetch = Reader.note_again

    def counted(self: Reader, path: str) -> Note | None:
        asked.append(path)
        return fetch(self, path)

    monkeypatch.setattr(Reader, "note_again", counted)
    vault.start().close()
    keeper = vault.start()
    other = keeper.figures().goal("Other.md")
    assert other is not None
    assert (other.steps.done, other.steps.all, other.steps.next) == (1, 2, "two")
    assert asked == ["Other.md"]
    assert keeper.ledger.notes["Other.md"].goal == other.goal
    assert asked == ["Other.md", "Other.md"]
    keeper.close()


def test_a_step_that_was_ticked_between_two_starts_counts_in_those_after_it(vault: Vault) -> None:
    goal = (
        "---\ntype: goal\ntarget: 2026-12-01\n---\n# Steps\n- [x] one [weight:: 3] ✅ 2026-11-02\n- [ ] two\n"
    )
    vault.write("Other.md", goal)
    vault.start().close()
    vault.write("Other.md", goal.replace("[ ] two", "[x] two ✅ 2026-11-03") + "- [ ] three\n")
    found = []
    for _ in range(3):
        keeper = vault.start()
        found.append(keeper.figures())
        keeper.close()
    other = found[0].goal("Other.md")
    assert other is not None
    assert (other.steps.done, other.steps.all, other.steps.next, other.progress) == (2, 3, "three", 0.8)
    assert found[1] == found[0]
    assert found[2] == found[0]
