"""Which files of a vault are notes, found by name and stat alone."""

import os
from pathlib import Path

import pytest

from microwins.daemon.exclusions import Exclusions
from microwins.daemon.scan import Scan, locate, scan
from tests.compiled import compiled

from .small_vault import codes

NONE = Exclusions()
LEFTOVERS = (
    "Day.md~", "~$Day.md", ".#Day.md", "#Day.md#", "4913", ".Day.md.swp", "Day.md.tmp", ".hidden.md",
    ".syncthing.Day.md.tmp", "Day.md.partial", ".Day.md.icloud", "Day.md.icloud", "sedAbC123", "Day.md___jb_tmp___",
    ".Day.md.0123456789ab.microwins-tmp",
)  # fmt: skip
CONFLICTS = (
    "Day.sync-conflict-20261121-202322-W3G74XU.md",
    "Day (Anna's conflicted copy 2026-03-04).md",
    "Day (conflicted copy 2026-03-04 101500).md",
    "Day (Conflicted copy phone 202603041015).md",
    "Day (Annas motstridiga kopia 2026-03-04).md",
)  # fmt: skip


@pytest.fixture(autouse=True, params=["compiled", "in Python", "by path"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Walk in each of the ways: that of a compiled part, that of an open folder, that of its path."""
    if request.param == "compiled":
        compiled("daemon.folder_files")
    else:
        monkeypatch.setattr("microwins.daemon.walk.notes_in", lambda descriptor: None)
    if request.param == "by path":
        monkeypatch.setattr("microwins.daemon.walk._BY_DESCRIPTOR", False)


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("- [x] walk\n", encoding="utf-8")


def found(root: Path, exclusions: Exclusions = NONE) -> Scan:
    """Scan, and check that looking for each note by itself gives the same answer."""
    result = scan(root, exclusions)
    for path in (path.relative_to(root).as_posix() for path in root.rglob("*")):
        if "\udcff" not in path:
            assert locate(root, path, exclusions) == result.notes.get(path), path
    return result


def test_notes_are_found_in_all_folders_in_the_order_of_their_paths(tmp_path: Path) -> None:
    put(tmp_path, "b.md", "a/z.md", "a/Ü/ü.md", "A.MD", "a.txt", "picture.png", "c/Readme.markdown")
    assert list(found(tmp_path).notes) == ["A.MD", "a/z.md", "a/Ü/ü.md", "b.md"]
    assert found(tmp_path).problems == ()


def test_what_editors_sync_clients_and_we_leave_behind_is_no_note(tmp_path: Path) -> None:
    put(tmp_path, *LEFTOVERS, "Day.md")
    assert list(found(tmp_path).notes) == ["Day.md"]
    assert found(tmp_path).problems == ()


def test_a_name_that_begins_like_a_leftover_may_be_that_of_a_note(tmp_path: Path) -> None:
    put(tmp_path, "~draft.md", "~$draft.md", ".draft.md", "a/~draft.md", "b/.draft.md")
    assert list(found(tmp_path).notes) == ["a/~draft.md", "~draft.md"]


@pytest.mark.parametrize("folder", [".obsidian", ".trash", ".git", ".stversions", "~syncthing~x"])
def test_hidden_folders_are_left_out_with_all_that_they_hold(tmp_path: Path, folder: str) -> None:
    put(tmp_path, f"{folder}/note.md", f"a/{folder}/b/note.md", "a/note.md")
    assert list(found(tmp_path).notes) == ["a/note.md"]


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_conflict_copy_is_reported_and_not_counted(tmp_path: Path, name: str) -> None:
    put(tmp_path, "Day.md", name)
    assert list(found(tmp_path).notes) == ["Day.md"]
    assert codes(found(tmp_path).problems) == {(name, "conflict-copy")}


def test_a_name_that_only_speaks_of_conflicts_is_a_note(tmp_path: Path) -> None:
    put(tmp_path, "Conflict.md", "A sync-conflict story.md", "Copy of a conflict.md", "Plan (draft).md")
    assert len(found(tmp_path).notes) == 4


@pytest.mark.parametrize(
    ("pattern", "kept"),
    [
        ("Templates", ["Old/2019.md", "Templates of mine.md", "a.md"]),
        ("Templates/", ["Old/2019.md", "Templates of mine.md", "a.md"]),
        ("Old/2019.md", ["Templates of mine.md", "Templates/day.md", "a.md"]),
        ("*.md", []),
        ("O*", ["Templates of mine.md", "Templates/day.md", "a.md"]),
        ("/^Temp.*day/", ["Old/2019.md", "Templates of mine.md", "a.md"]),
        ("/[/", ["Old/2019.md", "Templates of mine.md", "Templates/day.md", "a.md"]),
        ("  ", ["Old/2019.md", "Templates of mine.md", "Templates/day.md", "a.md"]),
    ],
)
def test_folders_and_notes_can_be_left_out(tmp_path: Path, pattern: str, kept: list[str]) -> None:
    put(tmp_path, "a.md", "Old/2019.md", "Templates/day.md", "Templates of mine.md")
    assert list(found(tmp_path, Exclusions((pattern,))).notes) == kept


def test_a_link_out_of_the_vault_is_reported_and_never_followed(tmp_path: Path) -> None:
    put(tmp_path, "outside/secret.md", "vault/note.md")
    (tmp_path / "vault" / "note link.md").symlink_to(tmp_path / "outside" / "secret.md")
    (tmp_path / "vault" / "folder link").symlink_to(tmp_path / "outside")
    result = scan(tmp_path / "vault", NONE)
    assert list(result.notes) == ["note.md"]
    assert codes(result.problems) == {("note link.md", "symlink-outside"), ("folder link", "symlink-outside")}


def test_a_link_inside_the_vault_is_passed_over_so_that_nothing_counts_twice(tmp_path: Path) -> None:
    put(tmp_path, "a/note.md")
    (tmp_path / "again.md").symlink_to(tmp_path / "a" / "note.md")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert list(scan(tmp_path, NONE).notes) == ["a/note.md"]
    assert scan(tmp_path, NONE).problems == ()


def test_links_in_a_circle_and_links_to_nothing_do_no_harm(tmp_path: Path) -> None:
    put(tmp_path, "a/note.md")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self.md").symlink_to(tmp_path / "self.md")
    (tmp_path / "one.md").symlink_to(tmp_path / "two.md")
    (tmp_path / "two.md").symlink_to(tmp_path / "one.md")
    (tmp_path / "nothing.md").symlink_to(tmp_path / "gone.md")
    assert list(scan(tmp_path, NONE).notes) == ["a/note.md"]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read every folder"
)
def test_a_folder_that_may_not_be_read_is_a_problem_and_the_rest_goes_on(tmp_path: Path) -> None:
    put(tmp_path, "locked/a.md", "open/b.md")
    (tmp_path / "locked").chmod(0)
    try:
        result = scan(tmp_path, NONE)
    finally:
        (tmp_path / "locked").chmod(0o700)
    assert list(result.notes) == ["open/b.md"]
    assert codes(result.problems) == {("locked", "folder-unreadable")}


def test_a_folder_that_fails_is_a_problem_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "broken/a.md", "open/b.md", "also/c.md", "also/folder/d.md")
    real = os.scandir
    broken = (tmp_path / "broken").stat().st_ino

    def scandir(folder: str | int) -> "os._ScandirIterator[str]":
        if os.stat(folder).st_ino == broken:  # noqa: PTH116 - it may be a descriptor
            raise OSError(5, "Input/output error")
        return real(folder)

    def fails(descriptor: int) -> None:
        with os.scandir(descriptor):
            pass

    with monkeypatch.context() as patch:
        patch.setattr("microwins.daemon.walk.notes_in", fails)
        patch.setattr(os, "scandir", scandir)
        result = scan(tmp_path, NONE)
    assert list(result.notes) == ["also/c.md", "also/folder/d.md", "open/b.md"]
    assert codes(result.problems) == {("broken", "folder-unreadable")}


def test_a_name_that_is_no_utf8_is_reported_in_a_form_that_can_be_shown(tmp_path: Path) -> None:
    put(tmp_path, "good.md")
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xffd.md")).write_bytes(b"- [x] walk\n")
        folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/f\xff"))
        folder.mkdir()
        (folder / "link").symlink_to("/")
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    result = scan(tmp_path, NONE)
    assert list(result.notes) == ["good.md"]
    assert codes(result.problems) == {("b�d.md", "name-unreadable"), ("f�/link", "symlink-outside")}
    for problem in result.problems:
        problem.path.encode()


def test_odd_but_legal_names_are_notes(tmp_path: Path) -> None:
    names = [
        "a b.md",
        "*.md",
        "[x].md",
        "new\nline.md",
        "percent%20.md",
        "-n.md",
        "😀.md",
        "a'b\"c.md",
        "\u200b.md",
    ]
    try:
        put(tmp_path, *names)
    except OSError:
        pytest.skip("this file system does not take such names")
    assert list(found(tmp_path).notes) == sorted(names)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_or_a_folder_called_like_a_note_is_none(tmp_path: Path) -> None:
    put(tmp_path, "note.md", "folder.md/inside.md")
    os.mkfifo(tmp_path / "pipe.md")
    assert list(found(tmp_path).notes) == ["folder.md/inside.md", "note.md"]


def test_a_changed_note_has_another_stamp(tmp_path: Path) -> None:
    put(tmp_path, "note.md")
    before = scan(tmp_path, NONE).notes["note.md"]
    assert locate(tmp_path, "note.md", NONE) == before
    os.utime(tmp_path / "note.md", ns=(0, 0))
    assert locate(tmp_path, "note.md", NONE) != before


@pytest.mark.parametrize("path", ["gone.md", "no/such/folder.md", "", "a\0b.md", "note.md/below.md"])
def test_nothing_is_found_where_nothing_is(tmp_path: Path, path: str) -> None:
    put(tmp_path, "note.md")
    assert locate(tmp_path, path, NONE) is None


def test_a_vault_inside_the_vault_is_none_of_its_business(tmp_path: Path) -> None:
    (tmp_path / "demo" / "deep").mkdir(parents=True)
    (tmp_path / "demo" / ".microwins.toml").write_text("")
    for path in ("mine.md", "demo/theirs.md", "demo/deep/theirs.md"):
        (tmp_path / path).write_text("- [x] a\n")
    assert list(scan(tmp_path, Exclusions()).notes) == ["mine.md"]
    assert locate(tmp_path, "mine.md", Exclusions()) is not None
    assert locate(tmp_path, "demo/deep/theirs.md", Exclusions()) is None
