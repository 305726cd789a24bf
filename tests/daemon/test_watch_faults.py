"""What goes wrong around a `watch`: lost events, too few of them, folders that go; after it all is as read afresh."""

import os
import shutil
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from .home import BOOK, DASHBOARD, PIANO, Home, goal
from .live import Program
from .namespace import as_seen_by, needs_namespace, seen_by, with_disk, with_watches

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these are the faults of inotify")
WITHOUT_PRIVILEGES = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
"""What takes from the superuser the right to read what nobody may read."""
needs_rights_that_hold = pytest.mark.skipif(
    bool(WITHOUT_PRIVILEGES) and shutil.which("setpriv") is None, reason="the superuser may read everything"
)
QUEUE = Path("/proc/sys/fs/inotify/max_queued_events")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def kinds(program: Program) -> list[str]:
    return [event["event"] for event in program.events]


def fill(file: Path) -> None:
    """Write into a file until the disk is full."""
    with file.open("wb", buffering=0) as target, suppress(OSError):
        while True:
            target.write(b"x" * 4096)


def ended_well(home: Home, program: Program) -> None:
    """End the watch; what it has written must be what a process writes that reads the vault for the first time."""
    assert program.signal(signal.SIGTERM) == 0
    assert program.errors == ""
    assert home.is_as_read_afresh()


# Lost events


def flood(home: Home, pid: int, text: bytes) -> None:
    """Let more happen than the queue holds while nobody reads it, and then change today's note: of that nobody is told."""
    held = int(QUEUE.read_text(encoding="ascii"))
    noise = [home.vault / f"noise {number}.md" for number in range(2)]
    os.kill(pid, signal.SIGSTOP)
    for number in range(held + 1000):
        os.utime(noise[number % 2])
    home.day.write_bytes(text)


def make_noise(home: Home) -> None:
    for number in range(2):
        (home.vault / f"noise {number}.md").write_bytes(b"x")


def test_more_events_than_the_queue_holds_are_noticed_and_nothing_is_missed(home: Home) -> None:
    """On a busy machine the queue may be read before it is full, so it is filled until it was."""
    make_noise(home)
    open_box, ticked = home.day.read_bytes(), home.tick()
    with home.watch() as program:
        program.event("written", BOOK)
        for number in range(8):
            flood(home, program.pid, ticked if number % 2 == 0 else open_box)
            os.kill(program.pid, signal.SIGCONT)
            program.event("written", BOOK)  # nothing is missed, whether it was told or not
            if "lost" in kinds(program):
                break
        assert kinds(program).count("lost") == 1
        ended_well(home, program)


def test_a_folder_that_came_while_news_was_lost_is_followed(home: Home) -> None:
    """Whether the loss is told depends on what comes first: the queue's last event, or a look that finds the folder."""
    make_noise(home)
    with home.watch() as program:
        program.event("written", BOOK)
        flood(home, program.pid, home.tick())
        (home.vault / "New folder").mkdir()
        os.kill(program.pid, signal.SIGCONT)
        assert "Write 300 words" in program.event("changed")["text"]
        program.event("written", BOOK)
        (home.vault / "New folder" / "Walk.md").write_bytes(goal("Walk", "Walk"))
        program.event("written", "New folder/Walk.md")
        assert kinds(program).count("lost") <= 1
        ended_well(home, program)


def test_a_watcher_that_breaks_is_replaced_without_a_word(home: Home) -> None:
    inside, away = home.vault / "Folder", home.folder / "away"
    inside.mkdir()
    with home.watch() as program:
        program.event("written", BOOK)
        inside.rename(away)
        home.day.write_bytes(home.tick())
        program.event("written", BOOK)
        inside.mkdir()
        home.day.write_bytes(home.tick(b"- [ ] Play"))
        program.event("written", PIANO)
        inside.rmdir()
        away.rmdir()
        for name in ("One", "Two"):
            (home.vault / f"{name}.md").write_bytes(goal(name, name))
            program.event("written", f"{name}.md")
        ended_well(home, program)


# Folders without a watch


@needs_namespace
def test_folders_beyond_the_limit_of_watches_are_looked_at_and_told_once(home: Home) -> None:
    for number in range(9):
        (home.vault / f"Folder {number}" / "deep").mkdir(parents=True)
    with home.watch(under=with_watches(6)) as program:
        text = program.event("polling")["text"]
        assert "14 folders" in text
        assert "fs.inotify.max_user_watches" in text
        program.event("written", BOOK)
        for number in range(9):
            note = f"Folder {number}/deep/Goal.md"
            (home.vault / note).write_bytes(goal(f"Goal {number}", f"Do {number}"))
        program.event("written", "Folder 8/deep/Goal.md")
        home.day.write_bytes(home.tick())
        program.event("written", BOOK)
        assert kinds(program).count("polling") == 1
        ended_well(home, program)


