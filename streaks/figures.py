"""The figures of one micro-win, all worked out from one list of turns."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from ..parsers.schedule import EveryDays, Limit, OnWeekdays, Quota, Rolling, Rule
from ..parsers.schedule_text import schedule_text
from .calendar import NeutralDays, Now
from .chances import chance_at, coming_chances
from .consistency import Window, consistency, window
from .day_entries import DayEntries
from .deadline import deadline
from .history import DayEntry, Entry, History, read_history, without_reading
from .micro_win import MicroWin
from .packed_turns import PackedTurns
from .projection import LOOK_BACK, Projection, projection
from .record import Record
from .replay import Facts, turns_until_today
from .running import Running, progress_now
from .streak import Grace, PackedStreaks, Streak, streaks_of
from .strength import strength
from .told import Asleep, Says, Told
from .totals import MicroWinTotals, micro_win_totals
from .turns import Outcome, Turn, Turns, turn_on


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """What is known of a micro-win on a day. `state` is what stands on that day: `done open missed skipped neutral not_due`.

    `runs` says that the newest streak still runs; `pending` misses stand behind the last satisfied slot of the running
    streak. `undated` wins have no day. Figures may sleep: then they are the same object, and what they say lies elsewhere.
    """

    win: MicroWin
    now: Now
    _told: Told | Asleep

    state = Says[str]()
    unit = Says[str]()
    packed_turns = Says[PackedTurns]()
    streaks = Says[PackedStreaks]()
    runs = Says[bool]()
    strength = Says[float]()
    totals = Says[MicroWinTotals]()
    deadline = Says[date | None]()
    history = Says[DayEntries]()
    votes = Says[int]()
    undated = Says[int]()
    pending = Says[int]()
    progress_now = Says[Running | None]()
    projection = Says[Projection | None]()

    def __eq__(self, other: object) -> bool:
        """Return whether both say the same, asleep or not."""
        if not isinstance(other, Figures):
            return NotImplemented
        return (self.win, self.now, self.told) == (other.win, other.now, other.told)

    __hash__ = None  # type: ignore[assignment]

    @property
    def told(self) -> Told:
        """All that they say."""
        told = self._told
        if isinstance(told, Told):
            return told
        found = told.read()
        if found is None:
            found = told.again(self.win, self.now)
            object.__setattr__(self, "_told", found)
        return found

    @property
    def is_asleep(self) -> bool:
        """Whether what they say lies elsewhere."""
        return not isinstance(self._told, Told)

    def sleep(self, asleep: Asleep) -> None:
        """Have something else tell what they say."""
        object.__setattr__(self, "_told", asleep)

    def wake(self) -> bool:
        """Have them tell themselves what they say; return whether it could still be read."""
        told = self._told if isinstance(self._told, Told) else self._told.read()
        if told is not None:
            object.__setattr__(self, "_told", told)
        return told is not None

    @property
    def turns(self) -> Turns:
        """All turns so far, made when they are asked for: ask once."""
        return self.packed_turns.turns()

    def turn_on(self, day: date) -> Turn | None:
        """Return the turn in whose slot a day lies, or None."""
        return self.packed_turns.on(day)

    def turns_since(self, day: date) -> Turns:
        """Return all turns so far, or none where all of them were over before a day."""
        return self.turns if self.packed_turns.until >= day.toordinal() else Turns()

    @property
    def streak(self) -> Streak | None:
        """The streak that runs."""
        return self.streaks.newest if self.runs else None

    @property
    def strict(self) -> Streak | None:
        """The streak that would run if no miss were forgiven, worked out when it is asked for."""
        wins = None if self.is_limit else Record.of(self.history, self.now.today).wins
        return streaks_of(self.turns, Grace(forgiving=False), wins).current

    @property
    def best(self) -> Streak | None:
        """The longest of all streaks; of equal ones the newer."""
        return self.streaks.longest

    @property
    def schedule(self) -> str:
        """The rule in force, in its canonical wording."""
        return schedule_text(_rule_on(self.win, self.now.today))

    @property
    def windows(self) -> Mapping[int, Window]:
        """What the turns of each window come to, worked out when it is asked for."""
        return consistency(self.turns, self.now.today)

    def window(self, days: int) -> Window:
        """Return what one window comes to."""
        return window(self.turns, self.now.today, days)

    @property
    def consistency(self) -> Mapping[int, float | None]:
        """The satisfied part of the turns of each window; None where nothing is closed."""
        return {days: window.rate for days, window in self.windows.items()}

    @property
    def is_limit(self) -> bool:
        """Whether it is something to do less of: its ticks are no wins."""
        return self.win.is_limit

    @property
    def at_risk(self) -> bool:
        """Whether a streak runs over a miss that only the next slot can make a slip."""
        return self.runs and self.pending > 0

    @property
    def days_done(self) -> Iterator[date]:
        """The days up to now that are wins: those on which it was done, and it was no limit."""
        return map(date.fromordinal, self.ordinals_done)

    @property
    def ordinals_done(self) -> list[int]:
        """The same days as ordinals, in order."""
        last = self.now.today.toordinal()
        done = [day for day in self.history.done() if day <= last]
        if not _has_limit(self.win):
            return done
        return [day for day in done if not _limited(self.win, date.fromordinal(day))]

    @property
    def states(self) -> str:
        """One character a slot so far: # satisfied, x missed, - neutral, ? open."""
        return self.turns.outcomes


def figures(
    win: MicroWin, entries: Iterable[Entry], now: Now, logged: Container[date] | None = None
) -> Figures:
    """Return the figures of `win` as of `now`, replayed from all of its boxes.

    `logged` are the days that have a daily note (None: all of them): only a limit asks for them.
    """
    return figures_of(win, read_history(entries), now, logged)


