"""`microwins completions`, and what a shell gets when it asks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from microwins.daemon.cli import COMMANDS

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

COMMAND = "from microwins.daemon.cli import main; main()"
TELLTALE = {
    "bash": "complete -o nosort -F",
    "zsh": "#compdef microwins",
    "fish": "complete --no-files --command microwins",
}
PROTOCOL = {**os.environ, "PYTHONUTF8": "1"}


def completed(words: str, at: int) -> list[str]:
    """Ask as bash does: the words typed so far and which of them is to be completed."""
    environment = {
        **PROTOCOL,
        "_MICROWINS_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(at),
    }
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.argv[0] = 'microwins'; {COMMAND}"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.removeprefix("plain,") for line in done.stdout.splitlines()]


@pytest.mark.parametrize("shell", TELLTALE)
def test_the_script_is_that_of_the_shell_and_says_where_it_belongs(empty: Bench, shell: str) -> None:
    if shell == "bash" and shutil.which("bash") is None:
        pytest.skip("needs bash")
    result = empty.bare("completions", shell)
    assert result.code == 0
    assert result.out.startswith("# ")
    assert f"microwins completions {shell}" in result.out.splitlines()[0]
    assert TELLTALE[shell] in result.out
    assert "_MICROWINS_COMPLETE" in result.out


def test_the_script_as_json(empty: Bench) -> None:
    data = empty.bare("completions", "fish", "--json").data
    assert (data["shell"], TELLTALE["fish"] in data["script"]) == ("fish", True)


def test_an_unknown_shell_names_the_known_ones(empty: Bench) -> None:
    result = empty.bare("completions", "csh")
    assert result.code == 2
    assert "fish" in result.err


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_accepts_its_script(empty: Bench) -> None:
    script = empty.bare("completions", "bash").out
    done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_all_commands_are_offered() -> None:
    assert completed("microwins ", 1) == list(COMMANDS)


def test_commands_that_begin_so_are_offered() -> None:
    assert completed("microwins st", 1) == ["status"]
    assert completed("microwins config ", 2) == ["check", "path", "show"]


def test_options_are_offered() -> None:
    assert set(completed("microwins sync --", 2)) >= {
        "--dry-run",
        "--vault",
        "--today",
        "--json",
        "--quiet",
        "--verbose",
    }
