"""One writer per vault and machine, and its name for whoever comes second."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from microwins.daemon.errors import StateFailed, VaultBusy
from microwins.daemon.lock import Holder, VaultLock

SINCE = "2026-03-01T08:00:00+01:00"
CHILD = """
import sys
from pathlib import Path
from microwins.daemon.lock import VaultLock
lock = VaultLock(Path(sys.argv[1]), Path(sys.argv[2])).acquire("microwins watch", sys.argv[3])
print("held", flush=True)
sys.stdin.read()
lock.release()
"""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    folder.mkdir()
    return folder


@contextmanager
def other_process(state: Path, vault: Path) -> Iterator[subprocess.Popen[str]]:
    """Hold the lock in a real process until the block ends."""
    command = [sys.executable, "-c", CHILD, str(state), str(vault), SINCE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        yield child


def test_a_second_writer_is_told_who_holds_the_vault(tmp_path: Path, vault: Path) -> None:
    with other_process(tmp_path, vault) as child:
        with pytest.raises(VaultBusy) as busy:
            VaultLock(tmp_path, vault).acquire("microwins sync", SINCE)
        assert f"Process {child.pid} (microwins watch, since 2026-03-01 08:00)" in busy.value.message
        assert str(vault) in busy.value.message
        assert busy.value.hint
        assert (busy.value.code, busy.value.exit_code) == ("busy", 75)


def test_the_holder_can_be_asked_for(tmp_path: Path, vault: Path) -> None:
    lock = VaultLock(tmp_path, vault)
    assert lock.holder() is None
    with other_process(tmp_path, vault) as child:
        assert lock.holder() == Holder(child.pid, "microwins watch", SINCE)
    assert lock.holder() is None


def test_asking_does_not_take(tmp_path: Path, vault: Path) -> None:
    asking = VaultLock(tmp_path, vault)
    asking.holder()
    with VaultLock(tmp_path, vault).acquire("microwins sync", SINCE) as lock:
        assert asking.holder() == lock.holder() == Holder(os.getpid(), "microwins sync", SINCE)


def test_asking_writes_nothing(tmp_path: Path, vault: Path) -> None:
    assert VaultLock(tmp_path / "state", vault).holder() is None
    assert not (tmp_path / "state").exists()


def test_a_killed_holder_leaves_the_vault_free(tmp_path: Path, vault: Path) -> None:
    with other_process(tmp_path, vault) as child:
        child.send_signal(signal.SIGKILL)
        child.wait()
        lock = VaultLock(tmp_path, vault)
        assert lock.holder() is None
        with lock.acquire("microwins sync", SINCE):
            assert lock.holder() == Holder(os.getpid(), "microwins sync", SINCE)


def test_the_lock_is_given_back_when_the_block_fails(tmp_path: Path, vault: Path) -> None:
    with pytest.raises(RuntimeError), VaultLock(tmp_path, vault).acquire("microwins sync", SINCE):
        raise RuntimeError
    VaultLock(tmp_path, vault).acquire("microwins sync", SINCE).release()


def test_releasing_twice_does_no_harm_to_the_next_holder(tmp_path: Path, vault: Path) -> None:
    first = VaultLock(tmp_path, vault).acquire("microwins sync", SINCE)
    first.release()
    with VaultLock(tmp_path, vault).acquire("microwins watch", SINCE) as second:
        first.release()
        assert second.holder() == Holder(os.getpid(), "microwins watch", SINCE)


def test_two_spellings_of_one_vault_share_the_lock(tmp_path: Path, vault: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(vault)
    with VaultLock(tmp_path, vault).acquire("microwins watch", SINCE), pytest.raises(VaultBusy):
        VaultLock(tmp_path, link).acquire("microwins sync", SINCE)


def test_two_vaults_do_not_share_a_lock(tmp_path: Path, vault: Path) -> None:
    with (
        VaultLock(tmp_path, vault).acquire("microwins watch", SINCE),
        VaultLock(tmp_path, tmp_path).acquire("microwins watch", SINCE),
    ):
        assert list(vault.iterdir()) == []


@pytest.mark.parametrize("card", [None, "", "{", "[]", '{"pid": "x"}'])
def test_a_holder_whose_card_cannot_be_read_still_holds(
    tmp_path: Path, vault: Path, card: str | None
) -> None:
    with VaultLock(tmp_path, vault).acquire("microwins watch", SINCE):
        (path,) = (tmp_path / "locks").glob("*.json")
        path.unlink() if card is None else path.write_text(card)
        with pytest.raises(VaultBusy, match=r"^Another process is writing"):
            VaultLock(tmp_path, vault).acquire("microwins sync", SINCE)


def test_a_state_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path, vault: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StateFailed):
        VaultLock(tmp_path / "file", vault).acquire("microwins sync", SINCE)


def test_of_a_watch_that_holds_the_vault_it_is_said_that_nothing_is_to_be_done(tmp_path: Path) -> None:
    for command, said in (("watch", "nothing is to be done"), ("sync", "Wait until it is done")):
        with VaultLock(tmp_path / "state", tmp_path).acquire(command, "2026-11-20T09:00:00"):
            with pytest.raises(VaultBusy) as busy:
                VaultLock(tmp_path / "state", tmp_path).acquire("sync", "2026-11-20T09:01:00")
            assert said in busy.value.hint
