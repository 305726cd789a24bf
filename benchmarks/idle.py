"""Measure a `watch` with nothing to do: `python benchmarks/idle.py [--notes 1000 10000] [--seconds 60]`.

A real process in a vault that nobody touches: how often one of its threads is woken, the processor time that it takes,
and what its looks at the whole vault cost, made as rarely as it makes them.
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


def woken(pid: int) -> int:
    """Return how often a thread of a process has slept or been put aside so far."""
    found = (task / "status" for task in Path(f"/proc/{pid}/task").iterdir())
    lines = (line for status in found for line in status.read_text(encoding="ascii").splitlines())
    return sum(int(line.split()[1]) for line in lines if "ctxt_switches" in line)


def at_rest(vault: Path, home: Path, seconds: float) -> tuple[int, int]:
    """Return how often a watch is woken, and the ticks that it takes, in so many seconds in which nothing happens."""
    with watching(vault, home) as pid:
        before = woken(pid), ticks(pid)
        threading.Event().wait(seconds)
        return woken(pid) - before[0], ticks(pid) - before[1]


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
    print(f"in {chosen.seconds:g} s\nnotes   woken   ticks   one look   share, told   share, polling")
    for notes in chosen.notes:
        with tempfile.TemporaryDirectory() as folder:
            vault = Path(folder) / "vault"
            generate(vault, notes)
            times, idle = at_rest(vault, Path(folder), chosen.seconds)
            look = look_seconds(vault)
        told, polling = look / max(RESCAN, look * 1000), look / max(POLL, look * 50)
        print(f"{notes:>6}  {times:>5}   {idle:>5}   {look * 1000:>5.0f} ms  {told:>9.4%}   {polling:>9.2%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
