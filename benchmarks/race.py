"""Let an editor and microwins write one note at full speed: `python benchmarks/race.py [--saves 100000]`.

The editor saves numbered versions in one of three shapes and looks, after each, whether its version is there. A save
is lost if it is neither in the note nor in any copy that was kept, however long the editor waits.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from microwins.daemon.aside import Aside
from microwins.daemon.errors import NoteChanged, NoteInUse
from microwins.daemon.note_read import RawNote, read_raw
from microwins.daemon.note_write import replace_note

GRACE = 0.05
PATIENCE = {"swap": 60.0}
"""Seconds for which a save may be away, on a disk that is busy with other things; other methods bring nothing back."""
BODY = b"\n".join(b"- [ ] something to do, number %d" % number for number in range(30))
_LINE_OF_OURS = re.compile(rb"ours: [0-9]+\n\Z")

Save = Callable[[Path, bytes], None]
Replace = Callable[[Path, bytes, bytes, Aside], None]


# The editor


def save_by_renaming(note: Path, text: bytes) -> None:
    temporary = note.with_name("editor.tmp")
    temporary.write_bytes(text)
    temporary.replace(note)


def save_by_truncating(note: Path, text: bytes) -> None:
    note.write_bytes(text)


def save_in_place(note: Path, text: bytes) -> None:
    with note.open("r+b") as file:
        time.sleep(random.uniform(0, 0.001))
        file.truncate(0)
        file.write(text)


SHAPES: dict[str, Save] = {
    "rename over": save_by_renaming,
    "truncate and write": save_by_truncating,
    "open, pause, truncate, write": save_in_place,
}


def edit(note: Path, shape: str, saves: int, rest: float, patience: float) -> None:
    """Save so many versions; print how many were lost, and how many were found only at a second look."""
    lost = late = 0
    longest = 0.0
    for number in range(1, saves + 1):
        text = b"version %d\n%s\nend of version %d\n" % (number, BODY, number)
        if rest:
            time.sleep(random.uniform(0, rest))
        SHAPES[shape](note, text)
        if text not in held(note):
            late += 1
            began = time.monotonic()
            lost += not appears(note, text, patience)
            longest = max(longest, time.monotonic() - began)
    print(lost, late, longest)


def appears(note: Path, text: bytes, patience: float) -> bool:
    """Wait until a text is in the note or in a copy beside it; tell whether it came."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if any(text in held(path) for path in note.parent.glob("*.md")):
            return True
        time.sleep(0.002)
    return False


