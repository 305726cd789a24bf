"""Notes and folders that get another spelling of their name while a `watch` runs: capitals, or é as one character or two."""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest

from .home import BOOK, OUTSIDE, PIANO, Home
from .live import run_microwins, until

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are another matter there")


def at_once(old: Path, new: Path) -> None:
    old.rename(new)


def by_a_third_name(old: Path, new: Path) -> None:
    """Rename it twice, as programs do where a file system takes both names for one."""
    between = old.with_name(f"{new.stem}-between.md")
    old.rename(between)
    between.rename(new)


def gone_and_back(old: Path, new: Path) -> None:
    """Delete it and make it anew, as sync clients do."""
    data = old.read_bytes()
    old.unlink()
    new.write_bytes(data)


def both_for_a_moment(old: Path, new: Path) -> None:
    new.write_bytes(old.read_bytes())
    old.unlink()


WAYS: list[Callable[[Path, Path], None]] = [at_once, by_a_third_name, gone_and_back, both_for_a_moment]
SPELLINGS = [
    ("Goals/Book.md", "Goals/book.md"),
    (normalize("NFC", "Goals/Café.md"), normalize("NFD", "Goals/Café.md")),
    (normalize("NFD", "Goals/Café.md"), normalize("NFC", "Goals/Café.md")),
]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def spelt(home: Home, old: str) -> None:
    """Have the goal note stand under a name, where the file system keeps the two spellings apart."""
    if old != BOOK:
        (home.vault / BOOK).rename(home.vault / old)
    (home.vault / "probe É.md").touch()
    if (home.vault / "probe é.md").exists() or (home.vault / normalize("NFD", "probe É.md")).exists():
        pytest.skip("this file system takes both spellings for one name")
    (home.vault / "probe É.md").unlink()


def names(home: Home) -> list[str]:
    """Return the goal notes, in whatever spelling."""
    return sorted(path.name for path in (home.vault / "Goals").glob("*.md"))


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize(("old", "new"), SPELLINGS, ids=["capitals", "to NFD", "to NFC"])
def test_a_goal_note_that_is_spelt_anew_is_neither_lost_nor_counted_twice(
    home: Home, way: Callable[[Path, Path], None], old: str, new: str
) -> None:
    spelt(home, old)
    with home.watch() as program:
        program.event("written", old)
        home.day.write_bytes(home.tick())
        program.event("written", old)
        before = home.bytes()
        way(home.vault / old, home.vault / new)
        home.day.write_bytes(home.tick(b"- [ ] Play"))
        program.event("written", PIANO)
        until(lambda: home.done(new), "the goal under its new name does not show its day")
        after = home.bytes()
        assert after.pop(new) == before.pop(old)
        assert names(home) == sorted([new.rpartition("/")[2], "Piano.md"])
        assert program.signal(signal.SIGTERM) == 0
        assert program.errors == ""
    assert (home.vault / new).read_bytes().count(b"<!-- microwins:summary") == 1
    assert home.is_as_read_afresh()
    assert wins(home) == {new: 1, PIANO: 1}


def wins(home: Home) -> dict[str, int]:
    """Return, by goal, the days in a row that a process sees which reads the vault for the first time."""
    answer = run_microwins(home.folder / "nobody", "status", "--json", "--vault", str(home.vault))
    goals = json.loads(answer.stdout)["data"]["goals"]
    return {goal["path"]: sum(win["streak"]["count"] for win in goal["micro_wins"]) for goal in goals}


def test_a_folder_that_is_spelt_anew_keeps_all_that_is_in_it(home: Home) -> None:
    spelt(home, BOOK)
    composed, decomposed = normalize("NFC", "Zeit für Größe"), normalize("NFD", "Zeit für Größe")
    (home.vault / "Goals").rename(home.vault / composed)
    with home.watch() as program:
        program.event("written", f"{composed}/Book.md")
        (home.vault / composed).rename(home.vault / decomposed)
        home.day.write_bytes(home.tick())
        program.event("written", f"{decomposed}/Book.md")
        assert home.done(f"{decomposed}/Book.md")
        assert program.signal(signal.SIGTERM) == 0
    assert [path.name for path in home.vault.iterdir() if path.is_dir()] == [decomposed]
    assert home.is_as_read_afresh()
    assert wins(home) == {f"{decomposed}/Book.md": 1, f"{decomposed}/Piano.md": 0}


@pytest.mark.parametrize(("old", "new"), SPELLINGS, ids=["capitals", "to NFD", "to NFC"])
def test_a_change_to_a_note_that_was_spelt_anew_since_can_be_taken_back(
    home: Home, old: str, new: str
) -> None:
    spelt(home, old)
    note = home.vault / old
    note.write_bytes(note.read_bytes().replace(b"A step", b"A rare step"))
    before = note.read_bytes()

    def run(*words: str) -> str:
        answer = run_microwins(home.folder, *words, "--vault", str(home.vault))
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer.stdout

    run("tick", "A rare step")
    assert b"- [x] A rare step" in note.read_bytes()
    note.rename(home.vault / new)
    assert f"{new}" in run("undo", "--list")
    run("undo", new)
    assert OUTSIDE.sub(b"", (home.vault / new).read_bytes()) == before
