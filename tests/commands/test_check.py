"""`microwins check`: everything that is wrong, each with its place, what to do, and a stable code."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

HEAD = "---\ntype: goal\n---\n## Micro-wins\n"
NOTES: dict[str, dict[str, str | bytes]] = {
    "schedule-unknown": {"N.md": f"{HEAD}- Fly 🔁 every blue moon\n"},
    "date-invalid": {"N.md": f"{HEAD}- Fly 🔁 every day [from:: soon]\n"},
    "target-invalid": {"N.md": f"{HEAD}- Fly 🔁 every day [target:: far]\n"},
    "limit-unknown": {"N.md": f"{HEAD}- Smoke [limit:: now and then]\n"},
    "field-invalid": {"N.md": f"{HEAD}- Walk 🔁 every day [rest:: soon]\n"},
    "yaml-ate-text": {"N.md": "---\ntype: goal\nmicro_wins:\n  - Read #book daily\n---\n"},
    "id-duplicate": {"N.md": f"{HEAD}- Fly [id:: a]\n", "O/N.md": f"{HEAD}- Swim [id:: a]\n"},
    "micro-win-ambiguous": {"N.md": f"{HEAD}- Fly\n", "O.md": f"{HEAD}- Fly\n", "P.md": "- [x] Fly\n"},
    "marker-broken": {"N.md": "<!-- microwins:goals -->\nlost\n"},
    "marker-misplaced": {"N.md": "- <!-- microwins:goals -->\n"},
    "conflict-marks": {
        "N.md": f"{HEAD}- Fly\n## Steps\n<<<<<<< HEAD\n- [x] a\n=======\n- [ ] a\n>>>>>>> o\n"
    },
    "block-unknown": {"N.md": "<!-- microwins:goal -->\n<!-- /microwins -->\n"},
    "block-option": {"N.md": "<!-- microwins:goals wide -->\n<!-- /microwins -->\n"},
    "utf8-invalid": {"N.md": b"- [x] caf\xe9\n"},
    "nul-byte": {"N.md": b"a\0b"},
    "note-too-large": {"N.md": "x" * 2000},
    "conflict-copy": {"N (conflicted copy 2026-11-20).md": "- [x] Fly\n"},
    "settings-unreadable": {".obsidian/daily-notes.json": "{"},
}


@pytest.mark.parametrize("code", NOTES)
def test_each_kind_is_found_named_and_has_a_remedy(vault: Bench, code: str) -> None:
    vault.environment["MICROWINS_MAX_NOTE_SIZE"] = "1000"
    for path, text in NOTES[code].items():
        vault.write(path, text)
    result = vault.run("check", "--json")
    assert result.code == 3
    found = [problem for problem in result.document["problems"] if problem["code"] == code]
    assert found, result.out
    assert all(
        problem["path"] in NOTES[code] and problem["message"] and problem["remedy"] for problem in found
    )
    shown = vault.run("check")
    assert shown.code == 3
    assert f"{found[0]['path']}:" in shown.out
    assert f"[{code}]" in shown.out


def test_bad_frontmatter_is_one_problem_and_its_boxes_count(vault: Bench) -> None:
    vault.write("N.md", "---\na: [\n---\n- [x] Fly ✅ 2026-11-20\n")
    result = vault.run("check", "--json")
    assert (result.code, result.data["count"]) == (3, 1)
    assert vault.json("status")["totals"]["today"] == 1


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_a_link_out_of_the_vault_is_named_and_not_followed(vault: Bench) -> None:
    outside = vault.folder / "outside.md"
    outside.write_text("- [x] Fly ✅ 2026-11-20\n", encoding="utf-8")
    (vault.root / "N.md").symlink_to(outside)
    assert [problem["code"] for problem in vault.run("check", "--json").document["problems"]] == [
        "symlink-outside"
    ]


def test_a_clean_vault_says_so_and_exits_0(vault: Bench) -> None:
    result = vault.run("check")
    assert (result.code, result.out) == (0, "1 note read, no problems.\n")
    assert vault.json("check") == {"scanned": 1, "count": 0}


def test_the_places_are_in_order(vault: Bench) -> None:
    vault.write("B.md", f"{HEAD}- Fly 🔁 every blue moon\n- Swim 🔁 each now and then\n")
    vault.write("A.md", b"\0")
    places = [
        (problem["path"], problem["line"]) for problem in vault.run("check", "--json").document["problems"]
    ]
    assert places == [("A.md", None), ("B.md", 5), ("B.md", 6)]


def test_it_writes_nothing_and_needs_no_consent(stranger: Bench) -> None:
    before = stranger.files()
    assert stranger.run("check").code == 0
    assert stranger.files() == before


def test_a_schedule_without_its_sign_is_told(vault: Bench) -> None:
    vault.write(
        "Slips.md", "---\ntype: goal\n---\n## Micro-wins\n- Stretch every day\n- [ ] Swim 🔁 every day\n"
    )
    found = {
        problem["code"]: problem["line"] for problem in vault.run("check", "--json").document["problems"]
    }
    assert (found["schedule-unmarked"], found["micro-win-box"]) == (5, 6)


def test_a_name_that_only_speaks_of_every_day_is_no_slip(vault: Bench) -> None:
    vault.write("Fine.md", "---\ntype: goal\n---\n## Micro-wins\n- Enjoy every single bite\n- Every day\n")
    assert "schedule-unmarked" not in vault.run("check").out


def test_a_format_that_does_not_tell_the_day_is_told(vault: Bench) -> None:
    vault.write(".microwins.toml", '[daily]\nformat = "[Day] D"\n')
    assert "daily-format" in vault.run("check").out
    assert vault.run("config", "check").code == 3


def test_problems_of_one_line_are_always_told_in_the_same_order(vault: Bench) -> None:
    vault.write("T/Daily.md", "{{one}} {{two}} {{three}} {{four}} {{five}}\n\n<!-- microwins:today -->\n")
    vault.write(".microwins.toml", vault.text(".microwins.toml") + 'template = "T/Daily"\n')
    told = [problem["message"] for problem in vault.run("check", "--json").document["problems"]]
    assert len(told) == 5
    assert told == sorted(told)
