from typing import Literal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.ignored import (
    is_conflict_copy,
    is_leftover,
    is_note,
    matches_any,
    may_be_copies,
    original_of,
    possible_originals,
)


@pytest.mark.parametrize(
    "name",
    [
        ".obsidian", ".trash", ".n.md.swp", "n.md~", "#n.md#", ".#n.md", "4913", "n.md.swp", "___jb_tmp___", "n.tmp",
        "~syncthing~n.md.tmp", "~$report.md", "n.md.icloud", "n.partial", ".n.md.ab12.microwins-tmp",
    ],
)  # fmt: skip
def test_what_editors_and_sync_clients_leave_behind_is_no_note(name: str) -> None:
    assert is_leftover(name)
    assert not is_note(name)


@pytest.mark.parametrize(
    "name", ["Note.md", "NOTE.MD", "2026-03-04.md", "sedate.md", "~Later.md", "C# notes.md", "Ünï.md"]
)
def test_what_somebody_wrote_is_a_note(name: str) -> None:
    assert is_note(name)
    assert not is_conflict_copy(name)


def test_a_folder_whose_name_begins_with_a_tilde_is_read() -> None:
    assert not is_leftover("~Archive")
    assert not is_leftover("sediments")


@pytest.mark.parametrize("name", ["n.txt", "n", "md", "n.md.bak"])
def test_other_files_are_no_notes(name: str) -> None:
    assert not is_note(name)


@pytest.mark.parametrize(
    "name",
    [
        "2026-03-04.sync-conflict-20260305-101112-ABCDEF7.md",
        "Day (Anna's conflicted copy 2026-03-05).md",
        "Day (conflicted copy 2026-03-05 101112).md",
        "Day (Conflicted copy Phone 202603051011).md",
        "Day (In Konflikt stehende Kopie von Anna 2026-03-05).md",
        "Day (Annas motstridiga kopia 2026-03-05).md",
        "Day (Copie en conflit de Anna 2026-03-05).md",
        "Day (Annas in Konflikt stehende Kopie 2026-03-05).md",
        "Day (Copia en conflicto de Anna 2026-03-05).md",
        "Day (Copia in conflitto di Anna 2026-03-05).md",
        "Day (Cópia em conflito de Anna 2026-03-05).md",
        "Day (Conflicterende kopie van Anna 2026-03-05).md",
        "Day (Annas modstridende kopi 2026-03-05).md",
        "Day (Annas motstridende kopi 2026-03-05).md",
        "Day (kopia powodująca konflikt (Anna) 2026-03-05).md",
        "Day (конфликтующая копия пользователя Anna 2026-03-05).md",
        "Day (конфліктна копія користувача Anna 2026-03-05).md",
        "Day (Salinan konflik Anna 2026-03-05).md",
        "Day (Anna 的冲突副本 2026-03-05).md",
        "Day (Anna 的衝突複本 2026-03-05).md",
        "Day (Anna의 충돌 사본 2026-03-05).md",
        "Day (case clash from Anna).md",
    ],
)
def test_a_conflict_copy_is_known_by_its_name(name: str) -> None:
    assert is_conflict_copy(name)
    assert original_of(name) in {"Day.md", "2026-03-04.md"}


@pytest.mark.parametrize(
    "name", ["Book (conflict resolution).md", "Conflict.md", "Sync conflict notes.md", "Day (1).md"]
)
def test_a_note_about_conflicts_is_no_conflict_copy(name: str) -> None:
    assert not is_conflict_copy(name)


@pytest.mark.parametrize(
    ("path", "pattern", "left_out"),
    [
        ("Archive/2019/x.md", "Archive", True),
        ("Archive/2019/x.md", "Archive/", True),
        ("Archives/x.md", "Archive", False),
        ("Old/2019.md", "Old/2019.md", True),
        ("Old/2019.md", "*.md", True),
        ("Old/draft-1.md", "*draft-?.md", True),
        ("Old/2019.md", "/20[0-9]+/", True),
        ("Old/x.md", "/20[0-9]+/", False),
        ("Old/x.md", "/(/", False),
        ("Old/x.md", "  ", False),
    ],
)
def test_what_the_user_leaves_out_is_a_folder_a_note_or_a_pattern(
    path: str, pattern: str, left_out: bool
) -> None:
    assert matches_any(path, (pattern,)) is left_out


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("pattern", ["Übrig", "Ü*g", "/^Übrig/"])
def test_a_pattern_stands_for_either_spelling_of_a_name(form: Literal["NFC", "NFD"], pattern: str) -> None:
    other: Literal["NFC", "NFD"] = "NFD" if form == "NFC" else "NFC"
    assert matches_any(normalize(form, "Übrig/a.md"), (normalize(other, pattern),))


@pytest.mark.parametrize(
    "name",
    [
        "Plan (Case Conflict).md",
        "Plan (Case Conflict 1).md",
        "Plan (Unicode Encoding Conflict).md",
        "Plan (Anna's conflicted copy 2026-01-01 (1)).md",
        "Plan_conflict-20260101-101010.md",
        "Plan (Anna の競合コピー 2026-01-01).md",
    ],
)
def test_more_names_of_conflict_copies(name: str) -> None:
    assert is_conflict_copy(name)


def test_copies_by_hand_are_compared_with_what_they_may_be_copies_of() -> None:
    assert possible_originals("Plan copy.md") == ("Plan.md",)
    assert possible_originals("Plan - Copy (2).md") == ("Plan.md",)
    assert possible_originals("Plan.md") == ()


@given(st.lists(st.text("Day-PC 2(1)copy.é", max_size=14).map(lambda stem: f"{stem}.md")))
def test_among_the_names_that_may_be_copies_are_all_that_have_originals(names: list[str]) -> None:
    found = may_be_copies(f"/{'/'.join(names)}/")
    assert {name for name in names if possible_originals(name)} <= set(found) <= set(names)


def test_of_ordinary_names_none_may_be_a_copy() -> None:
    assert may_be_copies("/2026-11-21.md/Ideas.md/two-words.md/Day.md/it's late.md/") == []
