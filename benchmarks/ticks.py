"""Measure ticks from the outside: `python benchmarks/ticks.py [--notes 1000 10000] [--ticks 100]`.

A real `watch` follows a vault with `quiet = 0.5`; an editor saves a daily note with one box turned, and the time is
taken until the last touched note has its new text in its place. The quiet time is taken off, counted from the save, and
nothing else. After each tick as many bare writes follow, each a temporary file, fsync and rename: what the disk takes for
them is no work of ours. Linux only.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # or `benchmarks` is not found

from benchmarks.generate import LAST_DAY, generate
from benchmarks.idle import watching
from benchmarks.sync import bare_write, toggled, walk

LOOK, REST, MOST, QUIET = 0.0002, 0.3, 10.0, 0.5
"""Seconds between two looks at the notes, of rest after a tick, after which it is given up, and of the quiet time."""


def measure(notes: int, count: int) -> tuple[list[float], list[float], int]:
    """Return the seconds of each tick, those of as many bare writes, and how many notes one tick touches."""
    with tempfile.TemporaryDirectory() as folder:
        vault, home = Path(folder) / "vault", Path(folder) / "home"
        generate(vault, notes)
        settings = vault / ".microwins.toml"
        settings.write_text(f"quiet = {QUIET:g}\n{settings.read_text(encoding='utf-8')}", encoding="utf-8")
        day = next((vault / "Diary").rglob(f"{LAST_DAY}.md"))
        with watching(vault, home, "--today", str(LAST_DAY)):
            touched = _touched(vault, day)
            ticks, bare = [], []
            for number in range(1, count + 1):
                ticks.append(_tick(day, touched, number))
                start = perf_counter()
                for _ in touched:
                    bare_write(home, day.read_bytes())
                bare.append(perf_counter() - start)
                sleep(REST)
        return ticks, bare, len(touched)


def _touched(vault: Path, day: Path) -> list[str]:
    """Return the notes that a tick makes the watch write, by making one and waiting until all is still."""
    before = {path: status.st_ino for path, status in walk(vault)}
    day.write_bytes(toggled(day.read_bytes(), 0))
    sleep(MOST / 5)
    return [path for path, status in walk(vault) if status.st_ino != before[path]]


def _tick(day: Path, touched: Sequence[str], number: int) -> float:
    inodes = {path: Path(path).stat().st_ino for path in touched}
    data = toggled(day.read_bytes(), 0)
    day.write_bytes(data)
    start = perf_counter()
    sleep(QUIET - 0.05)
    while inodes and perf_counter() - start < MOST:
        inodes = {path: inode for path, inode in inodes.items() if Path(path).stat().st_ino == inode}
        sleep(LOOK)
    if inodes:
        raise SystemExit(f"tick {number}: {sorted(inodes)} not written after {MOST:g} s")
    return perf_counter() - start - QUIET


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--notes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--ticks", type=int, default=100)
    chosen = parser.parse_args(words)
    print("| a tick, from outside, in | p50 ms | p99 ms | notes | bare writes, p50 ms | p50 ÷ bare |")
    print("| :-- | --: | --: | --: | --: | --: |")
    for notes in chosen.notes:
        ticks, bare, touched = measure(notes, chosen.ticks)
        worst = sorted(ticks)[int(len(ticks) * 0.99)]
        middle, least = median(ticks), median(bare)
        print(
            f"| {notes:,} notes | {middle * 1e3:.1f} | {worst * 1e3:.1f} | {touched} | {least * 1e3:.1f} | {middle / least:.1f} |",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
