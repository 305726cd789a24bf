"""Measure what each hostile text costs: `python benchmarks/hostile.py [--size 100000] [--only WORD]`.

Each stands alone in a vault that is otherwise empty, and is read by `check` and written by `sync`, both without an index
and each in a process of its own. What an empty vault costs is taken off. Linux only.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # or `benchmarks` is not found

from benchmarks.hostile_texts import FILES, TEXTS, Make, Text

SETTINGS = 'dashboard = ""\n'
DAY = "2026-03-04"
LONGEST = 120.0
"""Seconds after which a command is given up."""
SIZE = 100_000
SECONDS, MEGABYTES = 0.1, 50.0
"""What a text may cost beyond an empty vault."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took: seconds of the processor, the most memory in MB, and the codes of what it told."""

    seconds: float
    memory: float
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One text: its size, what `check` and `sync` took beyond an empty vault, and what a plain note of its size takes."""

    name: str
    size: int
    check: Cost
    sync: Cost
    plain: float

    def __str__(self) -> str:
        times = self.check.seconds / self.plain if self.plain > 0 else 0
        told = ", ".join(sorted(set(self.check.told))) or "–"
        memory = max(self.check.memory, self.sync.memory)
        return (
            f"| {self.name} | {self.size / 1000:,.0f} | {self.check.seconds * 1000:.0f} | {times:.1f} "
            f"| {self.sync.seconds * 1000:.0f} | {memory:.0f} | {len(self.check.told)} | {told} |"
        )

    @property
    def is_too_dear(self) -> bool:
        """Whether it costs more than is allowed."""
        most = max(self.check.seconds, self.sync.seconds)
        return most > SECONDS or max(self.check.memory, self.sync.memory) > MEGABYTES


HEAD = (
    "| what | kB | check, ms | × plain note | sync, ms | MB beyond | problems | told |\n"
    "| :-- | --: | --: | --: | --: | --: | --: | :-- |"
)


# In a process of its own


def measured(words: Sequence[str]) -> None:
    """Run a command in this process; print what it took and told."""
    from microwins.daemon.cli import main

    out = io.StringIO()
    before = time.process_time()
    with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
        main(list(words))
    seconds = time.process_time() - before
    told = [problem["code"] for problem in json.loads(out.getvalue()).get("problems", [])]
    print(json.dumps([seconds, most_memory(), told]))


def most_memory() -> float:
    """Return the most memory that this process had, in MB."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


# From outside


def cost(vault: Path, command: str) -> Cost:
    """Return what a command takes in a vault that it has not seen before."""
    with tempfile.TemporaryDirectory() as home:
        places = {f"XDG_{name}_HOME": home for name in ("STATE", "CACHE", "CONFIG", "DATA")}
        words = [sys.executable, __file__, "--measure", f"{command} --json --today {DAY} --vault {vault}"]
        try:
            done = subprocess.run(
                words, env={**os.environ, **places}, capture_output=True, text=True, timeout=LONGEST, check=False
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Cost(LONGEST, 0, ("gave up",))
    if done.returncode:
        return Cost(0, 0, (f"ended with {done.returncode}: {done.stderr[-300:]}",))
    seconds, memory, told = json.loads(done.stdout.splitlines()[-1])
    return Cost(seconds, memory, tuple(told))


@contextlib.contextmanager
def vault_with(make: Make) -> Iterator[Path]:
    """Give a vault that holds what is made."""
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder) / "vault"
        vault.mkdir()
        (vault / ".microwins.toml").write_text(SETTINGS, encoding="utf-8")
        make(vault)
        yield vault


def costs(make: Make, rounds: int, base: tuple[Cost, Cost] | None = None) -> tuple[Cost, Cost, int]:
    """Return what `check` and `sync` take beyond `base`, the medians of some rounds, and the size of what was made."""
    found: dict[str, list[Cost]] = {"check": [], "sync": []}
    for _ in range(rounds):
        with vault_with(make) as vault:
            size = sum(path.lstat().st_size for path in vault.glob("*.md") if path.is_file())
            for command, seen in found.items():
                seen.append(cost(vault, command))
    check, sync = (
        Cost(median(one.seconds for one in seen), median(one.memory for one in seen), seen[0].told)
        for seen in found.values()
    )
    return (*((check, sync) if base is None else map(beyond, (check, sync), base)), size)  # type: ignore[return-value]


def beyond(found: Cost, base: Cost) -> Cost:
    """Return what a cost is beyond another."""
    return Cost(max(0.0, found.seconds - base.seconds), max(0.0, found.memory - base.memory), found.told)


def empty(rounds: int) -> tuple[Cost, Cost]:
    """Return what the two take in an empty vault; asked for beside each row, so that a busy machine slows both alike."""
    check, sync, _ = costs(lambda _vault: None, rounds)
    return check, sync


def note(text: Text, size: int) -> Make:
    """Return what makes a note of a text."""
    return lambda vault: (vault / "Odd.md").write_text(text(size), encoding="utf-8", newline="")


def plain_seconds(size: int, rounds: int, base: tuple[Cost, Cost]) -> float:
    """Return what reading a plain note of a size takes beyond an empty vault."""
    return max(0.001, costs(note(TEXTS["prose"], size), rounds, base)[0].seconds)


def rows(size: int, only: str, rounds: int) -> Iterator[Row]:
    """Yield what each text and each odd file costs."""
    plain = plain_seconds(size, max(3, rounds), empty(rounds))
    for name, make in [*((name, note(text, size)) for name, text in TEXTS.items()), *FILES.items()]:
        if only in name:
            check, sync, found = costs(make, rounds, empty(rounds))
            yield Row(name, found, check, sync, plain)


def main(words: Sequence[str] | None = None) -> int:
    """Print the table; return 3 where something costs more than is allowed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=SIZE, help="characters of each text")
    parser.add_argument("--only", default="", help="only those in whose name this stands")
    parser.add_argument("--rounds", type=int, default=1, help="medians of so many")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    chosen = parser.parse_args(words)
    if chosen.measure:
        measured(chosen.measure.split(" "))
        return 0
    print(HEAD, flush=True)
    dear = []
    for row in rows(chosen.size, chosen.only, chosen.rounds):
        print(row, flush=True)
        dear += [row.name] if row.is_too_dear else []
    print(f"\nBeyond {SECONDS * 1000:.0f} ms or {MEGABYTES:.0f} MB: {', '.join(dear) or 'none'}.")
    return 3 if dear else 0


if __name__ == "__main__":
    sys.exit(main())
