"""The words of a recurrence rule, cut as rrule.js 2.8.1 cuts them: at each place the longest that matches."""

from __future__ import annotations

import re
from datetime import date

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

_PATTERNS = {
    "skip": r"[ \r\n\t]+",
    "number": r"[1-9][0-9]*",
    "every": "every",
    "day(s)": "days?",
    "weekday(s)": "weekdays?",
    "week(s)": "weeks?",
    "hour(s)": "hours?",
    "minute(s)": "minutes?",
    "month(s)": "months?",
    "year(s)": "years?",
    "on": "on|in",
    "at": "at",
    "the": "the",
    "first": "first",
    "second": "second",
    "third": "third",
    "nth": r"[1-9][0-9]*(?:th|nd|rd|st)",
    "last": "last",
    "for": "for",
    "time(s)": "times?",
    "until": "(?:un)?til",
    "monday": "mo(?:n(?:day)?)?",
    "tuesday": "tu(?:e(?:s(?:day)?)?)?",
    "wednesday": "we(?:d(?:n(?:esday)?)?)?",
    "thursday": "th(?:u(?:r(?:sday)?)?)?",
    "friday": "fr(?:i(?:day)?)?",
    "saturday": "sa(?:t(?:urday)?)?",
    "sunday": "su(?:n(?:day)?)?",
    "january": "jan(?:uary)?",
    "february": "feb(?:ruary)?",
    "march": "mar(?:ch)?",
    "april": "apr(?:il)?",
    "may": "may",
    "june": "june?",
    "july": "july?",
    "august": "aug(?:ust)?",
    "september": "sep(?:t(?:ember)?)?",
    "october": "oct(?:ober)?",
    "november": "nov(?:ember)?",
    "december": "dec(?:ember)?",
    "number word": "one|two|three",
    "comma": r"(?:,\s*|(?:and|or)\s*)+",
}
_TOKENS = {name: re.compile(pattern, re.IGNORECASE | re.ASCII) for name, pattern in _PATTERNS.items()}

_LONGEST_NUMBER = 9


class Words:
    """A reader that stands on one word: `symbol` is its kind ("" at the end and before what is no word)."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self.symbol = ""
        self.value = ""
        self.advance()

    @property
    def rest(self) -> str:
        """The text after the word."""
        return self._text[self._position :]

    def advance(self) -> bool:
        """Go to the next word; say whether there is one."""
        self.symbol = self.value = ""
        best, end = "skip", self._position
        while best == "skip" and end < len(self._text):
            matches = (
                (match.end(), name)
                for name, token in _TOKENS.items()
                if (match := token.match(self._text, end))
            )
            start = end
            end, best = max(matches, key=lambda found: found[0], default=(start, ""))
            self.value = self._text[start:end]
        if best in ("skip", "") or (self.value[0].isdigit() and len(self.value) > _LONGEST_NUMBER):
            self._position = len(self._text)
            self.value = ""
            return False
        self.symbol, self._position = best, end
        return True

    def accept(self, symbol: str) -> str:
        """Return the word and go on if it is of this kind, else an empty text."""
        if self.symbol != symbol:
            return ""
        value = self.value
        self.advance()
        return value


def until_date(text: str) -> date | None:
    """Return the date of `January 1, 2026`, `1 Jan 2026`, `Jan 2026` or `2026`, as JavaScript reads them."""
    numbers = [int(number) for number in re.findall(r"(?<![0-9])[0-9]{1,6}(?![0-9])", text)]
    words = re.findall(r"[a-z]+", text.lower())
    months = [number for number, name in enumerate(MONTHS, 1) for word in words if word[:3] == name[:3]]
    if not numbers or len(numbers) > 2 or (not months and (words or len(numbers) > 1)):
        return None
    small = [number for number in numbers if number <= 31]
    large = [number for number in numbers if number > 31]
    try:
        return date(large[0] if large else 2001, months[-1] if months else 1, small[0] if small else 1)
    except ValueError:
        return None
