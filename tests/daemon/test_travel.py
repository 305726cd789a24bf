"""The remembered day: journeys, clocks that are wrong, and marks that cannot be read."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.daemon.clock import DayClock, system_uptime
from microwins.daemon.day_mark import DayMemory, Uptime
from microwins.parsers.settings import Settings
from microwins.streaks.calendar import DAY, Now

from .small_vault import small_vault

HOUR = timedelta(hours=1)
WEST, HOME, EAST = "Etc/GMT+12", "Europe/Berlin", "Pacific/Kiritimati"


@dataclass
class Traveller:
    """A machine that is carried about: each `look` is a run of the program, with nothing kept but the file."""

    state: Path
    moment: datetime
    zone: str = HOME
    day_start: time = time(0)
    late: timedelta = 3 * HOUR
    boot: str = ""
    running: timedelta = timedelta(0)

    def clock(self) -> DayClock:
        uptime = Uptime(self.boot, self.running.total_seconds()) if self.boot else None
        settings = Settings(timezone=self.zone, day_start=self.day_start, late_window=self.late)
        memory = DayMemory(self.state, self.state)
        return DayClock(settings, lambda: self.moment, None, memory, lambda: uptime)

    def look(self) -> tuple[str, str]:
        """Return today and the last closed day, as month and day."""
        now = self.clock().now()
        return f"{now.today:%m-%d}", f"{now.closed_until:%m-%d}"

    def wait(self, hours: float) -> tuple[str, str]:
        """Let time pass, then look."""
        self.moment += hours * HOUR
        self.running += hours * HOUR
        return self.look()

    def set_clock(self, local: str) -> tuple[str, str]:
        """Set the clock to a local time, which takes no time, then look."""
        self.moment = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(self.zone))
        return self.look()

    def fly(self, zone: str, hours: float = 0) -> tuple[str, str]:
        """Be in another zone after so many hours, then look."""
        self.zone = zone
        return self.wait(hours)

    @property
    def mark(self) -> Path:
        (found,) = (self.state / "days").glob("*.json")
        return found


def traveller(state: Path, local: str, zone: str = HOME, boot: str = "") -> Traveller:
    made = Traveller(state, datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)), zone, boot=boot)
    made.look()
    return made


# Journeys


def test_a_journey_west_brings_the_day_back_and_leaves_closed_what_was_closed(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2026-03-10T10:00", "Asia/Tokyo")
    assert one.look() == ("03-10", "03-09")
    assert one.fly("America/Los_Angeles", 10) == ("03-10", "03-09")
    one = traveller(tmp_path / "other", "2026-03-10T10:00", "Asia/Tokyo")
    assert one.fly("America/Los_Angeles") == ("03-09", "03-09")
    assert one.wait(5) == ("03-09", "03-09")
    assert one.wait(2) == ("03-10", "03-09")
    assert one.wait(22) == ("03-10", "03-09")
    assert one.wait(4) == ("03-11", "03-10")


def test_a_journey_east_closes_no_day_that_is_not_over_at_home(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2026-01-12T18:00")
    assert one.look() == ("01-12", "01-11")
    assert one.fly("Asia/Tokyo") == ("01-13", "01-11")  # 02:00 in Tokyo
    assert one.wait(8) == ("01-13", "01-11")  # 10:00 in Tokyo, 02:00 at home
    assert one.wait(1) == ("01-13", "01-12")  # 03:00 at home


def test_a_day_later_the_zone_of_before_does_not_matter_any_more(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2026-01-12T18:00", WEST)
    assert one.fly(EAST) == ("01-13", "01-11")
    assert one.wait(23) == ("01-14", "01-12")
    assert one.wait(1) == ("01-14", "01-13")


def test_who_was_away_for_a_day_is_answered_by_the_new_zone_at_once(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2026-01-12T18:00", WEST)
    assert one.fly(EAST, 24) == ("01-14", "01-13")


def test_a_journey_in_two_legs_is_as_kind_as_one(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2026-01-12T18:00")
    assert one.fly("Asia/Dubai") == ("01-12", "01-11")
    assert one.fly("Asia/Tokyo") == ("01-13", "01-11")
    assert one.wait(7) == ("01-13", "01-11")
    assert one.wait(2) == ("01-13", "01-12")


def test_there_and_back_again_changes_nothing(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2026-01-12T18:00")
    before = one.look()
    for zone in (EAST, WEST, "Asia/Tokyo", "America/New_York", EAST):
        one.fly(zone)
    assert one.fly(HOME) == before
    assert one.mark.stat().st_size < 1000


@pytest.mark.parametrize(
    "local", ["2026-03-28T12:00", "2026-10-24T12:00"], ids=["summer begins", "summer ends"]
)
def test_the_change_to_summer_time_and_back_is_no_journey(tmp_path: Path, local: str) -> None:
    one = traveller(tmp_path, local)
    for _ in range(96):
        fresh = DayClock(Settings(timezone=HOME), lambda: one.moment)
        now = fresh.now()
        assert one.wait(0) == (f"{now.today:%m-%d}", f"{now.closed_until:%m-%d}")
        one.wait(0.5)


@dataclass
class Woken:
    """Somebody who looks at the clock when it has come to the moment that it named at the last look, and never else."""

    one: Traveller
    closed: list[str] = field(default_factory=list)

    def until(self, hours: float) -> list[str]:
        """Sleep and wake for so many hours; return when which day was closed, in the zone of now."""
        end = self.one.moment + hours * HOUR
        before = self.one.look()
        while True:
            change = self.one.clock().next_change(self.one.moment.timestamp())
            seconds = change - self.one.moment.timestamp()
            if self.one.moment + timedelta(seconds=seconds) > end:
                return self.closed
            after = self.one.wait(seconds / 3600)
            if after[1] != before[1]:
                self.closed.append(
                    f"{self.one.moment.astimezone(ZoneInfo(self.one.zone)):%d %H:%M}: {after[1]}"
                )
            before = after


def test_a_day_that_the_zone_of_before_keeps_open_is_closed_to_the_second_for_who_sleeps_until_then(
    tmp_path: Path,
) -> None:
    one = traveller(tmp_path, "2026-01-12T18:00")
    one.fly("Asia/Tokyo")
    assert Woken(one).until(30) == ["13 11:00: 01-12", "14 03:00: 01-13"]
    one = traveller(tmp_path / "far", "2026-01-12T18:00", WEST)
    one.fly(EAST)
    assert Woken(one).until(30) == ["14 05:00: 01-12", "14 20:00: 01-13"]


def test_a_day_that_the_clock_of_before_keeps_open_is_closed_for_who_sleeps_until_then(
    tmp_path: Path,
) -> None:
    one = traveller(tmp_path, "2026-01-14T12:00", boot="a")
    one.set_clock("2026-01-17T12:00")
    assert Woken(one).until(30) == ["18 03:00: 01-14", "18 12:00: 01-17"]


# Clocks


def test_a_clock_that_is_set_back_opens_no_day_again(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2026-01-14T12:00")
    assert one.look() == ("01-14", "01-13")
    assert one.set_clock("2026-01-14T01:00") == ("01-14", "01-13")
    assert one.set_clock("2026-01-13T12:00") == ("01-13", "01-13")
    assert one.wait(24) == ("01-14", "01-13")


def test_a_clock_set_ahead_closes_nothing_before_a_day_has_passed(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2026-01-14T12:00", boot="a")
    assert one.set_clock("2026-01-17T12:00") == ("01-17", "01-13")
    assert one.wait(15) == ("01-18", "01-14")
    assert one.wait(9) == ("01-18", "01-17")


def test_a_clock_set_ahead_and_soon_set_right_again_leaves_no_trace(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2026-01-14T12:00", boot="a")
    one.moment += timedelta(days=365 * 73)
    one.look()
    one.moment -= timedelta(days=365 * 73)
    assert one.look() == ("01-14", "01-13")
    assert one.wait(15) == ("01-15", "01-14")
    assert one.clock().problems() == ()


def test_a_clock_that_was_set_ahead_is_forgotten_by_the_next_start_of_the_machine(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2026-01-14T12:00", boot="a")
    one.moment += timedelta(days=365 * 73)
    one.look()
    one.moment -= timedelta(days=365 * 73)
    one.boot, one.running = "b", timedelta(0)
    assert one.look() == ("01-14", "01-13")
    assert one.wait(48) == ("01-16", "01-15")


def test_sleep_is_no_leap_of_the_clock(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2026-01-14T12:00", boot="a")
    assert one.wait(24 * 9) == ("01-23", "01-22")


def test_after_a_restart_the_clock_is_believed(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2026-01-14T12:00", boot="a")
    one.boot, one.running = "b", timedelta(0)
    one.moment += timedelta(days=9)
    assert one.look() == ("01-23", "01-22")


def test_a_clock_that_was_far_ahead_closes_nothing_for_ever_and_that_is_said_once(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2099-06-01T12:00")
    assert one.set_clock("2026-01-14T12:00") == ("01-14", "01-13")
    one.mark.unlink()
    one.set_clock("2099-06-01T12:00")
    one.moment = datetime(2026, 1, 14, 12, tzinfo=UTC)
    clock = one.clock()
    clock.now()
    (problem,) = clock.problems()
    assert (problem.code, "2099-06-01" in problem.message) == ("clock-was-ahead", True)
    again = one.clock()
    again.now()
    assert again.problems() == ()


def test_a_clock_that_was_two_days_ahead_holds_the_closed_days_for_two_days_at_most(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2026-01-16T12:00")
    assert one.set_clock("2026-01-14T12:00") == ("01-14", "01-14")
    assert one.wait(24) == ("01-15", "01-15")
    assert one.wait(48) == ("01-17", "01-16")


def test_a_clock_that_was_never_set_is_not_remembered(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2026-01-14T12:00", boot="a")
    before = one.mark.read_bytes()
    assert one.set_clock("1970-01-01T00:01") == ("01-01", "12-30")
    assert one.mark.read_bytes() == before
    assert one.set_clock("2026-01-14T12:00") == ("01-14", "01-13")


def test_each_start_of_a_machine_has_a_name_where_it_tells_one() -> None:
    first, second = system_uptime(), system_uptime()
    if first is not None and second is not None:
        assert first.boot == second.boot
        assert 0 < first.seconds <= second.seconds


# Settings


def test_another_day_start_or_late_window_holds_at_once(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2026-01-14T12:00")
    one.late = timedelta(days=3)
    assert one.look() == ("01-14", "01-10")
    one.late, one.day_start = 3 * HOUR, time(13)
    assert one.look() == ("01-13", "01-12")


# The mark


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"moment": "2026-01-14T12:00:00", "boot": "", "today": "", "closed_until": "", "rules": ""}',
    ],
)
def test_a_damaged_mark_is_as_none(tmp_path: Path, content: bytes) -> None:
    one = traveller(tmp_path, "2026-01-14T12:00")
    one.mark.write_bytes(content)
    assert one.look() == ("01-14", "01-13")
    assert json.loads(one.mark.read_text())["closed_until"] == "2026-01-13"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("closed_until", "9999-12-31"),
        ("closed_until", "0001-01-01"),
        ("moment", "9999-12-31T00:00:00+00:00"),
        ("moment", "0001-01-01T00:00:00+14:00"),
        ("formers", [[0, 1e300, 0]]),
        ("formers", [[1e9, 0, 9e9]]),
        ("formers", [[0, 4e9, 1e10]]),
        ("formers", [[float("nan"), 0, 0]]),
        ("uptime", "much"),
    ],
)
def test_no_value_in_a_mark_stops_the_clock_or_outlasts_a_day(
    tmp_path: Path, key: str, value: object
) -> None:
    one = traveller(tmp_path, "2026-01-14T12:00", boot="a")
    shape = json.loads(one.mark.read_text())
    one.mark.write_text(json.dumps(shape | {key: value}))
    one.look()
    one.boot = "b"
    assert one.wait(25)[0] == "01-15"
    assert one.wait(24) == ("01-16", "01-15")


def test_a_state_folder_that_cannot_be_used_costs_the_memory_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("no folder")
    one = traveller(tmp_path / "state", "2026-01-14T12:00")
    assert one.look() == ("01-14", "01-13")


def test_the_same_answer_is_not_written_again(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2026-01-14T12:00")
    before = one.mark.stat().st_ino
    one.wait(0.5)
    assert one.mark.stat().st_ino == before
    one.wait(1)
    assert one.mark.stat().st_ino != before or b"13:30" in one.mark.read_bytes()


def test_a_day_that_is_acted_in_neither_asks_nor_touches_the_mark(tmp_path: Path) -> None:
    vault = small_vault(tmp_path)
    vault.keeper().figures()
    (mark,) = (tmp_path / "state" / "days").glob("*.json")
    before = mark.read_bytes()
    from microwins.daemon.wiring import Machine, open_session

    machine = Machine({}, lambda: vault.now, tmp_path / "state", tmp_path / "cache")
    now = open_session(machine, vault.root, date(2020, 2, 29)).clock.now()
    assert (now.today, now.closed_until) == (date(2020, 2, 29), date(2020, 2, 28))
    assert mark.read_bytes() == before


def test_when_a_day_that_is_acted_in_changes_does_not_depend_on_journeys(tmp_path: Path) -> None:
    one = traveller(tmp_path, "2026-01-12T18:00")
    one.fly("Asia/Tokyo", 2)
    clock, now = one.clock(), one.moment.timestamp()
    without = DayClock(clock.settings, clock.clock)
    assert clock.next_change(now) != without.next_change(now)  # 11:00 in Tokyo comes before midnight
    assert replace(clock, acting_day=date(2026, 1, 1)).next_change(now) == without.next_change(now)


def test_nothing_is_remembered_of_a_folder_that_is_not_set_up(tmp_path: Path) -> None:
    vault = small_vault(tmp_path)
    (vault.root / ".microwins.toml").unlink()
    vault.keeper().figures()
    assert not (tmp_path / "state").exists()


# Laws

steps = st.lists(
    st.tuples(
        st.sampled_from(
            [WEST, "America/New_York", "UTC", HOME, "Asia/Kathmandu", "Australia/Lord_Howe", EAST]
        ),
        st.floats(0, 60),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(steps, st.booleans(), st.integers(0, 23), st.integers(0, 48))
def test_no_journey_opens_a_closed_day_or_closes_one_that_is_nowhere_over(
    tmp_path_factory: pytest.TempPathFactory,
    legs: list[tuple[str, float]],
    counts: bool,
    start: int,
    late: int,
) -> None:
    one = Traveller(tmp_path_factory.mktemp("law"), datetime(2026, 3, 27, 9, tzinfo=UTC), boot="a" * counts)
    one.day_start, one.late = time(start), late * HOUR
    highest = date.min
    for zone, hours in legs:
        one.zone = zone
        one.moment += hours * HOUR
        one.running += hours * HOUR
        fresh = DayClock(one.clock().settings, lambda: one.moment).now()
        now = one.clock().now()
        assert now.today == fresh.today
        highest = max(highest, now.closed_until)
        assert now.closed_until == min(highest, now.today)
        assert now.closed_until >= fresh.closed_until - 2 * DAY
        assert now.closed_until <= max(fresh.closed_until, highest)
    one.moment += 50 * HOUR
    one.running += 50 * HOUR
    one.clock().now()
    one.moment += 25 * HOUR
    one.running += 25 * HOUR
    assert one.clock().now() == DayClock(one.clock().settings, lambda: one.moment).now()


def test_a_day_that_comes_a_second_time_is_still_offered(tmp_path: Path) -> None:
    vault = small_vault(tmp_path)
    keeper = vault.keeper()
    today = vault.now.date()
    figures = keeper.figures(Now(today, today))
    (first, second) = keeper.view(figures).today
    assert (first.state, second.state) == ("missed", "missed")
    assert keeper.figures(Now(today, today - DAY)).goals[0].wins[0].state == "open"
