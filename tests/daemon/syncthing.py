"""Two real Syncthing instances on the loopback that keep two folders the same."""

import json
import os
import shutil
import socket
import subprocess
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from .live import Deadline

FOLDER = "vault"
STARTING = 60.0
_OFF = {
    "globalAnnounceEnabled": "false",
    "localAnnounceEnabled": "false",
    "relaysEnabled": "false",
    "natEnabled": "false",
    "startBrowser": "false",
    "urAccepted": "-1",
    "urSeen": "99",
    "crashReportingEnabled": "false",
    "autoUpgradeIntervalH": "0",
    "reconnectionIntervalS": "1",
    "progressUpdateIntervalS": "-1",
}


def installed() -> bool:
    """Return whether Syncthing is there."""
    return shutil.which("syncthing") is not None


class Device:
    """One Syncthing: its home, its folder, the ports that it listens on."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.home, self.folder = home, folder
        folder.mkdir(parents=True, exist_ok=True)
        self.port, self._gui = free_port(), free_port()
        _run("generate", f"--home={home}", "--no-default-folder")
        self._key = ET.parse(home / "config.xml").findtext("gui/apikey", "")
        self.id = _run(f"--home={home}", "--device-id").strip()
        self._process: subprocess.Popen[bytes] | None = None

    def configure(self, other: "Device") -> None:
        """Share the folder with the other device, and with nobody else in the world."""
        tree = ET.parse(self.home / "config.xml")
        root = tree.getroot()
        for old in (*root.findall("device"), *root.findall("folder")):
            root.remove(old)
        folder = ET.SubElement(
            root, "folder",
            {"id": FOLDER, "path": str(self.folder), "type": "sendreceive", "rescanIntervalS": "3600",
             "fsWatcherEnabled": "true", "fsWatcherDelayS": "1"},
        )  # fmt: skip
        # Not said, it is none at all: the loser of a conflict would be thrown away without a word.
        ET.SubElement(folder, "maxConflicts").text = "-1"
        for device in (self, other):
            ET.SubElement(folder, "device", {"id": device.id})
            entry = ET.SubElement(
                root, "device", {"id": device.id, "name": device.home.name, "compression": "never"}
            )
            ET.SubElement(entry, "address").text = f"tcp://127.0.0.1:{device.port}"
        _set(root, "gui", "address", f"127.0.0.1:{self._gui}")
        _set(root, "options", "listenAddress", f"tcp://127.0.0.1:{self.port}")
        for name, value in _OFF.items():
            _set(root, "options", name, value)
        tree.write(self.home / "config.xml")

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self.home / "log.txt").open("wb") as log:
            self._process = subprocess.Popen(
                ["syncthing", "serve", f"--home={self.home}", "--no-browser", "--no-restart"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={**os.environ, "STNOUPGRADE": "1", "HOME": str(self.home), "GOMAXPROCS": "1"},
            )  # fmt: skip
        deadline = Deadline(STARTING)
        while not self._answers():
            deadline.pause(f"Syncthing did not start: {(self.home / 'log.txt').read_text()[-2000:]}")

    def stop(self) -> None:
        """Stop it as a device is that goes out of reach."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(STARTING)
            self._process = None

    def get(self, path: str, seconds: float = 30) -> Any:
        """Return what its interface answers."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._gui}/rest/{path}", headers={"X-API-Key": self._key}
        )
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return json.load(answer)

    def post(self, path: str) -> None:
        """Tell it to do something."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._gui}/rest/{path}", headers={"X-API-Key": self._key}, method="POST"
        )
        with urllib.request.urlopen(request, timeout=60):
            pass

    def scan(self) -> None:
        """Have it look at its folder now."""
        self.post(f"db/scan?folder={FOLDER}")

    def state(self) -> tuple[str, int]:
        """Return what it is doing, and how many files it still needs."""
        status = self.get(f"db/status?folder={FOLDER}")
        return status["state"], status["needTotalItems"]

    def sees(self, other: "Device") -> bool:
        """Return whether it is connected to the other one."""
        found = self.get("system/connections")["connections"]
        return bool(found.get(other.id, {}).get("connected"))

    def _answers(self) -> bool:
        try:
            return bool(self.get("system/ping", 2)["ping"] == "pong")
        except (urllib.error.URLError, OSError, ValueError):
            return False


class Pair:
    """Two devices with one vault each, kept the same while they are connected."""

    def __init__(self, folder: Path) -> None:
        self.devices = tuple(
            Device(folder / name / "syncthing", folder / name / "vault") for name in ("one", "two")
        )
        one, two = self.devices
        one.configure(two)
        two.configure(one)

    def __enter__(self) -> Self:
        for device in self.devices:
            device.start()
        self.connected()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for device in self.devices:
            device.stop()

    def apart(self) -> None:
        """Cut the connection, as on a train."""
        for device in self.devices:
            device.post("system/pause")

    def together(self) -> None:
        """Bring the connection back."""
        for device in self.devices:
            device.post("system/resume")
        self.connected()

    def connected(self) -> None:
        """Wait until each sees the other."""
        one, two = self.devices
        deadline = Deadline(STARTING)
        while not (one.sees(two) and two.sees(one)):
            deadline.pause("the two devices did not find each other")

    def is_settled(self) -> bool:
        """Return whether both have nothing to do and hold the same files."""
        for device in self.devices:
            device.scan()
        idle = all(device.state() == ("idle", 0) for device in self.devices)
        return idle and self.same_files()

    def same_files(self) -> bool:
        """Return whether both folders hold the same bytes."""
        one, two = (files(device.folder) for device in self.devices)
        return one == two


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of a vault, but for those that Syncthing keeps for itself."""
    found: dict[str, bytes] = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if name.startswith(".st") or ".syncthing." in name or name.endswith(".microwins-tmp"):
            continue
        try:
            if path.is_file():
                found[name] = path.read_bytes()
        except FileNotFoundError:
            continue
    return found


def free_port() -> int:
    """Return a port of the loopback that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _run(*words: str) -> str:
    done = subprocess.run(
        ["syncthing", *words], capture_output=True, text=True, timeout=STARTING, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _set(root: ET.Element, section: str, name: str, value: str) -> None:
    parent = root.find(section)
    assert parent is not None
    for old in parent.findall(name):
        parent.remove(old)
    ET.SubElement(parent, name).text = value
