"""Two daemons over one vault that real Syncthing keeps the same: same bytes on both, no conflict copy of our making."""

import os
import random
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import pytest

from microwins.daemon.clock import system_clock

from .live import Deadline, Program, run_microwins
from .syncthing import Device, Pair, files, installed

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.skipif(
        not installed() and not os.environ.get("CI"),
        reason="Syncthing is not installed (apt-get install syncthing)",
    ),
]

GOALS = {
    "Goals/Book.md": "---\ntype: goal\nidentity: writer\nmeasure: 10000 words\n---\n# Book\n\n## Micro-wins\n"
    "- Write 300 words 🔁 every day\n- Read a page 🔁 every day\n\n## Steps\n- [ ] Outline\n- [ ] Chapter one\n",
    "Goals/Piano.md": "---\ntype: goal\n---\n# Piano\n\n## Micro-wins\n- Play a scale 🔁 3 times a week\n",
}
BOXES = ("Write 300 words", "Read a page", "Play a scale")
SETTINGS = 'late_window = "0s"\n'
QUIET = 9.0


class Desk:
    """One device with its user, who ticks boxes in the notes of days that are only theirs, and its `watch`."""

    def __init__(self, device: Device, seed: int, days: list[date]) -> None:
        self.device, self.days = device, days
        self._random = random.Random(seed)
        self.home = device.home.parent
        self.ticks = 0

    def watch(self) -> Program:
        """Start the daemon of this device."""
        return Program(self.home, "watch", "--vault", str(self.device.folder), "--json")

    def tick(self) -> None:
        """Tick or untick one box, in place as Obsidian saves."""
        note = self.device.folder / f"{self._random.choice(self.days)}.md"
        text = note.read_text(encoding="utf-8")
        box = self._random.choice(BOXES)
        before, after = f"- [ ] {box}", f"- [x] {box}"
        text = text.replace(before, after) if before in text else text.replace(after, before)
        note.write_text(text, encoding="utf-8")
        self.ticks += 1


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    found = Pair(tmp_path)
    vault = found.devices[0].folder
    (vault / "Goals").mkdir(parents=True)
    (vault / ".microwins.toml").write_text(SETTINGS, encoding="utf-8")
    for path, text in GOALS.items():
        (vault / path).write_text(text, encoding="utf-8")
    (vault / "Micro-wins.md").write_text(
        "<!-- microwins:summary -->\n<!-- /microwins -->\n\n<!-- microwins:heatmap -->\n<!-- /microwins -->\n",
        encoding="utf-8",
    )
    for day in days():
        boxes = "".join(f"- [ ] {box}\n" for box in BOXES)
        (vault / f"{day}.md").write_text(f"# {day}\n\n{boxes}\nMy words.\n", encoding="utf-8")
    with found:
        settle(found)
        yield found


def days() -> list[date]:
    today = system_clock().date()
    return [today - timedelta(days=number) for number in range(1, 13)]


def passing(seconds: float) -> None:
    """Let the time of two people pass: what is tested is what falls between their acts."""
    threading.Event().wait(seconds)


def settle(pair: Pair) -> None:
    """Wait until both vaults are the same and stay so for longer than any quiet time."""
    deadline = Deadline(240)
    seen, since = None, deadline.left()
    while True:
        deadline.pause(f"the two vaults did not become the same: {different(pair)}")
        now = tuple(sorted(files(pair.devices[0].folder).items())) if pair.is_settled() else None
        if now is None or now != seen:
            seen, since = now, deadline.left()
        elif since - deadline.left() > QUIET:
            return
        passing(0.3)


def different(pair: Pair) -> list[str]:
    one, two = (files(device.folder) for device in pair.devices)
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))


def conflict_copies(pair: Pair) -> list[str]:
    return sorted({name for device in pair.devices for name in files(device.folder) if "conflict" in name})


def ticking(pair: Pair, ticks: int, seed: int) -> None:
    """Let both users tick boxes by turns at irregular times, while together and while apart; then let it settle."""
    chance = random.Random(seed)
    one, two = pair.devices
    desks = [Desk(one, seed + 1, days()[::2]), Desk(two, seed + 2, days()[1::2])]
    with ExitStack() as stack:
        programs = [stack.enter_context(desk.watch()) for desk in desks]
        for program in programs:
            program.event("started")
        settle(pair)
        for part in range(4):
            if part % 2:
                pair.apart()
            for _ in range(ticks // 4):
                for desk in desks:
                    desk.tick()
                    passing(chance.choice((0.05, 0.2, 0.6)))
            if part % 2:
                passing(4)
                pair.together()
        settle(pair)
    assert [desk.ticks for desk in desks] == [ticks // 4 * 4] * 2
    removed = [event for program in programs for event in program.take_in() if event["event"] == "removed"]
    assert removed  # Syncthing did keep both notes where both devices had written their blocks
    assert conflict_copies(pair) == []
    for desk in desks:
        done = run_microwins(desk.home, "sync", "--vault", str(desk.device.folder), "--json")
        assert '"written": []' in done.stdout, done.stdout
    text = (one.folder / "Goals/Book.md").read_text(encoding="utf-8")
    assert text.startswith(GOALS["Goals/Book.md"])


def test_two_devices_come_to_the_same_bytes_without_a_conflict_copy(pair: Pair) -> None:
    ticking(pair, 24, seed=1)


@pytest.mark.soak
def test_two_hundred_ticks_on_each_of_two_devices(pair: Pair) -> None:
    ticking(pair, 200, seed=2)


def test_what_both_wrote_while_apart_is_united_on_either_device_and_no_line_is_lost(pair: Pair) -> None:
    one, two = pair.devices
    name = f"{days()[0]}.md"
    desks = [Desk(one, 1, days()), Desk(two, 2, days())]
    with ExitStack() as stack:
        programs = [stack.enter_context(desk.watch()) for desk in desks]
        for program in programs:
            program.event("started")
        write(two, name, "My words.\n", "My words.\nTaken out later.\n")  # the first device sees it come
        settle(pair)
        pair.apart()
        write(one, name, "Taken out later.\n", "From one.\n")
        passing(1.5)
        write(two, name, "- [ ] Read", "- [x] Read")
        write(two, name, "# ", "From two.\n# ")
        passing(3)
        pair.together()
        settle(pair)
    assert conflict_copies(pair) == [found for found in conflict_copies(pair) if found.startswith(name[:-3])]
    pair.apart()
    for desk in desks:
        done = run_microwins(desk.home, "conflicts", "--merge", "--vault", str(desk.device.folder))
        assert done.returncode == 0, done.stderr
        text = (desk.device.folder / name).read_text(encoding="utf-8")
        assert "From one.\n" in text
        assert "From two.\n" in text
        assert "- [x] Read" in text


def write(device: Device, name: str, before: str, after: str) -> None:
    """Change a text of a note in place."""
    note = device.folder / name
    text = note.read_text(encoding="utf-8")
    assert before in text
    note.write_text(text.replace(before, after, 1), encoding="utf-8")
