"""What is written depends on the notes, the settings and the date alone: any machine writes the same bytes."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from microwins.daemon.sample_vault import sample_files
from microwins.parsers.block_options import OPTIONS

from .small_vault import DAY as SMALL_DAY
from .small_vault import GOAL, small_vault
from .small_vault import SETTINGS as SMALL_SETTINGS
from .test_watch_steps import Hand

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()
DAY, FIT = f"Journal/{TODAY}.md", "Goals/Be fit.md"
EVERY_BLOCK = "".join(
    f"<!-- microwins:{name}{options} -->\n\n"
    for name in OPTIONS
    for options in ("", ' goal="Be fit"')
    if name != "review"
)
PANEL, TODAY_BLOCK = "Panel.md", "<!-- microwins:today -->\n<!-- /microwins -->\n"
NOTES = {
    "All blocks.md": f"# All\n\n{EVERY_BLOCK}%% microwins:month months=3 %%\n\n%% microwins:goals sort=week %%\n",
    "Ünïcode/日本 🧘.md": "---\ntype: goal\nidentity: İstanbul I ı\n---\n## Micro-wins\n- Çay iç ☕ 🔁 every day [after:: Walk 20 minutes]\n- İngilizce 🔁 3 times a week\n\n## Steps\n- [ ] bir\n- [ ] iki\n",
    "A/twin.md": "---\ntype: goal\n---\n## Micro-wins\n- Same name 🔁 every day\n",
    "B/twin.md": "---\ntype: goal\n---\n## Micro-wins\n- Same name 🔁 every day\n- A limit [limit:: 2 a week]\n",
}


@dataclass
class Desk:
    """A machine with a copy of the vault: its zone, its languages, the order in which its files were made."""

    folder: Path
    environment: Mapping[str, str]
    order: int
    forgets: bool = False
    """Whether it loses its index and its state before each command."""
    extra: tuple[str, ...] = ()
    """A command that it runs once more after each other one."""
    root: Path = field(init=False)

    def __post_init__(self) -> None:
        self.root = self.folder / "vault"
        files = sorted({**dict(sample_files(TODAY)), **NOTES}.items())
        random.Random(self.order).shuffle(files)
        for path, text in files:
            self.write(path, text)

    def write(self, path: str, text: str) -> None:
        """Write a note as it came here, whenever that was."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        os.utime(file, (NOON, NOON))

    def run(self, *words: str) -> None:
        """Run one command in a process of its own, as of the same day."""
        for command in (words, self.extra):
            if self.forgets:
                shutil.rmtree(self.folder / "cache", ignore_errors=True)
                shutil.rmtree(self.folder / "state", ignore_errors=True)
            if command:
                self._run(*command)

    def swap(self, path: str, old: str, new: str) -> None:
        """Change a note by hand."""
        text = (self.root / path).read_bytes().decode()
        assert old in text, text
        self.write(path, text.replace(old, new, 1))

    def contents(self) -> dict[str, bytes]:
        """Return every file of the vault with its bytes."""
        files = (file for file in self.root.rglob("*") if file.is_file())
        return {file.relative_to(self.root).as_posix(): file.read_bytes() for file in files}

    def _run(self, *words: str) -> None:
        places = {
            "HOME": str(self.folder),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
        }
        code = "import sys; from microwins.daemon.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", code, *words, "--vault", str(self.root), "--today", str(TODAY)],
            env={"PATH": os.environ["PATH"], **places, **self.environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=100,
        )
        assert done.returncode == 0, done.stderr


def desks(folder: Path) -> list[Desk]:
    here = {"TZ": "UTC", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}
    east = {"TZ": "Asia/Tokyo", "LANG": "de_DE.UTF-8", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4711"}
    west = {
        "TZ": "America/Los_Angeles",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "77",
        "COLUMNS": "40",
    }
    return [
        Desk(folder / "here", here, 1),
        Desk(folder / "east", east, 2, forgets=True),
        Desk(folder / "west", west, 3, extra=("sync",)),
    ]


@pytest.mark.parametrize("language", ["en", "de"])
def test_machines_of_every_kind_write_the_same_bytes(tmp_path: Path, language: str) -> None:
    others = desks(tmp_path)
    for desk in others:
        head = f'language = "{language}"\nproperties = {"true" if language == "de" else "false"}\n'
        settings = desk.root / ".microwins.toml"
        desk.write(".microwins.toml", head + settings.read_bytes().decode())
        desk.run("sync")
        desk.run("tick", "push-ups")
        desk.run("tick", "Write 200", "--amount", "420 words")
        desk.swap(DAY, "- [ ] Drink a glass of water", "- [x] Drink a glass of water")
        desk.run("review", "week", "--write")
        desk.run("today")
        desk.run("sync")
    first, *rest = [desk.contents() for desk in others]
    assert any(path.endswith(".svg") for path in first)
    assert any("W47" in path for path in first), sorted(first)
    assert b"Drink a glass" in first["All blocks.md"]
    for contents in rest:
        assert sorted(contents) == sorted(first)
        assert {path for path in first if contents[path] != first[path]} == set()


EDITS = (
    (SMALL_DAY, "- [ ] Write 300 words", "- [x] Write 300 words"),
    (SMALL_DAY, "- [ ] Read a page", "- [-] Read a page"),
    (GOAL, "- [ ] Chapter one", "- [x] Chapter one"),
    (
        GOAL,
        "- Read a page 🔁 every day",
        "- Read a page 🔁 every day\n- Walk 🔁 every day [after:: Read a page]",
    ),
    (PANEL, "weeks=2", "weeks=3"),
    (PANEL, "Mine.", "Mine, and more."),
)
PANEL_TEXT = (
    "<!-- microwins:summary -->\n<!-- /microwins -->\n\nMine.\n\n"
    "%% microwins:week weeks=2 %%\n%% /microwins %%\n\n<!-- microwins:heatmap -->\n"
)


def lived(folder: Path, order: int, *, restarts: bool) -> dict[str, bytes]:
    """Return a vault after a day of edits in some order, followed by a `watch` that may be started anew each time."""
    vault = small_vault(folder, f"{SMALL_SETTINGS}celebrate = false\n")
    vault.write(PANEL, PANEL_TEXT)
    vault.swap(SMALL_DAY, "My own words.", f"{TODAY_BLOCK}\nMy own words.")
    hand = Hand(vault)
    edits = list(EDITS)
    random.Random(order).shuffle(edits)
    for path, old, new in edits:
        hand.change(path, old, new)
        hand.run(order * 7)
        if restarts:
            hand.run(60)
            hand.watch.keeper.close()
            hand = Hand(vault)
    hand.run(120)
    hand.watch.keeper.close()
    return vault.contents()


@pytest.mark.parametrize("order", range(6))
def test_neither_the_order_of_events_nor_a_restart_is_seen_in_the_notes(tmp_path: Path, order: int) -> None:
    expected = lived(tmp_path / "one", 0, restarts=False)
    assert lived(tmp_path / "two", order, restarts=order % 2 == 1) == expected
    assert b"- [ ] Walk" in expected[SMALL_DAY]
