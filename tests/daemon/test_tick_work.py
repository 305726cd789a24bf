"""What a tick costs, counted: it asks for the work of what it touched, however much there is beside it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from microwins.daemon import page_changes
from microwins.daemon import reader as reader_module
from microwins.daemon.keeper import Keeper
from microwins.daemon.updating import settle
from microwins.streaks import goal_tree
from microwins.templates import tables

from .small_vault import DAY, GOAL, SmallVault, small_vault
from .test_watch_steps import SETTINGS, Hand

DASHBOARD = "Micro-wins.md"


class Count:
    """How often a function of a module is called, and what with; it does what it did."""

    def __init__(self, patch: pytest.MonkeyPatch, module: object, name: str) -> None:
        self._whole: Callable[..., Any] = getattr(module, name)
        self.calls: list[tuple[Any, ...]] = []
        patch.setattr(module, name, self)

    def __call__(self, *given: Any, **named: Any) -> Any:
        self.calls.append(given)
        return self._whole(*given, **named)


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return small_vault(tmp_path, SETTINGS)


def with_goals(vault: SmallVault, number: int) -> SmallVault:
    """Put more goals into a vault, and a dashboard that lists all of them."""
    for place in range(number):
        vault.write(
            f"Goals/{place}.md",
            f"---\ntype: goal\n---\n## Micro-wins\n- Do number {place} 🔁 every day\n- [ ] A step\n",
        )
    blocks = ("summary", "goals", "week", "month")
    vault.write(DASHBOARD, "".join(f"<!-- microwins:{name} -->\n<!-- /microwins -->\n\n" for name in blocks))
    return vault


def test_a_tick_has_the_touched_note_parsed_once(vault: SmallVault, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = with_goals(vault, 3).keeper()
    settle(keeper)
    parsed = Count(monkeypatch, reader_module, "parse_raw")
    vault.swap(DAY, "- [ ] Write", "- [x] Write")
    keeper.read_one(DAY, seen_live=True)
    written = settle(keeper).written
    assert {GOAL, DASHBOARD} <= set(written)
    for path in written:  # as the events of our own writes ask for
        assert not keeper.read_one(path, seen_live=True)
    assert [raw.path for raw, *_ in parsed.calls] == [DAY]
    keeper.close()


@pytest.mark.parametrize("goals", [3, 40])
def test_a_tick_works_out_and_shows_anew_one_goal_of_many(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch, goals: int
) -> None:
    keeper = with_goals(vault, goals).keeper()
    settle(keeper)
    cells = Count(monkeypatch, tables, "_goal_cells")
    figures = Count(monkeypatch, goal_tree, "GoalFigures")
    pages = Count(monkeypatch, page_changes, "page_edits")
    vault.swap(DAY, "- [ ] Write", "- [x] Write")
    keeper.read_one(DAY, seen_live=True)
    keeper.write(keeper.plan())
    assert [goal.goal.path for goal, *_ in cells.calls] == [GOAL]
    assert len(figures.calls) == 1
    assert {page.note.path for page, *_ in pages.calls} == {GOAL, DASHBOARD}
    keeper.close()


def test_when_the_notes_have_been_still_nothing_is_left_to_plan(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = Hand(with_goals(vault, 3))
    hand.tick()
    assert hand.run(1.9) == ["changed"]
    proved = Count(monkeypatch, page_changes, "proved_change")
    assert hand.run(0.2) == ["written"]
    assert proved.calls == []
    assert "Write 300 words · every day | 1 day |" in vault.text(GOAL)


def test_what_is_read_meanwhile_is_planned_anew(vault: SmallVault) -> None:
    hand = Hand(with_goals(vault, 3))
    hand.tick()
    hand.run(1.9)
    vault.write(GOAL, vault.text(GOAL).replace("# Book", "# A whole book"))
    hand.tell(GOAL)
    assert hand.run(5) == ["written"]
    assert "# A whole book" in vault.text(GOAL)
    assert "Write 300 words · every day | 1 day |" in vault.text(GOAL)


def test_a_save_that_nobody_told_of_is_not_written_over_by_what_was_planned(vault: SmallVault) -> None:
    hand = Hand(with_goals(vault, 3))
    hand.tick()
    hand.run(1.9)
    vault.write(GOAL, vault.text(GOAL).replace("# Book", "# A whole book"))
    hand.run(5)
    assert "# A whole book" in vault.text(GOAL)
    assert "Write 300 words · every day | 1 day |" in vault.text(GOAL)


def test_the_milestones_of_a_goal_follow_what_is_done_below_it(vault: SmallVault) -> None:
    vault.write("Goals/Top.md", "---\ntype: goal\n---\n")
    below = "---\ntype: goal\nparent: '[[Top]]'\n---\n- [x] One ✅ 2026-01-01\n- [x] Two ✅ 2026-01-02\n- [ ] Three\n"
    vault.write("Goals/Below.md", below)
    keeper = vault.keeper()
    keeper.read_all()
    before = _milestones(keeper)
    vault.swap("Goals/Below.md", "✅ 2026-01-02", "✅ 2026-01-09")  # it is as far as before
    keeper.read_one("Goals/Below.md")
    anew = vault.keeper()
    anew.read_all()
    assert _milestones(keeper) == _milestones(anew) != before


def _milestones(keeper: Keeper) -> list[date]:
    figures = keeper.figures()
    top = figures.goal("Goals/Top.md")
    assert top is not None
    return [one.day for one in keeper.life(figures).goal_milestones(top)]
