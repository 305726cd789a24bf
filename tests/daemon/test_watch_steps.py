"""The watch, stepped by hand: time is a number, news is given, nothing runs beside it."""

import os
import time as machine_time
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from microwins.daemon.arrivals import LATE
from microwins.daemon.changed_settings import SETTINGS_STILL
from microwins.daemon.following import POLL, RESCAN, Following
from microwins.daemon.held_up import RETRY
from microwins.daemon.inbox import Inbox, News
from microwins.daemon.keeper import Keeper
from microwins.daemon.rereading import Rereading
from microwins.daemon.stillness import CAP, LONGEST_DRAFT, READY
from microwins.daemon.temporary import is_temporary
from microwins.daemon.unread import BURST, GRACE
from microwins.daemon.walks import LONGEST_WAIT
from microwins.daemon.watch import Watch
from microwins.daemon.watch_event import Event
from microwins.streaks.calendar import Now

from .small_vault import DAY, GOAL, NOW, TODAY, SmallVault, small_vault
from .small_vault import SETTINGS as LOUD

SETTINGS = f"{LOUD}celebrate = false\n"

QUIET, SYNC_QUIET = 2.0, 5.0


@dataclass
class Hand:
    """A watch in the test's hand."""

    vault: SmallVault
    polling: bool = False
    opened_by: Callable[[], Keeper] | None = None
    time: float = 1000.0
    events: list[Event] = field(default_factory=list)

    said: list[str] = field(default_factory=list)
    busy: float = 0.0
    steps: int = 0

    def __post_init__(self) -> None:
        self.watch = Watch(
            self.opened_by or self.vault.unread,
            Inbox(),
            self.events.append,
            monotonic=lambda: self.time,
            processor=lambda: self.busy,
            poll=self.polling,
        )
        self.watch.catch_up()
        self.take()

    def take(self) -> list[str]:
        """Return the kinds of what was said since last time."""
        kinds = [event.kind for event in self.events]
        self.said = [event.text for event in self.events]
        self.events.clear()
        return kinds

    def tell(self, *paths: str, **news: bool) -> None:
        """Give news at this moment."""
        self.watch.step(News(frozenset(paths), **news))

    def run(self, seconds: float) -> list[str]:
        """Let time pass as the loop does when there is no news; return what was said."""
        end = self.time + seconds
        for _ in range(1000):
            wait = self.watch.seconds_to_wait()
            assert wait >= 0
            if self.time + wait > end:
                self.time = end
                return self.take()
            self.time += wait
            self.steps += 1
            self.watch.step(News())
        raise AssertionError("it never comes to rest")

    def change(self, path: str, old: str, new: str) -> None:
        """Change a note and tell of it."""
        self.vault.swap(path, old, new)
        self.tell(path)

    def tick(self) -> None:
        """Tick today's first box."""
        self.change(DAY, "- [ ] Write", "- [x] Write")


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return small_vault(tmp_path, SETTINGS)


@pytest.fixture
def hand(vault: SmallVault) -> Hand:
    return Hand(vault)


def test_at_the_start_everything_is_caught_up(vault: SmallVault) -> None:
    events: list[Event] = []
    watch = Watch(vault.unread, Inbox(), events.append, monotonic=lambda: 0.0)
    watch.catch_up()
    assert [event.kind for event in events] == ["started", "written"]
    assert events[1].paths == (GOAL,)


def test_a_tick_is_told_at_once_and_written_when_it_has_been_quiet(hand: Hand) -> None:
    hand.tick()
    assert hand.run(0.1) == ["changed"]
    assert "Write 300 words" in hand.said[0]
    assert hand.run(QUIET - 0.2) == []
    assert hand.run(0.2) == ["written"]
    assert "Write 300 words · every day | 1 day |" in hand.vault.text(GOAL)


def test_nothing_to_do_means_a_long_wait_and_no_reading(hand: Hand) -> None:
    hand.tick()
    hand.run(10)
    parsed = hand.watch.keeper.parsed
    assert hand.watch.seconds_to_wait() == LONGEST_WAIT
    assert hand.run(RESCAN * 3) == []
    assert hand.watch.keeper.parsed == parsed


def test_a_burst_of_events_is_one_change(hand: Hand) -> None:
    hand.vault.swap(DAY, "- [ ] Write", "- [x] Write")
    parsed = hand.watch.keeper.parsed
    for _ in range(10):
        hand.tell(DAY)
        hand.time += 0.01
    assert hand.watch.keeper.parsed == parsed
    assert hand.run(0.2) == ["changed"]
    assert hand.watch.keeper.parsed == parsed + 1


def test_a_burst_that_does_not_end_is_read_all_the_same(hand: Hand) -> None:
    hand.vault.swap(DAY, "- [ ] Write", "- [x] Write")
    for _ in range(100):
        hand.tell(DAY)
        hand.time += 0.01
    assert hand.take() == ["changed"]


def test_the_quiet_time_begins_when_a_change_is_told_not_when_that_is_taken_in(hand: Hand) -> None:
    hand.vault.swap(DAY, "- [ ] Write", "- [x] Write")
    hand.watch.step(News(frozenset({DAY}), told=hand.time - 0.5))
    assert hand.run(QUIET - 0.6) == ["changed"]
    assert hand.run(0.2) == ["written"]


