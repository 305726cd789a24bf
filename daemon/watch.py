"""The loop: news comes in, figures are worked out and told at once, notes are written when they have been still."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from ..parsers.note import Note
from ..parsers.problem import Problem
from ..streaks.calendar import Now
from ..streaks.vault_figures import VaultFigures
from ..templates import watch_text as words
from ..templates.news import on_screen
from .announce import StepChange, announcements, step_changes
from .aside import GRACE as ASIDE
from .bulletin import Bulletin
from .cycles import spare_what_is_known
from .daily_note import today_path
from .errors import MicrowinsError, NoteChanged, NoteInUse, ReadOnly, WriteFailed
from .following import POLL, Following, Wish
from .inbox import Inbox, News
from .keeper import Keeper
from .lull import Lull
from .note_read import is_being_written
from .note_writer import AT_ONCE
from .outcome import Outcome
from .own_copies import COPY, OwnCopies
from .place import Place
from .report import problem_line
from .standing import Standing
from .unread import BURST, GRACE, LONGEST_BURST, Unread
from .updating import settle
from .vault import settings_stamp
from .watch_event import Event, Say

RETRY = 60.0
"""Seconds until a note is tried again that the disk or its rights did not let us write."""
SETTINGS_STILL = 0.5
"""Seconds for which a settings file must be still before it is read: a half-written one says something else."""
LONGEST_WAIT = 60.0
CAP = 30.0
"""Seconds after which a note is written although news keeps coming from others."""
AHEAD = 0.25
"""Seconds before a writing at which it is prepared: it holds files open, so that a disk cannot be taken out meanwhile."""
DRAFT = 30.0
"""Seconds for which the micro-wins of a goal must be as they are before new ones get boxes: half-typed names get none."""
WALK_REST = 10.0
"""Between two walks that news asks for lies this many times what one takes of the processor."""

_PASSING = {ReadOnly.code, WriteFailed.code}
"""Failures that pass without any news from the vault."""

Monotonic = Callable[[], float]
Notify = Callable[[str], object]
"""Shows one line of news on the desktop, or does not; raises a MicrowinsError where it cannot."""


@dataclass
class _Pending:
    """What is to be done, and when; what was seen on the way. Times are those of the loop's clock."""

    unread: Unread = field(default_factory=Unread)
    walk: Lull = field(default_factory=Lull)
    writing: Lull = field(default_factory=Lull)
    touched: dict[str, float] = field(default_factory=dict)
    synced_at: float | None = None
    settings_at: float | None = None
    retry_at: float | None = None
    aside_at: float | None = None
    in_use: dict[str, float] = field(default_factory=dict)
    drafted_at: float | None = None
    unprepared: bool = False

    @property
    def prepare_at(self) -> float | None:
        """When what is to be written is planned and put on the disk out of sight: shortly before it is written."""
        return self.writing.at - AHEAD if self.unprepared and self.writing.at is not None else None


