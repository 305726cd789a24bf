"""Notifications: at most one an hour, none at night, none twice, and nothing is kept for later."""

import os
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import count
from pathlib import Path
from types import ModuleType

import pytest

from microwins.daemon.inbox import Inbox, News
from microwins.daemon.machine_settings import machine_settings
from microwins.daemon.notifying import Notifier, NotShown, send_to_desktop
from microwins.daemon.vault import SettingsInvalid
from microwins.daemon.watch import Watch
from microwins.daemon.watch_event import Event
from microwins.parsers.clock_range import ClockRange
from microwins.parsers.machine_settings import NIGHT, MachineSettings

from .home import BOOK, Home
from .live import until
from .small_vault import DAY, SETTINGS, small_vault

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass
class Desk:
    """A desktop that keeps what it was shown, on a machine whose clock stands where the test puts it."""

    state: Path
    settings: MachineSettings = MachineSettings(notify=True)
    now: datetime = NOON
    shown: list[str] = field(default_factory=list)

    def notifier(self) -> Notifier:
        return Notifier(
            self.settings,
            lambda: self.now,
            self.state,
            Path("/notes"),
            lambda _, line: self.shown.append(line),
        )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "state")


def test_a_line_is_shown_and_a_second_one_only_after_an_hour(desk: Desk) -> None:
    notifier = desk.notifier()
    assert notifier.show("first")
    desk.now += HOUR - timedelta(seconds=1)
    assert not notifier.show("second")
    desk.now += timedelta(seconds=1)
    assert notifier.show("third")
    assert desk.shown == ["first", "third"]


def test_the_hour_counts_over_a_new_start(desk: Desk) -> None:
    desk.notifier().show("first")
    desk.now += HOUR / 2
    assert not desk.notifier().show("second")


def test_one_line_is_not_shown_twice_on_a_day(desk: Desk) -> None:
    desk.notifier().show("first")
    desk.now += 3 * HOUR
    assert not desk.notifier().show("first")
    desk.now += 24 * HOUR
    assert desk.notifier().show("first")


@pytest.mark.parametrize(("at", "is_shown"), [(7, False), (8, True), (20, True), (21, False), (0, False)])
def test_nothing_is_shown_in_the_quiet_hours(desk: Desk, at: int, is_shown: bool) -> None:
    desk.now = NOON.replace(hour=at)
    assert desk.notifier().show("first") is is_shown


def test_what_was_not_shown_at_night_is_not_shown_in_the_morning(desk: Desk) -> None:
    notifier = desk.notifier()
    desk.now = NOON.replace(hour=23)
    notifier.show("late")
    desk.now = NOON + 24 * HOUR
    notifier.show("next day")
    assert desk.shown == ["next day"]


def test_nothing_is_shown_unless_it_is_wanted(desk: Desk) -> None:
    desk.settings = MachineSettings()
    assert not desk.notifier().show("first")


@pytest.mark.parametrize(
    "damage", ["", "[]", "null", '["yesterday", "x"]', '["2026-03-04T12:00:00", "x"]', "[" * 5000]
)
def test_a_damaged_memory_is_no_reason_to_be_silent_or_to_fail(desk: Desk, damage: str) -> None:
    desk.notifier().show("first")
    (file,) = desk.state.iterdir()
    file.write_text(damage)
    assert desk.notifier().show("second")


def test_a_clock_that_was_set_back_does_not_silence_it_for_ever(desk: Desk) -> None:
    desk.now = NOON + 1000 * HOUR
    desk.notifier().show("first")
    desk.now = NOON
    assert desk.notifier().show("second")


def test_a_range_that_ends_where_it_begins_is_none() -> None:
    assert time(0) not in ClockRange(time(0), time(0))
    assert time(12) in ClockRange(time(9), time(17))
    assert time(3) in NIGHT


# The settings of the machine


