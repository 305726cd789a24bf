"""Small vaults, and the command line run inside the test's own process with a clock that stands still."""

import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from microwins.daemon.cli import run
from microwins.daemon.wiring import Machine

TODAY = date(2026, 11, 20)
NOTE = f"Journal/{TODAY}.md"
GOAL = "Goals/Write a book.md"
SETTINGS = 'timezone = "UTC"\n\n[daily]\nfolder = "Journal"\n'
GOAL_TEXT = """---
type: goal
identity: writer
---
# Write a book

## Micro-wins
- Write 300 words 🔁 every weekday
- Open the draft for 2 minutes #frog 🔁 every day
- Read a page 🔁 every day [after:: Write 300 words]

## Steps
- [x] Outline ✅ 2026-01-04
- [ ] Chapter one
- [ ] Chapter two
"""


@dataclass(frozen=True)
class Result:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """Standard output as one JSON object; anything more or less fails."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def data(self) -> dict[str, Any]:
        """The data of a command that went well."""
        assert self.document["ok"] is True, self.document
        data = self.document["data"]
        assert isinstance(data, dict)
        return data


@dataclass
class Bench:
    """A folder with a vault, and a machine with a state and a cache folder of its own."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    moment: datetime = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

    @property
    def root(self) -> Path:
        """The vault."""
        return self.folder / "vault"

    @property
    def machine(self) -> Machine:
        """The machine that commands run on."""
        return Machine(
            self.environment,
            lambda: self.moment,
            self.folder / "state",
            self.folder / "cache",
            config=self.folder / "config",
        )

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file of the vault, byte for byte."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return target

    def read(self, path: str) -> bytes:
        """Return the bytes of a file of the vault."""
        return (self.root / path).read_bytes()

    def text(self, path: str) -> str:
        """Return the text of a file of the vault."""
        return self.read(path).decode()

    def files(self) -> dict[str, bytes]:
        """Return all files of the vault."""
        found = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}

    def run(self, *words: str, answer: str = "") -> Result:
        """Run one command on the vault."""
        return self.bare(*words, "--vault", str(self.root), answer=answer)

    def bare(self, *words: str, answer: str = "") -> Result:
        """Run one command as it is written; a mistake in the program fails the test."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err), _typed(answer):
            code = run(list(words), self.machine)
        result = Result(code, out.getvalue(), err.getvalue())
        assert "Traceback" not in result.out + result.err
        assert "mistake in microwins" not in result.out + result.err, result
        return result

    def json(self, *words: str) -> dict[str, Any]:
        """Run one command with --json; return its data."""
        return self.run(*words, "--json").data


@contextmanager
def _typed(answer: str) -> Iterator[None]:
    before, sys.stdin = sys.stdin, io.StringIO(answer)
    try:
        yield
    finally:
        sys.stdin = before


@pytest.fixture
def empty(tmp_path: Path) -> Bench:
    """A folder without any note, not set up."""
    bench = Bench(tmp_path)
    bench.root.mkdir()
    return bench


@pytest.fixture
def vault(empty: Bench) -> Bench:
    """A vault that is set up, with one goal of three micro-wins and three steps."""
    empty.write(".microwins.toml", SETTINGS)
    empty.write(GOAL, GOAL_TEXT)
    return empty


@pytest.fixture
def stranger(empty: Bench) -> Bench:
    """The same notes where `init` has never run."""
    empty.write(GOAL, GOAL_TEXT)
    empty.write("Today.md", "# Today\n\n<!-- microwins:summary -->\n<!-- /microwins -->\n")
    empty.environment["MICROWINS_TIMEZONE"] = "UTC"
    return empty


@pytest.fixture
def ticked(vault: Bench) -> Callable[[str], Bench]:
    """Give today's note the boxes of its block, and return the vault."""

    def make(boxes: str) -> Bench:
        vault.write(NOTE, f"# Friday\n\n<!-- microwins:today -->\n{boxes}<!-- /microwins -->\n\nText.\n")
        return vault

    return make