@pytest.mark.parametrize(
    ("age", "late"), [(0.35, 0.3), (LATE + BURST, LATE), (LATE + 1, 0), (0.01, 0), (-5.0, 0), (None, 0)]
)
def test_news_that_comes_a_little_late_does_not_put_the_writing_off(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, age: float | None, late: float
) -> None:
    monkeypatch.setattr(Rereading, "age", lambda *_: age)
    hand.tick()
    assert "written" not in hand.run(QUIET - late - 0.01)
    assert "written" in hand.run(0.02)


def test_the_age_of_a_note_is_what_its_file_says(hand: Hand) -> None:
    changed = (hand.vault.root / DAY).stat().st_ctime_ns / 1e9
    assert hand.watch.keeper.rereading.age(DAY) == hand.vault.now.timestamp() - changed
    assert hand.watch.keeper.rereading.age("Nowhere.md") is None


def test_a_change_in_the_last_moment_takes_back_what_was_made_ready(hand: Hand) -> None:
    hand.tick()
    hand.run(QUIET - READY / 2)
    assert _ours_beside(hand) == (["Book.md"] if hasattr(os, "O_TMPFILE") else [])
    hand.change(DAY, "- [ ] Read", "- [x] Read")
    hand.run(0.2)
    assert _ours_beside(hand) == []


def _ours_beside(hand: Hand) -> list[str]:
    """Return the notes beside which a file of ours stands."""
    names = [path.name for path in hand.vault.root.rglob("*") if is_temporary(path.name)]
    return [name.split(".")[1] + ".md" for name in names]


def test_each_new_change_puts_the_writing_off(hand: Hand) -> None:
    hand.tick()
    for old, new in (("[ ]", "[x]"), ("[x]", "[ ]"), ("[ ]", "[x]")):
        assert "written" not in hand.run(QUIET - 0.5)
        hand.change(DAY, f"- {old} Read", f"- {new} Read")
    assert "written" not in hand.run(QUIET - 0.5)
    assert hand.run(1) == ["written"]


def test_after_the_cap_the_rest_is_written_although_news_keeps_coming(hand: Hand) -> None:
    hand.tick()
    at = None
    for step in range(200):
        hand.vault.write("Other.md", "x" * step)
        hand.tell("Other.md", synced=True)
        if "written" in hand.run(0.5):
            at = step / 2
            break
    assert at is not None
    assert CAP - 1 <= at <= CAP + 1


def test_a_note_that_is_being_edited_is_not_written_and_the_others_are(hand: Hand) -> None:
    hand.vault.write("Goals/Two.md", "---\ntype: goal\n---\n## Micro-wins\n- Walk 🔁 every day\n")
    hand.tell("Goals/Two.md")
    hand.run(10)
    hand.tick()
    hand.run(0.5)
    mine = hand.vault.text(GOAL)
    for number in range(60):
        mine = mine.replace("# Book", f"# Book {number}", 1)
        hand.vault.write(GOAL, mine)
        hand.tell(GOAL)
        hand.run(0.9)
        assert hand.vault.text(GOAL) == mine
    hand.take()
    hand.run(QUIET + 1)
    assert "Write 300 words · every day | 1 day |" in hand.vault.text(GOAL)
    assert hand.vault.text(GOAL).startswith(mine[: mine.index("<!--")])


def test_what_a_sync_client_brings_waits_longer(hand: Hand) -> None:
    hand.vault.swap(DAY, "- [ ] Write", "- [x] Write")
    hand.tell(DAY, synced=True)
    assert hand.run(SYNC_QUIET - 0.1) == ["changed"]
    assert hand.run(0.5) == ["written"]


def test_the_trace_of_a_sync_client_counts_for_the_notes_that_come_after_it(hand: Hand) -> None:
    hand.tell(synced=True)
    hand.run(0.5)
    hand.tick()
    assert hand.run(SYNC_QUIET - 0.1) == ["changed"]
    hand.run(60)
    hand.change(DAY, "- [x] Write", "- [ ] Write")
    assert hand.run(QUIET + 0.2) == ["changed", "written"]


def test_a_note_that_bears_another_devices_time_waits_longer(hand: Hand) -> None:
    text = hand.vault.text(DAY).replace("- [ ] Write", "- [x] Write")
    note = hand.vault.write(DAY, text, hand.vault.now - timedelta(hours=5))
    if note.stat().st_ctime < hand.vault.now.timestamp():
        pytest.skip("the clock of this machine stands before the day of the test")
    hand.tell(DAY)
    assert hand.run(SYNC_QUIET - 0.1) == ["changed"]
    assert hand.run(0.5) == ["written"]


def test_own_writes_cause_no_second_round(hand: Hand) -> None:
    hand.tick()
    hand.run(10)
    times = hand.vault.times()
    hand.tell(GOAL)
    assert hand.run(600) == []
    assert hand.vault.times() == times


# Notes in the middle of a save


@pytest.mark.parametrize("middle", ["emptied", "gone"])
@pytest.mark.parametrize("edited_before", [False, True])
def test_a_note_in_the_middle_of_a_save_is_waited_for(hand: Hand, middle: str, edited_before: bool) -> None:
    hand.tick()
    hand.run(10)
    if edited_before:
        hand.change(DAY, "My own", "Only my own")
        hand.run(GRACE - 0.5)
    text = hand.vault.text(DAY)
    if middle == "gone":
        (hand.vault.root / DAY).unlink()
    else:
        hand.vault.write(DAY, "")
    hand.tell(DAY)
    assert "changed" not in hand.run(GRACE - 0.3)
    hand.vault.write(DAY, text)
    hand.tell(DAY)
    assert "changed" not in hand.run(20)
    assert hand.watch.keeper.figures().totals.today == 1


