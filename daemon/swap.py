"""The new text takes the note's place, if what it takes the place of is exactly what was read.

Under a lease nobody writes into the note while it is compared and the two names change places. What comes out is
looked at once more: had somebody put another file there at the last instant, or wanted to write, the names change
back before anybody's save is lost.
"""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from . import exchange, lease
from .displaced import Displaced
from .errors import NoteChanged, NoteInUse
from .exchange import NotOffered
from .new_name import give_name
from .temporary import READ, text_digest

_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}
# Windows refuses to replace a file that anybody holds open; indexers and sync clients let go soon.
_REFUSED_PAUSES = (0.05, 0.1, 0.2, 0.5) if sys.platform == "win32" else ()
IN_USE_PAUSES = (0.001, 0.004, 0.015, 0.05)
"""Seconds between looks at a note that is open for writing: mostly it is being saved."""

Keep = Callable[[Displaced], None]


@dataclass(frozen=True, slots=True)
class Calls:
    """What a swap asks of the operating system; tests put others in its place."""

    exchange: Callable[[Path, Path], None] = exchange.exchange
    take_lease: Callable[[int], bool] = lease.take
    lease_is_whole: Callable[[int], bool] = lease.is_whole
    let_go: Callable[[int], None] = lease.let_go
    pause: Callable[[float], None] = time.sleep
    holds_open: bool = sys.platform != "win32"
    """Whether a file can be replaced while we have it open."""


THIS_SYSTEM = Calls()


