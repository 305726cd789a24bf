"""Measure reading a vault for the first time, a start after it, and the scanner: `python benchmarks/cold.py [--large]`.

One table of ratios for 1,000 and 10,000 notes, with `--large` for 100,000 too. Seconds of processor time of this one
process, but for what several processes do at once; the rows of a round follow one another, and of each row the least
is taken.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # or `benchmarks` is not found

from benchmarks.generate import generate
from benchmarks.sync import keeper_of, read_notes, walk
from microwins.daemon import intake
from microwins.parsers.box_lines import BoxLine, read_box_lines
from microwins.parsers.structure import judged_structure, may_hold_task, read_structure
from microwins.parsers.tasks import read_tasks

SIZES, LARGE = (1_000, 10_000), 100_000
BOXES = r"^\s*(?:[-*+]|\d+[.)]) \[.\] "
_MEMORY = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from benchmarks.sync import keeper_of
with keeper_of(Path(sys.argv[1]), Path(sys.argv[2])) as keeper:
    keeper.read_all()
    keeper.figures().days  # worked out when somebody asks, as `status` does
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


class Rows:
    """The least seconds of each row."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def take(
        self, name: str, action: Callable[[], object], clock: Callable[[], float] = process_time
    ) -> None:
        start = clock()
        action()
        self.seconds[name] = min(clock() - start, self.seconds.get(name, float("inf")))

    def ratio(self, name: str, base: str) -> str:
        if name not in self.seconds or base not in self.seconds:
            return "–"
        return f"{self.seconds[name] / self.seconds[base]:.2f}"


def measure(vault: Path, rounds: int) -> tuple[Rows, list[int]]:
    """Measure all rows in a vault whose notes nobody has just written; return the peak memory of a cold and a warm start too."""
    rows, memory = Rows(), []
    for path, status in walk(vault):
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - 60 * 10**9))
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as cache:
            rows.take("read", lambda: read_notes(vault))
            rows.take("walk", lambda: sum(1 for _ in walk(vault)))
            if shutil.which("rg"):
                rows.take("rg", lambda: search(vault), perf_counter)
            for name in ("cold", "again"):
                with keeper_of(vault, Path(cache)) as keeper, one_process():
                    rows.take(name, keeper.read_all)
                    rows.take(f"{name}, figures", keeper.figures)
        with tempfile.TemporaryDirectory() as cache, keeper_of(vault, Path(cache)) as keeper:
            rows.take("cold, all processors", keeper.read_all, perf_counter)
    measure_scanner(vault, rows)
    with tempfile.TemporaryDirectory() as cache:
        root = str(Path(__file__).resolve().parents[1])
        for _ in range(2):
            command = [sys.executable, "-c", _MEMORY, str(vault), cache, root]
            memory.append(int(subprocess.run(command, capture_output=True, check=True).stdout) // 1024)
    return rows, memory


@contextmanager
def one_process() -> Iterator[None]:
    """Have all notes read by this process, however many there are."""
    worth, intake._WORTH_SHARING = intake._WORTH_SHARING, sys.maxsize
    try:
        yield
    finally:
        intake._WORTH_SHARING = worth


def search(vault: Path) -> None:
    """Let ripgrep count the lines with boxes."""
    subprocess.run(["rg", "-j1", "-c", BOXES, str(vault)], capture_output=True, check=False)


def measure_scanner(vault: Path, rows: Rows, most: int = 3000, rounds: int = 3) -> None:
    """Hold the scanner against markdown-it-py's block rules on the same notes; a note that differs is an error.

    What a first reading asks of an ordinary note are its boxes, so that is the first row, with all that the look
    at the boxes leaves to the line scanner or to markdown-it-py.
    """
    paths = [Path(path) for path, _ in walk(vault)][:most]
    texts = [path.read_bytes().decode("utf-8", "surrogateescape") for path in paths]
    for turn in range(rounds):
        if not turn:
            rows.take("judge", lambda: [judged_structure(text) for text in texts])
        rows.take("boxes", lambda: [boxes_of(text) for text in texts])
        rows.take("scanner", lambda: [read_structure(text) for text in texts if may_hold_task(text)])
        rows.take("scanner, every note", lambda: [read_structure(text) for text in texts])
    differing = [path for path, text in zip(paths, texts, strict=True) if differs(text)]
    if differing:
        raise SystemExit(f"{len(differing)} notes are read differently, the first is {differing[0]}")


def boxes_of(text: str) -> list[BoxLine]:
    """Return the boxes of a note in the fastest way that is sure of them."""
    found = read_box_lines(text)
    return found if found is not None else [(one.line, one.symbol, one.body) for one in read_tasks(text)]


def differs(text: str) -> bool:
    """Return whether any way of reading a note says anything else than markdown-it-py does."""
    judged = judged_structure(text)
    boxes = [(one.line, one.box, one.body) for one in judged.items if one.box is not None]
    return read_structure(text) != judged or boxes_of(text) != boxes


def table(found: dict[int, tuple[Rows, list[int]]]) -> str:
    lines = [
        ("cold read into the index ÷ read every note", "cold", "read"),
        ("cold read into the index ÷ rg -j1 -c (its wall time)", "cold", "rg"),
        ("the same on all processors, wall time ÷ rg -j1 -c", "cold, all processors", "rg"),
        ("start, nothing changed ÷ stat walk", "again", "walk"),
        ("figures after such a start ÷ stat walk", "again, figures", "walk"),
        ("markdown-it-py ÷ scanner, the boxes of each note", "judge", "boxes"),
        ("markdown-it-py ÷ scanner, all of the notes with boxes", "judge", "scanner"),
        ("markdown-it-py ÷ scanner, all of every note", "judge", "scanner, every note"),
    ]
    head = [
        "| ratio | " + " | ".join(f"{size:,} notes" for size in found) + " |",
        "| :-- |" + " --: |" * len(found),
    ]
    body = [
        f"| {name} | " + " | ".join(rows.ratio(one, base) for rows, _ in found.values()) + " |"
        for name, one, base in lines
    ]
    peaks = [
        f"| peak memory of a {name} start, MB | "
        + " | ".join(str(memory[place]) for _, memory in found.values())
        + " |"
        for place, name in enumerate(("cold", "warm"))
    ]
    return "\n".join([*head, *body, *peaks])


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--large", action="store_true", help="100,000 notes too")
    parser.add_argument("--notes", type=int, action="append", help="these sizes instead")
    chosen = parser.parse_args(words)
    sizes = chosen.notes or [*SIZES, *([LARGE] if chosen.large else [])]
    found = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            generate(Path(folder), size)
            found[size] = measure(Path(folder), chosen.rounds)
    print(table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