def held(path: Path) -> bytes:
    """Return what a file holds; on a FUSE mount one that is replaced in that instant may seem to be gone."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


# The other side


def swap(note: Path, expected: bytes, new: bytes, aside: Aside) -> None:
    replace_note(note, expected, new, keep=aside.keep)


def compare_and_rename(note: Path, expected: bytes, new: bytes, _aside: Aside) -> None:
    temporary = written_beside(note, new)
    if note.read_bytes() != expected:
        temporary.unlink()
        raise NoteChanged(note)
    temporary.replace(note)
    settle(note.parent)


def rename_blindly(note: Path, _expected: bytes, new: bytes, _aside: Aside) -> None:
    written_beside(note, new).replace(note)


def written_beside(note: Path, text: bytes) -> Path:
    temporary = note.with_name("ours.tmp")
    with temporary.open("wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return temporary


def settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


METHODS: dict[str, Replace] = {
    "swap": swap,
    "compare, then rename": compare_and_rename,
    "rename": rename_blindly,
}


@dataclass(frozen=True, slots=True)
class Race:
    """What came of one race: saves lost, saves that were away for a moment and for how many seconds at most, our writes, those refused, torn reads."""

    lost: int
    late: int
    longest: float
    written: int
    refused: int
    torn: int
    copies: int
    seconds: float


def race(shape: str, saves: int, method: str, rest: float) -> Race:
    """Let an editor save so often, and write the same note without a pause until it is done."""
    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder) / "Note.md"
        note.write_bytes(b"version 0\n%s\nend of version 0\n" % BODY)
        command = [
            sys.executable,
            __file__,
            "--edit",
            str(note),
            "--shape",
            shape,
            "--saves",
            str(saves),
            "--method",
            method,
            "--rest",
            str(rest),
        ]
        start = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as editor:
            written, refused, torn = write_without_pause(note, METHODS[method], editor)
            lost, late, longest = map(float, editor.communicate()[0].split())
        copies = sum(1 for _ in Path(folder).glob("*conflicted copy*"))
        return Race(
            int(lost), int(late), longest, written, refused, torn, copies, time.perf_counter() - start
        )


def write_without_pause(note: Path, replace: Replace, editor: subprocess.Popen[str]) -> tuple[int, int, int]:
    written = refused = torn = 0
    next_look = 0.0
    aside = Aside(note.parent)
    while editor.poll() is None:
        if time.monotonic() >= next_look:
            aside.look()
            next_look = time.monotonic() + GRACE
        raw = read_raw(note.parent, note.name, 1_000_000)
        if not isinstance(raw, RawNote):
            continue
        torn += b"end of version" not in raw.data
        new = _LINE_OF_OURS.sub(b"", raw.data) + b"ours: %d\n" % written
        try:
            replace(note, raw.data, new, aside)
        except (NoteChanged, NoteInUse):
            refused += 1
        else:
            written += 1
    aside.close()
    return written, refused, torn


# What it costs


def cost(rounds: int) -> dict[str, float]:
    """Return the median seconds of one replacement by each method, measured in turn."""
    seconds: dict[str, list[float]] = {method: [] for method in METHODS}
    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder) / "Note.md"
        note.write_bytes(BODY)
        aside = Aside(note.parent)
        for number in range(rounds):
            for method, replace in METHODS.items():
                before, after = note.read_bytes(), b"%s\n%d %s\n" % (BODY, number, method.encode())
                start = time.perf_counter()
                replace(note, before, after, aside)
                seconds[method].append(time.perf_counter() - start)
                aside.look()
        aside.close()
    return {method: median(found) for method, found in seconds.items()}


def cost_table(found: dict[str, float]) -> str:
    least = found["rename"]
    rows = ["| one replacement | µs | × rename |", "| :-- | --: | --: |"]
    return "\n".join(
        [*rows, *(f"| {method} | {one * 1e6:.0f} | {one / least:.2f} |" for method, one in found.items())]
    )


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--saves", type=int, default=100_000, help="saves in each shape")
    parser.add_argument("--shape", choices=SHAPES, help="only this shape")
    parser.add_argument("--method", choices=METHODS, default="swap")
    parser.add_argument("--rest", type=float, default=0.0, help="seconds, at most, between two saves")
    parser.add_argument("--edit", type=Path, help=argparse.SUPPRESS)
    parser.add_argument(
        "--rounds", type=int, default=300, help="replacements by each method to take the time of"
    )
    chosen = parser.parse_args(words)
    if chosen.edit:
        edit(chosen.edit, chosen.shape, chosen.saves, chosen.rest, PATIENCE.get(chosen.method, 0.02))
        return 0
    print(cost_table(cost(chosen.rounds)), end="\n\n", flush=True)
    print(
        f"| {chosen.method}: the editor saves by | saves | lost | away for a moment | for at most, ms | our writes | refused | torn reads | copies kept | seconds |"
    )
    print("| :-- | --: | --: | --: | --: | --: | --: | --: | --: | --: |", flush=True)
    lost = 0
    for shape in [chosen.shape] if chosen.shape else SHAPES:
        found = race(shape, chosen.saves, chosen.method, chosen.rest)
        lost += found.lost
        print(
            f"| {shape} | {chosen.saves:,} | {found.lost:,} | {found.late:,} | {found.longest * 1000:.0f} | {found.written:,} | {found.refused:,} "
            f"| {found.torn:,} | {found.copies:,} | {found.seconds:.0f} |",
            flush=True,
        )
    return 3 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
