"""The words of `doctor`: what was looked at, and what was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .lines import beside
from .phrases import number

TITLES = {
    "version": "version",
    "vault": "vault",
    "settings": "settings",
    "state": "state folder",
    "cache": "cache folder",
    "lock": "writer",
    "index": "index",
    "swap": "replacing notes",
    "watches": "following changes",
    "notifications": "notifications",
    "agreement": "index and notes",
}
SWAPS = {
    "lease and exchange": "under a lease, by changing places: a save at the same moment goes before ours",
    "exchange": "by changing places, each looked at again afterwards: a save that came too late is brought back",
    "compare and rename": "compared, then renamed over: a save in that very instant could be overtaken",
}
SWAP_UNKNOWN = "not tried: nothing is written here before `microwins init`"
NOT_SET_UP = "read only: `microwins init` has not been run here"
NO_WRITER = "nobody is writing"
NO_INDEX = "none yet; the next pass makes it"
NO_LIMIT_KNOWN = "no limit of watches is known on this system"
NOT_COMPARED = "not compared; `microwins doctor --full` reads every note again"
NOT_WANTED = "off on this machine"
SETTINGS_INVALID = "the settings of this machine cannot be used"
HEALTHY = "Everything is as it should be."


def defaults(files: Sequence[str]) -> str:
    """Return why the defaults hold: there is no file of settings, or there is one that changes none of them."""
    return f"{' and '.join(files) or 'none in the vault'}; the defaults hold"


def version(program: str, python: str, system: str, *, compiled: bool) -> str:
    """Return which program runs on what, and how it reads notes."""
    reading = "compiled" if compiled else "not compiled: it reads notes in Python alone, which takes longer"
    return f"microwins {program}, Python {python}, {system}; {reading}"


def index(notes: int) -> str:
    """Return how much the index knows."""
    return f"readable, notes known: {number(notes)}"


def watches(folders: int, most: int, silent: str | None) -> str:
    """Return how many watches are needed and allowed; of a `silent` kind of file system, that it is looked at instead."""
    text = f"folders: {number(folders)}, watches that the system allows: {number(most)}"
    return (
        text
        if silent is None
        else f"{text}; {silent} does not tell of all changes, so `watch` looks every few seconds"
    )


def notifications(quiet: str) -> str:
    """Return when notifications are shown on this machine; `quiet` are the hours in which none is, or nothing."""
    return f"wanted, but none from {quiet.replace('-', ' to ')}" if quiet else "wanted, at any hour"


def agreement(notes: int, indexed: int, different: int) -> str:
    """Return how the index compares with a fresh reading."""
    return f"notes read: {number(notes)}, of them in the index: {number(indexed)}, different: {number(different)}"


def table(rows: Iterable[tuple[str, str]], columns: int | None = None) -> str:
    """Return findings under one another, broken between words where there are only so many columns."""
    found = [(TITLES.get(name, name), text) for name, text in rows]
    width = max(len(title) for title, _ in found)
    heads = [(f"{title:<{width}}  ", text) for title, text in found]
    if columns is None:
        return "\n".join(head + text for head, text in heads)
    return "\n".join(line for head, text in heads for line in beside(head, text, columns))
