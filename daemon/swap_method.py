"""What a folder's file system offers for replacing a note, found out by trying it on files of our own."""

import os
from pathlib import Path

from . import lease
from .exchange import NotOffered, exchange
from .temporary import READ, temporary_file

LEASED, EXCHANGED, RENAMED = "lease and exchange", "exchange", "compare and rename"


def swap_method(folder: Path) -> str:
    """Return the surest of the three ways that works in a folder; two files are made there and taken away again.

    Raise OSError where no file can be made.
    """
    with (
        temporary_file(folder / "one", b"1", like=None) as one,
        temporary_file(folder / "two", b"2", like=None) as two,
    ):
        try:
            exchange(one, two)
        except (NotOffered, OSError):
            return RENAMED
        return LEASED if _has_leases(one) else EXCHANGED


def _has_leases(file: Path) -> bool:
    descriptor = os.open(file, READ)
    try:
        leased = lease.take(descriptor)
        return leased and lease.is_whole(descriptor)
    finally:
        os.close(descriptor)
