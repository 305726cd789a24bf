"""Count what microwins reads in vaults, and show some of the problems of each kind.

    python benchmarks/survey.py [--examples N] VAULT [VAULT …]

For each vault: notes, daily notes, tasks by state, done dates by the strict reading (that of the Tasks plugin) and by
the lenient one, goals, micro-wins and their boxes, and the problems by code with up to ten examples each. It asks
`parse` and `check` for them, with caches in a folder of its own, and never writes into a vault.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Shape = dict[str, Any]


def main() -> int:
    """Print what is found in each vault."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("vaults", nargs="+", type=Path, metavar="VAULT")
    arguments.add_argument(
        "--examples", type=int, default=10, metavar="N", help="problems to show of each kind"
    )
    chosen = arguments.parse_args()
    for vault in chosen.vaults:
        with tempfile.TemporaryDirectory() as folder:
            notes = answer(vault, Path(folder), "parse", str(vault))["data"]["notes"]
            problems = answer(vault, Path(folder), "check")["problems"]
        print(f"{vault.name}\n")
        for name, figure in counts(notes).items():
            print(f"  {name:34} {figure:7}")
        show(vault, problems, chosen.examples)
        print()
    return 0


def answer(vault: Path, machine: Path, *words: str) -> Shape:
    """Return what a command says with --json; `check` ends with 3 where there are problems."""
    program = [sys.executable, "-c", "from microwins.daemon.cli import main; main()"]
    own = {"HOME": machine, "XDG_STATE_HOME": machine / "state", "XDG_CACHE_HOME": machine / "cache"}
    done = subprocess.run(
        [*program, *words, "--vault", str(vault), "--json"],
        capture_output=True,
        check=False,
        env={**os.environ, **{name: str(path) for name, path in own.items()}},
    )
    if done.returncode not in (0, 3):
        sys.exit(f"`{words[0]}` ended with {done.returncode}: {(done.stdout or done.stderr).decode()}")
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def counts(notes: list[Shape]) -> dict[str, int]:
    """Return the figures of a vault's notes."""
    tasks = [task for note in notes for task in note["tasks"]]
    states = Counter(task["state"] for task in tasks)
    goals = [note["goal"] for note in notes if note["goal"]]
    strict = [task["tasks"] and task["tasks"]["done"] for task in tasks]
    lenient = [task["done"] for task in tasks]
    return {
        "notes": len(notes),
        "notes of a day": sum(note["period"] == "day" for note in notes),
        "notes with frontmatter": sum(note["frontmatter"] is not None for note in notes),
        "tasks": len(tasks),
        **{f"tasks, {state}": states[state] for state in ("done", "open", "partial", "skipped")},
        "tasks that the Tasks plugin sees": sum(task["tasks"] is not None for task in tasks),
        "done dates, strict": sum(map(bool, strict)),
        "done dates, lenient": sum(map(bool, lenient)),
        "done dates that differ": sum(one != other for one, other in zip(strict, lenient, strict=True)),
        "goals": len(goals),
        "micro-wins": sum(len(goal["micro_wins"]) for goal in goals),
        "boxes of micro-wins": sum(task["micro_win"] is not None for task in tasks),
    }


def show(vault: Path, problems: Iterable[Shape], examples: int) -> None:
    """Print the problems by code, the commonest first, each with its place and the line that it is about."""
    by_code: dict[str, list[Shape]] = defaultdict(list)
    for problem in problems:
        by_code[problem["code"]].append(problem)
    for code, found in sorted(by_code.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        print(f"\n  {code}: {len(found)}")
        for problem in found[:examples]:
            place = problem["path"] + (f":{problem['line']}" if problem["line"] else "")
            print(f"    {place}: {problem['message']}")
            written = line_of(vault, problem)
            if written:
                print(f"        {written}")


def line_of(vault: Path, problem: Shape) -> str:
    """Return the line that a problem is about."""
    try:
        lines = (vault / problem["path"]).read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return ""
    number = problem["line"] or 0
    return lines[number - 1].strip()[:100] if 0 < number <= len(lines) else ""


if __name__ == "__main__":
    sys.exit(main())
