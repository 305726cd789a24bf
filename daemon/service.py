"""Keep `microwins watch` running in the background: one vault's service, installed, removed and asked about.

The calls to a platform's manager go through `run`, so that nothing here needs one to be tested.
"""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .errors import ServiceFailed

Call = tuple[str, ...]
Runner = Callable[[Sequence[str]], subprocess.CompletedProcess[str]]


@dataclass(frozen=True, slots=True)
class ServiceReport:
    """What a service command found or did: lines for a person, `data` for JSON."""

    lines: tuple[str, ...]
    data: dict[str, object]


@dataclass(frozen=True, slots=True)
class Service:
    """One vault's background service: a file, and the calls to the platform's manager.

    `start` must succeed; `prepare`, `stop` and `forget` may fail where there is nothing to undo.
    `links` are what the manager makes beside the file and takes away again if it can be asked.
    """

    name: str
    vault: str
    file: Path
    text: str
    encoding: str
    start: tuple[Call, ...]
    stop: tuple[Call, ...]
    query: Call
    prepare: tuple[Call, ...] = ()
    forget: tuple[Call, ...] = ()
    links: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()

    def print(self) -> ServiceReport:
        """Return the file as it would be written; nothing is written or called."""
        return ServiceReport(
            tuple(self.text.splitlines()), {"name": self.name, "file": str(self.file), "text": self.text}
        )

    def install(self, run: Runner) -> ServiceReport:
        """Write the file and start the service, also over an older one.

        Raise `ServiceFailed` where the manager is missing or refuses: the file is then written,
        and the hint holds the commands to run later.
        """
        self._write()
        for call in self.prepare:
            _attempt(call, run)
        for call in self.start:
            problem = _attempt(call, run)
            if problem:
                raise ServiceFailed(
                    f"{self.file} is written, but the service was not started: {problem}", self._later()
                )
        lines = (
            f"{self.vault} is watched in the background from now on.",
            *self.notes,
            f"The file is at {self.file}.",
        )
        return ServiceReport(lines, self._data(running=True))

    def uninstall(self, run: Runner) -> ServiceReport:
        """Stop the service and remove what `install` left behind, and nothing else.

        Raise `ServiceFailed` where it runs and cannot be stopped; its file then stays.
        """
        if not self.file.exists():
            return ServiceReport((f"No service is installed for {self.vault}.",), self._data(running=False))
        running = not _attempt(self.query, run)
        problems = [_attempt(call, run) for call in self.stop]
        if running and problems[-1]:
            raise ServiceFailed(
                f"{self.name} could not be stopped: {problems[-1]}", "Stop it, then run this again."
            )
        self._remove()
        for call in self.forget:
            _attempt(call, run)
        lines = (f"{self.vault} is no longer watched in the background.", f"Removed {self.file}.")
        return ServiceReport(lines, self._data(running=False))

    def status(self, run: Runner) -> ServiceReport:
        """Return whether the service is installed, up to date and running."""
        installed = self.file.exists()
        running = installed and not _attempt(self.query, run)
        current = installed and self._is_current()
        if not installed:
            return ServiceReport((f"No service is installed for {self.vault}.",), self._data(running=False))
        lines = [
            f"The service {self.name} is {'running' if running else 'not running'}.",
            f"The file is at {self.file}.",
        ]
        if not current:
            lines.append("It differs from what this version writes; `microwins service install` renews it.")
        return ServiceReport(tuple(lines), {**self._data(running=running), "current": current})

    def _write(self) -> None:
        """Write the file, making its folder."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_bytes(self.text.encode(self.encoding, errors="surrogateescape"))
        except OSError as error:
            hint = "`microwins service print` shows what would have been written."
            raise ServiceFailed(f"{self.file} could not be written: {error.strerror}.", hint) from error

    def _remove(self) -> None:
        """Remove the file, and the links to it that the manager made when it was there to ask."""
        try:
            for link in self.links:
                if link.is_symlink():
                    link.unlink()
            self.file.unlink(missing_ok=True)
        except OSError as error:
            raise ServiceFailed(
                f"{self.file} could not be removed: {error.strerror}.", "Remove it yourself."
            ) from error

    def _is_current(self) -> bool:
        """Tell whether the file is what would be written now."""
        with suppress(OSError):
            return self.file.read_bytes() == self.text.encode(self.encoding, errors="surrogateescape")
        return False

    def _later(self) -> str:
        """Return the commands that finish the work in a session that has a service manager."""
        join = subprocess.list2cmdline if self.query[0] == "schtasks" else shlex.join
        return "Run later, in your own session: " + " && ".join(join(call) for call in self.start)

    def _data(self, *, running: bool) -> dict[str, object]:
        return {
            "name": self.name,
            "file": str(self.file),
            "installed": self.file.exists(),
            "running": running,
        }


def run_call(call: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run one call of a service manager and keep what it says; raise `OSError` where it is missing."""
    return subprocess.run(call, capture_output=True, text=True, errors="replace", check=False, timeout=60)


def _attempt(call: Call, run: Runner) -> str:
    """Make one call; return "" if it succeeded, else what went wrong as the end of a sentence."""
    try:
        done = run(call)
    except FileNotFoundError:
        return f"{call[0]} was not found on this machine."
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{call[0]} did not work ({error})."
    if done.returncode == 0:
        return ""
    said = (done.stderr or done.stdout or "").strip().splitlines()
    return (
        f"{shlex.join(call)} says: {said[0]}" if said else f"{shlex.join(call)} ended with {done.returncode}."
    )
