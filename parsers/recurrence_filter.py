"""Which days a recurrence rule lets through."""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import date

from .recurrence import Recurrence


class DayFilter:
    """The parts of a rule as a test on one day; what the rule leaves open is taken from its first day."""

    __slots__ = ("_days", "_months", "_nth_days", "_nth_in_year", "_weekdays", "_weeks")

    def __init__(self, rule: Recurrence, start: date) -> None:
        counts_nth = rule.frequency in ("monthly", "yearly")
        self._months = frozenset(rule.months)
        self._weeks = frozenset(rule.weeks)
        self._days = frozenset(rule.month_days)
        self._weekdays = frozenset(day.day for day in rule.weekdays if not (day.nth and counts_nth))
        self._nth_days = frozenset((day.day, day.nth) for day in rule.weekdays if day.nth and counts_nth)
        self._nth_in_year = rule.frequency == "yearly" and not rule.months
        if not (rule.weekdays or rule.month_days or rule.weeks):
            self._fill_in(rule, start)

    def _fill_in(self, rule: Recurrence, start: date) -> None:
        if rule.frequency == "yearly":
            self._months = self._months or frozenset((start.month,))
        if rule.frequency in ("monthly", "yearly"):
            self._days = frozenset((start.day,))
        if rule.frequency == "weekly":
            self._weekdays = frozenset((start.weekday(),))

    def __call__(self, day: date) -> bool:
        """Say whether the rule fits `day`."""
        return (
            (not self._months or day.month in self._months)
            and (not self._weekdays or day.weekday() in self._weekdays)
            and (not self._days or self._is_month_day(day))
            and (not self._nth_days or self._is_nth_weekday(day))
            and (not self._weeks or self._is_week(day))
        )

    def _is_month_day(self, day: date) -> bool:
        return day.day in self._days or day.day - monthrange(day.year, day.month)[1] - 1 in self._days

    def _is_nth_weekday(self, day: date) -> bool:
        if self._nth_in_year:
            number, length = day.timetuple().tm_yday, 365 + isleap(day.year)
        else:
            number, length = day.day, monthrange(day.year, day.month)[1]
        from_start, from_end = (number - 1) // 7 + 1, -((length - number) // 7 + 1)
        return (day.weekday(), from_start) in self._nth_days or (day.weekday(), from_end) in self._nth_days

    def _is_week(self, day: date) -> bool:
        return day.isocalendar().week in self._weeks
