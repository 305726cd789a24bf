"""Write down all that a version of the program makes of vaults: `python benchmarks/outcome.py OUT VAULT…`.

Run it with two versions and compare the folders with `diff -r`: a faster reader changes no figure and no byte.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

DAY = "2026-03-01"
COMMANDS = (
    ("parse-before", ("parse", ".", "--json")),
    ("status-before", ("status", "--json")),
    ("check", ("check", "--json")),
    ("sync", ("sync", "--json")),
    ("parse-after", ("parse", ".", "--json")),
    ("status-after", ("status", "--json")),
    ("sync-again", ("sync", "--json")),
    ("today", ("today", "--json")),
    ("check-after", ("check", "--json")),
)


def write_down(vault: Path, out: Path) -> None:
    """Run every command in a copy of the vault, each twice where it only reads: once cold, once from the index."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "vault"
        shutil.copytree(vault, copy)
        for path in copy.rglob("*.md"):
            os.utime(path, (1_700_000_000, 1_700_000_000))
        places = {
            name: f"{folder}/{name}" for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")
        }
        environment = {**os.environ, **places, "MICROWINS_TIMEZONE": "UTC"}
        if not (copy / ".microwins.toml").exists():
            (copy / ".microwins.toml").write_text("")
        for name, words in COMMANDS:
            done = subprocess.run(
                ["microwins", *words, "--today", DAY],
                cwd=copy,
                env=environment,
                capture_output=True,
                check=False,
            )
            (out / f"{name}.json").write_bytes(done.stdout.replace(os.fsencode(folder), b""))
        (out / "bytes.txt").write_text("".join(sorted(_digests(copy))))


def _digests(folder: Path) -> list[str]:
    return [
        f"{path.relative_to(folder)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n"
        for path in folder.rglob("*")
        if path.is_file()
    ]


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("vaults", type=Path, nargs="+")
    chosen = parser.parse_args(words)
    for vault in chosen.vaults:
        write_down(vault, chosen.out / vault.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
