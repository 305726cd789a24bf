"""What was surely meant as a marker of ours and is none: a slip in our name, or in the signs around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from .blocks import BLOCK_NAMES, LONE_CLOSING
from .bounds import MOST_MARKERS, LineSet
from .problem import Problem
from .source import Source

_OURS = "microwins"
_ALIKE = 0.88
_LONGEST = 500
"""Characters of a line on which a name is looked for: a marker takes few."""
_NAMES = "|".join(BLOCK_NAMES)
_LIKE = r"[A-Za-z][A-Za-z_-]{5,11}"
_NAMED = (
    rf"[ \t]*(?P<like>{_LIKE})(?:[:/=][ \t]*(?P<name>{_NAMES})\b|[ \t]+(?P<alone>{_NAMES})[ \t]*(?:-->|%%))"
)
_CLOSED = rf"[ \t]*/[ \t]*(?P<like>{_LIKE})[ \t]*"
_MISSPELT = tuple(map(re.compile, (f"<!--{_NAMED}", f"%%{_NAMED}", f"<!--{_CLOSED}-->", f"%%{_CLOSED}%%")))
_BEGINNING = r"[> \t]*(?:[-*+][ \t]+)?"
_ODD_SIGNS = re.compile(
    rf"{_BEGINNING}(?:<[ \t!–—-]{{0,12}}|%[ \t]{{0,12}})microwins:(?P<name>{_NAMES})\b[^>%\r\n]*[>%][ \t]*\Z"
)  # fmt: skip
_UNENDED = re.compile(rf"{_BEGINNING}(?:<!--|%%)[ \t]*microwins:(?P<name>{_NAMES})\b(?![^\r\n]*(?:-->|%%))")


def may_hold_slip(text: str) -> bool:
    """Return False only where no comment of a text bears a name that is nearly ours; one with our own name is looked at anyway."""
    # One sign is looked for before two: that is told at once, and most notes have none.
    if not (("<" in text and "<!--" in text) or ("%" in text and "%%" in text)):
        return False
    found = (match for one in _MISSPELT for match in one.finditer(text))
    return any(_is_like_ours(match["like"]) for match in islice(found, MOST_MARKERS))


def slip_problems(
    source: Source, excluded: Sequence[tuple[int, int]], told: Sequence[Problem], path: str
) -> Iterator[Problem]:
    """Yield a problem for each line on which a marker of ours was meant, and of which nothing is `told`.

    In the `excluded` ranges a marker means nothing; but one that is not ended opens such a range itself.
    """
    hidden, begun = LineSet(excluded), {start for start, end in excluded if start != end}
    known = {problem.line for problem in told}
    misspelt = may_hold_slip(source.text)
    for number, line in enumerate(source.texts, 1):
        if not ("<" in line or "%" in line) or number in known:
            continue
        name = (
            _unended(line)
            if number in begun
            else None
            if number in hidden
            else _meant(line, misspelt=misspelt)
        )
        if name is not None:
            yield _slip(path, number, name)


def told_once(told: Sequence[Problem], slips: Sequence[Problem]) -> list[Problem]:
    """Return all problems of markers but a lone closing one right below an opening one that slipped: that is one mistake."""
    every = sorted((*told, *slips), key=lambda problem: problem.line or 0)
    opened = [one.code == "marker-misplaced" and "/microwins" not in one.remedy for one in every]
    return [
        one for at, one in enumerate(every) if not (one.message == LONE_CLOSING and at and opened[at - 1])
    ]


def _unended(line: str) -> str | None:
    found = _UNENDED.match(line)
    return found["name"] if found else None


def _meant(line: str, *, misspelt: bool) -> str | None:
    """Return the name of the block that was meant, empty for a closing marker; None where none was.

    Unless anything is `misspelt` in the note only the signs may be wrong.
    """
    if "`" in line or not ("<!--" in line or "%%" in line or "microwins:" in line):
        return None
    for one in _MISSPELT if misspelt and len(line) <= _LONGEST else ():
        found = one.search(line)
        if found and _is_like_ours(found["like"]):
            return next((found[name] for name in ("name", "alone") if found.groupdict().get(name)), "")
    odd = _ODD_SIGNS.match(line)
    return odd["name"] if odd and not re.match(rf"{_BEGINNING}(?:<!--|%%)", line) else None


@lru_cache(maxsize=256)
def _is_like_ours(word: str) -> bool:
    """Return whether a word is nearly our name, but not that name: a letter or two, capitals, hyphens."""
    folded = word.casefold().replace("-", "").replace("_", "")
    if word == _OURS or sum(letter not in _OURS for letter in folded) > 1:
        return False
    from difflib import SequenceMatcher  # hardly ever needed

    return SequenceMatcher(None, _OURS, folded).ratio() >= _ALIKE


def _slip(path: str, line: int, name: str) -> Problem:
    wanted = f"<!-- microwins:{name} -->" if name else "<!-- /microwins -->"
    return Problem(
        path, line, "marker-misplaced", "This microwins marker cannot be read.", f"Did you mean `{wanted}`?"
    )  # fmt: skip
