"""An index whose pages are damaged, mixed up or as they were long ago: no figure follows from it that the notes do not tell."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from errno import EACCES
from pathlib import Path
from random import Random
from shutil import copytree

import pytest

from microwins.daemon.cache_file import CacheLost
from microwins.daemon.clock import DayClock
from microwins.daemon.index import NoteIndex
from microwins.daemon.keeper import Keeper
from microwins.daemon.seen import Seen
from microwins.daemon.vault import open_vault
from microwins.daemon.walk import Walk
from microwins.daemon.whole_reading import WholeReading

NOON = datetime(2026, 11, 21, 9, tzinfo=UTC)
BEFORE = datetime(2026, 11, 1, tzinfo=UTC).timestamp()
GOAL = "---\ntype: goal\nstart: 2026-10-01\n---\n## Micro-wins\n- Walk 🔁 every day\n- Read 🔁 every day\n"
PAGE = 512
TRIALS = 4


class Damaged:
    """A vault with an index of how it is now and one of how it was before some notes changed."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("microwins.daemon.cache_file._PAGE_BYTES", PAGE)
        self.folder, self.root = folder, folder / "vault"
        self.write(".microwins.toml", 'stamp = "off"\n')
        self.write("Goal.md", GOAL)
        for day in range(1, 21):
            self.write(f"Journal/2026-11-{day:02}.md", f"- [{' x'[day % 2]}] Walk\n- [x] Read\n")
            self.write(f"Notes/{day % 3}/{day}.md", f"- [x] one of {day} ✅ 2026-11-{day:02}\n" * (day % 4))
        self.opened(folder / "cache").close()
        self.old = self.file(folder / "cache").read_bytes()
        for day in range(1, 21, 3):
            self.write(f"Journal/2026-11-{day:02}.md", "- [x] Walk\n- [ ] Read\n- [x] more\n")
            self.write(f"Notes/{day % 3}/{day}.md", f"- [x] two of {day} ✅ 2026-11-{day:02}\n")
        (self.root / "Notes" / "2" / "2.md").rename(self.root / "Notes" / "1" / "2b.md")
        self.opened(folder / "cache").close()
        self.new = self.file(folder / "cache").read_bytes()

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        os.utime(path, (BEFORE, BEFORE))

    def change(self) -> None:
        """Change, rename and take away notes as somebody would."""
        for day in range(2, 21, 4):
            self.write(f"Journal/2026-11-{day:02}.md", "- [x] Walk\n- [x] Read\n")
            (self.root / f"Journal/2026-11-{day - 1:02}.md").unlink()
        (self.root / "Notes" / "1" / "2b.md").unlink()
        (self.root / "Notes" / "0" / "3.md").rename(self.root / "Notes" / "0" / "3b.md")

    def opened(self, cache: Path | None) -> Keeper:
        vault = open_vault(self.root, {"MICROWINS_TIMEZONE": "UTC"})
        index = NoteIndex(cache, self.root, vault.reading) if cache else None
        clock = DayClock(vault.settings, lambda: NOON)
        keeper = Keeper(vault, clock, Seen(cache or self.folder / "none", self.root), index)
        keeper.read_all()
        return keeper

    def file(self, cache: Path) -> Path:
        [file] = cache.glob("index-*.sqlite3")
        return file

    def trials(self, damage: Callable[[Random, bytearray, bytes], None]) -> Iterator[Path]:
        """Yield cache folders whose indexes are damaged, each in its own way."""
        for seed in range(TRIALS):
            data = bytearray(self.new)
            damage(Random(seed), data, self.old)
            cache = self.folder / f"damaged-{seed}"
            copytree(self.folder / "cache", cache)
            self.file(cache).write_bytes(data)
            yield cache


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Damaged:
    return Damaged(tmp_path, monkeypatch)


def told(keeper: Keeper) -> object:
    figures = keeper.figures()
    dated = [
        [note.path for note in keeper.ledger.dated(figures.now.today.replace(day=day))]
        for day in range(1, 21)
    ]
    return figures, keeper.ledger.boxes(), dated, list(keeper.plan())


