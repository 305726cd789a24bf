"""`logs`: what `watch` said lately, be it in a terminal or in the background."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from microwins.daemon.watch_event import Event
from microwins.daemon.watch_log import MOST_BYTES, WatchLog

if TYPE_CHECKING:
    from tests.commands.conftest import Bench


@pytest.fixture
def log(vault: Bench) -> WatchLog:
    return WatchLog(vault.machine.state, vault.root, lambda: "2026-11-20 12:00:00")


def texts(log: WatchLog, count: int = 100) -> list[str]:
    return [one.text for one in log.last(count)]


def test_what_watch_said_is_shown_with_its_time(vault: Bench, log: WatchLog) -> None:
    assert vault.run("logs").out == "`watch` has said nothing yet on this machine.\n"
    said: list[Event] = []
    say = log.keeping(said.append)
    say(Event("started", "Watching."))
    say(Event("written", "wrote A.md, Ü.md", ("A.md", "Ü.md")))
    assert [event.kind for event in said] == ["started", "written"]
    assert vault.run("logs").out == "2026-11-20 12:00:00  Watching.\n2026-11-20 12:00:00  wrote A.md, Ü.md\n"
    [line] = vault.json("logs", "-n", "1")["lines"]
    assert line == {
        "at": "2026-11-20 12:00:00",
        "event": "written",
        "text": "wrote A.md, Ü.md",
        "paths": ["A.md", "Ü.md"],
    }


def test_nothing_is_kept_in_the_vault(vault: Bench, log: WatchLog) -> None:
    before = vault.files()
    log.add(Event("changed", "✓ Walk"))
    assert vault.files() == before
    assert log.file.stat().st_mode & 0o077 == 0


def test_the_log_is_bounded_and_keeps_the_newest(log: WatchLog) -> None:
    for number in range(9000):
        log.add(Event("changed", f"line {number} {'x' * 100}"))
    files = list(log.file.parent.glob("watch-*"))
    assert len(files) == 2
    assert sum(file.stat().st_size for file in files) < 2 * MOST_BYTES + 1000
    found = texts(log, 1500)
    assert len(found) == 1500
    assert found[-1].startswith("line 8999 ")
    assert found[0].startswith("line 7500 ")


def test_a_line_that_was_cut_off_is_passed_over(log: WatchLog) -> None:
    log.add(Event("changed", "one"))
    with log.file.open("ab") as file:
        file.write(b'{"at": "2026-11-2\n\xff\xfe\n[1]\n{}\n')
    log.add(Event("changed", "two"))
    assert texts(log) == ["one", "two"]


def test_following_goes_on_from_what_stands_there_and_over_a_new_file(log: WatchLog) -> None:
    log.add(Event("changed", "before"))
    steps = iter([["one"], [], ["two", "three"], ["new"]])

    def wait() -> None:
        said = next(steps)
        if said == ["new"]:
            log.file.unlink()
        for text in said:
            log.add(Event("changed", text))

    found = log.follow(wait)
    assert [next(found).text for _ in range(4)] == ["one", "two", "three", "new"]


def test_a_line_that_is_half_written_is_waited_for(log: WatchLog) -> None:
    log.add(Event("changed", "one"))
    whole = log.file.read_bytes()
    parts = iter([whole[:20], whole[20:]])

    def wait() -> None:
        with log.file.open("ab") as file:
            file.write(next(parts))

    assert next(log.follow(wait)).text == "one"


def test_a_disk_that_refuses_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file in the place of the folder")
    log = WatchLog(tmp_path / "state", tmp_path, lambda: "2026-11-20 12:00:00")
    log.add(Event("changed", "one"))
    assert log.last(10) == []


def test_nothing_in_a_log_is_obeyed_by_a_terminal(vault: Bench, log: WatchLog) -> None:
    log.add(Event("changed", "\x1b[2Jgone\rdone"))
    assert "\x1b" not in vault.run("logs").out
    assert "\r" not in vault.run("logs").out
