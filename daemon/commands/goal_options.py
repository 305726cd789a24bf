"""What `goals new` and `goals break` share: their options, and the writing of what was shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import click

from ...templates.goal_draft import WinDraft
from ...templates.lines import fitted
from ...templates.words import say
from ..change import Change
from ..goal_guide import EVERY_DAY
from ..goal_writing import agreed, preview, write_goals, written_lines
from ..keeper import Keeper
from ..report import Report
from ..win_line import read_win_line
from ..wiring import Session
from .common import Options

micro_win_option = click.option(
    "--micro-win", "wins", multiple=True, help='A micro-win, such as "Read one page"; may be given again.'
)
every_option = click.option(
    "--every", "often", default=EVERY_DAY, help="How often the micro-wins are due: every day."
)
after_option = click.option("--after", "cue", default="", help="After what the first micro-win comes.")
min_option = click.option(
    "--min", "minimum", default="", help="The two-minute version of the first micro-win."
)
step_option = click.option("--step", "steps", multiple=True, help="A step; may be given again.")
yes_option = click.option("--yes", is_flag=True, help="Write without asking.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Print what would be written; write nothing.")


def one_line(text: str) -> str:
    """Return a text of the command line with single spaces and no line ends: what a note has on one line."""
    return " ".join(text.split())


def read_wins(lines: Sequence[str], often: str, cue: str, minimum: str) -> tuple[WinDraft, ...]:
    """Return the micro-wins of the options; the cue and the two-minute version are the first one's."""
    found = [read_win_line(line, often) for line in lines]
    if found:
        first = found[0]
        found[0] = replace(
            first, after=one_line(cue) or first.after, minimum=one_line(minimum) or first.minimum
        )
    elif cue or minimum:
        raise click.UsageError("--after and --min belong to a --micro-win.")
    return tuple(found)


def carried_out(
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
    return Report(
        data,
        "\n".join((*written_lines(outcome), "", fitted(say("write.next"), options.width))),
        outcome.skipped,
    )
