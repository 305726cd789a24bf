"""A bar for long work: on a terminal, only when it is long, and gone afterwards."""

import io
from collections.abc import Iterator

import pytest

from microwins.daemon import progress
from microwins.daemon.progress import counted, show_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    now = [0.0]
    monkeypatch.setattr(progress._Shown, "clock", lambda: now[0])
    yield now
    show_progress(None)


def work(seconds: list[float], each: float, count: int = 20) -> list[int]:
    done = []
    for item in counted(range(count), count, "Reading notes"):
        seconds[0] += each
        done.append(item)
    return done


def test_long_work_shows_how_far_it_is_and_leaves_nothing_behind(seconds: list[float]) -> None:
    terminal = Terminal()
    show_progress(terminal)
    assert work(seconds, 0.2) == list(range(20))
    shown = terminal.getvalue()
    assert "Reading notes" in shown
    assert "95%" in shown
    assert shown.endswith("\r\x1b[2K\x1b[?25h")


def test_quick_work_shows_nothing(seconds: list[float]) -> None:
    terminal = Terminal()
    show_progress(terminal)
    assert work(seconds, 0.001) == list(range(20))
    assert terminal.getvalue() == ""


def test_nothing_is_shown_where_nobody_looks(seconds: list[float]) -> None:
    pipe = io.StringIO()
    show_progress(pipe)
    assert work(seconds, 5.0) == list(range(20))
    assert pipe.getvalue() == ""


def test_work_that_is_broken_off_takes_its_bar_away(seconds: list[float]) -> None:
    terminal = Terminal()
    show_progress(terminal)

    def broken() -> None:
        for item in counted(range(9), 9, "Reading notes"):
            seconds[0] += 1
            if item == 5:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert terminal.getvalue().endswith("\r\x1b[2K\x1b[?25h")
