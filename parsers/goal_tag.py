"""Whether a note may have a line of nothing but tags, and a goal's among them, by one look at its whole text."""

from __future__ import annotations

import re
from functools import lru_cache

_FOLDED_TO_ASCII = "\u00df\u017f\u1e9e\u212a\ufb00-\ufb06"
"""All letters beyond ASCII that are ASCII where case makes no difference."""
_ANY_TAG = re.compile(r"#[^\s#]")


def may_hold_tag(text: str, tag: str) -> bool:
    """Return False only where no line has this tag, which is given without `#`, among its words, whatever the case.

    >>> may_hold_tag("#Goal #a", "goal"), may_hold_tag("#goal/2026 and #goals", "goal")
    (True, False)
    """
    return _tag_pattern(tag).search(text) is not None


@lru_cache(maxsize=16)
def _tag_pattern(tag: str) -> re.Pattern[str]:
    folded = tag.casefold()
    if not folded.isascii():
        return _ANY_TAG
    return re.compile(rf"#(?:(?i:{re.escape(folded)})(?!\S)|[^\s#]*[{_FOLDED_TO_ASCII}])")
