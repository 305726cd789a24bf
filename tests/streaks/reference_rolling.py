"""So many times in any so many days: Loop's rule, on the days without the neutral ones."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from microwins.streaks.micro_win import Phase

from .reference_case import FARTHEST, Case, Slot, owned_from


def rolling_days(case: Case, stretch: list[date], times: int, size: int) -> list[Slot]:
    phase = case.phase(stretch[0])
    assert phase is not None
    line = timeline(case, phase, stretch[0], size)
    done = [day for day in line if case.share([day], times, phase.target) > 0]
    covered = {
        line[place]
        for begin, end in intervals(case, phase, line, done, times, size)
        for place in range(max(begin, 0), min(end + 1, len(line)))
        if done[0] <= line[place] <= case.now.today
    }
    windows = [line[line.index(first) :][:size] for first in done]
    shares = [case.share(within(one, done), times, phase.target) for one in windows]
    open_still = [fillable(case, phase, one, done, times) for one in windows]
    found = []
    for day in stretch:
        held = [place for place, window in enumerate(windows) if day in window]
        share = max((shares[place] for place in held), default=0.0)
        if day in covered:
            mark, share = "#", 1.0
        elif case.neutral(day):
            mark = "-"
        else:
            mark = "x" if case.closed(day) and not any(open_still[place] for place in held) else "?"
        found.append(Slot(day, day, mark, share, times / size, 1, day, day, 7))
    return found


def timeline(case: Case, phase: Phase, start: date, size: int) -> list[date]:
    """Return the days on which something was due or done, and `size` of the days to come."""
    line: list[date] = []
    for day in owned_from(case, start):
        if not case.neutral(day) or case.share([day], 1, phase.target) > 0:
            line.append(day)
        to_come = sum(one > case.now.today for one in line)
        if to_come == size or day > case.now.today + FARTHEST:
            break
    return line


def within(window: list[date], done: list[date]) -> list[date]:
    known = frozenset(done)
    return [day for day in window if day in known]


def intervals(
    case: Case, phase: Phase, line: list[date], done: list[date], times: int, size: int
) -> list[tuple[int, int]]:
    """Return the stretches of the line that count as done, as places: Loop's rule, the newest one first."""
    found: list[list[int]] = []
    for first in reversed(done):
        begin = line.index(first)
        window = within(line[begin : begin + size], done)
        for number, day in enumerate(window):
            if case.share(window[: number + 1], times, phase.target) == 1:
                found.append([begin, line.index(day), begin + size - 1])
                break
    for newer, current in pairwise(found):
        overlap = current[2] - newer[0]
        if overlap >= 0:
            shift = min(current[2] - current[1], overlap + 1)
            current[0] -= shift
            current[2] -= shift
    return [(begin, end) for begin, _, end in found]


def fillable(case: Case, phase: Phase, window: list[date], done: list[date], times: int) -> bool:
    left = [day for day in window if not case.closed(day)]
    if phase.target is not None:
        return bool(left)
    free = [day for day in left if not case.done(day)]
    return len(within(window, done)) + len(free) >= times
