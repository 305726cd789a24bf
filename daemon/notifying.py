"""Notifications on the desktop: only what was reached, at most one an hour, none in the quiet hours, none twice."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from ..parsers.machine_settings import MachineSettings
from .cache_file import vault_key
from .clock import Clock
from .errors import MicrowinsError

TITLE = "microwins"
REST = timedelta(hours=1)
PATIENCE = 5.0
"""Seconds that the desktop may take to answer."""

Send = Callable[[str, str], None]
"""Shows a title and a line; raises NotShown."""


class NotShown(MicrowinsError):
    """The desktop did not show a notification."""

    code = "notification-not-shown"


class Notifier:
    """Shows a line, or drops it: nothing is kept for later, so nothing piles up while a machine sleeps.

    What was shown last is remembered in the state folder, so that the hour and the line count over a new start too.
    """

    def __init__(self, settings: MachineSettings, clock: Clock, state: Path, vault: Path, send: Send) -> None:
        self._settings = settings
        self._clock = clock
        self._file = state / f"notified-{vault_key(vault)}.json"
        self._send = send

    def show(self, line: str) -> bool:
        """Show a line if it may be shown now; return whether it was. Raise NotShown where the desktop failed."""
        now = self._clock()
        if not self._settings.notify or now.time() in self._settings.notify_quiet:
            return False
        last = _read(self._file)
        if last is not None and (
            timedelta(0) <= now - last[0] < REST or (last[0].date(), last[1]) == (now.date(), line)
        ):
            return False
        self._send(TITLE, line)
        self._remember(now, line)
        return True

    def _remember(self, now: datetime, line: str) -> None:
        draft = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps([now.isoformat(), line]) + "\n", encoding="utf-8")
            draft.replace(self._file)


class NotInstalled(NotShown):
    """What shows notifications is an extra, and it is not there."""

    def __init__(self) -> None:
        super().__init__(
            "Notifications are wanted, and what shows them is not installed.",
            "Install it with `pip install 'microwins[notify]'`, or set `notify = false`.",
        )


def is_installed() -> bool:
    """Return whether what shows notifications is there, without loading it."""
    return find_spec("desktop_notifier") is not None


def send_to_desktop(title: str, line: str) -> None:
    """Show a notification by desktop-notifier, which speaks to D-Bus, to macOS and to Windows; raise NotShown.

    That library tells of a failure in its log alone, so what is asked is whether the notification went out.
    """
    import asyncio

    try:
        from desktop_notifier import DesktopNotifier
    except ImportError:
        raise NotInstalled from None
    log = logging.getLogger("desktop_notifier")
    log.propagate, log.handlers = False, [logging.NullHandler()]
    sent: list[bool] = []

    async def show() -> None:
        notifier = DesktopNotifier(app_name=title, app_icon=None)
        sending = notifier.send(title=title, message=line, on_dispatched=lambda: sent.append(True))
        await asyncio.wait_for(sending, PATIENCE)

    with suppress(Exception):  # whatever the desktop does, the vault is kept up to date
        asyncio.run(show())
    if not sent:
        raise NotShown(
            "The desktop showed no notification.",
            "Is a desktop running for this session? `notify = false` switches notifications off.",
        )


def _read(file: Path) -> tuple[datetime, str] | None:
    """Return when the last line was shown and which, or None where that is not known."""
    try:
        moment, line = json.loads(file.read_text(encoding="utf-8"))
        found = datetime.fromisoformat(moment)
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return (found, str(line)) if found.tzinfo is not None else None
