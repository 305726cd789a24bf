"""Goals written as text, and their figures."""

from collections.abc import Mapping
from datetime import date

from microwins.parsers.note import Note, Reading, read_note
from microwins.parsers.problem import Problem
from microwins.streaks.calendar import Now
from microwins.streaks.catalog import VaultDefaults, make_catalog
from microwins.streaks.entries import note_entries
from microwins.streaks.figures import figures
from microwins.streaks.goal_figures import GoalFigures
from microwins.streaks.goal_source import GoalSource
from microwins.streaks.goal_tree import GoalTree
from microwins.streaks.step_sums import StepSums

NOW = Now.at(date(2026, 3, 4))
NOTHING_SAID = VaultDefaults()


def goal_note(name: str, text: str) -> Note:
    properties, _, body = text.partition("\n\n")
    return read_note(f"{name}.md", f"---\ntype: goal\n{properties}\n---\n{body}", Reading())


def whole_tree(
    goals: Mapping[str, str],
    boxes: str | Mapping[str, str] = "",
    now: Now = NOW,
    defaults: VaultDefaults = NOTHING_SAID,
) -> tuple[dict[str, GoalFigures], tuple[Problem, ...]]:
    """Return the figures of goals, given as name and properties or steps, with the boxes of days, and the problems."""
    notes = [goal_note(name, text) for name, text in goals.items()]
    days = {"2026-03-04": boxes} if isinstance(boxes, str) else boxes
    notes += [read_note(f"{day}.md", text, Reading()) for day, text in days.items()]
    catalog = make_catalog([note.goal for note in notes if note.goal], defaults)
    found = {note.path: note_entries(note, catalog) for note in notes}
    entries = [entry for one in found.values() for entry in one.micro_wins]
    by_goal: dict[str, list[str]] = {}
    for win in catalog.wins.values():
        by_goal.setdefault(win.goal, []).append(win.id)
    tree = GoalTree(catalog, defaults, now)
    tree.fill(
        {
            path: GoalSource(
                tuple(
                    figures(catalog.wins[key], [one for one in entries if one.micro_win == key], now)
                    for key in by_goal.get(path, ())
                ),
                StepSums.of(found[path].steps),
                tuple(one for one in entries if one.micro_win in by_goal.get(path, ())),
            )
            for path in catalog.goals
        }.__getitem__
    )
    problems = [problem for one in found.values() for problem in one.problems]
    return {goal.goal.title: goal for goal in tree.figures}, (*tree.problems, *problems)
