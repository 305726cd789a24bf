"""`microwins watch` in a process of its own, on real files, beside other processes."""

import os
import signal
from pathlib import Path

import pytest

from .home import BOOK, DASHBOARD, PIANO, SETTINGS, Home, today
from .live import Program, run_microwins, until

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are another matter there")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_a_tick_from_the_terminal_is_answered_by_the_watch_that_runs(home: Home) -> None:
    before = home.bytes()
    expected = home.tick()
    with home.watch() as program:
        program.event("written", BOOK)
        ticked = run_microwins(home.folder, "tick", "--vault", str(home.vault), "write", "300")
        assert ticked.returncode == 0, ticked.stderr
        program.event("changed", text="Write 300 words")
        until(home.done, "the goal does not show the tick")
        assert home.bytes() == {**before, home.day.name: expected}
        assert program.signal(signal.SIGTERM) == 0


def test_a_step_is_stamped_and_unticking_gives_the_old_bytes_back(home: Home) -> None:
    with home.watch() as program:
        program.event("written", BOOK)
        before = (home.vault / BOOK).read_bytes()
        (home.vault / BOOK).write_bytes(before.replace(b"- [ ] A step", b"- [x] A step"))
        program.event("written", BOOK)
        stamped = f"- [x] A step ✅ {today()}\r\n".encode()
        assert stamped in (home.vault / BOOK).read_bytes()
        unticked = (home.vault / BOOK).read_bytes().replace(b"- [x] A step", b"- [ ] A step")
        (home.vault / BOOK).write_bytes(unticked)
        until(lambda: (home.vault / BOOK).read_bytes() == before, "the date is not taken away")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_signals_end_it_with_the_code_that_is_expected(home: Home, number: int, code: int) -> None:
    with home.watch() as program:
        program.event("written", BOOK)
        assert program.signal(number) == code
    assert program.errors == ""


def test_a_second_watch_says_who_holds_the_vault(home: Home) -> None:
    with home.watch() as program:
        program.event("started")
        second = run_microwins(home.folder, "watch", "--vault", str(home.vault))
        assert second.returncode == 75
        assert f"Process {program.pid} (watch" in second.stderr
        assert str(home.vault) in second.stderr


def test_a_killed_watch_is_started_again_and_catches_up(home: Home) -> None:
    with home.watch() as program:
        program.event("written", BOOK)
        assert program.signal(signal.SIGKILL) == -signal.SIGKILL
    home.day.write_bytes(home.tick())
    step = (home.vault / PIANO).read_bytes().replace(b"- [ ] A step", b"- [x] A step")
    (home.vault / PIANO).write_bytes(step)
    with home.watch() as program:
        program.event("written", BOOK)
        assert home.done()
        assert f"- [x] A step ✅ {today()}\r\n".encode() in (home.vault / PIANO).read_bytes()
        assert program.signal(signal.SIGTERM) == 0
    assert [path for path in home.bytes() if "microwins-tmp" in path] == []


def test_own_writes_cause_no_second_round(home: Home) -> None:
    with home.watch() as program:
        program.event("written", BOOK)
        home.day.write_bytes(home.tick())
        program.event("written", BOOK)
        settled = (home.vault / BOOK).stat().st_mtime_ns
        seen = len(program.events)
        # What comes after is answered after: a second round would have been told before it.
        for _ in range(2):
            home.day.write_bytes(home.day.read_bytes().replace(b"- [ ] Play", b"- [X] Play"))
            program.event("written", PIANO)
            home.day.write_bytes(home.day.read_bytes().replace(b"- [X] Play", b"- [ ] Play"))
            program.event("written", PIANO)
        assert (home.vault / BOOK).stat().st_mtime_ns == settled
        later = [
            path for event in program.events[seen:] if event["event"] == "written" for path in event["paths"]
        ]
        assert set(later) == {PIANO, DASHBOARD}


def test_new_settings_take_effect_while_it_runs(home: Home) -> None:
    with home.watch() as program:
        program.event("written", BOOK)
        (home.vault / ".microwins.toml").write_text(f'{SETTINGS}stamp = "nonsense"\n', encoding="utf-8")
        assert "stamp" in program.event("problem", text="stamp")["text"]
        (home.vault / ".microwins.toml").write_text(f'{SETTINGS}streaks.show = "hidden"\n', encoding="utf-8")
        program.event("settings")
        program.event("written", BOOK)
        assert b"Streak" not in (home.vault / BOOK).read_bytes()


def test_a_vault_that_goes_and_comes_back_is_followed_again(home: Home) -> None:
    away = home.folder / "away"
    with home.watch() as program:
        program.event("written", BOOK)
        home.vault.rename(away)
        (away / "nudge").mkdir()
        program.event("gone")
        away.rename(home.vault)
        program.event("back")
        home.day.write_bytes(home.tick())
        program.event("written", BOOK)
        assert home.done()
        assert program.signal(signal.SIGTERM) == 0


def test_where_nothing_is_told_a_tick_is_found_by_looking(home: Home) -> None:
    with Program(home.folder, "watch", "--vault", str(home.vault), "--json", "--poll") as program:
        program.event("written", BOOK)
        home.day.write_bytes(home.tick())
        program.event("written", BOOK)
        assert home.done()