def figures_of(win: MicroWin, history: History, now: Now, logged: Container[date] | None = None) -> Figures:
    """Return the same of boxes that are gathered by day already."""
    days = DayEntries.of(history.days)
    record = Record.of(days, now.today)
    start = min(history.first or now.today, now.today)
    last_box = min(history.last, now.today) if history.last else None
    facts = Facts(win, record, now, start, last_box, logged)
    turns = turns_until_today(facts)
    rule = _rule_on(win, now.today)
    grace = Grace(win.grace == "never-twice")
    wins = record.wins if not win.is_limit else None
    found = streaks_of(turns, grace, wins)
    totals = micro_win_totals(record, history.undated, now, _wins(win, record), win.reading)
    told = Told(
        state=_state(turns, days.get(now.today), now, win),
        unit=_unit(rule),
        packed_turns=PackedTurns.of(turns),
        streaks=found.all,
        runs=found.runs,
        strength=strength(turns),
        totals=totals,
        deadline=_deadline(facts, turns, grace, found.current),
        history=days,
        votes=_votes(win, record),
        undated=len(history.undated),
        pending=found.pending,
        progress_now=progress_now(facts, turns),
        projection=_projection(facts),
    )
    return Figures(win, now, told)


def _deadline(facts: Facts, turns: Turns, grace: Grace, current: Streak | None) -> date | None:
    """Return the last day that saves the running streak, None where there is none; a limit asks for nothing by any day."""
    if current is None or isinstance(_rule_on(facts.win, facts.now.today), Limit):
        return None
    chances, coming = partial(chance_at, facts, turns), coming_chances(facts)
    return deadline(turns, current, chances, coming, grace, facts.now.closed_until)


def _votes(win: MicroWin, record: Record) -> int:
    if not _has_limit(win):
        return len(record.done)
    return sum(not _limited(win, date.fromordinal(day)) for day in record.done)


def _has_limit(win: MicroWin) -> bool:
    return any(isinstance(phase.rule, Limit) for phase in win.phases)


def _limited(win: MicroWin, day: date) -> bool:
    """Return whether the rule that held on `day` is a limit: the last that had begun; before all of them, the first."""
    begun = [phase for phase in win.phases if phase.since is None or phase.since <= day]
    return isinstance((begun or win.phases)[-1 if begun else 0].rule, Limit)


def _wins(win: MicroWin, record: Record) -> Callable[[int, int], int]:
    """Return what counts the wins from one day to another: the days on which it was done, under a limit the boxes."""
    if not _has_limit(win):
        return record.wins
    if all(isinstance(phase.rule, Limit) for phase in win.phases):
        return record.boxes
    days = record.between(record.days[0], record.days[-1]) if record.days else ()
    each = {
        day: entry.times if _limited(win, date.fromordinal(day)) else 1 for day, entry in days if entry.done
    }
    return lambda first, last: sum(wins for day, wins in each.items() if first <= day <= last)


def _projection(facts: Facts) -> Projection | None:
    """Return the projection from the last closed days on which the micro-win was active and not paused."""
    last = min(facts.now.closed_until, facts.now.today).toordinal()
    first = last - LOOK_BACK + 1
    paused = NeutralDays(pauses=facts.win.neutral.pauses).mask(first, last)
    for stretch in facts.stretches():
        begin = max(stretch.first.toordinal(), first)
        end = last if stretch.last is None else min(stretch.last.toordinal(), last)
        for day in range(begin, end + 1):
            paused[day - first] |= 2
    active = {first + place for place, byte in enumerate(paused) if byte == 2}
    lately = [entry for day, entry in facts.record.between(first, last) if day in active]
    each = facts.win.is_limit
    wins = ((entry.times if each else 1) for entry in lately if entry.done)
    amounts = (without_reading(entry.amounts, facts.win.reading) for entry in lately)
    return projection(wins, amounts, len(active))


def _rule_on(win: MicroWin, day: date) -> Rule | None:
    phase = win.phase_on(day) or (win.phases[-1] if win.phases else None)
    return phase.rule if phase else None


def _unit(rule: Rule | None) -> str:
    match rule:
        case EveryDays(1) | OnWeekdays(weeks=1) | Rolling():
            return "days"
        case Quota(period=period, every=1) | Limit(period=period):
            return f"{period}s"
        case _:
            return "times"


def _state(turns: Turns, today: DayEntry | None, now: Now, win: MicroWin) -> str:
    turn = turn_on(turns, now.today)
    if win.is_limit:
        return "neutral" if turn is not None and turn.outcome is Outcome.NEUTRAL else "not_due"
    partly = turn is not None and turn.slot.start == turn.slot.end and turn.outcome is Outcome.OPEN
    if today is not None and today.done and not (partly and _is_day_slot(win, now.today)):
        return "done"
    if turn is None:
        return "skipped" if today is not None and today.skipped else "not_due"
    if today is not None and today.skipped and turn.outcome is not Outcome.SATISFIED:
        return "skipped"
    if turn.outcome is Outcome.NEUTRAL or (turn.outcome is Outcome.OPEN and win.rests_on(now.today)):
        return "neutral"
    return {"#": "done", "x": "missed", "?": "open"}[turn.outcome.value]


def _is_day_slot(win: MicroWin, day: date) -> bool:
    """Return whether what is done on a day can only satisfy that day: a rolling window takes in others too."""
    return not isinstance(_rule_on(win, day), Rolling)
