"""Offers put to somebody one by one, and the goal that is made of those that are taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..parsers.note import Note, read_note
from ..parsers.schedule import read_schedule
from ..parsers.tasks import BoxRules
from ..streaks.discovery import Discovery, Kind, Offer, discover
from ..templates.discovery_text import due, evidence
from ..templates.goal_draft import GoalDraft, WinDraft
from ..templates.terminal import clean
from ..templates.words import say
from . import questions
from .added_lines import Addition, NotExtendable, added
from .change import Change
from .errors import MicrowinsError
from .goal_guide import schedule_said
from .goal_notes import file_name, goal_folder, goal_path, is_declarable, new_goal, require_new_wins
from .keeper import Keeper
from .known_notes import Fact
from .note_read import RawNote, read_raw
from .progress import counted
from .vault import Vault

_SURE = (Kind.REGULAR,)
_ALL = (Kind.REGULAR, Kind.RARE, Kind.STOPPED)


def discovered(keeper: Keeper) -> Discovery:
    """Return what recurs in the vault's notes, all of which are looked at."""
    ledger = keeper.ledger
    facts = counted(ledger.facts(), len(ledger.notes), say("progress.reading"))
    notes = _notes(facts, keeper.vault.reading.rules)
    return discover(notes, ledger.catalog, keeper.clock.now())


def _notes(facts: Iterable[Fact], rules: BoxRules) -> Iterator[Note]:
    """Yield the notes that may have anything that recurs."""
    for path, found in facts:
        if isinstance(found, Note):
            yield found
        elif found.day is not None or found.may_recur:
            yield found.note(path, rules)


def on_offer(vault: Vault, found: Discovery, *, every: bool) -> tuple[Offer, ...]:
    """Return the offers that can be made into micro-wins: those kept up regularly, or all but what is too new.

    A text that would be something else in a goal's note, such as one with a marker of ours in it, is none.
    """
    kinds = _ALL if every else _SURE
    return tuple(offer for offer in found.of(*kinds) if is_declarable(vault, _drafted(offer)))


def ask_each(offers: Sequence[Offer]) -> list[Offer]:
    """Put each offer; return those that were taken, with the schedule that was said."""
    taken = []
    questions.tell(f"\n{say('discover.take_help')}")
    for number, offer in enumerate(offers, 1):
        head = say("discover.offer", number=number, count=len(offers), name=clean(offer.text), due=due(offer))
        questions.tell(f"\n{head}\n   {evidence(offer)}")
        answer = questions.ask_until(
            say("discover.take"), say("discover.yes"), _answer, say("guide.schedules")
        )
        if answer == "q":
            break
        if answer == "y":
            taken.append(offer)
        elif answer != "n":
            taken.append(replace(offer, rule=read_schedule(answer)))
    return taken


def goal_of(keeper: Keeper, offers: Sequence[Offer], title: str) -> Change:
    """Return the change that declares the offers: a new goal of this title, or more lines in the one that there is.

    There is no first day in the goal, so that all of the history counts.
    """
    wins = tuple(_drafted(offer) for offer in offers)
    catalog, vault = keeper.ledger.catalog, keeper.vault
    path = catalog.goal_path(title)
    if path is None:
        draft = GoalDraft(title, wins, text=say("discover.goal_text"), has_history=True)
        path = free_path(vault, title, goal_folder(catalog.goals))
        return new_goal(vault, catalog, draft, path, keeper.clock.now().today)
    goal = catalog.goals[path]
    if goal.retired or goal.archived:
        raise NotExtendable(f"The goal “{goal.title}” is archived.", "Name another one with --goal.")
    require_new_wins(catalog, wins)
    return longer_goal(keeper, path, Addition(wins))


def longer_goal(keeper: Keeper, path: str, addition: Addition) -> Change:
    """Return the change that adds lines to a goal's note as it is now."""
    raw = read_raw(keeper.vault.root, path, keeper.vault.settings.max_note_size)
    if not isinstance(raw, RawNote):
        raise MicrowinsError(f"{path}: {raw.problem.message}", raw.problem.remedy)
    reading = keeper.vault.reading
    return added(raw, read_note(path, raw.text, reading), addition, reading)


def free_path(vault: Vault, title: str, folder: str) -> str:
    """Return the path of a new goal; where a note of another kind stands there, one with a number behind it."""
    path, number = goal_path(title, folder), 2
    while (vault.root / path).exists():
        path, number = goal_path(f"{file_name(title)} {number}", folder), number + 1
    return path


def _drafted(offer: Offer) -> WinDraft:
    return WinDraft(offer.text, offer.schedule, id=offer.id or "")


def _answer(text: str) -> str | None:
    """Return `y`, `n`, `q` or the schedule that was said."""
    word = text.casefold()
    known = {
        say("discover.yes"): "y",
        say("discover.no"): "n",
        "yes": "y",
        "no": "n",
        "y": "y",
        "n": "n",
        "q": "q",
        "": "n",
    }
    return known.get(word) or schedule_said(text)
