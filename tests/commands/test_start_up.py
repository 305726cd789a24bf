"""The command line starts without what it does not need, and each command says how it is used."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from microwins.daemon import cli, errors
from microwins.daemon.cli import COMMANDS

if TYPE_CHECKING:
    from types import ModuleType

    from tests.commands.conftest import Bench

HEAVY = {"markdown_it", "watchdog", "yaml", "jinja2", "frontmatter", "sqlite3"}
LOADED = """
import atexit, json, sys
def tell():
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
atexit.register(tell)
sys.argv[0] = "microwins"
from microwins.daemon.cli import main
main()
"""
EMPTY = """
import atexit, json, sys
import click
def tell():
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
atexit.register(tell)
@click.command()
def main():
    print("done")
main()
"""
SHARED = ("--vault", "--today", "--json", "-q", "-v")
GROUPS = {
    "config": ("show", "path", "check"),
    "templates": ("list", "show", "copy"),
    "service": ("install", "uninstall", "status", "print"),
}
ALL = [f"{name} {inner}".strip() for name in COMMANDS for inner in GROUPS.get(name, ("",))]


def completing(shell: str) -> dict[str, str]:
    word = "s" if shell == "fish" else "1"  # fish tells the word, the others its place
    return {"_MICROWINS_COMPLETE": f"{shell}_complete", "COMP_WORDS": "microwins s", "COMP_CWORD": word}


def loaded(*words: str, script: str = LOADED, **variables: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        env={**os.environ, **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
    return set(json.loads(done.stderr))


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["--version"], ["completions", "fish"]], ids=" ".join)
def test_a_quick_answer_loads_nothing_heavy(words: list[str]) -> None:
    assert not loaded(*words) & HEAVY


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_loads_nothing_heavy(shell: str) -> None:
    assert not loaded(**completing(shell)) & HEAVY


def test_what_stays_loads_nothing_large_for_little() -> None:
    script = LOADED.replace(
        "from microwins.daemon.cli import main\nmain()",
        "import microwins.daemon.commands.watch\nfrom microwins.templates.words import say\nprint(say('numbers.decimal'))",
    )
    assert not loaded(script=script) & {
        "html.entities",
        "importlib.resources",
        "lzma",
        "shutil",
        "subprocess",
    }


@pytest.mark.parametrize("words", [["--help"], []], ids=["help", "completion"])
def test_a_quick_answer_loads_two_modules_of_ours_and_little_that_click_does_not(words: list[str]) -> None:
    beyond = loaded(*words, **({} if words else completing("bash"))) - loaded(*words, script=EMPTY)
    ours = {name for name in beyond if name.startswith("microwins")}
    assert ours <= {"microwins", "microwins.daemon", "microwins.daemon.cli", "microwins.daemon.errors"}
    assert beyond - ours <= {"textwrap", "shlex", "shutil", "fnmatch", "zlib", "click.shell_completion"}


@pytest.mark.parametrize("module", [cli, errors], ids=["cli", "errors"])
def test_what_asks_for_help_does_without_paths(module: ModuleType) -> None:
    """An editable package loads `pathlib` by itself, so that it cannot be seen among the loaded modules."""
    assert not {"Path", "pathlib", "traceback", "extract_tb"} & vars(module).keys()


def test_help_of_a_command_loads_no_parser_and_no_watcher() -> None:
    assert not loaded("status", "--help") & (HEAVY - {"sqlite3"})


def test_the_version_is_printed(empty: Bench) -> None:
    assert re.fullmatch(r"microwins [0-9]+\.[0-9]+\.[0-9]+\S*\n", empty.bare("--version").out)


def test_help_lists_every_command_with_a_line(empty: Bench) -> None:
    out = empty.bare("--help").out
    for name, (_, line) in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(line)}$", out, re.MULTILINE)
    assert empty.bare("-h").out == out


def test_without_a_command_the_help_is_shown_once(empty: Bench) -> None:
    result = empty.bare()
    assert result.code == 2
    assert result.err.count("Usage:") == 1
    assert "microwins demo" in result.err


@pytest.mark.parametrize("name", ALL)
def test_each_command_has_help_with_an_example_and_the_shared_options(empty: Bench, name: str) -> None:
    result = empty.bare(*name.split(), "--help")
    assert result.code == 0
    assert re.search(rf"Example: .*microwins {name}\b", " ".join(result.out.split()))
    for option in SHARED:
        assert re.search(rf"(?<![\w-]){option}\b", result.out), option


@pytest.mark.parametrize("name", GROUPS)
def test_each_group_has_help_with_an_example(empty: Bench, name: str) -> None:
    out = empty.bare(name, "--help").out
    assert "Example: microwins" in out
    for inner in GROUPS[name]:
        assert f"\n  {inner} " in out