@pytest.mark.parametrize("middle", ["emptied", "gone"])
def test_a_note_that_stays_gone_or_empty_is_believed_after_the_grace(hand: Hand, middle: str) -> None:
    hand.tick()
    hand.run(10)
    if middle == "gone":
        (hand.vault.root / DAY).unlink()
    else:
        hand.vault.write(DAY, "")
    hand.tell(DAY)
    assert "changed" in hand.run(GRACE + 0.5)
    assert hand.watch.keeper.figures().totals.today == 0
    assert "written" in hand.run(QUIET + 0.5)


def test_a_goal_note_in_the_middle_of_a_save_is_not_written(hand: Hand) -> None:
    hand.tick()
    hand.run(1.5)
    before = hand.vault.text(GOAL)
    hand.vault.write(GOAL, "")
    hand.tell(GOAL)
    assert "problem" not in hand.run(1.5)
    assert hand.vault.text(GOAL) == ""
    hand.vault.write(GOAL, before)
    hand.tell(GOAL)
    assert "problem" not in hand.run(20)
    assert "Write 300 words · every day | 1 day |" in hand.vault.text(GOAL)


def test_a_renamed_note_counts_once(hand: Hand) -> None:
    hand.tick()
    hand.run(10)
    (hand.vault.root / DAY).rename(hand.vault.root / "2026-03-03.md")
    hand.tell(DAY, "2026-03-03.md")
    hand.run(20)
    figures = hand.watch.keeper.figures()
    assert (figures.totals.today, figures.totals.all) == (0, 2)


# Lost news


def test_what_nobody_told_is_found_by_the_rescan(hand: Hand) -> None:
    hand.vault.swap(DAY, "- [ ] Write", "- [x] Write")
    assert hand.run(RESCAN - 60) == []
    assert hand.run(120) == ["changed", "written"]


def test_a_disk_that_was_away_for_a_moment_and_took_its_watches_along_is_looked_at_within_a_minute(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Following, "is_deaf", lambda _follow: True)
    hand.vault.swap(DAY, "- [ ] Write", "- [x] Write")
    assert "changed" in hand.run(LONGEST_WAIT + 1)