@needs_namespace
def test_folders_that_come_later_and_get_no_watch_are_looked_at_too(home: Home) -> None:
    with home.watch(under=with_watches(4)) as program:
        program.event("written", BOOK)
        assert "polling" not in kinds(program)
        for number in range(9):
            (home.vault / f"Folder {number}").mkdir()
        program.event("polling", text="beyond the system's limit")
        (home.vault / "Folder 8" / "Goal.md").write_bytes(goal("Goal", "Do it"))
        program.event("written", "Folder 8/Goal.md")
        ended_well(home, program)


@needs_namespace
def test_without_a_single_watch_it_looks_every_few_seconds(home: Home) -> None:
    with home.watch(under=with_watches(0)) as program:
        program.event("polling", text="cannot be followed")
        program.event("written", BOOK)
        home.day.write_bytes(home.tick())
        program.event("written", BOOK)
        ended_well(home, program)


# Moved folders and notes


def test_a_folder_of_goals_that_is_renamed_is_followed(home: Home) -> None:
    with home.watch() as program:
        program.event("written", BOOK)
        (home.vault / "Goals").rename(home.vault / "Aims ü")
        home.day.write_bytes(home.tick())
        program.event("written", "Aims ü/Book.md")
        assert home.done("Aims ü/Book.md")
        mine = (home.vault / "Aims ü/Book.md").read_bytes()
        (home.vault / "Aims ü/Book.md").write_bytes(mine.replace(b"- [ ] A step", b"- [x] A step"))
        program.event("changed", text="A step")
        program.event("written", "Aims ü/Book.md")
        ended_well(home, program)


def test_a_goal_note_that_is_renamed_keeps_its_wins(home: Home) -> None:
    with home.watch() as program:
        program.event("written", BOOK)
        home.day.write_bytes(home.tick())
        program.event("written", BOOK)
        (home.vault / BOOK).rename(home.vault / "Novel.md")
        home.day.write_bytes(home.tick(b"- [ ] Play"))
        program.event("written", PIANO)
        assert home.done("Novel.md")
        ended_well(home, program)


def test_a_folder_moved_out_counts_no_more_and_moved_in_it_counts_again(home: Home) -> None:
    (home.vault / "Journal").mkdir()
    home.day.rename(home.vault / "Journal" / home.day.name)
    settings = home.vault / ".microwins.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + '[daily]\nfolder = "Journal"\n', encoding="utf-8"
    )
    note = home.vault / "Journal" / home.day.name
    note.write_bytes(note.read_bytes().replace(b"- [ ] Write", b"- [x] Write"))
    with home.watch() as program:
        program.event("written", BOOK)
        assert home.done()
        (home.vault / "Journal").rename(home.folder / "away")
        program.event("written", BOOK)
        assert not home.done()
        (home.folder / "away").rename(home.vault / "Journal")
        program.event("written", BOOK)
        assert home.done()
        note.write_bytes(note.read_bytes().replace(b"- [ ] Play", b"- [x] Play"))
        program.event("written", PIANO)
        ended_well(home, program)


@needs_rights_that_hold
@pytest.mark.parametrize("mode", [0o000, 0o400], ids=["not to be listed", "listed only"])
def test_notes_in_a_folder_that_cannot_be_read_are_neither_gone_nor_lost(home: Home, mode: int) -> None:
    journal = home.vault / "Journal"
    journal.mkdir()
    home.day = home.day.rename(journal / home.day.name)
    settings = home.vault / ".microwins.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + '[daily]\nfolder = "Journal"\n', encoding="utf-8"
    )
    home.day.write_bytes(home.tick())
    with home.watch(under=WITHOUT_PRIVILEGES) as program:
        program.event("written", BOOK)
        assert home.done()
        journal.chmod(mode)
        program.event("problem", "Journal")
        (home.vault / "Goal.md").write_bytes(goal("Goal", "Do it"))
        program.event("written", "Goal.md")
        (home.vault / "Goal.md").unlink()
        program.event("written", DASHBOARD)  # what is gone has been believed to be gone
        assert home.done()
        assert program.signal(signal.SIGTERM) == 0
        assert program.errors == ""
    with home.watch(under=WITHOUT_PRIVILEGES) as program:
        program.event("problem", "Journal")
        (home.vault / "Walk.md").write_bytes(goal("Walk", "Walk"))
        program.event("written", "Walk.md")
        assert home.done()
        journal.chmod(0o700)
        home.day.write_bytes(home.tick(b"- [ ] Play"))
        program.event("written", PIANO)
        ended_well(home, program)


