"""Measure a `watch` with nothing to do: `python benchmarks/idle.py [--notes 1000 10000] [--seconds 60]`.

A real process in a vault that nobody touches: the processor time that it takes, and what its looks at the whole vault
cost, made as rarely as it makes them. Beside it sleeps a control, which then touches two MB of its memory, once and
once more: where the first time takes long, the machine has put what slept out of reach, and what it costs to wake is its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import thread_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # or `benchmarks` is not found

from benchmarks.generate import generate
from benchmarks.sync import keeper_of
from microwins.daemon.following import POLL, RESCAN

SETTLED = 5.0
ROUNDS = 5
_CONTROL = """
import sys, time
held = bytearray(b"x") * (36 << 20)
def touch():
    began = time.process_time()
    sum(held[: 36 << 20 : 72 << 10])
    return time.process_time() - began
touch(), print(flush=True), sys.stdin.readline()
print(touch(), touch())
"""
"""Holds as much memory as a watch, and touches 512 pages of it when it is told to."""


def ticks(pid: int) -> int:
    """Return the processor ticks that a process has taken so far, mostly hundredths of a second."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@contextmanager
def watching(vault: Path, home: Path, *added: str) -> Iterator[int]:
    """Run a `watch` that has caught up, with further words for it; give its number."""
    places = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("STATE", "CACHE", "CONFIG", "DATA")}
    command = [
        sys.executable, "-c", "from microwins.daemon.cli import main; main()", "watch", "--json", "--vault", str(vault), *added,
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, **places}) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if json.loads(line)["data"]["event"] == "written":
                break
        threading.Thread(target=process.stdout.read, daemon=True).start()
        threading.Event().wait(SETTLED)
        yield process.pid
        process.terminate()
        process.wait()


def idle_ticks(vault: Path, home: Path, seconds: float) -> int:
    """Return the ticks that a watch takes in so many seconds in which nothing happens."""
    with watching(vault, home) as pid:
        before = ticks(pid)
        threading.Event().wait(seconds)
        return ticks(pid) - before


@contextmanager
def control() -> Iterator[list[float]]:
    """Have a control sleep meanwhile; give the seconds that touching its memory took then: the first time, and again."""
    took: list[float] = []
    command = [sys.executable, "-c", _CONTROL]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield took
        took += map(float, process.communicate("\n")[0].split())


def look_seconds(vault: Path) -> float:
    """Return the processor's seconds for one look at the whole vault, in which nothing has changed."""
    with keeper_of(vault) as keeper:
        keeper.read_all()
        return median(_timed(keeper.changed_since) for _ in range(ROUNDS))


def _timed(action: object) -> float:
    assert callable(action)
    began = thread_time()
    action()
    return thread_time() - began


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--notes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--seconds", type=float, default=60)
    chosen = parser.parse_args(words)
    print("notes   ticks idle   control, and again   one look   share, told   share, polling")
    for notes in chosen.notes:
        with tempfile.TemporaryDirectory() as folder:
            vault = Path(folder) / "vault"
            generate(vault, notes)
            with control() as slept:
                idle = idle_ticks(vault, Path(folder), chosen.seconds)
            look = look_seconds(vault)
        told, polling = look / max(RESCAN, look * 1000), look / max(POLL, look * 50)
        print(
            f"{notes:>6}  {idle:>5} in {chosen.seconds:g} s  {slept[0] * 1000:>6.2f} ms {slept[1] * 1000:>6.2f} ms"
            f"  {look * 1000:>5.0f} ms  {told:>9.4%}  {polling:>9.2%}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
