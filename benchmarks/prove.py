"""Hold microwins against a real vault: set it up on a copy, tick boxes in three ways, and compare every byte.

    python benchmarks/prove.py VAULT [VAULT …]

On a copy of each vault: `init --yes`, a goal with two micro-wins added by hand, `sync` twice (the second must
write nothing), then `watch` with ticks made by writing in place, by a temporary file renamed over the note, and
by `microwins tick`. Afterwards every byte outside our blocks and the ticked boxes must be what it was, but for the pictures that `init` drew.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

_BLOCK = re.compile(rb"\r?\n?<!-- microwins:.*?<!-- /microwins -->\r?\n?", re.DOTALL)
GOAL = """---
type: goal
---
# Prove it

## Micro-wins

- Stand up once 🔁 every day
- Write 100 words 🔁 every weekday #frog

## Steps

- [ ] First step
"""


class Failed(Exception):
    """Something is not as it must be."""


def main() -> int:
    """Prove every vault that is named; return 0 if all hold."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("vaults", nargs="+", type=Path, metavar="VAULT")
    failed = 0
    for vault in arguments.parse_args().vaults:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "vault"
            shutil.copytree(vault, copy, symlinks=True)
            make_writable(copy)
            try:
                print(f"{vault.name}: {prove(copy, Path(folder))}")
            except Failed as failure:
                failed += 1
                print(f"{vault.name}: FAILED: {failure}")
    return 1 if failed else 0


def prove(vault: Path, machine: Path) -> str:
    """Run the whole course on one copy; return what was seen, or raise Failed."""
    day = f"{date.today()}"
    before = contents(vault)
    made = run(vault, machine, "init", "--yes")["data"]["created"]  # type: ignore[index]
    (vault / "Prove it.md").write_text(GOAL, encoding="utf-8")
    first = run(vault, machine, "sync")["data"]
    second = run(vault, machine, "sync")["data"]
    expect(second["written"] == [] and second["created"] == [], f"the second sync wrote {second}")  # type: ignore[index,call-overload]
    note = vault / str(run(vault, machine, "today")["data"]["path"])  # type: ignore[index]
    started = contents(vault)
    with watching(vault, machine) as wait_for:
        in_place(note, b"- [ ] Stand up once", b"- [x] Stand up once")
        wait_for(
            lambda: b"Stand up once" in goal_rows(vault) and b"| 1 |" in goal_rows(vault), "a tick in place"
        )
        renamed_over(note, b"- [x] Stand up once", b"- [ ] Stand up once")
        wait_for(lambda: b"| 1 |" not in goal_rows(vault), "a box opened by a rename")
        run(vault, machine, "tick", "stand up")
        wait_for(lambda: b"| 1 |" in goal_rows(vault), "microwins tick")
        in_place(vault / "Prove it.md", b"- [ ] First step", b"- [x] First step")
        wait_for(
            lambda: f"- [x] First step ✅ {day}".encode() in (vault / "Prove it.md").read_bytes(),
            "a step stamped",
        )
    after = contents(vault)
    compare(before, after, made=[*made, "Prove it.md", note.relative_to(vault).as_posix()])
    allowed = {
        b"- [ ] Stand up once": b"- [x] Stand up once",
        b"- [ ] First step": f"- [x] First step ✅ {day}".encode(),
    }
    drawn = {path for path in made if path.endswith(".svg")}
    ticked = {
        path: replaced(without_blocks(data, keep_today=True), allowed)
        for path, data in started.items()
        if path not in drawn
    }
    now = {path: without_blocks(data, keep_today=True) for path, data in after.items() if path not in drawn}
    expect(ticked == now, f"bytes differ in {[path for path in now if now[path] != ticked.get(path)]}")
    return (
        f"{len(before)} files, {first['scanned']} notes; second sync wrote 0; "  # type: ignore[index,call-overload]
        f"3 kinds of tick answered in the notes; {len(before)} files equal outside our blocks"
    )


