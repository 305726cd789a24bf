"""What was worked out of a period is kept, and is always what a fresh look at the notes would find."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from microwins.daemon.review_shape import review_shape
from microwins.streaks.lookback import lookback
from microwins.templates.review_text import review_text
from microwins.templates.screen import Screen

from .small_vault import GOAL, GOAL_TEXT, TODAY, SmallVault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from microwins.daemon.keeper import Keeper
    from microwins.streaks.calendar import Now
    from microwins.streaks.review import Review
    from microwins.streaks.vault_figures import VaultFigures

BOXES = ("Write 300 words", "Read a page", "Wash the dishes", "Write 300 words [words:: 40] @07:10")
LOOKS = (("week", 0), ("week", 1), ("month", 0), ("month", 1), ("year", 0))


def small_vault(tmp_path: Path) -> SmallVault:
    vault = SmallVault(tmp_path / "vault")
    vault.write(".microwins.toml", 'timezone = "UTC"\nlate_window = "0s"\n')
    vault.write(GOAL, GOAL_TEXT)
    for ago in range(60):
        vault.write(f"{TODAY - timedelta(days=ago)}.md", f"- [{'x '[ago % 3 == 0]}] Read a page\n")
    return vault


def reviews(keeper: Keeper) -> list[Review]:
    view = keeper.view(keeper.figures())
    looks = [lookback(kind, TODAY, view.figures.now, back) for kind, back in LOOKS]  # type: ignore[arg-type]
    return [view.review(look) for look in looks if look is not None]


def told(keeper: Keeper) -> list[object]:
    """Return all that any of the looks back says; figures of a day know later days, of which nothing is told."""
    now = keeper.clock.now()
    return [(review_shape(one, now), review_text(one, Screen(), whole=True)) for one in reviews(keeper)]


def edits(vault: SmallVault, chance: random.Random) -> dict[str, Callable[[], str]]:
    day = TODAY - timedelta(days=chance.choice((0, 0, 0, 1, 5, 9, 33, 50)))
    box = f"- [{chance.choice('xx -/')}] {chance.choice(BOXES)}\n"

    def tick() -> str:
        vault.write(f"{day}.md", box * chance.randint(0, 2))
        return f"{day}.md"

    def step() -> str:
        mark = chance.choice(
            (
                "[ ] Chapter one",
                f"[x] Chapter one ✅ {day}",
                "[ ] Chapter one [weight:: 3]",
            )
        )
        vault.write(GOAL, GOAL_TEXT.replace("[ ] Chapter one", mark))
        return GOAL

    def rule() -> str:
        vault.write(
            GOAL,
            GOAL_TEXT.replace(
                "🔁 every day", chance.choice(("🔁 every day", "🔁 every Mon", "[limit:: 2 a week]"))
            ),
        )
        return GOAL

    def elsewhere() -> str:
        vault.write("List.md", f"Words.\n\n{box.rstrip()} ✅ {day}\n- [x] without a day\n")
        return "List.md"

    def gone() -> str:
        (vault.root / f"{day}.md").unlink(missing_ok=True)
        return f"{day}.md"

    return {"tick": tick, "step": step, "rule": rule, "elsewhere": elsewhere, "gone": gone}


@pytest.mark.parametrize("seed", range(6))
def test_what_is_kept_is_what_a_fresh_look_finds(tmp_path: Path, seed: int) -> None:
    chance, vault = random.Random(seed), small_vault(tmp_path)
    keeper = vault.keeper()
    for _ in range(15):
        made = edits(vault, chance)
        name = chance.choice(("tick", "tick", "tick", *made))
        keeper.read_one(made[name]())
        if chance.random() < 0.6:
            fresh = vault.keeper()
            assert told(keeper) == told(fresh), name
            fresh.close()
    keeper.close()


def test_a_tick_of_today_has_nothing_of_what_is_over_worked_out_again(tmp_path: Path) -> None:
    vault = small_vault(tmp_path)
    keeper = vault.keeper()
    before = reviews(keeper)

    def as_of(now: Now) -> VaultFigures:
        raise AssertionError(now)

    keeper.ledger.as_of = as_of  # type: ignore[method-assign]
    vault.write(f"{TODAY}.md", "- [x] Write 300 words\n- [x] Read a page\n- [x] another one\n")
    assert keeper.read_one(f"{TODAY}.md")
    after = reviews(keeper)
    assert [one is other for one, other in zip(before, after, strict=True)] == [
        False,
        True,
        False,
        True,
        False,
    ]
    assert after[0].total.wins > before[0].total.wins
    keeper.close()


def test_a_late_tick_has_the_period_worked_out_again(tmp_path: Path) -> None:
    vault = small_vault(tmp_path)
    keeper = vault.keeper()
    before = reviews(keeper)
    day = date(2026, 2, 24)
    vault.write(f"{day}.md", "- [x] Write 300 words\n- [x] Read a page\n")
    assert keeper.read_one(f"{day}.md")
    after = reviews(keeper)
    assert after[1].total.wins > before[1].total.wins  # the week before
    assert after[3].total.wins > before[3].total.wins  # the month before
    keeper.close()
