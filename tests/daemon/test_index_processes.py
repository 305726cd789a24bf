"""The index under real processes: one that is killed while it stores, and several that store at once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

NOTES = 24
READ = """
import os, signal, sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from microwins.daemon import intake, reader
from microwins.daemon.clock import DayClock
from microwins.daemon.index import NoteIndex
from microwins.daemon.keeper import Keeper
from microwins.daemon.seen import Seen
from microwins.daemon.vault import open_vault

root, cache, place, after = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
reader.WORTH_IT, intake._MOST_AT_ONCE, intake._MOST_HELD = 1, 5, 0  # as in a large vault
calls = 0
if place:
    module = import_module("microwins.daemon." + place.partition(".")[0])
    name = place.partition(".")[2]
    before = getattr(module, name)

    def killed(*values):
        global calls
        calls += 1
        if calls > after:
            os.kill(os.getpid(), signal.SIGKILL)
        return before(*values)

    setattr(module, name, killed)
vault = open_vault(root, {"MICROWINS_TIMEZONE": "UTC"})
clock = DayClock(vault.settings, lambda: datetime(2026, 11, 28, 9, tzinfo=UTC))
keeper = Keeper(vault, clock, Seen(cache, root), NoteIndex(cache, root, vault.reading))
keeper.read_all()
figures = keeper.figures()
keeper.close()
print(keeper.parsed, figures.totals.all, figures.days.streak, [win.totals.wins.all for goal in figures.goals for win in goal.wins])
"""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    root.mkdir()
    (root / ".microwins.toml").write_text('stamp = "off"\n')
    (root / "Goal.md").write_text(
        "---\ntype: goal\nstart: 2026-11-01\n---\n## Micro-wins\n- Walk 🔁 every day\n"
    )
    for day in range(1, NOTES):
        (root / f"2026-11-{day:02}.md").write_text(f"- [x] Walk\n- [{' x'[day % 2]}] something else\n")
    for note in root.glob("*.md"):
        os.utime(note, (1_760_000_000, 1_760_000_000))
    return root


def start(vault: Path, cache: str = "cache", place: str = "", after: int = 0) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", READ, str(vault), str(vault.parent / cache), place, str(after)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def said(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Return how many notes a process parsed, and the figures that it found."""
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    parsed, figures = output.split(" ", 1)
    return int(parsed), figures


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize(
    ("place", "after"), [("noting.in_bytes", 7), ("packed_note.dumped", 0), ("state_parts.dump_all", 0)]
)
def test_a_process_killed_while_it_stores_leaves_an_index_that_says_the_same(
    vault: Path, place: str, after: int
) -> None:
    killed = start(vault, "cache", place, after)
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    _, afresh = said(start(vault, "another cache"))
    assert said(start(vault))[1] == afresh
    assert said(start(vault)) == (0, afresh)


def test_processes_that_read_a_vault_at_once_find_the_same_and_leave_a_whole_index(vault: Path) -> None:
    found = [said(process) for process in [start(vault) for _ in range(3)]]
    assert len({figures for _, figures in found}) == 1
    assert said(start(vault)) == (0, found[0][1])
