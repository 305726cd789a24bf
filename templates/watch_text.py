"""What `watch` says of itself and of the folder that it follows; ticks are answered by `phrases`."""

from __future__ import annotations

from collections.abc import Sequence

NOT_SET_UP = "Nothing is written: microwins has not been set up here. Run `microwins init`."
SETTINGS = "Settings read again."
LOST = "More changed at once than the system could tell of; the whole vault is looked at."
STOPPED = "Stopped."
FOLLOWING = "Changes are told again as they happen."


def started(vault: str, notes: int, wins: int) -> str:
    """Return the first line."""
    return f"Watching {vault}: {_count(notes, 'note')}, {_count(wins, 'micro-win')}. Ctrl-C stops."


def day_back(day: object) -> str:
    """Return what is said when the day goes back: after a journey, or a clock that was set."""
    return f"By the clock it is {day} again."


def day_begun(day: object) -> str:
    """Return what is said when a day begins."""
    return f"A new day: {day}."


def made(paths: Sequence[str]) -> str:
    """Return which notes were made."""
    return f"made {', '.join(paths)}"


def wrote(paths: Sequence[str]) -> str:
    """Return which notes were written."""
    return f"wrote {', '.join(paths)}"


def removed_copies(paths: Sequence[str]) -> str:
    """Return which conflict copies were taken away because nothing but our own blocks differed."""
    return f"removed {', '.join(paths)}: only blocks of microwins differed"


def gone(vault: str) -> str:
    """Return what is said when the vault's folder is not there."""
    return f"{vault} is not there any more; waiting for it to come back."


def back(vault: str) -> str:
    """Return what is said when it is there again."""
    return f"{vault} is there again."


def polling_asked(seconds: float) -> str:
    """Return how changes are found where somebody chose so."""
    return f"Looking for changes every {seconds:g} seconds."


def polling_file_system(kind: str, seconds: float) -> str:
    """Return how changes are found on a file system that does not tell of them."""
    return (
        f"The file system ({kind}) does not tell of all changes; looking every {seconds:g} seconds. "
        "If it does, set poll = false."
    )


def polling_refused(reason: str, seconds: float) -> str:
    """Return how changes are found where the system refuses to tell of any."""
    return f"Changes cannot be followed ({reason}); looking every {seconds:g} seconds."


def polling_limit(folders: int, seconds: float) -> str:
    """Return how changes are found in folders that the system has no watch for, and what to do."""
    count = "1 folder is" if folders == 1 else f"{folders} folders are"
    return (
        f"{count} beyond the system's limit of watches; looking every {seconds:g} seconds. "
        "Raise fs.inotify.max_user_watches to follow all of them at once."
    )


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
