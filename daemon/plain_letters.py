"""Plain characters in the place of those that a terminal's encoding does not have, one for one where that is possible."""

from __future__ import annotations

import codecs
import unicodedata
from io import TextIOWrapper

HANDLER = "microwins-plain"
CODEC = "microwins-ascii"
_PLAIN = {
    "✓": "x", "○": "o", "·": ".", "–": "-", "—": "-", "−": "-", "▰": "#", "▱": "-", "…": "~", "→": ">", "←": "<",
    "↳": ">", "√": "V", "Σ": "S", "÷": "/", "×": "x", "≥": ">", "≤": "<", "✦": "*", "•": "*", "“": '"', "”": '"',
    "„": '"', "‘": "'", "’": "'", "\u200b": "", "\u200c": "", "\u200d": "", "\ufe0e": "", "\ufe0f": "", "\xa0": " ",
    "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "æ": "ae", "ø": "o", "ł": "l",
}  # fmt: skip


def plain_letters(text: str) -> str:
    """Return `text` in ASCII: signs by the likest character, letters without their accents, anything else as `?`.

    >>> plain_letters("✓ Café – 41 → 42 %  ▰▱ 日")
    'x Cafe - 41 > 42 %  #- ?'
    """
    return "".join(map(_letter, text))


def speak_plainly(stream: TextIOWrapper) -> None:
    """Let a stream write a plain character where its encoding has no such one; nothing that is written fails.

    One that is ASCII gets an encoding of ours: click takes ASCII for a mistake and writes UTF-8 to it.
    """
    name = codecs.lookup(stream.encoding).name
    if name == "ascii":
        codecs.register(_found)
        stream.reconfigure(encoding=CODEC)
    elif name != "utf-8":
        codecs.register_error(HANDLER, _replaced)
        stream.reconfigure(errors=HANDLER)


def _found(name: str) -> codecs.CodecInfo | None:
    if name.replace("_", "-") != CODEC:
        return None
    return codecs.CodecInfo(_encoded, codecs.ascii_decode, incrementalencoder=_Encoder, name=CODEC)


def _encoded(text: str, errors: str = "strict") -> tuple[bytes, int]:  # noqa: ARG001 - as every codec is called
    return plain_letters(text).encode("ascii"), len(text)


class _Encoder(codecs.IncrementalEncoder):
    def encode(self, text: str, final: bool = False) -> bytes:  # noqa: ARG002, FBT001, FBT002 - as every codec has it
        return _encoded(text)[0]


def _letter(character: str) -> str:
    if character.isascii():
        return character
    known = _PLAIN.get(character)
    if known is not None:
        return known
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return plain or ("" if unicodedata.combining(character) else "?")


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return plain_letters(error.object[error.start : error.end]), error.end
