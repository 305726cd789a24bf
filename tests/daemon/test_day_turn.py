"""When a day begins: no change is missed, however the clock is set, and the clock is not asked for it all the time."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from microwins.daemon.clock import DayClock
from microwins.daemon.day_turn import HOLDS, DayTurn
from microwins.parsers.settings import Settings

START = datetime(2026, 3, 5, 22, 50, tzinfo=UTC)
SETTINGS = Settings(timezone="UTC", late_window=timedelta(minutes=20), daily_at=time(0, 10))


class Wall:
    """A clock on the wall that a test sets; it counts how often it was read."""

    def __init__(self) -> None:
        self.moment, self.reads = START, 0

    def read(self) -> datetime:
        self.reads += 1
        return self.moment

    def clock(self) -> DayClock:
        return DayClock(SETTINGS, self.read)


def turn(ring_at: Callable[[float], None] = lambda _moment: None) -> DayTurn:
    return DayTurn(lambda: 0.0, ring_at)


@given(st.lists(st.integers(-5000, 5000), max_size=30))
def test_each_change_is_told_once_however_the_clock_is_set(steps: list[int]) -> None:
    wall, day = Wall(), turn()
    clock = wall.clock()
    before = None
    for seconds in [0, *steps]:
        wall.moment += timedelta(seconds=seconds)
        answer = clock.now(), clock.daily_note_due()
        told = day.look(clock)
        assert told == (answer[0].today if answer != before else None)
        assert day.today == answer[0].today
        before = answer


@given(st.lists(st.integers(0, 4000), max_size=30))
def test_the_next_look_is_never_later_than_the_next_change(steps: list[int]) -> None:
    wall, day = Wall(), turn()
    clock = wall.clock()
    for seconds in [0, *steps]:
        wall.moment += timedelta(seconds=seconds)
        day.look(clock)
        present = wall.moment.timestamp()
        assert 0 < day.next_time() <= min(clock.next_change(present) - present, HOLDS)


def test_as_long_as_nothing_can_have_changed_the_clock_is_read_and_not_asked() -> None:
    wall, day = Wall(), turn()
    clock = wall.clock()
    day.look(clock)
    wall.reads = 0
    wall.moment += timedelta(seconds=60)
    assert day.look(clock) is None
    assert wall.reads == 1


@given(st.lists(st.integers(-4000, 4000), max_size=30))
def test_the_alarm_is_set_to_the_next_change_at_each_look(steps: list[int]) -> None:
    rung: list[float] = []
    wall, day = Wall(), turn(rung.append)
    clock = wall.clock()
    for seconds in [0, *steps]:
        wall.moment += timedelta(seconds=seconds)
        day.look(clock)
        assert rung.pop() == clock.next_change(wall.moment.timestamp())


def test_who_is_woken_by_the_alarm_alone_meets_each_change_when_it_comes() -> None:
    rung: list[float] = []
    wall, day = Wall(), turn(rung.append)
    clock, said = wall.clock(), []
    day.look(clock)
    for _ in range(6):
        wall.moment = datetime.fromtimestamp(rung[-1], UTC)
        assert day.look(clock) is not None
        said.append(f"{wall.moment:%d %H:%M}")
    assert said == ["06 00:00", "06 00:10", "06 00:20", "07 00:00", "07 00:10", "07 00:20"]


def test_what_is_told_is_asked_for_at_once() -> None:
    wall, day = Wall(), turn()
    clock = wall.clock()
    day.look(clock)
    wall.reads = 0
    assert day.look(clock, anew=True) is None
    assert wall.reads > 1


def test_other_settings_are_asked_at_once() -> None:
    wall, day = Wall(), turn()
    clock = wall.clock()
    day.look(clock)
    later = DayClock(Settings(timezone="Pacific/Kiritimati"), wall.read)
    assert day.look(later) == later.now().today != clock.now().today
