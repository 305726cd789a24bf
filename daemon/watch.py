"""The loop: news comes in, figures are worked out and told at once, notes are written when they have been still."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from ..parsers.problem import Problem
from ..streaks.calendar import Now
from ..streaks.vault_figures import VaultFigures
from .announce import StepChange, announcements, step_changes
from .aside import GRACE as ASIDE
from .errors import MicrowinsError, NoteChanged, NoteInUse, ReadOnly, WriteFailed
from .inbox import Inbox, News
from .keeper import Keeper, Outcome
from .note_read import is_being_written
from .report import problem_line
from .updating import settle
from .vault import settings_stamp
from .watcher import Watcher, blind_folders, gives_no_events

BURST = 0.05
"""Seconds without news after which a burst of events is over and the notes are read."""
LONGEST_BURST = 0.5
GRACE = 2.0
"""Seconds for which a note that is gone, or was emptied, is believed to be in the middle of a save."""
RESCAN = 900.0
POLL = 5.0
RETRY = 60.0
"""Seconds until a note is tried again that the disk or its rights did not let us write."""
SETTINGS_STILL = 0.5
"""Seconds for which a settings file must be still before it is read: a half-written one says something else."""
LONGEST_WAIT = 60.0
CAP = 30.0
"""Seconds after which a note is written although news keeps coming from others."""

_PASSING = {ReadOnly.code, WriteFailed.code}
"""Failures that pass without any news from the vault."""

Monotonic = Callable[[], float]
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the watch has to say: a kind for programs, a line for people."""

    kind: str
    text: str
    paths: tuple[str, ...] = ()


Say = Callable[[Event], None]


@dataclass
class _Pending:
    """What is to be looked at, and when; what is to be written, and since when; what was missed or seen on the way."""

    unread: dict[str, float] = field(default_factory=dict)
    burst_began: float | None = None
    touched: dict[str, float] = field(default_factory=dict)
    write_at: float | None = None
    write_since: float = 0.0
    missing: dict[str, float] = field(default_factory=dict)
    synced_at: float | None = None
    settings_at: float | None = None
    retry_at: float | None = None
    aside_at: float | None = None
    in_use: dict[str, float] = field(default_factory=dict)


