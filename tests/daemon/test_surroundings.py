"""What is around a vault is told: its folder, the disks, the clock and the zone. Until then nothing wakes."""

import errno
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from microwins.daemon import surroundings as around
from microwins.daemon.inbox import Inbox, News
from microwins.daemon.mounts import MountNews
from microwins.daemon.own_watch import OwnWatch
from microwins.daemon.surroundings import Surroundings, surroundings
from microwins.daemon.wall_alarm import WallAlarm

from .live import PATIENCE

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux tells of all this")
LOOK = News(around=True)


class Place:
    """A vault and a zone, and what tells of them."""

    def __init__(self, folder: Path) -> None:
        self.vault, self.etc = folder / "vault", folder / "etc"
        for made in (self.vault, self.etc):
            made.mkdir()
        self.zone = self.etc / "localtime"
        self.zone.symlink_to("Berlin")
        self.inbox = Inbox()
        self.told = Surroundings(self.vault, self.inbox, self.zone)

    def news(self) -> News:
        """Wait for news."""
        return self.inbox.wait(PATIENCE)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    assert place.news() == LOOK  # whatever happened before
    yield place
    place.told.end()


def test_the_folder_is_told_to_be_gone(place: Place) -> None:
    place.vault.rmdir()
    assert place.news() == LOOK
    assert not place.told.lasts()


def test_a_folder_that_is_moved_is_told_and_followed(place: Place) -> None:
    place.vault.rename(place.vault.with_name("away"))
    assert place.news() == LOOK
    assert place.told.lasts()


def test_the_end_of_a_day_is_told_when_it_comes(place: Place) -> None:
    moment = time.time() + 0.2
    place.told.ring_at(moment)
    assert place.news() == LOOK
    assert time.time() >= moment


def test_a_zone_that_is_replaced_is_told_and_its_neighbours_are_not(place: Place) -> None:
    new = place.etc / "localtime.new"
    new.symlink_to("Tokyo")
    (place.etc / "resolv.conf").write_text("x", encoding="ascii")
    place.told.ring_at(time.time() - 1)  # so that all before it has been taken in
    assert place.news() == LOOK
    new.rename(place.zone)
    assert place.news() == LOOK


def test_a_clock_that_was_set_is_told_as_one_that_has_rung(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine's clock is not set for it: the system's answer is put in the place of another."""
    real = os.read

    def read(number: int, most: int) -> bytes:
        if most == 8:  # what an alarm has to say
            real(number, most)
            raise OSError(errno.ECANCELED, os.strerror(errno.ECANCELED))
        return real(number, most)

    monkeypatch.setattr(os, "read", read)
    moment = time.time() - 1
    for _ in range(3):
        place.told.ring_at(moment)
        assert place.news() == LOOK
    assert place.told.tell_all


def test_where_it_breaks_it_says_so_once_and_tells_no_more(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(alarm: WallAlarm) -> NoReturn:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(WallAlarm, "told", broken)
    place.told.ring_at(time.time() - 1)
    assert place.news() == LOOK
    assert not place.told.tell_all


@pytest.mark.parametrize("refused", [OwnWatch, WallAlarm, MountNews])
def test_where_the_system_tells_too_little_nothing_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: type[object]
) -> None:
    def refuse(*words: object) -> NoReturn:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    held = len(list(Path("/proc/self/fd").iterdir()))
    monkeypatch.setattr(around, refused.__name__, refuse)
    assert surroundings(tmp_path, Inbox()) is None
    assert len(list(Path("/proc/self/fd").iterdir())) == held


def test_a_zone_in_no_folder_is_looked_for_instead(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Surroundings(tmp_path, Inbox(), tmp_path / "nowhere" / "localtime")


def test_nothing_is_held_and_no_thread_runs_once_it_has_ended(tmp_path: Path) -> None:
    held, threads = len(list(Path("/proc/self/fd").iterdir())), threading.active_count()
    found = surroundings(tmp_path, Inbox())
    assert found is not None
    assert threading.active_count() == threads + 1
    found.end()
    assert threading.active_count() == threads
    assert len(list(Path("/proc/self/fd").iterdir())) == held


def switches(thread: threading.Thread) -> int:
    """Return how often a thread has been given to or taken from a processor."""
    status = Path(f"/proc/self/task/{thread.native_id}/status").read_text(encoding="ascii")
    return sum(int(line.split()[1]) for line in status.splitlines() if "ctxt_switches" in line)


def test_its_thread_sleeps_until_there_is_news(place: Place) -> None:
    (thread,) = (one for one in threading.enumerate() if one.name == "surroundings")
    before = switches(thread)
    assert place.inbox.wait(0.5) == News()
    assert switches(thread) - before <= 1  # it may have been on its way to rest
