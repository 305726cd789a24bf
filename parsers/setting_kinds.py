"""The kinds of value that a setting may have, read from TOML values and from the environment's plain text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta

from .clock_range import ClockRange, read_clock_range
from .day_range import WEEKDAYS, DayRange, read_day_range, read_weekday

_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(ms|s|sec|m|min|h|d)?\Z")
_DURATION_SECONDS = {"ms": 0.001, "s": 1.0, "sec": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(B|KB|MB|GB)?\Z", re.IGNORECASE)
_SIZE_BYTES = {"B": 1, "KB": 1000, "MB": 1000**2, "GB": 1000**3}
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])\Z")

Kind = Callable[[object], object]


def text(value: object) -> str:
    """Read any text."""
    if isinstance(value, str) and value.isprintable():
        return value.strip()
    raise ValueError("a text in quotes")


def locale(value: object) -> str:
    """Read the code of a language such as "de" or "pt-br": one whose month names and week numbers are known."""
    from .moment_names import LOCALES, find_locale

    code = text(value)
    english = code.casefold().partition("-")[0] == "en"
    if not english and find_locale(code) is LOCALES["en"]:
        raise ValueError("one of " + ", ".join(sorted(LOCALES)))
    return code


def folder(value: object) -> str:
    """Read a path inside the vault: forward slashes, none at the ends, never leaving the vault."""
    path = text(value).replace("\\", "/").strip("/")
    if any(part == ".." for part in path.split("/")):
        raise ValueError('a path inside the vault, such as "Journal/Daily"')
    return "/".join(part for part in path.split("/") if part not in {"", "."})


def near_folder(value: object) -> str:
    """Read a path inside the vault, or one that begins with `./`: inside the folder of each note."""
    written = text(value).replace("\\", "/")
    return f"./{folder(written)}" if written == "." or written.startswith("./") else folder(written)


def truth(value: object) -> bool:
    """Read true or false."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.casefold() in {"true", "1", "yes", "on", "false", "0", "no", "off"}:
        return value.casefold() in {"true", "1", "yes", "on"}
    raise ValueError("true or false")


def truth_or_auto(value: object) -> bool | str:
    """Read true or false, or "auto": it is found out."""
    if isinstance(value, str) and value.strip().casefold() == "auto":
        return "auto"
    try:
        return truth(value)
    except ValueError:
        raise ValueError('true, false or "auto"') from None


def clock_time(value: object) -> time:
    """Read a time of day such as "04:00"."""
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    match = _TIME.match(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError('a time of day such as "04:00"')
    return time(int(match[1]), int(match[2]))


def clock_range(value: object) -> ClockRange:
    """Read a stretch of the day such as "21:00-08:00"; an empty text is none."""
    if value == "":
        return ClockRange(time(0), time(0))
    found = read_clock_range(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError('hours such as "21:00-08:00", or "" for none')
    return found


def duration(value: object) -> timedelta:
    """Read a length of time: "2s", "500ms", "3h", or a plain number of seconds."""
    match = _DURATION.match(str(value).strip()) if isinstance(value, str | int | float) else None
    if match is None or isinstance(value, bool):
        raise ValueError('a length of time such as "2s", "90 min" or "3h"')
    seconds = float(match[1]) * _DURATION_SECONDS[match[2] or "s"]
    if seconds > 7 * 86400:
        raise ValueError("a length of time of at most 7 days")
    return timedelta(seconds=seconds)


def size(value: object) -> int:
    """Read a number of bytes: "5 MB" or a plain number."""
    match = _SIZE.match(str(value).strip()) if isinstance(value, str | int) else None
    if match is None or isinstance(value, bool):
        raise ValueError('a size such as "5 MB"')
    return int(float(match[1]) * _SIZE_BYTES[(match[2] or "B").upper()])


def weekday(value: object) -> int:
    """Read the name of a weekday as 0 (Monday) to 6."""
    number = read_weekday(value)
    if number is None:
        raise ValueError(f"one of {', '.join(WEEKDAYS)}")
    return number


def texts(value: object) -> tuple[str, ...]:
    """Read a list of texts (from the environment: separated by commas)."""
    return tuple(text(item) for item in _items(value))


def weekdays(value: object) -> frozenset[int]:
    """Read a list of weekdays."""
    return frozenset(weekday(item) for item in _items(value))


def day_ranges(value: object) -> tuple[DayRange, ...]:
    """Read a list of days and ranges of days, sorted."""
    ranges = [read_day_range(item) for item in _items(value)]
    if None in ranges:
        raise ValueError('a list of days or ranges such as ["2026-07-01..2026-07-14"]')
    return tuple(
        sorted((found for found in ranges if found), key=lambda found: (found.start, str(found.end)))
    )


def choice(*allowed: str) -> Kind:
    """Make a kind that allows just these words."""

    def read(value: object) -> str:
        if isinstance(value, str) and value.strip().casefold() in allowed:
            return value.strip().casefold()
        raise ValueError("one of " + ", ".join(f'"{word}"' for word in allowed))

    return read


def _items(value: object) -> list[object]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, list):
        return value
    raise ValueError('a list such as ["one", "two"]')
