"""The service of each platform, systemd, launchd or Task Scheduler: the file that it wants, and the calls that make it run."""

from __future__ import annotations

import getpass
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..templates import service_unit
from .errors import ServiceFailed
from .service import Service

_LINGER = "It runs while you are logged in. To keep it running after you log out, `loginctl enable-linger` is your choice."


@dataclass(frozen=True, slots=True)
class Machine:
    """What a service needs to know of the computer and its user."""

    platform: str
    home: Path
    config: Path
    user: str
    uid: int


def service_for(vault: Path, command: Sequence[str], machine: Machine) -> Service:
    """Return the service of `vault` on `machine`; raise `ServiceFailed` on a platform without one."""
    real = os.path.realpath(vault)
    if machine.platform == "darwin":
        return _launchd(real, command, machine)
    if machine.platform == "win32":
        return _task_scheduler(real, command, machine)
    if machine.platform.startswith("linux"):
        return _systemd(real, command, machine)
    raise ServiceFailed(
        f"microwins knows no service manager for {machine.platform}.",
        f"Start `microwins watch --vault {vault}` yourself.",
    )


def this_machine() -> Machine:
    """Return the computer and user that this process runs on and as."""
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    if sys.platform == "win32":
        config = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        return Machine(sys.platform, Path.home(), config, _windows_user(), uid=0)
    return Machine(sys.platform, Path.home(), config, getpass.getuser(), os.getuid())


def own_command() -> list[str]:
    """Return how to start this microwins again, by absolute paths."""
    beside = Path(sys.executable).with_name("microwins.exe" if os.name == "nt" else "microwins")
    found = str(beside) if beside.is_file() else shutil.which("microwins")
    return [found] if found else [sys.executable, "-c", "from microwins.daemon.cli import main; main()"]


def _systemd(vault: str, command: Sequence[str], machine: Machine) -> Service:
    unit = service_unit.systemd_unit_name(vault)
    folder = machine.config / "systemd" / "user"
    manager = ("systemctl", "--user")
    return Service(
        name=unit,
        vault=vault,
        file=folder / unit,
        links=(folder / "default.target.wants" / unit,),
        text=service_unit.render_systemd(command, vault),
        encoding="utf-8",
        start=((*manager, "daemon-reload"), (*manager, "enable", unit), (*manager, "restart", unit)),
        stop=((*manager, "disable", "--now", unit),),
        forget=((*manager, "daemon-reload"), (*manager, "reset-failed", unit)),
        query=(*manager, "is-active", "--quiet", unit),
        notes=(_LINGER,),
    )


def _launchd(vault: str, command: Sequence[str], machine: Machine) -> Service:
    label = service_unit.launchd_label(vault)
    file = machine.home / "Library" / "LaunchAgents" / f"{label}.plist"
    log = machine.home / "Library" / "Logs" / f"{label}.log"
    domain = f"gui/{machine.uid}"
    leave = ("launchctl", "bootout", f"{domain}/{label}")
    return Service(
        name=label,
        vault=vault,
        file=file,
        text=service_unit.render_launchd(command, vault, str(log)),
        encoding="utf-8",
        prepare=(leave,),
        start=(("launchctl", "bootstrap", domain, str(file)),),
        stop=(leave,),
        query=("launchctl", "print", f"{domain}/{label}"),
    )


def _task_scheduler(vault: str, command: Sequence[str], machine: Machine) -> Service:
    task = service_unit.service_name(vault)
    file = machine.config / "microwins" / "service" / f"{task}.xml"
    name = ("/TN", task)
    return Service(
        name=task,
        vault=vault,
        file=file,
        text=service_unit.render_task_scheduler(command, vault, machine.user),
        encoding="utf-16",
        start=(("schtasks", "/Create", *name, "/XML", str(file), "/F"), ("schtasks", "/Run", *name)),
        stop=(("schtasks", "/End", *name), ("schtasks", "/Delete", *name, "/F")),
        query=("schtasks", "/Query", *name),
    )


def _windows_user() -> str:
    r"""Return the user as Task Scheduler wants it, `DOMAIN\name`."""
    domain = os.environ.get("USERDOMAIN", "")
    return f"{domain}\\{getpass.getuser()}" if domain else getpass.getuser()
