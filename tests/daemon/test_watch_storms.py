"""Thousands of notes that change at once: afterwards all is as read afresh, and the passes were few."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
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


LONG = 240.0
"""Seconds: new micro-wins get their boxes half a minute after they were declared, and a look at it all takes its time."""


def settled(home: Home, program: Program) -> Callable[[], bool]:
    """Return what tells whether another process that reads the vault afresh would write just what stands there."""

    def same() -> bool:
        fresh = home.folder / "nobody"
        shutil.rmtree(fresh, ignore_errors=True)
        answer = run_microwins(fresh, "sync", "--dry-run", "--vault", str(home.vault))
        return "Nothing would be written." in answer.stdout

    return same


def memory(program: Program) -> float:
    """Return how much memory a process has at most had, in MB; 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{program.pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def ends_well(program: Program, before: float) -> None:
    """Hold that a watch that took so many MB before has hardly grown, and ends as it should, without a word of failure."""
    most = memory(program)
    print(f"memory: {before:.0f} MB before, {most:.0f} MB at most")
    assert most <= 1.5 * before + 8
    assert program.signal(signal.SIGTERM) == 0
    assert program.errors == ""
    program.take_in()


def differing(home: Home) -> list[str]:
    """Return the notes of which the index that the watch left behind says something else than a fresh reading."""
    answer = run_microwins(home.folder, "doctor", "--full", "--json", "--vault", str(home.vault))
    checks = json.loads(answer.stdout)["data"]["checks"]
    (agreement,) = (check for check in checks if check["name"] == "agreement")
    return list(agreement["different"])


def grown_old(home: Home) -> None:
    """Wait until the youngest note is older than what an index still doubts: two seconds."""
    until(
        lambda: time.time() - max(path.stat().st_ctime for path in home.vault.rglob("*.md")) > 2.5,
        "the notes do not come to rest",
    )


def vault_under_git(home: Home, notes: int) -> Repository:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    shutil.rmtree(home.vault)
    return Repository(home.vault, notes)


@pytest.mark.parametrize("notes", [1_000, pytest.param(10_000, marks=pytest.mark.soak)])
@pytest.mark.timeout(900)
def test_after_another_branch_is_checked_out_all_is_as_read_afresh(home: Home, notes: int) -> None:
    repository = vault_under_git(home, notes)
    with home.watch() as program:
        program.event("written")
        before = memory(program)
        for branch in ("one", "two", "one"):
            repository.check_out(branch)
            program.event("changed")
            complaint = f"what is written is not what the notes of branch {branch} add up to"
            until(settled(home, program), complaint, patience=LONG)
        grown_old(home)
        ends_well(program, before)
        assert not {"polling", "lost", "gone"} & {event["event"] for event in program.events}
        assert len([event for event in program.events if event["event"] == "changed"]) < notes / 10
    assert differing(home) == []


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="the queue that overflows is that of inotify")
@pytest.mark.timeout(900)
def test_a_storm_in_which_news_is_lost_is_told_once_and_made_good(home: Home) -> None:
    """The watch is held while branches are checked out, so that far more happens than the queue holds."""
    repository = vault_under_git(home, 10_000)
    with home.watch() as program:
        program.event("written")
        before = memory(program)
        for number in range(3):
            os.kill(program.pid, signal.SIGSTOP)
            for branch in ("two", "one", "two" if number % 2 else "one"):
                repository.check_out(branch)
            os.kill(program.pid, signal.SIGCONT)
            until(settled(home, program), "what is written is not what the notes add up to", patience=LONG)
        grown_old(home)
        ends_well(program, before)
        assert "lost" in {event["event"] for event in program.events}
    assert differing(home) == []
