"""Measure how long the program takes to begin: `python benchmarks/startup.py [--rounds 9]`.

The program is installed from its source into a virtual environment of its own, beside an empty program made with Click.
Of each the least processor time of all rounds is taken; the programs of a round follow one another.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EMPTY = "import click\n\n@click.command()\ndef main():\n    pass\n\nmain()\n"


def measure(rounds: int) -> dict[str, float]:
    """Return the least seconds of processor time of an empty program and of each beginning of ours."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        subprocess.run([str(place / "bin/pip"), "install", "-q", str(ROOT)], check=True, capture_output=True)
        (place / "empty.py").write_text(EMPTY)
        python, ours = str(place / "bin/python"), str(place / "bin/microwins")
        completing = {"_MICROWINS_COMPLETE": "bash_complete", "COMP_WORDS": "microwins st", "COMP_CWORD": "1"}
        programs: dict[str, tuple[list[str], Mapping[str, str]]] = {
            "empty": ([python, str(place / "empty.py")], {}),
            "empty, --help": ([python, str(place / "empty.py"), "--help"], {}),
            "--version": ([ours, "--version"], {}),
            "--help": ([ours, "--help"], {}),
            "completion": ([ours], completing),
        }
        found: dict[str, float] = {}
        for _ in range(rounds):
            for name, (words, added) in programs.items():
                found[name] = min(_seconds(words, added), found.get(name, float("inf")))
        return found


def table(found: Mapping[str, float]) -> str:
    bases = {"--version": "empty", "--help": "empty, --help", "completion": "empty"}
    rows = [f"| `microwins {name}` | {found[name] / found[base]:.2f} |" for name, base in bases.items()]
    return "\n".join(
        [
            "| beginning, installed | × an empty Click program, `--help` × its `--help` |",
            "| :-- | --: |",
            *rows,
        ]
    )


def _seconds(words: Sequence[str], added: Mapping[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, env={**os.environ, **added}, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=9)
    print(table(measure(parser.parse_args(words).rounds)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
