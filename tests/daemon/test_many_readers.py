"""The notes of a large vault are read by several processes at once, and say what they say to one."""

import os
import pickle
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.daemon import many_readers
from microwins.daemon.folder import Folder
from microwins.daemon.many_readers import ManyReaders
from microwins.daemon.reading_process import Answer, Asked, Order, Told, answer
from microwins.daemon.stamp import Stamp

from .small_vault import DAY, GOAL, SmallVault, small_vault

LATER = 1_900_000_000 * 1e9
ANSWERS_ONCE = """
import sys, pickle
from microwins.daemon.folder import Folder
from microwins.daemon.reading_process import answer
order = pickle.load(sys.stdin.buffer)
pickle.dump(answer(order, pickle.load(sys.stdin.buffer)), sys.stdout.buffer)
"""


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    """A vault of several folders: notes of boxes, of none, a goal, a young one, one that is no text, one that is no UTF-8."""
    found = small_vault(tmp_path)
    root = found.root
    for number in range(40):
        folder = root / f"F{number % 7}"
        folder.mkdir(exist_ok=True)
        (folder / f"2025-12-{number % 28 + 1:02} {number}.md").write_text(
            f"- [x] Read a page {number}\n" * (number % 3)
        )
    for day in range(1, 20):
        (root / f"2026-02-{day:02}.md").write_text("- [x] Write 300 words\n- [ ] else\n")
    (root / "F1" / "nul.md").write_bytes(b"- [x] a\0")
    (root / "F2" / "latin.md").write_bytes(b"- [x] caf\xe9\n")
    for note in root.rglob("*.md"):
        os.utime(note, (1_760_000_000, 1_760_000_000))
    young = int(found.now.timestamp())
    os.utime(root / DAY, (young, young))
    return found


def share(monkeypatch: pytest.MonkeyPatch) -> list[ManyReaders]:
    """Let even a small vault be read by two processes, a few notes at a time; return who reads, once they do."""
    started: list[ManyReaders] = []

    class Watched(ManyReaders):
        def __init__(self, order: Order, count: int) -> None:
            super().__init__(order, count)
            started.append(self)

    monkeypatch.setattr("microwins.daemon.intake._WORTH_SHARING", 10)
    monkeypatch.setattr("microwins.daemon.intake._LEAST_SHARE", 5)
    monkeypatch.setattr("microwins.daemon.intake._MOST_HELD", 1)
    monkeypatch.setattr(many_readers, "processors", lambda: 2)
    monkeypatch.setattr(many_readers, "ManyReaders", Watched)
    return started


def told(vault: SmallVault) -> tuple[object, ...]:
    """Read a vault for the first time; return its figures, problems, the number of notes read, and what the index keeps."""
    for file in (vault.root.parent / "cache").glob("index*"):
        file.unlink()
    with closing(vault.unread()) as keeper:
        keeper.read_all()
        figures = keeper.figures()
        found = figures, keeper.problems(figures), keeper.parsed
    (file,) = (vault.root.parent / "cache").glob("index*.sqlite3")
    with closing(sqlite3.connect(file)) as index:
        rows = index.execute("SELECT * FROM notes ORDER BY path").fetchall()
        folders = index.execute("SELECT * FROM folders ORDER BY folder").fetchall()
    return (*found, rows, folders)


def test_what_several_processes_read_is_what_one_reads(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("microwins.daemon.intake._MOST_HELD", 1)
    alone = told(vault)
    started = share(monkeypatch)
    assert told(vault) == alone
    assert len(started) == 1


@pytest.mark.parametrize("code", ["", ANSWERS_ONCE, "print('no answer')", "import time; input()"])
def test_what_a_lost_process_was_asked_is_read_here(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setattr("microwins.daemon.intake._MOST_HELD", 1)
    alone = told(vault)
    started = share(monkeypatch)
    monkeypatch.setattr(many_readers, "_COMMAND", (sys.executable, "-P", "-c", code))
    assert told(vault) == alone
    assert len(started) == 1


def test_where_no_process_can_be_started_the_notes_are_read_here(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = told(vault)
    share(monkeypatch)
    monkeypatch.setattr(many_readers, "_COMMAND", (str(vault.root / "no such program"),))
    assert told(vault) == alone


def test_a_small_vault_is_read_without_other_processes(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = share(monkeypatch)
    monkeypatch.setattr("microwins.daemon.intake._WORTH_SHARING", 20_000)
    told(vault)
    assert not started


def test_with_one_processor_a_large_vault_is_read_without_other_processes(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = share(monkeypatch)
    monkeypatch.setattr(many_readers, "processors", lambda: 1)
    told(vault)
    assert not started


def test_the_processes_end_when_reading_is_broken_off(vault: SmallVault) -> None:
    readers = ManyReaders(Order(str(vault.root), vault.session.vault.reading, 10_000, LATER), 2)
    answers = readers.read(jobs(vault))
    next(answers)
    answers.close()
    readers.close()
    assert len(readers._processes) == 2
    assert all(process.returncode is not None for process in readers._processes)


def test_answers_come_in_the_order_of_the_questions(vault: SmallVault) -> None:
    order = Order(str(vault.root), vault.session.vault.reading, 10_000, LATER)
    readers = ManyReaders(order, 2)
    try:
        found = list(readers.read(jobs(vault)))
    finally:
        readers.close()
    assert found == [(job, answer(order, job)) for job in jobs(vault)]
    assert [told is not None and told[0] for told in (found[0][1] or Answer.of(())).told()] == [False, True]


@given(st.lists(st.none() | st.tuples(st.booleans(), st.binary(max_size=4))))
def test_an_answer_tells_of_each_note_what_was_put_in(told: list[Told | None]) -> None:
    assert list(pickle.loads(pickle.dumps(Answer.of(told))).told()) == told


def test_nothing_is_loaded_from_the_folder_that_the_program_stands_in(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pickle", "yaml", "microwins", "gc"):
        (vault.root / f"{name}.py").write_text("open('loaded', 'w')\n")
    monkeypatch.chdir(vault.root)
    share(monkeypatch)
    told(vault)
    assert not (vault.root / "loaded").exists()


def jobs(vault: SmallVault) -> Sequence[Asked]:
    """Return questions about a goal, each beside an ordinary note."""
    return [
        [asked(vault.root / path, path) for path in (GOAL, f"2026-02-{day:02}.md")] for day in range(1, 20)
    ]


def asked(file: Path, path: str) -> tuple[str, Folder]:
    """Return a folder with one note."""
    return path.rpartition("/")[0], Folder.of([(file.name, *Stamp.of(file.stat()))])
