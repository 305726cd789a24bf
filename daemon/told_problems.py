"""Which problems of a vault were told by the last `sync`: what lasts is told once, and only counted after that.

It lies in the machine's state folder. Without it everything is told again, and nothing else is lost.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ..parsers.problem import Problem
from .cache_file import vault_key


class ToldProblems:
    """The memory of one vault; a problem that goes and comes back is told again."""

    def __init__(self, state: Path, vault: Path) -> None:
        self._file = state / f"told-{vault_key(vault)}.json"

    def fresh(self, problems: Sequence[Problem]) -> list[Problem]:
        """Return those that were not told last time; from here on all of them were."""
        told, now = self._read(), sorted(set(map(_key, problems)))
        if now != told:
            self._write(now)
        return [one for one in problems if _key(one) not in told]

    def _read(self) -> list[str]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return []
        return [str(one) for one in found] if isinstance(found, list) else []

    def _write(self, keys: Sequence[str]) -> None:
        draft = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(keys) + "\n", encoding="utf-8")
            draft.replace(self._file)


def _key(problem: Problem) -> str:
    """Return what a problem is known by: its line moves with what stands above it."""
    return json.dumps([problem.path, problem.code, problem.message])
