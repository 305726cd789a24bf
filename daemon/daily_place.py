"""Where a vault's daily notes lie, as its notes and folders show it where no settings say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from ..parsers.moment import format_moment
from ..parsers.note import DATE_TEXT
from ..parsers.note_date import PeriodicFormat, note_path
from .config_files import config_folder
from .keeper import Keeper
from .vault import Vault

_BELOW = (
    "", "YYYY", "YYYY-MM", "YYYY/MM", "YYYY/MMMM", "YYYY/MM-MMMM", "YYYY/MM-MMM", "YYYY/YYYY-MM", "YYYY/[Q]Q", "YYYY/[W]WW",
)  # fmt: skip
"""The folders of years and months that people keep daily notes in, the least first."""
_NAMES = frozenset(
    (
        "daily", "dailies", "daily note", "daily notes", "daily-notes", "dailynotes", "diary", "journal", "journals",
        "tagebuch", "tagesnotizen",
    )
)  # fmt: skip
"""What a folder for daily notes is called, before there is one in it."""


@dataclass(frozen=True, slots=True)
class DailyPlace:
    """The folder of the daily notes, and their format where they lie in folders of years or months below it.

    Each is empty where nothing is to be set.
    """

    folder: str = ""
    format: str = ""

    @property
    def shown(self) -> str:
        """The folders as they are told, such as `Journal/YYYY`."""
        return "/".join(filter(None, (self.folder, self.format.rpartition("/")[0])))

    def path_of(self, day: date, usual: PeriodicFormat, locale: str) -> str:
        """Return the path of a day's note; `usual` is how notes are called where nothing is set here."""
        fmt = PeriodicFormat("day", self.folder or usual.folder, self.format or usual.format)
        return note_path(fmt, day, locale)


def daily_place(vault: Vault, keeper: Keeper) -> DailyPlace:
    """Return where daily notes lie, by the notes that are named by a date, else by the one folder that is called so.

    Nothing where the settings or Obsidian's say it. In Obsidian new daily notes lie at the root as long as nothing
    else is set, so that the name of a folder says nothing there.
    """
    if any(vault.origins[key] != "default" for key in ("daily.folder", "daily.format")):
        return DailyPlace()
    folders, places = Counter[str](), Counter[tuple[str, str]]()
    for ordinal, path in keeper.ledger.daily_notes():
        folder = path.rpartition("/")[0]
        folders[folder] += 1
        places.update(_places(folder, date.fromordinal(ordinal)))
    if folders.total() > 1:
        return _of_notes(folders, places)
    named = folder_called(vault, _NAMES)
    return DailyPlace(named) if named and all(_is_in(one, named) for one in folders) else DailyPlace()


def _of_notes(folders: Counter[str], places: Counter[tuple[str, str]]) -> DailyPlace:
    """Return the folder, with the folders below it, in which most of the notes lie; the most folders of dates of several."""
    folder, below = max(places, key=lambda one: (places[one], one[1].count("/"), one[1], one[0]))
    if places[folder, below] * 2 < folders.total() and (common := _common(folders)):
        folder, below = common, ""
    return DailyPlace(folder, f"{below}/{DATE_TEXT}" if below else "")


def _places(folder: str, day: date) -> Iterator[tuple[str, str]]:
    """Yield each folder with the folders of dates below it in which a note may be said to lie that lies in this one."""
    for below in _BELOW:
        inside = format_moment(below, day, "en") if below else ""
        if not inside or folder == inside:
            yield "" if inside else folder, below
        elif folder.endswith(f"/{inside}"):
            yield folder.removesuffix(f"/{inside}"), below


def _common(folders: Counter[str]) -> str:
    """Return the deepest folder below which four of five of the notes lie; empty where that is the root."""
    parents = Counter[str]()
    for folder, number in folders.items():
        parents.update(
            {one.as_posix(): number for one in (PurePosixPath(folder), *PurePosixPath(folder).parents)}
        )
    likely = [one for one, number in parents.items() if number * 5 > folders.total() * 4 and one != "."]
    return max(likely, key=len, default="")


def folder_called(vault: Vault, names: Set[str]) -> str | None:
    """Return the one folder at the root that bears one of these names, given in lower case; None where Obsidian knows better."""
    if config_folder(vault.root):
        return None
    try:
        folders = [path.name for path in vault.root.iterdir() if path.is_dir() and not path.is_symlink()]
    except OSError:
        return None
    found = [name for name in folders if name.casefold() in names and not vault.exclusions.leaves_out(name)]
    return found[0] if len(found) == 1 else None


def _is_in(folder: str, other: str) -> bool:
    return f"{folder}/".startswith(f"{other}/")
