"""`microwins goals`: the goals as a tree; making a new one, breaking one into smaller parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import click

from ...parsers.goal import Goal
from ...parsers.schedule_text import schedule_text
from ...templates.example_wins import AREAS, examples_of, examples_text
from ...templates.goal_draft import GoalDraft, WinDraft
from ...templates.plain_text import goals_plain
from ...templates.terminal import Pen, goals_text
from ...templates.words import say
from .. import questions
from ..added_lines import Addition
from ..change import Change
from ..goal_guide import EVERY_DAY, Guide, ask_parts, drafted
from ..goal_notes import find_goal, goal_folder, grown_from, link_to, new_goal, require_new_wins
from ..goal_writing import agreed, preview, write_goals, written_lines
from ..keeper import Keeper
from ..offering import free_path, longer_goal
from ..report import Report
from ..shapes import goal_shape
from ..win_line import read_win_line
from ..wiring import Session
from .common import Day, Options, plain_option, shared_options


@click.group(invoke_without_command=True, epilog="Example: microwins goals")
@plain_option
@shared_options
def goals(options: Options, *, plain: bool) -> Report:
    """Show the goals as a tree, with their progress and micro-wins; or make one, or break one up."""
    keeper = options.session().keeper()
    keeper.read_all()
    figures = keeper.figures()
    life = keeper.life(figures)

    def data() -> dict[str, object]:
        return {"today": figures.now.today, "goals": [goal_shape(goal, life) for goal in figures.goals]}

    view = keeper.view(figures)
    text = goals_plain(view) if plain else goals_text(view, Pen(options.colour), options.width)
    return Report(data, text, figures.problems)


_micro_win = click.option(
    "--micro-win", "wins", multiple=True, help='A micro-win, such as "Read one page"; may be given again.'
)
_every = click.option(
    "--every", "often", default=EVERY_DAY, help="How often the micro-wins are due: every day."
)
_after = click.option("--after", "cue", default="", help="After what the first micro-win comes.")
_min = click.option("--min", "minimum", default="", help="The two-minute version of the first micro-win.")
_step = click.option("--step", "steps", multiple=True, help="A step; may be given again.")
_yes = click.option("--yes", is_flag=True, help="Write without asking.")
_dry_run = click.option("--dry-run", is_flag=True, help="Print what would be written; write nothing.")


@goals.command(
    epilog='Example: microwins goals new "Read more" --micro-win "Read one page" --after "morning coffee"'
)
@click.argument("title", required=False)
@_micro_win
@_every
@_after
@_min
@_step
@click.option("--identity", default="", help="Whom it makes you: reader, runner.")
@click.option("--parent", default="", help="The goal above it.")
@click.option("--target", type=Day(), help="The day to aim for.")
@click.option("--measure", default="", help="An amount to reach, such as “60000 words” or “92 -> 80 kg”.")
@click.option("--example", help="Take the goal of this key from the examples.")
@click.option("--examples", "lists", is_flag=True, help="List examples with their keys; write nothing.")
@click.option("--area", type=click.Choice(AREAS), help="List the examples of this area alone.")
@click.option("--folder", help="The folder for the note; else that of most goals.")
@_yes
@_dry_run
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
        return _examples(area)
    keeper = session.keeper()
    keeper.read_all()
    catalog = keeper.ledger.catalog
    draft = _example(example) if example else GoalDraft(title or "")
    if wins:
        draft = replace(draft, micro_wins=_read_wins(wins, often, cue, minimum))
    draft = replace(
        draft,
        title=title or draft.title,
        steps=tuple(" ".join(step.split()) for step in steps),
        identity=identity or draft.identity,
        parent=link_to(catalog, find_goal(catalog, parent)) if parent else "",
        target=target,
        measure=measure,
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
    where = goal_folder(catalog.goals) if folder is None else folder.strip("/")
    change = new_goal(session.vault, catalog, draft, free_path(session.vault, draft.title, where))
    return _carried_out(options, session, keeper, [change], yes=yes, dry_run=dry_run)


@goals.command(name="break", epilog='Example: microwins goals break "Write a book" --step "Chapter one"')
@click.argument("goal", nargs=-1, required=True)
@_step
@click.option(
    "--sub-goal", "sub_goals", multiple=True, help="A part that is a goal of its own; may be given again."
)
@_micro_win
@_every
@_after
@_min
@_yes
@_dry_run
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
    drafts = _read_wins(wins, often, cue, minimum)
    if not (steps or sub_goals or wins):
        if yes or dry_run or options.as_json or not questions.somebody_is_there():
            raise click.UsageError("Say into what: --step, --sub-goal or --micro-win.")
        steps, sub_goal, win = ask_parts(found)
        sub_goals, drafts = ((sub_goal,) if sub_goal else ()), ((win,) if win else ())
    changes = _parts(keeper, found, Addition(_dated(keeper, found, drafts), steps), sub_goals)
    if not changes:
        return Report(text=say("write.nothing"))
    return _carried_out(options, session, keeper, changes, yes=yes, dry_run=dry_run)


def _examples(area: str | None) -> Report:
    data = {
        "examples": [
            {
                "key": one.key, "area": one.area, "goal": one.goal, "identity": one.identity, "micro_win": one.step,
                "min": one.minimum, "after": one.cue, "schedule": one.schedule,
            }
            for one in examples_of(area)
        ]
    }  # fmt: skip
    return Report(data, examples_text(area))


def _example(key: str) -> GoalDraft:
    found = next((one for one in examples_of() if one.key == key), None)
    if found is None:
        raise click.UsageError(f"There is no example “{key}”; --examples lists them.")
    return drafted(found)


def _read_wins(lines: Sequence[str], often: str, cue: str, minimum: str) -> tuple[WinDraft, ...]:
    """Return the micro-wins of the options; the cue and the two-minute version are the first one's."""
    found = [read_win_line(line, often) for line in lines]
    if found:
        first = found[0]
        found[0] = replace(first, after=cue or first.after, minimum=minimum or first.minimum)
    elif cue or minimum:
        raise click.UsageError("--after and --min belong to a --micro-win.")
    return tuple(found)


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
        draft = GoalDraft(" ".join(title.split()), parent=link_to(catalog, goal))
        changes.append(new_goal(keeper.vault, catalog, draft, free_path(keeper.vault, draft.title, folder)))
    return changes


def _carried_out(
    options: Options,
    session: Session,
    keeper: Keeper,
    changes: Sequence[Change],
    *,
    yes: bool,
    dry_run: bool,
) -> Report:
    """Show the changes, ask, and write them; with --json nothing is written without --yes."""
    planned = [change.path for change in changes]
    if dry_run or (options.as_json and not yes):
        return Report({"planned": planned, "created": [], "written": []}, preview(changes))
    session.vault.require_consent()
    if not yes and not agreed(changes):
        return Report(text=say("write.nothing"), exit_code=1)
    outcome = write_goals(session, keeper, changes, options.command)
    data = {"planned": planned, "created": outcome.created, "written": outcome.written}
    return Report(data, "\n".join((*written_lines(outcome), "", say("write.next"))), outcome.skipped)
