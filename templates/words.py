"""The words shown to people, in the language that is spoken: one catalogue a language, loaded with the first word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from .shipped import shipped

Text = str | tuple[str, ...] | Mapping[str, str]
"""A text, a list of names, or the forms of a text by `one`, `other` and what else a language has."""
DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue of a language; each text has a key such as `block.next`."""

    language: str
    texts: Mapping[str, Text]

    def say(self, key: str, values: Mapping[str, object]) -> str:
        """Return the text of a key with its places filled; of one with two forms that which `count` asks for."""
        text = self.texts[key]
        if isinstance(text, Mapping):
            text = text["one" if str(values["count"]) == "1" else "other"]
        return str(text).format_map(values)


class Counted(str):
    """A number with its unit, `3 days`; in a text `{days:dative}` asks for another form of the unit."""

    __slots__ = ("forms",)
    forms: Mapping[str, str]

    def __new__(cls, text: str, forms: Mapping[str, str]) -> Counted:
        """Keep the forms of the whole by their names beside its ordinary one."""
        made = super().__new__(cls, text)
        made.forms = forms
        return made

    def __format__(self, form: str) -> str:
        return self.forms[form] if form else str(self)


class _Spoken:
    language = DEFAULT


@cache
def catalogue(language: str) -> Words:
    """Return the words of a language that we ship."""
    import tomllib

    text = shipped("languages", f"{language}.toml").read_text(encoding="utf-8")
    return Words(language, dict(_flat(tomllib.loads(text))))


def speak(language: str) -> None:
    """Speak a language from here on: the process has that of the vault which it opened last."""
    _Spoken.language = language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while: what is written into a vault is in its own, whatever the process speaks."""
    before = _Spoken.language
    _Spoken.language = language
    try:
        yield
    finally:
        _Spoken.language = before


def spoken() -> str:
    """Return the language that is spoken."""
    return _Spoken.language


def say(key: str, **values: object) -> str:
    """Return a text in the language that is spoken.

    >>> say("block.next", name="Walk")
    'Next: Walk'
    """
    return catalogue(_Spoken.language).say(key, values)


def names(key: str) -> tuple[str, ...]:
    """Return a list of names, such as those of the months."""
    found = catalogue(_Spoken.language).texts[key]
    return found if isinstance(found, tuple) else ()


def forms(key: str) -> Mapping[str, str]:
    """Return the forms of a unit by their names; none for a unit that is not ours."""
    found = catalogue(_Spoken.language).texts.get(key)
    return found if isinstance(found, Mapping) else {}


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    for section, texts in table.items():
        for key, text in texts.items():
            yield f"{section}.{key}", tuple(text) if isinstance(text, list) else text
