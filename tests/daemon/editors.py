"""Editors and other programs saving a note, each as a process of its own: real ones, and small ones that do the same."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from .live import Deadline

Save = Callable[[Path, bytes], None]

_CHANGES = """
import os, sys
path, text = sys.argv[1], sys.stdin.buffer.read()
folder, name = os.path.split(path)
def write(target, flags=os.O_CREAT | os.O_EXCL):
    descriptor = os.open(target, os.O_WRONLY | flags, 0o644)
    for start in range(0, len(text), 50):
        os.write(descriptor, text[start:start + 50])
    os.close(descriptor)
"""
SMALL = {
    "VS Code: open to read and write, empty, write": """
descriptor = os.open(path, os.O_RDWR)
os.ftruncate(descriptor, 0)
os.write(descriptor, text)
os.close(descriptor)
""",
    "Obsidian: empty in place, write in parts": "write(path, os.O_TRUNC)",
    "Syncthing: file beside it, delete, rename, old time": """
beside = os.path.join(folder, f".syncthing.{name}.tmp")
write(beside)
os.chmod(beside, 0o644)
os.utime(beside, (1_700_000_000, 1_700_000_000))
os.unlink(path)
os.rename(beside, path)
os.utime(path, (1_700_000_000, 1_700_000_000))
""",
    "git checkout: delete, create": "os.unlink(path); write(path)",
    "rsync: hidden file beside it, time kept, rename": """
beside = os.path.join(folder, f".{name}.Xy12Zw")
write(beside)
os.utime(beside, (1_700_000_000, 1_700_000_000))
os.rename(beside, path)
""",
    "GNOME's: file beside it, backup by a second name, rename": """
beside = os.path.join(folder, ".goutputstream-Q1W2E3")
write(beside)
os.link(path, path + "~")
os.rename(beside, path)
os.unlink(path + "~")
""",
    "JetBrains': file beside it, two renames": """
write(path + "___jb_tmp___")
os.rename(path, path + "___jb_old___")
os.rename(path + "___jb_tmp___", path)
os.unlink(path + "___jb_old___")
""",
    "Emacs': a link as lock, move away, create": """
lock = os.path.join(folder, ".#" + name)
os.symlink("anna@laptop.4711:1700000000", lock)
os.rename(path, path + "~")
write(path)
os.unlink(lock)
""",
    "Vim's: a probe, move away, create, delete the backup": """
probe = os.path.join(folder, "4913")
write(probe); os.unlink(probe)
os.rename(path, path + "~")
write(path)
os.unlink(path + "~")
""",
}


def small_process(body: str) -> Save:
    """Return a way of saving: a process that makes these calls."""

    def save(path: Path, text: bytes) -> None:
        subprocess.run([sys.executable, "-c", _CHANGES + body, str(path)], input=text, check=True, timeout=60)

    return save


@dataclass(frozen=True)
class Program:
    """A program that changes a note by itself: how it is called to tick the box before `WORD`."""

    tool: str
    tick: Callable[[Path], None]

    def needed(self) -> None:
        """Skip the test where the program is not there; where everything must be, fail."""
        if shutil.which(self.tool) is None:
            if os.environ.get("CI"):
                pytest.fail(f"{self.tool} is not installed")
            pytest.skip(f"{self.tool} is not installed")


WORD = "Write"


def _run(*words: str) -> None:
    subprocess.run(
        words,
        check=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm"},
    )


def _vim(*settings: str, tool: str = "vim") -> Callable[[Path], None]:
    def tick(path: Path) -> None:
        chosen = [word for setting in settings for word in ("-c", f"set {setting}")]
        change = ["-c", rf"%s/- \[ \] {WORD}/- [x] {WORD}/", "-c", "wq"]
        _run(tool, "-Nu", "NONE", "-es", "-c", "set encoding=utf-8 backupskip=", *chosen, *change, str(path))

    return tick


def _emacs(path: Path) -> None:
    _run(
        "emacs", "-Q", "--batch", "--eval",
        f'(progn (setq create-lockfiles t make-backup-files t) (find-file "{path}") '
        f'(goto-char (point-min)) (search-forward "- [ ] {WORD}") (replace-match "- [x] {WORD}" t t) (save-buffer))',
    )  # fmt: skip


def _nano(path: Path) -> None:
    """Type into nano: delete the space in the box, an x in its place, save, leave."""
    import pty

    line = next(
        number for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if WORD in text
    )
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ |= {"TERM": "xterm", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        os.execvp("nano", ["nano", "-I", f"+{line},4", str(path)])
    try:
        _read_until(terminal, b"^X")
        os.write(terminal, b"\x04x\x13\x18")
        _read_until(terminal, None)
        assert os.waitpid(pid, 0)[1] == 0
    except BaseException:
        os.kill(pid, signal.SIGKILL)
        raise
    finally:
        os.close(terminal)


def _read_until(terminal: int, wanted: bytes | None) -> None:
    """Read what a program shows until it shows something, or until it ends."""
    deadline, shown = Deadline(), b""
    while wanted is None or wanted not in shown:
        deadline.check(f"nano does not answer: {shown!r}")
        try:
            part = os.read(terminal, 4096)
        except OSError:  # so the end is told on Linux
            part = b""
        if not part:
            assert wanted is None, shown
            return
        shown += part


def _sed(path: Path) -> None:
    _run("sed", "-i", rf"s/- \[ \] {WORD}/- [x] {WORD}/", str(path))


def _rsync(path: Path) -> None:
    source = path.parent.parent / "from elsewhere.md"
    source.write_bytes(path.read_bytes().replace(f"- [ ] {WORD}".encode(), f"- [x] {WORD}".encode()))
    os.utime(source, (1_700_000_000, 1_700_000_000))
    _run("rsync", "-a", str(source), str(path))


REAL = {
    "vim": Program("vim", _vim("writebackup", "backupcopy=no")),
    "vim, backup kept": Program("vim", _vim("backup", "backupcopy=no")),
    "vim, in place": Program("vim", _vim("writebackup", "backupcopy=yes")),
    "neovim": Program("nvim", _vim("writebackup", "backupcopy=no", tool="nvim")),
    "neovim, in place": Program("nvim", _vim("backupcopy=yes", tool="nvim")),
    "emacs": Program("emacs", _emacs),
    "nano": Program("nano", _nano),
    "sed": Program("sed", _sed),
    "rsync": Program("rsync", _rsync),
}
