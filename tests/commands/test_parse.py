"""`microwins parse`: what is read in notes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

NOTE = "Journal/2026-11-20.md"


def test_a_note_as_text(vault: Bench) -> None:
    path = vault.write(NOTE, "# Day\n- [x] Write 300 words #now ✅ 2026-11-20\n- [ ] Other\n")
    out = vault.bare("parse", str(path)).out
    assert out.splitlines() == [
        f"{NOTE}  2026-11-20",
        "    2  [x] done: Write 300 words #now  done 2026-11-20",
        "    3  [ ] open: Other",
    ]


def test_the_vault_around_the_note_is_found_and_paths_are_those_inside_it(vault: Bench) -> None:
    path = vault.write(NOTE, "- [x] Write 400 words\n")
    note = vault.bare("parse", str(path), "--json").data["notes"][0]
    assert (note["path"], note["date"]) == (NOTE, "2026-11-20")
    assert note["tasks"][0]["micro_win"] == "write-300-words"


def test_a_folder_is_every_note_in_it_once(vault: Bench) -> None:
    vault.write(NOTE, "")
    vault.write("Journal/deep/er.md", "")
    vault.write("Journal/picture.png", b"\0")
    folder = str(vault.root / "Journal")
    data = vault.bare("parse", folder, str(vault.root / NOTE), "--json").data
    assert [note["path"] for note in data["notes"]] == [NOTE, "Journal/deep/er.md"]


def test_a_note_in_no_vault_is_read_all_the_same(tmp_path: Path, empty: Bench) -> None:
    note = tmp_path / "alone" / "note.md"
    note.parent.mkdir()
    note.write_text("- [x] Done ✅ 2026-11-20\n", encoding="utf-8")
    data = empty.bare("parse", str(note), "--json").data
    assert [(one["path"], one["tasks"][0]["done"]) for one in data["notes"]] == [("note.md", "2026-11-20")]


def test_a_vault_that_does_not_exist_is_not_passed_over(vault: Bench) -> None:
    path = vault.write(NOTE, "")
    result = vault.bare("parse", str(path), "--vault", str(vault.folder / "nowhere"))
    assert result.code == 2
    assert "nowhere" in result.err


def test_a_note_outside_the_vault_names_the_option(vault: Bench, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("- [ ] x\n", encoding="utf-8")
    result = vault.run("parse", str(other))
    assert result.code == 1
    assert "--vault" in result.err


def test_a_path_that_does_not_exist_is_a_usage_error(vault: Bench) -> None:
    result = vault.bare("parse", str(vault.root / "none.md"))
    assert result.code == 2
    assert "none.md" in result.err


def test_bad_notes_are_problems_and_the_rest_is_read(vault: Bench) -> None:
    vault.write("Journal/a.md", b"- [x] caf\xe9\n")
    vault.write("Journal/b.md", b"\0")
    vault.write("Journal/c.md", "- [ ] fine\n")
    document = vault.bare("parse", str(vault.root / "Journal"), "--json").document
    assert [note["path"] for note in document["data"]["notes"]] == ["Journal/a.md", "Journal/c.md"]
    assert {problem["code"] for problem in document["problems"]} == {"utf8-invalid", "nul-byte"}


def test_a_box_between_two_micro_wins_says_so(vault: Bench) -> None:
    vault.write("Goals/Other.md", "---\ntype: goal\n---\n## Micro-wins\n- Read a page\n")
    path = vault.write(NOTE, "- [x] Read a page\n- [x] Read a page [[Other]]\n")
    document = vault.bare("parse", str(path), "--json").document
    assert [task["micro_win"] for task in document["data"]["notes"][0]["tasks"]] == [
        None,
        "other/read-a-page",
    ]
    assert [problem["code"] for problem in document["problems"]] == ["micro-win-ambiguous"]


def test_a_box_that_is_all_of_its_note_says_so_too(vault: Bench) -> None:
    vault.write("Goals/Other.md", "---\ntype: goal\n---\n## Micro-wins\n- Read a page\n")
    path = vault.write("Loose.md", "- [ ] Read a page\n")
    document = vault.bare("parse", str(path), "--json").document
    assert [problem["code"] for problem in document["problems"]] == ["micro-win-ambiguous"]


def test_it_writes_nothing(vault: Bench) -> None:
    before = vault.files()
    vault.bare("parse", str(vault.root))
    assert vault.files() == before


def test_fields_have_the_types_that_dataview_gives_them(vault: Bench) -> None:
    path = vault.write(
        NOTE,
        '- [ ] a [km:: 5] [ok:: true] [none::] [Due Date:: 2025-02-30] [with:: [[Ann]], "b, c"] (km:: 1h 30m)\n',
    )
    [task] = vault.bare("parse", str(path), "--json").data["notes"][0]["tasks"]
    assert task["fields"] == {
        "km": [5, "1h 30m"],
        "ok": True,
        "none": None,
        "Due Date": "2025-03-02",
        "due date": "2025-03-02",
        "due-date": "2025-03-02",
        "with": ["[[Ann]]", "b, c"],
    }
    assert task["due"] is None


def test_rules_are_told_in_canonical_wording_too(vault: Bench) -> None:
    path = vault.write(
        "Goals/Other.md",
        "---\ntype: goal\n---\n## Micro-wins\n- Jog 🔁 fri/mon\n- Swim 🔁 every quarter\n- Rest\n## Steps\n"
        "- [ ] a 🔁 every Sun and Sat\n- [ ] b 🔁 every Mon (or so)\n- [ ] c 🔁 every quarter\n- [ ] d\n",
    )
    [note] = vault.bare("parse", str(path), "--json").data["notes"]
    assert [win["schedule_text"] for win in note["goal"]["micro_wins"]] == [
        "every Mon, Fri",
        "once a quarter",
        None,
    ]
    assert [task["recurrence_text"] for task in note["tasks"]] == [
        "every week on Saturday, Sunday",
        "every Mon",
        "once a quarter",
        None,
    ]


def test_each_box_says_why_it_was_matched(vault: Bench) -> None:
    path = vault.write(NOTE, "- [x] Write 400 words\n- [x] Buy bread\n- [x] Read a page [[Write a book]]\n")
    [note] = vault.bare("parse", str(path), "--json").data["notes"]
    assert [task["match"] for task in note["tasks"]] == [
        "text without its numbers",
        "no micro-win is called this",
        "text",
    ]
