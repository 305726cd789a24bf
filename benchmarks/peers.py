"""Run other programs on the same notes, cold: `python benchmarks/peers.py [--notes 1000 | --vault FOLDER] [--most 600]`.

Each is installed into a virtual environment that is thrown away, and works on a copy of the vault with a home folder of
its own; `--python` names the Python for them (basic-memory needs 3.12). Timed is the whole reading, from the start of
the process: obsidiantools connects and gathers, basic-memory adds the folder and indexes its words, since its other
index asks a hub for a model. A program that cannot be installed, fails or takes longer than `--most` seconds is told
as such. Beside ours stands what ripgrep takes to count the lines with a box, which no program is to be faster than.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # or `benchmarks` is not found

from benchmarks.cold import search
from benchmarks.generate import generate
from benchmarks.sync import keeper_of

NOTES, MOST = 1_000, 600
_GATHER = (
    "import pathlib, sys, obsidiantools.api as api; api.Vault(pathlib.Path(sys.argv[1])).connect().gather()"
)
PEERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "obsidiantools": (("{python}", "-c", _GATHER, "{vault}"),),
    "basic-memory": (
        ("{bin}/basic-memory", "project", "add", "measured", "{vault}"),
        ("{bin}/basic-memory", "reindex", "--search", "--project", "measured"),
    ),
}


@dataclass(frozen=True, slots=True)
class Result:
    """The seconds that a program took for all notes, or why there are none; ours for the same notes, and ripgrep's."""

    name: str
    seconds: float | None
    ours: float
    search: float | None = None
    reason: str = ""


def measure(
    notes: int = NOTES, most: float = MOST, python: str = sys.executable, own: Path | None = None
) -> list[Result]:
    """Run each program on a vault of so many notes, or on a copy of an `own` one; ours reads it just before."""
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder) / "vault"
        if own is None:
            generate(vault, notes)
        else:
            shutil.copytree(own, vault)
        return [_result(name, vault, Path(folder) / name, most, python) for name in PEERS]


def _result(name: str, vault: Path, place: Path, most: float, python: str) -> Result:
    ours = min(_own_seconds(vault) for _ in range(3))
    least = min(_search_seconds(vault) for _ in range(3)) if shutil.which("rg") else None
    copy = shutil.copytree(vault, place / "copy")
    binaries = place / "venv/bin"
    subprocess.run([python, "-m", "venv", str(place / "venv")], check=True)
    try:
        pip = [str(binaries / "pip"), "install", "-q", name]
        subprocess.run(pip, check=True, capture_output=True, timeout=most)
        start = perf_counter()
        for words in PEERS[name]:
            filled = [word.format(python=binaries / "python", bin=binaries, vault=copy) for word in words]
            left = most - (perf_counter() - start)
            environment = {**os.environ, "HOME": str(place), "BASIC_MEMORY_SEMANTIC_SEARCH_ENABLED": "false"}
            subprocess.run(filled, check=True, capture_output=True, timeout=left, env=environment)
        return Result(name, perf_counter() - start, ours, least)
    except subprocess.TimeoutExpired:
        return Result(name, None, ours, least, f"not done after {most:.0f} s")
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()[-1:]
        return Result(name, None, ours, least, " ".join(["could not be run:", *said])[:120])


def _own_seconds(vault: Path) -> float:
    with keeper_of(vault) as keeper:
        start = perf_counter()
        keeper.read_all()
        keeper.figures()
        return perf_counter() - start


def _search_seconds(vault: Path) -> float:
    start = perf_counter()
    search(vault)
    return perf_counter() - start


def table(found: Sequence[Result]) -> str:
    """Return the rows of a table: how many times what ours takes, and what ripgrep does."""
    rows = ["| other program, first reading | × ours | × rg -j1 -c |", "| :-- | --: | --: |"]
    for one in found:
        ratio = one.reason if one.seconds is None else f"{one.seconds / one.ours:,.0f}"
        rows.append(f"| {one.name} | {ratio} | {_times_search(one)} |")
    return "\n".join(rows)


def _times_search(one: Result) -> str:
    return "" if one.seconds is None or one.search is None else f"{one.seconds / one.search:,.0f}"


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--notes", type=int, default=NOTES)
    parser.add_argument("--vault", type=Path, help="copy this vault instead of making one")
    parser.add_argument("--only", choices=PEERS, help="run this program alone")
    parser.add_argument("--most", type=float, default=MOST, help="seconds that each program may take")
    parser.add_argument("--python", default=sys.executable, help="the Python that the other programs get")
    chosen = parser.parse_args(words)
    for name in [name for name in PEERS if chosen.only not in (None, name)]:
        del PEERS[name]
    print(table(measure(chosen.notes, chosen.most, chosen.python, chosen.vault)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
