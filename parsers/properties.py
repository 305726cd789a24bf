"""Properties of a note's frontmatter as Obsidian reads them: names in any case, tags, aliases."""

from __future__ import annotations

from collections.abc import Mapping

from .js_text import WHITE_SPACE

Values = Mapping[str, object]
_APART = frozenset((*WHITE_SPACE, ","))


def property_of(values: Values, name: str) -> object:
    """Return the property of this name, whose case does not matter; of two spellings the plain one counts.

    >>> property_of({"Type": "goal"}, "type"), property_of({"Type": "a", "type": "b"}, "type")
    ('goal', 'b')
    """
    if name in values:
        return values[name]
    folded = name.casefold()
    return next((value for key, value in values.items() if key.casefold() == folded), None)


def by_folded_name(values: Values) -> Values:
    """Return the properties by their names in lower case, as `property_of` finds them, for a reader that asks for many.

    >>> by_folded_name({"Type": "a", "type": "b", "Rest": "sat"})
    {'type': 'b', 'rest': 'sat'}
    """
    found: dict[str, object] = {}
    for key, value in values.items():
        folded = key.casefold()
        if folded == key or folded not in found:
            found[folded] = value
    return found


def read_tags(values: Values) -> tuple[str, ...]:
    """Return the tags without their `#`; a text with a comma or a space in it is no tag, nor is a number.

    >>> read_tags({"TAGS": ["goal", "#deep/work", "a b"]}), read_tags({"tags": "a, b"}), read_tags({"tag": "goal"})
    (('goal', 'deep/work'), (), ())
    """
    tags = (text.strip().removeprefix("#") for text in texts(property_of(values, "tags")))
    return tuple(dict.fromkeys(tag for tag in tags if _is_tag(tag)))


def read_aliases(value: object) -> tuple[str, ...]:
    """Return the other names that a note's `aliases` gives it: those of a list, or the one text that is no list in disguise.

    >>> read_aliases(["Opus", "Book, the"]), read_aliases("Opus, Novel")
    (('Opus', 'Book, the'), ())
    """
    if isinstance(value, str) and "," in value:
        return ()
    return tuple(dict.fromkeys(name for text in texts(value) if (name := text.strip())))


def texts(value: object) -> list[str]:
    """Return a value as a list of texts: a list's texts, or the one text."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _is_tag(text: str) -> bool:
    return bool(text) and not text.isdecimal() and _APART.isdisjoint(text)
