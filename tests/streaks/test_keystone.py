from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from microwins.parsers.schedule import EveryDays, Limit, Quota, Rule
from microwins.parsers.task import State
from microwins.streaks.calendar import Now
from microwins.streaks.figures import Figures, figures
from microwins.streaks.history import Entry
from microwins.streaks.keystone import keystones
from microwins.streaks.micro_win import MicroWin, Phase

MONDAY = date(2026, 3, 2)


def habit(name: str, pattern: str, rule: Rule | None = None) -> Figures:
    days = [MONDAY + timedelta(days=at) for at, mark in enumerate(pattern) if mark == "#"]
    win = MicroWin(name, name, "g.md", 1, (Phase(MONDAY, None, rule or EveryDays(1)),), "")
    entries = [Entry("n", 1, State.DONE, day) for day in days]
    return figures(win, entries, Now.at(MONDAY + timedelta(days=len(pattern) - 1)))


def wins_of(*habits: Figures) -> Counter[date]:
    return Counter(day for one in habits for day in one.days_done)


def test_a_keystone_says_how_many_other_wins_its_days_have() -> None:
    walk, read = habit("walk", "#x" * 10 + "?"), habit("read", "#x" * 10 + "?")
    found = keystones([walk, read], wins_of(walk, read))
    assert [(one.win, one.days_done, one.days_not_done) for one in found] == [
        ("read", 10, 10),
        ("walk", 10, 10),
    ]
    assert (found[0].others_when_done, found[0].others_when_not, found[0].difference) == (1.0, 0.0, 1.0)


def test_with_fewer_than_ten_days_of_either_kind_nothing_is_said() -> None:
    walk = habit("walk", "#" * 30 + "x" * 9 + "?")
    assert keystones([walk], wins_of(walk)) == ()
    assert len(keystones([habit("walk", "#" * 30 + "x" * 10 + "?")], {})) == 1


def test_the_greatest_difference_comes_first_and_its_own_wins_are_not_counted() -> None:
    walk, read, run = (
        habit("walk", "#x" * 10 + "?"),
        habit("read", "#x" * 10 + "?"),
        habit("run", "x#" * 10 + "?"),
    )
    found = keystones([run, walk, read], wins_of(walk, read, run))
    assert [one.win for one in found] == ["read", "walk", "run"]
    assert found[-1].difference == -2.0


def test_quotas_and_limits_are_due_on_no_day() -> None:
    sweets = habit("sweets", "#x" * 70)
    limit = replace(sweets.win, phases=(Phase(None, None, Limit(Decimal(1), "week")),))
    assert keystones([habit("swim", "#x" * 70, Quota(3, "week")), replace(sweets, win=limit)], {}) == ()
