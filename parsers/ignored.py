"""Names that are no notes of anybody's: editors' and sync clients' leftovers, and conflict copies."""

from __future__ import annotations

import re
from contextlib import suppress
from fnmatch import translate
from functools import lru_cache
from unicodedata import normalize

_LEFTOVERS = (
    "~syncthing~*", "~$*", "*~", "#*#", ".#*", "4913", "*.swp", "*.swx", "*.swo", "___jb_*___", "*.tmp",
    "*.vsctmp", "*.icloud", "*.partial",
)  # fmt: skip
_LEFTOVER = re.compile("|".join(("\\.", *map(translate, _LEFTOVERS))))
_CONFLICTS = (
    re.compile(r"\.sync-conflict-[0-9]{8}-[0-9]{6}(?:-[A-Z0-9]{7})?\.md\Z", re.IGNORECASE),
    re.compile(r"\(.*conflicted copy.*\)", re.IGNORECASE),
    re.compile(r"\((?:case|unicode encoding|selective sync|whitespace) conflict[^()]*\)", re.IGNORECASE),
    re.compile(r"_conflict-[0-9]{8}-[0-9]{6}\.md\Z", re.IGNORECASE),
    re.compile(r"\(.*(?:競合コピー|冲突副本|衝突複本|충돌).*\)"),
    # Dropbox speaks the language of its user; the day is always written so, the name may hold brackets.
    re.compile(
        r"\((?=[^\r\n]*(?:confli[ck]t|konflik|conflit|motstri(?:di|de)|modstriden|конфлик|конфлік|ristiriita|ütköző|çakış|bercanggah|ขัดแย้ง))"
        r"[^\r\n]*[0-9]{4}-[0-9]{2}-[0-9]{2}[^()]*\)",
        re.IGNORECASE,
    ),
    re.compile(r"\(case clash from [^()]*\)", re.IGNORECASE),
)
_NUMBERED = re.compile(r"(?P<name>.+?)(?: (?:- )?[Cc]opy)?(?: [0-9]{1,2}| ?\([0-9]{1,2}\))*\Z")
_COPY_ENDS = frozenset("0123456789)y")
_NOTE = r"\.[mM][dD]"
_MAY_BE_NUMBERED = re.compile(
    rf"{_NOTE}(?=/)(?:(?<=[ (][0-9]{_NOTE})|(?<=[ (][0-9][0-9]{_NOTE})|(?<=[0-9]\){_NOTE})|(?<=opy{_NOTE}))"
)
_MAY_HAVE_HOST = re.compile(rf"-[A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*{_NOTE}(?=/)")
_HOST = re.compile(r"-(?=[A-Za-z0-9-]*[A-Z])[A-Za-z][A-Za-z0-9-]+\Z")


def is_leftover(name: str) -> bool:
    """Return whether a file or folder name is one that an editor, a sync client or we ourselves leave behind."""
    return _LEFTOVER.match(name) is not None


def is_conflict_copy(name: str) -> bool:
    """Return whether a file name is that of a sync client's conflict copy, whose boxes would be counted twice."""
    if not may_be_conflict(name):
        return False
    return any(pattern.search(name) for pattern in _CONFLICTS)


def may_be_conflict(names: str) -> bool:
    """Return False only where no name in a text of names is that of a conflict copy: each pattern asks for one of these."""
    return "(" in names or "confl" in names.lower()


def original_of(name: str) -> str | None:
    """Return the name of the note of which a file is a conflict copy, by its name alone; None where it is none.

    >>> original_of("Goal.sync-conflict-20261121-202322-W3G74XU.md")
    'Goal.md'
    >>> original_of("Day (Anna's conflicted copy 2026-11-21).md")
    'Day.md'
    """
    for pattern in _CONFLICTS:
        match = pattern.search(name)
        if match:
            rest = name[match.end() :]
            return f"{name[: match.start()].rstrip()}{rest or '.md'}"
    return None


