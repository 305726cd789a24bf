"""The files that are shipped beside this code, such as the catalogues of words."""

from __future__ import annotations

from pathlib import Path


def shipped(*names: str) -> Path:
    """Return the path of a file or folder among ours. `importlib.resources` would load half a MB to tell the same."""
    return Path(__file__).parent.joinpath(*names)
