"""The sample vault that `microwins demo` shows: a person's year, the same bytes for the same day on every machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from ..parsers.blocks import closing, opening
from ..templates.environment import render
from . import sample_diary as diary
from .sample_habits import DAYS, DONE, HABITS, HOLIDAY, LAPSE, OPEN, Box, history, in_range, roll

JOURNAL = "Journal"
GOALS = ("Write a book", "First chapter", "Be fit", "Calm mornings")
_TEMPLATES = {
    ".microwins.toml": "settings.toml",
    "Start here.md": "start_here.md",
    **{f"Goals/{goal}.md": f"{goal.lower().replace(' ', '_')}.md" for goal in GOALS},
}
_OWN = tuple(path for path in _TEMPLATES if path.endswith(".md"))
_MUCH = {"words": 400.0, "km": 4.0}
_ERRAND_DONE = 0.78


def write_sample_vault(folder: Path, today: date) -> int:
    """Write a year of notes up to `today` into `folder`, which is empty or missing; return how many notes there are."""
    notes = 0
    for path, text in sample_files(today):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
        notes += path.endswith(".md")
    return notes


def is_sample_vault(folder: Path) -> bool:
    """Return whether a folder is set up and still holds a note that only the sample vault begins with."""
    return (folder / ".microwins.toml").is_file() and any((folder / path).is_file() for path in _OWN)


def sample_files(today: date) -> Iterator[tuple[str, str]]:
    """Yield the files of the sample vault: path inside it and text."""
    yield "Micro-wins.md", render("notes/dashboard.md.j2")
    for path, template in _TEMPLATES.items():
        goal = path.rpartition("/")[2].removesuffix(".md")
        wins = [habit.declared(today) for habit in HABITS if habit.goal == goal]
        yield path, render(f"sample/{template}.j2", wins=wins, day=DaysAgo(today))
    for number, (day, boxes) in enumerate(history(today)):
        yield f"{JOURNAL}/{day}.md", _daily_note(day, DAYS - 1 - number, boxes)


@dataclass(frozen=True, slots=True)
class DaysAgo:
    """Gives the templates their days: `day(12)` is twelve days before today, `day(-30)` lies ahead."""

    today: date

    def __call__(self, ago: int) -> str:
        """Return the day so many days before today."""
        return str(self.today - timedelta(days=ago))

    @property
    def holiday(self) -> str:
        """The holiday as a range of days."""
        return f"{self(HOLIDAY[0])}..{self(HOLIDAY[1])}"


def _daily_note(day: date, ago: int, boxes: Sequence[Box]) -> str:
    parts = [f"# {day}", "\n".join([opening("today"), *(box.line for box in boxes), closing()])]
    errands = _errands(day, ago)
    if errands:
        parts += ["## Errands", "\n".join(errands)]
    parts.append("## Notes")
    if ago:
        parts.append(" ".join(_sentences(day, ago, boxes)))
    return "\n\n".join(parts) + "\n"


def _errands(day: date, ago: int) -> list[str]:
    """Return the day's errands, none to two, never the same ones on neighbouring days."""
    count = _errand_count(day, ago)
    first = day.toordinal() * 2
    states = [
        DONE if ago and roll(day, f"errand {number}") < _ERRAND_DONE else OPEN for number in range(count)
    ]
    return [f"- [{state}] {_pick(diary.ERRANDS, first + number)}" for number, state in enumerate(states)]


def _errand_count(day: date, ago: int) -> int:
    if in_range(ago, HOLIDAY) or in_range(ago, LAPSE):
        return 0
    return int(roll(day, "errands") * 2.6) if ago else 1


def _sentences(day: date, ago: int, boxes: Sequence[Box]) -> list[str]:
    found = [_happened(day, ago)]
    if any(_is_much(box, "words") for box in boxes) and roll(day, "on writing") < 0.6:
        found.append(_pick(diary.WRITING, day.toordinal()))
    elif any(_is_much(box, "km") for box in boxes):
        found.append(_pick(diary.RUNNING, day.toordinal()))
    elif roll(day, "afterthought") < 0.4 and not in_range(ago, HOLIDAY):
        found.append(_pick(diary.AFTERTHOUGHTS, day.toordinal()))
    return found


def _happened(day: date, ago: int) -> str:
    for span, bank in ((HOLIDAY, diary.HOLIDAY), (LAPSE, diary.LAPSE)):
        if in_range(ago, span):
            return _pick(bank, span[0] - ago)
    if in_range(ago, (LAPSE[1] - 1, LAPSE[1] - len(diary.COMEBACK))):
        return _pick(diary.COMEBACK, LAPSE[1] - 1 - ago)
    weeks, weekday = divmod(day.toordinal() - 1, 7)
    return (
        _pick(diary.WEEKDAYS, weeks * 5 + weekday)
        if weekday < 5
        else _pick(diary.WEEKENDS, weeks * 2 + weekday - 5)
    )


def _is_much(box: Box, unit: str) -> bool:
    field = f"[{unit}:: "
    return field in box.detail and float(box.detail.partition(field)[2].rstrip("]")) >= _MUCH[unit]


def _pick(bank: Sequence[str], number: int) -> str:
    return bank[number % len(bank)]
