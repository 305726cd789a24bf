"""The engine is held against a slow reference, on histories made up at random.

The ordinary tests take a few hundred of each kind of rule. The whole, which takes some minutes:

    python -m pytest -q -m soak tests/streaks/test_against_reference.py -n 2

MICROWINS_HISTORIES sets how many of each kind it takes. A difference is told with its seed and with the history
after everything was left out that it does not need; `history_of(seed, kind)` makes the whole of it again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial

import pytest

from microwins.streaks.figures import Figures, figures
from microwins.streaks.streak import Streak

from .histories import KINDS, History, history_of, shrunk
from .reference import PERIODS, Run, is_deadline, reference

PARTS = 12
MANY = int(os.environ.get("MICROWINS_HISTORIES", "11200"))
FEW = 340


UNDECIDED = {
    "since 2422": "a rolling window of a single day, which nobody can fill, while earlier days are not closed yet",
    "since 8532": "a limit that begins later: the turns of a limit are not looked at before they are here",
}
"""Histories of which the last day that saves a streak is told in two ways; all other figures are held all the same."""


def run_of(one: Streak | Run | None) -> tuple[object, ...] | None:
    return (one.count, one.start, one.end, one.slips) if one else None


def engine(one: History) -> Figures:
    return figures(one.win, one.entries, one.now, one.logged)


def differences(one: History) -> dict[str, str]:
    """Return what the engine says otherwise than the reference, by the name of the figure."""
    got, want = engine(one), reference(one.win, list(one.entries), one.now, one.logged)
    pairs = {
        "states": (got.states, want.states),
        "streaks": ([run_of(each) for each in got.streaks], [run_of(each) for each in want.streaks]),
        "streak": (run_of(got.streak), run_of(want.streak)),
        "best": (run_of(got.best), run_of(want.best)),
        "strict": (run_of(got.strict), run_of(want.strict)),
        "strength": (got.strength, pytest.approx(want.strength, abs=1e-9)),
        "consistency": (dict(got.consistency), want.consistency),
        "wins": ({name: getattr(got.totals.wins, name) for name in PERIODS}, want.wins),
        "amounts": ({unit: dict(sums) for unit, sums in got.totals.amounts.items()}, want.amounts),
    }
    found = {
        name: f"engine {ours}, by hand {theirs}" for name, (ours, theirs) in pairs.items() if ours != theirs
    }
    if "streak" in found:
        return found
    if want.streak is None or want.limited:
        right = got.deadline is None
    else:
        right = is_deadline(want.case, want.streak, got.deadline)
    return found if right else {**found, "deadline": f"engine {got.deadline}, which is not the last day"}


def compare(kind: str, numbers: Iterable[int]) -> None:
    for number in numbers:
        seed = f"{kind} {number}"
        whole = history_of(seed, kind)
        names = set(differences(whole)) - ({"deadline"} if seed in UNDECIDED else set())
        if names:
            small = shrunk(whole, partial(still_differs, names=names))
            told = "\n".join(f"{name}: {text}" for name, text in differences(small).items())
            pytest.fail(f"history_of({seed!r}, {kind!r})\n\n{small}\n\n{told}", pytrace=False)


def still_differs(one: History, names: set[str]) -> bool:
    return not names.isdisjoint(differences(one))


@pytest.mark.parametrize("kind", KINDS)
def test_the_engine_gives_the_figures_that_the_definitions_give(kind: str) -> None:
    compare(kind, range(FEW))


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("kind", KINDS)
def test_the_engine_gives_the_figures_that_the_definitions_give_a_hundred_thousand_times(
    kind: str, part: int
) -> None:
    compare(kind, range(FEW + part, FEW + MANY, PARTS))
