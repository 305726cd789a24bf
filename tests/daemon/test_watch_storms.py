"""Thousands of notes that change at once: afterwards all is as read afresh, and the passes were few."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from .home import Home, today
from .live import Program, run_microwins, until

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are another matter there")
GENERATE = Path(__file__).parents[2] / "benchmarks" / "generate.py"
SETTINGS = '\n[daily]\nfolder = "Diary"\nformat = "YYYY/MM/YYYY-MM-DD"\n'


class Repository:
    """A vault under git with two branches, in which most notes differ."""

    def __init__(self, vault: Path, notes: int) -> None:
        self.vault = vault
        words = ("--notes", str(notes), "--end", str(today()))
        subprocess.run([sys.executable, str(GENERATE), str(vault), *words], check=True, capture_output=True)
        (vault / ".microwins.toml").write_text(
            f'quiet = "200ms"\nsync_quiet = "200ms"\n{SETTINGS}', encoding="utf-8"
        )
        self.git("init", "-q", "-b", "one")
        self._commit()
        self.git("checkout", "-q", "-b", "two")
        self._change_most_notes(Random(2))
        self._commit()

    def git(self, *words: str) -> None:
        """Run git, without any settings of the user's."""
        names = ("-c", "user.name=Anna", "-c", "user.email=anna@example.org", "-c", "core.autocrlf=false")
        nowhere = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        subprocess.run(["git", *names, *words], cwd=self.vault, check=True, capture_output=True, env={**os.environ, **nowhere})  # fmt: skip

    def check_out(self, branch: str) -> None:
        """Put the notes of a branch in place of all others, and of what was written into them."""
        self.git("checkout", "-q", "-f", branch)
        self.git("clean", "-fdq")

    def _commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "notes")

    def _change_most_notes(self, random: Random) -> None:
        for path in sorted(self.vault.rglob("*.md")):
            self._change(path, random.random())

    def _change(self, path: Path, fate: float) -> None:
        if fate < 0.1:
            path.unlink()
        elif fate < 0.2:
            (path.parent / "moved").mkdir(exist_ok=True)
            path.rename(path.parent / "moved" / path.name)
        elif fate < 0.8:
            path.write_bytes(path.read_bytes().replace(b"- [ ] ", b"- [x] ", 1) + b"\nmore\n")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def settled(home: Home, program: Program) -> Callable[[], bool]:
    """Return what tells whether another process that reads the vault afresh would write just what stands there."""

    def same() -> bool:
        fresh = home.folder / "nobody"
        shutil.rmtree(fresh, ignore_errors=True)
        answer = run_microwins(fresh, "sync", "--dry-run", "--vault", str(home.vault))
        return "Nothing would be written." in answer.stdout

    return same


@pytest.mark.parametrize("notes", [1_000, pytest.param(10_000, marks=pytest.mark.soak)])
@pytest.mark.timeout(900)
def test_after_another_branch_is_checked_out_all_is_as_read_afresh(home: Home, notes: int) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    shutil.rmtree(home.vault)
    repository = Repository(home.vault, notes)
    with home.watch() as program:
        program.event("written")
        for branch in ("one", "two", "one"):
            repository.check_out(branch)
            program.event("changed")
            until(
                settled(home, program), f"what is written is not what the notes of branch {branch} add up to"
            )
        assert program.signal(signal.SIGTERM) == 0
        assert program.errors == ""
        assert not {"polling", "lost", "gone"} & {event["event"] for event in program.events}
        assert len([event for event in program.events if event["event"] == "changed"]) < notes / 10
