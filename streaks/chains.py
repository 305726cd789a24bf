"""Stacks: micro-wins that follow one another, each `after` the one before it or after a cue in free words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..parsers.identity import text_key
from ..parsers.problem import Problem
from ..parsers.schedule import EveryDays
from ..parsers.task import State
from .calendar import DAY, Now
from .due import due_today
from .figures import Figures, figures
from .history import Entry
from .micro_win import MicroWin, Phase
from .streak import Streak
from .turns import Outcome


@dataclass(frozen=True, slots=True)
class Chain:
    """Micro-wins in the order in which they follow one another: their ids, and the cue of the first in free words.

    `after` gives the one that each follows, None for the first. A chain has two members or more, or one and a cue.
    """

    cue: str | None
    members: tuple[str, ...]
    after: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Chains:
    """The chains of a vault in the order of their first members, which each one follows, and the circles that are none."""

    all: tuple[Chain, ...] = ()
    after: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def of(self, win_id: str) -> Chain | None:
        """Return the chain that a micro-win is a part of, or None."""
        return next((chain for chain in self.all if win_id in chain.members), None)


@dataclass(frozen=True, slots=True)
class ChainDays:
    """What became of a chain on the days on which one of its members or more was due.

    `done` gives those days up to now: True where all that were due were done, False where one was not; a day that is
    still open is left out until all is done. `streak` and `best` count these days in a row, None where there is none.
    """

    done: Mapping[date, bool]
    streak: Streak | None
    best: Streak | None


def find_chains(wins: Sequence[MicroWin]) -> Chains:
    """Return the chains of these micro-wins; limits are left out, and so is every `after` that is part of a circle.

    `after` names a micro-win by its id, else by its text or an earlier one; of several the one in the same goal. What
    names none is a cue in free words.
    """
    wanted = {win.id: win for win in wins if not win.is_limit}
    names = _names(wanted.values())
    named = {win.id: _named(win, wanted, names) for win in wanted.values() if win.after}
    links = {win_id: cue for win_id, cue in named.items() if cue is not None}
    circles = list(_circles(links))
    looped = {win_id for circle in circles for win_id in circle}
    kept = {win_id: cue for win_id, cue in links.items() if win_id not in looped}
    followers: dict[str, list[str]] = {}
    for win_id, cue in kept.items():
        followers.setdefault(cue, []).append(win_id)
    chains = []
    for win in wanted.values():
        cue_text = win.after if win.after and win.id not in links else None
        if win.id not in kept and (cue_text or win.id in followers):
            members = tuple(_in_order(win.id, followers))
            chains.append(Chain(cue_text, members, {one: kept.get(one) for one in members}))
    return Chains(tuple(chains), kept, tuple(_problem(circle, wanted) for circle in circles))


def next_up(chain: Chain, by_id: Mapping[str, Figures], now: Now) -> str | None:
    """Return the first member that is still to be done today and that waits for no other one, or None.

    It waits for the one that it follows while that is due and neither done nor neutral.
    """
    waiting = {one for one in chain.members if one in by_id and due_today(by_id[one], now)}
    return next((one for one in chain.members if one in waiting and chain.after[one] not in waiting), None)


def chain_days(chain: Chain, by_id: Mapping[str, Figures]) -> ChainDays:
    """Return what became of a chain: a member is due on the days that are turns of their own and not neutral.

    With `grace = "never-twice"` in all of its goals, a chain's streak survives single misses too.
    """
    members = [by_id[one] for one in chain.members if one in by_id]
    outcomes: dict[date, set[Outcome]] = {}
    for member in members:
        for turn in member.turns:
            if turn.slot.start == turn.slot.end and turn.outcome is not Outcome.NEUTRAL:
                outcomes.setdefault(turn.slot.start, set()).add(turn.outcome)
    if not outcomes:
        return ChainDays({}, None, None)
    whole = _as_micro_win(outcomes, members)
    done = {day: found == {Outcome.SATISFIED} for day, found in outcomes.items() if Outcome.OPEN not in found}
    return ChainDays(done, whole.streak, whole.best)


def in_order(chain: Chain, minutes: Mapping[str, int | None]) -> bool | None:
    """Return whether a day's members were done in their order; `minutes` gives when, for those that were done.

    None where the time of one is not known, or where fewer than two were done. Ties are in order.
    """
    pairs = [
        (minutes[earlier], minutes[one])
        for one in chain.members
        if one in minutes and (earlier := _done_before(one, chain, minutes)) is not None
    ]
    if not pairs or any(before is None or later is None for before, later in pairs):
        return None
    return all(before <= later for before, later in pairs if before is not None and later is not None)


def _done_before(win_id: str, chain: Chain, minutes: Mapping[str, int | None]) -> str | None:
    """Return the nearest member above this one that was done that day."""
    above = chain.after[win_id]
    while above is not None and above not in minutes:
        above = chain.after.get(above)
    return above


def _names(wins: Iterable[MicroWin]) -> dict[str, list[MicroWin]]:
    names: dict[str, list[MicroWin]] = {}
    for win in wins:
        for key in dict.fromkeys(text_key(text) for text in (win.text, *win.aliases)):
            names.setdefault(key, []).append(win)
    return names


def _named(
    win: MicroWin, wanted: Mapping[str, MicroWin], names: Mapping[str, Sequence[MicroWin]]
) -> str | None:
    """Return the id of the micro-win that `after` names, or None where it is a cue in free words."""
    cue = (win.after or "").strip()
    if cue in wanted:
        return cue
    found = names.get(text_key(cue), ())
    near = [one for one in found if one.goal == win.goal]
    chosen = near if len(near) == 1 else found
    return chosen[0].id if len(chosen) == 1 else None


def _circles(links: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield each circle of links once, beginning with the member that is declared first."""
    seen: set[str] = set()
    for start in links:
        path: dict[str, None] = {}
        here: str | None = start
        while here is not None and here not in seen and here not in path:
            path[here] = None
            here = links.get(here)
        if here is not None and here in path:
            members = list(path)
            circle = set(members[members.index(here) :])
            yield tuple(one for one in links if one in circle)
        seen |= path.keys()