@dataclass(frozen=True, slots=True)
class Swap:
    """A finished file beside a note, which is to take its place: `path` as it was named, `real` where it is."""

    path: Path
    real: Path
    ready: Path
    expected: bytes
    new: bytes
    keep: Keep
    calls: Calls

    def make(self) -> None:
        """Make the swap, whole or not at all. Raise NoteChanged, NoteInUse or OSError.

        The file that lost its place is handed to `keep`, still open: whoever had found it by its name before the
        swap may write into it a moment later.
        """
        if not self.calls.holds_open:
            self._swap(None, leased=False)
            return
        held = self._opened()
        try:
            with self._leased(held) as leased:
                self._swap(held, leased=leased)
        except BaseException:
            os.close(held)
            raise
        self.keep(Displaced(self.real, held, text_digest(self.expected), text_digest(self.new)))

    def _opened(self) -> int:
        try:
            return os.open(self.real, READ)
        except OSError as error:
            raise self._meaning(error) from error

    @contextmanager
    def _leased(self, held: int) -> Iterator[bool]:
        """Keep writers out while the body runs; give False where there are no leases."""
        leased = self._take(held)
        try:
            yield leased
        finally:
            if leased:
                self.calls.let_go(held)

    def _take(self, held: int) -> bool:
        for pause in (*IN_USE_PAUSES, None):
            try:
                return self.calls.take_lease(held)
            except BlockingIOError:
                if pause is None:
                    raise NoteInUse(self.path) from None
            self.calls.pause(pause)
        raise AssertionError("the last try has returned or raised")

    def _swap(self, held: int | None, *, leased: bool) -> None:
        if self._text_at(held) != self.expected:
            raise NoteChanged(self.path)
        with ExitStack() as pins:
            ours = self._pinned(pins)
            try:
                self._exchange()
            except NotOffered:
                self._replace(held)
                return
            if not self._came_out_as_compared(held, leased=leased):
                try:
                    self._put_back(ours, pins)
                except OSError:
                    return  # our text stays, and theirs is kept beside it when the temporary file is taken away
                raise NoteChanged(self.path)
        with suppress(OSError):  # it is taken away later
            self.ready.unlink()

    def _pinned(self, pins: ExitStack) -> os.stat_result:
        """Return the status of the file that stands ready, held open by `pins`: else, once it is gone, another file may get its number."""
        if self.calls.holds_open:
            with suppress(OSError):
                descriptor = os.open(self.ready, READ)
                pins.callback(_close, descriptor)
                return os.fstat(descriptor)
        return self.ready.lstat()

    def _exchange(self) -> None:
        for pause in (*_REFUSED_PAUSES, None):
            try:
                self.calls.exchange(self.real, self.ready)
            except PermissionError:
                if pause is None:
                    raise
                self.calls.pause(pause)
            except OSError as error:
                raise self._meaning(error) from error
            else:
                return

    def _came_out_as_compared(self, held: int | None, *, leased: bool) -> bool:
        """Tell whether the file that came out is the one that was compared, and nobody wanted to write meanwhile."""
        try:
            if held is not None and not os.path.samestat(self.ready.lstat(), os.fstat(held)):
                return False
            if leased and not self.calls.lease_is_whole(held or 0):
                return False
            return self._text_at(held, self.ready) == self.expected
        except (OSError, NoteChanged):
            return False

    def _put_back(self, ours: os.stat_result, pins: ExitStack) -> None:
        """Let the names change back: what came out is newer than what we read.

        If in that instant yet another file took the place, it comes out now, and goes back in its turn: then the one
        before it was saved over, as it would have been without us. Our own file may have been opened by somebody
        meanwhile, so it is kept like every file that lost its place.
        """
        held, put_in = self._open_ours(ours), ours
        try:
            while True:
                came_out, put_in = put_in, self._pinned(pins)
                self._exchange_back()
                if not self.ready.exists() or os.path.samestat(self.ready.lstat(), came_out):
                    break
            with suppress(OSError):
                if os.path.samestat(self.ready.lstat(), came_out):
                    self.ready.unlink()
            if held is not None:
                self._keep_ours(held)
        except BaseException:
            if held is not None:
                os.close(held)
            raise

    def _open_ours(self, ours: os.stat_result) -> int | None:
        """Return our file, open, if it has the note's name still and may be held."""
        if not self.calls.holds_open:
            return None
        with suppress(OSError):
            descriptor = os.open(self.real, READ)
            if os.path.samestat(os.fstat(descriptor), ours):
                return descriptor
            os.close(descriptor)
        return None

    def _keep_ours(self, held: int) -> None:
        successor = ""
        with suppress(OSError):
            successor = text_digest(self.real.read_bytes())
        self.keep(Displaced(self.real, held, text_digest(self.new), successor))

    def _exchange_back(self) -> None:
        try:
            self.calls.exchange(self.real, self.ready)
        except FileNotFoundError:
            # Somebody has taken our text away; theirs goes to the empty place, or stays to be kept beside it.
            if give_name(self.ready, self.real):
                with suppress(OSError):
                    self.ready.unlink()

    def _replace(self, held: int | None) -> None:
        """Rename over the note where names cannot change places, having looked directly before whether it is the same."""
        for pause in (*_REFUSED_PAUSES, None):
            if held is not None and not self._is_still(held):
                raise NoteChanged(self.path)
            try:
                self.ready.replace(self.real)
            except PermissionError:
                if pause is None:
                    raise
                self.calls.pause(pause)
            else:
                return

    def _is_still(self, held: int) -> bool:
        try:
            return os.path.samestat(self.real.lstat(), os.fstat(held))
        except OSError as error:
            raise self._meaning(error) from error

    def _text_at(self, held: int | None, place: Path | None = None) -> bytes:
        """Return the bytes of the open file, or of the one at a place."""
        if held is None:
            try:
                return (place or self.real).read_bytes()
            except OSError as error:
                raise self._meaning(error) from error
        return read_from_start(held)

    def _meaning(self, error: OSError) -> Exception:
        """Return what is told of a failure: a note that is gone, or has become something else, was changed."""
        return NoteChanged(self.path) if error.errno in _GONE else error


def _close(descriptor: int) -> None:
    with suppress(OSError):
        os.close(descriptor)


def read_from_start(descriptor: int) -> bytes:
    """Return all bytes of an open file, wherever it was read to."""
    data = b""
    while more := os.pread(descriptor, os.fstat(descriptor).st_size - len(data) + 1, len(data)):
        data += more
    return data
