"""Waiting for what other processes and threads do: on their output or on a condition, never for a set time alone."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PATIENCE = 40.0


class Deadline:
    """A point in time by which something must have happened."""

    def __init__(self, seconds: float = PATIENCE) -> None:
        self._at = time.monotonic() + seconds
        self._pause = threading.Event()

    def left(self) -> float:
        """Return the seconds that are left, at least none."""
        return max(0.0, self._at - time.monotonic())

    def check(self, complaint: str) -> None:
        """Fail if the time is up."""
        assert self.left() > 0, complaint

    def pause(self, complaint: str) -> None:
        """Let others run for an instant; fail if the time is up."""
        self.check(complaint)
        self._pause.wait(0.005)


def until(condition: Callable[[], bool], complaint: str, *, patience: float = PATIENCE) -> None:
    """Wait until a condition holds, for so many seconds at most."""
    deadline = Deadline(patience)
    while not condition():
        deadline.pause(complaint)


class Program:
    """`microwins` in a process of its own, its home a folder of the test's; each event is read as it comes.

    `under` is a command that starts it, as one that gives it limits or mounts of its own.
    """

    def __init__(self, home: Path, *words: str, under: Sequence[str] = ()) -> None:
        self._process = subprocess.Popen(
            [*under, sys.executable, "-c", "from microwins.daemon.cli import main; main()", *words],
            env=environment(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._errors: list[str] = []
        self._threads = [
            threading.Thread(target=self._read_lines),
            threading.Thread(target=self._read_errors),
        ]
        for thread in self._threads:
            thread.start()
        self.events: list[dict[str, Any]] = []

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def errors(self) -> str:
        """What it said on standard error; whole once it has ended."""
        return "".join(self._errors)

    def event(self, kind: str, path: str | None = None, *, text: str = "") -> dict[str, Any]:
        """Return the next event of a kind (about a note, with a text); those before it are kept in `events`."""
        deadline = Deadline()
        while True:
            try:
                line = self._lines.get(timeout=deadline.left())
            except queue.Empty:
                raise AssertionError(f"no {kind} {path or ''} came: {self.events} {self.errors}") from None
            assert line, f"it ended before {kind} {path or ''} came: {self.events} {self.errors}"
            event = json.loads(line)["data"]
            self.events.append(event)
            if event["event"] == kind and (path is None or path in event["paths"]) and text in event["text"]:
                return dict(event)

    def take_in(self) -> list[dict[str, Any]]:
        """Take in what was said up to now; return all of it."""
        while not self._lines.empty():
            line = self._lines.get()
            self.events += [json.loads(line)["data"]] if line else []
        return self.events

    def signal(self, number: int) -> int:
        """Send a signal and return the exit code."""
        self._process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Return the exit code once it has ended."""
        code = self._process.wait(PATIENCE)
        for thread in self._threads:
            thread.join(PATIENCE)
        return code

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self.signal(signal.SIGKILL)
        self.wait()
        for stream in (self._process.stdout, self._process.stderr):
            assert stream is not None
            stream.close()

    def _read_lines(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def _read_errors(self) -> None:
        assert self._process.stderr is not None
        self._errors += self._process.stderr


def environment(home: Path) -> dict[str, str]:
    """Return an environment in which nothing of the real home is seen."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("MICROWINS_", "XDG_"))}
    places = {
        "XDG_STATE_HOME": "state",
        "XDG_CACHE_HOME": "cache",
        "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "data",
    }
    return {
        **kept,
        "HOME": str(home),
        "PYTHONUTF8": "1",
        **{key: str(home / name) for key, name in places.items()},
    }


def run_microwins(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    command = [sys.executable, "-c", "from microwins.daemon.cli import main; main()", *words]
    return subprocess.run(
        command,
        env=environment(home),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=PATIENCE * 2,
    )
