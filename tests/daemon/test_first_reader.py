"""A large vault is read by a process of its own, of which nothing is left but what the index keeps."""

import pickle
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from microwins.daemon import first_reader
from microwins.daemon.first_reader import FirstReader
from microwins.daemon.keeper import Keeper
from microwins.daemon.updating import settle
from microwins.parsers.problem import Problem
from microwins.streaks.vault_figures import VaultFigures

from .small_vault import DAY, GOAL, TODAY, SmallVault, small_vault

MAIN = "from microwins.daemon.first_reader import main; main()"
DIES_BEFORE_THE_END = f"""
import os, signal
from microwins.daemon.index import NoteIndex
NoteIndex.keep_state = lambda *_: os.kill(os.getpid(), signal.SIGTERM)
{MAIN}
"""
NEVER_ENDS = f"""
from threading import Event
from microwins.daemon.first_reader import FirstReader
from microwins.daemon.keeper import Keeper
from microwins.daemon.updating import settle
Keeper.read_all = lambda _: print("reading", flush=True) or Event().wait()
{MAIN}
"""
Told = tuple[VaultFigures, list[Problem]]


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallVault:
    """A vault that was not written lately, large enough to be read by another process, with a problem."""
    monkeypatch.setattr("microwins.daemon.index.WORTH_IT", 1)
    found = small_vault(tmp_path)
    long_ago = found.now - timedelta(days=9)
    for path in (GOAL, DAY):
        found.write(path, found.text(path), long_ago)
    found.write("2026-03-03.md", "- [x] Write 300 words\n", long_ago)
    found.write("Odd.md", "<!-- microwins:today -->\n- [ ] Read a page\n", long_ago)
    return found


def first_reading(vault: SmallVault, *, stays: bool = True) -> tuple[Told, int]:
    """Read the vault for the first time; return what is told of it, and how many notes this process read."""
    with closing(vault.session.keeper(stays=stays)) as keeper:
        keeper.read_all()
        return told(keeper), keeper.parsed


def told(keeper: Keeper) -> Told:
    figures = keeper.figures()
    return figures, keeper.problems(figures)


def forget(vault: SmallVault) -> None:
    for file in (vault.root.parent / "cache").iterdir():
        file.unlink()


def run_instead(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setattr(first_reader, "_COMMAND", (sys.executable, "-c", script))


def test_what_another_process_read_is_told_as_if_it_was_read_here(vault: SmallVault) -> None:
    found, parsed = first_reading(vault)
    forget(vault)
    expected, all_notes = first_reading(vault, stays=False)
    assert found == expected
    assert expected[1]
    assert (parsed, all_notes) == (0, 4)


def test_a_reader_that_cannot_start_leaves_it_to_this_process(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, _ = first_reading(vault)
    forget(vault)
    monkeypatch.setattr(first_reader, "_COMMAND", (str(vault.root / "nothing"),))
    assert first_reading(vault) == (expected, 4)


def test_a_reader_that_is_killed_leaves_what_it_noted(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, _ = first_reading(vault)
    forget(vault)
    run_instead(monkeypatch, DIES_BEFORE_THE_END)
    assert first_reading(vault) == (expected, 0)


@pytest.mark.parametrize("told", [b"", b"nothing", pickle.dumps((1, False))])
def test_a_reader_that_cannot_read_ends_without_a_word(told: bytes) -> None:
    done = subprocess.run(
        (sys.executable, "-c", MAIN), input=told, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


def test_what_goes_wrong_in_the_other_process_is_told_by_this_one_alone(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    expected, _ = first_reading(vault)
    forget(vault)
    run_instead(monkeypatch, "no Python")
    assert first_reading(vault) == (expected, 4)
    assert capfd.readouterr() == ("", "")


def test_a_small_vault_is_read_by_the_process_that_stays(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("microwins.daemon.index.WORTH_IT", 5)
    assert first_reading(vault)[1] == 4


def test_a_tick_is_noticed_that_nobody_saw_since_another_process_read_the_vault(vault: SmallVault) -> None:
    with closing(vault.session.keeper(stays=True)) as keeper:
        keeper.read_all()
        keeper.remember()
    vault.write(GOAL, vault.text(GOAL).replace("- [ ] Chapter one", "- [x] Chapter one"))
    vault.settle()
    assert f"- [x] Chapter one ✅ {TODAY}" in vault.text(GOAL)


def test_notes_that_change_while_another_process_reads_are_read_again(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = "from pathlib import Path; Path({!r}).write_text('- [x] Write 300 words\\n- [x] Read a page\\n')"
    run_instead(monkeypatch, MAIN + "\n" + change.format(str(vault.root / DAY)))
    found, parsed = first_reading(vault)
    forget(vault)
    assert found == first_reading(vault, stays=False)[0]
    assert parsed == 1


def test_a_tick_made_while_another_process_reads_bears_its_date(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticked = vault.text(GOAL).replace("- [ ] Chapter one", "- [x] Chapter one")
    file, moment = str(vault.root / GOAL), vault.now.timestamp()
    change = f"import os; from pathlib import Path; Path({file!r}).write_text({ticked!r}); os.utime({file!r}, ({moment}, {moment}))"
    run_instead(monkeypatch, f"{MAIN}\n{change}")
    with closing(vault.session.keeper(stays=True)) as keeper:
        keeper.read_all()
        settle(keeper)
    assert f"- [x] Chapter one ✅ {TODAY}" in vault.text(GOAL)


def test_a_reader_ends_with_the_process_that_asked(vault: SmallVault) -> None:
    places = vault.root.parent
    order = FirstReader(vault.root, {}, places / "state", places / "cache", TODAY)
    command = (sys.executable, "-c", NEVER_ENDS)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(pickle.dumps((order, False)))
        process.stdin.flush()
        assert process.stdout.readline() == b"reading\n"
        process.stdin.close()
        assert process.wait(60) == 1
