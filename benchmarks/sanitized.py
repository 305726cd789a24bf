"""Run the tests of the compiled parts with every access to memory checked: `python benchmarks/sanitized.py [PYTEST ARGS…]`.

The parts are compiled once more with the compiler's address and undefined-behaviour checks, into a folder that is thrown
away. `MICROWINS_TEST_EXAMPLES` and `MICROWINS_TEST_VAULTS` say how much is tried, as everywhere.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHECKS = "-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined"
LIBRARIES = ("libasan.so", "libubsan.so")
TESTS = (
    "tests/parsers/test_box_bytes.py",
    "tests/streaks/test_box_sums.py",
    "tests/streaks/test_tally.py",
    "tests/daemon/test_settled_files.py",
    "tests/daemon/test_scan.py",
)


def compile_into(folder: str) -> None:
    """Install the package into a folder, with the checks compiled in."""
    with tempfile.TemporaryDirectory() as copy:
        subprocess.run(["git", "clone", "-q", str(ROOT), copy], check=True)
        words = ["-m", "pip", "install", "-q", "--no-deps", "--no-cache-dir", "--target", folder, copy]
        subprocess.run([sys.executable, *words], check=True, env={**os.environ, "CFLAGS": CHECKS})


def library(name: str) -> str:
    """Return the path of one of the compiler's libraries: it must be loaded before all others."""
    found = subprocess.run(["cc", f"-print-file-name={name}"], capture_output=True, text=True, check=True)
    return found.stdout.strip()


def main(words: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        compile_into(folder)
        environment = {
            **os.environ,
            "PYTHONPATH": folder,
            "PYTHONMALLOC": "malloc",  # or the bytes of notes lie in one large piece of memory
            "LD_PRELOAD": " ".join(map(library, LIBRARIES)),
            "ASAN_OPTIONS": "detect_leaks=0",  # Python lets go of much only when the process ends
            "CI": "true",
        }
        tests = [sys.executable, "-m", "pytest", "-q", "--timeout", "0", *TESTS, *words]
        return subprocess.run(tests, env=environment, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
