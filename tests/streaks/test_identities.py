from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from microwins.parsers.goal import Goal
from microwins.parsers.schedule import EveryDays, Limit
from microwins.parsers.task import State
from microwins.streaks.calendar import Now
from microwins.streaks.figures import Figures, figures
from microwins.streaks.goal_figures import GoalFigures
from microwins.streaks.history import Entry
from microwins.streaks.identities import identities
from microwins.streaks.micro_win import MicroWin, Phase
from microwins.streaks.progress import NO_STEPS

TODAY = date(2026, 3, 31)
NOW = Now.at(TODAY)


def habit(name: str, *days_ago: int) -> Figures:
    win = MicroWin(name, name, "g.md", 1, (Phase(None, None, EveryDays(1)),), "")
    return figures(win, [Entry("n", 1, State.DONE, TODAY - timedelta(days=ago)) for ago in days_ago], NOW)


def limited(habit: Figures) -> Figures:
    return replace(habit, win=replace(habit.win, phases=(Phase(None, None, Limit(Decimal(2), "week")),)))


def goal(path: str, identity: str | None, *wins: Figures) -> GoalFigures:
    return GoalFigures(Goal(path, path, identity=identity), wins, NO_STEPS, None, None, None, ())


def test_the_votes_of_all_goals_of_one_identity_are_added_up() -> None:
    goals = [
        goal("a.md", "Writer", habit("draft", 0, 29, 30)),
        goal("b.md", "runner", habit("run", 1)),
        goal("c.md", " writer ", habit("edit", 0)),
        goal("d.md", None, habit("nap", 0)),
    ]
    found = identities(goals, NOW)
    assert [(one.name, one.goals, one.votes, one.lately) for one in found] == [
        ("Writer", ("a.md", "c.md"), 4, 3),
        ("runner", ("b.md",), 1, 1),
    ]
    assert found[1].evidence == ((TODAY - timedelta(days=1), "run"),)


def test_days_to_come_and_the_ticks_of_a_limit_are_no_votes() -> None:
    found = identities(
        [goal("a.md", "writer", habit("draft", -1, 0), limited(habit("coffee", 0)))],
        NOW,
    )
    assert [one.votes for one in found] == [1]


def test_an_identity_without_votes_is_told_too() -> None:
    assert [(one.votes, one.evidence) for one in identities([goal("a.md", "writer")], NOW)] == [(0, ())]
