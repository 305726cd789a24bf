"""Questions at a real terminal: `init` and what follows it, run in a process of its own behind a pseudo-terminal."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from microwins.daemon import questions
from microwins.templates.words import DEFAULT, speak
from tests.commands.conftest import Bench

MAIN = "from microwins.daemon.cli import main; main()"


def at_a_terminal(folder: Path, words: list[str], typed: str, **variables: str) -> tuple[int, str]:
    """Run a command with its input and output a terminal's, everything typed ahead; return its exit code and the screen."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    environment = {
        **os.environ, "HOME": str(folder), "XDG_STATE_HOME": str(folder / "state"), "XDG_CACHE_HOME": str(folder / "cache"),
        "NO_COLOR": "1", "TERM": "xterm", "PYTHONIOENCODING": "utf-8", **variables,
    }  # fmt: skip
    os.write(ours, typed.encode())
    with subprocess.Popen(
        [sys.executable, "-c", MAIN, *words], stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        shown = b"".join(iter(lambda: _more(ours), b""))
    os.close(ours)
    return process.returncode, shown.decode().replace("\r\n", "\n")


def _more(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # what Linux says once nobody holds the other end any more
        return b""


def test_init_asks_shows_and_writes(empty: Bench) -> None:
    words = ["init", "--vault", str(empty.root)]
    code, screen = at_a_terminal(empty.folder, words, "Draw\nDraw one line\nlunch\n\nn\ny\n")
    assert code == 0, screen
    assert "1 of 5 · What would you like to come nearer to?" in screen
    assert (
        screen.index("- Draw one line 🔁 every day")
        < screen.index("Write this? [Y/n]")
        < screen.index("made Draw.md")
    )
    assert empty.text("Draw.md").startswith("---\ntype: goal\n---\n\n# Draw\n")


def test_the_examples_that_init_lists_fit_the_terminal(empty: Bench) -> None:
    words = ["init", "--vault", str(empty.root)]
    _, screen = at_a_terminal(empty.folder, words, "?\n\x04", COLUMNS="40")
    shown = screen.split("Health", 1)[1].split("1 of 5", 1)[0]
    assert "      Walk 10 minutes\n      every day, after lunch\n" in shown


def test_the_end_of_what_is_typed_leaves_no_trace(empty: Bench) -> None:
    code, _ = at_a_terminal(empty.folder, ["init", "--vault", str(empty.root)], "Draw\n\x04")
    assert code == 130
    assert empty.files() == {}


@pytest.mark.parametrize("words", [["init"], ["discover"]])
def test_what_is_offered_keeps_its_colours(diary: Bench, words: list[str]) -> None:
    if words == ["discover"]:
        diary.write(".microwins.toml", 'timezone = "UTC"\n')
    words = [*words, "--vault", str(diary.root), "--today", "2026-11-20"]
    code, screen = at_a_terminal(diary.folder, words, "n\n\x04", NO_COLOR="")
    assert code in {0, 130}, screen
    assert "\x1b[1mStretch\x1b[0m" in screen
    assert "\ufffd" not in screen


def test_an_answer_that_is_neither_yes_nor_no_takes_nothing(diary: Bench) -> None:
    words = ["init", "--vault", str(diary.root), "--today", "2026-11-20"]
    code, screen = at_a_terminal(diary.folder, words, "rather not\nn\n\n\n\n")
    assert code == 0, screen
    assert screen.count("Shall these be your micro-wins") == 2
    assert "Habits.md" not in diary.files()


def test_a_question_is_broken_between_words(empty: Bench) -> None:
    words = ["init", "--vault", str(empty.root)]
    _, screen = at_a_terminal(empty.folder, words, "\n\n\x04", COLUMNS="60")
    question = screen[screen.index("5 of 5") :].split(":")[0]
    assert len(question.split("\n")) == 2
    assert all(len(line) < 60 for line in question.split("\n"))


def test_an_error_is_broken_between_words_at_a_terminal_and_whole_in_a_pipe(empty: Bench) -> None:
    words = ["stauts", "--vault", str(empty.folder / "none")]
    _, screen = at_a_terminal(empty.folder, words, "", COLUMNS="40")
    assert "microwins: There is no command “stauts”." in screen
    assert all(len(line) <= 40 for line in screen.split("microwins: ")[1].splitlines())
    piped = empty.bare(*words).err
    assert max(map(len, piped.splitlines())) > 40


def test_a_path_that_is_longer_than_a_line_is_not_broken_in_an_error(empty: Bench) -> None:
    folder = str(empty.folder / "none")
    _, screen = at_a_terminal(empty.folder, ["status", "--vault", folder], "", COLUMNS=str(len(folder) - 1))
    assert folder in screen


@pytest.fixture
def diary(empty: Bench) -> Bench:
    """Thirty days of notes with a box that recurs; nothing is set up."""
    for day in range(1, 31):
        empty.write(f"2026-10-{day:02}.md", "- [x] Stretch\n")
    return empty


@pytest.mark.parametrize(
    ("typed", "agreed"), [("\n", True), ("J\n", True), ("ja\ny\n", True), ("N\n", False)]
)
def test_a_question_is_answered_in_the_language_that_is_spoken(
    empty: Bench, monkeypatch: pytest.MonkeyPatch, typed: str, agreed: bool
) -> None:
    monkeypatch.setattr(questions, "somebody_is_there", lambda: True)
    empty.environment["MICROWINS_LANGUAGE"] = "de"
    try:
        result = empty.run("init", "--bare", answer=typed)
        assert "Schreiben? [J/n]" in result.out
        assert bool(empty.files()) is agreed
    finally:
        speak(DEFAULT)


def test_nobody_is_there_where_either_end_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for stdin, stdout in ((True, True), (True, False), (False, True)):
        monkeypatch.setattr(sys, "stdin", End(is_terminal=stdin))
        monkeypatch.setattr(sys, "stdout", End(is_terminal=stdout))
        assert questions.somebody_is_there() is (stdin and stdout)


class End(io.StringIO):
    """An end of a pipe, or of a terminal."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


def test_a_question_mark_asks_for_examples_and_is_no_answer(empty: Bench) -> None:
    typed = "Draw\n?\nDraw one line\n?\nlunch\n?\n\nn\nn\n"
    code, screen = at_a_terminal(empty.folder, ["init", "--vault", str(empty.root)], typed)
    assert code == 1
    assert "For example: Read one page" in screen
    assert "For example: morning coffee" in screen
    assert "track counts without a schedule" in screen.replace("\n", " ")
    assert "- Draw one line 🔁 every day [after:: lunch]" in screen


def test_a_schedule_may_be_said_in_the_language_of_the_vault(empty: Bench) -> None:
    empty.write(".microwins.toml", 'language = "de"\n')
    typed = "Zeichnen\nEine Linie\n-\n3-mal pro Woche\n\nj\n"
    code, screen = at_a_terminal(empty.folder, ["goals", "new", "--vault", str(empty.root)], typed)
    assert code == 0, screen
    assert "Wie oft? [jeden Tag]" in screen
    assert "- Eine Linie 🔁 3 times a week\n" in empty.text("Zeichnen.md")
