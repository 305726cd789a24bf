import ast
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest

from microwins.parsers.goal import Goal
from microwins.parsers.measure import read_measure
from microwins.parsers.schedule import EveryDays, read_schedule
from microwins.parsers.task import Quantity, State
from microwins.streaks.calendar import Now
from microwins.streaks.figures import Figures, figures
from microwins.streaks.goal_figures import GoalFigures
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin, Phase
from microwins.streaks.streak import Streak
from microwins.templates import phrases

DAY = date(2026, 3, 4)
BANNED = re.compile(
    r"dopamine|addict|\blos(?:e|es|ing|s)\b|\blost (?:it|your|the|a)\b|\bfail|\bfell off|shame|guilt|lazy|excuse|disappoint|\bquitter|\bbroke\b|break (?:the|your) (?:chain|streak)"
    r"|do(?:n't|n’t| not) (?:break|miss|forget|stop|give up)|you missed|should have|at risk|danger|last chance|hurry|running out|before it's too late"
    r"|(?:hours?|minutes?|days?) (?:left|remain|to go)|countdown|only [0-9]+ (?:days?|hours?)|[0-9]+ days? (?:to|makes?|for) (?:a |the |form )*habit|21 days|66 days",
    re.IGNORECASE,
)  # fmt: skip


def texts() -> Iterator[tuple[str, str]]:
    """Yield every text of ours that a person may read: strings of modules (not their docstrings), and all templates."""
    modules = [file for file in files("microwins.templates").iterdir() if file.name.endswith(".py")]
    modules += [file for file in files("microwins.daemon").iterdir() if file.name.startswith("sample_")]
    for module in modules:
        tree = ast.parse(module.read_text(encoding="utf-8"))
        loose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in loose:
                yield module.name, node.value
    folder = files("microwins.templates")
    for template in (*folder.joinpath("notes").iterdir(), *folder.joinpath("languages").iterdir()):
        yield template.name, template.read_text(encoding="utf-8")


def test_no_text_of_ours_threatens_shames_or_promises() -> None:
    found = list(texts())
    assert {"en.toml", "goal_summary.md.j2", "example_goal.md.j2"} <= {name for name, _ in found}
    assert [(name, said[0]) for name, text in found for said in BANNED.finditer(text)] == []


@pytest.mark.parametrize(
    "text",
    ["Get your dopamine hit", "Don’t break the chain!", "You lost your streak", "3 hours left", "It takes 21 days", "66 days to form a habit", "You failed", "Your streak is at risk"],
)  # fmt: skip
def test_the_guard_knows_what_it_is_looking_for(text: str) -> None:
    assert BANNED.search(text)


def habit(*days: date) -> Figures:
    win = MicroWin("w", "Walk", "g", 1, (Phase(date(2026, 3, 1), None, EveryDays(1)),), "")
    return figures(win, [Entry("n", 1, State.DONE, day, "w") for day in days], Now.at(DAY))


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (None, "—"),
        (0.0, "0 %"),
        (0.004, "0 %"),
        (0.005, "1 %"),
        (0.41, "41 %"),
        (0.999, "99 %"),
        (1.0, "100 %"),
    ],
)
def test_a_percentage_is_whole_and_reaches_100_only_at_the_end(share: float | None, text: str) -> None:
    assert phrases.percent(share) == text


@pytest.mark.parametrize(
    ("share", "full"), [(None, 0), (0.0, 0), (0.05, 1), (0.5, 5), (0.97, 9), (0.999, 9), (1.0, 10)]
)
def test_a_bar_is_full_only_at_the_end(share: float | None, full: int) -> None:
    assert phrases.bar(share) == "▰" * full + "▱" * (10 - full)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal(0), "0"),
        (Decimal(1203), "1,203"),
        (Decimal("60000.00"), "60,000"),
        (Decimal("2.50"), "2.5"),
        (Decimal("0.001"), "0"),
        (Decimal("-3"), "-3"),
        (100, "100"),
        (Decimal(10**30), "1" + ",000" * 10),
    ],
)
def test_a_number_has_its_thousands_apart_and_no_needless_digits(value: Decimal | int, text: str) -> None:
    assert phrases.number(value) == text


