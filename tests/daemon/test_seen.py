"""The memory of what was seen: a cache whose loss costs nothing but itself."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from microwins.daemon.seen import Seen

DAY = date(2026, 3, 4)
CHILD = """
import sys
from pathlib import Path
from microwins.daemon.seen import Seen
seen = Seen(Path(sys.argv[1]), Path(sys.argv[2]))
print("open", flush=True)
sys.stdin.readline()
for number in range(50):
    seen.remember({f"{sys.argv[3]}{number}.md": ["a", "b"]})
seen.close()
"""


@pytest.fixture
def reopen(tmp_path: Path) -> Iterator[Callable[[], Seen]]:
    """Open the memory of one vault again and again, as one process after the other does."""
    opened: list[Seen] = []

    def make() -> Seen:
        for seen in opened:
            seen.close()
        opened.append(Seen(tmp_path / "cache", tmp_path / "vault"))
        return opened[-1]

    yield make
    for seen in opened:
        seen.close()


def file_of(tmp_path: Path) -> Path:
    (found,) = (tmp_path / "cache").glob("seen-*.sqlite3")
    return found


def test_nothing_is_known_of_a_note_that_was_never_read(reopen: Callable[[], Seen]) -> None:
    assert reopen().open_boxes("a.md") is None


def test_what_was_open_is_known_the_next_time(reopen: Callable[[], Seen]) -> None:
    seen = reopen()
    seen.remember({"a.md": ["1", "2", "2"], "b.md": []})
    seen.remember({"a.md": ["2", "3"]})
    seen = reopen()
    assert seen.open_boxes("a.md") == frozenset({"2", "3"})
    assert seen.open_boxes("b.md") == frozenset()


def test_our_dates_are_known_the_next_time(reopen: Callable[[], Seen]) -> None:
    seen = reopen()
    seen.set_stamp("a.md", "1", DAY)
    seen.set_stamp("a.md", "1", DAY)
    seen.set_stamp("a.md", "2", DAY)
    seen.set_stamp("a.md", "2", None)
    seen = reopen()
    assert (seen.stamped("a.md", "1"), seen.stamped("a.md", "2"), seen.stamped("b.md", "1")) == (
        DAY,
        None,
        None,
    )


def test_two_vaults_have_two_memories_and_two_names_of_one_vault_have_one(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "vault")
    one, again, other = (Seen(tmp_path / "cache", tmp_path / name) for name in ("vault", "link", "other"))
    one.remember({"a.md": ["1"]})
    assert again.open_boxes("a.md") == frozenset({"1"})
    assert other.open_boxes("a.md") is None
    for seen in (one, again, other):
        seen.close()


def newer_version(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def without_its_tables(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("DROP TABLE notes")
    connection.close()


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:4096])


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"no database at all"),
        lambda file: file.write_bytes(b"SQLite format 3\0" + b"\x5a" * 8000),
        cut,
        newer_version,
        without_its_tables,
    ],
)
def test_a_damaged_or_foreign_memory_is_replaced(
    tmp_path: Path, reopen: Callable[[], Seen], damage: Callable[[Path], object]
) -> None:
    reopen().remember({"a.md": ["1"]})
    reopen().close()
    damage(file_of(tmp_path))
    seen = reopen()
    assert seen.open_boxes("a.md") is None
    seen.remember({"a.md": ["2"]})
    assert reopen().open_boxes("a.md") == frozenset({"2"})


def test_damage_in_the_middle_is_met_only_when_it_is_read_and_is_mended_then(
    tmp_path: Path, reopen: Callable[[], Seen]
) -> None:
    reopen().remember({f"{number}.md": [f"{key}" for key in range(50)] for number in range(200)})
    reopen().close()
    data = file_of(tmp_path).read_bytes()
    file_of(tmp_path).write_bytes(data[:4096] + b"\x5a" * (len(data) - 4096))
    seen = reopen()
    for number in range(200):
        seen.open_boxes(f"{number}.md")
    seen.remember({"7.md": ["new"]})
    assert reopen().open_boxes("7.md") == frozenset({"new"})


def test_a_memory_that_another_process_is_writing_is_not_taken_for_damaged(
    tmp_path: Path, reopen: Callable[[], Seen], monkeypatch: pytest.MonkeyPatch
) -> None:
    reopen().remember({"a.md": ["1"]})
    other = sqlite3.connect(file_of(tmp_path))
    other.execute("BEGIN EXCLUSIVE")
    real = sqlite3.connect
    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", lambda *args, **kwargs: real(*args, **{**kwargs, "timeout": 0}))
        seen = Seen(tmp_path / "cache", tmp_path / "vault")
    seen.remember({"a.md": ["lost"]})
    seen.close()
    other.rollback()
    other.close()
    assert reopen().open_boxes("a.md") == frozenset({"1"})


@contextmanager
def other_process(tmp_path: Path, name: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", CHILD, str(tmp_path / "cache"), str(tmp_path / "vault"), name]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        yield child


def test_two_processes_share_one_memory(tmp_path: Path, reopen: Callable[[], Seen]) -> None:
    with other_process(tmp_path, "x") as first, other_process(tmp_path, "y") as second:
        for child in (first, second):
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
        assert (first.wait(), second.wait()) == (0, 0)
    seen = reopen()
    assert all(
        seen.open_boxes(f"{name}{number}.md") == frozenset({"a", "b"})
        for name in "xy"
        for number in range(50)
    )


def test_a_folder_that_cannot_be_used_makes_the_memory_short_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    seen = Seen(tmp_path / "file", tmp_path / "vault")
    seen.remember({"a.md": ["1"]})
    assert seen.open_boxes("a.md") == frozenset({"1"})
    seen.close()


def test_a_full_disk_is_no_failure(reopen: Callable[[], Seen], monkeypatch: pytest.MonkeyPatch) -> None:
    seen = reopen()
    seen.remember({"a.md": ["1"]})
    connection = seen._cache._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    seen.remember({f"{number}.md": [f"{key}" for key in range(100)] for number in range(100)})
    assert seen.open_boxes("a.md") == frozenset({"1"})
    assert seen.open_boxes("99.md") is None


def test_nothing_is_put_into_the_vault(tmp_path: Path, reopen: Callable[[], Seen]) -> None:
    (tmp_path / "vault").mkdir()
    reopen().remember({"a.md": ["1"]})
    assert list((tmp_path / "vault").iterdir()) == []
