"""`microwins config`: the settings and where each comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

import click

from ...parsers.machine_settings import MACHINE_SETTINGS
from ...parsers.problem import Problem
from ...parsers.settings import SETTINGS, Setting, shown
from ...templates.lines import beside
from ...templates.told import in_language
from ..exclusions import SETTINGS_FILES
from ..machine_settings import machine_settings
from ..report import Report
from ..vault import VAULT_VARIABLE, Vault
from .common import Options, shared_options


@click.group(epilog="Example: microwins config show")
def config() -> None:
    """Show the settings and where each comes from."""


@config.command(epilog="Example: microwins config show --json")
@shared_options
def show(options: Options) -> Report:
    """Show every setting with its value, and the file or variable that it comes from; those of this machine last."""
    session = options.session()
    vault, machine = session.vault, session.machine
    own, own_origins = machine_settings(machine.config, machine.environment)
    vault_rows = [_row(one, getattr(vault.settings, one.name), vault.origins) for one in SETTINGS]
    machine_rows = [_row(one, getattr(own, one.name), own_origins) for one in MACHINE_SETTINGS]
    rows = [*vault_rows, *machine_rows]
    width = max(len(row["key"]) for row in rows)
    values = max(len(row["value"]) for row in rows)
    lines = [f"{row['key']:<{width}}  {row['value']:<{values}}  {row['origin']}" for row in rows]
    if options.verbose:
        lines = [
            "\n".join((line, *_meaning(row["meaning"], width + 2, options)))
            for line, row in zip(lines, rows, strict=True)
        ]
    adopted = vault.adopted
    data = {
        "root": vault.root.as_posix(),
        "consent": vault.consent,
        "settings": vault_rows,
        "machine": machine_rows,
        "left_out": list(vault.exclusions.patterns),
        "statuses": dict(vault.reading.statuses),
        "global_filter": adopted.global_filter or None,
        "completion_key": adopted.completion_key or "completion",
        "stamp_style": adopted.task_format or "tasks",
        "template_tool": adopted.template_tool.name,
    }
    return Report(
        data, "\n".join([*lines, *map(options.lines, _adopted_lines(vault, options))]), vault.problems
    )


def _row(setting: Setting, value: object, origins: Mapping[str, str]) -> dict[str, str]:
    return {
        "key": setting.key,
        "value": shown(setting, value),
        "origin": origins[setting.key],
        "meaning": setting.meaning,
        "variable": setting.variable,
    }


def _meaning(meaning: str, indent: int, options: Options) -> list[str]:
    head = " " * indent
    return [f"{head}{meaning}"] if options.bound is None else beside(head, meaning, options.bound)


def _adopted_lines(vault: Vault, options: Options) -> Iterator[str]:
    """Yield what the vault says beyond our settings; with `--verbose` also what is as it is everywhere."""
    adopted = vault.adopted
    if vault.exclusions.patterns:
        yield f"left out: {', '.join(vault.exclusions.patterns)}"
    if adopted.statuses or options.verbose:
        shown_symbols = (f"[{symbol}] {state}" for symbol, state in vault.reading.statuses.items())
        yield f"boxes: {', '.join(shown_symbols)}"
    if adopted.global_filter:
        yield f"global filter: {adopted.global_filter}"
    if adopted.completion_key:
        yield f"done dates of Dataview: [{adopted.completion_key}:: …]"
    if adopted.task_format or options.verbose:
        yield f"done dates are written in the style of: {adopted.task_format or 'tasks'}"


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
    session = options.session()
    session.clock.now()  # a time zone that there is not is told where it is used
    vault = session.vault
    machine_settings(session.machine.config, session.machine.environment)
    problems = [*vault.problems, *_unknown_variables(session.machine.environment)]
    text = "The settings are in order." if not problems else "The settings can be used, but:"
    return Report({"root": vault.root.as_posix()}, in_language(text), problems, 3 if problems else 0)


def _unknown_variables(environment: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for each variable that is named as one of ours and sets nothing."""
    known = {VAULT_VARIABLE, *(one.variable for one in (*SETTINGS, *MACHINE_SETTINGS))}
    for name in sorted(set(environment) - known):
        if name.startswith("MICROWINS_"):
            near = get_close_matches(name, known, 1)
            meant = (
                f"Did you mean `{near[0]}`?" if near else "`microwins config show -v` lists what can be set."
            )
            yield Problem(
                name, None, "variable-unknown", "There is no such variable, so nothing is set by it.", meant
            )
