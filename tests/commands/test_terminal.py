"""What reaches the terminal: colour only where it is wanted, columns that align, and nothing that a note smuggles in."""

from __future__ import annotations

import re
import sys
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from microwins.templates.safe_text import columns
from microwins.templates.terminal import Pen, clean

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

NOTE, GOAL = "Journal/2026-11-20.md", "Goals/Write a book.md"
SCREENS = (
    ["status"],
    ["today"],
    ["goals"],
    ["next"],
    ["sync", "--dry-run"],
    ["config", "show"],
    ["check"],
    ["tick", "read a page"],
)
ESCAPE = "\x1b"
EVIL = "\x1b[31mred\x1b[0m\x1b]0;title\x07\x9b2J\b\b\u202eback\u2069"


class Screen(StringIO):
    """Standard output that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def on_screen(bench: Bench, *words: str) -> str:
    from microwins.daemon.cli import run

    before, sys.stdout = sys.stdout, Screen()
    try:
        run([*words, "--vault", str(bench.root)], bench.machine)
        return sys.stdout.getvalue()
    finally:
        sys.stdout = before


# Colour


@pytest.mark.parametrize("words", SCREENS, ids=" ".join)
def test_piped_text_is_plain(vault: Bench, words: list[str]) -> None:
    assert ESCAPE not in vault.run(*words).out


def test_a_terminal_gets_colour(vault: Bench) -> None:
    assert f"{ESCAPE}[1mWrite a book{ESCAPE}[0m" in on_screen(vault, "status")


@pytest.mark.parametrize(
    ("variables", "terminal", "coloured"),
    [
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"TERM": "dumb"}, True, False),
        ({}, False, False),
    ],
)
def test_the_environment_decides_before_the_terminal(
    vault: Bench, variables: dict[str, str], terminal: bool, coloured: bool
) -> None:
    vault.environment.update(variables)
    out = on_screen(vault, "status") if terminal else vault.run("status").out
    assert (ESCAPE in out) is coloured


def test_colour_changes_no_word(vault: Bench) -> None:
    plain = vault.run("status").out
    vault.environment["FORCE_COLOR"] = "1"
    assert re.sub(r"\x1b\[[0-9;]*m", "", vault.run("status").out) == plain


def test_json_is_never_coloured(vault: Bench) -> None:
    vault.environment["FORCE_COLOR"] = "1"
    assert vault.run("status", "--json").data["goals"]


def test_a_pen_leaves_blanks_alone() -> None:
    assert Pen(colour=True)("  ", "bold") == "  "
    assert Pen()("word", "bold") == "word"


# Columns


NAMES = (
    "Read",
    "毎日読む",
    "Öl prüfen",
    "走る 🏃 fast",
    "ﬁle e\u0301tude",
    "Very long name that is longer than the column is allowed to be",
)


def goal_with(*names: str) -> str:
    lines = "".join(f"- {name} 🔁 every day\n" for name in names)
    return f"---\ntype: goal\n---\n## Micro-wins\n{lines}"


def test_wide_characters_and_emoji_align(vault: Bench) -> None:
    vault.write(GOAL, goal_with(*NAMES))
    rows = [row for row in vault.run("status").out.splitlines() if row.startswith("  ○")]
    assert len(rows) == len(NAMES)
    assert len({columns(re.split("[▰▱]", row)[0]) for row in rows}) == 1


def test_the_list_of_today_aligns_and_cuts_what_is_too_long(vault: Bench) -> None:
    vault.write(GOAL, goal_with(*NAMES))
    vault.write("Journal/2026-11-19.md", "".join(f"- [x] {name}\n" for name in NAMES))
    rows = [row for row in vault.run("today").out.splitlines() if "○" in row]
    assert len({columns(row.partition("1 day")[0]) for row in rows}) == 1
    assert all(row.endswith("1 day") for row in rows)
    assert sum("…" in row for row in rows) == 1


def test_no_line_ends_in_spaces(vault: Bench) -> None:
    vault.write(GOAL, goal_with(*NAMES))
    for words in SCREENS[:4]:
        assert not re.search(r"[ \t]$", vault.run(*words).out, re.MULTILINE), words


# What a note may not say to a terminal


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a [31mb"),
        ("a\r\n\tb", "a b"),
        ("a\u202eb", "a b"),
        ("\udcff", ""),
        ("👩\u200d👧 می\u200cروم", "👩\u200d👧 می\u200cروم"),
        ("e\u0301 ﷽", "e\u0301 ﷽"),
    ],
)
def test_a_name_is_one_harmless_line(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.fixture
def evil(vault: Bench) -> Bench:
    name = f"Fly {EVIL}"
    vault.write(
        GOAL,
        f"---\ntype: goal\n---\n# Book {EVIL}\n## Micro-wins\n- {name} #frog 🔁 every day [min:: {EVIL}]\n- Read a page 🔁 every {EVIL}\n"
        f"- Sit 🔁 every day [after:: {EVIL}]\n## Steps\n- [ ] Step {EVIL}\n",
    )
    vault.write(NOTE, f"- [ ] {EVIL}\n")
    vault.write(
        "Dashboard.md",
        f"{EVIL}\n<!-- microwins:summary -->\n<!-- microwins:{EVIL} -->\n<!-- /microwins -->\n",
    )
    return vault


@pytest.mark.parametrize("coloured", [False, True])
@pytest.mark.parametrize(
    "words",
    [
        *SCREENS,
        ["tick", "step"],
        ["tick", "s"],
        ["skip", "fly"],
        ["tick", f"none {EVIL}"],
        ["config", "show", "--today", EVIL],
        ["check", EVIL],
        [EVIL],
    ],
    ids=repr,
)
def test_no_control_character_reaches_the_terminal(evil: Bench, words: list[str], coloured: bool) -> None:
    if coloured:
        evil.environment["FORCE_COLOR"] = "1"
    result = evil.run(*words)
    for stream in (result.out, result.err):
        rest = re.sub(r"\x1b\[(?:[0-9];?)+m", "", stream) if coloured else stream
        assert not re.search(r"[^\n\t -~\u00a0-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]", rest), ascii(rest)
        assert not re.search(r"\x1b\[31m", stream)


def test_parse_shows_no_control_character(evil: Bench) -> None:
    out = evil.bare("parse", str(evil.root)).out
    assert "Step" in out
    assert not re.search(r"[^\n -~\u00a0-\U0010ffff]", out)


def test_bytes_that_are_no_text_can_be_shown(vault: Bench) -> None:
    vault.write(
        GOAL, b"---\ntype: goal\n---\n## Micro-wins\n- caf\xe9 \xf0\x9f\x94\x81 every day\n- [ ] st\xe9p\n"
    )
    vault.write(NOTE, b"- [ ] caf\xe9\n")
    for words in (*SCREENS[:5], ["check"]):
        vault.run(*words).out.encode()
    vault.bare("parse", str(vault.root)).out.encode()


# Streaks that are not to be shown


@pytest.mark.parametrize(
    "words", [["status"], ["today"], ["goals"], ["tick", "read"], ["untick", "read"]], ids=" ".join
)
def test_hidden_streaks_show_no_streak(vault: Bench, words: list[str]) -> None:
    for day in (16, 17, 18, 19):
        vault.write(f"Journal/2026-11-{day}.md", "- [x] Read a page\n- [x] Write 300 words\n")
    shown = vault.run("status").out
    assert "4 days" in shown
    vault.write(".microwins.toml", f'streaks = "hidden"\n{vault.text(".microwins.toml")}')
    out = vault.run(*words).out.replace("in the last 30 days", "")
    assert not re.search(r"[0-9] days?|in a row|best", out), out
    assert "4 times" in vault.run("status").out
