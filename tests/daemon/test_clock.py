"""What day it is where the user is, and when that changes."""

import ast
import time as machine_time
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from microwins.daemon.clock import DayClock, UnknownZone, system_clock
from microwins.parsers.settings import Settings

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Etc/GMT+12",
    "Etc/GMT-14",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
)
MIDNIGHT_ZONES = ("America/Santiago", "Africa/Cairo", "Asia/Beirut", "America/Havana", "America/Sao_Paulo")
"""Zones in which midnight itself is left out when summer time begins, or comes twice when it ends."""
HALF_HOUR_ZONES = ("Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Chatham")
PLAIN = Settings(timezone="UTC")


def clock_at(moment: datetime, settings: Settings = PLAIN) -> DayClock:
    return DayClock(settings, lambda: moment)


def seconds_until_change(clock: DayClock) -> float:
    present = clock.clock().timestamp()
    return clock.next_change(present) - present


def wall(zone: str, *parts: int, fold: int = 0) -> datetime:
    year, month, day, hour, minute = parts
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone), fold=fold)


@pytest.mark.parametrize(
    ("hour", "minute", "today", "closed"),
    [
        (0, 0, 5, 3),
        (2, 59, 5, 3),
        (3, 0, 5, 4),
        (23, 59, 5, 4),
    ],
)
def test_yesterday_stays_open_until_the_late_window_ends(
    hour: int, minute: int, today: int, closed: int
) -> None:
    now = clock_at(wall("UTC", 2026, 3, 5, hour, minute)).now()
    assert (now.today, now.closed_until) == (date(2026, 3, today), date(2026, 3, closed))


@pytest.mark.parametrize(
    ("hour", "today", "closed"),
    [(3, 4, 3), (4, 5, 3), (6, 5, 3), (7, 5, 4)],
)
def test_a_day_begins_at_day_start_and_closes_that_much_later(hour: int, today: int, closed: int) -> None:
    settings = Settings(timezone="UTC", day_start=time(4))
    now = clock_at(wall("UTC", 2026, 3, 5, hour, 0), settings).now()
    assert (now.today, now.closed_until) == (date(2026, 3, today), date(2026, 3, closed))


@pytest.mark.parametrize(
    ("late", "closed"), [(timedelta(0), 4), (timedelta(hours=30), 3), (timedelta(days=7), 25)]
)
def test_a_late_window_may_be_none_or_longer_than_a_day(late: timedelta, closed: int) -> None:
    settings = Settings(timezone="UTC", late_window=late)
    now = clock_at(wall("UTC", 2026, 3, 5, 12, 0), settings).now()
    assert now.closed_until.day == closed
    assert now.closed_until < now.today


def test_the_day_is_that_of_the_vaults_zone_and_not_that_of_the_machine() -> None:
    moment = datetime(2026, 3, 5, 11, tzinfo=UTC)
    days = {
        zone: clock_at(moment, Settings(timezone=zone)).now().today.day
        for zone in ("Etc/GMT+12", "UTC", "Etc/GMT-14")
    }
    assert days == {"Etc/GMT+12": 4, "UTC": 5, "Etc/GMT-14": 6}


def test_a_clock_of_another_zone_makes_no_difference() -> None:
    moment = datetime(2026, 3, 5, 0, 30, tzinfo=timezone(timedelta(hours=9)))
    assert clock_at(moment).now().today == date(2026, 3, 4)


def test_an_acting_day_is_open_and_all_before_it_are_closed() -> None:
    clock = DayClock(Settings(timezone="UTC"), lambda: wall("UTC", 2026, 3, 5, 1, 0), date(2020, 2, 29))
    assert (clock.now().today, clock.now().closed_until) == (date(2020, 2, 29), date(2020, 2, 28))
    assert clock.daily_note_due()


def test_an_unknown_zone_is_a_clear_error() -> None:
    for name in ("Mars/Olympus", "", "../etc/passwd", "Europe"):
        with pytest.raises(UnknownZone, match="timezone"):
            clock_at(datetime(2026, 3, 5, tzinfo=UTC), Settings(timezone=name)).now()


@pytest.mark.parametrize(
    ("before", "seconds"),
    [
        (wall("Europe/Berlin", 2026, 3, 28, 23, 0), 3600),  # the day begins
        (
            wall("Europe/Berlin", 2026, 3, 29, 1, 30),
            1800,
        ),  # 02:00 to 03:00 is left out: at 03:00 the day closes
        (wall("Europe/Berlin", 2026, 10, 25, 1, 30), 9000),  # 02:00 to 03:00 comes twice
        (wall("Europe/Berlin", 2026, 10, 25, 2, 30, fold=1), 1800),
    ],
)
def test_the_wait_is_in_real_seconds_when_clocks_are_changed(before: datetime, seconds: int) -> None:
    clock = clock_at(before, Settings(timezone="Europe/Berlin"))
    assert seconds_until_change(clock) == seconds
    at_last = before.astimezone(UTC) + timedelta(seconds=seconds)
    assert clock.now() == clock_at(at_last - timedelta(seconds=1), clock.settings).now()
    assert clock.now() != clock_at(at_last, clock.settings).now()


