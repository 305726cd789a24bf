"""A watch that the system tells of everything rests until it is told; nothing that it promises waits for a look."""

import struct
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from microwins.daemon.clock import DayClock
from microwins.daemon.day_turn import HOLDS
from microwins.daemon.following import RESCAN, Following
from microwins.daemon.inbox import Inbox, News
from microwins.daemon.place import Place
from microwins.daemon.walks import LONGEST_WAIT

from .home import BOOK, Home, goal
from .live import Program, until
from .namespace import as_seen_by, needs_namespace, seen_by, with_disk
from .small_vault import DAY, GOAL, TODAY, small_vault
from .test_watch_steps import SETTINGS, Hand

AROUND = News(around=True)


@dataclass
class Told:
    """A system in the test's hand that tells of what is around a vault."""

    tells: bool = True
    deaf: bool = False
    rings_at: float = 0.0
    looks: list[float] = field(default_factory=list)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    found = Told()
    real = Place.look

    def look(place: Place, *, may_be_empty: bool) -> object:
        found.looks.append(0)
        return real(place, may_be_empty=may_be_empty)

    monkeypatch.setattr(Following, "is_told_around", lambda _follow: found.tells)
    monkeypatch.setattr(Following, "is_deaf", lambda _follow: found.deaf)
    monkeypatch.setattr(Following, "ring_at", lambda _follow, moment: setattr(found, "rings_at", moment))
    monkeypatch.setattr(Place, "look", look)
    return found


def resting(told: Told, folder: Path, settings: str = SETTINGS) -> Hand:
    """Return a watch that has come to rest."""
    hand = Hand(small_vault(folder, settings))
    hand.watch.step(AROUND)
    hand.run(60)
    told.looks.clear()
    return hand


def test_it_rests_until_the_next_look_at_the_whole_vault(told: Told, tmp_path: Path) -> None:
    hand = resting(told, tmp_path)
    assert RESCAN - 61 <= hand.watch.seconds_to_wait() <= RESCAN
    hand.steps = 0
    assert hand.run(4 * RESCAN) == []
    assert hand.steps <= 4 * 2  # a look is one step, and what it finds is read in another
    assert len(told.looks) == hand.steps


def test_where_the_system_tells_no_more_it_looks_once_a_minute(told: Told, tmp_path: Path) -> None:
    hand = resting(told, tmp_path)
    told.tells = False
    hand.watch.step(AROUND)
    assert hand.watch.seconds_to_wait() <= LONGEST_WAIT


def live_by_the_alarm(hand: Hand, told: Told, hours: float) -> list[tuple[str, datetime]]:
    """Let a clock run on that the count of seconds does not follow, as in a sleep; wake for the alarm alone."""
    end, found = hand.vault.now + timedelta(hours=hours), []
    while told.rings_at <= end.timestamp():
        assert told.rings_at > hand.vault.now.timestamp()
        hand.vault.now = datetime.fromtimestamp(told.rings_at, UTC)
        hand.watch.step(AROUND)
        found += [(event.text, hand.vault.now) for event in hand.events if event.kind == "day"]
        hand.run(10)
    hand.vault.now = end
    return found


def test_each_day_begins_and_is_closed_when_the_alarm_says_so(told: Told, tmp_path: Path) -> None:
    hand = resting(told, tmp_path)
    said = live_by_the_alarm(hand, told, 40)
    assert [f"{when:%m-%d %H:%M}" for _, when in said] == ["03-05 00:00", "03-06 00:00"]
    assert hand.watch.keeper.figures().now.closed_until == TODAY + timedelta(days=1)
    assert f"{datetime.fromtimestamp(told.rings_at, UTC):%m-%d %H:%M}" == "03-07 00:00"


def test_the_note_of_a_day_is_made_at_its_time_by_the_alarm(told: Told, tmp_path: Path) -> None:
    hand = resting(told, tmp_path, f'{SETTINGS}[daily]\ncreate = true\nat = "06:30"\n')
    live_by_the_alarm(hand, told, 18.4)
    made = hand.vault.root / f"{TODAY + timedelta(days=1)}.md"
    assert not made.exists()
    live_by_the_alarm(hand, told, 0.2)
    assert made.exists()


def test_a_sleep_of_days_ends_in_the_right_day_at_once(told: Told, tmp_path: Path) -> None:
    hand = resting(told, tmp_path)
    hand.vault.now += timedelta(days=9, hours=7)
    hand.watch.step(AROUND)
    assert hand.take()[0] == "day"
    assert hand.watch.keeper.figures().now.today == TODAY + timedelta(days=9)
    assert told.rings_at == datetime(2026, 3, 14, tzinfo=UTC).timestamp()


