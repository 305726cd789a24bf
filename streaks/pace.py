"""How a goal with a date goes: what is expected by now, what is needed a day, and when it ends at this rate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from .available import AvailableDays
from .calendar import DAY, Now
from .measure import Course

WINDOWS = (7, 28, 90)
"""Available closed days over which a rate is taken; the middle one tells the forecast."""
LEAST_DAYS = 5
"""Available closed days without which no rate is known."""
AHEAD, BEHIND, AT_RISK = Fraction(11, 10), Fraction(9, 10), Fraction(3, 2)
MOST_DIGITS = 2
STEPS = "steps"
"""The unit of a goal that counts its steps."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to be reached and when: from `start` on the day `begin` to `amount` on the day `end`."""

    begin: date
    end: date
    start: Decimal
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """The day on which it ends at the rate of the last 28 days, and at the fastest and the slowest rate.

    `latest` is None where at the slowest rate it does not end.
    """

    likely: date
    earliest: date
    latest: date | None


@dataclass(frozen=True, slots=True)
class Pace:
    """How a goal with a date goes; amounts are in the unit of its measure, or in steps.

    `status` is one of `done ahead on_track behind overdue not_started`, `ratio` is reached ÷ expected (None where
    nothing is expected yet), `needed` the amount a day from now on (None where no day is left), `rates` the gain a day
    over the last 7, 28 and 90 available days, as far as known.
    """

    aim: Aim
    status: str
    ratio: float | None
    measured: Decimal
    expected: Decimal
    needed: Decimal | None
    buffer_days: float | None
    forecast: Forecast | None
    at_risk: bool
    rates: tuple[Fraction | None, ...]
    closed: date
    days_passed: int
    days_in_all: int
    days_left: int


@dataclass(frozen=True, slots=True)
class _Gain:
    """A course as what was gained since the start: the same for what rises and for what falls."""

    aim: Aim
    course: Course

    @property
    def whole(self) -> Fraction:
        return abs(Fraction(self.aim.amount) - Fraction(self.aim.start))

    @property
    def now(self) -> Fraction:
        return self._from(self.course.last)

    def at(self, day: date) -> Fraction:
        return self._from(self.course.at(day))

    def value(self, gain: Fraction) -> Decimal:
        """Return the value that stands for a gain, to a few digits more than are shown."""
        signed = gain if self.aim.amount > self.aim.start else -gain
        return _decimal(Fraction(self.aim.start) + signed)

    def _from(self, value: Decimal) -> Fraction:
        gained = Fraction(value) - Fraction(self.aim.start)
        return gained if self.aim.amount > self.aim.start else -gained


def pace(aim: Aim, course: Course, days: AvailableDays, now: Now) -> Pace | None:
    """Return how it goes as of `now`; None where no day is available from the beginning to the end.

    What is expected grows with the available days that are closed: an open day is asked for nothing yet.
    """
    in_all = days.count(aim.begin, aim.end)
    if in_all <= 0:
        return None
    gain = _Gain(aim, course)
    closed = now.closed_until
    passed = days.count(aim.begin, min(closed, aim.end))
    expected = gain.whole * passed / in_all
    ratio = gain.now / expected if expected else None
    status = _status(aim, gain, ratio, now)
    needed, left = _needed(gain, days, now) if status != "done" else (Fraction(0), 0)
    rates = tuple(_rate(gain, days, closed, window) for window in WINDOWS)
    known = [rate for rate in rates if rate is not None]
    going_on = status not in {"done", "not_started"}
    return Pace(
        aim=aim,
        status=status,
        ratio=float(ratio) if ratio is not None else None,
        measured=course.last,
        expected=gain.value(expected),
        needed=_rounded_up(needed, _digits(aim, course, needed)) if needed is not None else None,
        buffer_days=round(float((gain.now - expected) * in_all / gain.whole), 1) if going_on else None,
        forecast=_forecast(gain, rates, days, now) if going_on else None,
        at_risk=bool(going_on and known and needed is not None and needed > AT_RISK * max(known)),
        rates=rates,
        closed=closed,
        days_passed=passed,
        days_in_all=in_all,
        days_left=left,
    )


def _status(aim: Aim, gain: _Gain, ratio: Fraction | None, now: Now) -> str:
    if gain.now >= gain.whole:
        return "done"
    if now.today < aim.begin:
        return "not_started"
    if now.closed_until >= aim.end:
        return "overdue"
    if ratio is None:
        return "on_track"
    return "ahead" if ratio >= AHEAD else "on_track" if ratio >= BEHIND else "behind"


def _needed(gain: _Gain, days: AvailableDays, now: Now) -> tuple[Fraction | None, int]:
    """Return the gain needed on each available day that is left, and their number; today is one until it is done."""
    first = max(now.today, gain.aim.begin)
    left = days.count(first, gain.aim.end)
    if left and first == now.today and days.count(now.today, now.today):
        before = gain.at(now.today - DAY)
        if gain.now - before >= (gain.whole - before) / left:
            left -= 1
    return ((gain.whole - gain.now) / left if left else None), left


def _rate(gain: _Gain, days: AvailableDays, closed: date, window: int) -> Fraction | None:
    """Return the gain a day over the last available closed days, or None where they are too few."""
    if closed < gain.aim.begin:
        return None
    first, number = days.back(closed, window, gain.aim.begin)
    if number < LEAST_DAYS:
        return None
    return (gain.at(closed) - gain.at(first - DAY)) / number


def _forecast(
    gain: _Gain, rates: tuple[Fraction | None, ...], days: AvailableDays, now: Now
) -> Forecast | None:
    middle = rates[1]
    if middle is None or middle <= 0:
        return None
    known = [rate for rate in rates if rate is not None]
    found, earliest, latest = (_end(gain, rate, days, now) for rate in (middle, max(known), min(known)))
    return Forecast(found, earliest, latest) if found is not None and earliest is not None else None


def _end(gain: _Gain, rate: Fraction, days: AvailableDays, now: Now) -> date | None:
    """Return the day on which the whole is reached at a rate, counted from the last closed day on."""
    if rate <= 0:
        return None
    number = ceil((gain.whole - gain.at(now.closed_until)) / rate)
    found = days.after(now.closed_until, max(number, 1))
    return max(found, now.today) if found is not None else None


def _digits(aim: Aim, course: Course, needed: Fraction) -> int:
    """Return the decimals in which amounts are written here, or as many more as it takes to tell a small part.

    The unit step is the last of them. Less than one step a day would be rounded up to many times what is needed (12 kg
    in 135 days to 1 kg a day), so there it is told more finely; a step of a goal is never divided.
    """
    exponents = (value.normalize().as_tuple().exponent for value in (aim.start, aim.amount, course.last))
    digits = max(-exponent if isinstance(exponent, int) else 0 for exponent in (*exponents, 0))
    while aim.unit != STEPS and 0 < needed * 10**digits < 1:
        digits += 1
    return min(digits, MOST_DIGITS)


def _rounded_up(amount: Fraction, digits: int) -> Decimal:
    return Decimal(ceil(amount * 10**digits)).scaleb(-digits)


def _decimal(value: Fraction) -> Decimal:
    return round(Decimal(value.numerator) / Decimal(value.denominator), 6)
