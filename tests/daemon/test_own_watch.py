"""A watch of our own: it lasts as long as its folder stands there, and holds nothing open when it is ended."""

import errno
import sys
from pathlib import Path

import pytest

from microwins.daemon.own_watch import OwnWatch, own_watch

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux has such watches")


def test_a_watch_lasts_whatever_happens_in_its_folder(tmp_path: Path) -> None:
    watch = OwnWatch(tmp_path)
    (tmp_path / "a.md").write_text("x", encoding="utf-8")
    (tmp_path / "a.md").unlink()
    assert watch.lasts()
    watch.end()
    assert not watch.lasts()


def test_a_watch_ends_with_its_folder_and_does_not_come_back_with_another(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    folder.mkdir()
    watch = OwnWatch(folder)
    folder.rmdir()
    folder.mkdir()
    assert not watch.lasts()
    assert not watch.lasts()
    watch.end()


def test_nothing_is_held_open_of_a_watch_that_was_ended_or_refused(tmp_path: Path) -> None:
    held = len(list(Path("/proc/self/fd").iterdir()))
    OwnWatch(tmp_path).end()
    with pytest.raises(FileNotFoundError) as refused:
        OwnWatch(tmp_path / "nowhere")
    assert refused.value.errno == errno.ENOENT
    assert own_watch(tmp_path / "nowhere") is None
    assert len(list(Path("/proc/self/fd").iterdir())) == held
