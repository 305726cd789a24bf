"""The same notes give the same figures and the same bytes in every zone, on every day of the calendar."""

from __future__ import annotations

import shutil
import time as machine_time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

WEST, EAST = "Etc/GMT+12", "Pacific/Kiritimati"
CHANGES = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
]
GOAL = """---
type: goal
start: 2026-02-01
---
# Many kinds

## Micro-wins
- Walk 🔁 every day
- Write 🔁 every weekday #frog
- Swim 🔁 3 times a week
- Bake 🔁 every 3 days when done
- Ring home 🔁 every 2 weeks on Sun
- Pay the rent 🔁 every month on the 31st
- Row 5 km [target:: 5 km] 🔁 every day

## Steps
- [x] Begin ✅ 2026-02-02
- [ ] Go on
"""
WINS = ("Walk", "Write", "Swim", "Bake", "Ring home", "Pay the rent", "Row 5 km")
PAGE = "# Page\n\n<!-- microwins:goals -->\n<!-- /microwins -->\n\n<!-- microwins:month -->\n<!-- /microwins -->\n"


def noon(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(zone))


@dataclass
class Diary:
    """One vault that is carried from machine to machine: each new one knows nothing of those before."""

    bench: Bench

    def on(self, zone: str, moment: datetime | None = None) -> Bench:
        """Return the vault on a new machine, with a `timezone` setting, at a moment."""
        shutil.rmtree(self.bench.folder / "state", ignore_errors=True)
        self.bench.write(".microwins.toml", f'timezone = "{zone}"\n\n[daily]\nfolder = "Journal"\n')
        self.bench.moment = moment or self.bench.moment
        return self.bench


@pytest.fixture
def keep(empty: Bench) -> Callable[[date], Diary]:
    """Keep a diary of ten weeks until the day after `day`."""

    def kept(day: date) -> Diary:
        empty.write("Goals/Many.md", GOAL)
        empty.write("Page.md", PAGE)
        for number in range(70):
            noted = day - timedelta(68 - number)
            lines = [
                f"- [{'-' if number % 17 == 0 else 'x'}] {win}\n"
                for place, win in enumerate(WINS)
                if (number * (place + 3)) % 11 < 8 or win == WINS[5]
            ]
            empty.write(f"Journal/{noted}.md", "".join(lines))
        return Diary(empty)

    return kept


@pytest.fixture
def machine_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Put the machine into another zone."""
    if not hasattr(machine_time, "tzset"):
        pytest.skip("the zone of a process cannot be changed here")

    def move(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        machine_time.tzset()

    yield move
    monkeypatch.undo()
    machine_time.tzset()


def figures(bench: Bench, *words: str) -> dict[str, Any]:
    return bench.json("status", *words)


def written(bench: Bench, *words: str) -> dict[str, bytes]:
    """Return the notes that a pass writes, with what it writes, and put them back as they were."""
    before = bench.files()
    bench.run("sync", *words)
    after = bench.files()
    changed = {path: data for path, data in after.items() if before.get(path) != data}
    for path in changed:
        bench.write(path, before[path])
    return changed


def test_one_day_gives_the_same_figures_and_bytes_in_every_zone(
    keep: Callable[[date], Diary], machine_zone: Callable[[str], None]
) -> None:
    day = date(2026, 10, 25)
    diary, acting = keep(day), ("--today", str(day))
    wanted, bytes_wanted = figures(diary.on("UTC"), *acting), written(diary.on("UTC"), *acting)
    wins = wanted["goals"][0]["micro_wins"]
    assert all(win["streaks"] for win in wins)
    assert {win["streak"]["unit"] for win in wins} == {"days", "weeks", "times"}
    assert bytes_wanted.keys() == {"Goals/Many.md", "Page.md"}
    for zone in (WEST, EAST, *dict(CHANGES)):
        for machine, setting in (("UTC", zone), (zone, "local")):
            machine_zone(machine)
            assert figures(diary.on(setting), *acting) == wanted
            assert figures(diary.on(setting, noon(day, zone))) == wanted
            assert written(diary.on(setting)) == bytes_wanted


@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_the_days_around_a_change_of_the_clocks_are_as_long_as_any_other(
    keep: Callable[[date], Diary], zone: str, day: date
) -> None:
    diary, shown = keep(day), {}
    moments = [
        datetime(day.year, day.month, day.day, 0, 5) + timedelta(hours=hour) for hour in range(-1, 28, 4)
    ]
    kept = [local for local in moments if wall_clock(local, zone) == local]
    for place in ("UTC", zone):
        bench = diary.on(place)
        for local in kept:
            bench.moment = local.replace(tzinfo=ZoneInfo(place))
            shown[place, local] = figures(bench)
    assert all(shown[zone, local] == shown["UTC", local] for local in kept)
    days = sorted({found["today"] for found in shown.values()})
    assert days == [str(day + timedelta(distance)) for distance in (-1, 0, 1)]


def wall_clock(local: datetime, zone: str) -> datetime:
    """Return what the wall clock shows at a local time: another one, where it is left out."""
    place = ZoneInfo(zone)
    return local.replace(tzinfo=place).astimezone(UTC).astimezone(place).replace(tzinfo=None)


def test_at_one_moment_three_zones_may_have_three_days(vault: Bench) -> None:
    vault.moment = datetime(2026, 11, 5, 10, 30, tzinfo=UTC)
    days = [figures(Diary(vault).on(zone))["today"] for zone in (WEST, "UTC", EAST)]
    assert days == ["2026-11-04", "2026-11-05", "2026-11-06"]


# Travel, through the command line


def page(bench: Bench) -> dict[str, Any]:
    """Return the figures of the micro-win of every day."""
    found = figures(bench)["goals"][0]["micro_wins"][2]
    assert found["id"] == "read-a-page"
    assert isinstance(found, dict)
    return found


@pytest.fixture
def local(vault: Bench) -> Bench:
    """A vault that takes the machine's own zone, with one day that is done and one that is not."""
    Diary(vault).on("local")
    vault.write("Journal/2026-11-08.md", "- [x] Read a page\n")
    vault.write("Journal/2026-11-09.md", "- [ ] Read a page\n")
    return vault


