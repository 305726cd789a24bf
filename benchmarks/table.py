"""Print all ratios in one table: `python benchmarks/table.py [--sizes 1000,10000] [--rounds 3] [--peers]`.

For each size a vault is made; a first reading, a start after it, the scanner, memory and ticks are measured in it, each
in the same rounds as what it is held against. A column for the growth from the first size to the last ends each row.
`--peers` runs two other programs on a thousand notes too, if they can be installed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # or `benchmarks` is not found

from benchmarks import cold, peers, startup
from benchmarks.generate import generate
from benchmarks.sync import Ticks, measure_ticks

SIZES = "1000,10000"


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was measured in a vault of one size; memory in MB, of a first reading and of a start after it."""

    rows: cold.Rows
    memory: list[int]
    ticks: Ticks

    def ratio(self, name: str, base: str) -> float | None:
        seconds = self.rows.seconds
        return seconds[name] / seconds[base] if name in seconds and base in seconds else None


ROWS: tuple[tuple[str, str, Callable[[Measured], float | None]], ...] = (
    ("first reading ÷ read every note", "3.5", lambda one: one.ratio("cold", "read")),
    ("first reading ÷ `rg -j1 -c`", "4", lambda one: one.ratio("cold", "rg")),
    (
        "first reading on all processors, wall time ÷ `rg -j1 -c`",
        "2",
        lambda one: one.ratio("cold, all processors", "rg"),
    ),
    ("start, nothing changed ÷ stat walk", "1.5", lambda one: one.ratio("again", "walk")),
    ("figures after such a start ÷ stat walk", "", lambda one: one.ratio("again, figures", "walk")),
    ("markdown-it-py ÷ scanner, the boxes of each note", "25", lambda one: one.ratio("judge", "boxes")),
    ("markdown-it-py ÷ scanner, all of the notes with boxes", "", lambda one: one.ratio("judge", "scanner")),
    ("peak memory of a first reading, MB", "64", lambda one: one.memory[0]),
    ("peak memory of a start, MB", "64", lambda one: one.memory[1]),
    ("tick ÷ the same writes with fsync, p50", "", lambda one: one.ticks.p50 / one.ticks.bare_p50),
    ("tick, processor time p50, ms", "5", lambda one: one.ticks.cpu_p50 * 1e3),
    ("tick, processor time p99, ms", "25", lambda one: one.ticks.cpu_p99 * 1e3),
)


def measure(size: int, rounds: int, ticks: int) -> Measured:
    """Make a vault of this size and measure everything in it."""
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder)
        generate(vault, size)
        rows, memory = cold.measure(vault, rounds)
        return Measured(rows, memory, measure_ticks(vault, ticks))


def table(found: dict[int, Measured]) -> str:
    """Return the rows with their targets, and how much each grows from the first size to the last."""
    lines = [
        "| what | target | " + " | ".join(f"{size:,} notes" for size in found) + " | growth |",
        "| :-- | --: |" + " --: |" * (len(found) + 1),
    ]
    for name, target, value in ROWS:
        values = [value(one) for one in found.values()]
        shown = " | ".join("–" if one is None else f"{one:.3g}" for one in values)
        first, last = values[0], values[-1]
        growth = f"{last / first:.2f}" if first and last and len(values) > 1 else "–"
        lines.append(f"| {name} | {target} | {shown} | {growth} |")
    return "\n".join(lines)


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default=SIZES, help="numbers of notes, with commas between them")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ticks", type=int, default=100)
    parser.add_argument("--peers", action="store_true", help="other programs on 1,000 notes too")
    chosen = parser.parse_args(words)
    sizes = [int(size) for size in chosen.sizes.split(",")]
    print(table({size: measure(size, chosen.rounds, chosen.ticks) for size in sizes}), end="\n\n")
    print(startup.table(startup.measure(3 * chosen.rounds)))
    if chosen.peers:
        print()
        print(peers.table(peers.measure()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
