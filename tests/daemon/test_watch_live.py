"""`microwins watch` in a process of its own, on real files, beside other processes."""

import os
import re
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from microwins.daemon.clock import system_clock

from .live import Program, run_microwins, until

SETTINGS = 'quiet = "200ms"\nsync_quiet = "200ms"\nlate_window = "0s"\n'
BOOK, PIANO, DASHBOARD = "Goals/Book.md", "Goals/Piano.md", "Micro-wins.md"
OUTSIDE = re.compile(rb"(?ms)\s*^<!-- microwins:.*?^<!-- /microwins -->\r?\n?")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are another matter there")


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

    def watch(self) -> Program:
        """Start the watch; it is caught up once it has written both goals."""
        return Program(self.folder, "watch", "--vault", str(self.vault), "--json")

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


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def in_place(home: Home, data: bytes) -> None:
    home.day.write_bytes(data)


def renamed_over(home: Home, data: bytes) -> None:
    (home.vault / "sedAbC123").write_bytes(data)
    (home.vault / "sedAbC123").replace(home.day)


def moved_away_first(home: Home, data: bytes) -> None:
    home.day.rename(f"{home.day}~")
    home.day.write_bytes(data)
    Path(f"{home.day}~").unlink()


def by_a_sync_client(home: Home, data: bytes) -> None:
    temporary = home.vault / f".syncthing.{home.day.name}.tmp"
    temporary.write_bytes(data)
    home.day.unlink()
    temporary.replace(home.day)
    os.utime(home.day, (1_700_000_000, 1_700_000_000))


@pytest.mark.parametrize("save", [in_place, renamed_over, moved_away_first, by_a_sync_client])
def test_a_tick_shows_in_the_goal_and_no_other_byte_changes(
    home: Home, save: Callable[[Home, bytes], None]
) -> None:
    before = home.bytes()
    with home.watch() as program:
        program.event("written", BOOK)
        assert home.bytes() == before
        ticked = home.tick()
        save(home, ticked)
        assert "Write 300 words" in program.event("changed")["text"]
        program.event("written", BOOK)
        assert home.done()
        assert not home.done(PIANO)
        assert b"\xe2\x9c\x93 Write 300 words" in (home.vault / DASHBOARD).read_bytes()
        assert home.bytes() == {**before, home.day.name: ticked}
        assert program.signal(signal.SIGTERM) == 0
    assert [event["event"] for event in program.events].count("problem") == 1
    assert "Traceback" not in program.errors


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
