"""Measure what a tick's figures cost by the number of goals: `python benchmarks/figures.py [--goals 1000]`.

Nothing is on a disk here: one daily note of a vault in memory changes, and the figures are worked out. The same ten
goals are running in both vaults; the others stand below one goal and had a week each.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from statistics import median
from time import perf_counter

from microwins.daemon.ledger import Ledger
from microwins.parsers.note import Note, Reading, read_note
from microwins.streaks.calendar import Now
from microwins.streaks.catalog import VaultDefaults

TODAY = date(2026, 11, 20)
RUNNING = 10
DAYS = 365
_GOAL = """---
type: goal
{fields}---
## Micro-wins
- Write page {number} 🔁 every day
- Read page {number} 🔁 every weekday

## Steps
- [x] Begin ✅ 2026-01-04
- [ ] End
"""


def vault(goals: int) -> Iterator[Note]:
    """Yield the notes of a vault with so many goals and a year of days."""
    yield read_note(
        "Goals/All.md", "---\ntype: goal\nmeasure: 100000 words\ntarget: 2026-12-31\n---\n", Reading()
    )
    for number in range(goals):
        fields = 'parent: "[[All]]"\n' + (
            "measure: 9000 words\ntarget: 2026-12-31\n" if number < RUNNING else ""
        )
        yield read_note(f"Goals/G{number}.md", _GOAL.format(fields=fields, number=number), Reading())
    for ago in range(1, DAYS):
        day = TODAY - timedelta(days=ago)
        over = [
            number for number in range(RUNNING, goals) if number * 7 % DAYS <= ago < number * 7 % DAYS + 7
        ]
        boxes = (f"- [x] Write page {number} [words:: 20]\n" for number in (*range(RUNNING), *over))
        yield read_note(f"{day}.md", "".join(boxes), Reading())


def seconds(goals: int, ticks: int) -> float:
    """Return the median time in which the figures follow a tick."""
    ledger, now = Ledger(VaultDefaults()), Now.at(TODAY)
    ledger.load(vault(goals))
    ledger.figures(now)
    found = []
    for number in range(ticks):
        boxes = [
            f"- [{'x' if number >> bit & 1 else ' '}] Write page {bit} [words:: 30]" for bit in range(RUNNING)
        ]
        note = read_note(f"{TODAY}.md", "\n".join([*boxes, "- [x] Else"]), Reading())
        start = perf_counter()
        ledger.update(note.path, note)
        ledger.figures(now)
        found.append(perf_counter() - start)
    return median(found)


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--goals", type=int, default=1000)
    parser.add_argument("--ticks", type=int, default=200)
    chosen = parser.parse_args(words)
    few, many = seconds(RUNNING, chosen.ticks), seconds(chosen.goals, chosen.ticks)
    print(f"figures after a tick, {RUNNING} goals: {few * 1e3:.2f} ms")
    print(f"figures after a tick, {chosen.goals} goals: {many * 1e3:.2f} ms, {many / few:.2f} times as much")
    return 0


if __name__ == "__main__":
    sys.exit(main())
