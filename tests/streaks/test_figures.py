from datetime import date, timedelta

import pytest

from microwins.parsers.schedule import EveryDays
from microwins.parsers.task import State
from microwins.streaks.calendar import NeutralDays, Now
from microwins.streaks.figures import Figures, figures
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin, Phase
from microwins.streaks.vault_figures import any_win_figures

MONDAY = date(2026, 3, 2)
STATES = {"#": State.DONE, "-": State.SKIPPED, " ": State.OPEN}


def of(pattern: str, undated: int = 0, *, today_is_open: bool = True) -> Figures:
    entries = [
        Entry("n", 1, STATES[mark], MONDAY + timedelta(number), "w")
        for number, mark in enumerate(pattern)
        if mark in STATES
    ]
    entries += [Entry("n", 1, State.DONE, None, "w")] * undated
    win = MicroWin("w", "Walk", "g.md", 1, (Phase(MONDAY, None, EveryDays(1)),), "every day")
    last = MONDAY + timedelta(len(pattern) - 1)
    return figures(win, entries, Now.at(last) if today_is_open else Now(last, last))


def test_an_open_day_changes_no_figure() -> None:
    for pattern in ("##x##", "##x", "#-"):
        closed, opened = of(pattern, today_is_open=False), of(pattern + "?")
        assert (opened.streak, opened.best, opened.strength) == (closed.streak, closed.best, closed.strength)
        assert opened.totals.wins.all == closed.totals.wins.all
        assert opened.consistency == closed.consistency


def test_an_unticked_box_says_the_same_as_no_box() -> None:
    assert of("## #").states == of("##x#").states


def test_a_box_without_a_day_counts_in_totals_and_nowhere_else() -> None:
    plain, more = of("##x#?"), of("##x#?", undated=3)
    assert more.totals.wins.all == plain.totals.wins.all + 3
    assert more.votes == plain.votes == 3
    assert (more.streak, more.strength, more.consistency) == (plain.streak, plain.strength, plain.consistency)


def test_a_lapse_does_not_hide_what_was_earned() -> None:
    found = of("####xxxx?")
    assert found.streak is None
    assert found.best is not None
    assert found.best.count == 4
    assert found.totals.wins.all == 4
    assert found.strength > 0


def test_without_a_rule_there_are_totals_and_no_streak() -> None:
    win = MicroWin("w", "Walk", "g.md", 1, (Phase(None, None, None),), "")
    found = figures(win, [Entry("n", 1, State.DONE, MONDAY, "w")], Now.at(MONDAY))
    assert (found.states, found.streak, found.strength, found.deadline, found.schedule) == (
        "",
        None,
        0.0,
        None,
        "",
    )
    assert found.totals.wins.today == 1


def test_the_schedule_is_the_one_in_force() -> None:
    phases = (Phase(MONDAY, None, EveryDays(1)), Phase(MONDAY + timedelta(7), None, EveryDays(2)))
    win = MicroWin("w", "Walk", "g.md", 1, phases, "")
    assert figures(win, [], Now.at(MONDAY)).schedule == "every day"
    assert figures(win, [], Now.at(MONDAY + timedelta(7))).schedule == "every 2 days"


@pytest.mark.parametrize(
    ("days", "rest", "count"), [((0, 1, 2), (), 3), ((0, 1, 3), (), 1), ((0, 1, 3), (2,), 3)]
)
def test_the_streak_of_a_vault_counts_days_with_any_win(
    days: tuple[int, ...], rest: tuple[int, ...], count: int
) -> None:
    wins = [MONDAY.toordinal() + number for number in days]
    found = any_win_figures(
        lambda: wins, NeutralDays(frozenset(rest)), "none", Now.at(MONDAY + timedelta(days[-1] + 1))
    )
    assert found.streak is not None
    assert found.streak.count == count


def test_the_streak_of_a_vault_is_worked_out_once_and_only_if_somebody_asks() -> None:
    asked: list[int] = []

    def days() -> list[int]:
        asked.append(1)
        return [MONDAY.toordinal()]

    found = any_win_figures(days, NeutralDays(), "none", Now.at(MONDAY))
    assert asked == []
    assert (found.state, found.votes) == ("done", 1)
    assert asked == [1]
