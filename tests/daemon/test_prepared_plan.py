"""A plan that is made ahead is what would be planned when the time has come, or it is made anew."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from microwins.daemon.keeper import Keeper
from microwins.daemon.temporary import is_temporary
from microwins.daemon.updating import settle

from .small_vault import DAY, GOAL, SmallVault, small_vault


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return small_vault(tmp_path)


@pytest.fixture
def keeper(vault: SmallVault) -> Iterator[Keeper]:
    """A keeper of a vault that is up to date, but for a tick that it has read and prepared the answer to."""
    found = vault.keeper()
    settle(found)
    vault.swap(DAY, "- [ ] Write", "- [x] Write")
    found.read_one(DAY, seen_live=True)
    found.planning.prepare()
    yield found
    found.close()


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="no files without a name here")
def test_what_was_prepared_is_what_is_written(vault: SmallVault, keeper: Keeper) -> None:
    assert keeper.writer.prepared.keys() == {GOAL}
    assert settle(keeper).written == (GOAL,)
    assert "Write 300 words                 X" in vault.text(GOAL)
    assert not keeper.writer.prepared
    assert settle(vault.keeper()).written == ()


def test_what_is_read_meanwhile_is_counted(vault: SmallVault, keeper: Keeper) -> None:
    vault.swap(DAY, "- [ ] Read", "- [x] Read")
    keeper.read_one(DAY, seen_live=True)
    assert settle(keeper).written == (GOAL,)
    assert not keeper.writer.prepared
    assert settle(vault.keeper()).written == ()


def test_what_is_not_wanted_any_more_is_let_go(vault: SmallVault, keeper: Keeper) -> None:
    vault.swap(DAY, "- [x] Write", "- [ ] Write")
    keeper.read_one(DAY, seen_live=True)
    assert settle(keeper).written == ()
    assert not keeper.writer.prepared


def test_a_save_that_nobody_has_read_stays(vault: SmallVault, keeper: Keeper) -> None:
    vault.write(GOAL, vault.text(GOAL) + "A word of mine.\n")
    settle(keeper)
    assert vault.text(GOAL).endswith("A word of mine.\n")


def test_what_was_made_ready_is_noted_once_and_written(vault: SmallVault, keeper: Keeper) -> None:
    before = _noted(keeper)
    keeper.make_ready()
    assert _noted(keeper) == before + 1
    assert settle(keeper).written == (GOAL,)
    assert _noted(keeper) == before + 1
    assert _ours(vault) == []


def test_what_was_made_ready_and_is_not_wanted_any_more_leaves_nothing(
    vault: SmallVault, keeper: Keeper
) -> None:
    before = _noted(keeper)
    keeper.make_ready()
    vault.swap(DAY, "- [x] Write", "- [ ] Write")
    keeper.read_one(DAY, seen_live=True)
    keeper.make_ready()
    assert settle(keeper).written == ()
    assert _noted(keeper) == before
    assert _ours(vault) == []


def test_what_was_made_ready_for_a_note_that_somebody_saved_is_not_noted(
    vault: SmallVault, keeper: Keeper
) -> None:
    before = _noted(keeper)
    keeper.make_ready()
    vault.write(GOAL, vault.text(GOAL) + "A word of mine.\n")
    settle(keeper, anew=False)
    assert vault.text(GOAL).endswith("A word of mine.\n")
    assert _noted(keeper) == before
    assert _ours(vault) == []


def test_what_an_undo_struck_out_meanwhile_is_noted_again(vault: SmallVault, keeper: Keeper) -> None:
    keeper.make_ready()
    assert keeper.journal is not None
    newest = next(keeper.journal.changes())
    assert newest.before == vault.text(GOAL).encode()
    keeper.journal.forget(newest.number)
    settle(keeper)
    assert next(keeper.journal.changes()).after == vault.text(GOAL).encode()


def test_who_is_closed_takes_back_what_was_made_ready(vault: SmallVault, keeper: Keeper) -> None:
    before = _noted(keeper)
    keeper.make_ready()
    keeper.close()
    assert _noted(keeper) == before
    assert _ours(vault) == []


def _noted(keeper: Keeper) -> int:
    assert keeper.journal is not None
    return len(list(keeper.journal.changes()))


def _ours(vault: SmallVault) -> list[str]:
    return [path.name for path in vault.root.rglob("*") if is_temporary(path.name)]


def test_what_was_prepared_before_midnight_is_planned_anew_after_it(
    vault: SmallVault, keeper: Keeper
) -> None:
    vault.now += timedelta(days=1)
    settle(keeper)
    after = vault.text(GOAL)
    assert settle(vault.keeper()).written == ()
    assert vault.text(GOAL) == after
    assert not keeper.writer.prepared


def test_where_no_file_without_a_name_can_be_made_it_is_written_as_before(
    vault: SmallVault, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("microwins.daemon.prepared_text._UNNAMED", 0)
    keeper.planning.prepare()
    assert not keeper.writer.prepared
    assert settle(keeper).written == (GOAL,)