def test_a_missed_day_stays_missed_on_a_journey_west_and_its_tick_mends_it(
    local: Bench, machine_zone: Callable[[str], None]
) -> None:
    machine_zone("Asia/Tokyo")
    local.moment = datetime(2026, 11, 10, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert page(local)["states"] == "#x?"
    machine_zone("America/Los_Angeles")
    assert figures(local)["today"] == "2026-11-09"
    assert (page(local)["states"], page(local)["state"]) == ("#x", "missed")
    assert "Read a page" in local.run("today").out
    assert local.run("tick", "read a page").code == 0
    assert b"- [x] Read a page" in local.read("Journal/2026-11-09.md")
    assert page(local)["states"] == "##"


def test_a_journey_east_gives_the_rest_of_the_day_at_home(
    local: Bench, machine_zone: Callable[[str], None]
) -> None:
    machine_zone("Europe/Berlin")
    local.moment = datetime(2026, 11, 9, 19, tzinfo=ZoneInfo("Europe/Berlin"))
    assert page(local)["states"] == "#?"
    machine_zone("Asia/Tokyo")
    local.moment += timedelta(hours=1)  # 04:00 of the next day
    assert figures(local)["today"] == "2026-11-10"
    assert page(local)["states"] == "#??"
    local.moment += timedelta(hours=8)
    assert page(local)["states"] == "#x?"


def test_a_clock_that_was_far_ahead_is_told_once(vault: Bench) -> None:
    vault.moment = datetime(2099, 1, 1, 12, tzinfo=UTC)
    vault.json("status")
    vault.moment = datetime(2026, 11, 20, 12, tzinfo=UTC)
    told = [vault.run("status", "--json").document["problems"] for _ in range(2)]
    assert [problem["code"] for problem in told[0]] == ["clock-was-ahead"]
    assert told[1] == []


# Ticks that come early, late, and again


def test_a_tick_for_tomorrow_is_kept_and_counts_when_the_day_comes(vault: Bench) -> None:
    vault.write("Journal/2026-11-20.md", "- [x] Read a page\n")
    tomorrow = vault.write("Journal/2026-11-21.md", "- [x] Read a page\n")
    before = tomorrow.read_bytes()
    today = vault.json("status")
    vault.run("sync")
    vault.moment += timedelta(days=1)
    next_day = vault.json("status")
    assert (today["totals"]["all"], next_day["totals"]["all"]) == (2, 3)  # with a step of January
    assert [found["goals"][0]["micro_wins"][2]["streak"]["count"] for found in (today, next_day)] == [1, 2]
    assert tomorrow.read_bytes() == before


def test_a_late_entry_makes_everything_as_if_it_had_been_in_time(keep: Callable[[date], Diary]) -> None:
    day = date(2026, 11, 20)
    bench, acting = keep(day).on("UTC"), ("--today", str(day))
    timely = figures(bench, *acting), written(bench, *acting)
    note = "Journal/2026-10-15.md"
    whole = bench.read(note)
    bench.write(note, whole.replace(b"[x]", b"[ ]"))
    assert figures(bench, *acting) != timely[0]
    assert written(bench, *acting) != timely[1]
    bench.write(note, whole)
    assert (figures(bench, *acting), written(bench, *acting)) == timely


# Leap days


def leap(vault: Bench, rule: str, *days: date) -> None:
    vault.write(
        "Goals/Leap.md",
        f"---\ntype: goal\nstart: 2024-01-01\n---\n# Leap\n\n## Micro-wins\n- Leap 🔁 {rule}\n\n## Steps\n",
    )
    for day in days:
        vault.write(f"Journal/{day}.md", "- [x] Leap\n")


def leaps(vault: Bench, day: str) -> tuple[str, int]:
    goals = vault.json("status", "--today", day)["goals"]
    (win,) = next(goal for goal in goals if goal["title"] == "Leap")["micro_wins"]
    return win["states"], win["streak"]["count"]


def test_the_29th_of_february_is_a_day_like_any_other(vault: Bench) -> None:
    first = date(2024, 2, 26)
    leap(vault, "every day [from:: 2024-02-26]", *(first + timedelta(number) for number in range(5)))
    assert leaps(vault, "2024-03-02") == ("#####?", 5)
    (vault.root / "Journal/2024-02-29.md").unlink()
    assert leaps(vault, "2024-03-02") == ("###x#?", 1)


def test_once_a_year_on_the_29th_of_february_is_its_last_day_in_other_years(vault: Bench) -> None:
    leap(vault, "every February on the 29th", date(2024, 2, 29), date(2025, 2, 28), date(2026, 2, 28))
    assert leaps(vault, "2027-02-27") == ("###", 3)
    assert leaps(vault, "2028-02-29") == ("###x?", 0)


def test_the_31st_of_a_shorter_month_is_its_last_day(vault: Bench) -> None:
    ends = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30), date(2025, 2, 28)]
    leap(vault, "every month on the 31st", *ends)
    assert leaps(vault, "2024-05-30") == ("####", 4)
    assert leaps(vault, "2025-03-01") == ("####xxxxxxxxx#", 1)
