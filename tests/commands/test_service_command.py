"""`microwins service`: printing is safe anywhere; without a service manager the error says what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the unit is systemd's")
COMMAND = "from microwins.daemon.cli import main; main()"


def alone(bench: Bench, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, at home in the test's folder, where no program is found."""
    nothing = bench.folder / "bin"
    nothing.mkdir(exist_ok=True)
    home = {"HOME": str(bench.folder), "XDG_CONFIG_HOME": str(bench.folder / "config"), "PATH": str(nothing)}
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *words, "--vault", str(bench.root)],
        env={**os.environ, **home},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@linux_only
def test_print_prints_the_unit_and_writes_nothing(vault: Bench) -> None:
    before = vault.files()
    result = vault.run("service", "print")
    assert result.code == 0
    assert "[Service]" in result.out
    assert "watch" in result.out
    assert str(vault.root) in result.out
    data = vault.json("service", "print")
    assert data["text"].strip() == result.out.strip()
    assert not os.path.exists(data["file"])  # noqa: PTH110 - a path from JSON
    assert vault.files() == before


@linux_only
def test_install_without_a_service_manager_is_one_plain_error_with_the_next_step(vault: Bench) -> None:
    done = alone(vault, "service", "install")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "systemctl was not found" in done.stderr
    assert len(done.stderr.strip().splitlines()) >= 2


@linux_only
def test_install_and_uninstall_leave_nothing_behind(vault: Bench) -> None:
    alone(vault, "service", "install")
    units = vault.folder / "config" / "systemd" / "user"
    assert [path.suffix for path in units.iterdir()] == [".service"]
    assert "Traceback" not in alone(vault, "service", "uninstall").stderr
    assert list(units.iterdir()) == []


@linux_only
def test_status_without_a_service_manager_is_no_traceback(vault: Bench) -> None:
    done = alone(vault, "service", "status")
    assert "Traceback" not in done.stderr
    assert done.stdout or done.stderr


def test_install_asks_for_consent_first(stranger: Bench) -> None:
    result = stranger.run("service", "install")
    assert result.code == 1
    assert "microwins init" in result.err


def test_the_group_alone_shows_its_commands(vault: Bench) -> None:
    result = vault.bare("service")
    assert result.code == 2
    assert result.err.count("Usage:") == 1
    assert "uninstall" in result.err
