"""`microwins demo --once`: a year to look at, made once, and never over anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.commands.conftest import Bench


def test_it_makes_a_vault_catches_up_and_shows_it(empty: Bench) -> None:
    folder = empty.folder / "demo"
    result = empty.bare("demo", str(folder), "--once", "--today", "2026-11-20")
    assert result.code == 0
    assert result.out.startswith(f"Made 371 notes in {folder.resolve()}.\n")
    assert "Friday, 20 November 2026" in result.out
    assert "Write a book" in result.out
    again = empty.bare("demo", str(folder), "--once", "--today", "2026-11-20", "--json").data
    assert (again["made"], again["written"], again["created"]) == (0, [], [])
    assert (again["notes"], again["today_note"]) == (371, "Journal/2026-11-20.md")


def test_a_folder_with_other_things_is_refused(empty: Bench) -> None:
    empty.write("letter.txt", "mine")
    result = empty.bare("demo", str(empty.root), "--once")
    assert result.code == 1
    assert "not empty" in result.err
    assert "microwins demo DIR" in result.err
    assert empty.files() == {"letter.txt": b"mine"}


def test_a_vault_of_ones_own_is_not_taken_for_the_sample(empty: Bench) -> None:
    assert empty.run("init", "--yes").code == 0
    before = empty.files()
    result = empty.bare("demo", str(empty.root), "--once")
    assert (result.code, result.out) == (1, "")
    assert "not empty" in result.err
    assert empty.files() == before


def test_a_file_in_its_place_is_refused(empty: Bench) -> None:
    path = empty.write("letter.txt", "mine")
    assert empty.bare("demo", str(path), "--once").code == 2
    assert empty.files() == {"letter.txt": b"mine"}