# The vault itself


def test_a_vault_that_is_deleted_and_restored_from_a_backup_is_followed_again(home: Home) -> None:
    backup = home.folder / "backup"
    with home.watch() as program:
        program.event("written", BOOK)
        shutil.copytree(home.vault, backup, symlinks=True)
        shutil.rmtree(home.vault)
        program.event("gone")
        shutil.copytree(backup, home.vault, symlinks=True)
        program.event("back")
        home.day.write_bytes(home.tick())
        program.event("written", BOOK)
        assert home.done()
        assert (kinds(program).count("gone"), kinds(program).count("back")) == (1, 1)
        ended_well(home, program)


@needs_namespace
def test_a_disk_that_is_unmounted_and_mounted_again_is_followed_again(home: Home) -> None:
    with home.watch(under=with_disk(home.vault, "2m")) as program:
        program.event("written", BOOK)
        vault = str(home.vault)
        as_seen_by(program.pid, "mkdir", f"{vault}/empty")
        as_seen_by(program.pid, "rmdir", f"{vault}/empty")
        as_seen_by(program.pid, "mount", "--make-private", vault)
        as_seen_by(program.pid, "mkdir", f"{vault}.away")
        as_seen_by(program.pid, "mv", f"{vault}.copy", f"{vault}.kept")
        as_seen_by(program.pid, "mount", "--move", vault, f"{vault}.away")
        as_seen_by(program.pid, "sh", "-c", 'rm -rf "$0"/* "$0"/.microwins.toml', vault)
        as_seen_by(program.pid, "touch", f"{vault}.away/Other.md")
        program.event("gone")
        as_seen_by(program.pid, "mount", "--move", f"{vault}.away", vault)
        program.event("back")
        day = seen_by(program.pid, home.day)
        day.write_bytes(day.read_bytes().replace(b"- [ ] Write", b"- [x] Write"))
        program.event("written", BOOK)
        assert kinds(program).count("gone") == 1


@needs_namespace
def test_a_full_disk_is_told_once_for_each_note_and_made_good_when_there_is_room(home: Home) -> None:
    with home.watch(under=with_disk(home.vault, "200k")) as program:
        program.event("written", BOOK)
        vault = seen_by(program.pid, home.vault)
        filler, day = vault / "filler.bin", vault / home.day.name
        ticked = day.read_bytes().replace(b"- [ ] Write", b"- [x] Write")
        fill(filler)
        with day.open("r+b") as file:
            file.write(ticked)
        program.event("changed", text="Write 300 words")
        assert "No space" in program.event("problem", BOOK)["text"]
        with day.open("r+b") as file:
            file.write(ticked.replace(b"- [ ] Play", b"- [x] Play"))
        program.event("problem", PIANO)
        filler.unlink()
        with day.open("r+b") as file:
            file.write(ticked)
        program.event("written", BOOK)
        assert b"| 1 day |" in (vault / BOOK).read_bytes()
        told = [event["paths"] for event in program.events if event["event"] == "problem"]
        assert told.count([BOOK]) == 1
        assert program.signal(signal.SIGTERM) == 0
        assert program.errors == ""


@needs_namespace
def test_a_disk_that_becomes_read_only_is_told_and_made_good(home: Home) -> None:
    settings = home.vault / ".microwins.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("200ms", "3s", 1), encoding="utf-8")
    with home.watch(under=with_disk(home.vault, "2m")) as program:
        program.event("written", BOOK)
        day = seen_by(program.pid, home.day)
        ticked = day.read_bytes().replace(b"- [ ] Write", b"- [x] Write")
        day.write_bytes(ticked)
        program.event("changed", text="Write 300 words")
        as_seen_by(program.pid, "mount", "-o", "remount,bind,ro", str(home.vault))
        program.event("problem", BOOK)
        as_seen_by(program.pid, "mount", "-o", "remount,bind,rw", str(home.vault))
        day.write_bytes(ticked.replace(b"- [ ] Play", b"- [x] Play"))
        program.event("written", BOOK)
        told = [event["paths"] for event in program.events if event["event"] == "problem"]
        assert told.count([BOOK]) == 1
        assert program.signal(signal.SIGTERM) == 0
        assert program.errors == ""
