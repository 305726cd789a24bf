"""What the steps of a goal come to, whatever the day: what figures are made of without looking at the note again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..parsers.task import State
from .entries import Step

_NO_DAY = 0


@dataclass(frozen=True, slots=True)
class StepSums:
    """How many steps there are and what they weigh, the day and the weight of each that is done, the first open one's text.

    `bearing` are those done that bear an amount.
    """

    all: int = 0
    weight: Decimal = Decimal(0)
    done: tuple[tuple[date | None, Decimal], ...] = ()
    next: str = ""
    bearing: tuple[Step, ...] = ()

    @classmethod
    def of(cls, steps: Sequence[Step]) -> StepSums:
        """Return what these steps come to."""
        if not steps:
            return NO_SUMS
        done = [step for step in steps if step.done]
        return cls(
            len(steps),
            sum((step.weight for step in steps), Decimal(0)),
            tuple([(step.entry.day, step.weight) for step in done]),
            next((step.text for step in steps if step.entry.state is State.OPEN and step.text), ""),
            tuple([step for step in done if step.entry.quantities]),
        )

    def done_by(self, today: date) -> list[tuple[date | None, Decimal]]:
        """Return the day and the weight of each that is done, but for those of days to come."""
        return [one for one in self.done if one[0] is None or one[0] <= today]

    def packed(self) -> bytes | None:
        """Return the same in few bytes; None where amounts would have to be told too."""
        if self.bearing:
            return None
        done = ",".join(f"{day.toordinal() if day else _NO_DAY}:{weight}" for day, weight in self.done)
        return f"{self.all} {self.weight} {done} {self.next}".encode("utf-8", "surrogatepass")

    @classmethod
    def unpacked(cls, row: bytes) -> StepSums:
        """Return what was packed."""
        number, weight, done, text = row.decode("utf-8", "surrogatepass").split(" ", 3)
        return cls(
            int(number), Decimal(weight), tuple(map(_day_and_weight, filter(None, done.split(",")))), text
        )


def _day_and_weight(text: str) -> tuple[date | None, Decimal]:
    day, _, weight = text.partition(":")
    return date.fromordinal(int(day)) if day != str(_NO_DAY) else None, Decimal(weight)


NO_SUMS = StepSums()
