"""Each way in which programs save a note: its tick is answered once, and nothing else in the vault changes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .editors import REAL, SMALL, small_process
from .home import BOOK, DASHBOARD, PIANO, Home
from .live import Program, until

pytestmark = pytest.mark.skipif(os.name == "nt", reason="these are the ways of other systems")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def answered_once(home: Home, program: Program, before: dict[str, bytes], ticked: bytes) -> None:
    """Check what was said and written, up to a later change whose answer comes after everything before it."""
    assert "Write 300 words" in program.event("changed")["text"]
    program.event("written", BOOK)
    assert home.done()
    assert not home.done(PIANO)
    after = {path: data for path, data in home.bytes().items() if not path.endswith("~")}
    assert after == {**before, home.day.name: ticked}
    home.day.write_bytes(home.tick(b"- [ ] Play"))
    program.event("written", PIANO)
    said = [event["text"] for event in program.events if event["event"] == "changed"]
    assert [("Write 300 words" in text, "Play a scale" in text) for text in said] == [
        (True, False),
        (False, True),
    ]
    assert program.signal(signal.SIGTERM) == 0
    assert [event["event"] for event in program.events].count("problem") == 1  # of the note that is no UTF-8
    assert program.errors == ""


@pytest.mark.parametrize("way", SMALL)
def test_a_tick_is_answered_once_however_it_is_saved(home: Home, way: str) -> None:
    before = home.bytes()
    with home.watch() as program:
        program.event("written", BOOK)
        assert home.bytes() == before
        ticked = home.tick()
        small_process(SMALL[way])(home.day, ticked)
        answered_once(home, program, before, ticked)


@pytest.mark.parametrize("name", REAL)
def test_a_tick_is_answered_once_whichever_program_made_it(home: Home, name: str) -> None:
    editor = REAL[name]
    editor.needed()
    before = home.bytes()
    with home.watch() as program:
        program.event("written", BOOK)
        ticked = home.tick()
        editor.tick(home.day)
        assert home.day.read_bytes() == ticked
        answered_once(home, program, before, ticked)


HALF_WAY = {
    "emptied, still open": ("descriptor = os.open(path, os.O_RDWR); os.ftruncate(descriptor, 0)",
                            "os.write(descriptor, text); os.close(descriptor)"),
    "half written, still open": (
        "descriptor = os.open(path, os.O_WRONLY | os.O_TRUNC); os.write(descriptor, text[:40])",
        "os.write(descriptor, text[40:]); os.close(descriptor)",
    ),
    "moved away": ("os.rename(path, path + '~')", "write(path); os.unlink(path + '~')"),
    "deleted": ("os.unlink(path)", "write(path)"),
}  # fmt: skip


@contextmanager
def half_way(path: Path, text: bytes, first: str, then: str) -> Iterator[subprocess.Popen[bytes]]:
    """Save a note by half in a process of its own; the other half follows when its input is closed."""
    body = f"""
import os, sys
path, text = sys.argv[1], bytes.fromhex(sys.argv[2])
def write(target):
    with open(target, "xb") as file:
        file.write(text)
{first}
print("half way", flush=True)
sys.stdin.read()
{then}
"""
    command = [sys.executable, "-c", body, str(path), text.hex()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == b"half way\n"
        yield process
        process.stdin.close()
        assert process.wait(60) == 0


@pytest.mark.parametrize("way", HALF_WAY)
def test_nothing_is_written_into_a_note_in_the_middle_of_a_save(home: Home, way: str) -> None:
    with home.watch() as program:
        program.event("written", BOOK)
        goal = home.vault / BOOK
        mine = goal.read_bytes().replace("# Book ✍️".encode(), "# My book ✍️".encode())
        with half_way(goal, mine, *HALF_WAY[way]):
            found = goal.read_bytes() if goal.exists() else None
            home.day.write_bytes(home.tick(b"- [ ] Play"))
            program.event("written", PIANO)
            assert (goal.read_bytes() if goal.exists() else None) == found
        home.day.write_bytes(home.tick())
        until(lambda: goal.exists() and home.done(), "the goal does not show the tick")
        assert goal.read_bytes().startswith(mine[: mine.index(b"<!--")])
        assert program.signal(signal.SIGTERM) == 0
        assert [event["event"] for event in program.events].count("problem") == 1
    assert DASHBOARD in home.bytes()
