"""Measure a pass and a tick: `python benchmarks/sync.py [--notes 10000] [--rounds 5]`.

All rows of a round are measured one after another, so that a busy machine slows all of them alike: trust the ratios.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # or `benchmarks` is not found

from benchmarks.generate import LAST_DAY, generate
from microwins.daemon.clock import system_clock
from microwins.daemon.cycles import spare_what_is_known
from microwins.daemon.keeper import Keeper
from microwins.daemon.updating import full_pass
from microwins.daemon.wiring import Machine, open_session

READ, WALK, COLD, AGAIN, KEPT = (
    "read every note",
    "stat walk",
    "sync, cold: read, figures, plan, write",
    "sync, nothing changed",
    "daemon's rescan, nothing changed",
)
SMALL = 1000
OLD = 60 * 10**9
_BOX = re.compile(rb"- \[[ x]\] ")


@dataclass(frozen=True, slots=True)
class Ticks:
    """Seconds from a changed box on the disk to the last touched note written, and how many notes that were.

    `cpu` is the processor's part of it; `bare` are the seconds that as many bare writes take, each a temporary file,
    fsync and rename, just after the tick.
    """

    seconds: tuple[float, ...]
    written: float
    cpu: tuple[float, ...]
    bare: tuple[float, ...]

    @property
    def cpu_p50(self) -> float:
        return median(self.cpu)

    @property
    def cpu_p99(self) -> float:
        return sorted(self.cpu)[int(len(self.cpu) * 0.99)]

    @property
    def bare_p50(self) -> float:
        return median(self.bare)

    @property
    def p50(self) -> float:
        return median(self.seconds)

    @property
    def p99(self) -> float:
        return (
            quantiles(self.seconds, n=100, method="inclusive")[98]
            if len(self.seconds) > 1
            else self.seconds[0]
        )


@dataclass
class Measured:
    """The seconds of each row, one for each round, and what the first cold pass wrote."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    written: int = 0

    def take(self, name: str, action: Callable[[], object]) -> None:
        start = perf_counter()
        action()
        self.seconds.setdefault(name, []).append(perf_counter() - start)

    def median(self, name: str) -> float:
        return median(self.seconds[name])


@contextmanager
def keeper_of(vault: Path, cache: Path | None = None) -> Iterator[Keeper]:
    """Open a vault on a machine of its own; without `cache` nothing was ever seen of it."""
    with tempfile.TemporaryDirectory() as fresh:
        machine = Machine({}, system_clock, Path(fresh), cache or Path(fresh))
        yield open_session(machine, vault, LAST_DAY).keeper()


def rescan(keeper: Keeper) -> None:
    """Do what the daemon does on its timer."""
    for path in keeper.changed_since():
        keeper.read_one(path)
    keeper.write(keeper.plan())


