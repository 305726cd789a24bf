"""Micro-wins, histories and days made up at random, from a seed, and told in a few lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from microwins.parsers.calendar_dates import MonthDay, OnDates
from microwins.parsers.day_range import DayRange
from microwins.parsers.schedule import EveryDays, Limit, Once, OnWeekdays, Quota, Rolling, Rule, SinceLast
from microwins.parsers.task import Quantity, State
from microwins.streaks.calendar import NeutralDays, Now
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin, Phase

STATES = {"x": State.DONE, "-": State.SKIPPED, "/": State.PARTIAL, " ": State.OPEN}
KINDS = ("days", "weekdays", "dates", "since", "quota", "rolling", "once", "limit", "none")
DATES = (
    OnDates((MonthDay(1),)),
    OnDates((MonthDay(31),)),
    OnDates((MonthDay(-1),)),
    OnDates((MonthDay(1), MonthDay(15), MonthDay(30)), (), 1),
    OnDates((MonthDay(-1, 4),)),
    OnDates((MonthDay(2, 1),), (), 2),
    OnDates((MonthDay(5, 0), MonthDay(-31))),
    OnDates((MonthDay(29),), (2,)),
    OnDates((MonthDay(1), MonthDay(24)), (4, 12)),
    OnDates((MonthDay(-2, 6),), (1, 3, 6, 9), 2),
)


@dataclass(frozen=True)
class History:
    """All that the figures of a micro-win are worked out from."""

    win: MicroWin
    entries: tuple[Entry, ...]
    now: Now
    logged: frozenset[date] | None = None

    def __str__(self) -> str:
        """Return it as a person would write it down."""
        marks = {state: mark for mark, state in STATES.items()}
        lines = [
            f"today {self.now.today:%a} {self.now.today}, closed until {self.now.closed_until}, "
            f"weeks begin on {self.now.week_start}, grace {self.win.grace}"
        ]
        lines += [
            f"from {phase.since} until {phase.until}: {phase.rule}, target "
            f"{phase.target and f'{phase.target.amount} {phase.target.unit}'}, rest {sorted(phase.rest)}"
            for phase in self.win.phases
        ]
        lines += ["retired"] * self.win.retired
        lines += [f"rest {sorted(self.win.neutral.rest)}"] * bool(self.win.neutral.rest)
        lines += [f"pause {one.start}..{one.end}" for one in self.win.neutral.pauses]
        lines += [f"archived {one.start}..{one.end}" for one in self.win.inactive]
        if self.logged is not None:
            lines.append(f"logged {', '.join(map(str, sorted(self.logged)))}")
        for entry in sorted(self.entries, key=lambda entry: entry.day or date.min):
            amounts = " ".join(f"{one.amount} {one.unit}" for one in entry.quantities)
            lines.append(f"[{marks[entry.state]}] {entry.day} {amounts}".rstrip())
        return "\n".join(lines)


def history_of(seed: str, kind: str | None = None) -> History:
    """Return the history that belongs to a seed, with a rule of this kind to begin with."""
    random = Random(seed)
    kind = kind or random.choice(KINDS)
    start = date(2023, 6, 1) + timedelta(random.randrange(1900))
    length = _length(random, kind)
    today = start + timedelta(length)
    phases = _phases(random, kind, start, length)
    late = random.choice((1, 1, 1, 1, 2, 3, 0))
    now = Now(today, today - timedelta(late), random.choice((0, 0, 6, random.randrange(7))))
    win = MicroWin(
        "w", "Walk", "g.md", 1, phases, "", _neutral(random, start, length),
        random.choice(("none", "never-twice")), inactive=_archives(random, start, length),
        retired=random.random() < 0.03,
    )  # fmt: skip
    entries = _entries(random, start, length)
    logged = None
    if random.random() < 0.4:
        notes = {start + timedelta(number) for number in range(length + 1) if random.random() < 0.3}
        logged = frozenset(notes | {entry.day for entry in entries if entry.day is not None})
    return History(win, entries, now, logged)


def shrunk(one: History, fails: Callable[[History], bool]) -> History:
    """Return what is left of a history when everything is dropped without which it still fails."""
    for simpler in simplified(one):
        if fails(simpler):
            return shrunk(simpler, fails)
    return one


def simplified(one: History) -> Iterator[History]:
    """Yield histories with one thing less, the largest things first."""
    size = len(one.entries) // 2
    while size >= 1:
        for place in range(0, len(one.entries), size):
            yield replace(one, entries=one.entries[:place] + one.entries[place + size :])
        size //= 2
    for win in _simpler_wins(one.win):
        yield replace(one, win=win)
    for plainer in (
        replace(one, logged=None),
        replace(one, now=Now.at(one.now.today, one.now.week_start)),
        replace(one, now=replace(one.now, week_start=0)),
    ):
        if plainer != one:
            yield plainer


def _simpler_wins(win: MicroWin) -> Iterator[MicroWin]:
    for place, phase in enumerate(win.phases):
        before, after = win.phases[:place], win.phases[place + 1 :]
        if before or after:
            yield replace(win, phases=before + after)
        for less in (replace(phase, until=None), replace(phase, target=None)):
            if less != phase:
                yield replace(win, phases=(*before, less, *after))
    for one in win.inactive:
        yield replace(win, inactive=tuple(each for each in win.inactive if each is not one))
    for one in win.neutral.pauses:
        pauses = tuple(each for each in win.neutral.pauses if each is not one)
        yield replace(win, neutral=NeutralDays(win.neutral.rest, pauses))
    if win.neutral.rest:
        yield replace(win, neutral=NeutralDays(pauses=win.neutral.pauses))
    if win.grace != "none":
        yield replace(win, grace="none")


def _length(random: Random, kind: str) -> int:
    if kind in {"dates", "quota"} and random.random() < 0.3:
        return random.randrange(100, 500)
    return random.choice((random.randrange(3, 15), random.randrange(10, 40), random.randrange(30, 90)))


def _phases(random: Random, kind: str, start: date, length: int) -> tuple[Phase, ...]:
    number = random.choice((1, 1, 1, 2, 3))
    begins = sorted(random.sample(range(length + 10), number - 1))
    since = [start + timedelta(one) for one in (0, *begins)]
    made = []
    for place, begin in enumerate(since):
        rule = rule_of(random, kind if place == 0 else random.choice(KINDS), begin)
        until = begin + timedelta(random.randrange(1, length + 10)) if random.random() < 0.12 else None
        target = None
        if random.random() < 0.3 and not isinstance(rule, Limit):
            target = Quantity(Decimal(random.choice((1, 5, 10))), "km")
        rest = frozenset(random.sample(range(7), 2)) if random.random() < 0.05 else frozenset()
        made.append(Phase(begin, until, rule, target, rest))
    if random.random() < 0.2:
        made[0] = replace(made[0], since=None)
    elif random.random() < 0.1:
        made[0] = replace(made[0], since=start + timedelta(random.randrange(-20, 20)))
        made = sorted(made, key=lambda phase: phase.since or date.min)
    return tuple({phase.since: phase for phase in made}.values())


def rule_of(random: Random, kind: str, start: date) -> Rule | None:  # noqa: PLR0911
    """Return a rule of this kind."""
    period = random.choice(("week", "week", "week", "month", "quarter", "year"))
    match kind:
        case "days":
            return EveryDays(random.choice((1, 1, 1, 2, 3, 5)))
        case "weekdays":
            return OnWeekdays(
                frozenset(random.sample(range(7), random.randint(1, 6))), random.choice((1, 1, 2, 3))
            )
        case "dates":
            return random.choice(DATES)
        case "since":
            shortest = random.randint(1, 3)
            return SinceLast(shortest, shortest + random.randrange(5))
        case "quota":
            most = {"week": 9, "month": 12, "quarter": 15, "year": 30}[period]
            return Quota(random.randint(1, most), period, random.choice((1, 1, 1, 2, 3)))  # type: ignore[arg-type]
        case "rolling":
            days = random.choice((3, 5, 7, 7, 10, 14, 30))
            return Rolling(random.randint(1, min(days, 6)), days)
        case "once":
            return Once(start + timedelta(random.randrange(-2, 40)))
        case "limit":
            unit = random.choice(("", "", "km"))
            span = random.choice(("day", period))
            return Limit(Decimal(random.choice((0, 1, 2, 3, 5))), span, unit, random.random() < 0.5)  # type: ignore[arg-type]
    return None


def _neutral(random: Random, start: date, length: int) -> NeutralDays:
    rest = frozenset(random.sample(range(7), random.randint(1, 3))) if random.random() < 0.2 else frozenset()
    pauses = tuple(_range(random, start, length + 15) for _ in range(random.choice((0, 0, 0, 1, 2))))
    return NeutralDays(rest, pauses)


def _archives(random: Random, start: date, length: int) -> tuple[DayRange, ...]:
    return tuple(_range(random, start, length + 10) for _ in range(random.choice((0, 0, 0, 0, 1, 2))))


def _range(random: Random, start: date, length: int) -> DayRange:
    first = start + timedelta(random.randrange(-3, length))
    days = random.choice((1, 2, 3, random.randrange(1, 20)))
    return DayRange(first, None if random.random() < 0.1 else first + timedelta(days - 1))


def _entries(random: Random, start: date, length: int) -> tuple[Entry, ...]:
    often, skips, partly = (
        random.choice((0.1, 0.3, 0.5, 0.8, 0.95, 1)),
        random.choice((0, 0.05, 0.2)),
        random.choice((0, 0.1)),
    )
    with_amounts = random.choice((0, 0.1, 0.7, 1))
    made = []
    for number in range(-2, length + random.choice((1, 1, 4))):
        for _ in range(random.choice((1, 1, 1, 1, 2, 3))):
            luck = random.random()
            mark = (
                "-" if luck < skips
                else "/" if luck < skips + partly
                else "x" if random.random() < often
                else random.choice((None, None, None, " "))
            )  # fmt: skip
            if mark and (number >= 0 or random.random() < 0.1):
                amounts = _amounts(random) if random.random() < with_amounts and mark != "-" else ()
                made.append(Entry("n.md", 1, STATES[mark], start + timedelta(number), "w", amounts))
    made += [
        Entry("n.md", 2, State.DONE, None, "w", _amounts(random)) for _ in range(random.choice((0, 0, 0, 2)))
    ]
    return tuple(made)


def _amounts(random: Random) -> tuple[Quantity, ...]:
    units = random.choice((("km",), ("km",), ("kilometres",), ("min",), ("km", "min"), ()))
    return tuple(Quantity(Decimal(random.choice((1, 2, 3, 5, 10, 20))), unit) for unit in units)
