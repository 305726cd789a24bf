"""The notes that are to be made: today's, and those of longer periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..parsers.note import read_note
from ..parsers.period import Period
from ..parsers.problem import Problem
from ..templates.view import View
from .change import Change, Unproved, proved_change
from .clock import DayClock
from .daily_note import draft_daily_note, today_path
from .draft import Draft
from .journal import Journal
from .ledger import Ledger
from .note_plan import Page, page_edits
from .note_read import RawNote
from .period_note import draft_period_note, period_path, period_with, wanted_kinds
from .shown import Shown
from .vault import Vault


class NewNotes:
    """Makes each note once, with its blocks filled: one that somebody took back or deleted is not wanted."""

    def __init__(
        self, vault: Vault, clock: DayClock, ledger: Ledger, journal: Journal | None, shown: Shown
    ) -> None:
        self._vault = vault
        self._clock = clock
        self._ledger = ledger
        self._journal = journal
        self._shown = shown

    def due(self, *, create_daily: bool) -> Iterator[Change | Problem]:
        """Yield the making of the notes whose time has come, as far as the settings want them, or `create_daily` does."""
        if create_daily or (self._vault.settings.daily_create and self._clock.daily_note_due()):
            yield from self.daily()
        if self._clock.daily_note_due():
            for kind in wanted_kinds(self._vault):
                period = period_with(self._vault, kind, self._clock.now().today)
                yield from self.period(period, anew=False)

    def daily(self, *, light: bool = False, asked: bool = False) -> Iterator[Change | Problem]:
        """Yield the making of today's daily note, if there is none; where it is asked for, also of one that was taken back."""
        now = self._clock.now()
        path = today_path(self._vault, self._ledger, now.today)
        if (not asked and self._is_held(path)) or (self._vault.root / path).exists():
            return
        draft = replace(draft_daily_note(self._vault, now.today, light=light), path=path)
        yield from self._made(draft, self._shown.view(self._shown.figures(now)), is_today=True)

    def period(self, period: Period, *, anew: bool = True) -> Iterator[Change | Problem]:
        """Yield the making of a period's note, if there is none; without `anew` not where one was made before."""
        path = period_path(self._vault, period)
        if (self._vault.root / path).exists() or (not anew and self._was_made(path)):
            return
        view = self._shown.view(self._shown.figures())
        yield from self._made(draft_period_note(self._vault, period), view, is_today=False)

    def _is_held(self, path: str) -> bool:
        return self._journal is not None and self._journal.holds(path, None)

    def _was_made(self, path: str) -> bool:
        """Return whether a note that is not there now was made on this machine: whoever deleted it does not want it."""
        if self._journal is None:
            return False
        return self._is_held(path) or any(self._journal.changes(path, most=1))

    def _made(self, draft: Draft, view: View, *, is_today: bool) -> Iterator[Change | Problem]:
        yield from draft.problems
        path = draft.path
        data = draft.text.encode("utf-8", "surrogateescape")
        page = Page(
            RawNote(path, data, draft.text, valid=True),
            read_note(path, draft.text, self._vault.reading),
            is_today=is_today,
        )
        try:
            filled = self._filled(page, view)
        except Unproved as error:
            yield Problem(path, None, error.code, error.message, error.hint)
            return
        yield replace(filled, before=None) if filled else Change(path, None, data)

    def _filled(self, page: Page, view: View) -> Change | None:
        edits = page_edits(page, view, self._ledger.catalog)
        proved = proved_change(page.raw, page.note, edits, self._vault.reading) if edits else None
        return proved[0] if proved is not None else None