def test_a_day_that_began_does_not_end_again_when_the_clock_is_set_back() -> None:
    settings = Settings(timezone="Europe/Berlin", day_start=time(2, 30))
    start = datetime(2026, 10, 24, 23, tzinfo=UTC)
    views = [clock_at(start + timedelta(minutes=10 * step), settings).now() for step in range(40)]
    assert [view.today for view in views] == sorted(view.today for view in views)
    assert [view.closed_until for view in views] == sorted(view.closed_until for view in views)
    assert {view.today.day for view in views} == {24, 25}


def test_a_day_that_begins_in_the_hour_that_is_left_out_begins_all_the_same() -> None:
    settings = Settings(timezone="Europe/Berlin", day_start=time(2, 30))
    assert clock_at(wall("Europe/Berlin", 2026, 3, 29, 1, 59), settings).now().today.day == 28
    assert clock_at(wall("Europe/Berlin", 2026, 3, 29, 3, 30), settings).now().today.day == 29


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)),
    st.sampled_from(ZONES),
    st.times(),
    st.integers(0, 7 * 24 * 60),
)
def test_the_wait_is_never_nothing_and_ends_with_the_next_change(
    moment: datetime, zone: str, start: time, late: int
) -> None:
    settings = Settings(
        timezone=zone, day_start=start.replace(second=0, microsecond=0), late_window=timedelta(minutes=late)
    )
    present = moment.replace(tzinfo=UTC)
    clock = clock_at(present, settings)
    wait = seconds_until_change(clock)
    assert 0 < wait <= 25 * 3600
    before = present + timedelta(seconds=wait) - timedelta(milliseconds=1)
    if before > present:
        assert clock_at(before, settings).now() == clock.now()
    after = clock_at(present + timedelta(seconds=wait, milliseconds=1), settings)
    assert after.now().today >= clock.now().today
    assert after.now().closed_until >= clock.now().closed_until


def test_waiting_again_and_again_meets_every_change_of_a_year() -> None:
    settings = Settings(timezone="America/New_York", day_start=time(4), daily_at=time(6, 30))
    present, seen = datetime(2026, 1, 1, 12, tzinfo=UTC), set()
    for _ in range(3 * 365):
        present += timedelta(seconds=seconds_until_change(clock_at(present, settings)))
        seen.add(clock_at(present, settings).now())
    assert len({view.today for view in seen}) >= 364
    assert len({view.closed_until for view in seen}) >= 364


def test_the_daily_note_is_due_from_its_time_of_day_on() -> None:
    settings = Settings(timezone="UTC", daily_at=time(7))
    assert not clock_at(wall("UTC", 2026, 3, 5, 6, 59), settings).daily_note_due()
    assert clock_at(wall("UTC", 2026, 3, 5, 7, 0), settings).daily_note_due()
    assert seconds_until_change(clock_at(wall("UTC", 2026, 3, 5, 6, 0), settings)) == 3600


def test_a_time_stamp_is_a_day_in_the_vaults_zone_and_never_one_to_come() -> None:
    clock = clock_at(wall("UTC", 2026, 3, 5, 12, 0), Settings(timezone="UTC", day_start=time(4)))
    assert clock.day_at(datetime(2026, 3, 2, 3, 59, tzinfo=UTC).timestamp(), clock.now().today) == date(
        2026, 3, 1
    )
    assert clock.day_at(datetime(2026, 3, 2, 4, 0, tzinfo=UTC).timestamp(), clock.now().today) == date(
        2026, 3, 2
    )
    assert clock.day_at(datetime(2030, 1, 1, tzinfo=UTC).timestamp(), clock.now().today) == date(2026, 3, 5)


@pytest.mark.parametrize("year", [1970, 1980, 1999])
def test_a_time_stamp_from_before_there_were_notes_is_today(year: int) -> None:
    clock = clock_at(wall("UTC", 2026, 3, 5, 12, 0))
    assert clock.day_at(datetime(year, 1, 1, tzinfo=UTC).timestamp(), clock.now().today) == date(2026, 3, 5)


@pytest.mark.parametrize("timestamp", [1e18, -1e18, float(2**63)])
def test_a_time_stamp_beyond_all_calendars_is_today(timestamp: float) -> None:
    clock = clock_at(wall("UTC", 2026, 3, 5, 12, 0))
    assert clock.day_at(timestamp, clock.now().today) == date(2026, 3, 5)


@pytest.mark.skipif(not hasattr(machine_time, "tzset"), reason="the zone of a process cannot be changed here")
def test_a_change_of_the_machines_zone_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        for zone, offset in (("Etc/GMT+12", -12), ("Etc/GMT-14", 14)):
            patch.setenv("TZ", zone)
            assert system_clock().utcoffset() == timedelta(hours=offset)
    machine_time.tzset()


# Laws


