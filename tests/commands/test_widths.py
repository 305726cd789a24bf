"""Text fits the terminal, at any width that one may have, with wide characters too; and it can do without signs."""

from __future__ import annotations

import re
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from microwins.templates.safe_text import columns

from .test_terminal import on_screen

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

FRIDAY = date(2026, 11, 20)
VIEWS = (["status"], ["today"], ["goals"], ["review"], ["review", "month"], ["review", "year"])
EXPLAINED = (["explain", "Twice"], ["explain", "Top"], ["explain", "--days"])
NAMES = (
    "Read",
    "毎日本を読んで感想を書く",
    "走る 🏃 fast",
    "Very long name that is longer than the column is allowed to be",
)
SIGNS = re.compile(r"[▰▱○✓·→│┃█]")


@pytest.fixture
def full(vault: Bench) -> Bench:
    """A goal below another one, with names of all kinds, and forty days of boxes."""
    lines = "".join(f"- {name} 🔁 every day [after:: a large cup of strong black coffee]\n" for name in NAMES)
    head = "---\ntype: goal\nidentity: somebody who reads and writes\nmeasure: 50000 words\n"
    vault.write("Goals/Top.md", f"{head}---\n- [x] one ✅ 2026-11-02\n- [ ] two\n")
    vault.write(
        "Goals/毎日の小さな一歩を続けて大きな本を書く.md",
        f"{head}parent: '[[Top]]'\n---\n## Micro-wins\n{lines}- Twice 🔁 twice a week\n",
    )
    boxes = "".join(f"- [x] {name} [words:: 100] @08:00\n" for name in NAMES)
    for ago in range(1, 41):
        vault.write(
            f"Journal/{FRIDAY - timedelta(days=ago)}.md", f"{boxes}- [x] Twice\n- [x] something else\n"
        )
    return vault


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("words", [*VIEWS, *EXPLAINED], ids=" ".join)
def test_no_line_is_wider_than_the_terminal(full: Bench, words: list[str], width: int) -> None:
    full.environment["COLUMNS"] = str(width)
    lines = full.run(*words).out.splitlines()
    assert [line for line in lines if columns(line) > width] == []
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize("width", [40, 60])
@pytest.mark.parametrize("words", [["doctor"], ["conflicts"], ["next"], ["check"], ["discover", "--all"], ["config", "show", "-v"], ["goals", "new", "--examples"], ["undo", "--list", "-v"], ["logs"], ["parse", "Goals"]], ids=" ".join)  # fmt: skip
def test_no_list_is_wider_than_the_terminal(
    full: Bench, words: list[str], width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(full.root)
    full.run("sync")
    full.write("Goals/Top.sync-conflict-20261120-202322-W3G74XU.md", full.text("Goals/Top.md") + "more\n")
    full.environment["COLUMNS"] = str(width)
    lines = full.run(*words).out.splitlines()
    table = words[:2] == ["config", "show"]
    assert [line for line in lines if columns(line) > width and not (table and "  " in line.strip())] == []


@pytest.mark.parametrize("width", [40, 60])
@pytest.mark.parametrize("words", [*VIEWS, *EXPLAINED, ["next"], ["discover", "--all"]], ids=" ".join)
def test_plain_text_is_broken_between_words_where_it_is_wider(
    full: Bench, words: list[str], width: int
) -> None:
    full.run("today")
    whole = full.run(*words, "--plain").out
    full.environment["COLUMNS"] = str(width)
    narrow = full.run(*words, "--plain").out
    assert [line for line in narrow.splitlines() if columns(line) > width] == []
    assert "".join(narrow.split()) == "".join(whole.split())


def test_a_pipe_gets_whole_lines(full: Bench) -> None:
    out = full.run("doctor").out
    assert len([line for line in out.splitlines() if line.startswith("replacing notes")]) == 1
    assert not any(line.startswith("  ") for line in out.splitlines())


@pytest.mark.parametrize("width", [40, 60])
@pytest.mark.parametrize("words", [["tick", NAMES[3]], ["skip", NAMES[3]], ["discover"]], ids=" ".join)
def test_no_answer_is_wider_than_the_terminal(full: Bench, words: list[str], width: int) -> None:
    full.environment["COLUMNS"] = str(width)
    for command in (words, ["undo"]) if words != ["discover"] else (words,):
        result = full.run(*command)
        assert result.code == 0, result
        assert [line for line in result.out.splitlines() if columns(line) > width] == []


@pytest.mark.parametrize("width", ["40", "80"])
@pytest.mark.parametrize("words", VIEWS, ids=" ".join)
def test_colour_changes_no_word_at_any_width(full: Bench, words: list[str], width: str) -> None:
    full.environment["COLUMNS"] = width
    full.run("today")
    plain = full.run(*words).out
    full.environment["FORCE_COLOR"] = "1"
    coloured = full.run(*words).out
    assert coloured != plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    full.environment["NO_COLOR"] = "1"
    assert full.run(*words).out == plain


@pytest.mark.parametrize("words", VIEWS[3:], ids=" ".join)
def test_the_columns_of_the_turns_align(full: Bench, words: list[str]) -> None:
    full.environment["COLUMNS"] = "80"
    rows = [
        line for line in full.run(*words).out.splitlines() if re.search(r"[0-9] of [0-9]+ +[0-9]+ ", line)
    ]
    assert len(rows) == len(NAMES) + 1
    assert len({columns(row) for row in rows}) == 1
    assert len({columns(re.match(r".* of [0-9]+(?=  )", row)[0]) for row in rows}) == 1  # type: ignore[index]


def test_a_terminal_that_does_not_tell_has_eighty_columns(full: Bench) -> None:
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in on_screen(full, "status").splitlines()]
    assert 60 < max(map(columns, lines)) <= 80


