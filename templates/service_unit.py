"""The files that make a platform keep `microwins watch` running, as text.

In every function `command` is how microwins is started, program first and by absolute path;
`watch --vault VAULT` is added here. `vault` is the absolute path of the vault.
"""

import os
import plistlib
import re
import subprocess
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import PurePosixPath, PureWindowsPath

from jinja2 import Environment, PackageLoader, StrictUndefined

from ..parsers.digests import sha256

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NOT_IN_A_PROGRAM = re.compile(r"[\x00-\x1f\x7f\"'\\]")


def service_name(vault: str) -> str:
    """Return `microwins-<slug>-<hash>`: readable, and different for two vaults of the same name.

    >>> service_name("/home/ada/Meine Notizen")
    'microwins-meine-notizen-22dec6'
    """
    plain = unicodedata.normalize("NFKD", _vault_name(vault)).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:40].strip("-") or "vault"
    return f"microwins-{slug}-{sha256(os.fsencode(vault)).hexdigest()[:6]}"


def systemd_unit_name(vault: str) -> str:
    """Return the name of the systemd user unit, which is its file name too."""
    return f"{service_name(vault)}.service"


def launchd_label(vault: str) -> str:
    """Return the label of the launch agent; its file is `LABEL.plist`."""
    return f"dev.microwins.{service_name(vault).removeprefix('microwins-')}"


def watch_command(command: Sequence[str], vault: str) -> list[str]:
    """Return the whole command that the service runs."""
    return [*command, "watch", "--vault", vault]


def render_systemd(command: Sequence[str], vault: str) -> str:
    """Return a systemd user unit; exit code 75, a busy vault, does not start it again."""
    program, *arguments = _systemd_startable(watch_command(command, vault))
    words = [_systemd_quoted(program), *(_systemd_quoted(word).replace("$", "$$") for word in arguments)]
    template = _environment().get_template("service/systemd.service.j2")
    return template.render(description=_systemd_text(_description(vault)), command=" ".join(words))


def render_launchd(command: Sequence[str], vault: str, log: str | None = None) -> str:
    """Return a launch agent's property list; `log` is the file for its standard error."""
    agent: dict[str, object] = {
        "Label": launchd_label(vault),
        "ProgramArguments": watch_command(command, vault),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": 60,
        "ProcessType": "Background",
    }
    if log is not None:
        agent["StandardErrorPath"] = log
    return plistlib.dumps(agent, sort_keys=False).decode("utf-8")


def render_task_scheduler(command: Sequence[str], vault: str, user: str) -> str:
    """Return a Task Scheduler task that starts when `user` logs on; it is to be written as UTF-16."""
    program, *arguments = watch_command(command, vault)
    template = _environment().get_template("service/task_scheduler.xml.j2")
    return template.render(
        description=_description(vault),
        user=user,
        program=program,
        arguments=subprocess.list2cmdline(arguments),
    )


def _description(vault: str) -> str:
    """Return one line for lists of services."""
    return f"microwins for the notes in {_CONTROL.sub(' ', _vault_name(vault))}"


def _vault_name(vault: str) -> str:
    """Return the last part of a path of either kind of system."""
    return PurePosixPath(vault).name if vault.startswith("/") else PureWindowsPath(vault).name


def _systemd_text(line: str) -> str:
    """Return a value that systemd reads as it stands: `%` begins a specifier, a last backslash joins lines."""
    return line.replace("%", "%%").replace("\\", "/")


def _systemd_startable(words: list[str]) -> list[str]:
    """Return the command, through a shell where systemd refuses the characters in its program's path."""
    if _NOT_IN_A_PROGRAM.search(words[0]):
        return ["/bin/sh", "-c", 'exec "$@"', "sh", *words]
    return words


def _systemd_quoted(word: str) -> str:
    """Return one word of a command line, in quotes.

    `$` is left alone: systemd expands variables in arguments, and takes the program's path as it stands.
    """
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return '"' + _CONTROL.sub(lambda found: rf"\x{ord(found[0]):02x}", escaped) + '"'


@cache
def _environment() -> Environment:
    """Return the loader of our own templates; XML is escaped, a name that is missing is an error."""
    return Environment(
        loader=PackageLoader("microwins.templates", ""),
        autoescape=lambda name: name is not None and name.endswith(".xml.j2"),
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