def begins(day: date, after: timedelta, zone: ZoneInfo) -> datetime:
    """Return when `day` begins, `after` its midnight by the wall clock: found by looking at every minute."""
    wanted = datetime.combine(day, time(0)) + after
    minutes = [wanted.replace(tzinfo=UTC) + timedelta(minutes=step) for step in range(-15 * 60, 16 * 60)]
    for minute in minutes:
        if minute.astimezone(zone).replace(tzinfo=None) == wanted:
            return minute
    for minute in minutes:  # left out: as if the clock had not been changed that night
        offset = (minute - timedelta(hours=3)).astimezone(zone).utcoffset()
        assert offset is not None
        if minute.replace(tzinfo=None) + offset == wanted:
            return minute
    raise AssertionError("no such minute")


@settings(max_examples=60, deadline=None)
@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)),
    st.sampled_from((*ZONES, *MIDNIGHT_ZONES, *HALF_HOUR_ZONES)),
    st.integers(0, 24 * 60 - 1),
    st.integers(0, 4 * 24 * 60),
    st.integers(0, 6),
)
@example(
    datetime(2026, 3, 29, 1, 10), "Europe/Berlin", 150, 0, 0
)  # day_start lies in the hour that is left out
@example(datetime(2026, 9, 6, 4, 0), "America/Santiago", 0, 0, 0)  # so does midnight
@example(datetime(2026, 4, 5, 3, 30), "America/Santiago", 0, 0, 6)
@example(datetime(2026, 10, 3, 15, 40), "Australia/Lord_Howe", 135, 180, 0)
def test_the_day_is_what_a_walk_over_every_minute_says(
    moment: datetime, zone: str, start: int, late: int, week: int
) -> None:
    found = Settings(
        timezone=zone,
        day_start=time(start // 60, start % 60),
        late_window=timedelta(minutes=late),
        week_start=week,
    )
    present = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    now = clock_at(present, found).now()
    place, after = ZoneInfo(zone), timedelta(minutes=start)
    assert now.week_start == week
    assert now.closed_until < now.today
    assert begins(now.today, after, place) <= present < begins(now.today + timedelta(1), after, place)
    ends = after + timedelta(minutes=late)
    closed = [now.closed_until + timedelta(distance) for distance in (1, 2)]
    assert begins(closed[0], ends, place) <= present < begins(closed[1], ends, place)


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)),
    st.lists(st.integers(1, 20 * 3600), min_size=1, max_size=10),
    st.sampled_from((*ZONES, *MIDNIGHT_ZONES, *HALF_HOUR_ZONES)),
    st.times(),
    st.integers(0, 7 * 24 * 60),
)
def test_neither_the_day_nor_what_is_closed_ever_goes_back_in_one_zone(
    moment: datetime, waits: list[int], zone: str, start: time, late: int
) -> None:
    found = Settings(
        timezone=zone, day_start=start.replace(second=0, microsecond=0), late_window=timedelta(minutes=late)
    )
    present, views = moment.replace(tzinfo=UTC), []
    for wait in waits:
        views.append(clock_at(present, found).now())
        present += timedelta(seconds=wait)
    assert [view.today for view in views] == sorted(view.today for view in views)
    assert [view.closed_until for view in views] == sorted(view.closed_until for view in views)


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)),
    st.sampled_from((*ZONES, *MIDNIGHT_ZONES)),
    st.times(),
    st.times(),
)
def test_a_daily_note_that_was_due_stays_due_until_the_day_ends(
    moment: datetime, zone: str, start: time, at: time
) -> None:
    found = Settings(
        timezone=zone,
        day_start=start.replace(second=0, microsecond=0),
        daily_at=at.replace(second=0, microsecond=0),
    )
    views = [clock_at(moment.replace(tzinfo=UTC) + timedelta(minutes=20 * step), found) for step in range(80)]
    seen = [(view.now().today, view.daily_note_due()) for view in views]
    assert seen == sorted(seen)


# Who reads a clock

ROOT = Path(__file__).resolve().parents[2]
ASKED = {
    "now",
    "utcnow",
    "today",
    "time",
    "time_ns",
    "localtime",
    "gmtime",
    "ctime",
    "clock_gettime",
    "monotonic",
    "perf_counter",
}
GIVERS = {"datetime", "date", "time", "machine_time"}
ALLOWED = {
    "daemon/clock.py": {"now", "clock_gettime"},
    "daemon/inbox.py": {"monotonic"},
    "daemon/progress.py": {"monotonic"},
    "daemon/watch.py": {"monotonic"},
}


def clock_reads(path: Path) -> Iterator[str]:
    """Yield what a source file asks of Python's own clocks."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id in GIVERS and node.attr in ASKED:
                yield node.attr
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (name.name for name in node.names)


def test_one_module_reads_the_clock_and_all_others_are_given_it() -> None:
    sources = [
        path for part in ("daemon", "parsers", "streaks", "templates") for path in (ROOT / part).rglob("*.py")
    ]
    found = {path.relative_to(ROOT).as_posix(): set(clock_reads(path)) for path in sources}
    assert {path: reads for path, reads in found.items() if reads} == ALLOWED
