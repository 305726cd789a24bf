"""`microwins goals break`: a goal in smaller parts; lines are only added to its note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import click

from ...parsers.goal import Goal
from ...parsers.schedule_text import schedule_text
from ...templates.goal_draft import GoalDraft, WinDraft
from ...templates.words import say
from .. import questions
from ..added_lines import Addition
from ..change import Change
from ..goal_guide import ask_parts
from ..goal_notes import find_goal, grown_from, link_to, new_goal, require_new_wins
from ..keeper import Keeper
from ..offering import free_path, longer_goal
from ..report import Report
from .common import Options, shared_options
from .goal_options import (
    after_option,
    carried_out,
    dry_run_option,
    every_option,
    micro_win_option,
    min_option,
    one_line,
    read_wins,
    step_option,
    yes_option,
)


@click.command(name="break", epilog='Example: microwins goals break "Write a book" --step "Chapter one"')
@click.argument("goal", nargs=-1, required=True)
@step_option
@click.option(
    "--sub-goal", "sub_goals", multiple=True, help="A part that is a goal of its own; may be given again."
)
@micro_win_option
@every_option
@after_option
@min_option
@yes_option
@dry_run_option
@shared_options
def break_(  # noqa: PLR0913 - one argument an option
    options: Options,
    goal: tuple[str, ...],
    *,
    steps: tuple[str, ...],
    sub_goals: tuple[str, ...],
    wins: tuple[str, ...],
    often: str,
    cue: str,
    minimum: str,
    yes: bool,
    dry_run: bool,
) -> Report:
    """Break a goal into steps, goals of their own, or a smaller micro-win; lines are only added. In a terminal it asks."""
    session = options.session()
    keeper = session.keeper()
    keeper.read_all()
    found = find_goal(keeper.ledger.catalog, " ".join(goal))
    drafts = read_wins(wins, often, cue, minimum)
    if not (steps or sub_goals or wins):
        if yes or dry_run or options.as_json or not questions.somebody_is_there():
            raise click.UsageError("Say into what: --step, --sub-goal or --micro-win.")
        steps, sub_goal, win = ask_parts(found)
        sub_goals, drafts = ((sub_goal,) if sub_goal else ()), ((win,) if win else ())
    changes = _parts(
        keeper, found, Addition(_dated(keeper, found, drafts), tuple(map(one_line, steps))), sub_goals
    )
    if not changes:
        return Report(text=say("write.nothing"))
    return carried_out(options, session, keeper, changes, yes=yes, dry_run=dry_run)


def _dated(keeper: Keeper, goal: Goal, drafts: Sequence[WinDraft]) -> tuple[WinDraft, ...]:
    """Return the micro-wins, those that only change the numbers of one that there is dated from today on.

    The two are then one, and what was done by the old rule stays.
    """
    today = keeper.clock.now().today
    found = []
    for draft in drafts:
        old = grown_from(draft, goal.declarations)
        if old is None or draft.since is not None:
            found.append(draft)
        else:
            schedule = draft.schedule or schedule_text(old.rule)
            kept = draft.after or old.after or "", draft.minimum or old.minimum or ""
            found.append(replace(draft, schedule=schedule, after=kept[0], minimum=kept[1], since=today))
    return tuple(found)


def _parts(keeper: Keeper, goal: Goal, addition: Addition, sub_goals: Sequence[str]) -> list[Change]:
    catalog = keeper.ledger.catalog
    require_new_wins(catalog, addition.micro_wins, goal.path)
    changes = [longer_goal(keeper, goal.path, addition)] if addition.micro_wins or addition.steps else []
    folder = goal.path.rpartition("/")[0]
    for title in sub_goals:
        draft = GoalDraft(one_line(title), parent=link_to(catalog, goal))
        path, day = free_path(keeper.vault, draft.title, folder), keeper.clock.now().today
        changes.append(new_goal(keeper.vault, catalog, draft, path, day))
    return changes
