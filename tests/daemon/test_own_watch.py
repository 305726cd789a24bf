"""A watch of our own: it tells of its folder or of one name in it, ends with its folder, and holds nothing open when it is ended."""

import errno
import sys
from pathlib import Path

import pytest

from microwins.daemon.own_watch import OwnWatch

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux has such watches")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    folder.mkdir()
    return folder


def test_a_watch_lasts_and_tells_nothing_whatever_happens_in_its_folder(folder: Path) -> None:
    watch = OwnWatch(folder)
    (folder / "a.md").write_text("x", encoding="utf-8")
    (folder / "a.md").unlink()
    assert not watch.told()
    assert watch.lasts
    watch.end()
    assert not watch.lasts


def test_a_watch_ends_with_its_folder_and_does_not_come_back_with_another(folder: Path) -> None:
    watch = OwnWatch(folder)
    folder.rmdir()
    folder.mkdir()
    assert watch.told()
    assert not watch.lasts
    assert not watch.told()
    assert not watch.lasts
    watch.end()


def test_a_folder_that_is_moved_is_told_and_followed(folder: Path) -> None:
    watch = OwnWatch(folder)
    for name in ("away", "vault"):
        folder = folder.rename(folder.with_name(name))
        assert watch.told()
        assert watch.lasts
    watch.end()


@pytest.mark.parametrize("how", ["written", "made", "deleted", "put in its place", "moved away"])
def test_what_happens_to_a_name_is_told_and_what_happens_beside_it_is_not(folder: Path, how: str) -> None:
    named, other = folder / "zone", folder / "zone.new"
    if how != "made":
        named.symlink_to("old")
    watch = OwnWatch(folder, "zone")
    other.symlink_to("new")
    (folder / "old").write_text("x", encoding="utf-8")
    assert not watch.told()
    if how == "written":
        named.unlink()
        named.write_text("x", encoding="utf-8")
    elif how == "made":
        named.symlink_to("new")
    elif how == "deleted":
        named.unlink()
    elif how == "put in its place":
        other.rename(named)
    else:
        named.rename(folder / "elsewhere")
    assert watch.told()
    assert not watch.told()
    watch.end()


def test_more_than_is_kept_is_told_as_if_all_had_happened(folder: Path) -> None:
    most = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text(encoding="ascii"))
    watch = OwnWatch(folder, "zone")
    for number in range(most // 2 + 1):
        (folder / f"{number % 2}").mkdir()
        (folder / f"{number % 2}").rmdir()
    told = [watch.told() for _ in range(most // 50)]
    assert told.count(True) == 1
    assert watch.lasts
    watch.end()


def test_nothing_is_held_open_of_a_watch_that_was_ended_or_refused(tmp_path: Path) -> None:
    held = len(list(Path("/proc/self/fd").iterdir()))
    OwnWatch(tmp_path).end()
    with pytest.raises(FileNotFoundError) as refused:
        OwnWatch(tmp_path / "nowhere")
    assert refused.value.errno == errno.ENOENT
    assert len(list(Path("/proc/self/fd").iterdir())) == held
