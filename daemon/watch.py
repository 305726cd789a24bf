"""The loop: news comes in, figures are worked out and told at once, notes are written when they have been still."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..parsers.problem import Problem
from ..streaks.calendar import Now
from ..streaks.vault_figures import VaultFigures
from .announce import announcements
from .errors import MicrowinsError
from .inbox import Inbox, News
from .keeper import Keeper, Outcome
from .report import problem_line
from .updating import settle
from .watcher import Watcher, blind_folders, gives_no_events

BURST = 0.05
"""Seconds without news after which a burst of events is over and the notes are read."""
LONGEST_BURST = 0.5
GRACE = 2.0
"""Seconds for which a note that is gone, or was emptied, is believed to be in the middle of a save."""
RESCAN = 900.0
POLL = 5.0
LONGEST_WAIT = 60.0
CAP = 30.0
"""Seconds after which a note is written although news keeps coming from others."""

Monotonic = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the watch has to say: a kind for programs, a line for people."""

    kind: str
    text: str
    paths: tuple[str, ...] = ()


Say = Callable[[Event], None]


@dataclass
class _Pending:
    """Notes to look at, and when; notes to write, and since when somebody has been still."""

    unread: dict[str, float] = field(default_factory=dict)
    burst_began: float | None = None
    touched: dict[str, float] = field(default_factory=dict)
    write_at: float | None = None
    write_since: float = 0.0


