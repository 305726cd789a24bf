"""Installing writes one file and makes the right calls; removing leaves nothing of it."""

import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from microwins.daemon.errors import ServiceFailed
from microwins.daemon.service import Service, run_call
from microwins.daemon.service_managers import Machine, own_command, service_for, this_machine

NO_BUS = "Failed to connect to bus: No medium found\n"


class Manager:
    """A service manager that remembers what it was asked; `problems` are the verbs that it refuses."""

    def __init__(self, problems: Mapping[str, str] | None = None, *, missing: bool = False) -> None:
        self.problems = problems or {}
        self.missing = missing
        self.calls: list[str] = []

    def __call__(self, call: Sequence[str]) -> subprocess.CompletedProcess[str]:
        if self.missing:
            raise FileNotFoundError(call[0])
        self.calls.append(shlex.join(call))
        said = [text for verb, text in self.problems.items() if verb in call]
        return subprocess.CompletedProcess(call, 1 if said else 0, "", said[0] if said else "")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "Meine Notizen 100% & $mehr"
    folder.mkdir()
    return folder


def service(tmp_path: Path, vault: Path, platform: str = "linux") -> Service:
    machine = Machine(platform, home=tmp_path, config=tmp_path / "config", user="PC\\ada", uid=501)
    return service_for(vault, ["/opt/microwins"], machine)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if not path.is_dir()]


def test_systemd_is_told_of_the_new_unit_and_starts_it(tmp_path: Path, vault: Path) -> None:
    mine, manager = service(tmp_path, vault), Manager()
    report = mine.install(manager)
    assert manager.calls == [
        "systemctl --user daemon-reload",
        f"systemctl --user enable {mine.name}",
        f"systemctl --user restart {mine.name}",
    ]
    assert files(tmp_path) == [mine.file] == [tmp_path / "config" / "systemd" / "user" / mine.name]
    assert mine.file.read_text(encoding="utf-8") == mine.text
    assert "`loginctl enable-linger` is your choice" in report.lines[-2]
    assert report.lines[-1] == f"The file is at {mine.file}."
    assert report.data == {"name": mine.name, "file": str(mine.file), "installed": True, "running": True}


def test_launchd_gets_the_agent_anew(tmp_path: Path, vault: Path) -> None:
    mine, manager = service(tmp_path, vault, "darwin"), Manager({"bootout": "No such process"})
    mine.install(manager)
    assert manager.calls == [
        f"launchctl bootout gui/501/{mine.name}",
        f"launchctl bootstrap gui/501 {shlex.quote(str(mine.file))}",
    ]
    assert mine.file == tmp_path / "Library" / "LaunchAgents" / f"{mine.name}.plist"


def test_task_scheduler_gets_the_task_and_runs_it(tmp_path: Path, vault: Path) -> None:
    mine, manager = service(tmp_path, vault, "win32"), Manager()
    mine.install(manager)
    assert [call.split()[1] for call in manager.calls] == ["/Create", "/Run"]
    assert mine.file.read_bytes().decode("utf-16") == mine.text


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_uninstall_leaves_nothing_of_ours_and_all_that_is_not(
    tmp_path: Path, vault: Path, platform: str
) -> None:
    mine, manager = service(tmp_path, vault, platform), Manager()
    mine.install(manager)
    theirs = mine.file.with_name("theirs")
    theirs.touch()
    report = mine.uninstall(manager)
    assert files(tmp_path) == [theirs]
    assert report.data["installed"] is False
    assert mine.uninstall(manager).lines == (f"No service is installed for {vault}.",)


def test_uninstall_takes_the_link_of_an_enabled_unit_where_systemd_cannot_be_asked(
    tmp_path: Path, vault: Path
) -> None:
    mine = service(tmp_path, vault)
    mine.install(Manager())
    (link,) = mine.links
    link.parent.mkdir()
    link.symlink_to(mine.file)
    mine.uninstall(Manager(missing=True))
    assert files(tmp_path) == []


def test_a_service_that_cannot_be_stopped_keeps_its_file(tmp_path: Path, vault: Path) -> None:
    mine = service(tmp_path, vault)
    mine.install(Manager())
    with pytest.raises(ServiceFailed, match=r"could not be stopped: .* says: Access denied"):
        mine.uninstall(Manager({"disable": "Access denied"}))
    assert files(tmp_path) == [mine.file]


@pytest.mark.parametrize(
    ("manager", "reason"),
    [
        pytest.param(Manager(missing=True), "systemctl was not found", id="no systemctl"),
        pytest.param(
            Manager({"daemon-reload": NO_BUS}), "Failed to connect to bus: No medium found", id="no user bus"
        ),
    ],
)
def test_without_a_service_manager_the_file_is_written_and_the_next_step_said(
    tmp_path: Path, vault: Path, manager: Manager, reason: str
) -> None:
    mine = service(tmp_path, vault)
    with pytest.raises(ServiceFailed) as failed:
        mine.install(manager)
    assert reason in failed.value.message
    assert str(mine.file) in failed.value.message
    assert f"systemctl --user enable {mine.name} && systemctl --user restart {mine.name}" in failed.value.hint
    assert mine.file.read_text(encoding="utf-8") == mine.text


def test_a_manager_that_hangs_is_reported(tmp_path: Path, vault: Path) -> None:
    def hang(call: Sequence[str]) -> subprocess.CompletedProcess[str]:
        raise subprocess.TimeoutExpired(call, 60)

    with pytest.raises(ServiceFailed, match="timed out"):
        service(tmp_path, vault).install(hang)


def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path, vault: Path) -> None:
    (tmp_path / "config").touch()
    with pytest.raises(ServiceFailed, match="could not be written"):
        service(tmp_path, vault).install(Manager())


def test_print_writes_nothing(tmp_path: Path, vault: Path) -> None:
    mine = service(tmp_path, vault)
    report = mine.print()
    assert "\n".join(report.lines) + "\n" == mine.text == report.data["text"]
    assert files(tmp_path) == []


def test_status_tells_installed_running_and_current(tmp_path: Path, vault: Path) -> None:
    mine, manager = service(tmp_path, vault), Manager()
    assert mine.status(manager).data["installed"] is False
    assert manager.calls == []
    mine.install(manager)
    assert mine.status(manager).data == {
        "name": mine.name,
        "file": str(mine.file),
        "installed": True,
        "running": True,
        "current": True,
    }
    mine.file.write_text("edited")
    stale = mine.status(Manager({"is-active": "inactive"}))
    assert (stale.data["running"], stale.data["current"]) == (False, False)
    assert "is not running" in stale.lines[0]
    assert "renews it" in stale.lines[-1]


def test_a_vault_reached_by_a_link_has_the_same_service(tmp_path: Path, vault: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(vault)
    assert service(tmp_path, link) == service(tmp_path, vault)


def test_a_platform_without_a_service_manager_is_told_so(tmp_path: Path, vault: Path) -> None:
    with pytest.raises(ServiceFailed) as failed:
        service(tmp_path, vault, "plan9")
    assert "microwins watch --vault" in failed.value.hint


def test_what_runs_now_can_be_started_again_by_an_absolute_path() -> None:
    assert Path(own_command()[0]).is_absolute()


def test_the_folder_for_units_follows_the_users_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert this_machine().config == tmp_path


def test_a_call_keeps_what_the_manager_says(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        run_call([str(tmp_path / "missing")])
    done = run_call(["sh", "-c", "echo out; echo err >&2; exit 3"])
    assert (done.returncode, done.stdout, done.stderr) == (3, "out\n", "err\n")
