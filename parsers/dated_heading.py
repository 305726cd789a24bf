"""Whether a heading of a note may hold a date, by a look at the lines with dates alone."""

from __future__ import annotations

import re

from .frontmatter import frontmatter_span

_DATE = re.compile(r"-[0-9]{2}-[0-9]{2}")
_HEADING = re.compile(r"[ \t>*+.)0-9-]*#{1,6}[ \t]")
_UNDERLINE = re.compile(r"[^\n]\n[ \t>]*(?:=+|-+)[ \t]*(?=\n|\Z)")
_LINE_END = re.compile(r"\r\n?")


def may_date_heading(text: str) -> bool:
    r"""Return False only where surely no heading of a note holds a date such as 2026-01-04.

    >>> may_date_heading("## 2026-01-04"), may_date_heading("2026-01-04\nwas it\n---"), may_date_heading("due 2026-01-04")
    (True, True, False)
    """
    if _DATE.search(text) is None:
        return False
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    span = frontmatter_span(text)
    begin = text.find("\n", span.end) if span else 0
    found, place = False, begin
    while place >= 0 and (date := _DATE.search(text, place)):
        if _HEADING.match(text, text.rfind("\n", 0, date.start()) + 1):
            return True
        found, place = True, text.find("\n", date.end())
    return found and _UNDERLINE.search(text, begin) is not None
