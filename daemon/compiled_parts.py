"""What of the program is compiled where there is a compiler; Python has the same answers, later."""

from __future__ import annotations

from importlib.util import find_spec

_PARTS = ("parsers.box_bytes", "streaks.quick_sums", "daemon.folder_files")


def are_compiled() -> bool:
    """Return whether all parts that may be compiled are."""
    package = __name__.partition(".")[0]
    return all(find_spec(f"{package}.{part}") is not None for part in _PARTS)
