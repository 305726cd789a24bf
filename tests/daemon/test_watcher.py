"""Hints from the file system: which of them are told on, and what is known of their loss."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from microwins.daemon.inbox import Inbox, News
from microwins.daemon.watcher import Watcher, blind_folders, is_any_watch_held

from .live import Deadline

ROOT = Path("/vault")
QUIET = News()


def hinted(*paths: str, is_folder: bool = False) -> News:
    inbox = Inbox()
    watcher = Watcher(ROOT, inbox)
    for path in paths:
        watcher.hint(f"/vault/{path}" if path else "/vault", is_folder=is_folder)
    return inbox.wait(0)


@pytest.mark.parametrize("path", ["a.md", "Journal/2026/2026-03-04.MD", "ü ü.md", "a/[x].md"])
def test_a_note_is_told(path: str) -> None:
    assert hinted(path, path) == News(paths=frozenset({path}))


@pytest.mark.parametrize(
    "path",
    [
        "a.txt", "a.md~", ".a.md.swp", "4913", ".a.md.0123456789ab.microwins-tmp", ".obsidian/workspace.json",
        ".obsidian/plugins/recent-files/data.json", ".trash/a.md", "a/.hidden/b.md", ".git/index", ".obsidian",
        "a/.obsidian/app.json", "notes/.microwins.toml",
    ],
)  # fmt: skip
def test_what_is_no_note_is_not_told(path: str) -> None:
    assert hinted(path) == QUIET
    assert not hinted(path)


@pytest.mark.parametrize(
    "path",
    [
        ".microwins.toml", "microwins.toml", ".obsidian/daily-notes.json", ".obsidian/app.json",
        ".obsidian/plugins/periodic-notes/data.json", ".phone/plugins/obsidian-tasks-plugin/data.json",
    ],
)  # fmt: skip
def test_a_settings_file_is_told_as_such(path: str) -> None:
    assert hinted(path) == News(settings=True)


@pytest.mark.parametrize("path", ["", "Journal", "a/b"])
def test_a_folder_asks_for_a_walk(path: str) -> None:
    assert hinted(path, is_folder=True) == News(rescan=True)


def test_a_conflict_copy_asks_for_a_walk_so_that_it_is_reported() -> None:
    assert hinted("Day.sync-conflict-20261121-202322-W3G74XU.md") == News(rescan=True)


@pytest.mark.parametrize(
    "path", [".syncthing.Day.md.tmp", "a/~syncthing~Day.md.tmp", ".Day.md.icloud", "Day.md.partial"]
)
def test_the_trace_of_a_sync_client_is_remembered_and_wakes_nobody(path: str) -> None:
    assert hinted(path) == News(synced=True)
    assert not hinted(path)
    assert hinted(path, "Day.md") == News(paths=frozenset({"Day.md"}), synced=True)


def test_a_note_moved_out_of_the_vault_is_told_only_where_it_was() -> None:
    inbox = Inbox()
    watcher = Watcher(ROOT, inbox)
    for path in ("/vault/a.md", "/elsewhere/a.md", "/vault2/b.md", "/"):
        watcher.hint(path, is_folder=False)
    assert inbox.wait(0) == News(paths=frozenset({"a.md"}))


# The inbox


def test_news_is_taken_once() -> None:
    inbox = Inbox()
    inbox.touched("a.md", synced=True)
    inbox.rescan()
    inbox.settings_changed()
    assert inbox.wait(60) == News(frozenset({"a.md"}), synced=True, rescan=True, settings=True)
    assert inbox.wait(0) == QUIET


def test_news_says_when_the_last_path_was_told_and_not_when_it_was_taken() -> None:
    seconds = iter((5.0, 7.0, 9.0))
    inbox = Inbox(lambda: next(seconds))
    inbox.touched("a.md")
    inbox.touched("b.md")
    assert inbox.wait(60).told == 7.0
    assert inbox.wait(0).told is None
    inbox.touched("a.md")
    inbox.rescan()
    assert inbox.wait(60).told == 9.0


def test_a_request_to_stop_is_never_forgotten() -> None:
    inbox = Inbox()
    inbox.stop()
    assert (inbox.stopping, inbox.wait(60).stop, inbox.wait(60).stop) == (True, True, True)


@pytest.mark.parametrize(
    "call", [Inbox.stop, Inbox.rescan, Inbox.settings_changed, lambda inbox: inbox.touched("a.md")]
)
@pytest.mark.timeout(20)
def test_news_from_another_thread_ends_the_wait(call: object) -> None:
    assert callable(call)
    inbox = Inbox()
    thread = threading.Timer(0.01, call, [inbox])
    thread.start()
    assert inbox.wait(600)
    thread.join()


def test_a_storm_of_news_is_taken_in_handfuls() -> None:
    inbox, paths = Inbox(), {f"{number}.md" for number in range(20_000)}

    def storm() -> None:
        for path in paths:
            inbox.touched(path)

    thread = threading.Thread(target=storm)
    thread.start()
    handfuls, told = 0, set[str]()
    while told != paths:
        told |= inbox.wait(20).paths
        handfuls += 1
    thread.join()
    assert handfuls < len(paths) / 20


# With the real thing


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[tuple[Path, Inbox, Watcher]]:
    root = tmp_path / "vault"
    (root / "a" / "b").mkdir(parents=True)
    inbox = Inbox()
    watcher = Watcher(root, inbox)
    watcher.start()
    yield root, inbox, watcher
    watcher.stop()


def gathered(inbox: Inbox, path: str) -> None:
    """Wait until a path is told; what else is told does not matter."""
    deadline = Deadline(20)
    while path not in inbox.wait(deadline.left()).paths:
        deadline.check(f"nothing was told of {path}")


def gathered_walk(inbox: Inbox) -> None:
    """Wait until a walk over the vault is asked for."""
    deadline = Deadline(20)
    while not inbox.wait(deadline.left()).rescan:
        deadline.check("no walk was asked for")


def test_changes_in_all_folders_are_told_however_they_are_made(watched: tuple[Path, Inbox, Watcher]) -> None:
    root, inbox, watcher = watched
    (root / "a" / "b" / "new.md").write_text("x", encoding="utf-8")
    gathered(inbox, "a/b/new.md")
    (root / "a" / "temporary").write_text("y", encoding="utf-8")
    (root / "a" / "temporary").replace(root / "a" / "b" / "new.md")
    gathered(inbox, "a/b/new.md")
    (root / "a" / "b" / "new.md").unlink()
    gathered(inbox, "a/b/new.md")
    (root / "later").mkdir()
    (root / "later" / "first.md").write_text("z", encoding="utf-8")
    gathered(inbox, "later/first.md")
    assert watcher.alive()


def test_reading_a_note_is_no_news(watched: tuple[Path, Inbox, Watcher]) -> None:
    root, inbox, _ = watched
    (root / "a.md").write_text("x", encoding="utf-8")
    gathered(inbox, "a.md")
    (root / "a.md").read_bytes()
    (root / "b.md").write_text("x", encoding="utf-8")
    deadline, told = Deadline(20), set[str]()
    while "b.md" not in told:
        told |= inbox.wait(deadline.left()).paths
        deadline.check("nothing was told of b.md")
    assert told <= {"a.md", "b.md"}


def test_lost_events_are_told_as_such_and_any_other_complaint_asks_for_a_walk(
    watched: tuple[Path, Inbox, Watcher],
) -> None:
    _, inbox, watcher = watched
    logger = logging.getLogger("watchdog.observers.inotify_c")
    inbox.wait(0)
    logger.warning("Inotify queue overflowed; filesystem events were lost")
    assert inbox.wait(20) == News(lost=True)
    logger.warning("something else")
    assert inbox.wait(20) == News(rescan=True)
    watcher.stop()
    logger.warning("Inotify queue overflowed; said to nobody")
    assert not inbox.wait(0)


def test_a_thread_that_dies_of_an_error_is_noticed_at_once_and_watching_begins_anew(
    watched: tuple[Path, Inbox, Watcher], tmp_path: Path
) -> None:
    root, inbox, watcher = watched
    # A folder moved away is still watched under its old name: the books no longer agree once both are gone.
    (root / "a" / "b").rename(tmp_path / "away")
    gathered_walk(inbox)
    (root / "a" / "b").mkdir()
    gathered_walk(inbox)
    (root / "a" / "b").rmdir()
    gathered_walk(inbox)
    (tmp_path / "away").rmdir()
    (root / "later").mkdir()
    deadline = Deadline()
    while watcher.alive() and "a.md" not in inbox.wait(0).paths:
        (root / "a.md").write_text("x", encoding="utf-8")
        deadline.pause("neither a death nor a change was told")
    watcher.stop()
    watcher.start()
    (root / "b.md").write_text("x", encoding="utf-8")
    gathered(inbox, "b.md")
    assert watcher.alive()


def test_all_folders_are_watched_here(watched: tuple[Path, Inbox, Watcher], tmp_path: Path) -> None:
    root = watched[0]
    for number in range(9):
        (root / f"link {number}").symlink_to(tmp_path)
    assert blind_folders(root) == 0


@pytest.mark.skipif(
    not Path("/proc/self/fdinfo").is_dir(), reason="the watches that are held are not told here"
)
def test_whether_any_folder_is_watched_is_told(tmp_path: Path) -> None:
    watcher = Watcher(tmp_path, Inbox())
    assert not is_any_watch_held()
    watcher.start()
    try:
        assert is_any_watch_held()
    finally:
        watcher.stop()
    assert not is_any_watch_held()


def test_folders_beyond_the_limit_are_counted(watched: tuple[Path, Inbox, Watcher], tmp_path: Path) -> None:
    if not Path("/proc/self/fdinfo").is_dir():
        pytest.skip("the watches that are held are not told here")
    for number in range(30):
        (tmp_path / "other" / f"{number}").mkdir(parents=True)
    assert 21 <= blind_folders(tmp_path / "other") <= 28


def test_a_watcher_whose_folder_is_deleted_is_no_longer_alive(watched: tuple[Path, Inbox, Watcher]) -> None:
    root, _, watcher = watched
    for folder in (root / "a" / "b", root / "a", root):
        folder.rmdir()
    deadline = Deadline(20)
    while watcher.alive():
        deadline.pause("the watcher does not notice that its folder is gone")


def test_a_watcher_that_cannot_start_leaves_nothing_behind(tmp_path: Path) -> None:
    watcher = Watcher(tmp_path / "gone", Inbox())
    with pytest.raises(OSError, match="No such file"):
        watcher.start()
    assert not watcher.alive()
    watcher.stop()