@pytest.mark.parametrize("unit", ["days", "weeks", "months", "years", "times", "steps", "wins", "slips"])
def test_one_is_no_plural(unit: str) -> None:
    assert phrases.count(1, unit) == f"1 {unit[:-1]}"
    assert phrases.count(0, unit) == f"0 {unit}"
    assert phrases.count(1200, unit) == f"1,200 {unit}"


@pytest.mark.parametrize(("slips", "text"), [(0, "23 days"), (1, "23 days, 1 slip"), (2, "23 days, 2 slips")])
def test_the_slips_of_a_streak_are_always_told(slips: int, text: str) -> None:
    assert phrases.streak(Streak(23, DAY, DAY, slips), "days") == text
    assert phrases.streak(None, "days") == "—"


def test_a_day_is_written_out() -> None:
    assert phrases.long_date(date(2026, 11, 21)) == "Saturday, 21 November 2026"


def moved_goal(
    title: str, before: float | None, after: float, measure: str = "", amounts: tuple[str, str] = ("0", "0")
) -> phrases.Moved:
    goal = Goal(f"{title}.md", title, measure=read_measure(measure))
    was, now = (Decimal(amount) if measure else None for amount in amounts)
    return GoalFigures(goal, (), measured=was, progress=before), GoalFigures(
        goal, (), measured=now, progress=after
    )


def test_where_the_percentage_stays_the_amount_is_told() -> None:
    book = moved_goal("Book", 0.338, 0.3383, "60000 words", ("20280", "20300"))
    assert phrases.movement(*book) == "Book 20,300 of 60,000 words"
    weight = moved_goal("Be light", 0.3, 0.3, "92 -> 80 kg", ("88.42", "88.4"))
    assert phrases.movement(*weight) == "Be light 88.4 kg (from 92 to 80)"


def test_a_measure_without_a_reading_says_so() -> None:
    goal = GoalFigures(Goal("G.md", "G", measure=read_measure("92..80 kg")), ())
    assert phrases.measured(goal) == "no reading yet (from 92 to 80 kg)"


def test_a_day_of_another_year_has_its_year() -> None:
    assert phrases.short_date(date(2026, 6, 30), DAY) == "30 June"
    assert phrases.short_date(date(2027, 6, 30), DAY) == "30 June 2027"


def test_a_tick_is_answered_with_the_row_and_with_what_moved() -> None:
    moved = [moved_goal("Book", 0.41, 0.42), moved_goal("Run", None, 0.1), moved_goal("Life", 0.5, 0.5)]
    done = habit(date(2026, 3, 3), DAY)
    assert (
        phrases.ticked(done, moved)
        == "✓ Walk  ·  2 days in a row  ·  Book 41 → 42 %  ·  Run 10 %  ·  Life 50 %"
    )
    assert phrases.ticked(done, [], hidden=True) == "✓ Walk  ·  2 times so far"


def test_taking_a_tick_back_is_answered_without_a_word_of_blame() -> None:
    assert phrases.unticked(habit(date(2026, 3, 3))) == "○ Walk  ·  1 day in a row"
    assert phrases.unticked(habit()) == phrases.unticked(habit(DAY), hidden=True) == "○ Walk"


def of(words: str, *days: date, target: Quantity | None = None) -> Figures:
    win = MicroWin("w", "Walk", "g", 1, (Phase(date(2026, 3, 1), None, read_schedule(words), target),), "")
    return figures(win, [Entry("n", 1, State.DONE, day, "w") for day in days], Now.at(DAY))


def test_how_far_the_running_turn_has_come_is_said_while_it_is_open() -> None:
    assert phrases.progress_now(of("3 times a week", DAY)) == "1 of 3 this week"
    assert phrases.progress_now(of("at most 2 a week", DAY)) == "1 of at most 2 this week"
    assert (
        phrases.progress_now(of("every day", target=Quantity(Decimal(300), "words")))
        == "0 of 300 words today"
    )
    assert phrases.progress_now(of("once a week", DAY)) == ""
    assert phrases.progress_now(of("every day", DAY)) == ""
    assert phrases.standing(of("3 times a week", DAY)) == "1 of 3 this week"


def test_a_limit_is_answered_with_how_much_of_it_is_used() -> None:
    assert phrases.ticked(of("at most 2 a week", DAY), []) == "Walk  ·  1 of at most 2 this week"
    assert phrases.unticked(of("at most 2 a week")) == "Walk  ·  0 of at most 2 this week"
