"""The example at the end of each command's help works, in the sample vault that anybody can have."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest

from microwins.daemon.cli import COMMANDS, cli
from tests.commands.conftest import Bench

NOT_HERE = {
    "watch": "it stays until it is stopped",
    "demo": "it makes the vault that these run in",
    "service": "it would change the machine",
    "service install": "it would change the machine",
    "service uninstall": "it would change the machine",
}


def examples() -> dict[str, str]:
    """Return the example of each command by its name."""
    found: dict[str, str] = {}
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        inner = command.commands if isinstance(command, click.Group) else {}
        for title, one in ((name, command), *((f"{name} {part}", each) for part, each in inner.items())):
            epilog = one.epilog if one is not None else None
            assert epilog is not None
            found[title] = epilog.removeprefix("Example: ")
    return found


EXAMPLES = examples()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    bench = Bench(tmp_path_factory.mktemp("sample"))
    assert bench.bare("demo", str(bench.root), "--once").code == 0
    return bench


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name not in NOT_HERE])
def test_the_example_of_the_help_works(
    sample: Bench, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(tmp_path)
    shutil.copytree(sample.root, bench.root)
    monkeypatch.chdir(bench.root)
    assert bench.run("tick", "do 10 push-ups").code == 0
    inside = re.search(r"\$\((.*)\)", EXAMPLES[name])
    words = shlex.split(inside[1] if inside else EXAMPLES[name])
    words = [str(bench.root) if word == "~/Notes" else word for word in words]
    result = bench.bare(*words[1:], answer="y\n")
    assert (words[0], result.code) == ("microwins", 0), result


def test_what_is_not_run_here_is_a_command(sample: Bench) -> None:
    assert set(NOT_HERE) <= set(EXAMPLES)
    assert (sample.root / ".microwins.toml").is_file()
