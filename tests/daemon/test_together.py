"""Waits for the disk are made at the same time, and each has its own end."""

import errno
import threading

import pytest

from microwins.daemon.together import together
from tests.daemon.live import PATIENCE


def test_all_run_at_the_same_time() -> None:
    """Each waits for all of the others, so that none comes to its end alone."""
    meeting = threading.Barrier(4, timeout=PATIENCE)
    assert together([meeting.wait] * 4) == [None] * 4


def test_a_failure_is_that_of_its_own_action() -> None:
    done: list[int] = []

    def fail() -> None:
        raise OSError(errno.EIO, "no disk")

    failures = together([lambda: done.append(0), fail, lambda: done.append(2)])
    assert [failure.errno if failure else None for failure in failures] == [None, errno.EIO, None]
    assert sorted(done) == [0, 2]


def test_where_no_thread_can_be_had_all_is_done_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refused)
    done: list[int] = []
    assert together([lambda: done.append(0), lambda: done.append(1)]) == [None, None]
    assert done == [0, 1]


def test_nothing_to_do_is_no_failure() -> None:
    assert together([]) == []
