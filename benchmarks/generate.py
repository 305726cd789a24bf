"""Make a vault for measurements: `python benchmarks/generate.py FOLDER --notes 10000`.

The same number of notes, seed and last day give the same bytes. A vault has daily notes with boxes, of which about
a third belong to micro-wins that its goals declare; goals with steps and blocks; lists of open work; and, most of
all, prose, some of it very long, with code in which things look like boxes and are none.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # or `benchmarks` is not found

from benchmarks.words import NOUNS, QUALITIES, phrase, prose, size

DAILY, GOALS, WORK, LONG = 0.25, 0.01, 0.14, 0.01
CRLF, BOM, BARE_END = 0.03, 0.01, 0.04
WITH_BLOCK = 0.7
AT_A_TIME = 5
LAST_DAY = date(2026, 6, 30)
SETTINGS = '[daily]\nfolder = "Diary"\nformat = "YYYY/MM/YYYY-MM-DD"\n'
DEEDS = ("Read about the", "Write to the", "Walk by the", "Sketch the", "Clean the", "Think of the")
SCHEDULES = (
    "every day", "every day", "every weekday", "every Mon, Wed and Fri", "every 3 days", "3 times a week", "every 2-4 days",
    "2/month",
)  # fmt: skip
AREAS = ("Work", "House", "People", "Study", "Body")
NAMES = ("Café", "Überblick", "日記", "Q & A", "Ideas 💡", "it's late")


@dataclass(frozen=True, slots=True)
class Plan:
    """How many notes of each kind a vault has."""

    daily: int
    goals: int
    work: int
    long: int
    prose: int

    @classmethod
    def of(cls, notes: int) -> Plan:
        """Return the plan of a vault with so many notes; at least one is a goal and one a daily note."""
        goals = max(1, min(len(NOUNS) * len(QUALITIES), int(notes * GOALS)))
        daily, work, long = max(1, int(notes * DAILY)), int(notes * WORK), int(notes * LONG)
        return cls(daily, goals, work, long, max(0, notes - daily - goals - work - long))


def generate(folder: Path, notes: int, seed: int = 1, end: date = LAST_DAY) -> int:
    """Write a vault of so many notes, the last of them of the day `end`; return the number of bytes."""
    written = 0
    for path, data in files(notes, seed, end):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        written += len(data)
    return written


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal that somebody worked at from one day to another, with its micro-wins."""

    name: str
    wins: tuple[str, ...]
    first: date
    last: date | None


