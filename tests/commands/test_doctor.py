"""`microwins doctor`: what is looked at, what is found, and that looking changes nothing."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from microwins.daemon import health
from microwins.daemon.exchange import NotOffered
from microwins.daemon.index import index_file
from microwins.daemon.lock import VaultLock
from microwins.daemon.swap_method import EXCHANGED, LEASED, RENAMED, swap_method

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

linux_only = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux has leases and a limit of watches"
)


def check(bench: Bench, name: str, *words: str, code: int = 0) -> dict[str, Any]:
    result = bench.run("doctor", "--json", *words)
    assert result.code == code
    found = {one["name"]: one for one in result.data["checks"]}[name]
    assert isinstance(found, dict)
    return found


def codes(bench: Bench, *words: str) -> list[str]:
    return [problem["code"] for problem in bench.run("doctor", "--json", *words).document["problems"]]


def index_of(bench: Bench) -> Path:
    return index_file(bench.folder / "cache", bench.root)


def indexed(bench: Bench) -> None:
    """Let the index know two notes: goals are read anew each time, and so is what was changed a moment ago."""
    bench.write("A.md", "- [ ] one\n")
    bench.write("B.md", "- [ ] two\n")
    for path in bench.root.rglob("*.md"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    bench.run("sync")
    for path in bench.root.rglob("*.md"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    bench.run("status")


def test_a_vault_in_order_is_told_with_a_line_for_each_check(vault: Bench) -> None:
    result = vault.run("doctor")
    assert result.code == 0
    for title in ("version", "vault", "settings", "writer", "index", "replacing notes", "following changes"):
        assert any(line.startswith(title) for line in result.out.splitlines())
    assert "as it should be" in result.out


@pytest.mark.parametrize("compiled", [True, False])
def test_whether_the_fast_parts_are_compiled_is_told(
    vault: Bench, monkeypatch: pytest.MonkeyPatch, *, compiled: bool
) -> None:
    monkeypatch.setattr("microwins.daemon.compiled_parts.find_spec", lambda name: name if compiled else None)
    assert ("not compiled" in vault.run("doctor").out) is not compiled
    assert check(vault, "version")["compiled"] is compiled


def test_no_file_of_the_vault_is_changed_and_none_is_left_there(vault: Bench) -> None:
    before = vault.files()
    vault.run("doctor", "--full")
    assert vault.files() == before


def test_a_vault_that_is_not_set_up_is_not_written_in(
    stranger: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Path] = []

    def try_in(place: Path) -> str:
        tried.append(place)
        return LEASED

    monkeypatch.setattr(health, "swap_method", try_in)
    assert check(stranger, "vault")["consent"] is False
    assert all(not place.is_relative_to(stranger.root) for place in tried)


def test_the_holder_of_the_lock_is_named(vault: Bench) -> None:
    assert check(vault, "lock")["holder"] is None
    with VaultLock(vault.folder / "state", vault.root).acquire("watch", "2026-11-20T08:00"):
        assert check(vault, "lock")["holder"] == {
            "pid": os.getpid(),
            "command": "watch",
            "since": "2026-11-20T08:00",
        }


def test_the_index_is_counted(vault: Bench) -> None:
    assert check(vault, "index")["notes"] is None
    indexed(vault)
    assert check(vault, "index")["notes"] == 3


def test_a_damaged_index_is_a_problem_that_the_next_pass_mends(vault: Bench) -> None:
    indexed(vault)
    index_of(vault).write_bytes(b"no database" * 1000)
    assert codes(vault) == ["index-damaged"]
    vault.run("sync")
    assert codes(vault) == []


def test_an_index_is_proved_equal_to_a_fresh_reading(vault: Bench) -> None:
    indexed(vault)
    found = check(vault, "agreement", "--full")
    assert (found["different"], found["indexed"]) == ([], 3)


def test_an_index_whose_rows_are_mixed_up_is_found_out_and_made_anew(vault: Bench) -> None:
    indexed(vault)
    with sqlite3.connect(index_of(vault)) as connection:
        connection.execute(
            "UPDATE notes SET note = (SELECT note FROM notes WHERE path = 'A.md') WHERE path = 'B.md'"
        )
    connection.close()
    assert set(codes(vault, "--full")) == {"index-rebuilt"}
    assert codes(vault, "--full") == []


def test_a_folder_of_ours_that_cannot_be_used_is_a_problem(vault: Bench) -> None:
    (vault.folder / "cache").write_text("a file in its place")
    assert codes(vault) == ["folder-unwritable"]


def test_a_folder_of_ours_on_a_full_disk_is_a_problem(vault: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.run("sync")

    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    assert codes(vault) == ["folder-unwritable"] * 2
    assert "No space left" in vault.run("doctor").err


@linux_only
def test_too_few_watches_are_a_problem(vault: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    limit = tmp_path / "limit"
    limit.write_text("1\n")
    monkeypatch.setattr(health, "_MOST_WATCHES", limit)
    assert codes(vault) == ["watches-too-few"]
    limit.unlink()
    assert check(vault, "watches")["most"] is None


@linux_only
def test_how_notes_are_replaced_is_found_out_by_trying(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_offered(*_paths: Path) -> None:
        raise NotOffered

    assert swap_method(tmp_path) == LEASED
    with monkeypatch.context() as patch:
        patch.setattr("microwins.daemon.lease.take", lambda _descriptor: False)
        assert swap_method(tmp_path) == EXCHANGED
        patch.setattr("microwins.daemon.swap_method.exchange", not_offered)
        assert swap_method(tmp_path) == RENAMED
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_which_no_file_can_be_made_is_a_problem(
    vault: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_place: Path) -> str:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(health, "swap_method", refuse)
    assert codes(vault) == ["folder-unwritable"]


def test_a_settings_file_that_changes_nothing_is_named(vault: Bench) -> None:
    assert check(vault, "settings")["text"] == ".microwins.toml"
    vault.write(".microwins.toml", "# nothing\n")
    assert check(vault, "settings")["text"] == ".microwins.toml; the defaults hold"


def configured(vault: Bench, text: str) -> None:
    folder = vault.folder / "config"
    folder.mkdir(exist_ok=True)
    (folder / "config.toml").write_text(text)


def test_notifications_are_told_with_their_quiet_hours(vault: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check(vault, "notifications")["text"] == "off on this machine"
    monkeypatch.setattr(health, "is_installed", lambda: True)
    configured(vault, "notify = true\n")
    assert check(vault, "notifications")["text"] == "wanted, but none from 21:00 to 08:00"
    configured(vault, 'notify = true\nnotify_quiet = ""\n')
    assert check(vault, "notifications")["text"] == "wanted, at any hour"


def test_what_keeps_notifications_from_being_shown_is_told(
    vault: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "is_installed", lambda: False)
    configured(vault, "notify = true\n")
    assert check(vault, "notifications", code=3)["installed"] is False
    assert codes(vault) == ["notification-not-shown"]
    configured(vault, "notify = maybe\n")
    assert codes(vault) == ["settings-invalid"]
