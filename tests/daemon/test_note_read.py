"""One note is read from the disk: whatever its bytes are, they come back the same, or it is left out with a reason."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.daemon.note_read import RawNote, Unreadable, parse_raw, read_raw
from microwins.parsers.note import Reading

LIMIT = 1000


def read(folder: Path, data: bytes, limit: int = LIMIT) -> RawNote | Unreadable:
    (folder / "note.md").write_bytes(data)
    return read_raw(folder, "note.md", limit)


def lines_of_boxes(raw: RawNote | Unreadable) -> list[int]:
    assert isinstance(raw, RawNote)
    return [task.line for task in parse_raw(raw, Reading()).tasks]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"- [x] walk",
        b"- [x] walk\n",
        b"\xef\xbb\xbf- [x] walk\r\n- [ ] run\r\n",
        b"- [x] walk\r- [ ] run\r",
        b"a\r\n\rb\n\r\n- [x] walk",
        "- [x] Gehen ✅ 2026-03-04 😀\u2028\x85\x0b".encode(),
        b"\xff\xfe\x80- [x] walk\n",
    ],
)
def test_every_byte_comes_back(tmp_path: Path, data: bytes) -> None:
    raw = read(tmp_path, data)
    assert isinstance(raw, RawNote)
    assert raw.data == data
    assert raw.encode(raw.text) == data


@given(st.binary(max_size=300).filter(lambda data: b"\0" not in data))
def test_every_byte_comes_back_whatever_it_is(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    raw = read(tmp_path_factory.mktemp("note"), data)
    assert isinstance(raw, RawNote)
    assert raw.encode(raw.text) == data
    note = parse_raw(raw, Reading())
    assert raw.valid == all(problem.code != "utf8-invalid" for problem in note.problems)


def test_boxes_are_found_at_all_kinds_of_line_ends_in_a_note_with_a_bom(tmp_path: Path) -> None:
    assert lines_of_boxes(read(tmp_path, b"\xef\xbb\xbfDay\r\n- [x] a\r- [x] b\n- [x] c")) == [2, 3, 4]


def test_an_empty_note_says_nothing(tmp_path: Path) -> None:
    assert lines_of_boxes(read(tmp_path, b"")) == []


@pytest.mark.parametrize("eol", [b"\n", b"\r\n", b"\r"])
def test_invalid_utf8_is_reported_with_its_line_and_the_boxes_count(tmp_path: Path, eol: bytes) -> None:
    raw = read(tmp_path, eol.join([b"- [x] walk", b"", b"Gr\xfc\xdfe", b"- [x] run", b""]))
    assert isinstance(raw, RawNote)
    assert not raw.valid
    note = parse_raw(raw, Reading())
    assert [(problem.code, problem.line) for problem in note.problems] == [("utf8-invalid", 3)]
    assert [task.line for task in note.tasks] == [1, 4]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"- [x] walk\0\n", "nul-byte"),
        (b"\0", "nul-byte"),
        ("- [x] walk\n".encode("utf-16"), "nul-byte"),
        (b"x" * (LIMIT + 1), "note-too-large"),
    ],
)
def test_what_is_no_text_or_too_large_is_left_out(tmp_path: Path, data: bytes, code: str) -> None:
    found = read(tmp_path, data)
    assert isinstance(found, Unreadable)
    assert (found.path, found.problem.code, found.problem.path) == ("note.md", code, "note.md")
    assert found.problem.remedy


def test_a_note_of_just_the_allowed_size_is_read(tmp_path: Path) -> None:
    assert isinstance(read(tmp_path, b"x" * LIMIT), RawNote)


def test_no_more_is_read_than_is_allowed(tmp_path: Path) -> None:
    with (tmp_path / "note.md").open("wb") as file:
        file.truncate(10**12)
    found = read_raw(tmp_path, "note.md", LIMIT)
    assert isinstance(found, Unreadable)
    assert found.problem.code == "note-too-large"


def test_a_note_that_is_gone_is_a_problem(tmp_path: Path) -> None:
    found = read_raw(tmp_path, "gone.md", LIMIT)
    assert isinstance(found, Unreadable)
    assert found.problem.code == "note-unreadable"


def test_a_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    found = read_raw(tmp_path, "folder.md", LIMIT)
    assert isinstance(found, Unreadable)
    assert found.problem.code == "note-unreadable"


@pytest.mark.timeout(10)
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("somebody_writes", [False, True])
def test_a_pipe_does_not_hold_us(tmp_path: Path, somebody_writes: bool) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    writer = os.open(tmp_path / "pipe.md", os.O_RDWR) if somebody_writes else None
    try:
        found = read_raw(tmp_path, "pipe.md", LIMIT)
    finally:
        if writer is not None:
            os.close(writer)
    assert isinstance(found, Unreadable)
    assert found.problem.code == "note-unreadable"