def files(notes: int, seed: int, end: date) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the vault: its path and its bytes."""
    random, plan = Random(seed), Plan.of(notes)
    goals = _goals(random, plan, end)
    yield ".microwins.toml", SETTINGS.encode()
    yield "Micro-wins.md", b"# Micro-wins\n\n<!-- microwins:summary -->\n<!-- /microwins -->\n"
    for number, goal in enumerate(goals):
        parent = goals[random.randrange(number)].name if number > 2 and random.random() < 0.4 else None
        yield (
            f"Goals/{AREAS[number % len(AREAS)]}/{goal.name}.md",
            _bytes(random, _goal(random, goal, parent)),
        )
    for ago in range(plan.daily):
        day = end - timedelta(days=ago)
        yield (
            f"Diary/{day:%Y/%m}/{day}.md",
            _bytes(random, _daily(random, day, _active(goals, day), is_last=not ago)),
        )
    for kind, count in (("work", plan.work), ("long", plan.long), ("prose", plan.prose)):
        for number in range(count):
            yield _path(random, kind, number), _bytes(random, _page(random, kind))


def _goals(random: Random, plan: Plan, end: date) -> list[Goal]:
    """Return goals taken up one after another, so many at a time: a longer life has more of them, not fuller days."""
    names = [f"{quality} {noun}" for quality, noun in itertools.product(QUALITIES, NOUNS)]
    random.shuffle(names)
    firsts = [
        end - timedelta(days=plan.daily - plan.daily * goal * 19 // (plan.goals * 20))
        for goal in range(plan.goals)
    ]
    lasts = [*firsts[AT_A_TIME:], *[None] * AT_A_TIME]
    return [
        Goal(
            name, tuple(f"{deed} {name}" for deed in random.sample(DEEDS, random.randint(1, 4))), first, last
        )
        for name, first, last in zip(names, firsts, lasts, strict=False)
    ]


def _active(goals: Sequence[Goal], day: date) -> list[str]:
    """Return the micro-wins that somebody keeps at on a day."""
    running = [goal for goal in goals if goal.first <= day and (goal.last is None or day <= goal.last)]
    return [win for goal in running or goals[:1] for win in goal.wins]


def _goal(random: Random, goal: Goal, parent: str | None) -> str:
    head = ["---", "type: goal", f"start: {goal.first}", "identity: maker"]
    head += [f"end: {goal.last}"] if goal.last else []
    head += [f'parent: "[[{parent}]]"'] if parent else []
    head += ["measure: 5000 pages"] if random.random() < 0.3 else []
    bullets = [f"- {win} 🔁 {random.choice(SCHEDULES)}" for win in goal.wins]
    steps = [_box(random, phrase(random), 0.5) for _ in range(random.randint(2, 9))]
    block = ["<!-- microwins:summary -->", "<!-- /microwins -->", ""] if random.random() < WITH_BLOCK else []
    lines = [
        *head,
        "---",
        "",
        f"# {goal.name}",
        "",
        *block,
        "## Micro-wins",
        "",
        *bullets,
        "",
        "## Steps",
        "",
        *steps,
        "",
    ]
    return "\n".join(lines) + "\n" + prose(random, random.randint(100, 1500))


def _daily(random: Random, day: date, active: Sequence[str], *, is_last: bool) -> str:
    count = random.randint(5, 15)
    own = random.sample(list(active), min(len(active), round(count * random.uniform(0.2, 0.46)) or 1))
    boxes = [
        _box(random, win + (f" [pages:: {random.randint(2, 40)}]" if random.random() < 0.2 else ""), 0.7)
        for win in own
    ]
    with_block = is_last or random.random() < WITH_BLOCK
    block = ["<!-- microwins:today -->", *boxes, "<!-- /microwins -->"] if with_block else boxes
    others = [
        _box(random, phrase(random), 0.6, "    " * (random.random() < 0.12)) for _ in range(count - len(own))
    ]
    head = ["---", f"mood: {random.randint(1, 5)}", "---", ""] if random.random() < 0.4 else []
    return (
        "\n".join([*head, f"# {day}", "", *block, "", "## Also", "", *others, ""])
        + "\n"
        + prose(random, size(random, 500))
    )


def _page(random: Random, kind: str) -> str:
    head = f"---\ncreated: 2025-02-03\ntags: [{random.choice(NOUNS)}, {random.choice(NOUNS)}]\n---\n\n"
    text = head if random.random() < 0.25 else ""
    text += f"# {phrase(random)}\n\n"
    if kind == "long":
        return text + prose(random, random.randint(45_000, 55_000))
    if kind == "work":
        text += "\n".join(_box(random, phrase(random), 0.5) for _ in range(random.randint(1, 12))) + "\n\n"
    return text + prose(random, size(random, 1350))


def _path(random: Random, kind: str, number: int) -> str:
    area = random.choice(AREAS)
    folders = [random.choice(NOUNS[:4]) for _ in range(random.randrange(4))]
    stem = random.choice(NAMES) if random.random() < 0.03 else phrase(random)
    return "/".join((area, *folders, f"{stem} {kind} {number}.md"))


def _box(random: Random, text: str, done: float, indent: str = "") -> str:
    state = "x" if random.random() < done else random.choices((" ", "-"), (9, 1))[0]
    return f"{indent}- [{state}] {text}"


def _bytes(random: Random, text: str) -> bytes:
    """Return the note as files are met in the wild: some with other line ends, a mark in front, no end of line."""
    text = text.rstrip("\n") if random.random() < BARE_END else text
    text = text.replace("\n", "\r\n") if random.random() < CRLF else text
    return (b"\xef\xbb\xbf" if random.random() < BOM else b"") + text.encode()


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="an empty or missing folder")
    parser.add_argument("--notes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--end", type=date.fromisoformat, default=LAST_DAY, help="the day of the last daily note"
    )
    chosen = parser.parse_args(words)
    if chosen.folder.exists() and any(chosen.folder.iterdir()):
        parser.error(f"{chosen.folder} is not empty")
    written = generate(chosen.folder, chosen.notes, chosen.seed, chosen.end)
    print(f"{chosen.notes} notes, {written / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
