import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from microwins.daemon.keeper import Keeper
from microwins.daemon.tick_times import TickTimes, timed
from microwins.daemon.wiring import Machine, open_session
from microwins.parsers.note import Note, Reading, read_note
from microwins.parsers.task import State
from microwins.streaks.history import Entry

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 14, tzinfo=UTC)
NOTE = f"{DAY}.md"


def note(text: str, path: str = NOTE) -> Note:
    return read_note(path, text, Reading())


@pytest.fixture
def times(tmp_path: Path) -> TickTimes:
    return TickTimes(tmp_path, tmp_path / "vault")


def known(times: TickTimes, *notes: Note, day: date = DAY) -> dict[tuple[str, int], str]:
    found = times.known(day, {one.path: one for one in notes})
    times.close()
    return found


def test_a_box_that_is_seen_turning_done_gets_its_time(times: TickTimes) -> None:
    after = note("- [x] Walk\n- [ ] Read\n")
    times.saw(note("- [ ] Walk\n- [ ] Read\n"), after, DAY, "09:14")
    assert known(times, after) == {(NOTE, 1): "09:14"}


def test_the_time_goes_with_the_box_when_lines_move(times: TickTimes) -> None:
    times.saw(note("- [ ] Walk\n"), note("- [x] Walk\n"), DAY, "09:14")
    assert known(times, note("Text.\n\n- [x] Walk\n")) == {(NOTE, 3): "09:14"}


def test_unticking_forgets_the_time_and_ticking_again_gives_a_new_one(times: TickTimes) -> None:
    done, undone = note("- [x] Walk\n"), note("- [ ] Walk\n")
    times.saw(undone, done, DAY, "09:14")
    times.saw(done, undone, DAY, "09:20")
    assert times.known(DAY, {NOTE: undone}) == {}
    times.saw(undone, done, DAY, "10:00")
    assert known(times, done) == {(NOTE, 1): "10:00"}


def test_what_was_done_already_or_is_new_and_done_has_no_time(times: TickTimes) -> None:
    after = note("- [x] Walk\n- [x] Read\n- [ ] Run\n")
    times.saw(note("- [x] Walk\n- [x] Run\n"), after, DAY, "09:14")
    assert known(times, after) == {}


def test_another_device_of_the_same_moment_keeps_the_first_time(times: TickTimes) -> None:
    before, after = note("- [ ] Walk\n"), note("- [x] Walk\n")
    times.saw(before, after, DAY, "09:14")
    times.saw(before, after, DAY, "09:15")
    assert known(times, after) == {(NOTE, 1): "09:14"}


def test_the_times_of_one_day_are_not_those_of_another(times: TickTimes) -> None:
    after = note("- [x] Walk\n")
    times.saw(note("- [ ] Walk\n"), after, DAY, "09:14")
    assert known(times, after, day=date(2026, 11, 21)) == {}


def test_without_its_file_nothing_is_known_and_nothing_fails(times: TickTimes, tmp_path: Path) -> None:
    after = note("- [x] Walk\n")
    times.saw(note("- [ ] Walk\n"), after, DAY, "09:14")
    times.close()
    for file in tmp_path.glob("times-*"):
        file.write_bytes(b"damaged" * 1000)
    assert known(TickTimes(tmp_path, tmp_path / "vault"), after) == {}


def test_a_file_that_nobody_asks_is_never_made(tmp_path: Path) -> None:
    TickTimes(tmp_path, tmp_path / "vault").close()
    assert list(tmp_path.iterdir()) == []


def test_a_time_that_stands_on_the_line_is_kept() -> None:
    written = Entry(NOTE, 1, State.DONE, DAY, "walk", time="08:00")
    seen = Entry(NOTE, 2, State.DONE, DAY, "read")
    undone = Entry(NOTE, 3, State.OPEN, DAY, "run")
    found = timed([written, seen, undone], {(NOTE, line): "09:14" for line in (1, 2, 3)})
    assert [one.time for one in found] == ["08:00", "09:14", None]


@pytest.fixture
def keeper(tmp_path: Path) -> Callable[[], Keeper]:
    """Make keepers of a vault with one note of today, on one machine whose clock stands still."""
    root = tmp_path / "vault"
    root.mkdir()
    (root / ".microwins.toml").write_text('timezone = "UTC"\n')
    (root / "Goal.md").write_text("---\ntype: goal\n---\n## Micro-wins\n- Walk 🔁 every day\n")
    (root / NOTE).write_text("- [ ] Walk\n")
    machine = Machine({}, lambda: NOW, tmp_path / "state", tmp_path / "cache")

    def made() -> Keeper:
        found = open_session(machine, root, None).keeper()
        found.read_all()
        return found

    return made


def save(keeper: Keeper, text: str, at: datetime) -> None:
    file = keeper.vault.root / NOTE
    file.write_text(text)
    os.utime(file, (at.timestamp(), at.timestamp()))
    keeper.read_one(NOTE, seen_live=True)


def time_of(keeper: Keeper) -> str | None:
    found = keeper.times.boxes_on(DAY)[0].time
    keeper.close()
    return found


def test_the_time_of_a_tick_is_that_of_the_saved_file(keeper: Callable[[], Keeper]) -> None:
    found = keeper()
    save(found, "- [x] Walk\n", datetime(2026, 11, 20, 8, 30, tzinfo=UTC))
    assert time_of(found) == "08:30"
    assert time_of(keeper()) == "08:30"


def test_a_file_from_the_future_was_saved_now(keeper: Callable[[], Keeper]) -> None:
    found = keeper()
    save(found, "- [x] Walk\n", datetime(2027, 1, 1, tzinfo=UTC))
    assert time_of(found) == "09:14"


def test_a_tick_that_was_saved_on_another_day_has_no_time(keeper: Callable[[], Keeper]) -> None:
    found = keeper()
    save(found, "- [x] Walk\n", datetime(2026, 11, 18, 8, 30, tzinfo=UTC))
    assert time_of(found) is None


def test_a_tick_that_nobody_saw_has_no_time(keeper: Callable[[], Keeper]) -> None:
    found = keeper()
    (found.vault.root / NOTE).write_text("- [x] Walk\n")
    found.read_one(NOTE)
    assert time_of(found) is None