def walk(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield every note with its status: the least that any answer to “what changed?” costs in Python."""
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif entry.name.endswith(".md"):
                    yield entry.path, entry.stat(follow_symlinks=False)


def read_notes(folder: Path) -> int:
    """Read every note once, with as few calls as it takes."""
    size = 0
    for path, status in walk(folder):
        descriptor = os.open(path, os.O_RDONLY)
        size += len(os.read(descriptor, status.st_size + 1))
        os.close(descriptor)
    return size


def measure_passes(vault: Path, rounds: int) -> Measured:
    """Measure all rows, round by round; the notes that a cold pass wrote are put back before the next one."""
    measured = Measured()
    for _ in range(rounds):
        before = {path: Path(path).read_bytes() for path, _ in walk(vault)}
        with tempfile.TemporaryDirectory() as cache:
            measured.take(READ, lambda: read_notes(vault))
            measured.take(WALK, lambda: sum(1 for _ in walk(vault)))
            with keeper_of(vault, Path(cache)) as keeper:
                measured.take(COLD, lambda: full_pass(keeper, write=True))
            with keeper_of(vault, Path(cache)) as keeper:
                measured.take(AGAIN, lambda: full_pass(keeper, write=True))
                measured.take(KEPT, lambda: rescan(keeper))
        measured.written = _put_back(before)
    return measured


def measure_ticks(vault: Path, count: int) -> Ticks:
    """Change one box of the last daily note at a time, as an editor would, and let the keeper follow."""
    note = next((vault / "Diary").rglob(f"{LAST_DAY}.md"))
    path = note.relative_to(vault).as_posix()
    seconds, cpu, bare, written = [], [], [], 0
    with keeper_of(vault) as keeper, tempfile.TemporaryDirectory(dir=vault.parent) as beside:
        full_pass(keeper, write=True)
        spare_what_is_known()  # as watch does when it has caught up
        for number in range(count):
            note.write_bytes(toggled(note.read_bytes(), number))
            start, used = perf_counter(), process_time()
            keeper.read_one(path, seen_live=True)
            outcome = keeper.write(keeper.plan())
            seconds.append(perf_counter() - start)
            cpu.append(process_time() - used)
            start = perf_counter()
            for _ in outcome.written:
                bare_write(Path(beside), note.read_bytes())
            bare.append(perf_counter() - start)
            written += len(outcome.written)
    return Ticks(tuple(seconds), written / count, tuple(cpu), tuple(bare))


def bare_write(folder: Path, data: bytes) -> None:
    """Replace a file as whoever wants it whole on the disk has to."""
    descriptor = os.open(folder / "new", os.O_CREAT | os.O_WRONLY)
    os.write(descriptor, data)
    os.fsync(descriptor)
    os.close(descriptor)
    (folder / "new").rename(folder / "old")


def toggled(data: bytes, number: int) -> bytes:
    """Return the note with one box of its `today` block the other way round."""
    begin = data.index(b"microwins:today")
    boxes = [match.start() + 3 for match in _BOX.finditer(data, begin, data.index(b"/microwins", begin))]
    place = boxes[number % len(boxes)]
    return data[:place] + (b"x" if data[place : place + 1] == b" " else b" ") + data[place + 1 :]


def _put_back(before: dict[str, bytes]) -> int:
    changed = [path for path, data in before.items() if Path(path).read_bytes() != data]
    for path in changed:
        Path(path).write_bytes(before[path])
        status = Path(path).stat()
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - OLD))
    return len(changed)


def pass_table(measured: Measured) -> str:
    read, stat = measured.median(READ), measured.median(WALK)
    rows = ["| what | seconds | × read every note | × stat walk |", "| :-- | --: | --: | --: |"]
    for name in (READ, WALK, COLD, AGAIN, KEPT):
        seconds = measured.median(name)
        rows.append(f"| {name} | {seconds:.3f} | {seconds / read:.2f} | {seconds / stat:.1f} |")
    return "\n".join(rows)


def tick_table(ticks: Sequence[tuple[int, Ticks]]) -> str:
    least = ticks[0][1]
    rows = [
        "| tick, in a vault of | p50 ms | p99 ms | notes written | p50 × the first row |",
        "| :-- | --: | --: | --: | --: |",
    ]
    for notes, found in ticks:
        rows.append(
            f"| {notes:,} notes | {found.p50 * 1e3:.1f} | {found.p99 * 1e3:.1f} | {found.written:.1f} | {found.p50 / least.p50:.2f} |"
        )
    return "\n".join(rows)


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ticks", type=int, default=200)
    chosen = parser.parse_args(words)
    ticks = []
    with tempfile.TemporaryDirectory() as folder:
        for notes in sorted({min(SMALL, chosen.notes), chosen.notes}):
            vault = Path(folder) / str(notes)
            size = generate(vault, notes)
            if notes == chosen.notes:
                measured = measure_passes(vault, chosen.rounds)
                print(
                    f"{notes:,} notes, {size / 1e6:.1f} MB, {chosen.rounds} rounds; a cold pass writes {measured.written} notes\n"
                )
                print(pass_table(measured), end="\n\n")
            ticks.append((notes, measure_ticks(vault, chosen.ticks)))
    print(tick_table(ticks))
    return 0


if __name__ == "__main__":
    sys.exit(main())
