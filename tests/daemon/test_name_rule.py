"""Names that are one name to Unicode or to a file system: said aloud, never taken for each other."""

import os
import unicodedata
from pathlib import Path

import pytest

from microwins.daemon.exclusions import Exclusions
from microwins.daemon.name_rule import clashes, folds_case, respelt, spelt_there
from microwins.daemon.scan import locate, scan
from microwins.parsers.links import NoteNames

COMPOSED, DECOMPOSED = (unicodedata.normalize(form, "Café.md") for form in ("NFC", "NFD"))


def has_both(folder: Path) -> bool:
    """Return whether the file system keeps the two as two files."""
    (folder / COMPOSED).write_text("- [x] Tea\n", encoding="utf-8")
    (folder / DECOMPOSED).write_text("- [x] Coffee\n", encoding="utf-8")
    return len(list(folder.iterdir())) == 2


def test_a_name_in_two_spellings_of_unicode_is_said_and_both_are_read(tmp_path: Path) -> None:
    if not has_both(tmp_path):
        pytest.skip("this file system takes both spellings for one name")
    found = scan(tmp_path, Exclusions())
    assert set(found.notes) == {COMPOSED, DECOMPOSED}
    assert [(problem.path, problem.code) for problem in found.problems] == [(COMPOSED, "name-clash")]


def test_capitals_tell_two_notes_apart_where_the_file_system_does() -> None:
    assert list(clashes(["Goal.md", "goal.md"], folds=False)) == []


def test_capitals_are_a_clash_where_the_file_system_folds_them() -> None:
    found = list(clashes(["Goal.md", "a/goal.md", "goal.md", "GOAL.MD"], folds=True))
    assert [(problem.path, problem.code) for problem in found] == [
        ("goal.md", "name-clash"),
        ("GOAL.MD", "name-clash"),
    ]
    assert all("Goal.md" in problem.message for problem in found)


def test_a_note_that_is_spelt_anew_is_found_where_just_one_may_be_meant() -> None:
    known = ["Goals/Plan.md", DECOMPOSED, "Same.md", "gone.md", "TWO.md"]
    paths = ["goals/plan.md", COMPOSED, "Same.md", "same.md", "Two.md", "two.md"]
    assert list(respelt(known, paths)) == [("Goals/Plan.md", "goals/plan.md"), (DECOMPOSED, COMPOSED)]


def test_a_path_is_taken_as_the_folders_on_the_disk_are_spelt(tmp_path: Path) -> None:
    written, there = (unicodedata.normalize(form, "Tägliches/März/4. März.md") for form in ("NFC", "NFD"))
    (tmp_path / there).parent.mkdir(parents=True)
    if (tmp_path / written).parent.exists():
        pytest.skip("this file system takes both spellings for one name")
    assert spelt_there(tmp_path, written) == f"{there.rpartition('/')[0]}/{written.rpartition('/')[2]}"
    (tmp_path / there).touch()
    assert spelt_there(tmp_path, written) == spelt_there(tmp_path, there) == there
    (tmp_path / written).parent.mkdir(parents=True)
    assert spelt_there(tmp_path, written) == written
    assert spelt_there(tmp_path, "Tee/Öl.md") == "Tee/Öl.md"


def test_whether_case_is_folded_is_told_by_a_file_that_is_there(tmp_path: Path) -> None:
    assert not folds_case(tmp_path, [".microwins.toml"])
    (tmp_path / ".microwins.toml").touch()
    before = sorted(tmp_path.iterdir())
    folded = folds_case(tmp_path, [".microwins.toml"])
    assert folded == (tmp_path / ".MICROWINS.TOML").exists()
    assert sorted(tmp_path.iterdir()) == before


def test_after_a_change_of_case_a_note_no_longer_stands_at_its_old_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system that folds case answers to both names; simulated, the folder lists only the new one."""
    (tmp_path / ".microwins.toml").touch()
    (tmp_path / "goal.md").write_text("- [x] Tea\n")
    real = os.lstat

    def folding(path: str | Path) -> os.stat_result:
        wanted = os.fspath(path)
        folder, name = os.path.split(wanted)
        names = {entry.casefold(): entry for entry in os.listdir(folder)}  # noqa: PTH208
        return real(os.path.join(folder, names.get(name.casefold(), name)))  # noqa: PTH118

    monkeypatch.setattr(os, "lstat", folding)
    assert locate(tmp_path, "goal.md", Exclusions()) is not None
    assert locate(tmp_path, "Goal.md", Exclusions()) is None


@pytest.mark.parametrize("link", [COMPOSED, DECOMPOSED, "CAFÉ", "café.md"])
@pytest.mark.parametrize("path", [COMPOSED, DECOMPOSED])
def test_a_link_finds_its_note_in_either_spelling(link: str, path: str) -> None:
    assert NoteNames.of([(path, ())]).find(link) == (path,)
