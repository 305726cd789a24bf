"""`microwins completions`: shell completions."""

from __future__ import annotations

import click

from ..report import Report
from .common import Options, shared_options

_HOW = {
    "bash": 'eval "$(microwins completions bash)"   # in ~/.bashrc',
    "zsh": 'eval "$(microwins completions zsh)"   # in ~/.zshrc',
    "fish": "microwins completions fish | source   # in ~/.config/fish/config.fish",
    "powershell": "microwins completions powershell | Out-String | Invoke-Expression   # in $PROFILE",
}


@click.command(epilog='Example: eval "$(microwins completions bash)"')
@click.argument("shell", type=click.Choice(list(_HOW)))
@shared_options
def completions(_options: Options, shell: str) -> Report:
    """Print the completions for a shell; its start-up file reads them from here."""
    from click.shell_completion import get_completion_class

    from ..cli import cli

    made = get_completion_class(shell)
    if made is None:
        raise click.ClickException(f"This version of click has no completions for {shell}.")
    script = made(cli, {}, "microwins", "_MICROWINS_COMPLETE").source()
    return Report({"shell": shell, "script": script, "use": _HOW[shell]}, f"# {_HOW[shell]}\n{script}")
