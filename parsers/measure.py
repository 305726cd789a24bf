"""What a goal measures: an amount that adds up, or a reading that goes from one value to another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from .declaration import read_amount
from .line_words import NUMBER, number

_READING = re.compile(
    rf"(?P<start>{NUMBER})\s*(?P<unit>[^\W\d_][^\n]*?)?\s*(?:->|→|–>|\.\.|…)\s*(?P<rest>[0-9].*)\Z"
)

_HALF_READ = re.compile(r"(?:\A|\s)[0-9]|\Ak\s", re.IGNORECASE)
"""A second number in what should be a unit (`92 kg to 80 kg`), or a thousand written as `60k words`."""


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount to reach, with its unit.

    Without a `start` the amounts on ticked lines add up to it; with one it is a reading, such as a weight, that rises
    or falls from there, and the latest one counts.
    """

    amount: Decimal
    unit: str
    start: Decimal | None = None

    @property
    def origin(self) -> Decimal:
        """The value at which nothing has been reached yet."""
        return self.start if self.start is not None else Decimal(0)


def read_measure(text: str) -> Measure | None:
    """Return the measure that `60000 words`, `92 -> 80 kg` or `92..80 kg` means, or None.

    >>> read_measure("60,000 words")
    Measure(amount=Decimal('60000'), unit='words', start=None)
    >>> read_measure("92 → 80 kg")
    Measure(amount=Decimal('80'), unit='kg', start=Decimal('92'))
    """
    reading = _READING.match(text.strip())
    found = read_amount(reading["rest"] if reading else text)
    if found is None or _HALF_READ.search(found.unit):
        return None
    if reading is None:
        return Measure(found.amount, found.unit) if found.amount > 0 else None
    start = number(reading["start"])
    if start == found.amount or (reading["unit"] and reading["unit"].casefold() != found.unit.casefold()):
        return None
    return Measure(found.amount, found.unit, start)
