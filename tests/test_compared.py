"""The table of docs/explanation/compared.md: our column is what the command line says of the histories.

MICROWINS_UPDATE_DOCS=1 writes the column anew.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from microwins.daemon.cli import run
from microwins.daemon.wiring import Machine

PAGE = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "compared.md"
UPDATING = bool(os.environ.get("MICROWINS_UPDATE_DOCS"))
TODAY = date(2026, 11, 20)
WEDNESDAY = date(2026, 11, 18)
BOXES = {"#": "- [x] Walk", "-": "- [-] Walk", "o": "- [ ] Walk", "n": "No box here."}

Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """A history up to a day, one mark a day (`.`: no note), what is declared, and what is told of it."""

    declared: str | list[str]
    marks: str
    told: Callable[[Answer], str]
    today: date = TODAY
    amounts: Mapping[int, str] = field(default_factory=dict)
    grace: str = "none"

    @property
    def start(self) -> date:
        return self.today - timedelta(len(self.marks) - 1)


def answer(row: Row, folder: Path, capsys: pytest.CaptureFixture[str]) -> Answer:
    """Return what `status` says of the one micro-win of a vault with this history."""
    vault = folder / "vault"
    (vault / "Journal").mkdir(parents=True)
    (vault / ".microwins.toml").write_text(
        f'timezone = "UTC"\n[daily]\nfolder = "Journal"\n[streaks]\ngrace = "{row.grace}"\n', encoding="utf-8"
    )
    rules = [row.declared] if isinstance(row.declared, str) else row.declared
    bullets = "".join(f"- Walk {rule}\n" for rule in rules)
    (vault / "Goal.md").write_text(
        f"---\ntype: goal\nstart: {row.start}\n---\n## Micro-wins\n{bullets}", encoding="utf-8"
    )
    for number, mark in enumerate(row.marks):
        if mark != ".":
            note = vault / "Journal" / f"{row.start + timedelta(number)}.md"
            note.write_text(f"{BOXES[mark]} {row.amounts.get(number, '')}".strip() + "\n", encoding="utf-8")
    machine = Machine({}, lambda: datetime(2026, 11, 20, 12, tzinfo=UTC), folder / "state", folder / "cache")
    assert run(["status", "--json", "--vault", str(vault), "--today", str(row.today)], machine) == 0
    [goal] = json.loads(capsys.readouterr().out)["data"]["goals"]
    [found] = goal["micro_wins"]
    return dict(found)


def streak(found: Answer, name: str = "streak") -> str:
    one = found[name]
    if one is None or not one["count"]:
        return "none"
    unit = one["unit"] if one["count"] > 1 else one["unit"].removesuffix("s")
    slips = {0: "", 1: ", 1 slip"}.get(one["slips"], f", {one['slips']} slips")
    return f"{one['count']} {unit}{slips}"


def streak_and_best(found: Answer) -> str:
    return f"{streak(found)}; best {streak(found, 'best')}"


def streak_and_strength(found: Answer) -> str:
    return f"{streak(found)}; strength {found['strength']:.3f}"


def strength(found: Answer) -> str:
    return f"strength {found['strength']:.3f}"


def turns(found: Answer) -> str:
    return f"{streak(found)}; turns `{found['states']}`"


def counts(found: Answer) -> str:
    return ", ".join(str(one["count"]) for one in found["streaks"])


def streak_and_deadline(found: Answer) -> str:
    return f"{streak(found)}; until {found['deadline']}"


SEVEN_TICKS = "#.#.#.#......#......##"
YEAR_OF_SIX = "######." * 17
SKIPPED = YEAR_OF_SIX[:-12] + "----" + YEAR_OF_SIX[-8:]

ROWS: dict[int, tuple[Row, ...]] = {
    1: (Row("🔁 every day", "#" * 119 + ".", streak_and_strength),),
    2: (Row("🔁 every day", "---.", streak_and_strength),),
    3: (Row("🔁 once in 7 days", "#...-...#", turns),),
    4: (Row("🔁 every day", "#####.-#", streak, grace="never-twice"),),
    5: tuple(
        Row(f"🔁 {rule}", SEVEN_TICKS, counts) for rule in ("every day", "once in 2 days", "once in 7 days")
    ),
    6: (
        Row("🔁 every day", "##.", strength),
        Row(
            [
                f"🔁 every day [from:: {TODAY - timedelta(2)}]",
                f"🔁 every other day [from:: {TODAY}]",
            ],
            "##.",
            strength,
        ),
    ),
    7: (Row("🔁 once a week [target:: 10 km]", "#..#.", streak, amounts={0: "[km:: 5]", 3: "[km:: 5]"}),),
    8: (Row("[limit:: 2 a day]", "#" + "." * 40, streak_and_strength),),
    9: (Row("🔁 once a week", "..#", streak_and_strength, today=WEDNESDAY),),
    10: (Row("🔁 every day", "#######" + "." * 90, streak_and_best),),
    11: (Row("🔁 every day", "###", streak, today=date(2028, 2, 29)),),
    12: (Row("🔁 every day", "#" * 31, streak, today=date(2026, 10, 31)),),
    13: (Row("🔁 every day", "#" * 500, streak),),
    14: (Row("🔁 every Monday", "#......" * 3 + "....", streak_and_best, today=date(2026, 11, 19)),),
    15: tuple(Row("🔁 3 times in 7 days", marks, streak) for marks in ("#o#o#oo", "#.#.#..")),
    16: (Row("🔁 every day", "#.#.#.#.#.", streak_and_best, grace="never-twice"),),
    17: (Row("🔁 3 times in 7 days", "#.#.#....", streak_and_deadline),),
    18: tuple(Row("🔁 6 times in 7 days", marks, strength) for marks in (YEAR_OF_SIX, SKIPPED)),
    19: (Row("🔁 2 times in 14 days", "#............#", streak),),
    20: (Row("🔁 every day [target:: 2 km]", "#-#", streak, amounts={0: "[km:: 2]", 2: "[km:: 2]"}),),
}


def table() -> dict[int, str]:
    """Return the lines of the page's table by their number."""
    lines = re.finditer(r"^\| ([0-9]+) \|.*\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {int(line[1]): line[0] for line in lines}


@pytest.mark.parametrize("number", ROWS)
def test_our_column_is_what_the_command_line_says(
    number: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [row.told(answer(row, tmp_path / str(place), capsys)) for place, row in enumerate(ROWS[number])]
    cell = " / ".join(told)
    line = table()[number]
    written = line.removesuffix(" |").rpartition(" | ")
    if UPDATING:
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(text.replace(line, f"{written[0]} | {cell} |"), encoding="utf-8")
    else:
        assert written[2] == cell, "MICROWINS_UPDATE_DOCS=1 writes it anew"


def test_every_row_is_one_of_ours_and_is_explained_below() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert list(table()) == list(ROWS)
    assert [int(number) for number in re.findall(r"^([0-9]+)\. ", text, re.MULTILINE)] == list(ROWS)
