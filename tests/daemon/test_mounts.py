"""Which file systems are looked at, because they do not tell of all that is changed in them."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from microwins.daemon.mounts import Mount, silent_kind

from .home import BOOK, Home
from .live import until

MOUNTS = """\
/dev/vda / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/export /home/anna/net nfs4 rw 0 0
//nas/notes /home/anna/My\\040Notes cifs rw 0 0
//nas/odd /home/anna/a\\011b\\134c smb3 rw 0 0
anna@host: /home/anna/net/local fuse.sshfs rw 0 0
/dev/sdb1 /home/anna/net/disk ext4 rw 0 0
drive /mnt/c 9p rw 0 0
tmpfs /tmp tmpfs rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("root", "kind"),
    [
        ("/home/anna/Notes", None),
        ("/home/anna/net", "nfs4"),
        ("/home/anna/net/vault/deep", "nfs4"),
        ("/home/anna/network", None),
        ("/home/anna/My Notes/vault", "cifs"),
        ("/home/anna/a\tb\\c/vault", "smb3"),
        ("/home/anna/net/local/vault", "fuse.sshfs"),
        ("/home/anna/net/disk/vault", None),
        ("/mnt/c/Users/Anna/Notes", "9p"),
        ("/tmp/vault", None),
    ],
)
def test_the_nearest_mount_says_whether_changes_are_told(root: str, kind: str | None) -> None:
    assert silent_kind(Path(root), MOUNTS) == kind


def test_of_two_mounts_at_one_place_the_last_counts() -> None:
    twice = "server:/x /data nfs rw 0 0\n/dev/sdb /data ext4 rw 0 0\n"
    for root in ("/data/vault", "/data", "/"):
        assert silent_kind(Path(root), twice) is None
        assert silent_kind(Path(root), "\n".join(reversed(twice.splitlines()))) == "nfs"


def test_a_folder_of_the_vault_that_is_mounted_from_elsewhere_counts_as_well() -> None:
    mounts = "/dev/sda / ext4 rw 0 0\nnas:/team /home/anna/Notes/Team nfs rw 0 0\n"
    assert silent_kind(Path("/home/anna/Notes"), mounts) == "nfs"
    assert silent_kind(Path("/home/anna/Notes/Own"), mounts) is None
    assert silent_kind(Path("/home/anna/Note"), mounts) is None


def test_no_mounts_at_all_mean_that_nothing_is_wrong() -> None:
    assert silent_kind(Path("/vault"), "") is None


@pytest.mark.parametrize(
    "kind",
    ["fuse.sshfs", "fuse.rclone", "fuse", "fuse.bindfs", "fuse.gvfsd-fuse", "fuse.portal", "fuse.gocryptfs", "fuse.mergerfs",
     "nfs", "nfs4", "cifs", "smb3", "9p", "vboxsf", "virtiofs", "vmhgfs", "prl_fs", "ceph", "afs", "davfs"],
)  # fmt: skip
def test_what_may_show_a_disk_far_away_or_another_folder_is_looked_at(kind: str) -> None:
    assert Mount("/", kind).is_silent


@pytest.mark.parametrize(
    "kind",
    ["ext4", "btrfs", "xfs", "zfs", "f2fs", "tmpfs", "overlay", "vfat", "exfat", "ntfs3", "fuseblk", "fuse.ntfs-3g", "ecryptfs", "fusectl", ""],
)  # fmt: skip
def test_a_disk_of_this_machine_tells_all(kind: str) -> None:
    assert not Mount("/", kind).is_silent


# With a file system of a program (FUSE)


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[tuple[Home, Path]]:
    """A vault that is seen through another program, and the folder behind it."""
    if shutil.which("bindfs") is None or not os.access("/dev/fuse", os.R_OK | os.W_OK):
        pytest.skip("there is no bindfs, or no FUSE, here")
    home = Home(tmp_path)
    behind = home.vault.rename(tmp_path / "behind")
    home.vault.mkdir()
    words = ["bindfs", "-o", "attr_timeout=0,entry_timeout=0", str(behind), str(home.vault)]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("nothing may be mounted here")
    yield home, behind
    subprocess.run(["fusermount", "-u", "-z", str(home.vault)], capture_output=True, check=False)


def test_a_change_made_behind_a_mounted_folder_is_found_by_looking_and_that_is_said_once(
    mounted: tuple[Home, Path],
) -> None:
    home, behind = mounted
    day = behind / home.day.name
    with home.watch() as program:
        assert "fuse" in program.event("polling")["text"]
        program.event("written", BOOK)
        day.write_bytes(home.tick())
        program.event("written", BOOK)
        assert b"| 1 day |" in (behind / BOOK).read_bytes()
        assert sum(event["event"] == "polling" for event in program.events) == 1
        assert program.signal(signal.SIGTERM) == 0
        assert program.errors == ""


def test_who_knows_that_all_is_told_there_is_believed(mounted: tuple[Home, Path]) -> None:
    home, _ = mounted
    settings = home.vault / ".microwins.toml"
    settings.write_text("poll = false\n" + settings.read_text(encoding="utf-8"), encoding="utf-8")
    with home.watch() as program:
        program.event("written", BOOK)
        home.day.write_bytes(home.tick())
        program.event("written", BOOK)
        until(home.done, "the tick is not in the note")
        assert "polling" not in {event["event"] for event in program.events}
        assert program.signal(signal.SIGTERM) == 0
