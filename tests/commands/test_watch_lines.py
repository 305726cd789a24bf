"""What `watch` says never keeps it from its work, unless nobody listens any more."""

import os
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from microwins.daemon.commands.common import Options
from microwins.daemon.commands.watch import speaker
from microwins.daemon.watch_event import Event

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="there is no file here that is always full")
@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("kind", ["written", "problem"])
def test_a_full_disk_below_its_lines_does_not_end_it(kind: str, as_json: bool) -> None:
    say = speaker(Options("watch", None, None, None, as_json, False, False))
    full = FULL.open("w")
    with redirect_stdout(full), redirect_stderr(full):
        say(Event(kind, "wrote Book.md"))
    with pytest.raises(OSError, match="No space"):
        full.close()


def test_it_ends_when_nobody_listens_any_more() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    say = speaker(Options("watch", None, None, None, False, False, False))
    gone = os.fdopen(writing, "w")
    with redirect_stdout(gone), pytest.raises(BrokenPipeError):
        say(Event("written", "wrote Book.md"))
    with pytest.raises(BrokenPipeError):
        gone.close()
