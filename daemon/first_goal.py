"""The first goal of a vault, asked for by `init`: what recurs in its notes already, or one in a few questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..streaks.discovery import Discovery, Offer
from ..templates.discovery_text import discovery_text
from ..templates.goal_draft import GoalDraft
from ..templates.screen import Screen
from ..templates.words import say
from . import questions
from .change import Change
from .errors import MicrowinsError
from .goal_guide import Guide
from .goal_notes import goal_folder, new_goal
from .keeper import Keeper
from .offering import ask_each, discovered, free_path, goal_of, on_offer

_QUESTIONS = 5


@dataclass(frozen=True, slots=True)
class FirstGoal:
    """What was answered: the goals' notes that are to be made, whether a note is made each day by itself.

    `example` says that no goal was named, so that one to look at is made.
    """

    notes: tuple[Change, ...] = ()
    daily: bool = False
    example: bool = False


def ask_first_goal(keeper: Keeper, screen: Screen) -> FirstGoal:
    """Ask for what a vault is to begin with; nothing is written yet."""
    questions.tell(say("init.intro", root=keeper.vault.root))
    found = discovered(keeper)
    offers = on_offer(keeper.vault, found, every=False)
    habits = _asked_habits(keeper, found, offers, screen) if offers else None
    guide = Guide(_QUESTIONS)
    goal = _asked_goal(keeper, guide, habits)
    daily = guide.agree(say("init.daily"), default=True)
    notes = tuple(note for note in (habits, goal) if note is not None)
    return FirstGoal(notes, daily, example=not notes)


def _asked_habits(keeper: Keeper, found: Discovery, offers: Sequence[Offer], screen: Screen) -> Change | None:
    questions.show(f"\n{discovery_text(found, tuple(offers), screen)}\n", colour=screen.pen.colour)
    answer = _asked_taking()
    if answer == "n":
        return None
    taken = ask_each(offers) if answer == "c" else offers
    return goal_of(keeper, taken, say("discover.goal")) if taken else None


def _asked_taking() -> str:
    """Ask whether all offers are taken: `y`, `n`, or `c` to be asked about each; anything else is asked again."""
    known = {
        **dict.fromkeys((say("discover.yes"), "y", "yes"), "y"),
        **dict.fromkeys((say("discover.no"), "n", "no", ""), "n"),
        **dict.fromkeys((say("init.choose"), "c"), "c"),
    }
    while True:
        answer = known.get(questions.ask(say("init.take"), say("discover.yes")).casefold())
        if answer is not None:
            return answer


def _asked_goal(keeper: Keeper, guide: Guide, habits: Change | None) -> Change | None:
    """Ask for a goal until it can be written as it was said; None where none was named."""
    catalog, vault = keeper.ledger.catalog, keeper.vault
    enter = say("guide.enter_example" if habits is None else "guide.enter_none")
    while True:
        draft: GoalDraft | None = guide.ask_title(enter)
        if draft is None:
            guide.skip(3)
            return None
        draft = guide.ask_first_step(draft)
        try:
            path = free_path(vault, draft.title, goal_folder(catalog.goals))
            return new_goal(vault, catalog, draft, path, keeper.clock.now().today)
        except MicrowinsError as error:
            questions.tell(f"{error.message} {error.hint}")
            guide.skip(-4)
