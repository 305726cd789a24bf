"""What recurs in the daily notes of a vault and no goal declares: offers for micro-wins, from the user's own history."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from statistics import median

from ..parsers.identity import text_key
from ..parsers.line_words import read_quantities
from ..parsers.note import Note
from ..parsers.schedule import Quota, Rule
from ..parsers.schedule_text import schedule_text
from .calendar import DAY, Now
from .catalog import Catalog
from .recurring import Recurring, Sighting, gathered, sightings
from .rhythm import Practice, rule_kept
from .standing_tasks import Placed, StandingTask, recurring_tasks, standing_tasks

NOTES = 60
"""The number of notes of which it is said in how many it was ticked."""
LATELY, LONG = timedelta(weeks=12), timedelta(days=365)
"""How far back the schedule is looked for, and that of what is done less than once a week."""
STALE = timedelta(days=28)
"""What was not ticked for so long has stopped."""
LEAST, LEAST_DAYS = 5, 7
"""Ticked days, and days from the first of them on, below which there is too little to tell."""
TWICE = 2
ESTABLISHED = 10
"""Only what was ticked on so many days is worth being remembered after it has stopped."""


class Kind(StrEnum):
    """How sure an offer is: kept up regularly, done less than once a week, no longer done, too new to tell."""

    REGULAR = "regular"
    RARE = "rare"
    STOPPED = "stopped"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that recurs, and the schedule that was kept.

    `done` counts the ticked days of all time, since `since`; `lately` those among the last `notes` daily notes, or among
    all that there are since it was first seen. `amount` is the median of those given, in `unit`. `rule` is None where no
    schedule shows. `path` is the note of a task that recurs by its own rule, outside of daily notes: then nothing is
    said of the last notes.
    """

    text: str
    kind: Kind
    rule: Rule | None
    done: int
    since: date
    last: date
    lately: int
    notes: int
    amount: Decimal | None = None
    unit: str = ""
    id: str | None = None
    path: str = ""

    @property
    def schedule(self) -> str:
        """The schedule in its usual wording; empty where there is none."""
        return schedule_text(self.rule)


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found in the daily notes: how many there are, of which days, and the offers, the surest first."""

    notes: int
    first: date | None
    last: date | None
    offers: tuple[Offer, ...] = ()

    def of(self, *kinds: Kind) -> tuple[Offer, ...]:
        """Return the offers of these kinds."""
        return tuple(offer for offer in self.offers if offer.kind in kinds)


def discover(notes: Iterable[Note], catalog: Catalog, now: Now) -> Discovery:
    """Return what recurs in the daily notes up to today, and the recurring tasks of other notes, in whatever order they are.

    Each note is looked at once, and let go of.

    The last daily note is the end of what is looked at, so that a vault that rests tells what it was used for. What is
    open in the note of today is not looked at.
    """
    daily: dict[str, tuple[date, list[Sighting]]] = {}
    tasks: list[Placed] = []
    for note in notes:
        if note.day is None:
            tasks += recurring_tasks(note, catalog)
        elif note.day <= now.today and note.goal is None:
            daily[note.path] = note.day, list(sightings(note, catalog))
    days = sorted({day for day, _ in daily.values()})
    groups = gathered(one for path in sorted(daily) for one in daily[path][1])
    found = [offer for group in groups if (offer := _offer(group, days, now)) is not None]
    offers = _with_standing(found, standing_tasks(tasks, now.today), now)
    order: Mapping[Kind, int] = {kind: place for place, kind in enumerate(Kind)}
    offers.sort(key=lambda offer: (order[offer.kind], -offer.lately, -offer.done, offer.text))
    first, last = (days[0], days[-1]) if days else (None, None)
    return Discovery(len(days), first, last, tuple(offers))


def _with_standing(offers: Sequence[Offer], tasks: Iterable[StandingTask], now: Now) -> list[Offer]:
    """Return the offers with the recurring tasks that are not among them yet; one that says its rule is not too new."""
    sure = {text_key(offer.text) for offer in offers if offer.kind is not Kind.NEW}
    told = [offer for task in tasks if text_key(task.text) not in sure and (offer := _standing(task, now))]
    named = {text_key(offer.text) for offer in told}
    return [*(offer for offer in offers if text_key(offer.text) not in named), *told]


def _standing(task: StandingTask, now: Now) -> Offer | None:
    """Return the offer of a recurring task; while a line of it is open it may rest for longer."""
    first, last, times = task.done[0], task.done[-1], len(task.done)
    has_stopped = now.today - last > (LATELY if task.is_open else STALE)
    if times < (ESTABLISHED if has_stopped else TWICE):
        return None
    kind = Kind.STOPPED if has_stopped else Kind.REGULAR
    return Offer(task.text, kind, task.rule, times, first, last, 0, 0, id=task.id, path=task.path)


def _offer(group: Recurring, days: Sequence[date], now: Now) -> Offer | None:
    end = days[-1] if days[-1] < now.today or group.last == now.today else now.today - DAY
    if len(group.done) < TWICE:
        return None
    begin = min(group.first, *group.seen)
    kept = _practice(group, days, begin, end if end - group.last <= STALE else group.last, now.week_start)
    rule = rule_kept(kept.since(kept.end - LATELY), kept.since(kept.end - LONG))
    kind = _kind(group, rule, end)
    if kind is None:
        return None
    noted = days[bisect_left(days, begin) : bisect_right(days, end)][-NOTES:]
    lately = len(group.done) - bisect_left(group.done, noted[0])
    return Offer(
        group.text, kind, None if kind is Kind.NEW else rule, len(group.done), group.first, group.last,
        lately, len(noted), *_amount(group), id=group.id,
    )  # fmt: skip


def _practice(group: Recurring, days: Sequence[date], begin: date, end: date, week_start: int) -> Practice:
    noted = days[bisect_left(days, begin) : bisect_right(days, end)]
    told = [day for day in noted if day not in group.skipped] if group.skipped else noted
    return Practice(begin, end, told, group.done, week_start)


def _kind(group: Recurring, rule: Rule | None, end: date) -> Kind | None:
    """Return the kind of an offer, None for what is a passing thing and no habit."""
    if end - group.last > STALE:
        return Kind.STOPPED if len(group.done) >= ESTABLISHED else None
    if len(group.done) < LEAST or (end - group.first).days + 1 < LEAST_DAYS:
        return Kind.NEW if end - group.first <= STALE else None
    is_rare = rule is None or (isinstance(rule, Quota) and rule.period == "month")
    return Kind.RARE if is_rare else Kind.REGULAR


def _amount(group: Recurring) -> tuple[Decimal | None, str]:
    """Return the median amount and its unit, where most ticked days give one that is not in the text anyway."""
    given = group.amounts.values()
    if len(given) * 2 < len(group.done) or len(set(given)) < TWICE:
        return None, ""
    middle = median(given)
    in_text = any(found.amount == middle for _, found in read_quantities(group.text))
    return (None, "") if in_text else (middle, group.unit)