def test_a_clock_that_is_set_within_the_day_is_asked_at_once(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    real = DayClock.daily_note_due

    def due(clock: DayClock) -> bool:
        asked.append(True)
        return real(clock)

    monkeypatch.setattr(DayClock, "daily_note_due", due)
    hand = resting(told, tmp_path)
    hand.vault.now += timedelta(seconds=HOLDS / 2)
    hand.watch.step(News())
    asked.clear()
    hand.watch.step(News())
    assert not asked
    hand.watch.step(AROUND)
    assert asked


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be changed here")
def test_another_zone_is_followed_at_once_and_what_it_keeps_open_is_closed_on_time(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Berlin")
        time.tzset()
        hand = resting(told, tmp_path, 'timezone = "local"\n')
        patch.setenv("TZ", "Pacific/Kiritimati")
        time.tzset()
        hand.watch.step(AROUND)
        assert hand.take()[0] == "day"
        live_by_the_alarm(hand, told, 13.9)
        assert hand.watch.keeper.figures().now.closed_until == TODAY - timedelta(days=1)
        live_by_the_alarm(hand, told, 0.1)  # at 02:00 by UTC it is closed in Berlin as well
        assert hand.watch.keeper.figures().now.closed_until == TODAY
    time.tzset()


def test_a_disk_that_was_away_for_a_moment_is_looked_at_as_soon_as_that_is_told(
    told: Told, tmp_path: Path
) -> None:
    hand = resting(told, tmp_path)
    hand.vault.swap(DAY, "- [ ] Write", "- [x] Write")
    told.deaf = True
    hand.watch.step(AROUND)
    assert "changed" in hand.run(1)


@pytest.mark.parametrize("left", ["nothing", "an empty folder"])
def test_a_vault_that_goes_is_told_at_once_and_nothing_is_written_in_its_place(
    told: Told, tmp_path: Path, left: str
) -> None:
    hand = resting(told, tmp_path, f"{SETTINGS}daily.create = true\n")
    hand.tick()
    hand.run(0.5)
    away = hand.vault.root.rename(hand.vault.root.with_name("away"))
    if left == "an empty folder":
        hand.vault.root.mkdir()
    hand.watch.step(AROUND)
    assert hand.take() == ["gone"]
    hand.vault.now += timedelta(days=1)
    hand.watch.step(AROUND)
    assert hand.run(300) == []
    assert not hand.vault.root.exists() or list(hand.vault.root.iterdir()) == []
    if left == "an empty folder":
        hand.vault.root.rmdir()
    away.rename(hand.vault.root)
    assert hand.run(60)[:2] == ["back", "day"]
    assert "| 1 day |" in hand.vault.text(GOAL)


def test_a_vault_whose_parent_is_moved_is_seen_with_the_next_news_or_look(told: Told, tmp_path: Path) -> None:
    """Nobody tells of that; what is written meanwhile is nothing."""
    (tmp_path / "parent").mkdir()
    hand = resting(told, tmp_path / "parent")
    (tmp_path / "parent").rename(tmp_path / "away")
    assert hand.run(RESCAN + 1) == ["gone"]
    assert not (tmp_path / "parent").exists()
    (tmp_path / "away").rename(tmp_path / "parent")
    hand.vault.swap(DAY, "- [ ] Write", "- [x] Write")
    assert hand.run(60) == ["back", "changed", "written"]


def test_news_of_the_surroundings_is_no_news_of_the_vault() -> None:
    inbox = Inbox()
    inbox.look_around()
    news = inbox.wait(0)
    assert news == AROUND
    assert not news
    assert inbox.wait(0) == News()


# A process of its own. Each of these is told before the minute is over in which somebody would have looked.

RESTED = 3.0
"""Seconds after which nothing is left to be done: files are looked at once more two seconds after they were written."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    if not sys.platform.startswith("linux"):
        pytest.skip("Linux tells of what is around a vault")
    return Home(tmp_path)


def at_rest(program: Program) -> None:
    """Wait until all is written and its threads have slept for a while."""
    program.event("written", BOOK)
    rest = Rest(program.pid)
    until(lambda: rest.lasts() > RESTED, "it never comes to rest")


class Rest:
    """For how long the threads of a process have slept."""

    def __init__(self, pid: int) -> None:
        self._tasks = Path(f"/proc/{pid}/task")
        self._woken, self._since = 0, 0.0

    def lasts(self) -> float:
        """Return for how many seconds no thread has been woken, as far as was looked."""
        woken, now = self.woken(), time.monotonic()
        if woken != self._woken:
            self._woken, self._since = woken, now
        return now - self._since

    def woken(self) -> int:
        """Return how often a thread has slept or been put aside."""
        woken = 0
        for task in self._tasks.iterdir():
            with suppress(OSError):  # one that has just ended
                lines = (task / "status").read_text(encoding="ascii").splitlines()
                woken += sum(int(line.split()[1]) for line in lines if "ctxt_switches" in line)
        return woken


def test_a_vault_that_is_moved_while_nothing_else_happens_is_missed_and_found_again(home: Home) -> None:
    with home.watch() as program:
        at_rest(program)
        home.vault.rename(home.folder / "away")
        program.event("gone")
        (home.folder / "away").rename(home.vault)
        program.event("back")
        home.day.write_bytes(home.tick())
        program.event("written", BOOK)


@needs_namespace
@pytest.mark.parametrize("how", ["moved elsewhere", "hidden by another", "unmounted while in use"])
def test_a_disk_that_goes_while_nothing_else_happens_is_missed_and_found_again(home: Home, how: str) -> None:
    with home.watch(under=with_disk(home.vault, "2m")) as program:
        at_rest(program)
        vault = str(home.vault)
        as_seen_by(program.pid, "mv", f"{vault}.copy", f"{vault}.kept")
        as_seen_by(program.pid, "mount", "--make-private", vault)
        as_seen_by(program.pid, "mkdir", f"{vault}.away")
        as_seen_by(program.pid, "mount", "--bind", vault, f"{vault}.away")
        if how == "moved elsewhere":
            as_seen_by(program.pid, "umount", f"{vault}.away")
            as_seen_by(program.pid, "mount", "--move", vault, f"{vault}.away")
        elif how == "hidden by another":
            as_seen_by(program.pid, "mount", "-t", "tmpfs", "none", vault)
        else:
            as_seen_by(program.pid, "umount", "-l", vault)
        if how != "hidden by another":  # below the disk lies what it was made of
            as_seen_by(program.pid, "sh", "-c", 'rm -rf "$0"/* "$0"/.microwins.toml', vault)
        program.event("gone")
        assert list(seen_by(program.pid, home.vault).glob("*.md")) == []
        as_seen_by(program.pid, "mount", "--bind", f"{vault}.away", vault)
        program.event("back")
        day = seen_by(program.pid, home.day)
        day.write_bytes(day.read_bytes().replace(b"- [ ] Write", b"- [x] Write"))
        program.event("written", BOOK)
        (seen_by(program.pid, home.vault) / "Walk.md").write_bytes(goal("Walk", "Walk"))
        program.event("written", "Walk.md")


def with_own_etc(folder: Path) -> tuple[str, ...]:
    """Return what starts a process that sees a copy of the machine's settings, its zone UTC."""
    script = (
        'mkdir "$0" && cp -a /etc/. "$0" 2>/dev/null; ln -sfn /usr/share/zoneinfo/UTC "$0/localtime"; '
        'mount --bind "$0" /etc && unset TZ && exec "$@"'
    )
    return ("unshare", "-Urm", "sh", "-c", script, str(folder))


def zone(seconds: int) -> bytes:
    """Return the file of a zone that is so far ahead of UTC (RFC 9636, version 1)."""
    counts = struct.pack(">6I", 0, 0, 0, 0, 1, 4)
    return b"TZif" + bytes(16) + counts + struct.pack(">iBB", seconds, 0, 0) + b"XXX\0"


@needs_namespace
def test_after_a_journey_while_nothing_else_happens_the_day_begins_when_it_begins_there(home: Home) -> None:
    """The journey is to where it is midnight in three seconds; by UTC it is another hour."""
    etc = home.folder / "etc"
    with home.watch(under=with_own_etc(etc)) as program:
        at_rest(program)
        midnight = datetime.now(UTC) + timedelta(seconds=3)
        ahead = midnight.hour * 3600 + midnight.minute * 60 + midnight.second
        east = ahead > 12 * 3600
        (etc / "localtime.new").write_bytes(zone(24 * 3600 - ahead if east else -ahead))
        (etc / "localtime.new").replace(etc / "localtime")
        day = midnight.date() + timedelta(days=east)
        program.event("day", text=f"A new day: {day}.")
