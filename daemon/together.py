"""Several waits for the disk at the same time: it puts many files down in the time that one takes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence


def together(actions: Sequence[Callable[[], object]]) -> list[OSError | None]:
    """Do all of these at once, each in a thread of its own but the last; return for each the OSError it ended with."""
    failures: list[OSError | None] = [None] * len(actions)

    def run(place: int) -> None:
        try:
            actions[place]()
        except OSError as error:
            failures[place] = error

    begun = [thread for place in range(len(actions) - 1) if (thread := _begun(run, place))]
    if actions:
        run(len(actions) - 1)
    for thread in begun:
        thread.join()
    return failures


def _begun(run: Callable[[int], None], place: int) -> threading.Thread | None:
    """Return the thread that runs now; where the system gives none, it is done at once."""
    thread = threading.Thread(target=run, args=(place,), daemon=True)
    try:
        thread.start()
    except RuntimeError:
        run(place)
        return None
    return thread
