"""One note is replaced or created whole, or not at all, whatever fails."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from microwins.daemon import attributes, new_name, note_write, temporary
from microwins.daemon.errors import (
    HardLinked,
    NoteChanged,
    NoteWriteError,
    OutsideVault,
    ReadOnly,
    WriteFailed,
)
from microwins.daemon.exchange import NotOffered
from microwins.daemon.note_write import (
    Landed,
    Replacement,
    create_note,
    replace_note,
    replace_notes,
    sweep_temporary_files,
)

OLD = b"\xef\xbb\xbf- [ ] Gehen \xe2\x9c\x85\r\nlast line without an end"
NEW = b"\xef\xbb\xbf- [x] Gehen \xe2\x9c\x85\r\nlast line without an end"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "Goal ü.md"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@contextmanager
def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> Iterator[None]:
    """Let somebody else act once, after our text is written and before it takes the note's place."""
    real = os.fsync
    waiting = [act]

    def fsync(descriptor: int) -> None:
        if waiting:
            waiting.pop()()
        real(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        yield


def test_the_new_text_takes_the_place_of_the_old_byte_for_byte(note: Path) -> None:
    replace_note(note, OLD, NEW)
    assert note.read_bytes() == NEW
    assert names(note.parent) == [note.name]


def test_whoever_is_reading_the_note_keeps_the_old_text_whole(note: Path) -> None:
    with note.open("rb") as reader:
        replace_note(note, OLD, NEW)
        assert reader.read() == OLD


def test_a_note_that_is_not_what_was_read_is_refused(note: Path) -> None:
    with pytest.raises(NoteChanged) as refused:
        replace_note(note, b"something else", NEW)
    assert note.read_bytes() == OLD
    assert (refused.value.code, refused.value.path) == ("note-changed", note)
    assert names(note.parent) == [note.name]


@pytest.mark.parametrize(
    "theirs", [b"theirs", OLD + b"!", b""], ids=["another text", "one byte more", "cut to nothing"]
)
def test_a_note_changed_while_we_write_stays_as_the_other_wrote_it(
    note: Path, monkeypatch: pytest.MonkeyPatch, theirs: bytes
) -> None:
    with meanwhile(monkeypatch, lambda: note.write_bytes(theirs)), pytest.raises(NoteChanged):
        replace_note(note, OLD, NEW)
    assert note.read_bytes() == theirs
    assert names(note.parent) == [note.name]


def test_a_note_deleted_while_we_write_does_not_come_back(
    note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with meanwhile(monkeypatch, note.unlink), pytest.raises(NoteChanged):
        replace_note(note, OLD, NEW)
    assert names(note.parent) == []


def test_a_note_turned_into_a_link_while_we_write_is_refused(
    note: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.md"
    other.write_bytes(OLD)

    def relink() -> None:
        note.unlink()
        note.symlink_to(other)

    with meanwhile(monkeypatch, relink), pytest.raises(NoteChanged):
        replace_note(note, OLD, NEW)
    assert other.read_bytes() == OLD


def test_a_note_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoteChanged):
        replace_note(tmp_path / "gone.md", OLD, NEW)


def test_the_same_text_is_not_written_again(note: Path) -> None:
    before = note.stat()
    replace_note(note, OLD, OLD)
    assert note.stat().st_ino == before.st_ino
    with pytest.raises(NoteChanged):
        replace_note(note, NEW, NEW)


def test_the_answer_names_the_file_that_took_the_notes_place(note: Path) -> None:
    (answer,) = replace_notes([Replacement(note, OLD, NEW)])
    found = note.stat()
    assert answer == Landed(found.st_ino, found.st_mtime_ns)
    assert answer.is_file(found.st_ino, found.st_mtime_ns)
    note.write_bytes(NEW)
    assert not answer.is_file(note.stat().st_ino, note.stat().st_mtime_ns + 1)


def test_a_note_that_was_changed_hinders_none_of_those_written_with_it(note: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Area"
    folder.mkdir()
    others = [folder / f"{number}.md" for number in range(3)]
    for other in others:
        other.write_bytes(OLD)
    others[1].write_bytes(b"theirs")
    asked = [Replacement(path, OLD, NEW) for path in (note, *others)]
    answers = replace_notes([*asked, Replacement(note, NEW, NEW)], root=tmp_path)
    assert [type(answer) for answer in answers] == [Landed, Landed, NoteChanged, Landed, NoteChanged]
    assert [path.read_bytes() for path in (note, *others)] == [NEW, NEW, b"theirs", NEW]
    assert names(folder) == ["0.md", "1.md", "2.md"]


def test_a_text_that_does_not_get_to_the_disk_leaves_its_own_note_alone(
    note: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, real = tmp_path / "Other.md", os.fsync
    other.write_bytes(OLD)
    inode: list[int] = []

    def fsync(descriptor: int) -> None:
        found = os.fstat(descriptor)
        if stat.S_ISREG(found.st_mode) and found.st_size == len(NEW) + 1:
            inode.append(found.st_ino)
            raise OSError(errno.EIO, "the disk is gone")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    answers = replace_notes([Replacement(note, OLD, NEW), Replacement(other, OLD, NEW + b"!")])
    assert [type(answer) for answer in answers] == [Landed, WriteFailed]
    assert (note.read_bytes(), other.read_bytes(), len(inode)) == (NEW, OLD, 1)
    assert names(tmp_path) == [note.name, other.name]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_the_mode_stays(note: Path, mode: int) -> None:
    note.chmod(mode)
    replace_note(note, OLD, NEW)
    assert stat.S_IMODE(note.stat().st_mode) == mode


def test_the_owner_stays_where_we_may_give_files_away(note: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only the superuser may give a file to somebody else")
    os.chown(note, 12345, 23456)
    note.chmod(0o640)
    replace_note(note, OLD, NEW)
    found = note.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (12345, 23456, 0o640)


def test_an_owner_that_we_may_not_set_does_not_hinder(note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*args: object) -> None:
        raise PermissionError(errno.EPERM, "not yours")

    monkeypatch.setattr(os, "fchown", forbidden)
    replace_note(note, OLD, NEW)
    assert note.read_bytes() == NEW


def test_the_group_stays_where_the_owner_cannot(note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []

    def members_only(_descriptor: int, owner: int, group: int) -> None:
        asked.append((owner, group))
        if owner != -1:
            raise PermissionError(errno.EPERM, "not yours to give away")

    monkeypatch.setattr(os, "fchown", members_only)
    replace_note(note, OLD, NEW)
    assert asked == [(note.stat().st_uid, note.stat().st_gid), (-1, note.stat().st_gid)]


def test_on_macos_attributes_and_access_list_are_copied_by_the_system(note: Path) -> None:
    asked: list[tuple[bytes, int, object, int]] = []

    class Library:
        def fcopyfile(self, source: int, target: int, state: object, flags: int) -> int:
            asked.append((os.read(source, 9), target, state, flags))
            return 0

    attributes._copy_on_mac(Library(), 7, note)
    assert asked == [(note.read_bytes()[:9], 7, None, 5)]


def test_on_macos_the_disk_itself_is_asked(note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    class Fcntl:
        F_FULLFSYNC = 51

        def fcntl(self, _descriptor: int, what: int) -> None:
            asked.append(what)

    monkeypatch.setattr(temporary, "_FCNTL", Fcntl())
    with note.open("r+b") as file:
        temporary.settle(file.fileno())
    assert asked == [51]


@pytest.mark.parametrize("replaced", [True, False])
def test_a_note_that_was_replaced_while_its_attributes_were_asked_for_was_changed(
    note: Path, monkeypatch: pytest.MonkeyPatch, replaced: bool
) -> None:
    def asked(_descriptor: int, path: Path, _like: os.stat_result) -> None:
        if replaced:
            other = path.with_name("other")
            other.write_bytes(b"theirs")
            other.replace(path)
        raise FileNotFoundError(errno.ENOENT, "No such file or directory")

    monkeypatch.setattr(temporary, "keep_attributes", asked)
    with pytest.raises(NoteChanged if replaced else WriteFailed):
        replace_note(note, OLD, NEW)
    assert note.read_bytes() == (b"theirs" if replaced else OLD)
    assert names(note.parent) == [note.name]


def test_a_note_that_was_replaced_by_a_file_with_the_number_of_the_old_one_was_changed(
    note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(_descriptor: int, path: Path, like: os.stat_result) -> None:
        path.write_bytes(b"theirs")
        os.utime(path, ns=(like.st_atime_ns, like.st_mtime_ns))
        raise FileNotFoundError(errno.ENOENT, "No such file or directory")

    monkeypatch.setattr(temporary, "keep_attributes", asked)
    with pytest.raises(NoteChanged):
        replace_note(note, OLD, NEW)
    assert note.read_bytes() == b"theirs"


def test_a_note_replaced_while_it_was_asked_whether_it_may_be_written_was_changed_and_is_not_read_only(
    note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(path: Path, _how: int) -> bool:
        other = path.with_name("other")
        other.write_bytes(b"theirs, and longer than what stood here before")
        other.replace(path)
        return False

    monkeypatch.setattr(os, "access", asked)
    with pytest.raises(NoteChanged):
        replace_note(note, OLD, NEW)


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes in this Python")
def test_extended_attributes_stay(note: Path) -> None:
    try:
        os.setxattr(note, "user.microwins.test", b"\x00kept")
    except OSError as error:
        pytest.skip(f"no extended attributes on this file system: {error.strerror}")
    replace_note(note, OLD, NEW)
    assert os.getxattr(note, "user.microwins.test") == b"\x00kept"


def test_the_modification_time_is_that_of_the_write(note: Path) -> None:
    os.utime(note, (1_000_000, 1_000_000))
    replace_note(note, OLD, NEW)
    assert note.stat().st_mtime > 1_000_000


def test_a_link_inside_the_vault_is_written_through(note: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.md"
    link.symlink_to(note.name)
    replace_note(link, OLD, NEW, root=tmp_path)
    assert link.is_symlink()
    assert note.read_bytes() == NEW


@pytest.mark.parametrize("with_root", [True, False], ids=["out of the vault", "with no vault named"])
def test_a_link_is_not_followed(note: Path, tmp_path: Path, with_root: bool) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    link = vault / "link.md"
    link.symlink_to(note)
    with pytest.raises(OutsideVault):
        replace_note(link, OLD, NEW, root=vault if with_root else None)
    assert note.read_bytes() == OLD


def test_a_folder_that_leads_out_of_the_vault_is_not_followed(note: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "folder").symlink_to(tmp_path)
    with pytest.raises(OutsideVault):
        replace_note(vault / "folder" / note.name, OLD, NEW, root=vault)
    with pytest.raises(OutsideVault):
        create_note(vault / "folder" / "new" / "note.md", NEW, root=vault)
    assert names(tmp_path) == [note.name, "vault"]


def test_a_vault_reached_by_a_link_is_the_vault(note: Path, tmp_path: Path) -> None:
    (tmp_path / "vault").symlink_to(tmp_path)
    replace_note(tmp_path / "vault" / note.name, OLD, NEW, root=tmp_path / "vault")
    assert note.read_bytes() == NEW


def test_a_link_that_leads_to_itself_is_an_error_like_others(tmp_path: Path) -> None:
    loop = tmp_path / "loop.md"
    loop.symlink_to("loop.md")
    with pytest.raises(NoteWriteError):
        replace_note(loop, OLD, NEW, root=tmp_path)


def test_a_hard_link_is_refused(note: Path, tmp_path: Path) -> None:
    os.link(note, tmp_path / "twin.md")
    with pytest.raises(HardLinked):
        replace_note(note, OLD, NEW)
    assert note.read_bytes() == OLD


def test_a_read_only_note_is_refused_even_to_the_superuser(note: Path) -> None:
    note.chmod(0o444)
    with pytest.raises(ReadOnly):
        replace_note(note, OLD, NEW)
    assert note.read_bytes() == OLD


def test_a_folder_is_no_note(tmp_path: Path) -> None:
    with pytest.raises(WriteFailed):
        replace_note(tmp_path, OLD, NEW)


@pytest.mark.parametrize("name", ["ü" * 126 + ".md", "a" * 252 + ".md", "漢" * 84 + ".md"])
def test_the_longest_legal_name_can_be_replaced_and_created(tmp_path: Path, name: str) -> None:
    assert create_note(tmp_path / name, OLD)
    replace_note(tmp_path / name, OLD, NEW)
    assert (tmp_path / name).read_bytes() == NEW


def failing(monkeypatch: pytest.MonkeyPatch, at: int, number: int) -> list[str]:
    """Make the n-th call of the write path fail; return a list that will name it."""
    calls: list[str] = []
    hit: list[str] = []

    def faulty(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: object, **kwargs: object) -> object:
            calls.append(name)
            if len(calls) == at:
                hit.append(name)
                raise OSError(number, os.strerror(number))
            return call(*args, **kwargs)

        return wrapped

    for name in ("open", "write", "fsync", "fchmod", "rename", "close"):
        monkeypatch.setattr(os, name, faulty(name, getattr(os, name)))
    return hit


def refusal_of(write: Callable[[], object]) -> WriteFailed | None:
    try:
        write()
    except WriteFailed as error:
        return error
    return None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT])
def test_refused_at_any_step_the_note_is_whole_and_nothing_is_left(
    note: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    for at in count(1):
        note.write_bytes(OLD)
        with monkeypatch.context() as patch:
            hit = failing(patch, at, number)
            refused = refusal_of(lambda: replace_note(note, OLD, NEW))
        expected = NEW if refused is None else OLD
        if refused is not None:
            assert (refused.errno, refused.code) == (number, "write-failed")
            assert os.strerror(number) in refused.message
        assert note.read_bytes() == expected
        assert names(note.parent) == [note.name]
        if not hit:
            break
    assert at > 5


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_refused_at_any_step_no_part_of_a_new_note_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "day.md"
    for at in count(1):
        path.unlink(missing_ok=True)
        with monkeypatch.context() as patch:
            hit = failing(patch, at, number)
            refused = refusal_of(lambda: create_note(path, NEW))
        expected = [path.name] if refused is None else []
        assert names(tmp_path) == expected
        if not hit:
            break
    assert path.read_bytes() == NEW


def test_a_new_note_is_whole_has_its_folders_and_the_usual_mode(tmp_path: Path) -> None:
    path = tmp_path / "daily" / "2026" / "2026-03-01.md"
    assert create_note(path, NEW, root=tmp_path)
    assert path.read_bytes() == NEW
    usual = tmp_path / "usual.md"
    usual.touch()
    assert path.stat().st_mode == usual.stat().st_mode
    assert names(path.parent) == [path.name]


def test_the_folders_that_were_made_for_it_are_put_on_the_disk_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[Path] = []
    monkeypatch.setattr(note_write, "_settle_folder", settled.append)
    create_note(tmp_path / "a" / "b" / "Note.md", NEW)
    create_note(tmp_path / "a" / "b" / "Other.md", NEW)
    inside = [tmp_path / "a" / "b", tmp_path / "a", tmp_path]
    assert settled == [*inside, inside[0]]


def test_creating_never_overwrites(note: Path) -> None:
    assert create_note(note, NEW) is False
    assert note.read_bytes() == OLD


def test_creating_leaves_a_link_to_nowhere_alone(tmp_path: Path) -> None:
    link = tmp_path / "link.md"
    link.symlink_to("nowhere.md")
    assert create_note(link, NEW, root=tmp_path) is False
    assert names(tmp_path) == ["link.md"]


@pytest.mark.parametrize("missing", [[], ["rename"], ["rename", "link"]], ids=["all", "links", "neither"])
def test_creating_yields_to_whoever_came_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: list[str]
) -> None:
    path = tmp_path / "day.md"
    without(monkeypatch, missing)
    with meanwhile(monkeypatch, lambda: path.write_bytes(b"theirs")):
        assert create_note(path, NEW) is False
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == [path.name]


@pytest.mark.parametrize("missing", [["rename"], ["rename", "link"]], ids=["links", "neither"])
def test_a_file_system_that_can_do_less_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: list[str]
) -> None:
    without(monkeypatch, missing)
    path = tmp_path / "day.md"
    assert create_note(path, NEW)
    assert path.read_bytes() == NEW
    assert create_note(path, OLD) is False
    assert names(tmp_path) == [path.name]


def without(monkeypatch: pytest.MonkeyPatch, missing: list[str]) -> None:
    """Take away what a file system may not have: renaming that spares what is there, hard links."""

    def not_offered(*args: object) -> None:
        raise NotOffered

    def no_links(*args: object) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    if "rename" in missing:
        monkeypatch.setattr(new_name, "rename_new", not_offered)
    if "link" in missing:
        monkeypatch.setattr(os, "link", no_links)


def test_only_old_temporary_files_of_ours_are_swept(tmp_path: Path) -> None:
    ours, young = ".Goal.md.0123456789ab.microwins-tmp", ".Goal.md.ba9876543210.microwins-tmp"
    theirs = [
        "Goal.md",
        "a.microwins-tmp",
        ".Goal.md.microwins-tmp",
        ".Goal.md.0123456789ab.microwins-tmp.md",
    ]
    for name in [ours, young, *theirs]:
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (1000, 1000))
    os.utime(tmp_path / young, (1950, 1950))
    (tmp_path / ".folder.0123456789ab.microwins-tmp").mkdir()
    assert sweep_temporary_files(tmp_path, now=2000, age=100) == [tmp_path / ours]
    assert names(tmp_path) == sorted([young, *theirs, ".folder.0123456789ab.microwins-tmp"])


def test_sweeping_a_folder_that_is_gone_is_no_error(tmp_path: Path) -> None:
    assert sweep_temporary_files(tmp_path / "gone", now=0, age=0) == []
