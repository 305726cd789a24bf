"""The micro-wins of the sample vault and how a year with them went: a pure function of the days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ..parsers.digests import blake2b
from ..parsers.schedule import EveryDays, OnWeekdays, Quota, read_schedule

DAYS = 365
HOLIDAY = (151, 141)
"""The first and the last day of the holiday, in days before today."""
LAPSE = (80, 74)
"""The same for the week in which little was done."""
_COMEBACK = 8
_SKIPS = 0.025
_GROWTH = 0.22

DONE, OPEN, SKIPPED = "x", " ", "-"


@dataclass(frozen=True, slots=True)
class Habit:
    """A micro-win of the sample: its text, its schedule as declared, and how it went.

    It is kept up with probability `odds` by now, less in the beginning; the last `steady` days went without a gap.
    """

    goal: str
    text: str
    schedule: str
    odds: float
    steady: int
    fields: str = ""
    begins: int = DAYS - 1
    lapses: bool = True
    unit: str = ""
    amounts: tuple[int, int, int] = (0, 0, 1)
    """Smallest, how many steps above it, and by what an amount is divided when written."""

    def declared(self, today: date) -> str:
        """Return the bullet's text in the goal note."""
        begins = f"[from:: {today - timedelta(days=self.begins)}]" if self.begins < DAYS - 1 else ""
        return " ".join(part for part in (self.text, "🔁", self.schedule, self.fields, begins) if part)


HABITS = (
    Habit("Calm mornings", "Do the hard thing first #frog", "every weekday", 0.78, 9, "[min:: open it and look]"),
    Habit("Be fit", "Walk 20 minutes", "every weekday", 0.84, 12),
    Habit("Be fit", "Run 3 km", "every 3 days", 0.76, 16, "[min:: put the shoes on]", unit="km", amounts=(28, 24, 10)),
    Habit("Be fit", "Do 10 push-ups", "every day", 0.66, 3, begins=96),
    Habit("Calm mornings", "Drink a glass of water", "every day", 0.89, 6, lapses=False),
    Habit("Calm mornings", "Stretch for 5 minutes", "every day", 0.8, 11, "[after:: Drink a glass of water]"),
    Habit("Calm mornings", "Sit quietly for 10 minutes", "3 times a week", 0.4, 19, "[after:: Stretch for 5 minutes]"),
    Habit("Write a book", "Write 200 words", "every weekday", 0.86, 17, "[min:: open the draft]", unit="words",
          amounts=(16, 31, 0)),
    Habit("First chapter", "Revise one page", "every Mon, Wed and Fri", 0.72, 8, begins=118),
    Habit("First chapter", "Read a paragraph aloud", "every day", 0.9, 8, begins=8),
)  # fmt: skip
"""In the order in which a `today` block has them: the frog first, then goal by goal, each one behind its cue."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box of one day."""

    habit: Habit
    state: str
    detail: str = ""

    @property
    def line(self) -> str:
        """The line as it stands in the note."""
        return f"- [{self.state}] {self.habit.text}{self.detail}"


def roll(day: date, what: str) -> float:
    """Return a number in [0, 1) that depends on the day and the question alone, on every machine."""
    digest = blake2b(f"{day.isoformat()} {what}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def in_range(ago: int, span: tuple[int, int]) -> bool:
    """Return whether a day so many days ago lies in a span of days."""
    return span[1] <= ago <= span[0]


def history(today: date) -> Iterator[tuple[date, tuple[Box, ...]]]:
    """Yield each day of the year up to `today` with its boxes; those of today are still open."""
    done_in_week: dict[Habit, int] = {}
    for ago in reversed(range(DAYS)):
        day = today - timedelta(days=ago)
        if day.weekday() == 0:
            done_in_week.clear()
        boxes = tuple(
            _box(habit, day, ago, done_in_week) for habit in HABITS if _is_due(habit, day, ago, done_in_week)
        )
        for box in boxes:
            done_in_week[box.habit] = done_in_week.get(box.habit, 0) + (box.state == DONE)
        yield day, boxes


def _is_due(habit: Habit, day: date, ago: int, done: Mapping[Habit, int]) -> bool:
    if ago > habit.begins or in_range(ago, HOLIDAY):
        return False
    match read_schedule(habit.schedule):
        case EveryDays(days):
            return (habit.begins - ago) % days == 0
        case OnWeekdays(weekdays):
            return day.weekday() in weekdays
        case Quota(times):
            return done.get(habit, 0) < times
    return False


def _box(habit: Habit, day: date, ago: int, done: Mapping[Habit, int]) -> Box:
    state = _state(habit, day, ago, done.get(habit, 0)) if ago else OPEN
    return Box(habit, state, _detail(habit, day) if state == DONE else "")


def _state(habit: Habit, day: date, ago: int, done: int) -> str:
    chance = roll(day, habit.text)
    if habit.lapses and in_range(ago, LAPSE):
        return OPEN
    rule = read_schedule(habit.schedule)
    if isinstance(rule, Quota):
        urgent = ago < habit.steady and 7 - day.weekday() <= rule.times - done
        return DONE if urgent or chance < habit.odds else OPEN
    if chance > 1 - _SKIPS:
        return SKIPPED
    came_back = habit.lapses and in_range(ago, (LAPSE[1] - 1, LAPSE[1] - _COMEBACK))
    if ago <= habit.steady or came_back:
        return DONE
    return DONE if chance < habit.odds - _GROWTH * ago / DAYS else OPEN


def _detail(habit: Habit, day: date) -> str:
    """Return what stands behind a ticked box now and then: an amount, or the time."""
    if habit.unit and roll(day, habit.unit) < 0.55:
        least, steps, divisor = habit.amounts
        amount = least + int(roll(day, f"{habit.unit} how many") * steps)
        return f" [{habit.unit}:: {amount / divisor:.1f}]" if divisor else f" [{habit.unit}:: {amount * 10}]"
    if "#frog" in habit.text and roll(day, "frog at") < 0.3:
        return f" @{8 + int(roll(day, 'hour') * 2):02d}:{5 * int(roll(day, 'minute') * 12):02d}"
    return ""