class Watch:
    """Keeps one vault up to date until it is told to stop. `open_keeper` opens the vault anew with its settings."""

    def __init__(
        self,
        open_keeper: Callable[[], Keeper],
        inbox: Inbox,
        say: Say,
        *,
        monotonic: Monotonic = time.monotonic,
        poll: bool = False,
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
        self._now: tuple[Now, bool] | None = None
        self._standing: set[_Key] = set()
        self._failing: set[_Key] = set()
        self._settings_problem = ""
        self._settings_stamp = settings_stamp(self._keeper.vault.root)
        self._next_rescan = 0.0
        self._following = self._watcher_runs = False
        self._root = self._identity()
        self._gone = False

    @property
    def keeper(self) -> Keeper:
        """The keeper of the vault as it is now."""
        return self._keeper

    def run(self) -> None:
        """Catch up, then follow the vault until the inbox is told to stop; a write in hand is finished first."""
        self._following = True
        self._start_watching()
        try:
            self.catch_up()
            while not self._inbox.stopping:
                self.step(self._inbox.wait(self.seconds_to_wait()))
        finally:
            self._watcher.stop()
            self._close_keeper()

    def step(self, news: News) -> None:
        """Take in news and do what is due."""
        if news.stop or not self._vault_is_there():
            return
        if news.settings:
            self._pending.settings_at = self._monotonic() + SETTINGS_STILL
        self._note_news(news)
        if news.rescan or self._monotonic() >= self._next_rescan:
            self._rescan()
        if self._is_due(self._pending.settings_at):
            self._reload()
        if self._read_due():
            self._read()
        self._turn_the_day()
        if self._is_due(self._pending.retry_at):
            self._pending.retry_at = None
            self._put_off(0)
        if self._is_due(self._pending.write_at) and self._pending.settings_at is None:
            self._write()
        self._look_aside()

    def _is_due(self, at: float | None) -> bool:
        return at is not None and self._monotonic() >= at

    # Reading

    def catch_up(self) -> None:
        """Read the whole vault and write what has changed while nobody watched."""
        root = self._keeper.vault.root
        scanned = self._keeper.read_all()
        self._figures, self._now = self._keeper.figures(), self._present()
        wins = len(self._figures.wins)
        self._say(Event("started", f"Watching {root}: {scanned} notes, {wins} micro-wins. Ctrl-C stops."))
        self._tell_standing()
        if self._keeper.vault.consent:
            self._keeper.sweep()
            self._tell_outcome(settle(self._keeper, anew=False))
        else:
            self._say(
                Event(
                    "read-only",
                    "Nothing is written: microwins has not been set up here. Run `microwins init`.",
                )
            )
        self._figures = self._keeper.figures()
        self._next_rescan = self._monotonic() + self._rescan_interval()

    def _note_news(self, news: News) -> None:
        now, pending = self._monotonic(), self._pending
        if news.synced:
            pending.synced_at = now
        if not news.paths:
            return
        pending.burst_began = now if pending.burst_began is None else pending.burst_began
        for path in news.paths:
            pending.unread[path] = now
        if self._sync_client_near() or self._brought_by_sync(news.paths):
            self._put_off(self._keeper.vault.settings.sync_quiet.total_seconds())

    def _sync_client_near(self) -> bool:
        """Return whether a sync client was at work a moment ago; its traces may come before the notes that it brings."""
        seen = self._pending.synced_at
        return seen is not None and self._monotonic() - seen <= GRACE

    def _brought_by_sync(self, paths: Iterable[str]) -> bool:
        """Return whether a note bears the time stamp of another device: it was changed there, and copied here."""
        wall = self._keeper.clock.clock().timestamp()
        for path in paths:
            try:
                status = (self._keeper.vault.root / path).stat()
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
        steps: list[StepChange] = []
        arrived = self._keeper.inodes(due)
        for path in sorted(due, key=self._exists):
            if self._is_mid_save(path, arrived) and now - pending.missing.setdefault(path, now) < GRACE:
                pending.unread[path] = now + GRACE / 8
                continue
            pending.missing.pop(path, None)
            del pending.unread[path]
            before = self._keeper.ledger.notes.get(path)
            brought = self._brought_by_sync((path,))
            if self._keeper.read_one(path, seen_live=True):
                changed.append(path)
                if brought:
                    self._keeper.note_common(path)
                pending.touched[path] = now
                steps += step_changes(before, self._keeper.ledger.notes.get(path))
        if changed:
            self._figures_changed(steps)
            self._put_off(self._keeper.vault.settings.quiet.total_seconds())

    def _exists(self, path: str) -> bool:
        return (self._keeper.vault.root / path).exists()

    def _is_mid_save(self, path: str, arrived: Collection[int]) -> bool:
        """Return whether a note is being written, or one that we know is missing or empty: a save passes through that.

        A note that is gone while its very file stands under another name was moved, and is not waited for.
        """
        if is_being_written(self._keeper.vault.root / path):
            return True
        if path not in self._keeper.ledger.notes:
            return False
        if self._keeper.known_inode(path) in arrived and not self._exists(path):
            return False
        try:
            return (self._keeper.vault.root / path).stat().st_size == 0
        except OSError:
            return True

    def _figures_changed(self, steps: Sequence[StepChange] = ()) -> None:
        before, self._figures = self._figures, self._keeper.figures()
        if before is not None:
            hidden = self._keeper.vault.settings.streaks_show == "hidden"
            for line in announcements(before, self._figures, steps, hidden=hidden):
                self._say(Event("changed", line))
        self._tell_standing()

    def _rescan(self) -> None:
        changed = self._keeper.changed_since()
        self._next_rescan = self._monotonic() + self._rescan_interval()
        if changed:
            self._note_news(News(paths=frozenset(changed)))
        stamp = settings_stamp(self._keeper.vault.root)
        if stamp != self._settings_stamp:
            self._pending.settings_at = self._monotonic() + SETTINGS_STILL
        self._tell_standing()

    def _rescan_interval(self) -> float:
        return POLL if self._polling else RESCAN

    def _reload(self) -> None:
        """Open the vault anew if its settings, ours or another program's, say something else now."""
        self._pending.settings_at = None
        self._settings_stamp = settings_stamp(self._keeper.vault.root)
        try:
            fresh = self._open_keeper()
        except MicrowinsError as error:
            self._tell_settings_problem(error)
            return
        if fresh.vault == self._keeper.vault and not self._settings_problem:
            fresh.close()
            return
        try:
            fresh.read_all()
            now = fresh.clock.now()
        except MicrowinsError as error:
            fresh.close()
            self._tell_settings_problem(error)
            return
        self._close_keeper()
        self._keeper, self._settings_problem = fresh, ""
        self._figures = fresh.figures(now)
        self._say(Event("settings", "Settings read again."))
        self._tell_standing()
        self._put_off(0)

    def _tell_settings_problem(self, error: MicrowinsError) -> None:
        """Say once what is wrong with the settings; those in force stay in force."""
        text = f"{error.message} {error.hint}".strip()
        if text != self._settings_problem:
            self._settings_problem = text
            self._say(Event("problem", text))

    # The day

    def _present(self) -> tuple[Now, bool]:
        """Return the day it is, and whether the time has come to make its note."""
        clock = self._keeper.clock
        return clock.now(), clock.daily_note_due()

    def _turn_the_day(self) -> None:
        present = self._present()
        if present == self._now:
            return
        before, today = self._now[0].today if self._now else None, present[0].today
        self._now = present
        self._figures = self._keeper.figures()
        if before is not None and today < before:
            self._say(Event("day", f"By the clock it is {today} again."))
        elif today != before:
            self._say(Event("day", f"A new day: {today}."))
        self._tell_standing()
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
        busy = self._busy()
        self._keeper.leave_alone(busy)
        self._tell_outcome(settle(self._keeper, anew=False), left_alone=busy)
        self._figures = self._keeper.figures()
        self._pending.touched = {path: at for path, at in self._pending.touched.items() if path in busy}
        if busy:
            self._put_off(self._keeper.vault.settings.quiet.total_seconds())

    def _look_aside(self) -> None:
        """Look once more, a grace after our writes, whether a save came too late for them."""
        pending = self._pending
        if self._is_due(pending.aside_at):
            pending.aside_at = None
            self._tell_overtaken(self._keeper.look_aside())
        if pending.aside_at is None and self._keeper.aside.holds_any:
            pending.aside_at = self._monotonic() + ASIDE

    def _close_keeper(self) -> None:
        self._tell_overtaken(self._keeper.close())

    def _tell_overtaken(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            self._say(Event("problem", problem_line(problem), (problem.path,)))
        if problems:
            self._note_news(News(paths=frozenset(problem.path for problem in problems)))

    def _busy(self) -> set[str]:
        """Return the notes that somebody is still writing in, or that we have not looked at since they were touched."""
        now, pending = self._monotonic(), self._pending
        quiet = self._keeper.vault.settings.quiet.total_seconds()
        return {path for path, at in pending.touched.items() if now - at < quiet} | pending.unread.keys()

    # Telling

    def _tell_outcome(self, outcome: Outcome, left_alone: Collection[str] = ()) -> None:
        if outcome.created:
            self._say(Event("created", f"made {', '.join(outcome.created)}", outcome.created))
        if outcome.written:
            self._say(Event("written", f"wrote {', '.join(outcome.written)}", outcome.written))
        overtaken = [problem.path for problem in outcome.skipped if problem.code == NoteChanged.code]
        in_use = {problem.path for problem in outcome.skipped if problem.code == NoteInUse.code}
        self._pending.in_use = {path: at for path, at in self._pending.in_use.items() if path in in_use}
        if overtaken:
            self._note_news(News(paths=frozenset(overtaken)))
        failures = [
            problem
            for problem in outcome.skipped
            if problem.code != NoteChanged.code and not self._is_being_saved(problem)
        ]
        if any(problem.code in _PASSING for problem in failures):
            self._pending.retry_at = self._monotonic() + RETRY
        if self._pending.in_use:
            self._put_off(self._keeper.vault.settings.quiet.total_seconds())
        known = {key for key in self._failing if key[0] in left_alone}
        self._failing = self._tell_new(failures, self._failing) | known

    def _is_being_saved(self, problem: Problem) -> bool:
        """Return whether a note has been open for writing for a moment only so far: it is tried again without a word."""
        if problem.code != NoteInUse.code:
            return False
        now = self._monotonic()
        return now - self._pending.in_use.setdefault(problem.path, now) < RETRY

    def _tell_standing(self) -> None:
        """Say what is wrong in the vault, each thing once for as long as it lasts."""
        if self._figures is not None:
            self._standing = self._tell_new(self._keeper.problems(self._figures), self._standing)

    def _tell_new(self, problems: Iterable[Problem], known: Collection[_Key]) -> set[_Key]:
        """Say those problems that are not known, and return what is known now: a problem that comes back is new."""
        found: set[_Key] = set()
        for problem in problems:
            key = (problem.path, problem.code, problem.message)
            if key not in known and key not in found:
                self._say(Event("problem", problem_line(problem), (problem.path,)))
            found.add(key)
        return found

    # The vault itself

    def _start_watching(self) -> None:
        root = self._keeper.vault.root
        kind = gives_no_events(root)
        if kind is not None:
            self._polling = True
            self._say(
                Event(
                    "polling",
                    f"The file system ({kind}) does not tell of changes; looking every {POLL:g} seconds.",
                )
            )
        if self._polling:
            return
        try:
            self._watcher.start()
        except OSError as error:
            self._polling, self._watcher_runs = True, False
            self._say(
                Event(
                    "polling",
                    f"Changes cannot be followed ({error.strerror}); looking every {POLL:g} seconds.",
                )
            )
            return
        self._watcher_runs = True
        blind = blind_folders(root)
        if blind:
            self._polling = True
            self._say(
                Event("polling", f"{blind} folders are beyond the system's limit of watches; looking every {POLL:g} seconds. "
                      "Raise fs.inotify.max_user_watches to follow them at once.")
            )  # fmt: skip

    def _identity(self) -> tuple[int, int] | None:
        """Return which folder the vault's path names, or None where it names none.

        An empty folder is what an unmounted disk leaves behind; a vault that we may write in holds at least its settings.
        """
        try:
            with os.scandir(self._keeper.vault.root) as found:
                if self._keeper.vault.consent and next(found, None) is None:
                    return None
            status = self._keeper.vault.root.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def _vault_is_there(self) -> bool:
        root, found = self._keeper.vault.root, self._identity()
        if found is None:
            if not self._gone:
                self._gone = True
                self._say(Event("gone", f"{root} is not there any more; waiting for it to come back."))
            return False
        if self._gone:
            self._say(Event("back", f"{root} is there again."))
        if self._gone or found != self._root or (self._watcher_runs and not self._watcher.alive()):
            self._gone, self._root = False, found
            self._follow_anew()
        return True

    def _follow_anew(self) -> None:
        """Watch the folder that has taken the place of the one we knew, and look at all of it."""
        self._watcher.stop()
        if self._following:
            self._start_watching()
        self._rescan()

    def seconds_to_wait(self) -> float:
        """Return how long there is nothing to do, unless news comes."""
        now, pending = self._monotonic(), self._pending
        if self._gone:
            return POLL
        times = [self._next_rescan, now + LONGEST_WAIT, now + self._keeper.clock.seconds_until_change()]
        times += [at for at in (pending.settings_at, pending.retry_at, pending.aside_at) if at is not None]
        if pending.unread:
            times.append(
                max(pending.unread.values()) + BURST
                if pending.burst_began is not None
                else min(pending.unread.values())
            )
        if pending.write_at is not None and pending.settings_at is None:
            times.append(pending.write_at)
        return max(0.0, min(times) - now)
