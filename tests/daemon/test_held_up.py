"""What could not be written: a moment in use is no news, a disk that fails is tried again."""

import pytest

from microwins.daemon.errors import NoteChanged, NoteInUse, ReadOnly, WriteFailed
from microwins.daemon.held_up import RETRY, HeldUp
from microwins.parsers.problem import Problem

IN_USE = Problem("a.md", None, NoteInUse.code, "in use")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_note_in_use_is_told_only_when_it_stays_so() -> None:
    clock = Clock()
    held_up = HeldUp(clock)
    assert held_up.failures([IN_USE]) == []
    assert held_up.waits
    clock.now = RETRY - 1
    assert held_up.failures([IN_USE]) == []
    clock.now = RETRY
    assert held_up.failures([IN_USE]) == [IN_USE]


def test_a_note_that_was_free_meanwhile_is_in_use_for_a_moment_again() -> None:
    clock = Clock()
    held_up = HeldUp(clock)
    held_up.failures([IN_USE])
    clock.now = RETRY
    assert held_up.failures([]) == []
    assert not held_up.waits
    assert held_up.failures([IN_USE]) == []


@pytest.mark.parametrize("code", [ReadOnly.code, WriteFailed.code])
def test_what_the_disk_refuses_is_told_and_tried_again(code: str) -> None:
    clock = Clock()
    clock.now = 5.0
    held_up = HeldUp(clock)
    problem = Problem("b.md", None, code, "refused")
    assert held_up.failures([problem, IN_USE]) == [problem]
    assert held_up.retry_at == 5.0 + RETRY


def test_a_note_that_somebody_changed_is_no_failure() -> None:
    held_up = HeldUp(Clock())
    changed = Problem("c.md", None, NoteChanged.code, "changed")
    hidden = Problem("d.md", None, "block-hidden", "hidden")
    assert held_up.failures([changed, hidden]) == [hidden]
    assert held_up.retry_at is None
    assert not held_up.waits
