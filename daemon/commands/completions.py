"""`microwins completions`: shell completions."""

from __future__ import annotations

import click

_HOW = {
    "bash": 'eval "$(microwins completions bash)"   # in ~/.bashrc',
    "zsh": 'eval "$(microwins completions zsh)"   # in ~/.zshrc',
    "fish": "microwins completions fish | source   # in ~/.config/fish/config.fish",
    "powershell": "microwins completions powershell | Out-String | Invoke-Expression   # in $PROFILE",
}


@click.command(epilog='Example: eval "$(microwins completions bash)"')
@click.argument("shell", type=click.Choice(list(_HOW)))
def completions(shell: str) -> None:
    """Print the completions for a shell; its start-up file reads them from here."""
    from click.shell_completion import get_completion_class

    from ..cli import cli

    made = get_completion_class(shell)
    if made is None:
        raise click.ClickException(f"This version of click has no completions for {shell}.")
    click.echo(f"# {_HOW[shell]}")
    click.echo(made(cli, {}, "microwins", "_MICROWINS_COMPLETE").source())
