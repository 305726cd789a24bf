"""The parts of run.py that decide; nothing here makes a virtual environment."""

import ast
import importlib.util
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

import pytest

RUN = Path(__file__).parents[1] / "run.py"


@pytest.fixture
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("microwins_run", RUN)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Calls:
    """Stand in for the two ways to run a program, and keep what was asked for."""

    def __init__(self, codes: Mapping[str, int]) -> None:
        self.codes = codes
        self.made: list[list[str]] = []

    def __call__(self, argv: Sequence[str], environment: Mapping[str, str]) -> int:
        words = [Path(argv[0]).name, *argv[1:]]
        self.made.append(words)
        return self.codes.get(words[0], 0)


@pytest.fixture
def ready(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Pretend that everything is installed, and stay in the present folder."""
    monkeypatch.setattr(bootstrap, "ensure_installed", lambda extra, environment: None)
    monkeypatch.setattr(bootstrap.os, "chdir", lambda folder: None)
    return bootstrap


def calls_of(module: ModuleType, monkeypatch: pytest.MonkeyPatch, **codes: int) -> Calls:
    calls = Calls(codes)
    monkeypatch.setattr(module, "wait_for", calls)
    monkeypatch.setattr(module, "hand_over", calls)
    return calls


def test_an_old_python_can_read_the_file() -> None:
    ast.parse(RUN.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_an_old_python_is_refused_in_one_sentence(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 10, 9))
    assert bootstrap.main(["demo"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("microwins needs Python 3.11 or newer")
    assert said.err.count("\n") == 1


def test_the_tests_run_after_every_check_in_order(ready: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = calls_of(ready, monkeypatch)
    assert ready.main(["test"]) == 0
    assert calls.made == [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["lint-imports"],
        ["pytest", "-n", "3", "--dist", "worksteal"],
    ]


def test_the_first_failing_check_ends_the_run(
    ready: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = calls_of(ready, monkeypatch, mypy=2)
    assert ready.main(["test"]) == 2
    assert calls.made[-1] == ["mypy"]
    assert "`mypy` failed (exit code 2)" in capsys.readouterr().err


def test_words_after_test_go_to_pytest_alone(ready: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = calls_of(ready, monkeypatch, pytest=5)
    assert ready.main(["test", "-k", "streak"]) == 5
    assert calls.made == [["pytest", "-k", "streak"]]


@pytest.mark.parametrize("args", [["demo", "folder", "--once"], ["status", "--vault", "a b"], ["--help"], []])
def test_every_other_word_goes_to_microwins(
    ready: ModuleType, monkeypatch: pytest.MonkeyPatch, args: list[str]
) -> None:
    calls = calls_of(ready, monkeypatch)
    ready.main(args)
    assert calls.made == [["microwins", *args]]


def test_another_pythons_settings_do_not_reach_a_child(bootstrap: ModuleType) -> None:
    environment = {
        "PATH": "/bin",
        "PYTHONPATH": "x",
        "PYTHONHOME": "y",
        "VIRTUAL_ENV": "z",
        "MICROWINS_VAULT": "v",
    }
    assert bootstrap.clean(environment) == {"PATH": "/bin", "MICROWINS_VAULT": "v"}


@pytest.mark.parametrize(
    ("installed", "wanted", "enough"),
    [
        pytest.param("dev", "dev", True, id="the same"),
        pytest.param("dev", "", True, id="more than is wanted"),
        pytest.param("", "", True, id="the bare program"),
        pytest.param("", "dev", False, id="the development tools are missing"),
    ],
)
def test_an_install_is_current_when_it_holds_what_is_wanted(
    bootstrap: ModuleType, installed: str, wanted: str, enough: bool
) -> None:
    stamp = bootstrap.stamp_for("3.11.7 cpython /usr", b"[project]", installed)
    assert (
        bootstrap.is_current(stamp, bootstrap.stamp_for("3.11.7 cpython /usr", b"[project]", wanted))
        is enough
    )


@pytest.mark.parametrize("changed", ["python", "venv", "project"])
def test_an_install_is_out_of_date_when_its_ground_changed(bootstrap: ModuleType, changed: str) -> None:
    wanted = bootstrap.stamp_for("3.11.7 cpython /usr", b"[project]", "")
    assert not bootstrap.is_current({**wanted, changed: "other"}, wanted)


@pytest.mark.parametrize("text", [None, "", "{", "[1]", "null"])
def test_a_stamp_that_cannot_be_trusted_counts_as_none(
    bootstrap: ModuleType, tmp_path: Path, text: str | None
) -> None:
    if text is not None:
        (tmp_path / bootstrap.STAMP).write_text(text)
    assert bootstrap.read_stamp(tmp_path) == {}


def test_an_environment_that_was_moved_is_noticed(bootstrap: ModuleType, tmp_path: Path) -> None:
    assert bootstrap.stands_here(tmp_path, {"venv": str(tmp_path)})
    assert not bootstrap.stands_here(tmp_path, {"venv": "/elsewhere/.venv"})


def test_without_a_stamp_the_activate_script_tells_where_it_was_made(
    bootstrap: ModuleType, tmp_path: Path
) -> None:
    script = bootstrap.binary(tmp_path, "activate", suffix="")
    assert not bootstrap.stands_here(tmp_path, {})
    script.parent.mkdir()
    script.write_text(f"VIRTUAL_ENV='{tmp_path}'\n")
    assert bootstrap.stands_here(tmp_path, {})


def test_an_interpreter_that_does_not_start_has_no_identity(bootstrap: ModuleType, tmp_path: Path) -> None:
    assert bootstrap.venv_identity(tmp_path, {}) == ""


@pytest.mark.skipif(os.name == "nt", reason="a link to the interpreter does not start there")
def test_a_link_to_this_interpreter_has_its_identity(bootstrap: ModuleType, tmp_path: Path) -> None:
    python = bootstrap.binary(tmp_path, "python")
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    (tmp_path / "pyvenv.cfg").write_text(f"home = {sys.base_prefix}/bin\n")
    assert bootstrap.venv_identity(tmp_path, bootstrap.clean(os.environ)) == bootstrap.identity_here()


def test_a_current_install_is_used_as_it_is(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"[project]")
    venv = tmp_path / ".venv"
    venv.mkdir()
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", venv)
    monkeypatch.setattr(bootstrap, "venv_identity", lambda folder, environment: bootstrap.identity_here())
    monkeypatch.setattr(bootstrap, "quietly", None)
    stamp = bootstrap.stamp_for(bootstrap.identity_here(), b"[project]", "dev")
    (venv / bootstrap.STAMP).write_text(json.dumps(stamp))
    bootstrap.ensure_installed("dev", {})


def test_what_is_compiled_is_compiled_again_when_it_changed(bootstrap: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"[project]")
    (tmp_path / "parsers").mkdir()
    grounds = [bootstrap.ground(tmp_path)]
    for text in (b"one", b"two"):
        (tmp_path / "parsers/look.pyx").write_bytes(text)
        grounds.append(bootstrap.ground(tmp_path))
    assert len(set(grounds)) == 3


def test_of_an_environment_that_is_a_link_only_the_link_is_removed(
    bootstrap: ModuleType, tmp_path: Path
) -> None:
    target = tmp_path / "precious"
    target.mkdir()
    (target / "file").write_text("text")
    link = tmp_path / ".venv"
    link.symlink_to(target)
    bootstrap.remove(link)
    assert not link.is_symlink()
    assert (target / "file").read_text() == "text"