def test_nobody_asks_for_watches_while_something_is_to_be_written(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(Following, "is_deaf", lambda _follow: asked.append(True))
    hand.vault.swap(DAY, "- [ ] Write", "- [x] Write")
    hand.tell(DAY)
    assert "changed" in hand.run(hand.watch.seconds_to_wait() + 0.01)
    hand.run(hand.watch.seconds_to_wait() + 0.01)
    assert not asked
    assert "written" in hand.run(5)
    waited = len(asked)
    hand.run(LONGEST_WAIT + 1)
    assert len(asked) > waited


def test_what_a_killed_write_left_goes_with_a_later_look(hand: Hand) -> None:
    name = "Goals/.Book.md.0123456789ab.microwins-tmp"
    left = hand.vault.write(name, "half a note", hand.vault.now)
    hand.tell(rescan=True)
    hand.run(60)
    assert left.exists()
    hand.vault.now += timedelta(minutes=2)
    hand.tell(rescan=True)
    hand.run(60)
    assert not left.exists()


def test_a_walk_is_made_when_it_is_asked_for(hand: Hand) -> None:
    hand.vault.swap(DAY, "- [ ] Write", "- [x] Write")
    hand.tell(rescan=True)
    assert hand.run(5) == ["changed", "written"]


def test_where_nothing_is_told_it_looks_every_few_seconds(vault: SmallVault) -> None:
    hand = Hand(vault, polling=True)
    assert hand.watch.seconds_to_wait() <= POLL
    vault.swap(DAY, "- [ ] Write", "- [x] Write")
    assert hand.run(POLL + QUIET + 1) == ["changed", "written"]
    vault.write(".microwins.toml", f'{SETTINGS}streaks.show = "hidden"\n')
    assert hand.run(POLL + 1) == ["settings", "written"]


def test_the_setting_asks_for_looking_and_may_change_while_it_runs(hand: Hand) -> None:
    assert hand.run(60) == []
    hand.vault.write(".microwins.toml", f"{SETTINGS}poll = true\n")
    hand.tell(settings=True)
    hand.run(5)
    assert hand.watch.keeper.vault.settings.poll


def test_a_storm_of_folders_is_answered_with_few_walks(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    walks: list[float] = []
    real = Keeper.changed_since

    def counted(keeper: Keeper) -> set[str]:
        walks.append(hand.time)
        hand.busy += 0.3
        return real(keeper)

    monkeypatch.setattr(Keeper, "changed_since", counted)
    for number in range(1000):
        hand.vault.write(f"Folder/{number}.md", "- [x] Write 300 words\n")
        hand.watch.step(News(frozenset({f"Folder/{number}.md"}), rescan=True))
        hand.time += 0.01
    hand.run(10)
    assert 3 <= len(walks) <= 6
    assert all(later - earlier >= 3 for earlier, later in pairwise(walks))
    fresh = hand.vault.keeper()
    assert hand.watch.keeper.figures().totals == fresh.figures().totals


def test_lost_news_is_told_once_for_a_storm_and_everything_is_looked_at(hand: Hand) -> None:
    hand.vault.swap(DAY, "- [ ] Write", "- [x] Write")
    for _ in range(20):
        hand.tell(lost=True)
        hand.time += 0.1
    assert hand.run(5) == ["lost", "changed", "written"]
    hand.run(LONGEST_WAIT)
    hand.tell(lost=True)
    assert hand.run(5) == ["lost"]


# Nothing spins


def hold(patch: pytest.MonkeyPatch, hand: Hand, trouble: str) -> None:
    """Make something go wrong and stay so."""

    def full(descriptor: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    if trouble == "a full disk":
        patch.setattr(os, "write", full)
    elif trouble == "a vault that is gone":
        hand.vault.root.rename(hand.vault.root.with_name("away"))
    elif trouble == "a note that may not be written":
        (hand.vault.root / GOAL).chmod(0o444)
    elif trouble == "a watcher that dies at once":
        patch.setattr(Following, "is_broken", lambda follow: True)
    elif trouble == "settings that cannot be read":
        hand.vault.write(".microwins.toml", "stamp = [")
        hand.tell(settings=True)


TROUBLES = [
    "a full disk", "a vault that is gone", "a note that may not be written", "a watcher that dies at once",
    "settings that cannot be read",
]  # fmt: skip


@pytest.mark.parametrize("polling", [False, True])
@pytest.mark.parametrize("trouble", TROUBLES)
def test_in_an_hour_of_trouble_it_looks_no_more_often_than_it_must(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch, trouble: str, polling: bool
) -> None:
    hand = Hand(vault, polling=polling)
    hand.tick()
    with monkeypatch.context() as patch:
        hold(patch, hand, trouble)
        hand.run(60)
        hand.steps = 0
        told = [kind for _ in range(6) for kind in hand.run(600)]
    assert hand.steps <= 3600 / POLL + 3600 / RETRY * 4
    assert "problem" not in told
    assert "gone" not in told


# The day


def test_midnight_begins_a_day_and_makes_its_note(tmp_path: Path) -> None:
    hand = Hand(small_vault(tmp_path, f"{SETTINGS}daily.create = true\n"))
    hand.run(2 * LONGEST_WAIT)
    hand.vault.now += timedelta(hours=11, minutes=59, seconds=50)
    hand.watch.step(News())
    assert hand.watch.seconds_to_wait() == 10
    hand.vault.now += timedelta(seconds=10)
    assert hand.run(LONGEST_WAIT)[:2] == ["day", "created"]
    tomorrow = TODAY + timedelta(days=1)
    assert "- [ ] Write 300 words\n" in hand.vault.text(f"{tomorrow}.md")


def test_the_note_of_a_week_is_made_when_the_week_begins_and_follows_the_ticks(tmp_path: Path) -> None:
    hand = Hand(small_vault(tmp_path, f"{SETTINGS}weekly.create = true\n"))
    assert (hand.vault.root / "Reviews/2026-W10.md").exists()  # that of the week that is running
    hand.vault.now += timedelta(days=5)
    assert "created" in hand.run(LONGEST_WAIT)
    monday = TODAY + timedelta(days=5)
    assert "**Week of 9 to 15 March 2026, day 1 of 7** · No win so far" in hand.vault.text(
        "Reviews/2026-W11.md"
    )
    hand.vault.write(f"{monday}.md", "- [x] Read a page\n")
    hand.tell(f"{monday}.md")
    hand.run(60)
    assert "day 1 of 7** · 1 win on 1 of 1 day" in hand.vault.text("Reviews/2026-W11.md")


def test_no_note_is_made_unless_it_is_wanted(hand: Hand) -> None:
    hand.vault.now += timedelta(days=1)
    assert hand.run(LONGEST_WAIT)[0] == "day"
    assert not (hand.vault.root / f"{TODAY + timedelta(days=1)}.md").exists()


def test_the_note_is_made_at_its_time_of_day(tmp_path: Path) -> None:
    hand = Hand(small_vault(tmp_path, f'{SETTINGS}[daily]\ncreate = true\nat = "06:30"\n'))
    hand.vault.now += timedelta(hours=12)
    assert "created" not in hand.run(LONGEST_WAIT * 2)
    hand.vault.now += timedelta(hours=6, minutes=30)
    assert "created" in hand.run(LONGEST_WAIT * 2)


def test_a_suspended_laptop_wakes_in_the_right_day(hand: Hand) -> None:
    hand.tick()
    hand.run(10)
    hand.vault.now += timedelta(days=9, hours=7)
    assert hand.run(LONGEST_WAIT) == ["day", "written"]
    assert hand.watch.keeper.figures().now.today == TODAY + timedelta(days=9)


def test_a_clock_that_is_set_back_is_followed(hand: Hand) -> None:
    hand.vault.now -= timedelta(days=1)
    hand.run(LONGEST_WAIT)
    assert hand.watch.keeper.figures().now.today == TODAY - timedelta(days=1)
    assert hand.watch.keeper.figures().now.closed_until == TODAY - timedelta(days=1)


def live_through(hand: Hand, hours: float) -> list[tuple[str, datetime]]:
    """Let clock and count of seconds run on together; return what was said of the day, and when."""
    end, found = hand.vault.now + timedelta(hours=hours), []
    while hand.vault.now < end:
        wait = hand.watch.seconds_to_wait()
        assert 0 <= wait <= LONGEST_WAIT
        hand.time += wait
        hand.vault.now += timedelta(seconds=wait)
        hand.watch.step(News())
        found += [(event.text, hand.vault.now) for event in hand.events if event.kind == "day"]
        hand.take()
    return found


@pytest.mark.parametrize(
    ("zone", "local", "day_start", "begins"),
    [
        ("Europe/Berlin", "2026-03-28T20:00", "00:00", ["03-29 00:00", "03-30 00:00"]),
        ("Europe/Berlin", "2026-03-28T20:00", "02:30", ["03-29 03:30", "03-30 02:30"]),
        ("Europe/Berlin", "2026-10-24T20:00", "00:00", ["10-25 00:00", "10-26 00:00"]),
        ("Europe/Berlin", "2026-10-24T20:00", "04:00", ["10-25 04:00", "10-26 04:00"]),
        ("Australia/Lord_Howe", "2026-10-03T20:00", "00:00", ["10-04 00:00", "10-05 00:00"]),
        ("America/Santiago", "2026-09-05T20:00", "00:00", ["09-06 01:00", "09-07 00:00"]),
    ],
)
def test_each_day_begins_at_its_hour_when_the_clocks_are_changed(
    tmp_path: Path, zone: str, local: str, day_start: str, begins: list[str]
) -> None:
    place = ZoneInfo(zone)
    vault = small_vault(tmp_path, f'timezone = "{zone}"\nday_start = "{day_start}"\n')
    vault.now = datetime.fromisoformat(local).replace(tzinfo=place).astimezone(UTC)
    said = live_through(Hand(vault), 36)
    assert [f"{when.astimezone(place):%m-%d %H:%M}" for _, when in said] == begins


@pytest.fixture
def machine_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Put the machine into another zone."""
    if not hasattr(machine_time, "tzset"):
        pytest.skip("the zone of a process cannot be changed here")

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        machine_time.tzset()

    yield move
    monkeypatch.undo()
    machine_time.tzset()


def test_a_zone_that_changes_meanwhile_is_followed(
    tmp_path: Path, machine_zone: Callable[[str], None]
) -> None:
    machine_zone("Europe/Berlin")
    hand = Hand(small_vault(tmp_path, 'timezone = "local"\n'))
    hand.vault.now = NOW.replace(hour=17)
    assert hand.run(LONGEST_WAIT) == []
    machine_zone("Asia/Tokyo")  # 02:00 of the next day
    assert hand.run(LONGEST_WAIT)[0] == "day"
    now = hand.watch.keeper.figures().now
    assert (now.today - TODAY, TODAY - now.closed_until) == (timedelta(days=1), timedelta(days=1))
    machine_zone("America/Los_Angeles")
    assert hand.run(LONGEST_WAIT)[0] == "day"
    assert hand.said[0] == f"By the clock it is {TODAY} again."
    assert [f"{when:%d %H:%M}" for _, when in live_through(hand, 24)] == ["05 08:00"]


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_after_days_of_sleep_the_next_day_begins_on_the_minute(tmp_path: Path, zone: str) -> None:
    place = ZoneInfo(zone)
    hand = Hand(small_vault(tmp_path, f'timezone = "{zone}"\n'))
    hand.vault.now = datetime(2026, 3, 9, 15, 20, tzinfo=place).astimezone(
        UTC
    )  # the clocks were changed meanwhile
    ((text, _), (_, when)) = live_through(hand, 12)
    assert text == "A new day: 2026-03-09."
    assert f"{when.astimezone(place):%m-%d %H:%M}" == "03-10 00:00"


def test_a_clock_that_was_ahead_is_told_and_followed(hand: Hand) -> None:
    hand.vault.now += timedelta(days=400)
    hand.run(LONGEST_WAIT)
    hand.vault.now -= timedelta(days=400)
    assert hand.run(LONGEST_WAIT)[:2] == ["day", "problem"]
    assert hand.watch.keeper.figures().now == Now.at(TODAY)


def test_a_tick_that_no_line_can_bear_keeps_its_day_when_its_note_goes_and_comes_back(hand: Hand) -> None:
    note = hand.vault.root / GOAL
    hand.vault.swap(GOAL, "- [ ] Chapter one", "- [x] Chapter one")
    note.chmod(0o444)
    hand.tell(GOAL)
    hand.run(10)
    data, times = note.read_bytes(), note.stat().st_mtime_ns
    hand.vault.now += timedelta(days=2)
    note.unlink()
    hand.tell(GOAL)
    hand.run(10)
    note.write_bytes(data)
    os.utime(note, ns=(times, times))
    hand.tell(GOAL)
    hand.run(30)
    assert f"- [x] Chapter one ✅ {TODAY}\n" in hand.vault.text(GOAL)


# Settings


def test_new_settings_are_read_once_they_are_still(hand: Hand) -> None:
    hand.vault.write(".microwins.toml", "")
    hand.tell(settings=True)
    assert hand.run(SETTINGS_STILL - 0.1) == []
    hand.vault.write(".microwins.toml", f'{SETTINGS}streaks.show = "hidden"\n')
    hand.tell(settings=True)
    assert hand.run(5) == ["settings", "written"]
    assert "Streak" not in hand.vault.text(GOAL)


def test_of_a_vault_that_is_opened_anew_nothing_is_held_twice(vault: SmallVault) -> None:
    session = vault.session
    hand = Hand(vault, opened_by=lambda: session.reopened(apart=True).keeper())
    known = [weakref.ref(hand.watch.keeper.ledger)]
    for hours in (4, 5):
        vault.write(".microwins.toml", f'{SETTINGS}late_window = "{hours}h"\n')
        hand.tell(settings=True)
        assert "settings" in hand.run(10)
        known.append(weakref.ref(hand.watch.keeper.ledger))
    assert [one() for one in known] == [None, None, hand.watch.keeper.ledger]
    assert session.opened == []


def test_settings_that_say_the_same_are_no_news(hand: Hand) -> None:
    parsed = hand.watch.keeper.parsed
    hand.vault.write(".microwins.toml", f"# a comment\n{SETTINGS}")
    hand.vault.write(".obsidian/app.json", "{}")
    hand.tell(settings=True)
    assert hand.run(60) == []
    assert hand.watch.keeper.parsed == parsed


@pytest.mark.parametrize("broken", ["stamp = [", 'quite = "2s"', 'timezone = "Mars/Olympus"'])
def test_broken_settings_are_told_once_and_those_in_force_stay(hand: Hand, broken: str) -> None:
    hand.vault.write(".microwins.toml", broken)
    for _ in range(3):
        hand.tell(settings=True)
        hand.run(1)
    hand.tick()
    assert hand.run(10).count("problem") == 0
    assert "Write 300 words · every day | 1 day |" in hand.vault.text(GOAL)
    hand.vault.write(".microwins.toml", SETTINGS)
    hand.tell(settings=True)
    assert hand.run(5) == ["settings"]


def test_broken_settings_are_told(hand: Hand) -> None:
    hand.vault.write(".microwins.toml", 'quite = "2s"')
    hand.tell(settings=True)
    assert hand.run(5) == ["problem"]
    assert "quiet" in hand.said[0]


def test_nothing_is_written_until_the_owner_agrees(vault: SmallVault) -> None:
    (vault.root / ".microwins.toml").unlink()
    vault.environment["MICROWINS_TIMEZONE"] = "UTC"
    before = vault.contents()
    hand = Hand(vault)
    hand.tick()
    assert hand.run(60) == ["changed", "news"]
    assert {path for path, data in vault.contents().items() if data != before.get(path)} == {DAY}
    vault.write(".microwins.toml", SETTINGS)
    hand.tell(settings=True)
    assert hand.run(5) == ["settings", "written"]


# Trouble


def test_a_problem_is_told_once_for_as_long_as_it_lasts(hand: Hand) -> None:
    broken = "<!-- microwins:week -->\nlost\n"
    hand.vault.write("a.md", broken)
    hand.tell("a.md")
    assert hand.run(60) == ["problem"]
    hand.change("a.md", "lost\n", "lost again\n")
    hand.tick()
    assert "problem" not in hand.run(RESCAN * 2)
    hand.vault.write("a.md", "mended\n")
    hand.tell("a.md")
    assert "problem" not in hand.run(60)
    hand.vault.write("a.md", broken)
    hand.tell("a.md")
    assert hand.run(60) == ["problem"]


def test_a_conflict_copy_is_told_when_it_comes(hand: Hand) -> None:
    hand.vault.write("2026-03-04.sync-conflict-20261121-202322-W3G74XU.md", "- [x] Write 300 words\n")
    hand.tell(rescan=True)
    assert hand.run(60) == ["problem"]


def test_a_note_that_may_not_be_written_is_told_once_and_written_when_it_may(hand: Hand) -> None:
    (hand.vault.root / GOAL).chmod(0o444)
    hand.tick()
    assert hand.run(10 * RETRY) == ["changed", "problem"]
    (hand.vault.root / GOAL).chmod(0o644)
    assert hand.run(RETRY + 1) == ["written"]


def test_a_full_disk_is_told_once_and_written_when_it_is_not(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        hand.tick()
        assert hand.run(10 * RETRY) == ["changed", "problem"]
    assert hand.run(RETRY + 1) == ["written"]


def test_a_new_tick_does_not_wait_for_the_retry_of_another_note(hand: Hand) -> None:
    hand.vault.write("Goals/Two.md", "---\ntype: goal\n---\n## Micro-wins\n- Walk 🔁 every day\n")
    hand.tell("Goals/Two.md")
    hand.run(10)
    (hand.vault.root / GOAL).chmod(0o444)
    hand.tick()
    hand.run(10)
    hand.vault.write("2026-03-03.md", "- [x] Walk\n")
    hand.tell("2026-03-03.md")
    assert hand.run(QUIET + 1) == ["changed", "written"]


def test_a_note_overtaken_by_its_owner_is_done_again_without_a_word(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.tick()
    hand.run(1)
    real = os.fsync
    waiting = [True]

    def fsync(descriptor: int) -> None:
        if waiting:
            waiting.pop()
            hand.vault.swap(GOAL, "# Book", "# My book")
        real(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        assert "problem" not in hand.run(30)
    assert "# My book" in hand.vault.text(GOAL)
    assert "Write 300 words · every day | 1 day |" in hand.vault.text(GOAL)


def test_a_vault_that_is_renamed_and_comes_back_is_followed_again(hand: Hand) -> None:
    away = hand.vault.root.with_name("away")
    hand.vault.root.rename(away)
    hand.tell(rescan=True)
    assert hand.run(300) == ["gone"]
    assert hand.watch.keeper.figures().totals.all == 1
    away.rename(hand.vault.root)
    hand.vault.swap(DAY, "- [ ] Write", "- [x] Write")
    assert hand.run(60) == ["back", "changed", "written"]


def test_the_empty_folder_of_an_unmounted_disk_is_no_empty_vault(tmp_path: Path) -> None:
    hand = Hand(small_vault(tmp_path, f"{SETTINGS}daily.create = true\n"))
    away = hand.vault.root.with_name("away")
    hand.vault.root.rename(away)
    hand.vault.root.mkdir()
    hand.vault.now += timedelta(days=1)
    assert hand.run(300) == ["gone"]
    assert list(hand.vault.root.iterdir()) == []
    hand.vault.root.rmdir()
    away.rename(hand.vault.root)
    assert hand.run(10)[:2] == ["back", "day"]


def test_a_vault_that_cannot_be_looked_at_is_waited_for(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    def stale(path: object) -> object:
        raise OSError(116, "Stale file handle")

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", stale)
        assert hand.run(LONGEST_WAIT * 3) == ["gone"]
    assert hand.run(60) == ["back"]


def test_a_request_to_stop_is_not_followed_by_work(hand: Hand) -> None:
    hand.tick()
    hand.run(0.5)
    hand.time += 60
    before = hand.vault.contents()
    hand.tell(DAY, stop=True)
    assert hand.vault.contents() == before


def test_a_moved_note_is_at_no_moment_counted_twice(hand: Hand) -> None:
    hand.tick()
    hand.run(10)
    (hand.vault.root / "Old").mkdir()
    (hand.vault.root / DAY).rename(hand.vault.root / "Old" / DAY)
    hand.tell(DAY, f"Old/{DAY}")
    hand.run(0.2)
    assert hand.said == []
    assert hand.watch.keeper.figures().totals.today == 1


def test_a_moved_note_is_counted_once_where_its_new_place_is_told_later(hand: Hand) -> None:
    hand.tick()
    hand.run(10)
    (hand.vault.root / "Old").mkdir()
    (hand.vault.root / GOAL).rename(hand.vault.root / "Old" / "Book.md")
    hand.tell(GOAL)
    hand.run(1.1)
    hand.tell("Old/Book.md")
    hand.run(10)
    assert hand.said == []
    assert hand.watch.keeper.figures().totals.today == 1


def test_a_step_is_answered_with_its_name_and_all_that_it_moved(hand: Hand) -> None:
    hand.change(GOAL, "- [ ] Chapter one", "- [x] Chapter one")
    hand.run(0.2)
    assert hand.said == ["✓ Chapter one  ·  Book 50 → 100 %"]


def test_a_tick_that_is_seen_gets_its_time_and_no_note_tells_it(hand: Hand) -> None:
    hand.vault.now = hand.vault.now.replace(hour=9, minute=14)
    hand.tick()
    hand.run(10)
    assert [one.time for one in hand.watch.keeper.times.boxes_on(TODAY)] == ["09:14", None]
    assert not any(b"09:14" in text for text in hand.vault.contents().values())
    hand.change(DAY, "- [x] Write", "- [ ] Write")
    hand.run(10)
    assert [one.time for one in hand.watch.keeper.times.boxes_on(TODAY)] == [None, None]


def test_what_was_reached_is_told_once_a_day_and_not_again_when_it_is_ticked_anew(tmp_path: Path) -> None:
    hand = Hand(small_vault(tmp_path, LOUD))
    hand.change(DAY, "- [ ] Read a page", "- [x] Read a page")
    assert "news" in hand.run(QUIET + 1)
    assert "✦ Reached today · Read a page: the first win" in hand.said
    hand.change(DAY, "- [x] Read a page", "- [ ] Read a page")
    hand.run(QUIET + 1)
    hand.change(DAY, "- [ ] Read a page", "- [x] Read a page")
    assert "news" not in hand.run(QUIET + 1)


def title_it(root: Path) -> str:
    text = (root / GOAL).read_text("utf-8")
    (root / GOAL).write_text(text.replace("type: goal\n", "type: goal\ntitle: Novel\n"), "utf-8")
    return GOAL


def rename(root: Path) -> str:
    (root / GOAL).rename(root / "Goals/Novel.md")
    return "Goals/Novel.md"


def move(root: Path) -> str:
    (root / "Projects").mkdir()
    (root / GOAL).rename(root / "Projects/Book.md")
    return "Projects/Book.md"


def copy_and_delete(root: Path) -> str:
    (root / "Goals/Novel.md").write_bytes((root / GOAL).read_bytes())
    (root / GOAL).unlink()
    return "Goals/Novel.md"


RENAMES = [title_it, rename, move, copy_and_delete]


@pytest.mark.parametrize("change", RENAMES)
def test_a_milestone_that_was_told_is_not_told_again_when_its_goal_gets_another_name(
    tmp_path: Path, change: Callable[[Path], str]
) -> None:
    hand = Hand(small_vault(tmp_path, LOUD))
    hand.change(GOAL, "- [ ] Chapter one", "- [x] Chapter one")
    assert "news" in hand.run(QUIET + 1)
    assert "✦ Reached today · Book: all done" in hand.said
    hand.tell(GOAL, change(hand.vault.root))
    assert "news" not in hand.run(QUIET + 10)
    hand.change(DAY, "- [ ] Read a page", "- [x] Read a page")
    assert "news" not in hand.run(QUIET + 10)


@pytest.mark.parametrize("change", RENAMES)
def test_a_goal_that_got_another_name_while_nobody_watched_has_told_its_milestones(
    tmp_path: Path, change: Callable[[Path], str]
) -> None:
    vault = small_vault(tmp_path, LOUD)
    hand = Hand(vault)
    hand.change(GOAL, "- [ ] Chapter one", "- [x] Chapter one")
    assert "news" in hand.run(QUIET + 1)
    hand.watch.keeper.close()
    change(vault.root)
    later = Hand(vault)
    later.change(DAY, "- [ ] Read a page", "- [x] Read a page")
    assert "news" not in later.run(QUIET + 10)


def test_a_goal_with_another_name_still_tells_what_it_reaches_next(tmp_path: Path) -> None:
    vault = small_vault(tmp_path, LOUD)
    vault.swap(GOAL, "- [ ] Chapter one", "- [ ] Chapter one\n- [ ] Chapter two\n- [ ] Chapter three")
    hand = Hand(vault)
    hand.change(GOAL, "- [ ] Chapter one", "- [x] Chapter one")
    hand.run(QUIET + 1)
    assert "✦ Reached today · Book: 50 % of the way" in hand.said
    hand.tell(GOAL, rename(vault.root))
    hand.run(QUIET + 10)
    hand.change("Goals/Novel.md", "- [ ] Chapter two", "- [x] Chapter two")
    hand.run(QUIET + 1)
    assert "✦ Reached today · Novel: 75 % of the way" in hand.said


def test_what_was_reached_before_it_began_is_not_told(tmp_path: Path) -> None:
    vault = small_vault(tmp_path, LOUD)
    vault.swap(DAY, "- [ ] Read a page", "- [x] Read a page")
    hand = Hand(vault)
    hand.change(DAY, "- [ ] Write 300 words", "- [x] Write 300 words 310 words")
    assert all("Read a page" not in line for line in hand.said if "✦" in line)


def test_a_micro_win_that_is_being_typed_gets_a_box_once_its_name_is_whole(hand: Hand) -> None:
    hand.change(DAY, "# Wednesday\n", "# Wednesday\n\n<!-- microwins:today -->\n<!-- /microwins -->\n")
    hand.run(QUIET + 1)
    hand.change(GOAL, "- Read a page 🔁 every day\n", "- Read a page 🔁 every day\n- Med 🔁 every day\n")
    hand.run(QUIET + 3)
    hand.change(GOAL, "- Med 🔁", "- Meditate 🔁")
    hand.run(QUIET + 3)
    assert "Med" not in hand.vault.text(DAY)
    hand.run(60)
    assert "- [ ] Meditate\n" in hand.vault.text(DAY)
    assert "- [ ] Med\n" not in hand.vault.text(DAY)


def test_a_tick_does_not_wait_for_a_micro_win_that_is_being_typed(hand: Hand) -> None:
    hand.change(GOAL, "- Read a page 🔁 every day\n", "- Read a page 🔁 every day\n- Med 🔁 every day\n")
    hand.tick()
    assert "written" in hand.run(QUIET + 1)
    assert "| Write 300 words · every day | 1 day |" in hand.vault.text(GOAL)


TODAYS = "# Wednesday\n\n<!-- microwins:today -->\n<!-- /microwins -->\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: goal", "type: goal\ntitle: Novel"),
        ("- Read a page 🔁 every day\n", ""),
        ("- Read a page 🔁 every day", "- Read a page 🔁 every Monday"),
        ("## Steps", "Because I want to.\n\n## Steps"),
    ],
    ids=["a title", "one that is taken out", "one that is rescheduled", "other words"],
)
def test_todays_note_does_not_wait_for_what_adds_no_micro_win(hand: Hand, old: str, new: str) -> None:
    hand.change(GOAL, old, new)
    hand.vault.write(DAY, TODAYS)
    hand.tell(DAY)
    assert "written" in hand.run(QUIET + 1)
    assert "- [ ] Write 300 words\n" in hand.vault.text(DAY)


@pytest.mark.parametrize("change", [title_it, rename, move])
def test_todays_note_does_not_wait_for_a_goal_that_gets_another_name(
    hand: Hand, change: Callable[[Path], str]
) -> None:
    hand.tell(GOAL, change(hand.vault.root))
    hand.vault.write(DAY, TODAYS)
    hand.tell(DAY)
    hand.run(QUIET + GRACE + 1)
    assert "- [ ] Write 300 words\n" in hand.vault.text(DAY)


def test_a_goal_that_comes_as_another_file_gets_its_boxes_once(hand: Hand) -> None:
    hand.vault.write(DAY, TODAYS)
    hand.tell(DAY, GOAL, copy_and_delete(hand.vault.root))
    hand.run(60)
    assert hand.vault.text(DAY).count("- [ ] Write 300 words") == 1


def test_whoever_adds_micro_wins_for_minutes_gets_boxes_in_between(hand: Hand) -> None:
    hand.change(DAY, "# Wednesday\n", TODAYS)
    hand.run(QUIET + 1)
    for name in "abcdefghijklmnop":
        hand.change(GOAL, "\n## Steps", f"- Stretch {name} 🔁 every day\n\n## Steps")
        hand.run(LONGEST_DRAFT / 12)
    assert 12 <= hand.vault.text(DAY).count("- [ ] Stretch") < 16