def page(random: Random, data: bytearray) -> slice:
    begin = random.randrange(1, len(data) // PAGE) * PAGE
    return slice(begin, begin + PAGE)


def leaf(random: Random, data: bytearray) -> int:
    """Return where a page begins that holds rows."""
    return random.choice(
        [at for at in range(PAGE, len(data), PAGE) if data[at] in (0x0A, 0x0D) and data[at + 4]]
    )


def flip(random: Random, data: bytearray, _old: bytes) -> None:
    for _ in range(8):
        data[random.randrange(PAGE, len(data))] ^= 1 << random.randrange(8)


def zero(random: Random, data: bytearray, _old: bytes) -> None:
    data[page(random, data)] = bytes(PAGE)


def swap(random: Random, data: bytearray, _old: bytes) -> None:
    one, other = page(random, data), page(random, data)
    data[one], data[other] = data[other], data[one]


def duplicate(random: Random, data: bytearray, _old: bytes) -> None:
    data[page(random, data)] = data[page(random, data)]


def lose_rows(random: Random, data: bytearray, _old: bytes) -> None:
    at = leaf(random, data)
    data[at + 4] = random.randrange(data[at + 4])


def lose_half_of_a_checkpoint(random: Random, data: bytearray, old: bytes) -> None:
    for begin in range(PAGE, min(len(data), len(old)) - PAGE + 1, PAGE):
        if random.random() < 0.5:
            data[begin : begin + PAGE] = old[begin : begin + PAGE]


def take_an_old_page(random: Random, data: bytearray, old: bytes) -> None:
    where = page(random, data)
    data[where] = old[where].ljust(PAGE, b"\0")


def cut(random: Random, data: bytearray, _old: bytes) -> None:
    del data[random.randrange(len(data)) :]


DAMAGES = [flip, zero, swap, duplicate, lose_rows, lose_half_of_a_checkpoint, take_an_old_page, cut]


@pytest.mark.parametrize("damage", DAMAGES)
def test_no_damage_of_the_index_makes_a_figure_wrong(
    vault: Damaged, damage: Callable[[Random, bytearray, bytes], None]
) -> None:
    caches = list(vault.trials(damage))
    open_ones = [vault.opened(cache) for cache in caches]
    vault.change()
    fresh = vault.opened(None)
    expected = told(fresh)
    for cache, keeper in zip(caches, open_ones, strict=True):
        unread = cache.with_name(f"{cache.name}-unread")
        copytree(cache, unread)
        for path in sorted(keeper.changed_since()):
            keeper.read_one(path)
        assert told(keeper) == expected
        keeper.close()
        for folder in (cache, cache, unread, unread):
            again = vault.opened(folder)
            assert told(again) == expected
            again.close()
        last = vault.opened(cache)
        assert last.parsed == 0
        assert last.index.problems() == ()
        last.close()
    fresh.close()


def test_notes_that_cannot_be_looked_at_count_as_they_were_where_the_index_cannot_be_read_through(
    vault: Damaged, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = vault.opened(None)
    look = Walk._look_into

    def refused(walk: Walk, folder: str, path: str) -> None:
        if folder == "Journal":
            raise PermissionError(EACCES, "not yours")
        look(walk, folder, path)

    def lost(_self: WholeReading, *, anew: bool) -> None:
        raise CacheLost(anew)

    with monkeypatch.context() as patch:
        patch.setattr(Walk, "_look_into", refused)
        patch.setattr(WholeReading, "_read_changed", lost)
        keeper = vault.opened(vault.folder / "cache")
        assert told(keeper) == told(fresh)
        keeper.close()
    again = vault.opened(vault.folder / "cache")
    assert told(again) == told(fresh)
    assert again.parsed == 0
    again.close()
    fresh.close()


ROWS = {
    "a row that vanished": "DELETE FROM notes WHERE path = 'Journal/2026-11-05.md'",
    "a row of another note": "UPDATE notes SET note = (SELECT note FROM notes WHERE path = 'Journal/2026-11-04.md') WHERE path = 'Journal/2026-11-05.md'",
    "an old row": "INSERT OR REPLACE INTO notes SELECT * FROM old.notes WHERE path LIKE 'Journal/%'",
    "a row of a note that is gone": "INSERT OR IGNORE INTO notes SELECT * FROM old.notes",
    "an old folder": "INSERT OR REPLACE INTO folders SELECT * FROM old.folders WHERE folder = 'Notes/1'",
    "no folder": "DELETE FROM folders",
    "a state that was never remembered": "UPDATE state SET remembered = 1",
}  # fmt: skip


@pytest.mark.parametrize("query", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("most_changed", [-1, 1000])
def test_no_row_is_believed_that_is_not_that_of_its_note(
    vault: Damaged, monkeypatch: pytest.MonkeyPatch, query: str, most_changed: int
) -> None:
    before = vault.folder / "old.sqlite3"
    before.write_bytes(vault.old)
    connection = sqlite3.connect(vault.file(vault.folder / "cache"))
    connection.execute("ATTACH ? AS old", (str(before),))
    connection.execute(query)
    connection.commit()
    connection.close()
    vault.change()
    fresh = vault.opened(None)
    monkeypatch.setattr("microwins.daemon.whole_reading._MOST_CHANGED", most_changed)
    for _ in range(2):
        keeper = vault.opened(vault.folder / "cache")
        assert told(keeper) == told(fresh)
        keeper.close()
    fresh.close()
