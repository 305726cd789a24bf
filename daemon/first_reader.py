"""A process that reads a large vault into the index for another one: what that takes is given back when it ends.

A program that stays would never shrink again: what is left of a reading lies between what is kept.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread

from .own_process import command
from .progress import is_shown, show_progress

WORTH_IT = 20_000
"""Notes from which on what a reading leaves behind is more than starting a process costs."""

_COMMAND = command(__name__)


@dataclass(frozen=True, slots=True)
class FirstReader:
    """What the other process is told: the vault, where things are kept on this machine, and whether to show how far it is."""

    root: Path
    environment: Mapping[str, str]
    state: Path
    cache: Path
    today: date

    def read(self) -> bool:
        """Have the vault read, and wait; return whether that came to its end. What is missing in the index is read by whoever asks."""
        import subprocess  # loads much, and few vaults are that large

        message = pickle.dumps((self, is_shown()))
        errors = None if is_shown() else subprocess.DEVNULL
        try:
            with subprocess.Popen(
                _COMMAND, stdin=subprocess.PIPE, stderr=errors, start_new_session=True
            ) as process:
                if process.stdin is not None:
                    process.stdin.write(message)
                    process.stdin.flush()
                return process.wait() == 0
        except OSError:
            return False


def main() -> None:
    """Read the vault of which the input tells, and end at once if whoever asked does.

    What goes wrong is not told here: whoever asked reads what is missing, and tells.
    """
    try:
        order, progress = pickle.load(sys.stdin.buffer)
        Thread(target=_end_with_who_asked, daemon=True).start()
        show_progress(sys.stderr if progress else None)
        _read(order)
    except Exception:
        sys.exit(1)


def _read(order: FirstReader) -> None:
    from .clock import system_clock
    from .wiring import Machine, open_session

    machine = Machine(order.environment, system_clock, order.state, order.cache)
    session = open_session(machine, order.root, order.today)
    session.keeper().read_all()
    session.close()


def _end_with_who_asked() -> None:
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)
