"""Figures that sleep say what they said, and are the very same objects."""

from io import FileIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.daemon.bed import Again, Bed
from microwins.daemon.shelf import Shelf
from microwins.streaks.calendar import Now
from microwins.streaks.figures import Figures, figures
from microwins.streaks.micro_win import MicroWin
from microwins.streaks.told import Told
from tests.streaks.histories import history_of


def figures_of_seed(seed: str) -> Figures:
    found = history_of(seed)
    return figures(found.win, found.entries, found.now, found.logged)


def nothing_lost(win: MicroWin, now: Now) -> Told:
    raise AssertionError(f"{win.id} was worked out again on {now.today}")


def bed_in(path: Path, again: Again = nothing_lost) -> Bed:
    return Bed(Shelf(FileIO(path, "w+")), again)


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 10**6).map(str), min_size=1, max_size=4, unique=True),
    st.sampled_from([0, 1, 4096]),
)
def test_figures_that_sleep_say_what_they_said(
    tmp_path_factory: pytest.TempPathFactory, seeds: list[str], alike: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("microwins.daemon.bed._MOST_ALIKE", alike)
        bed = bed_in(tmp_path_factory.mktemp("bed") / "rows")
        asleep = [figures_of_seed(seed) for seed in seeds]
        for one in asleep:
            bed.put(one)
    assert all(one.is_asleep for one in asleep)
    assert asleep == [figures_of_seed(seed) for seed in seeds]
    assert all(one.is_asleep for one in asleep)
    assert all(one.wake() for one in asleep)
    assert asleep == [figures_of_seed(seed) for seed in seeds]
    assert not any(one.is_asleep for one in asleep)


def test_what_cannot_be_read_any_more_is_worked_out_again_once(tmp_path: Path) -> None:
    asked: list[tuple[MicroWin, Now]] = []

    def again(win: MicroWin, now: Now) -> Told:
        asked.append((win, now))
        return figures_of_seed("7").told

    bed, one = bed_in(tmp_path / "rows", again), figures_of_seed("7")
    bed.put(one)
    (tmp_path / "rows").write_bytes(b"")
    assert not one.wake()
    assert one.is_asleep
    assert one == figures_of_seed("7")
    assert one.state == figures_of_seed("7").state
    assert asked == [(one.win, one.now)]


def test_figures_that_cannot_be_put_anywhere_stay_awake() -> None:
    bed, one = Bed(Shelf(None), nothing_lost), figures_of_seed("7")
    bed.put(one)
    assert not one.is_asleep


def test_of_figures_that_were_asked_only_the_last_ones_stay_awake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("microwins.daemon.bed.MOST_AWAKE", 2)
    bed = bed_in(tmp_path / "rows")
    several = [figures_of_seed(str(seed)) for seed in range(3)]
    for one in several:
        bed.put(one)
    first = several[0].told
    assert several[0].told is first
    for one in several[1:]:
        assert one.told is one.told
    assert several[0].told is not first
    assert several[0].told == first


def test_the_room_of_figures_that_nobody_has_is_taken_by_others(tmp_path: Path) -> None:
    bed = bed_in(tmp_path / "rows")
    bed.put(figures_of_seed("7"))
    size = (tmp_path / "rows").stat().st_size
    for _ in range(10):
        bed.put(figures_of_seed("7"))
    assert (tmp_path / "rows").stat().st_size == size
