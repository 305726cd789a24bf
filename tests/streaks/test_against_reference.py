from datetime import date

from microwins.streaks.figures import Figures, figures

from .histories import History, history_of
from .reference import DAY, PERIODS, Reference, Run, is_deadline, reference, survives

import os
HAS_LOGGED = "logged" in figures.__code__.co_varnames


def engine(one: History) -> Figures:
    if HAS_LOGGED:
        return figures(one.win, list(one.entries), one.now, logged=one.logged)
    return figures(one.win, list(one.entries), one.now)


def run(one) -> tuple | None:
    return one and (one.count, one.start, one.end, one.slips)


def differences(one: History) -> list[str]:
    got = engine(one)
    want = reference(one.win, list(one.entries), one.now, one.logged)
    pairs = {
        "states": (got.states, want.states),
        "streaks": ([run(each) for each in got.streaks], [run(each) for each in want.streaks]),
        "streak": (run(got.streak), run(want.streak)),
        "best": (run(got.best), run(want.best)),
        "strict": (run(got.strict), run(want.strict)),
        "strength": (round(got.strength, 9), round(want.strength, 9)),
        "consistency": (dict(got.consistency), want.consistency),
        "wins": ({name: getattr(got.totals.wins, name) for name in PERIODS if hasattr(got.totals.wins, name)}, None),
    }
    pairs["wins"] = (pairs["wins"][0], {name: want.wins[name] for name in pairs["wins"][0]})
    amounts = {unit: {name: sums[name] for name in sums} for unit, sums in got.totals.amounts.items()}
    pairs["amounts"] = (amounts, {unit: {name: sums[name] for name in next(iter(amounts.values()), sums)} for unit, sums in want.amounts.items()})
    found = [f"{name}: engine {a}, reference {b}" for name, (a, b) in pairs.items() if a != b]
    if not found:
        if want.streak is None:
            if got.deadline is not None: found.append(f"deadline: engine {got.deadline} without streak")
        elif not is_deadline(want.case, want.streak, got.deadline):
            found.append(f"deadline: engine {got.deadline}")
    return found
