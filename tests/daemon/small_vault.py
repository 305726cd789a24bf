"""A small vault in a temporary folder, on a machine whose clock stands where the test puts it."""

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from microwins.daemon.clock import DayClock
from microwins.daemon.keeper import Keeper
from microwins.daemon.outcome import Outcome
from microwins.daemon.updating import settle
from microwins.daemon.wiring import Machine, Session, open_session
from microwins.parsers.problem import Problem

TODAY = date(2026, 3, 4)
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
SETTINGS = 'timezone = "UTC"\nquiet = "2s"\n'
GOAL = "Goals/Book.md"
GOAL_TEXT = """---
type: goal
---
# Book

## Micro-wins
- Write 300 words 🔁 every day
- Read a page 🔁 every day

## Steps
- [x] Outline ✅ 2026-03-01
- [ ] Chapter one
"""
DAY = f"{TODAY}.md"
DAY_TEXT = "# Wednesday\n\nMy own words.\n\n- [ ] Write 300 words\n- [ ] Read a page\n"


@dataclass
class SmallVault:
    """A vault's folder, and the time that it is there."""

    root: Path
    now: datetime = NOW
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def session(self) -> Session:
        """The vault as a command opens it."""
        places = self.root.parent
        machine = Machine(self.environment, lambda: self.now, places / "state", places / "cache")
        return open_session(machine, self.root, None)

    @property
    def clock(self) -> DayClock:
        """The clock of the vault."""
        return self.session.clock

    def unread(self) -> Keeper:
        """Return a keeper that has read nothing yet, with the settings as they are now."""
        return self.session.keeper()

    def keeper(self) -> Keeper:
        """Return a keeper that has read the whole vault."""
        keeper = self.unread()
        keeper.read_all()
        return keeper

    def settle(self) -> Outcome:
        """Make one pass with a keeper of its own."""
        keeper = self.keeper()
        try:
            return settle(keeper)
        finally:
            keeper.close()

    def write(self, path: str, text: str | bytes, when: datetime | None = None) -> Path:
        """Write a note as an editor does, and put its time stamp where the vault's clock is, or at `when`."""
        note = self.root / path
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_bytes(text.encode() if isinstance(text, str) else text)
        moment = (when or self.now).timestamp()
        os.utime(note, (moment, moment))
        return note

    def text(self, path: str) -> str:
        """Return a note's text."""
        return (self.root / path).read_bytes().decode()

    def swap(self, path: str, old: str, new: str) -> None:
        """Change one place in a note, in place."""
        text = self.text(path)
        assert text.count(old) == 1, text
        self.write(path, text.replace(old, new))

    def times(self) -> dict[str, int]:
        """Return when each file was last written."""
        return {path: (self.root / path).stat().st_mtime_ns for path in self.contents()}

    def contents(self) -> dict[str, bytes]:
        """Return every file of the vault with its bytes."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }


def small_vault(folder: Path, settings: str = SETTINGS) -> SmallVault:
    """Make a vault with its settings, one goal and today's note in `folder`."""
    vault = SmallVault(folder / "vault")
    vault.write(".microwins.toml", settings)
    vault.write(GOAL, GOAL_TEXT)
    vault.write(DAY, DAY_TEXT)
    return vault


def problems_of(keeper: Keeper) -> set[tuple[str, str]]:
    """Return what is wrong in the vault, as pairs of path and code."""
    return codes(keeper.problems(keeper.figures()))


def codes(problems: list[Problem] | tuple[Problem, ...]) -> set[tuple[str, str]]:
    """Return problems as pairs of path and code."""
    return {(problem.path, problem.code) for problem in problems}
