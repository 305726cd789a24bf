"""The order of all micro-wins: frogs first, each behind what it follows, also where that is not asked for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.schedule import EveryDays
from microwins.streaks.calendar import Now
from microwins.streaks.chains import find_chains
from microwins.streaks.figures import figures
from microwins.streaks.micro_win import MicroWin, Phase
from microwins.streaks.stacks import Stacks

MONDAY = date(2026, 3, 2)


def win(name: str, after: str | None = None) -> MicroWin:
    phase = Phase(MONDAY, None, EveryDays(1))
    return MicroWin(name, name.title(), "g.md", 1, (phase,), "", after=after)


def order(among: Sequence[MicroWin], *asked: str) -> list[str]:
    wanted = [figures(one, [], Now.at(MONDAY)) for one in among if not asked or one.id in asked]
    return [one.win.id for one in Stacks(tuple(among)).in_order(wanted)]


def test_frogs_come_first_but_behind_what_they_follow() -> None:
    wins = [win("walk"), win("tea"), win("frog", "tea"), win("read")]
    assert order(wins) == ["walk", "tea", "frog", "read"]
    wins[2] = replace(wins[2], frog=True)
    assert order(wins) == ["tea", "frog", "walk", "read"]


def test_what_is_not_asked_for_keeps_what_follows_it_behind_what_it_follows() -> None:
    wins = [win("last", "middle"), win("middle", "first"), win("first")]
    assert order(wins, "last", "first") == ["first", "last"]


@given(st.lists(st.integers(-1, 7), min_size=1, max_size=8), st.sets(st.integers(0, 7)))
def test_every_order_is_one_of_all_micro_wins_each_behind_the_one_it_follows(
    cues: list[int], frogs: set[int]
) -> None:
    names = [f"w{number}" for number in range(len(cues))]
    wins = [
        replace(win(name, f"w{cue}" if cue >= 0 else None), frog=number in frogs)
        for number, (name, cue) in enumerate(zip(names, cues, strict=True))
    ]
    found = order(wins)
    assert sorted(found) == sorted(names)
    assert all(found.index(cue) < found.index(name) for name, cue in find_chains(wins).after.items())
