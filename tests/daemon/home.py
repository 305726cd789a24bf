"""A home folder with a vault in it, as a process of its own sees it."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from microwins.daemon.clock import system_clock

from .live import Program, run_microwins

SETTINGS = 'quiet = "200ms"\nsync_quiet = "200ms"\nlate_window = "0s"\n'
BOOK, PIANO, DASHBOARD = "Goals/Book.md", "Goals/Piano.md", "Micro-wins.md"
OUTSIDE = re.compile(rb"(?ms)\s*^<!-- microwins:.*?^<!-- /microwins -->\r?\n?")


def goal(title: str, micro_win: str) -> bytes:
    return f"---\r\ntype: goal\r\n---\r\n# {title} ✍️\r\n\r\n## Micro-wins\r\n- {micro_win} 🔁 every day\r\n\r\n- [ ] A step".encode()


def today() -> date:
    return system_clock().date()


class Home:
    """A home folder with a vault in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.vault = folder / "Notes ü"
        self.day = self.vault / f"{today()}.md"
        for name in (BOOK, PIANO):
            (self.vault / name).parent.mkdir(parents=True, exist_ok=True)
        (self.vault / ".microwins.toml").write_text(SETTINGS, encoding="utf-8")
        (self.vault / BOOK).write_bytes(goal("Book", "Write 300 words"))
        (self.vault / PIANO).write_bytes(goal("Piano", "Play a scale"))
        (self.vault / DASHBOARD).write_bytes(
            b"Before\n\n<!-- microwins:today -->\n<!-- /microwins -->\nafter, no end"
        )
        self.day.write_bytes(
            "\ufeff# Today\n\n- [ ] Write 300 words  \n- [ ] Play a scale ^b1\n\nMy words 😀\n".encode()
        )
        (self.vault / "Other.md").write_bytes(b"- [ ] Nothing of ours\n\xff\xfe\n")

    def watch(self, *words: str, under: Sequence[str] = ()) -> Program:
        """Start the watch; it is caught up once it has written both goals."""
        return Program(self.folder, "watch", "--vault", str(self.vault), "--json", *words, under=under)

    def is_as_read_afresh(self) -> bool:
        """Return whether a process that knows nothing of the vault yet finds nothing to write; no watch may run."""
        answer = run_microwins(self.folder / "nobody", "sync", "--dry-run", "--vault", str(self.vault))
        assert answer.returncode == 0, answer.stderr
        return "Nothing would be written." in answer.stdout

    def tick(self, text: bytes = b"- [ ] Write") -> bytes:
        """Return today's note with a box ticked."""
        found = self.day.read_bytes()
        assert found.count(text) == 1
        return found.replace(text, text.replace(b"[ ]", b"[x]"))

    def bytes(self) -> dict[str, bytes]:
        """Return every file of the vault with its bytes outside our blocks."""
        files = (path for path in self.vault.rglob("*") if path.is_file())
        return {
            path.relative_to(self.vault).as_posix(): OUTSIDE.sub(b"", path.read_bytes()) for path in files
        }

    def done(self, name: str = BOOK) -> bool:
        """Return whether the goal's block shows one day in a row."""
        return b"| 1 day |" in (self.vault / name).read_bytes()
