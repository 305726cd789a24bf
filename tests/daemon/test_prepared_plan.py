"""A plan that is made ahead is what would be planned when the time has come, or it is made anew."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from microwins.daemon.keeper import Keeper
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