def up(win_id: str, after: Mapping[str, str]) -> Iterator[str]:
    """Yield a micro-win and all those that it follows, the nearest first; `after` has no circle."""
    here: str | None = win_id
    while here is not None:
        yield here
        here = after.get(here)


def _in_order(win_id: str, followers: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield a micro-win and all that follow it, each one behind the one that it follows."""
    waiting = [win_id]
    while waiting:
        here = waiting.pop()
        yield here
        waiting += reversed(followers.get(here, ()))


def _as_micro_win(outcomes: Mapping[date, set[Outcome]], members: Sequence[Figures]) -> Figures:
    """Return the figures of a chain as of a micro-win of every day, neutral where no member was due."""
    first, now = min(outcomes), members[0].now
    days = (first + offset * DAY for offset in range((now.today - first).days + 1))
    state = {
        day: State.SKIPPED if day not in outcomes else State.DONE
        for day in days
        if day not in outcomes or outcomes[day] == {Outcome.SATISFIED}
    }
    forgiving = all(member.win.grace == "never-twice" for member in members)
    chain = MicroWin(
        "", "", "", 0, (Phase(first, None, EveryDays(1)),), "", grace="never-twice" if forgiving else "none"
    )
    return figures(chain, [Entry("", 0, found, day) for day, found in state.items()], now)


def _problem(circle: Sequence[str], wins: Mapping[str, MicroWin]) -> Problem:
    win = wins[circle[0]]
    if len(circle) == 1:
        return Problem(
            win.goal, win.line, "stack-cycle", f"“{win.name}” comes after itself, so its `after` is passed over.",
            "Name another micro-win in `after`, or a cue such as “morning coffee”.",
        )  # fmt: skip
    names = ", ".join(f"“{wins[one].name}”" for one in circle)
    return Problem(
        win.goal, win.line, "stack-cycle",
        f"{names} come after each other in a circle, so their order is passed over; each counts as before.",
        "Take the `after` out of one of them.",
    )  # fmt: skip
