"""The service files say what is meant, for every path that a person may have."""

import os
import plistlib
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from microwins.templates.service_unit import (
    launchd_label,
    render_launchd,
    render_systemd,
    render_task_scheduler,
    service_name,
    systemd_unit_name,
)

NASTY = [
    pytest.param("plain", id="plain"),
    pytest.param("two words", id="spaces"),
    pytest.param("100% %h %%", id="percent"),
    pytest.param("$HOME ${USER} $$", id="dollar"),
    pytest.param("\"double\" and 'single'", id="quotes"),
    pytest.param("Käse & <Brot> 漢字", id="umlauts and XML"),
    pytest.param("back\\slash\\", id="backslashes"),
    pytest.param("tab\there\nand a line", id="control characters"),
    pytest.param("; -x #", id="shell signs"),
]
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def verified(unit: str, folder: Path, vault: str) -> subprocess.CompletedProcess[str]:
    """Let systemd read the unit; skip where it is missing, except in CI."""
    tool = shutil.which("systemd-analyze")
    if tool is None and os.environ.get("CI"):
        pytest.fail("systemd-analyze is missing, and CI promises it")
    if tool is None:
        pytest.skip("systemd-analyze is missing")
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    file = folder / systemd_unit_name(vault)
    file.write_text(unit, encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "XDG_RUNTIME_DIR": str(runtime)}
    command = [tool, "--user", "verify", str(file)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def program_in(folder: Path) -> str:
    folder.mkdir(parents=True)
    program = folder / "microwins"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return str(program)


@pytest.mark.parametrize("name", NASTY)
def test_systemd_reads_the_unit_without_a_word(tmp_path: Path, name: str) -> None:
    vault = str(tmp_path / name)
    unit = render_systemd([program_in(tmp_path / "bin" / name)], vault)
    found = verified(unit, tmp_path, vault)
    assert found.stderr == ""
    assert found.returncode == 0


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ("Restart=", "Restrat=", "Restrat"),
        ("RestartSec=10", "RestartSec=soon", "soon"),
        ("microwins", "microlosses", "microlosses"),
    ],
)
def test_systemd_notices_a_mistake_in_the_unit(
    tmp_path: Path, right: str, wrong: str, complaint: str
) -> None:
    vault = str(tmp_path / "vault")
    unit = render_systemd([program_in(tmp_path / "bin")], vault)
    assert complaint in verified(unit.replace(right, wrong), tmp_path, vault).stderr


def test_a_unit_starts_again_after_a_crash_and_not_when_the_vault_is_busy() -> None:
    lines = render_systemd(["/usr/bin/microwins"], "/home/ada/notes").splitlines()
    assert 'ExecStart="/usr/bin/microwins" "watch" "--vault" "/home/ada/notes"' in lines
    assert {"Type=simple", "Restart=on-failure", "RestartPreventExitStatus=75"} <= set(lines)


@pytest.mark.parametrize(
    ("vault", "word"),
    [
        ("/a b", '"/a b"'),
        ("/50%", '"/50%%"'),
        ("/$HOME", '"/$$HOME"'),
        ('/"x"', r'"/\"x\""'),
        ("/a\\", r'"/a\\"'),
        ("/a\nb", r'"/a\x0ab"'),
        ("/Käse", '"/Käse"'),
    ],
)
def test_a_unit_quotes_the_vault_for_systemd(vault: str, word: str) -> None:
    (line,) = [line for line in render_systemd(["/m"], vault).splitlines() if line.startswith("ExecStart=")]
    assert line == f'ExecStart="/m" "watch" "--vault" {word}'


def test_the_path_of_the_program_keeps_its_dollar() -> None:
    assert 'ExecStart="/opt/$x/50%%/microwins" ' in render_systemd(["/opt/$x/50%/microwins"], "/v")


def test_a_program_whose_path_systemd_refuses_is_started_by_a_shell() -> None:
    unit = render_systemd(["/ada's $x/microwins"], "/v")
    assert (
        'ExecStart="/bin/sh" "-c" "exec \\"$$@\\"" "sh" "/ada\'s $$x/microwins" "watch" "--vault" "/v"\n'
        in unit
    )


def test_a_description_is_one_line() -> None:
    unit = render_systemd(["/m"], "/notes\nExecStart=/bin/false\\")
    assert "Description=microwins for the notes in false/\n" in unit
    assert unit.count("\nExecStart=") == 1


@pytest.mark.parametrize("name", [case for case in NASTY if case.id != "control characters"])
def test_launchd_gets_the_very_words(name: str) -> None:
    vault = f"/Users/ada/{name}"
    agent = plistlib.loads(render_launchd([f"/opt/{name}/microwins"], vault, "/tmp/log & co").encode())
    assert agent["ProgramArguments"] == [f"/opt/{name}/microwins", "watch", "--vault", vault]
    assert agent["Label"] == launchd_label(vault)
    assert agent["StandardErrorPath"] == "/tmp/log & co"
    assert agent["RunAtLoad"] is True
    assert agent["KeepAlive"] == {"SuccessfulExit": False}


def test_without_a_log_launchd_is_told_of_none() -> None:
    assert "StandardErrorPath" not in plistlib.loads(render_launchd(["/m"], "/v").encode())


@pytest.mark.parametrize(
    ("vault", "arguments"),
    [
        ("C:\\notes", "watch --vault C:\\notes"),
        ("C:\\My notes & <more>\\", 'watch --vault "C:\\My notes & <more>\\\\"'),
        ("C:\\Käse's 漢字", 'watch --vault "C:\\Käse\'s 漢字"'),
        ("\\\\server\\100% mine", 'watch --vault "\\\\server\\100% mine"'),
    ],
)
def test_task_scheduler_gets_the_very_words(vault: str, arguments: str) -> None:
    text = render_task_scheduler(["C:\\Program Files & co\\microwins.exe"], vault, "PC\\ädä")
    task = ElementTree.fromstring(text.encode("utf-16"))
    assert task.findtext(f".//{TASK}Command") == "C:\\Program Files & co\\microwins.exe"
    assert task.findtext(f".//{TASK}Arguments") == arguments
    assert task.findtext(f".//{TASK}LogonTrigger/{TASK}UserId") == "PC\\ädä"
    assert task.findtext(f".//{TASK}ExecutionTimeLimit") == "PT0S"


@pytest.mark.parametrize(
    ("vault", "slug"),
    [
        ("/home/ada/Meine Notizen", "microwins-meine-notizen-"),
        ("/home/ada/Käse 100%", "microwins-kase-100-"),
        ("/home/ada/漢字", "microwins-vault-"),
        ("/", "microwins-vault-"),
        ("C:\\Users\\Ada\\My Notes", "microwins-my-notes-"),
        ("/x/" + "long " * 30, "microwins-long-long-long-long-long-long-long-long-"),
    ],
)
def test_a_service_is_named_after_its_vault(vault: str, slug: str) -> None:
    assert service_name(vault)[:-6] == slug
    assert systemd_unit_name(vault) == f"{service_name(vault)}.service"
    assert launchd_label(vault) == f"dev.{service_name(vault).replace('-', '.', 1)}"


def test_two_vaults_of_one_name_have_two_services() -> None:
    assert service_name("/home/ada/notes") != service_name("/srv/notes")