def test_a_terminal_tells_its_columns(full: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.get_terminal_size", lambda _number: __import__("os").terminal_size((50, 20)))
    monkeypatch.setattr("tests.commands.test_terminal.Screen.fileno", lambda _self: 1, raising=False)
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in on_screen(full, "status").splitlines()]
    assert max(map(columns, lines)) <= 50
    assert sys.stdout is not None


@pytest.mark.parametrize("said", ["0", "-3", "wide", "", "²"])
def test_columns_that_are_no_number_are_passed_over(full: Bench, said: str) -> None:
    before = full.run("status").out
    full.environment["COLUMNS"] = said
    assert full.run("status").out == before


@pytest.mark.parametrize("words", VIEWS, ids=" ".join)
def test_plain_text_has_no_bars_no_marks_and_no_colour(full: Bench, words: list[str]) -> None:
    full.environment["FORCE_COLOR"] = "1"
    out = full.run(*words, "--plain").out
    assert not SIGNS.search(out), out
    assert "\x1b" not in out
    for name in NAMES:
        assert name in out


@pytest.mark.parametrize("words", [*EXPLAINED, ["explain", "Read"], ["next"]], ids=" ".join)
def test_what_explains_figures_can_do_without_signs_and_formulas_too(full: Bench, words: list[str]) -> None:
    assert re.search(r"[√Σ←÷#]", full.run(*words).out) or words == ["next"]
    assert not re.search(r"[√Σ←÷#▰▱○✓·→│┃█]", full.run(*words, "--plain").out)


@pytest.mark.parametrize("words", [*VIEWS, *EXPLAINED, ["next"]], ids=" ".join)
def test_plain_text_is_in_sentences(full: Bench, words: list[str]) -> None:
    lines = [line for line in full.run(*words, "--plain").out.splitlines() if line]
    lines = [line for line in lines if ".md" not in line or "explain" in words]
    assert [line for line in lines if not line.endswith(".")] == []
    assert [line for line in lines if ".." in line] == []


def test_plain_text_says_in_words_what_marks_say(full: Bench) -> None:
    full.write("Journal/2026-11-20.md", "- [x] Read\n- [-] 走る 🏃 fast\n")
    out = full.run("status", "--plain").out
    assert "Read: done, 41 days in a row, strength" in out
    assert "走る 🏃 fast: skipped today" in out
    assert "part of Top" in out
    assert full.run("today", "--plain").out.splitlines()[1] == "1 of 6 done."


def test_plain_text_hides_streaks_too(full: Bench) -> None:
    full.write(".microwins.toml", f'streaks = "hidden"\n{full.text(".microwins.toml")}')
    for words in (["status"], ["today"], ["review", "--last"]):
        assert "in a row" not in full.run(*words, "--plain").out.lower()
    assert "40 times" in full.run("status", "--plain").out


@pytest.mark.parametrize("words", VIEWS, ids=" ".join)
def test_json_does_not_depend_on_the_terminal(full: Bench, words: list[str]) -> None:
    full.run("today")
    wide = full.run(*words, "--json").out
    full.environment.update(COLUMNS="40", FORCE_COLOR="1")
    assert full.run(*words, "--json").out == wide
    assert full.run(*words, "--json", "--plain").out == wide
