"""What to write instead of a word in a marker that is no option of its block."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from . import setting_kinds as kinds

if TYPE_CHECKING:
    from .block_options import Option
    from .option_words import OptionWord


def remedy(known: tuple[Option, ...], word: OptionWord, before: str) -> str:
    """Return what to write instead of a word that is no option; `before` is the option that stands in front of it."""
    folded, value = word.name.casefold(), word.name if word.value is None else word.value
    name, _, begun = before.partition("=")
    if word.value is None and any(option.name == name for option in known if option.kind is kinds.text):
        return f'A value with spaces stands in quotes: `{name}="{begun} {word.name}"`.'
    fitting = [option.name for option in known if _takes(option, value)]
    if len(fitting) == 1:
        return f"Did you mean `{fitting[0]}={value}`?"
    if any(folded in option.bare for option in known):
        return f"`{folded}` stands alone, without a value."
    words = [name for option in known for name in (option.name, *option.bare)]
    near = get_close_matches(folded, words, 1, 0.5)
    listed = ", ".join(f"`{option.name}`" for option in known)
    if folded in words:
        return f"It is written `{folded}=…`."
    return f"Did you mean `{near[0]}`?" if near else f"It takes {listed}."


def _takes(option: Option, value: str) -> bool:
    """Return whether a value alone can be meant for an option: any text fits those that take a text."""
    if option.kind in {kinds.text, kinds.truth}:
        return False
    try:
        option.kind(value)
    except ValueError:
        return False
    return True