def test_they_stand_in_the_users_config_folder_and_variables_win(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('notify = true\nnotify_quiet = "22:30-7:00"\n')
    settings, origins = machine_settings(tmp_path, {"MICROWINS_NOTIFY_QUIET": "20:00-06:00"})
    assert (settings.notify, str(settings.notify_quiet)) == (True, "20:00-06:00")
    assert origins == {"notify": str(tmp_path / "config.toml"), "notify_quiet": "MICROWINS_NOTIFY_QUIET"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("notfy = true", "Did you mean `notify`?"),
        ("x = 1\nnotify_quiet = 'night'", "config.toml"),
        ("notify_quiet = 'night'", 'hours such as "21:00-08:00"'),
        ("notify = \nx = 1", "config.toml, line 1"),
        ("day_start = '04:00'", "no setting `day_start`"),
    ],
)
def test_a_mistake_in_them_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(SettingsInvalid) as wrong:
        machine_settings(tmp_path, {})
    assert told in f"{wrong.value.message} {wrong.value.hint}"


# The desktop


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Put a library of the same shape in the place of desktop-notifier."""
    module = ModuleType("desktop_notifier")
    monkeypatch.setitem(sys.modules, "desktop_notifier", module)
    return module


def test_it_is_shown_by_the_library_and_a_silent_failure_is_noticed(library: ModuleType) -> None:
    shown: list[tuple[str, str]] = []

    class DesktopNotifier:
        def __init__(self, app_name: str, app_icon: None) -> None:
            assert app_name == "microwins"

        async def send(self, title: str, message: str, on_dispatched: object) -> None:
            if message == "broken":
                raise OSError("no bus")
            if message != "swallowed":
                shown.append((title, message))
                assert callable(on_dispatched)
                on_dispatched()

    vars(library)["DesktopNotifier"] = DesktopNotifier
    send_to_desktop("microwins", "reached")
    assert shown == [("microwins", "reached")]
    for line in ("broken", "swallowed"):
        with pytest.raises(NotShown, match="showed no notification"):
            send_to_desktop("microwins", line)


def test_without_the_extra_it_says_what_to_install(library: ModuleType) -> None:
    with pytest.raises(NotShown) as missing:
        send_to_desktop("microwins", "reached")
    assert "microwins[notify]" in missing.value.hint


# The watch


def test_the_watch_shows_what_was_reached_and_says_once_that_it_cannot(tmp_path: Path) -> None:
    vault = small_vault(tmp_path, SETTINGS)
    events: list[Event] = []
    seconds = count()

    def fail(line: str) -> None:
        raise NotShown(f"no desktop for {line}")

    watch = Watch(vault.unread, Inbox(), events.append, notify=fail, monotonic=lambda: float(next(seconds)))
    watch.catch_up()
    assert not [event for event in events if event.kind == "problem"]
    for text in ("Read a page", "Write 300 words"):
        vault.swap(DAY, f"- [ ] {text}", f"- [x] {text}")
        watch.step(News(paths=frozenset({DAY})))
    problems = [event.text for event in events if event.kind == "problem"]
    assert len(problems) == 1
    assert "no desktop for" in problems[0]
    watch.step(News(stop=True))


@pytest.mark.skipif(os.name == "nt", reason="its home folder is found in another way there")
def test_a_running_watch_shows_a_notification_at_the_tick(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "library"
    library.mkdir()
    (library / "desktop_notifier.py").write_text(
        "import pathlib\n"
        "class DesktopNotifier:\n"
        "    def __init__(self, **words): pass\n"
        "    async def send(self, title, message, on_dispatched):\n"
        f"        pathlib.Path({str(tmp_path / 'shown')!r}).write_text(message)\n"
        "        on_dispatched()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(library))
    home = Home(tmp_path)
    (home.folder / "config/microwins").mkdir(parents=True)
    (home.folder / "config/microwins/config.toml").write_text('notify = true\nnotify_quiet = ""\n')
    with home.watch() as program:
        program.event("written", BOOK)
        home.day.write_bytes(home.tick())
        program.event("news")
        shown = tmp_path / "shown"
        until(lambda: shown.exists() and "Reached today" in shown.read_text(), "nothing was shown")
