"""A large value comes back from its pieces as it was written, however it was written."""

from __future__ import annotations

import sqlite3
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.daemon import state_parts
from microwins.daemon.state_parts import Parts, PartsWriter


def pieces(written: list[bytes], most: int) -> tuple[list[bytes], int]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE parts (place INTEGER PRIMARY KEY, data BLOB)")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(state_parts, "_PART", most)
        writer = PartsWriter(connection)
        counts = [writer.write(data) for data in written]
        found = writer.finish()
    assert counts == [len(data) for data in written]
    rows = [data for (data,) in connection.execute("SELECT data FROM parts ORDER BY place")]
    connection.close()
    return rows, found


@given(st.lists(st.binary(max_size=30), max_size=8), st.integers(1, 12))
def test_what_is_written_in_pieces_is_read_as_one(written: list[bytes], most: int) -> None:
    rows, found = pieces(written, most)
    parts = Parts((row,) for row in rows)
    assert parts.buffered().read() == b"".join(written)
    assert parts.sum == found == crc32(b"".join(written))
    assert [len(row) for row in rows[:-1]] == [most] * (len(rows) - 1)
    assert len(rows[-1]) < most


def test_how_it_was_written_makes_no_difference() -> None:
    data = bytes(range(100))
    assert pieces([data], 7) == pieces([data[at : at + 1] for at in range(100)], 7)