class Watch:
    """Keeps one vault up to date until it is told to stop. `open_keeper` opens the vault anew with its settings.

    `monotonic` and `processor` count seconds: those that pass, and those for which this thread was busy.
    """

    def __init__(
        self,
        open_keeper: Callable[[], Keeper],
        inbox: Inbox,
        say: Say,
        *,
        monotonic: Monotonic = time.monotonic,
        processor: Monotonic = time.thread_time,
        notify: Notify | None = None,
        poll: Wish = None,
    ) -> None:
        self._open_keeper = open_keeper
        self._keeper = open_keeper()
        self._inbox = inbox
        self._say = say
        self._notify: Notify = notify or (lambda _line: None)
        self._notify_failed = False
        self._monotonic = monotonic
        self._processor = processor
        self._poll = poll
        root = self._keeper.vault.root
        self._place = Place(root, say)
        self._follow = Following(root, inbox, say, monotonic, asked=self._polling_asked())
        self._pending = _Pending()
        self._figures: VaultFigures | None = None
        self._bulletin = Bulletin()
        self._now: tuple[Now, bool] | None = None
        self._own_copies = OwnCopies()
        self._standing, self._failing = Standing(say), Standing(say)
        self._settings_problem = ""
        self._settings_stamp = settings_stamp(root)
        self._next_walk, self._no_walk_before = 0.0, 0.0
        self._follow_anew = False
        self._lost_at: float | None = None

    @property
    def keeper(self) -> Keeper:
        """The keeper of the vault as it is now."""
        return self._keeper

    def run(self) -> None:
        """Catch up, then follow the vault until the inbox is told to stop; a write in hand is finished first."""
        self._follow.start(asked=self._polling_asked())
        try:
            self.catch_up()
            while not self._inbox.stopping:
                self.step(self._inbox.wait(self.seconds_to_wait()))
        finally:
            self._follow.stop()
            self._close_keeper()

    def step(self, news: News) -> None:
        """Take in news and do what is due."""
        if news.stop or not self._vault_is_there():
            return
        now = self._monotonic()
        if news.settings:
            self._pending.settings_at = now + SETTINGS_STILL
        if news.lost:
            self._tell_lost()
        self._note_news(news)
        if news.rescan or news.lost:
            self._pending.walk.put_off(now, BURST, LONGEST_BURST)
        if self._walk_due():
            self._walk()
        if self._is_due(self._pending.settings_at):
            self._reload()
        if self._is_due(self._pending.unread.next_time()):
            self._read()
        self._turn_the_day()
        if self._is_due(self._pending.retry_at):
            self._pending.retry_at = None
            self._put_off(0)
        if self._pending.settings_at is None:
            self._write_or_prepare()
        self._look_aside()

    def _is_due(self, at: float | None) -> bool:
        return at is not None and self._monotonic() >= at

    def seconds_to_wait(self) -> float:
        """Return how long there is nothing to do, unless news comes."""
        now, pending = self._monotonic(), self._pending
        if self._place.gone:
            return POLL
        times = [self._next_walk, now + LONGEST_WAIT, now + self._keeper.clock.seconds_until_change()]
        if pending.walk.at is not None:
            times.append(max(pending.walk.at, self._no_walk_before))
        others = (pending.unread.next_time(), pending.settings_at, pending.retry_at, pending.aside_at)
        times += [at for at in others if at is not None]
        if pending.writing.at is not None and pending.settings_at is None:
            times.append(pending.writing.at if pending.prepare_at is None else pending.prepare_at)
        return max(0.0, min(times) - now)

    # Reading

    def catch_up(self) -> None:
        """Read the whole vault and write what has changed while nobody watched."""
        root = self._keeper.vault.root
        scanned = self._keeper.read_all()
        self._figures, self._now = self._keeper.figures(), self._present()
        self._bulletin.fresh(self._keeper.life(self._figures))
        wins = len(self._figures.wins)
        self._say(Event("started", words.started(str(root), scanned, wins)))
        self._tell_standing()
        if self._keeper.vault.consent:
            self._keeper.walk.sweep()
            self._tell_outcome(settle(self._keeper, anew=False))
            self._take_away_own_copies()
        else:
            self._say(Event("read-only", words.NOT_SET_UP))
        self._figures = self._keeper.figures()
        spare_what_is_known()
        self._next_walk = self._monotonic() + self._follow.interval(0)

    def _note_news(self, news: News) -> None:
        now, pending = self._monotonic(), self._pending
        if news.synced:
            pending.synced_at = now
        if not news.paths:
            return
        pending.unread.touched(news.paths, now)
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

    def _read(self) -> None:
        now, pending = self._monotonic(), self._pending
        due = pending.unread.take(now)
        changed: list[str] = []
        steps: list[StepChange] = []
        arrived = self._keeper.rereading.inodes_now(due)
        for path in sorted(due, key=self._exists):
            if self._is_mid_save(path, arrived) and pending.unread.wait_for(path, now):
                continue
            at = pending.unread.done(path)
            before = self._keeper.ledger.notes.get(path)
            if self._keeper.read_one(path, seen_live=True):
                changed.append(path)
                if self._brought_by_sync((path,)):
                    self._keeper.note_common(path)
                pending.touched[path] = at
                if _declares_anew(before, self._keeper.ledger.notes.get(path)):
                    pending.drafted_at = now
                steps += step_changes(before, self._keeper.ledger.notes.get(path))
        if changed:
            self._figures_changed(steps)
            pending.unprepared = len(changed) <= AT_ONCE
            self._put_off(
                self._keeper.vault.settings.quiet.total_seconds(),
                max(map(pending.touched.__getitem__, changed)),
            )

    def _exists(self, path: str) -> bool:
        return os.path.exists(self._keeper.vault.root / path)  # noqa: PTH110 - False where nobody may look

    def _is_mid_save(self, path: str, arrived: Collection[int]) -> bool:
        """Return whether a note is being written, or one that we know is missing or empty: a save passes through that.

        A note that is gone while its very file stands under another name was moved, and is not waited for.
        """
        if is_being_written(self._keeper.vault.root / path):
            return True
        if path not in self._keeper.ledger.notes:
            return False
        if self._keeper.rereading.inode(path) in arrived and not self._exists(path):
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
            self._tell_news(self._figures)
        self._tell_standing()

    def _tell_news(self, figures: VaultFigures) -> None:
        """Say what was reached with this change, each thing once a day."""
        for piece in self._bulletin.fresh(self._keeper.life(figures)):
            self._say(Event("news", on_screen(piece.line)))
            if not piece.is_fact:
                self._show(piece.line)

    def _show(self, line: str) -> None:
        """Show a line on the desktop; where that fails, say so once."""
        try:
            self._notify(line)
        except MicrowinsError as error:
            if not self._notify_failed:
                self._say(Event("problem", f"{error.message} {error.hint}"))
            self._notify_failed = True

    # Walks over the whole vault

    def _walk_due(self) -> bool:
        now = self._monotonic()
        return now >= self._next_walk or (self._pending.walk.over(now) and now >= self._no_walk_before)

    def _walk(self) -> None:
        """Find what nobody told of. Events of folders that are not followed yet may be lost until it begins, not after."""
        self._pending.walk.clear()
        began = self._processor()
        if self._follow_anew or self._follow.is_outgrown():
            self._follow_anew = False
            self._follow.start(asked=self._polling_asked())
        changed = self._keeper.changed_since()
        if changed:
            self._note_news(News(paths=frozenset(changed)))
        if self._keeper.vault.consent and self._own_copies.undecided(self._keeper):
            self._put_off(self._keeper.vault.settings.sync_quiet.total_seconds())
        stamp = settings_stamp(self._keeper.vault.root)
        if stamp != self._settings_stamp:
            self._pending.settings_at = self._monotonic() + SETTINGS_STILL
        self._tell_standing()
        cost, now = self._processor() - began, self._monotonic()
        self._no_walk_before = now + cost * WALK_REST
        self._next_walk = now + self._follow.interval(cost)

    def _tell_lost(self) -> None:
        """Say that news was lost, once for all of a storm; the vault is followed anew, as folders may be unknown now."""
        now = self._monotonic()
        if self._lost_at is None or now - self._lost_at >= LONGEST_WAIT:
            self._say(Event("lost", words.LOST))
        self._lost_at, self._follow_anew = now, self._follow.runs

    # Settings

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
        was_asked = self._polling_asked()
        self._keeper, self._settings_problem = fresh, ""
        self._figures = fresh.figures(now)
        self._bulletin.fresh(fresh.life(self._figures))
        self._say(Event("settings", words.SETTINGS))
        if self._follow.runs and was_asked != self._polling_asked():
            self._follow.start(asked=self._polling_asked())
            self._pending.walk.put_off(self._monotonic(), 0, 0)
        self._tell_standing()
        self._put_off(0)

    def _polling_asked(self) -> Wish:
        setting = self._keeper.vault.settings.poll
        return setting if self._poll is None and isinstance(setting, bool) else self._poll

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
        self._bulletin.fresh(self._keeper.life(self._figures))
        if before is not None and today < before:
            self._say(Event("day", words.day_back(today)))
        elif today != before:
            self._say(Event("day", words.day_begun(today)))
        self._tell_standing()
        self._put_off(0)

    # Writing

    def _put_off(self, seconds: float, since: float | None = None) -> None:
        """Set the next writing to so many seconds from now, or from a moment ago: each new change puts it off, up to a cap."""
        now = self._monotonic() if since is None else since
        self._pending.writing.put_off(now, seconds, max(CAP, seconds))

    def _write_or_prepare(self) -> None:
        if self._is_due(self._pending.writing.at):
            self._write()
        elif self._is_due(self._pending.prepare_at):
            self._prepare()

    def _prepare(self) -> None:
        """Plan ahead what is to be written once all has been still, as far as nothing more is to be read."""
        pending = self._pending
        pending.unprepared = False
        if self._keeper.vault.consent and pending.writing.at is not None and not pending.unread.paths:
            self._keeper.planning.leave_alone(self._busy(pending.writing.at))
            self._keeper.planning.prepare()

    def _write(self) -> None:
        self._pending.writing.clear()
        self._pending.unprepared = False
        if not self._keeper.vault.consent:
            self._keeper.remember()
            return
        busy = self._busy(self._monotonic())
        self._keeper.planning.leave_alone(busy)
        self._tell_outcome(settle(self._keeper, anew=False), left_alone=busy)
        self._take_away_own_copies()
        self._figures = self._keeper.figures()
        self._pending.touched = {path: at for path, at in self._pending.touched.items() if path in busy}
        if busy:
            self._put_off(self._keeper.vault.settings.quiet.total_seconds())

    def _take_away_own_copies(self) -> None:
        removed = self._own_copies.take_away(self._keeper)
        if removed:
            self._say(Event("removed", words.removed_copies(removed), removed))
        self._tell_standing()

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

    def _busy(self, now: float) -> set[str]:
        """Return the notes that somebody is still writing in, or that we have not looked at since they were touched."""
        pending = self._pending
        quiet = self._keeper.vault.settings.quiet.total_seconds()
        busy = {path for path, at in pending.touched.items() if now - at < quiet} | pending.unread.paths
        if pending.drafted_at is not None and now - pending.drafted_at < DRAFT:
            return busy | {
                today_path(self._keeper.vault, self._keeper.ledger, self._keeper.clock.now().today)
            }
        return busy

    # Telling

    def _tell_outcome(self, outcome: Outcome, left_alone: Collection[str] = ()) -> None:
        if outcome.created:
            self._say(Event("created", words.made(outcome.created), outcome.created))
        if outcome.written:
            self._say(Event("written", words.wrote(outcome.written), outcome.written))
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
        self._failing.tell(failures, unsure=left_alone)

    def _is_being_saved(self, problem: Problem) -> bool:
        """Return whether a note has been open for writing for a moment only so far: it is tried again without a word."""
        if problem.code != NoteInUse.code:
            return False
        now = self._monotonic()
        return now - self._pending.in_use.setdefault(problem.path, now) < RETRY

    def _tell_standing(self) -> None:
        """Say what is wrong in the vault, each thing once for as long as it lasts."""
        if self._figures is not None:
            problems = self._keeper.problems(self._figures)
            own = self._own_copies.undecided(self._keeper) if self._keeper.vault.consent else ()
            self._standing.tell(one for one in problems if one.code != COPY or one.path not in own)

    # The vault itself

    def _vault_is_there(self) -> bool:
        sight = self._place.look(may_be_empty=not self._keeper.vault.consent)
        if sight == "gone":
            return False
        if sight == "another" or self._follow.is_broken():
            self._follow_anew = self._follow.runs
            self._pending.walk.put_off(self._monotonic(), 0, 0)
        return True


def _declares_anew(before: Note | None, after: Note | None) -> bool:
    """Return whether a goal note declares other micro-wins than a moment ago."""
    now = _declared(after)
    return bool(now) and now != _declared(before)


def _declared(note: Note | None) -> list[str]:
    return [one.text for one in note.goal.declarations] if note is not None and note.goal is not None else []