def compare(before: dict[str, bytes], after: dict[str, bytes], made: list[str]) -> None:
    """Raise Failed unless every file that was there is the same outside our blocks, and nothing else appeared."""
    for path, data in before.items():
        expect(path in after, f"{path} is gone")
        expect(without_blocks(after[path]) == without_blocks(data), f"{path} differs outside our blocks")
    extra = set(after) - set(before) - set(made)
    expect(not extra, f"unexpected files: {sorted(extra)}")


def replaced(data: bytes, changes: dict[bytes, bytes]) -> bytes:
    """Return `data` with these lines changed."""
    for old, new in changes.items():
        data = data.replace(old, new)
    return data


def contents(vault: Path) -> dict[str, bytes]:
    """Return the bytes of every file."""
    return {
        path.relative_to(vault).as_posix(): path.read_bytes()
        for path in sorted(vault.rglob("*"))
        if path.is_file()
    }


def without_blocks(data: bytes, *, keep_today: bool = False) -> bytes:
    """Return a note without our blocks; the lines of a `today` block belong to the user and may be kept."""
    return _BLOCK.sub(lambda found: found[0] if keep_today and b"microwins:today" in found[0] else b"", data)


def goal_rows(vault: Path) -> bytes:
    """Return the table rows of the goal's block."""
    return b"\n".join(
        line for line in (vault / "Prove it.md").read_bytes().splitlines() if line.startswith(b"| Stand")
    )


def in_place(path: Path, old: bytes, new: bytes) -> None:
    """Change a note as an editor does that truncates and writes."""
    data = path.read_bytes()
    expect(old in data, f"{path.name} does not hold {old!r}")
    path.write_bytes(data.replace(old, new))


def renamed_over(path: Path, old: bytes, new: bytes) -> None:
    """Change a note as an editor does that writes a new file and renames it over the old one."""
    data = path.read_bytes()
    expect(old in data, f"{path.name} does not hold {old!r}")
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(data.replace(old, new))
    temporary.replace(path)


def expect(holds: bool, otherwise: str) -> None:  # noqa: FBT001
    """Raise Failed unless it holds."""
    if not holds:
        raise Failed(otherwise)


def run(vault: Path, machine: Path, *words: str) -> dict[str, object]:
    """Run a command with --json and return what it says."""
    done = subprocess.run(
        [*program(), *words, "--vault", str(vault), "--json"], capture_output=True, check=False, env=environment(machine)
    )  # fmt: skip
    expect(done.returncode == 0, f"`{' '.join(words)}` ended with {done.returncode}: {done.stderr.decode()}")
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


@contextmanager
def watching(vault: Path, machine: Path) -> Iterator[Callable[[Callable[[], bool], str], None]]:
    """Run `watch` meanwhile; yield a function that waits until something holds."""
    process = subprocess.Popen(
        [*program(), "watch", "--vault", str(vault)], stdout=subprocess.PIPE, env=environment(machine), text=True
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()

    def wait_for(holds: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + 20
        while not holds():
            expect(time.monotonic() < deadline, f"{what} was not answered")
            time.sleep(0.05)

    try:
        yield wait_for
    finally:
        process.send_signal(signal.SIGTERM)
        expect(process.wait(10) == 0, "watch did not end with 0 after SIGTERM")


def program() -> list[str]:
    """Return how microwins is called with this Python."""
    return [sys.executable, "-c", "from microwins.daemon.cli import main; main()"]


def environment(machine: Path) -> dict[str, str]:
    """Return an environment whose caches and state lie in a folder of the run's own."""
    own = {"HOME": machine / "home", "XDG_STATE_HOME": machine / "state", "XDG_CACHE_HOME": machine / "cache"}
    return {**os.environ, **{name: str(path) for name, path in own.items()}, "MICROWINS_QUIET": "300ms"}


def make_writable(folder: Path) -> None:
    """Give the copy the permissions of one's own notes."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)


if __name__ == "__main__":
    sys.exit(main())
