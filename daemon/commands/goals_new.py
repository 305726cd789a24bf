"""`microwins goals new`: a goal with its first micro-win, asked for or told by options."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import click

from ...templates.example_wins import AREAS, examples_of, examples_text
from ...templates.goal_draft import GoalDraft
from ...templates.words import say
from .. import questions
from ..goal_guide import Guide, drafted
from ..goal_notes import find_goal, goal_folder, link_to, new_goal
from ..offering import free_path
from ..report import Report
from .common import Day, Options, shared_options
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


@click.command(
    epilog='Example: microwins goals new "Read more" --micro-win "Read one page" --after "morning coffee"'
)
@click.argument("title", required=False)
@micro_win_option
@every_option
@after_option
@min_option
@step_option
@click.option("--identity", default="", help="Whom it makes you: reader, runner.")
@click.option("--parent", default="", help="The goal above it.")
@click.option("--target", type=Day(), help="The day to aim for.")
@click.option("--measure", default="", help="An amount to reach, such as “60000 words” or “92 -> 80 kg”.")
@click.option("--example", help="Take the goal of this key from the examples.")
@click.option("--examples", "lists", is_flag=True, help="List examples with their keys; write nothing.")
@click.option("--area", type=click.Choice(AREAS), help="List the examples of this area alone.")
@click.option("--folder", help="The folder for the note; else that of most goals.")
@yes_option
@dry_run_option
@shared_options
def new(  # noqa: PLR0913 - one argument an option
    options: Options,
    title: str | None,
    *,
    wins: tuple[str, ...],
    often: str,
    cue: str,
    minimum: str,
    steps: tuple[str, ...],
    identity: str,
    parent: str,
    target: date | None,
    measure: str,
    example: str | None,
    lists: bool,
    area: str | None,
    folder: str | None,
    yes: bool,
    dry_run: bool,
) -> Report:
    """Make a goal called TITLE, with a first micro-win so small that it fits a bad day. In a terminal it asks."""
    session = options.session()
    if lists or area:
        return _examples(area, options.bound)
    keeper = session.keeper()
    keeper.read_all()
    catalog = keeper.ledger.catalog
    draft = _example(example) if example else GoalDraft(one_line(title or ""))
    if wins:
        draft = replace(draft, micro_wins=read_wins(wins, often, cue, minimum))
    draft = replace(
        draft,
        title=one_line(title or draft.title),
        steps=tuple(map(one_line, steps)),
        identity=one_line(identity or draft.identity),
        parent=link_to(catalog, find_goal(catalog, parent)) if parent else "",
        target=target,
        measure=one_line(measure),
        start=keeper.clock.now().today if target or measure else None,
    )
    may_ask = not (yes or dry_run or options.as_json) and questions.somebody_is_there()
    if may_ask and not (wins or example):
        asked = _asked(draft)
        if asked is None:
            return Report(text=say("write.nothing"))
        draft = asked
    if not draft.title:
        raise click.UsageError("Name the goal: `microwins goals new TITLE`, or choose one of --examples.")
    where = goal_folder(catalog.goals) if folder is None else session.vault.place(folder.strip("/"))
    path, day = free_path(session.vault, draft.title, where), keeper.clock.now().today
    change = new_goal(session.vault, catalog, draft, path, day)
    return carried_out(options, session, keeper, [change], yes=yes, dry_run=dry_run)


def _examples(area: str | None, width: int | None) -> Report:
    data = {
        "examples": [
            {
                "key": one.key, "area": one.area, "goal": one.goal, "identity": one.identity, "micro_win": one.step,
                "min": one.minimum, "after": one.cue, "schedule": one.schedule,
            }
            for one in examples_of(area)
        ]
    }  # fmt: skip
    return Report(data, examples_text(area, width))


def _example(key: str) -> GoalDraft:
    found = next((one for one in examples_of() if one.key == key), None)
    if found is None:
        raise click.UsageError(f"There is no example “{key}”; --examples lists them.")
    return drafted(found)


def _asked(draft: GoalDraft) -> GoalDraft | None:
    guide = Guide(4 if draft.title else 5)
    if not draft.title:
        chosen = guide.ask_title(say("guide.enter_ends"))
        if chosen is None:
            return None
        wins = draft.micro_wins or chosen.micro_wins
        draft = replace(
            draft, title=chosen.title, micro_wins=wins, identity=draft.identity or chosen.identity
        )
    return guide.ask_identity(guide.ask_first_step(draft))
