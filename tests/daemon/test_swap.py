"""Whoever saves at the very moment of the swap finds the save in the note."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from microwins.daemon import attributes
from microwins.daemon import exchange as systems
from microwins.daemon.aside import Aside, Overtaken
from microwins.daemon.displaced import Displaced
from microwins.daemon.errors import NoteChanged, NoteInUse
from microwins.daemon.exchange import NotOffered, exchange
from microwins.daemon.note_write import replace_note, sweep_temporary_files
from microwins.daemon.swap import IN_USE_PAUSES, THIS_SYSTEM, Calls
from microwins.daemon.temporary import text_digest

OLD, NEW, THEIRS = b"old\n", b"new\n", b"theirs\n"
Act = Callable[[], object]

leases_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has leases")


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "Goal.md"
    path.write_bytes(OLD)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rename_over(note: Path, text: bytes = THEIRS) -> None:
    other = note.with_name("editor.tmp")
    other.write_bytes(text)
    other.replace(note)


def no_exchange(*_paths: Path) -> None:
    raise NotOffered


def no_lease(_descriptor: int) -> bool:
    return False


def swapped(note: Path, other: Path) -> None:
    """Change two names as every system can, one after the other."""
    third = note.with_name("third")
    note.rename(third)
    other.rename(note)
    third.rename(other)


PLAIN = replace(THIS_SYSTEM, exchange=swapped, take_lease=no_lease)
ANY = [
    pytest.param(THIS_SYSTEM, id="this system"),
    pytest.param(PLAIN, id="no leases"),
    pytest.param(replace(PLAIN, holds_open=False), id="nothing held open"),
]


def around(calls: Calls, *, before: Act = lambda: None, after: Act = lambda: None) -> Calls:
    """Let somebody act once, directly before or directly after the names change places."""
    acts = [(before, after)]

    def swap(note: Path, other: Path) -> None:
        first, then = acts.pop() if acts else (lambda: None, lambda: None)
        first()
        calls.exchange(note, other)
        then()

    return replace(calls, exchange=swap)


@pytest.mark.parametrize(
    "calls", [*ANY, pytest.param(replace(PLAIN, exchange=no_exchange), id="no exchange")]
)
def test_what_was_read_is_replaced(note: Path, calls: Calls) -> None:
    replace_note(note, OLD, NEW, calls=calls)
    assert contents(note.parent) == {"Goal.md": NEW}


@pytest.mark.parametrize("calls", ANY)
def test_a_file_that_took_the_place_at_the_last_instant_gets_it_back(note: Path, calls: Calls) -> None:
    with pytest.raises(NoteChanged):
        replace_note(note, OLD, NEW, calls=around(calls, before=lambda: rename_over(note)))
    assert contents(note.parent) == {"Goal.md": THEIRS}


@pytest.mark.parametrize("calls", ANY)
def test_of_two_files_that_took_the_place_the_later_has_it_as_it_would_without_us(
    note: Path, calls: Calls
) -> None:
    hasty = around(calls, before=lambda: rename_over(note), after=lambda: rename_over(note, b"later\n"))
    with pytest.raises(NoteChanged):
        replace_note(note, OLD, NEW, calls=hasty)
    assert contents(note.parent) == {"Goal.md": b"later\n"}


@pytest.mark.parametrize("calls", ANY[:2])
def test_a_save_that_got_the_number_of_a_file_that_is_gone_is_not_taken_for_it(
    note: Path, calls: Calls
) -> None:
    """Some file systems give the number of a deleted file to the very next one."""

    def save_often() -> None:
        for number in range(4):
            rename_over(note, b"save %d\n" % number)

    hasty = around(calls, before=lambda: rename_over(note), after=save_often)
    with pytest.raises(NoteChanged):
        replace_note(note, OLD, NEW, calls=hasty)
    assert contents(note.parent) == {"Goal.md": b"save 3\n"}


@pytest.mark.parametrize("calls", ANY)
def test_a_save_is_kept_although_our_text_was_deleted_before_it_could_go_back(
    note: Path, calls: Calls
) -> None:
    hasty = around(calls, before=lambda: rename_over(note), after=note.unlink)
    with pytest.raises(NoteChanged):
        replace_note(note, OLD, NEW, calls=hasty)
    assert contents(note.parent) == {"Goal.md": THEIRS}


def test_a_save_that_cannot_go_back_is_kept_beside_the_note(note: Path) -> None:
    def fails_the_second_time(first: Path, other: Path) -> None:
        if done:
            raise OSError(5, "the disk")
        done.append(True)
        rename_over(note)
        swapped(first, other)

    done: list[bool] = []
    replace_note(note, OLD, NEW, calls=replace(PLAIN, exchange=fails_the_second_time))
    assert sorted(contents(note.parent).values()) == [NEW, THEIRS]
    assert any("conflicted copy" in name for name in contents(note.parent))


def test_where_names_cannot_change_places_another_file_is_seen_before_the_renaming(note: Path) -> None:
    def late(*_paths: Path) -> None:
        rename_over(note)
        raise NotOffered

    with pytest.raises(NoteChanged):
        replace_note(note, OLD, NEW, calls=replace(PLAIN, exchange=late))
    assert contents(note.parent) == {"Goal.md": THEIRS}


@leases_only
def test_a_note_that_is_open_for_writing_is_left_alone(note: Path) -> None:
    waited: list[float] = []
    with note.open("r+b"), pytest.raises(NoteInUse):
        replace_note(note, OLD, NEW, calls=replace(THIS_SYSTEM, pause=waited.append))
    assert waited == list(IN_USE_PAUSES)
    assert contents(note.parent) == {"Goal.md": OLD}


@leases_only
def test_a_save_that_ends_while_we_wait_is_what_counts(note: Path) -> None:
    with note.open("r+b") as editor:

        def finish(_seconds: float) -> None:
            editor.truncate(0)
            editor.write(THEIRS)
            editor.close()

        with pytest.raises(NoteChanged):
            replace_note(note, OLD, NEW, calls=replace(THIS_SYSTEM, pause=finish))
    assert contents(note.parent) == {"Goal.md": THEIRS}


@leases_only
def test_somebody_who_wants_to_write_while_we_swap_writes_into_the_note(note: Path) -> None:
    blocked = around(THIS_SYSTEM, before=lambda: break_lease(note))
    with pytest.raises(NoteChanged):
        replace_note(note, OLD, NEW, calls=blocked)
    with note.open("r+b") as editor:
        editor.write(THEIRS)
    assert contents(note.parent) == {"Goal.md": THEIRS}


def break_lease(note: Path) -> None:
    """Open the note for writing, without waiting for the end of the lease as an editor would."""
    with pytest.raises(BlockingIOError):
        os.open(note, os.O_WRONLY | os.O_NONBLOCK)


@leases_only
def test_a_broken_lease_ends_no_process_and_no_handler_is_set(note: Path) -> None:
    import signal

    before = signal.getsignal(signal.SIGIO)
    blocked = around(THIS_SYSTEM, before=lambda: break_lease(note))
    with pytest.raises(NoteChanged):
        replace_note(note, OLD, NEW, calls=blocked)
    assert signal.getsignal(signal.SIGIO) == before == signal.SIG_DFL


# Saves that come too late


@contextmanager
def overtaken(note: Path) -> Iterator[Aside]:
    """Give what is held of a note that was replaced while an editor had found it and not yet opened it."""
    aside = Aside(note.parent)
    replace_note(note, OLD, NEW, keep=aside.keep)
    yield aside
    aside.close(pause=lambda _seconds: None)


def save_late(aside: Aside, text: bytes) -> None:
    """Write into the file that has lost its name."""
    (displaced,) = aside._newer
    Path(f"/proc/self/fd/{displaced.descriptor}").write_bytes(text)


@leases_only
def test_a_late_save_takes_the_place_of_our_text(note: Path) -> None:
    with overtaken(note) as aside:
        save_late(aside, THEIRS)
        assert aside.look() == []
        assert aside.look() == [Overtaken(note, note)]
        assert contents(note.parent) == {"Goal.md": THEIRS}


@leases_only
def test_a_late_save_is_kept_beside_a_note_that_was_changed_since(note: Path) -> None:
    with overtaken(note) as aside:
        save_late(aside, THEIRS)
        note.write_bytes(b"changed since\n")
        (found,) = aside.close()
        assert found.kept_in.read_bytes() == THEIRS
        assert "conflicted copy" in found.kept_in.name
        assert note.read_bytes() == b"changed since\n"


@leases_only
def test_a_late_save_is_waited_for_while_it_is_being_written(note: Path) -> None:
    with overtaken(note) as aside:
        (displaced,) = aside._newer
        with Path(f"/proc/self/fd/{displaced.descriptor}").open("wb") as editor:
            editor.write(THEIRS[:3])
            editor.flush()
            assert [aside.look() for _ in range(4)] == [[]] * 4
            editor.write(THEIRS[3:])
        assert [found for _ in range(2) for found in aside.look()] == [Overtaken(note, note)]
        assert note.read_bytes() == THEIRS


@leases_only
def test_a_late_save_that_finds_no_place_yet_is_not_let_go(
    note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "full")

    with overtaken(note) as aside:
        save_late(aside, THEIRS)
        note.write_bytes(b"changed since\n")
        with monkeypatch.context() as patch:
            patch.setattr("microwins.daemon.aside.keep_file_beside", full)
            assert [aside.look() for _ in range(4)] == [[]] * 4
        assert [found.kept_in.read_bytes() for _ in range(2) for found in aside.look()] == [THEIRS]


def test_a_file_that_nobody_wrote_into_is_let_go(note: Path) -> None:
    with overtaken(note) as aside:
        assert (aside.look(), aside.look(), aside.holds_any) == ([], [], False)


def test_not_many_files_are_held_at_a_time(tmp_path: Path) -> None:
    aside = Aside(tmp_path)
    for number in range(100):
        path = tmp_path / f"{number}.md"
        path.write_bytes(OLD)
        replace_note(path, OLD, NEW, keep=aside.keep)
    assert len(aside._newer) <= 64
    assert aside.close() == []


def test_what_a_kill_left_behind_is_removed_unless_it_is_somebodys_save(note: Path) -> None:
    left: dict[str, bytes] = {}

    class Killed(BaseException):
        pass

    def die(first: Path, other: Path) -> None:
        rename_over(note)
        swapped(first, other)
        left[other.name] = other.read_bytes()
        raise Killed

    with pytest.raises(Killed):
        replace_note(note, OLD, NEW, calls=replace(PLAIN, exchange=die))
    ((name, held),) = left.items()
    assert held == THEIRS
    for path in note.parent.glob("*conflicted*"):
        path.unlink()
    for text, kept in ((OLD, 0), (NEW, 0), (THEIRS, 1)):
        (note.parent / name).write_bytes(text)
        assert sweep_temporary_files(note.parent, now=2e10, age=0) == [note.parent / name]
        assert len(list(note.parent.glob("Goal (conflicted copy *).md"))) == kept
    assert note.read_bytes() == NEW


def test_closing_twice_is_no_error(note: Path) -> None:
    held = Displaced(note, os.open(note, os.O_RDONLY), "", "")
    held.close()
    held.close()


# Other systems: their calls are imitated, for they cannot be run here


class Library:
    """The calls of another system, each doing what its documentation says and then answering with `answer`."""

    def __init__(self, answer: int = 0, error: int = 0) -> None:
        self.answer = answer
        self.error = error

    def renamex_np(self, source: bytes, target: bytes, flag: int) -> int:
        if not self.answer:
            assert flag == 2
            swapped(Path(os.fsdecode(source)), Path(os.fsdecode(target)))
        return self.answer

    def fcopyfile(self, *_rest: object) -> int:
        return 0

    def ReplaceFileW(self, note: str, other: str, backup: str, *_rest: object) -> int:  # noqa: N802
        if self.error == 1177:
            Path(note).rename(backup)
        if self.error:
            return 0
        Path(note).rename(backup)
        Path(other).rename(note)
        return 1

    def GetLastError(self) -> int:  # noqa: N802
        return self.error


def test_on_macos_names_change_places_and_what_came_out_is_looked_at(
    note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(systems, "_libc", Library)
    monkeypatch.setattr(attributes, "_libc", Library)
    monkeypatch.setattr(sys, "platform", "darwin")
    calls = replace(PLAIN, exchange=exchange)
    with pytest.raises(NoteChanged):
        replace_note(note, OLD, NEW, calls=around(calls, before=lambda: rename_over(note)))
    replace_note(note, THEIRS, NEW, calls=calls)
    assert contents(note.parent) == {"Goal.md": NEW}


def test_on_windows_the_old_file_comes_out_and_is_looked_at(
    note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library()
    monkeypatch.setattr(systems, "_kernel32", lambda: library)
    monkeypatch.setattr(sys, "platform", "win32")
    calls = replace(PLAIN, exchange=exchange, holds_open=False)
    with pytest.raises(NoteChanged):
        replace_note(note, OLD, NEW, calls=around(calls, before=lambda: rename_over(note)))
    replace_note(note, THEIRS, NEW, calls=calls)
    assert contents(note.parent) == {"Goal.md": NEW}


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (2, FileNotFoundError),
        (32, PermissionError),
        (1175, PermissionError),
        (1177, PermissionError),
        (50, NotOffered),
        (1117, OSError),
    ],
)
def test_what_windows_answers_is_an_error_that_python_knows(
    note: Path, code: int, kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        systems._replace_windows(Library(error=code), note, note.with_name("other"))
    assert note.read_bytes() == OLD


def test_what_windows_left_aside_takes_its_place_again(note: Path) -> None:
    """Killed between two renamings of the system's, the note has no name but that of the file aside."""
    note.rename(note.with_name(f".Goal.md.0123456789ab-{text_digest(OLD)}-{text_digest(NEW)}.microwins-back"))
    sweep_temporary_files(note.parent, now=2e10, age=0)
    assert contents(note.parent) == {"Goal.md": OLD}


def test_a_late_save_of_a_note_with_a_long_name_is_kept_as_a_note(tmp_path: Path) -> None:
    note = tmp_path / f"{'漢' * 84}.md"
    note.write_bytes(OLD)

    def fails_the_second_time(first: Path, other: Path) -> None:
        if done:
            raise OSError(5, "the disk")
        done.append(True)
        rename_over(note)
        swapped(first, other)

    done: list[bool] = []
    replace_note(note, OLD, NEW, calls=replace(PLAIN, exchange=fails_the_second_time))
    assert sorted(contents(tmp_path).values()) == [NEW, THEIRS]
    assert all(name.endswith(".md") for name in contents(tmp_path))


def test_a_system_without_the_call_says_so(note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for rename in (systems._rename_linux, systems._rename_mac):
        with pytest.raises(NotOffered):
            rename(object(), note, note, 2)
    monkeypatch.setattr(sys, "platform", "aix")
    with pytest.raises(NotOffered):
        exchange(note, note)
