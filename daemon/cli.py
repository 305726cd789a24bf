"""The command line: which commands there are, and how failures are told. Each command is loaded when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import click

from .errors import MicrowinsError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "init": ("init", "Set a vault up: show what will be written, then write it."),
    "demo": ("demo", "Make a sample vault with a year of days, then watch it."),
    "sync": ("sync", "Read the vault once and write what has changed."),
    "watch": ("watch", "Keep the vault up to date until stopped."),
    "status": ("status", "Show streaks, strength and progress."),
    "today": ("today", "Show today's micro-wins; make today's note."),
    "next": ("next", "Name the next small step."),
    "tick": ("tick", "Tick a box."),
    "untick": ("tick", "Take a tick back."),
    "skip": ("tick", "Mark a box as skipped: it counts neither way."),
    "goals": ("goals", "Show the goals as a tree; make one, break one up."),
    "discover": ("discover", "Find what recurs in the daily notes."),
    "review": ("review", "Look back over a week, a month or a year."),
    "templates": ("templates", "Show the templates of notes; copy one to change it."),
    "explain": ("explain", "Show where the figures of a micro-win come from."),
    "parse": ("parse", "Show what is read in notes."),
    "check": ("check", "List what is wrong in the vault."),
    "conflicts": ("conflicts", "List conflict copies; unite them with their notes."),
    "undo": ("undo", "Take back what microwins changed last: a tick, a note made."),
    "doctor": ("doctor", "Look whether all is well on this machine."),
    "config": ("config", "Show the settings and where each comes from."),
    "service": ("service", "Run `watch` in the background."),
    "logs": ("logs", "Show what `watch` said lately."),
    "completions": ("completions", "Print shell completions."),
}


_WITH_VALUE = ("--vault", "--today")
_SHARED = (*_WITH_VALUE, "--json", "-q", "--quiet", "-v", "--verbose")


class CommandTable(click.Group):
    """The commands by name; help and completion of the names load none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """Return the names in the order in which they are met."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        loaded = import_module(f"microwins.daemon.commands.{module}")
        command = getattr(loaded, f"{cmd_name}_" if cmd_name == "next" else cmd_name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant; for a name that there is not, name the nearest one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            ctx.fail(f"There is no command “{args[0]}”.{hint}")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the names with their one line each, without loading them."""
        from click.shell_completion import CompletionItem

        found = [
            CompletionItem(name, help=line)
            for name, (_, line) in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*found, *super(click.Group, self).shell_complete(ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands with their one line each, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _say_version(ctx: click.Context) -> None:
    click.echo(f"microwins {_version()}")
    ctx.exit()


def _version() -> str:
    """Return the version by the name of the installed package's folder; asking `importlib.metadata` takes far longer."""
    place = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
    names = [name for name in os.listdir(place) if name.startswith("microwins-")]  # noqa: PTH208
    found = [name for name in names if name.endswith(".dist-info")]
    if len(found) == 1:
        return found[0].removeprefix("microwins-").removesuffix(".dist-info")
    from importlib.metadata import version

    return version("microwins")


@click.group(
    cls=CommandTable, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    help="Show the version and exit.",
    callback=lambda ctx, _option, asked: _say_version(ctx) if asked else None,
)
def cli() -> None:
    """Tick a box in your notes; see at once what it moved.

    \b
    Start with:
      microwins demo                      a sample vault, to try it
      microwins init --vault ~/Notes      your own notes
    """  # noqa: D301 - click wants the character itself


def main(arguments: Sequence[str] | None = None, obj: Any = None) -> None:
    """Run the command line and leave the process with its exit code."""
    if arguments is None and sys.getfilesystemencoding() != "utf-8":
        _begin_again_in_utf8()
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            _be_shown_on(stream)
    sys.exit(run(words, obj))


def _begin_again_in_utf8() -> None:
    """Start over in Python's UTF-8 mode: notes are named in UTF-8, whatever the locale says; the terminal stays as it is."""
    if sys.stdout is not None:
        os.environ.setdefault("PYTHONIOENCODING", sys.stdout.encoding)
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def _be_shown_on(stream: TextIOWrapper) -> None:
    """Let a stream take every text; where its encoding has no “✓” it gets a plain character."""
    if stream.encoding.lower() not in {"utf-8", "utf8"}:
        from .plain_letters import speak_plainly

        speak_plainly(stream)
    else:
        stream.reconfigure(errors="replace")


def run(words: list[str], obj: Any = None) -> int:
    """Run one command and return its exit code; failures are printed, never raised."""
    try:
        code = cli.main(_behind_the_command(words), prog_name="microwins", standalone_mode=False, obj=obj)
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        return _help(words, error)
    except click.UsageError as error:
        return _usage(words, error)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - or Python complains again while it ends
        return 1
    except (Exception, KeyboardInterrupt) as error:
        return _failed(words, _failure(error))


def _behind_the_command(words: list[str]) -> list[str]:
    """Return the words with shared options that stand before the command put behind it: both ways are written."""
    ahead: list[str] = []
    rest = list(words)
    while rest and rest[0].partition("=")[0] in _SHARED:
        taken = 2 if rest[0] in _WITH_VALUE else 1
        ahead, rest = ahead + rest[:taken], rest[taken:]
    return [*rest, *ahead] if rest else words


def _failure(error: BaseException) -> MicrowinsError:
    """Return what is told of an error; nobody is helped by a traceback."""
    match error:
        case MicrowinsError():
            return error
        case click.Abort() | KeyboardInterrupt():
            return Stopped("Stopped.")
        case click.ClickException():
            return MicrowinsError(error.format_message())
        case OSError():
            return Refused.of(error)
        case _:
            return Unexpected.of(error)


class Stopped(MicrowinsError):
    """Ctrl-C, or no answer to a question."""

    code = "interrupted"
    exit_code = 130


class Refused(MicrowinsError):
    """The operating system refused something that no part of the program expected it to refuse."""

    code = "refused"

    @classmethod
    def of(cls, error: OSError) -> Refused:
        """Return the refusal in plain words."""
        place = f"{error.filename}: " if error.filename else ""
        return cls(f"{place}{error.strerror or error}.", "Correct that, then run the command again.")


class Unexpected(MicrowinsError):
    """A mistake in microwins itself."""

    code = "unexpected"

    @classmethod
    def of(cls, error: BaseException) -> Unexpected:
        """Return what is needed to find the mistake, on one line."""
        from traceback import extract_tb

        last = extract_tb(error.__traceback__)[-1]
        place = f"{os.path.basename(last.filename)}, line {last.lineno}"  # noqa: PTH119 - pathlib is slow to load
        return cls(
            f"This is a mistake in microwins: {type(error).__name__}: {error} ({place}).",
            "Please report it with the command; nothing is left half written.",
        )


def _help(words: list[str], error: click.UsageError) -> int:
    """Answer a group that was called without a command: its help is all there is to say."""
    if "--json" in words:
        return _usage(words, click.UsageError("Missing command.", error.ctx))
    click.echo(error.format_message(), err=True)
    return 2


def _usage(words: list[str], error: click.UsageError) -> int:
    failure = MicrowinsError(error.format_message(), "Run the command with --help to see how it is used.")
    failure.code = "usage"
    failure.exit_code = 2
    if "--json" not in words and error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
    return _failed(words, failure)


def _failed(words: list[str], error: MicrowinsError) -> int:
    from ..templates.told import in_language
    from .report import error_json, told

    if "--json" in words:
        click.echo(error_json(_command_name(words), error))
        return error.exit_code
    with suppress(BrokenPipeError):
        click.echo(told(f"microwins: {in_language(error.message)}", sys.stderr), err=True)
        if error.hint:
            click.echo(told(in_language(error.hint), sys.stderr), err=True)
    return error.exit_code


def _command_name(words: list[str]) -> str:
    """Return the name of the command that was meant, with that of its group."""
    names = [word for word in words if not word.startswith("-")]
    if not names or names[0] not in COMMANDS:
        return next(iter(names), "")
    command = cli.get_command(click.Context(cli), names[0])
    inner = command.commands if isinstance(command, click.Group) else {}
    return " ".join(names[:2]) if len(names) > 1 and names[1] in inner else names[0]
