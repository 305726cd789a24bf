"""`microwins watch`: keep the vault up to date until stopped."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from ...templates.told import in_language
from ...templates.watch_text import STOPPED
from ..inbox import Inbox
from ..machine_settings import machine_settings
from ..notifying import Notifier, NotInstalled, is_installed, send_to_desktop
from ..report import VERSION, Report
from ..telling import Notify
from ..watch import Watch
from ..watch_event import Event, Say
from ..wiring import Session
from .common import Options, shared_options

INTERRUPTED = 130


@click.command(epilog="Example: microwins watch --vault ~/Notes")
@click.option(
    "--poll/--no-poll",
    default=None,
    help="Look for changes every few seconds instead of waiting to be told, or never do; else the file system decides.",
)
@shared_options
def watch(options: Options, *, poll: bool | None) -> Report:
    """Keep the vault up to date until stopped: each tick is answered here and in the notes."""
    session = options.session()
    code = run_watch(session, speaker(options), poll=poll)
    return Report(exit_code=code) if not options.as_json else _silent(code)


def run_watch(session: Session, say: Say, *, poll: bool | None = None) -> int:
    """Watch a vault until a signal comes; return the exit code: 0 after SIGTERM, 130 after Ctrl-C."""
    inbox, log = Inbox(), session.log()
    caught: list[int] = []
    with session.lock().acquire("watch", session.started()), _stopping(inbox, caught):
        tell = log.keeping(say)
        show = _notify(session, tell)
        # A watch closes its keepers itself, so that of a vault with new settings nothing is held twice.
        Watch(
            lambda: session.reopened(apart=True).keeper(stays=True), inbox, tell, notify=show, poll=poll
        ).run()
        log.add(Event("stopped", STOPPED))
    return INTERRUPTED if signal.SIGINT in caught else 0


def _notify(session: Session, say: Say) -> Notify | None:
    """Return what shows notifications on this machine; where they are wanted and cannot be shown, say so now and once."""
    machine = session.machine
    settings, _ = machine_settings(machine.config, machine.environment)
    if settings.notify and not is_installed():
        missing = NotInstalled()
        say(Event("problem", f"{missing.message} {missing.hint}"))
        return None
    return Notifier(settings, machine.clock, machine.state, session.vault.root, send_to_desktop).show


def speaker(options: Options) -> Say:
    """Return what says the events of a watch: lines for people, or one JSON object a line.

    Where there is no room for a line the notes are kept up to date all the same; only when nobody listens any more it ends.
    """

    def say(event: Event) -> None:
        try:
            show(event)
        except BrokenPipeError:
            raise
        except OSError:  # the disk that the lines are kept on is full
            return

    def show(event: Event) -> None:
        if options.as_json:
            data = {"event": event.kind, "text": event.text, "paths": event.paths}
            click.echo(
                json.dumps(
                    {"version": VERSION, "command": options.command, "ok": True, "data": data, "problems": []}
                )
            )
        elif not options.quiet or event.kind == "problem":
            click.echo(in_language(event.text), err=event.kind == "problem")

    return say


def _silent(code: int) -> Report:
    if code:
        raise click.exceptions.Exit(code)
    raise click.exceptions.Exit(0)


@contextmanager
def _stopping(inbox: Inbox, caught: list[int]) -> Iterator[None]:
    """Let SIGTERM and Ctrl-C ask for the end, so that a write in hand is finished."""

    def ask(number: int, _frame: FrameType | None) -> None:
        caught.append(number)
        inbox.stop()

    numbers = [signal.SIGINT, signal.SIGTERM]
    before = {number: signal.signal(number, ask) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
