"""One writer per vault and machine."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from ..parsers.digests import sha256
from .errors import StateFailed, VaultBusy

_MINUTE = len("2026-11-20 09:30")
# Asking who holds the lock takes it for an instant; whoever wants it meanwhile waits that long.
_PATIENCE = 0.25


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that writes a vault; `pid` is 0 where it could not be read."""

    pid: int
    command: str
    since: str

    def __str__(self) -> str:
        """Say who it is, as the subject of a sentence."""
        if not self.pid:
            return "Another process"
        return f"Process {self.pid} ({self.command}, since {self.since.replace('T', ' ')[:_MINUTE]})"


_BUSY = "Wait until it is done, or stop it."
_WATCHED = (
    "It keeps the notes up to date by itself: nothing is to be done. To write from here, stop it first."
)


class VaultLock:
    """The right to write `vault`, kept in the machine's `state_dir` and never in the vault.

    The operating system frees it when its holder dies, however that happens.
    """

    def __init__(self, state_dir: Path, vault: Path) -> None:
        key = sha256(os.fsencode(os.path.normcase(os.path.realpath(vault)))).hexdigest()[:16]
        self._vault = vault
        self._card = state_dir / "locks" / f"{key}.json"
        self._file = self._card.with_suffix(".lock")
        # Taken by one thread of the daemon, given back by another.
        self._lock = FileLock(self._file, thread_local=False)

    def acquire(self, command: str, started: str) -> Self:
        """Take the lock for `command`, running since `started` (ISO time); raise `VaultBusy` if it is held."""
        if not self._taken(_PATIENCE):
            holder = self._read_card()
            raise VaultBusy(
                f"{holder} is writing {self._vault}.", _WATCHED if holder.command == "watch" else _BUSY
            )
        self._write_card(Holder(os.getpid(), command, started))
        return self

    def release(self) -> None:
        """Give the lock back; without holding it, do nothing."""
        if self._lock.is_locked:
            self._card.unlink(missing_ok=True)
            self._lock.release(force=True)

    def holder(self) -> Holder | None:
        """Return who holds the lock now, or None; what a killed process left behind does not count."""
        if not self._file.exists():
            return None
        if not self._lock.is_locked and self._taken(0):
            self._lock.release()
            return None
        return self._read_card()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _taken(self, seconds: float) -> bool:
        """Try for `seconds` to take the lock, and tell whether it is ours."""
        try:
            self._card.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=seconds)
        except Timeout:
            return False
        except OSError as error:
            raise StateFailed(
                f"{self._file} cannot be opened: {error.strerror}.", "Make that folder writable."
            ) from error
        return True

    def _read_card(self) -> Holder:
        """Return what the holder wrote about itself."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            card = json.loads(self._card.read_text(encoding="utf-8"))
            return Holder(int(card["pid"]), str(card["command"]), str(card["since"]))
        return Holder(0, "", "")

    def _write_card(self, holder: Holder) -> None:
        """Say who holds the lock; a card that cannot be written costs only the name in a message."""
        with suppress(OSError):
            self._card.write_text(json.dumps(asdict(holder)) + "\n", encoding="utf-8")
