"""The rows of an index's notes, all of them or none: of each it is seen whether it is as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

from .cache_file import CacheFile, CacheLost
from .folder_row import sum_of_checks
from .row_check import RowCheck


class WholeRows:
    """The rows of the notes that were read in one way; what their checks come to the folders tell."""

    def __init__(self, cache: CacheFile, check: RowCheck, made_by: str) -> None:
        self._cache = cache
        self._check = check
        self._made_by = made_by

    def each(self) -> Iterator[tuple[str, bytes]]:
        """Yield the path of each note that has a row, and the row with its check; raise `CacheLost` where any is damaged.

        One that is missing or that is too many shows only at the end.
        """
        missing = self._sum_of_checks()
        rows = self._cache.each(
            "SELECT path, stamp, note FROM notes, made_by WHERE print = ?", (self._made_by,)
        )
        for path, stamp, data in rows:
            check = self._check.whole(path, stamp, data)
            if not check:
                self.lose()
            missing -= check
            yield path, data
        if missing:
            self.lose()

    def _sum_of_checks(self) -> int:
        rows = self._cache.each("SELECT checks FROM folders, made_by WHERE print = ?", (self._made_by,))
        found = 0
        for (checks,) in rows:
            more = sum_of_checks(checks)
            if more is None:
                self.lose()
            found += more
        return found

    def lose(self) -> NoReturn:
        """Tell that something is not as it was written, which leaves nothing to rely on."""
        self._cache.damaged = True
        raise CacheLost
