"""A read lease on an open file: while it is whole, nobody has the file open for writing.

Whoever opens it for writing meanwhile waits, in the system's own `open`, until the lease is let go; the wait is as
long as a swap takes, far below a millisecond. Only Linux has leases, and there only local file systems and the
file's owner.
"""

import sys
from contextlib import suppress

if sys.platform == "linux":
    import fcntl
    import signal

    _SET_SIGNAL = 10
    """F_SETSIG, which Python's fcntl does not name."""

    def take(descriptor: int) -> bool:
        """Take the lease; return False where there are none. Raise BlockingIOError while the file is open for writing.

        The signal that tells of a broken lease would end the process. It is asked for as SIGURG, which is ignored
        unless somebody asks for it: no thread, handler or mask of the process has to be touched.
        """
        try:
            fcntl.fcntl(descriptor, _SET_SIGNAL, signal.SIGURG)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except BlockingIOError:
            raise
        except OSError:
            return False
        return True

    def is_whole(descriptor: int) -> bool:
        """Tell whether nobody has wanted to write since the lease was taken."""
        return fcntl.fcntl(descriptor, fcntl.F_GETLEASE) == fcntl.F_RDLCK

    def let_go(descriptor: int) -> None:
        """Let those write who waited for it."""
        with suppress(OSError):  # closing the file does the same
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)

else:

    def take(descriptor: int) -> bool:
        """Return False: this system has no leases."""
        del descriptor
        return False

    def is_whole(descriptor: int) -> bool:
        """Return False: there is none."""
        del descriptor
        return False

    def let_go(descriptor: int) -> None:
        """Do nothing."""
        del descriptor


def is_open_for_writing(descriptor: int) -> bool:
    """Tell whether anybody has the file open for writing; False where the system cannot tell."""
    try:
        leased = take(descriptor)
    except BlockingIOError:
        return True
    if leased:
        let_go(descriptor)
    return False
