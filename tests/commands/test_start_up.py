"""The command line starts without what it does not need, and each command says how it is used."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from microwins.daemon.cli import COMMANDS

if TYPE_CHECKING:
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
SHARED = ("--vault", "--today", "--json", "-q", "-v")
GROUPS = {
    "config": ("show", "path", "check"),
    "templates": ("list", "show", "copy"),
    "service": ("install", "uninstall", "status", "print"),
}
ALL = [f"{name} {inner}".strip() for name in COMMANDS for inner in GROUPS.get(name, ("",))]


def loaded(*words: str, **variables: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words],
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


def test_completion_loads_nothing_heavy() -> None:
    asked = {"_MICROWINS_COMPLETE": "bash_complete", "COMP_WORDS": "microwins s", "COMP_CWORD": "1"}
    assert not loaded(**asked) & HEAVY


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
