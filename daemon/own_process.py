"""Other processes of this program."""

from __future__ import annotations

import sys


def command(module: str) -> tuple[str, ...]:
    """Return the words that run the `main` of a module of ours in another process.

    It reads the names of files as this one does, and loads nothing from the folder that the program happens to stand in.
    """
    run = f"from {module} import main; main()"
    return sys.executable, "-P", "-X", f"utf8={sys.flags.utf8_mode}", "-c", run
