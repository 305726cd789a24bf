"""A first look at a note: of an ordinary one only the lines of its boxes, since nothing else of it counts."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple, cast

from .blocks import Block
from .bounds import LONGEST_LINE, MOST_BOXES
from .box_lines import BoxLine, read_box_lines
from .box_text import box_lines, written
from .dated_heading import may_date_heading
from .frontmatter import Frontmatter
from .note import MENTION, Note, Reading, frontmatter_of, may_be_more, read_note
from .note_date import note_period
from .period import Kind, Period
from .tasks import BoxRules, Task, state_of
from .tasks_plugin import DATAVIEW_KEYS, SYMBOLS

_MOST_LINES = 1000
_RULE, _RULE_KEY = SYMBOLS["recurrence"].encode(), DATAVIEW_KEYS["recurrence"].encode()


class Glance(NamedTuple):
    """An ordinary note: its period if its name tells one, and its boxes; it has no goal, no block of ours, no problem.

    It is held as it is passed on and kept, since most are only ever counted: `row` has the period on its first line, as
    `day 739941` with the ordinal of its first day, or an empty one, and then the boxes as `box_text` writes them.
    """

    row: bytes = b"\n"

    @classmethod
    def of(cls, period: Period | None, boxes: bytes = b"") -> Glance:
        """Return an ordinary note of this period with these boxes."""
        return cls(
            b"%b %d\n%b" % (period.kind.encode(), period.start.toordinal(), boxes)
            if period
            else b"\n" + boxes
        )

    @property
    def kind(self) -> Kind | None:
        """What kind of period its name tells."""
        return cast("Kind", self._period[0].decode()) if self._period[0] else None

    @property
    def date(self) -> dt.date | None:
        """The first day of that period."""
        return dt.date.fromordinal(int(self._period[1])) if self._period[0] else None

    @property
    def day(self) -> dt.date | None:
        """The day of a daily note."""
        return self.date if self.kind == "day" else None

    @property
    def lines(self) -> list[BoxLine]:
        """The boxes, in their order."""
        return box_lines(self.row.partition(b"\n")[2])

    @property
    def may_recur(self) -> bool:
        """Whether any of the boxes may have a rule by which it recurs; surely none has where this is False."""
        return _RULE in self.row or _RULE_KEY in self.row.lower()

    def note(self, path: str, rules: BoxRules) -> Note:
        """Return a note with these boxes as far as they count; how their lines began is not known any more."""
        tasks = (
            Task(
                line,
                0,
                None,
                symbol,
                3,
                state_of(symbol, rules.statuses),
                f"- [{symbol}] {body}",
                body,
                rules,
            )
            for line, symbol, body in self.lines
        )
        return Note(path, self.kind, self.date, tasks=tuple(tasks))

    @property
    def _period(self) -> tuple[bytes, bytes]:
        kind, _, day = self.row.partition(b"\n")[0].partition(b" ")
        return kind, day


def glance(path: str, text: str, reading: Reading) -> Glance | Note:
    """Return what an ordinary note contributes; one that is anything more is read whole.

    An ordinary note's boxes are those that `read_note` finds, in their order.
    """
    frontmatter = frontmatter_of(text, path, reading.words, whole=False)
    lines = _lines(text, frontmatter, reading)
    if lines is not None:
        period = note_period(path, reading.formats, reading.locale, reading.week)
        is_daily = period is not None and period.kind == "day"
        if is_daily or not (_has_block(text) or (lines and may_date_heading(text))):
            return Glance.of(period, written(lines))
    return plain(read_note(path, text, reading, whole=False, frontmatter=frontmatter), reading)


def _lines(text: str, frontmatter: Frontmatter, reading: Reading) -> list[BoxLine] | None:
    """Return the boxes of a note that is surely an ordinary one; else None."""
    if reading.rules.global_filter or (len(text) > MOST_BOXES and text.count("[") > MOST_BOXES):
        return None
    if may_be_more(text, frontmatter, reading.words):
        return None
    lines = read_box_lines(text)
    if lines is None or len(lines) > _MOST_LINES:
        return None
    if len(text) > LONGEST_LINE and any(len(body) > LONGEST_LINE for _, _, body in lines):
        return None
    return lines


def _has_block(text: str) -> bool:
    """Return whether a note that may hold a list of the day, and no other block of ours, does hold it."""
    return "<" in text and MENTION in text


def _is_list_of_the_day(block: Block) -> bool:
    return block.name == "today" and block.end is not None and not (block.options or block.quote)


def plain(note: Note, reading: Reading) -> Glance | Note:
    """Return a note as a glance if it is an ordinary one."""
    dated = note.heading_dates if note.day is None and note.tasks else ()
    blocks = [one for one in note.blocks if note.day is None or not _is_list_of_the_day(one)]
    more = (note.goal, blocks, dated, note.problems, note.kanban, note.markers_broken)
    if any(more) or reading.rules.global_filter:
        return note
    boxes = written((task.line, task.symbol, task.body) for task in note.tasks)
    return Glance.of(Period(note.kind, note.date) if note.kind and note.date else None, boxes)
