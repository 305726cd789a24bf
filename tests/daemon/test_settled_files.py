"""Files that nobody writes are read without a lease, compiled or not; what is not so simple is left to a careful reading."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from microwins.daemon.settled_files import Reading, read_in_python
from tests.compiled import compiled

OLD, BEFORE, MOST = 10**18, 1e18 + 1e9, 1000


@pytest.fixture(params=["compiled", "in Python"])
def read(request: pytest.FixtureRequest) -> Reading:
    if request.param == "in Python":
        return read_in_python
    found: Reading = compiled("daemon.folder_files").settled_files
    return found


def put(path: Path, data: bytes = b"text") -> None:
    path.write_bytes(data)
    os.utime(path, ns=(OLD, OLD))


def one(read: Reading, folder: Path, name: str, size: int = 4, before: float = BEFORE) -> bytes | None:
    (found,) = read(os.fsencode(folder), [name], [size], before, MOST)
    return found


def test_files_come_in_the_order_in_which_they_are_asked_for(read: Reading, tmp_path: Path) -> None:
    for name, data in (("a.md", b"one"), ("ü 日.md", b"\xff\0\n"), ("empty.md", b"")):
        put(tmp_path / name, data)
    names = ["ü 日.md", "none.md", "a.md", "empty.md"]
    found = read(os.fsencode(tmp_path), names, [3, 3, 3, 0], BEFORE, MOST)
    assert found == [b"\xff\0\n", None, b"one", b""]


@pytest.mark.parametrize("size", [3, 5, 0])
def test_a_file_of_another_size_is_left_out(read: Reading, tmp_path: Path, size: int) -> None:
    put(tmp_path / "a.md")
    assert one(read, tmp_path, "a.md", size) is None
    assert one(read, tmp_path, "a.md") == b"text"


def test_a_file_that_was_written_lately_is_left_out(read: Reading, tmp_path: Path) -> None:
    put(tmp_path / "a.md")
    assert one(read, tmp_path, "a.md", before=float(OLD)) is None
    (tmp_path / "a.md").write_bytes(b"text")
    assert one(read, tmp_path, "a.md") is None
    assert one(read, tmp_path, "a.md", before=time.time_ns() + 10**12) == b"text"


def test_a_file_that_is_too_large_is_left_out(read: Reading, tmp_path: Path) -> None:
    put(tmp_path / "a.md", b"a" * (MOST + 1))
    put(tmp_path / "b.md", b"a" * MOST)
    assert one(read, tmp_path, "a.md", MOST + 1) is None
    assert one(read, tmp_path, "b.md", MOST) == b"a" * MOST


def _pipe(path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no pipes with names here")
    os.mkfifo(path)


@pytest.mark.parametrize("make", [_pipe, Path.mkdir], ids=["pipe", "folder"])
def test_what_is_no_file_any_more_is_left_out_at_once(
    read: Reading, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "a.md")
    os.utime(tmp_path / "a.md", ns=(OLD, OLD))
    assert one(read, tmp_path, "a.md", 0) is None
    assert one(read, tmp_path, "a.md", (tmp_path / "a.md").stat().st_size) is None


def test_of_a_folder_that_is_gone_nothing_is_read(read: Reading, tmp_path: Path) -> None:
    assert one(read, tmp_path / "none", "a.md") is None


def test_no_file_stays_open(read: Reading, tmp_path: Path) -> None:
    put(tmp_path / "a.md")
    (tmp_path / "folder.md").mkdir()
    highest = os.dup(0)
    os.close(highest)
    for name, size in (("a.md", 4), ("a.md", 5), ("folder.md", 0), ("none.md", 1)):
        one(read, tmp_path, name, size)
    again = os.dup(0)
    os.close(again)
    assert again == highest
