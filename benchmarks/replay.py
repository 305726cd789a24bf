"""How long the replay of one micro-win takes, beside a bare loop over the same days with a look-up each.

    python benchmarks/replay.py [--years 10] [--rounds 30]

Both are run in turn, processor time is taken, and medians are compared.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from statistics import median

from microwins.parsers.day_range import DayRange
from microwins.parsers.schedule import read_schedule
from microwins.parsers.task import Quantity, State
from microwins.streaks.calendar import NeutralDays, Now
from microwins.streaks.figures import figures
from microwins.streaks.history import Entry, days_of
from microwins.streaks.micro_win import MicroWin, Phase

END = date(2026, 11, 21)
KINDS = (
    "every day",
    "every weekday",
    "every 3 days",
    "every month on the 1st and 15th",
    "every 3 days when done",
    "3 times a week",
    "3 times in 7 days",
    "at most 2 a week",
    "at most 1 a day",
)


def boxes(days: int, seed: int, amounts: int = 0) -> list[Entry]:
    """Return a box a day: most are ticked, a few are skipped or left open; with `amounts` each gives one."""
    random = Random(seed)
    states = random.choices((State.DONE, State.SKIPPED, State.OPEN), (90, 3, 7), k=days)
    quantities = [
        (Quantity(Decimal(random.randint(1, amounts)), "words"),) if amounts else () for _ in range(days)
    ]
    first = END - timedelta(days - 1)
    return [
        Entry(f"{first + timedelta(at)}.md", 3, state, first + timedelta(at), "w", much)
        for at, (state, much) in enumerate(zip(states, quantities, strict=True))
    ]


def win(words: str, *, target: bool = False, rest: bool = False, grace: str = "none") -> MicroWin:
    """Return a micro-win with this schedule, with a target, with days of rest and a pause."""
    goal = Quantity(Decimal(300), "words") if target else None
    pause = DayRange(date(2020, 7, 1), date(2020, 8, 31))
    neutral = NeutralDays(frozenset({5, 6}), (pause,)) if rest else NeutralDays()
    return MicroWin(
        "w", "Write", "g.md", 1, (Phase(None, None, read_schedule(words), goal),), "", neutral, grace
    )


def measured(work: Callable[[], object], bare: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the medians in milliseconds of both, run in turn."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for one, found in zip((work, bare), seconds, strict=True):
            began = time.process_time()
            one()
            found.append(time.process_time() - began)
    return median(seconds[0]) * 1000, median(seconds[1]) * 1000


def bare_loop(entries: list[Entry], days: int) -> Callable[[], object]:
    """Return a loop over the days that looks each one up and counts: no replay can be much faster."""
    by_day = {entry.day: entry for entry in entries}
    first = END - timedelta(days - 1)

    def run() -> int:
        streak = 0
        for at in range(days):
            entry = by_day.get(first + timedelta(at))
            streak = streak + 1 if entry is not None and entry.state is State.DONE else 0
        return streak

    return run


def main() -> None:
    """Print a table of times and ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=30)
    chosen = parser.parse_args()
    days = round(chosen.years * 365.25)
    now = Now.at(END)
    plain, amounts = boxes(days, 1), boxes(days, 1, 500)
    bare = bare_loop(plain, days)
    rows: list[tuple[str, Callable[[], object]]] = [
        ("days_of alone", lambda: days_of(plain)),
        *((words, partial(figures, win(words), plain, now)) for words in KINDS),
        ("every day, never twice", partial(figures, win("every day", grace="never-twice"), plain, now)),
        ("every day, rest and pause", partial(figures, win("every day", rest=True), plain, now)),
        ("3 times a week, rest and pause", partial(figures, win("3 times a week", rest=True), plain, now)),
        ("every day, 300 words", partial(figures, win("every day", target=True), amounts, now)),
        (
            "3 times in 7 days, 300 words",
            partial(figures, win("3 times in 7 days", target=True), amounts, now),
        ),
    ]
    print(f"{days:,} days\n\n| one micro-win | ms | × a bare loop |\n| :-- | --: | --: |")
    for name, work in rows:
        spent, floor = measured(work, bare, chosen.rounds)
        print(f"| {name} | {spent:.2f} | {spent / floor:.1f} |")


if __name__ == "__main__":
    main()
