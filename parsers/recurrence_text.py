"""Word a recurrence rule as rrule.js 2.8.1 does, which is what Tasks writes into the next line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .recurrence import Recurrence, Weekday
from .recurrence_words import MONTHS, WEEKDAYS

_WORKDAYS = frozenset(range(5))
_EVERY_DAY = frozenset(range(7))


def rule_text(rule: Recurrence) -> str:
    """Return the rule in words; parts for which rrule.js has no words in this place are left out."""
    words = ["every", *_BY_FREQUENCY[rule.frequency](rule)]
    if rule.until:
        words += ["until", f"{MONTHS[rule.until.month - 1].capitalize()} {rule.until.day}, {rule.until.year}"]
    elif rule.count:
        words += ["for", str(rule.count), "times" if _plural(rule.count) else "time"]
    if rule.when_done:
        words.append("when done")
    return " ".join(words)


def _clock(rule: Recurrence) -> list[str]:
    return _counted(rule, "hour" if rule.frequency == "hourly" else "minute")


def _daily(rule: Recurrence) -> list[str]:
    at = ["at", _list(_numbers(rule.hours), "and")] if rule.hours else []
    return [*_counted(rule, "day"), *at]


def _weekly(rule: Recurrence) -> list[str]:
    days = {weekday.day for weekday in rule.weekdays}
    words = [] if rule.interval == 1 else _counted(rule, "week")
    if days == _WORKDAYS:
        return [*words, "weekday"] if rule.interval == 1 else [*words, "on", "weekdays"]
    if days == _EVERY_DAY:
        return [*words, "days" if _plural(rule.interval) else "day"]
    words = words or ["week"]
    if rule.months:
        words += ["in", _months(rule)]
    words += _on_days(rule)
    if rule.hours:
        words += ["at", _list(_numbers(rule.hours), "and")]
    return words


def _monthly(rule: Recurrence) -> list[str]:
    if not rule.months:
        words = _counted(rule, "month")
    elif rule.interval == 1:
        words = [_months(rule)]
    else:
        words = [str(rule.interval), "months", *["in"] * _plural(rule.interval), _months(rule)]
    if not rule.month_days and {weekday.day for weekday in rule.weekdays} == _WORKDAYS:
        return [*words, "on", "weekdays"]
    return words + _on_days(rule)


def _yearly(rule: Recurrence) -> list[str]:
    if not rule.months:
        words = _counted(rule, "year")
    elif rule.interval == 1:
        words = [_months(rule)]
    else:
        words = [str(rule.interval), "years", _months(rule)]
    words += _on_days(rule)
    if rule.weeks:
        words += ["in", "weeks" if _plural(len(rule.weeks)) else "week", _list(_numbers(rule.weeks), "and")]
    return words


_BY_FREQUENCY: dict[str, Callable[[Recurrence], list[str]]] = {
    "minutely": _clock,
    "hourly": _clock,
    "daily": _daily,
    "weekly": _weekly,
    "monthly": _monthly,
    "yearly": _yearly,
}


def _on_days(rule: Recurrence) -> list[str]:
    every = [_weekday(weekday) for weekday in _sorted(rule.weekdays) if not weekday.nth]
    some = [_weekday(weekday) for weekday in _sorted(rule.weekdays) if weekday.nth]
    if rule.month_days:
        days = [_nth(day) for day in sorted(rule.month_days, key=lambda day: (day < 0, abs(day)))]
        return (
            ["on", _list(every, "or"), "the", _list(days, "or")] if every else ["on the", _list(days, "and")]
        )
    words = []
    if every and {weekday.day for weekday in rule.weekdays} != _WORKDAYS:
        words = ["on", ", ".join(every)]
    if some:
        words += [*["and"] * bool(every), "on the", _list(some, "and")]
    return words


def _sorted(weekdays: Sequence[Weekday]) -> list[Weekday]:
    return sorted(weekdays, key=lambda weekday: weekday.day)


def _weekday(weekday: Weekday) -> str:
    name = WEEKDAYS[weekday.day].capitalize()
    return f"{_nth(weekday.nth)} {name}" if weekday.nth else name


def _nth(number: int) -> str:
    """Return `1st`, `2nd last`; 32 is `32th` in rrule.js, and an old line must stay as it is."""
    if number == -1:
        return "last"
    size = abs(number)
    endings = {1: "st", 21: "st", 31: "st", 2: "nd", 22: "nd", 3: "rd", 23: "rd"}
    return f"{size}{endings.get(size, 'th')}{' last' if number < 0 else ''}"


def _counted(rule: Recurrence, unit: str) -> list[str]:
    count = [] if rule.interval == 1 else [str(rule.interval)]
    return [*count, f"{unit}s" if _plural(rule.interval) else unit]


def _plural(number: int) -> bool:
    return number % 100 != 1


def _months(rule: Recurrence) -> str:
    return _list([MONTHS[month - 1].capitalize() for month in rule.months], "and")


def _numbers(numbers: Sequence[int]) -> list[str]:
    return [str(number) for number in numbers]


def _list(items: Sequence[str], last: str) -> str:
    return f" {last} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
