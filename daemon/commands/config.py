"""`microwins config`: the settings and where each comes from."""

from __future__ import annotations

import click

from ...parsers.settings import SETTINGS, shown
from ..report import Report
from ..vault import SETTINGS_FILES
from .common import Options, shared_options


@click.group(epilog="Example: microwins config show")
def config() -> None:
    """Show the settings and where each comes from."""


@config.command(epilog="Example: microwins config show --json")
@shared_options
def show(options: Options) -> Report:
    """Show every setting with its value, and the file or variable that it comes from."""
    vault = options.session().vault
    rows = [
        {
            "key": setting.key,
            "value": shown(setting, getattr(vault.settings, setting.name)),
            "origin": vault.origins[setting.key],
            "meaning": setting.meaning,
            "variable": setting.variable,
        }
        for setting in SETTINGS
    ]
    width = max(len(row["key"]) for row in rows)
    values = max(len(row["value"]) for row in rows)
    lines = [f"{row['key']:<{width}}  {row['value']:<{values}}  {row['origin']}" for row in rows]
    if options.verbose:
        lines = [f"{line}\n{'':<{width}}  {row['meaning']}" for line, row in zip(lines, rows, strict=True)]
    data = {
        "root": vault.root.as_posix(),
        "consent": vault.consent,
        "settings": rows,
        "left_out": list(vault.exclusions.patterns),
        "statuses": dict(vault.reading.statuses),
        "stamp_style": vault.adopted.task_format or "tasks",
    }
    left_out = f"\nleft out: {', '.join(vault.exclusions.patterns)}" if vault.exclusions.patterns else ""
    return Report(data, "\n".join(lines) + left_out, vault.problems)


@config.command(epilog="Example: microwins config path")
@shared_options
def path(options: Options) -> Report:
    """Print the path of the vault's settings file."""
    vault = options.session().vault
    names = [name for name in SETTINGS_FILES if (vault.root / name).is_file()] or [SETTINGS_FILES[0]]
    found = vault.root / names[0]
    return Report({"path": found.as_posix(), "exists": found.is_file()}, found.as_posix())


@config.command(epilog="Example: microwins config check")
@shared_options
def check(options: Options) -> Report:
    """Check the settings: an error names the file, the line, the key and the nearest one that exists."""
    vault = options.session().vault
    text = (
        "The settings are in order."
        if not vault.problems
        else "The settings are in order, but not those of other programs:"
    )
    return Report({"root": vault.root.as_posix()}, text, vault.problems, 3 if vault.problems else 0)
