"""The daemon and an editor at the same note: nothing is read half, nothing overtaken is dropped."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from microwins.daemon.aside import GRACE as ASIDE
from microwins.daemon.boxes import mark_target
from microwins.daemon.held_up import RETRY
from microwins.daemon.named_box import find_target
from microwins.daemon.note_read import RawNote, read_raw
from microwins.daemon.swap import Swap
from microwins.daemon.unread import GRACE
from microwins.daemon.updating import full_pass
from microwins.parsers.task import State
from tests.daemon.small_vault import DAY, GOAL, SmallVault, small_vault
from tests.daemon.test_watch_steps import QUIET, Hand

if sys.platform != "linux":
    pytest.skip("only Linux tells whether a note is open for writing", allow_module_level=True)


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return small_vault(tmp_path)


@pytest.fixture
def hand(vault: SmallVault) -> Hand:
    return Hand(vault)


def at_the_next_swap(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let somebody act once, after the next note is worked out and before it is written."""
    acts = [act]
    make = Swap.make

    def swap(self: Swap) -> None:
        if acts:
            acts.pop()()
        make(self)

    monkeypatch.setattr(Swap, "make", swap)


def test_a_note_that_is_being_saved_is_read_when_the_save_is_done(hand: Hand) -> None:
    note = hand.vault.root / DAY
    text = note.read_text()
    with note.open("w") as editor:
        editor.write(text[:20])
        editor.flush()
        hand.tell(DAY)
        assert hand.run(1) == []
        editor.write(text[20:].replace("- [ ] Write", "- [x] Write"))
    hand.tell(DAY)
    assert hand.run(1) == ["changed", "news"]


def test_a_note_that_stays_open_is_read_after_a_grace(hand: Hand) -> None:
    with (hand.vault.root / DAY).open("r+"):
        hand.tick()
        assert hand.run(GRACE / 2) == []
        assert hand.run(GRACE) == ["changed", "news"]


def test_a_note_that_is_open_is_written_once_it_is_closed(hand: Hand) -> None:
    with (hand.vault.root / GOAL).open("r+"):
        hand.tick()
        assert hand.run(RETRY / 2) == ["changed", "news"]
    assert hand.run(QUIET * 2) == ["written"]


def test_a_note_that_stays_open_for_long_is_told_once(hand: Hand) -> None:
    with (hand.vault.root / GOAL).open("r+"):
        hand.tick()
        assert hand.run(RETRY * 2) == ["changed", "news", "problem"]
        assert "note-in-use" in hand.said[2]
        assert hand.run(RETRY) == []


def test_a_save_that_comes_too_late_is_brought_back_and_told(hand: Hand) -> None:
    hand.tick()
    assert hand.run(QUIET + 0.2) == ["changed", "news", "written"]
    aside = hand.watch.keeper.aside
    displaced = (*aside._older, *aside._newer)[-1]
    late = Path(f"/proc/self/fd/{displaced.descriptor}")
    late.write_text(late.read_text().replace("Chapter one", "Chapter one, at last"))
    assert "problem" in hand.run(ASIDE * 2 + QUIET + 1)
    assert "Chapter one, at last" in hand.vault.text(GOAL)
    assert "Write 300 words · every day | 1 day |" in hand.vault.text(GOAL)


def test_a_note_saved_at_the_moment_of_a_pass_is_written_anew(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_next_swap(monkeypatch, lambda: vault.swap(GOAL, "Chapter one", "Chapter one and two"))
    outcome = full_pass(vault.unread(), write=True)
    assert (outcome.written, outcome.skipped) == ((GOAL,), ())
    assert "Chapter one and two" in vault.text(GOAL)
    assert "microwins:summary" in vault.text(GOAL)


def test_a_tick_in_a_note_saved_at_that_moment_is_made_anew(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = vault.keeper()
    target = find_target(keeper, keeper.view(keeper.figures()), "Write 300 words")
    at_the_next_swap(monkeypatch, lambda: vault.swap(DAY, "My own words.", "My own words, and more."))
    assert mark_target(keeper, target, State.DONE).changed
    assert "My own words, and more." in vault.text(DAY)
    assert "- [x] Write 300 words" in vault.text(DAY)


def test_a_note_that_is_empty_while_it_is_saved_over_and_over_is_not_read_as_empty(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = vault.root / DAY
    text = note.read_bytes()
    with note.open("r+b") as editor:
        monkeypatch.setattr("time.sleep", lambda _seconds: editor.truncate(0))
        raw = read_raw(vault.root, DAY, 10_000)
    assert isinstance(raw, RawNote)
    assert raw.data == text
