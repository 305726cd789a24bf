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

DAILY, GOALS, WORK, LONG = 0.25, 0.01, 0.14, 0.01
CRLF, BOM, BARE_END = 0.03, 0.01, 0.04
WITH_BLOCK = 0.7
LAST_DAY = date(2026, 6, 30)
SETTINGS = '[daily]\nfolder = "Diary"\nformat = "YYYY/MM/YYYY-MM-DD"\n'

NOUNS = (
    "anchor basket candle drawer engine feather garden hammer island jacket kettle ladder mirror needle orchard pencil "
    "quarry ribbon saddle tunnel umbrella valley window yard zipper bridge corner dinner evening forest glove harbour"
).split()
QUALITIES = (
    "amber brave calm dusty early faint gentle hollow idle jolly keen late mild narrow open plain quiet rapid silver "
    "tidy useful velvet warm young bright careful distant even fresh golden"
).split()
VERBS = (
    "carry find leave mend move open paint plan read return send sort start turn visit watch write".split()
)
LINKS = "and because but for near of so than that then under until where while with without".split()
DEEDS = (
    "Read about the",
    "Practise with the",
    "Write to the",
    "Walk by the",
    "Sketch the",
    "Clean the",
    "Think of the",
)
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
    size = 0
    for path, data in files(notes, seed, end):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        size += len(data)
    return size


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
    """Return goals taken up one after another over the years; most of them end after a year or so."""
    names = [f"{quality} {noun}" for quality, noun in itertools.product(QUALITIES, NOUNS)]
    random.shuffle(names)
    found = []
    for number, name in enumerate(names[: plan.goals]):
        first = end - timedelta(days=plan.daily - plan.daily * number * 19 // (plan.goals * 20))
        last = first + timedelta(days=random.randint(150, 600)) if random.random() < 0.7 else None
        wins = tuple(f"{deed} {name}" for deed in random.sample(DEEDS, random.randint(1, 4)))
        found.append(Goal(name, wins, first, last if number else None))
    return found


def _active(goals: Sequence[Goal], day: date) -> list[str]:
    """Return the ten micro-wins, at most, that somebody keeps at: those of the goals taken up last."""
    running = [goal for goal in goals if goal.first <= day and (goal.last is None or day <= goal.last)]
    return [win for goal in reversed(running) for win in goal.wins][:10]


def _goal(random: Random, goal: Goal, parent: str | None) -> str:
    head = ["---", "type: goal", f"start: {goal.first}", "identity: maker"]
    head += [f"end: {goal.last}"] if goal.last else []
    head += [f'parent: "[[{parent}]]"'] if parent else []
    head += ["measure: 5000 pages"] if random.random() < 0.3 else []
    bullets = [f"- {win} 🔁 {random.choice(SCHEDULES)}" for win in goal.wins]
    steps = [_box(random, _phrase(random), 0.5) for _ in range(random.randint(2, 9))]
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
    return "\n".join(lines) + "\n" + _prose(random, random.randint(100, 1500))


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
        _box(random, _phrase(random), 0.6, "    " * (random.random() < 0.12)) for _ in range(count - len(own))
    ]
    head = ["---", f"mood: {random.randint(1, 5)}", "---", ""] if random.random() < 0.4 else []
    return (
        "\n".join([*head, f"# {day}", "", *block, "", "## Also", "", *others, ""])
        + "\n"
        + _prose(random, _size(random, 500))
    )


def _page(random: Random, kind: str) -> str:
    head = f"---\ncreated: 2025-02-03\ntags: [{random.choice(NOUNS)}, {random.choice(NOUNS)}]\n---\n\n"
    text = head if random.random() < 0.25 else ""
    text += f"# {_phrase(random)}\n\n"
    if kind == "long":
        return text + _prose(random, random.randint(45_000, 55_000))
    if kind == "work":
        text += "\n".join(_box(random, _phrase(random), 0.5) for _ in range(random.randint(1, 12))) + "\n\n"
    return text + _prose(random, _size(random, 1350))


def _path(random: Random, kind: str, number: int) -> str:
    area = random.choice(AREAS)
    folders = [random.choice(NOUNS[:4]) for _ in range(random.randrange(4))]
    stem = random.choice(NAMES) if random.random() < 0.03 else _phrase(random)
    return "/".join((area, *folders, f"{stem} {kind} {number}.md"))


def _size(random: Random, median: int) -> int:
    return int(median * random.lognormvariate(0, 0.8))


def _prose(random: Random, size: int) -> str:
    """Return paragraphs, lists, quotes, tables and code, about `size` characters of them."""
    parts: list[str] = []
    total = 0
    while total < size:
        make = random.choices((_paragraph, _list, _code, _quote, _table, _heading), (62, 14, 7, 5, 4, 8))[0]
        parts.append(make(random))
        total += len(parts[-1]) + 1
    return "\n".join(parts)


def _paragraph(random: Random) -> str:
    return " ".join(_sentence(random) for _ in range(random.randint(2, 6))) + "\n"


def _list(random: Random) -> str:
    return "".join(
        f"{'  ' * random.choice((0, 0, 0, 1))}- {_sentence(random)}\n" for _ in range(random.randint(2, 7))
    )


def _code(random: Random) -> str:
    lines = [
        random.choice(("x = 1", "- [ ] no box, but code", "# no heading", "print(x)", ""))
        for _ in range(random.randint(3, 9))
    ]
    fence = random.choice(("```", "~~~", "````"))
    return "\n".join((f"{fence}python", *lines, fence)) + "\n"


def _quote(random: Random) -> str:
    return "".join(f"> {_sentence(random)}\n" for _ in range(random.randint(1, 4)))


def _table(random: Random) -> str:
    rows = "".join(f"| {_phrase(random)} | {random.randint(1, 99)} |\n" for _ in range(random.randint(2, 6)))
    return f"| what | how many |\n| --- | ---: |\n{rows}"


def _heading(random: Random) -> str:
    return f"{'#' * random.randint(2, 4)} {_phrase(random)}\n"


def _sentence(random: Random) -> str:
    parts = [_phrase(random)] + [
        f"{random.choice(LINKS)} the {_phrase(random)}" for _ in range(random.randint(1, 4))
    ]
    extra = random.choices(
        ("", f" [[{_phrase(random)}]]", f" #{random.choice(NOUNS)}", " `code()`", " **so**"), (80, 8, 5, 4, 3)
    )[0]
    return " ".join(parts).capitalize() + extra + "."


def _phrase(random: Random) -> str:
    return f"{random.choice(VERBS)} {random.choice(QUALITIES)} {random.choice(NOUNS)}"


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
    size = generate(chosen.folder, chosen.notes, chosen.seed, chosen.end)
    print(f"{chosen.notes} notes, {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
