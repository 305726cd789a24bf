"""The compiled look into a folder tells all of it or fails: a folder that was read in part would look like deleted notes."""

import errno
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from tests.compiled import compiled

LIST = {"x86_64": 217, "aarch64": 61}.get(platform.machine())
"""The number of the system call `getdents64`."""
_FAILING = """
import ctypes, os, struct, sys
from microwins.daemon.folder_files import notes_in
folder, number, error = os.open(sys.argv[1], os.O_RDONLY), int(sys.argv[2]), int(sys.argv[3])
lines = ((0x20, 0, 0, 0), (0x15, 0, 1, number), (0x06, 0, 0, 0x50000 | error), (0x06, 0, 0, 0x7FFF0000))
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in lines))
filter = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(lines), ctypes.addressof(code)))
prctl = ctypes.CDLL(None).prctl
prctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]
assert prctl(38, 1, None, 0, 0) == 0
assert prctl(22, 2, ctypes.addressof(filter), 0, 0) == 0
try:
    print(notes_in(folder))
except OSError as error:
    print(error.errno)
"""
"""A process in which one system call answers with an error, as a filter of the kernel's has it."""


@pytest.fixture(autouse=True)
def _is_compiled() -> None:
    compiled("daemon.folder_files")


def test_a_folder_is_told_with_its_notes_in_order_its_folders_and_the_rest(tmp_path: Path) -> None:
    for name in ("b.md", "a.md", "ü.md", ".hidden.md", "~x.md", "a.txt", ".md"):
        (tmp_path / name).write_bytes(b"text")
    (tmp_path / "folder.md").mkdir()
    descriptor = os.open(tmp_path, os.O_RDONLY)
    try:
        told = [compiled("daemon.folder_files").notes_in(descriptor) for _ in range(2)]
    finally:
        os.close(descriptor)
    names, numbers, folders, others = told[0]
    assert names == "/a.md/b.md/ü.md/".encode()
    assert len(numbers) == 3 * 4 * 8
    assert (folders, sorted(others)) == (["folder.md"], [".hidden.md", ".md", "a.txt", "~x.md"])
    assert told[1] == told[0]


@pytest.mark.skipif(sys.platform != "linux" or LIST is None, reason="the call's number is not known here")
@pytest.mark.parametrize("error", [errno.EIO, errno.EACCES])
def test_a_folder_that_cannot_be_read_to_its_end_is_an_error(tmp_path: Path, error: int) -> None:
    (tmp_path / "a.md").write_bytes(b"text")
    words = [sys.executable, "-c", _FAILING, str(tmp_path), str(LIST), str(error)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == (str(error), "")


def test_what_is_no_open_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"text")
    descriptor = os.open(tmp_path / "a.md", os.O_RDONLY)
    try:
        with pytest.raises(NotADirectoryError):
            compiled("daemon.folder_files").notes_in(descriptor)
    finally:
        os.close(descriptor)
    with pytest.raises(OSError, match="descriptor"):
        compiled("daemon.folder_files").notes_in(descriptor)


def test_where_names_are_in_another_encoding_python_does_all_of_it(tmp_path: Path) -> None:
    code = "import sys; sys.getfilesystemencoding = lambda: 'latin-1'; import microwins.daemon.folder_files"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "ImportError" in done.stderr
    code = "import sys; sys.getfilesystemencoding = lambda: 'latin-1'; import microwins.daemon.walk, microwins.daemon.settled_files"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
