import os
from collections.abc import Sequence
from io import FileIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.daemon.shelf import MOST_HELD, NO_SHELVES, Shelf, ShelfLost, Shelves, file_without_name


def shelf_in(path: Path) -> Shelf:
    return Shelf(FileIO(path, "w+"))


@given(st.lists(st.tuples(st.binary(max_size=2000), st.none() | st.integers(0, 30)), max_size=30))
def test_a_row_that_was_not_dropped_is_told_whatever_else_is_put_and_dropped(
    tmp_path_factory: pytest.TempPathFactory, steps: Sequence[tuple[bytes, int | None]]
) -> None:
    shelf = shelf_in(tmp_path_factory.mktemp("shelf") / "rows")
    known: list[tuple[int, bytes]] = []
    for row, dropped in steps:
        place = shelf.put(row)
        assert place is not None
        known.append((place, row))
        if dropped is not None and dropped < len(known):
            shelf.drop(known.pop(dropped)[0])
        assert [shelf.get(place) for place, _ in known] == [row for _, row in known]


def test_the_room_of_a_row_that_is_gone_is_taken_by_the_next(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path / "rows")
    for _ in range(100):
        place = shelf.put(b"a" * 1000)
        assert place is not None
        shelf.drop(place)
    assert (tmp_path / "rows").stat().st_size == 1000


@pytest.mark.parametrize("damaged", [b"", b"another row of the same size...", b"\0" * 31, b"a row"])
def test_a_row_that_is_not_as_it_was_put_is_lost(tmp_path: Path, damaged: bytes) -> None:
    shelf = shelf_in(tmp_path / "rows")
    place = shelf.put(b"a row that somebody may ask for")
    assert place is not None
    (tmp_path / "rows").write_bytes(damaged)
    with pytest.raises(ShelfLost):
        shelf.get(place)


def test_a_place_that_another_row_took_tells_no_row_at_all(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path / "rows")
    place = shelf.put(b"old")
    assert place is not None
    shelf.drop(place)
    shelf.put(b"new")
    with pytest.raises(ShelfLost):
        shelf.get(place)


class FullDisk(FileIO):
    def write(self, data: object, /) -> int:
        raise OSError(28, "No space left on device")


def test_a_full_disk_takes_no_row_and_keeps_those_that_it_has(tmp_path: Path) -> None:
    first = shelf_in(tmp_path / "rows")
    place = first.put(b"a row")
    assert place is not None
    full = Shelf(FullDisk(tmp_path / "rows", "r+"))
    assert full.put(b"more") is None
    assert full.get(place) == b"a row"


def test_without_a_file_nothing_is_put_and_nothing_is_told() -> None:
    shelf = Shelf(None)
    assert shelf.put(b"a row") is None
    with pytest.raises(ShelfLost):
        shelf.get(1 << 56)


def test_the_file_of_a_shelf_is_found_by_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = file_without_name(tmp_path)
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    other = file_without_name(tmp_path)
    assert file is not None
    assert other is not None
    if os.name == "posix":
        assert list(tmp_path.iterdir()) == []
    for one in (file, other):
        assert one.write(b"row") == 3
        one.close()
    assert list(tmp_path.iterdir()) == []


def test_where_no_file_can_be_made_there_is_none(tmp_path: Path) -> None:
    assert file_without_name(tmp_path / "missing") is None


def test_a_shelf_is_made_for_more_than_a_thousand_micro_wins(tmp_path: Path) -> None:
    shelves = Shelves(tmp_path)
    assert shelves.shelf_for(MOST_HELD) is None
    assert shelves.shelf_for(MOST_HELD + 1) is not None
    assert NO_SHELVES.shelf_for(MOST_HELD + 1) is None