class Watch:
    """Keeps one vault up to date until it is told to stop. `open_keeper` opens the vault anew with its settings."""

    def __init__(
        self, open_keeper: Callable[[], Keeper], inbox: Inbox, say: Say, *, monotonic: Monotonic = time.monotonic, poll: bool = False
    ) -> None:
        self._open_keeper = open_keeper
        self._keeper = open_keeper()
        self._inbox = inbox
        self._say = say
        self._monotonic = monotonic
        self._polling = poll
        self._watcher = Watcher(self._keeper.vault.root, inbox)
        self._pending = _Pending()
        self._figures: VaultFigures | None = None
        self._now: Now | None = None
        self._told: set[tuple[str, str]] = set()
        self._next_rescan = 0.0
        self._gone = False

    @property
    def keeper(self) -> Keeper:
        """The keeper of the vault as it is now."""
        return self._keeper

    def run(self) -> None:
        """Catch up, then follow the vault until the inbox is told to stop; a write in hand is finished first."""
        self._start_watching()
        try:
            self._catch_up()
            while not self._inbox.stopping:
                self.step(self._inbox.wait(self._seconds_to_wait()))
        finally:
            self._watcher.stop()

    def step(self, news: News) -> None:
        """Take in news and do what is due."""
        if news.stop or not self._vault_is_there():
            return
        if news.settings:
            self._reload()
        self._note_news(news)
        if news.rescan or self._monotonic() >= self._next_rescan:
            self._rescan()
        if self._read_due():
            self._read()
        self._turn_the_day()
        if self._pending.write_at is not None and self._monotonic() >= self._pending.write_at:
            self._write()

    # Reading

    def _catch_up(self) -> None:
        root = self._keeper.vault.root
        scanned = self._keeper.read_all()
        self._figures, self._now = self._keeper.figures(), self._keeper.clock.now()
        wins = len(self._figures.wins)
        self._say(Event("started", f"Watching {root}: {scanned} notes, {wins} micro-wins. Ctrl-C stops."))
        self._tell_problems(self._keeper.problems(self._figures))
        if self._keeper.vault.consent:
            self._tell_outcome(settle(self._keeper))
        else:
            self._say(Event("read-only", "Nothing is written: microwins has not been set up here. Run `microwins init`."))
        self._figures = self._keeper.figures()
        self._next_rescan = self._monotonic() + self._rescan_interval()

    def _note_news(self, news: News) -> None:
        now, pending = self._monotonic(), self._pending
        if not news.paths:
            return
        pending.burst_began = now if pending.burst_began is None else pending.burst_began
        for path in news.paths:
            pending.unread[path] = now
        if news.synced or self._brought_by_sync(news.paths):
            self._put_off(self._keeper.vault.settings.sync_quiet.total_seconds())

    def _brought_by_sync(self, paths: Iterable[str]) -> bool:
        """Return whether a note bears the time stamp of another device: it was changed there, and copied here."""
        wall = self._keeper.clock.clock().timestamp()
        for path in paths:
            try:
                status = os.stat(self._keeper.vault.root / path)
            except OSError:
                continue
            if wall - status.st_mtime > GRACE and wall - status.st_ctime < GRACE:
                return True
        return False

    def _read_due(self) -> bool:
        pending = self._pending
        if not pending.unread or pending.burst_began is None:
            return bool(pending.unread) and self._monotonic() >= min(pending.unread.values())
        now = self._monotonic()
        return now >= max(pending.unread.values()) + BURST or now >= pending.burst_began + LONGEST_BURST

    def _read(self) -> None:
        now, pending = self._monotonic(), self._pending
        due = [path for path, at in pending.unread.items() if at <= now]
        pending.burst_began = None
        changed: list[str] = []
        for path in due:
            since = pending.touched.get(path, now)
            if self._is_mid_save(path) and now - since < GRACE:
                pending.touched.setdefault(path, now)
                pending.unread[path] = now + GRACE / 8
                continue
            del pending.unread[path]
            if self._keeper.read_one(path, seen_live=True):
                changed.append(path)
                pending.touched[path] = now
            else:
                pending.touched.pop(path, None)
        if changed:
            self._figures_changed()
            self._put_off(self._keeper.vault.settings.quiet.total_seconds())

    def _is_mid_save(self, path: str) -> bool:
        """Return whether a note that we know is missing or empty: editors and sync clients pass through that state."""
        if path not in self._keeper.ledger.notes:
            return False
        try:
            return os.stat(self._keeper.vault.root / path).st_size == 0
        except OSError:
            return True

    def _figures_changed(self) -> None:
        before, self._figures = self._figures, self._keeper.figures()
        if before is not None:
            hidden = self._keeper.vault.settings.streaks_show == "hidden"
            for line in announcements(before, self._figures, hidden=hidden):
                self._say(Event("changed", line))
        self._tell_problems(self._keeper.problems(self._figures))

    def _rescan(self) -> None:
        changed = self._keeper.changed_since()
        self._next_rescan = self._monotonic() + self._rescan_interval()
        if changed:
            self._note_news(News(paths=frozenset(changed)))

    def _rescan_interval(self) -> float:
        return POLL if self._polling else RESCAN

    def _reload(self) -> None:
        """Open the vault anew: its settings, ours or another program's, have changed."""
        try:
            self._keeper.close()
            self._keeper = self._open_keeper()
            self._keeper.read_all()
        except MicrowinsError as error:
            self._say(Event("problem", f"{error.message} {error.hint}"))
            return
        self._figures = self._keeper.figures()
        self._told.clear()
        self._say(Event("settings", "Settings read again."))
        self._put_off(0)

    # The day

    def _turn_the_day(self) -> None:
        now = self._keeper.clock.now()
        if now == self._now:
            return
        new_day = self._now is None or now.today != self._now.today
        self._now = now
        self._figures = self._keeper.figures()
        if new_day:
            self._say(Event("day", f"A new day: {now.today}."))
        self._put_off(0)

    # Writing

    def _put_off(self, seconds: float) -> None:
        """Set the next writing to so many seconds from now: each new change puts it off again, up to a cap."""
        now, pending = self._monotonic(), self._pending
        if pending.write_at is None:
            pending.write_since = now
        cap = pending.write_since + max(CAP, seconds)
        pending.write_at = min(max(pending.write_at or 0.0, now + seconds), cap)

    def _write(self) -> None:
        self._pending.write_at = None
        if not self._keeper.vault.consent:
            self._keeper.remember()
            return
        now = self._monotonic()
        quiet = self._keeper.vault.settings.quiet.total_seconds()
        busy = {path for path, at in self._pending.touched.items() if now - at < quiet}
        self._keeper.leave_alone(busy)
        self._tell_outcome(settle(self._keeper))
        self._figures = self._keeper.figures()
        if busy:
            self._put_off(quiet)
        else:
            self._pending.touched.clear()

    # Telling

    def _tell_outcome(self, outcome: Outcome) -> None:
        if outcome.created:
            self._say(Event("created", f"made {', '.join(outcome.created)}", outcome.created))
        if outcome.written:
            self._say(Event("written", f"wrote {', '.join(outcome.written)}", outcome.written))
        self._tell_problems(outcome.skipped)

    def _tell_problems(self, problems: Iterable[Problem]) -> None:
        """Say each problem once, as long as it lasts."""
        for problem in problems:
            key = (problem.path, f"{problem.code}:{problem.line}")
            if key not in self._told:
                self._told.add(key)
                self._say(Event("problem", problem_line(problem), (problem.path,)))

    # The vault itself

    def _start_watching(self) -> None:
        root = self._keeper.vault.root
        kind = gives_no_events(root)
        if kind is not None:
            self._polling = True
            self._say(Event("polling", f"The file system ({kind}) does not tell of changes; looking every {POLL:g} seconds."))
        if self._polling:
            return
        try:
            self._watcher.start()
        except OSError as error:
            self._polling = True
            self._say(Event("polling", f"Changes cannot be followed ({error.strerror}); looking every {POLL:g} seconds."))
            return
        blind = blind_folders(root)
        if blind:
            self._polling = True
            self._say(
                Event("polling", f"{blind} folders are beyond the system's limit of watches; looking every {POLL:g} seconds. "
                      "Raise fs.inotify.max_user_watches to follow them at once.")
            )  # fmt: skip

    def _vault_is_there(self) -> bool:
        root: Path = self._keeper.vault.root
        if root.is_dir() and not (self._gone and not any(root.iterdir())):
            if self._gone:
                self._gone = False
                self._say(Event("back", f"{root} is there again."))
                self._watcher.stop()
                self._start_watching()
                self._rescan()
            return True
        if not self._gone:
            self._gone = True
            self._say(Event("gone", f"{root} is not there any more; waiting for it to come back."))
        return False

    def _seconds_to_wait(self) -> float:
        now, pending = self._monotonic(), self._pending
        if self._gone:
            return POLL
        times = [self._next_rescan, now + LONGEST_WAIT, now + self._keeper.clock.seconds_until_change()]
        if pending.unread:
            times.append(max(pending.unread.values()) + BURST if pending.burst_began is not None else min(pending.unread.values()))
        if pending.write_at is not None:
            times.append(pending.write_at)
        return max(0.0, min(times) - now)
