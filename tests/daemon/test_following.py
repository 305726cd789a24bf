"""How a vault is followed: told or looked at, said whenever it changes, and never dearer than agreed."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from microwins.daemon import following
from microwins.daemon.following import POLL, RESCAN, Following
from microwins.daemon.inbox import Inbox
from microwins.daemon.watch_event import Event
from microwins.daemon.watcher import Watcher, no_watch_left

from .live import until


@dataclass
class System:
    """A system in the test's hand: how many folders it cannot watch, whether it has a watch left, what it refuses."""

    blind: int = 0
    full: bool = False
    kind: str | None = None
    refuses: bool = False
    held: bool = True
    time: float = 0.0
    said: list[Event] = field(default_factory=list)

    def kinds(self) -> list[str]:
        """Return the kinds of what was said since last time."""
        kinds = [event.kind for event in self.said]
        self.said.clear()
        return kinds


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    found = System()

    def start(watcher: object) -> None:
        if found.refuses:
            raise OSError(24, "inotify instance limit reached")

    monkeypatch.setattr(following, "blind_folders", lambda root: found.blind)
    monkeypatch.setattr(following, "is_any_watch_held", lambda: found.held)
    monkeypatch.setattr(following, "surroundings", lambda root, inbox: None)
    monkeypatch.setattr(following, "no_watch_left", lambda root: found.full)
    monkeypatch.setattr(following, "silent_kind", lambda root: found.kind)
    monkeypatch.setattr(Watcher, "start", start)
    return found


@pytest.fixture
def follow(system: System, tmp_path: Path) -> Iterator[Following]:
    follow = Following(tmp_path, Inbox(), system.said.append, lambda: system.time, asked=None)
    follow.start(asked=None)
    yield follow
    follow.stop()


def test_where_all_is_told_nothing_is_said(system: System, follow: Following) -> None:
    assert not follow.polling
    assert not follow.is_outgrown()
    assert system.kinds() == []


def test_where_no_watch_is_left_nothing_is_told_any_more(system: System, follow: Following) -> None:
    assert not follow.is_deaf()
    system.held = False
    assert follow.is_deaf()
    follow.start(asked=True)
    assert not follow.is_deaf()  # it looks for changes by itself


def test_folders_without_a_watch_are_told_once_and_followed_when_the_limit_is_raised(
    system: System, follow: Following
) -> None:
    system.blind, system.full = 3, True
    for _ in range(3):
        if follow.is_outgrown():
            follow.start(asked=None)
    assert "3 folders are beyond" in system.said[0].text
    assert system.kinds() == ["polling"]
    assert follow.polling
    system.blind, system.full = 0, False
    assert follow.is_outgrown()
    follow.start(asked=None)
    assert system.kinds() == ["following"]
    assert not follow.polling


def test_folders_that_are_only_too_new_are_followed_without_a_word(system: System, follow: Following) -> None:
    system.blind = 3
    assert follow.is_outgrown()
    follow.start(asked=None)
    assert not follow.polling
    assert system.kinds() == []


def test_a_system_that_refuses_is_asked_again_after_a_while(system: System, follow: Following) -> None:
    system.refuses = True
    follow.start(asked=None)
    assert "instance limit" in system.said[0].text
    assert system.kinds() == ["polling"]
    assert not follow.is_outgrown()
    system.time += RESCAN
    assert follow.is_outgrown()
    follow.start(asked=None)
    assert system.kinds() == []
    system.refuses = False
    follow.start(asked=None)
    assert system.kinds() == ["following"]


@pytest.mark.parametrize("asked", [True, None])
def test_what_somebody_or_the_file_system_asks_for_lasts(
    system: System, follow: Following, asked: bool | None
) -> None:
    system.kind = "nfs4"
    follow.start(asked=asked)
    assert ("nfs4" in system.said[0].text) is not asked
    assert follow.polling
    system.time += 10 * RESCAN
    assert not follow.is_outgrown()
    assert not follow.is_broken()


def test_who_wants_no_looking_gets_none_where_changes_can_be_followed(
    system: System, follow: Following
) -> None:
    system.kind = "fuse.sshfs"
    follow.start(asked=False)
    assert not follow.polling
    assert system.kinds() == []
    system.refuses = True
    follow.start(asked=False)
    assert follow.polling
    assert system.kinds() == ["polling"]


def test_looking_takes_a_fiftieth_of_the_processor_at_most_and_a_thousandth_where_all_is_told(
    system: System, follow: Following
) -> None:
    assert (follow.interval(0), follow.interval(0.5), follow.interval(9)) == (RESCAN, RESCAN, 9000)
    system.kind = "nfs4"
    follow.start(asked=None)
    assert (follow.interval(0), follow.interval(0.1), follow.interval(1)) == (POLL, POLL, 50)


def test_where_the_surroundings_are_not_told_somebody_has_to_look(follow: Following) -> None:
    assert not follow.is_told_around()
    follow.ring_at(0)  # rings for nobody


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux tells of what is around a vault")
def test_a_watch_of_its_own_tells_whether_any_is_left_and_comes_back_with_the_next_start(
    tmp_path: Path,
) -> None:
    root, inbox = tmp_path / "vault", Inbox()
    root.mkdir()
    follow = Following(root, inbox, lambda _event: None, lambda: 0.0, asked=None)
    follow.start(asked=None)
    assert follow.is_told_around()
    assert not follow.is_deaf()
    root.rmdir()
    root.mkdir()
    until(follow.is_deaf, "it is not told that its folder is another")
    follow.start(asked=None)
    assert not follow.is_deaf()
    follow.start(asked=True)
    assert not follow.is_told_around()
    follow.stop()


@pytest.mark.skipif(
    not Path("/proc/self/fdinfo").is_dir(), reason="the watches that are held are not told here"
)
def test_a_system_with_room_has_a_watch_left(tmp_path: Path) -> None:
    held = len(list(Path("/proc/self/fd").iterdir()))
    assert not no_watch_left(tmp_path)
    assert len(list(Path("/proc/self/fd").iterdir())) == held