def original_picture(name: str) -> str | None:
    """Return the name of the picture of which a file is a conflict copy, by its name alone.

    >>> original_picture("week.sync-conflict-20261121-202322-W3G74XU.svg")
    'week.svg'
    """
    if not name.endswith(".svg"):
        return None
    note = original_of(f"{name[:-4]}.md")
    return f"{note[:-3]}.svg" if note is not None else None


def possible_originals(name: str) -> tuple[str, ...]:
    """Return the names of which this one may be a conflict copy: iCloud's, OneDrive's and Google Drive's look like any other.

    >>> possible_originals("Day 2.md"), possible_originals("Day-ANNAS-PC.md")
    (('Day.md',), ('Day-ANNAS.md', 'Day.md'))
    """
    stem, dot, suffix = name.rpartition(".")
    numbered = _NUMBERED.match(stem) if stem[-1:] in _COPY_ENDS and (" " in stem or "(" in stem) else None
    found = [numbered["name"]] if numbered and numbered["name"] != stem else []
    if "-" not in stem or stem == stem.lower():
        return tuple(f"{base}{dot}{suffix}" for base in found)
    places = [place for place, character in enumerate(stem) if character == "-" and place]
    found += [stem[:place] for place in reversed(places) if _HOST.match(stem, place)]
    return tuple(f"{base}{dot}{suffix}" for base in found)


def may_be_copies(names: str) -> list[str]:
    """Return the names of which `possible_originals` may have some, of a text of notes' names each between two `/`; told at once, for walks over many.

    >>> may_be_copies("/Day.md/Day 2.md/Day-PC.md/")
    ['Day 2.md', 'Day-PC.md']
    """
    ends = [found.end() for found in _MAY_BE_NUMBERED.finditer(names)]
    if "-" in names and not names.islower():
        ends += (found.end() for found in _MAY_HAVE_HOST.finditer(names))
    return [names[names.rindex("/", 0, end) + 1 : end] for end in sorted(set(ends))]


def is_note(name: str) -> bool:
    """Return whether a file name is that of a Markdown note."""
    return name.lower().endswith(".md") and not is_leftover(name)


def matches_any(path: str, patterns: tuple[str, ...]) -> bool:
    """Return whether a vault path is one of the patterns, or lies in a folder that is.

    A pattern is a folder or note (`Archive`, `Old/2019.md`), or one with `*` and `?`; `/…/` is a regular
    expression, as in Obsidian's list of excluded files. Either spelling of Unicode stands for the other.
    """
    spelt = path if path.isascii() else normalize("NFC", path)
    return any(pattern.search(spelt) for pattern in _compiled(patterns))


def may_match_notes(patterns: tuple[str, ...]) -> bool:
    """Return False only where these match no note but together with the folder that it lies in.

    >>> may_match_notes(("Templates", "Old/")), may_match_notes(("Old/2019.md",)), may_match_notes(("O*",))
    (False, True, True)
    """
    return any(
        any(sign in pattern for sign in "*?[")
        or pattern.strip().strip("/").lower().endswith(".md")
        or pattern.strip().startswith("/")
        for pattern in patterns
    )


@lru_cache(maxsize=16)
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Return regular expressions for patterns; one that is none matches nothing."""
    found: list[re.Pattern[str]] = []
    plain: list[str] = []
    for pattern in filter(None, (normalize("NFC", one.strip()) for one in patterns)):
        if len(pattern) > 2 and pattern.startswith("/") and pattern.endswith("/"):
            with suppress(re.error):
                found.append(re.compile(pattern[1:-1]))
        else:
            wanted = pattern.strip("/")
            plain += [rf"(?s:{re.escape(wanted)}(?:/.*)?)\Z", translate(wanted), translate(f"{wanted}/*")]
    return (*([re.compile(rf"\A(?:{'|'.join(plain)})")] if plain else []), *found)
