"""The place where text is shown: how wide it is, whether it has colour, whether signs or words are wanted."""

from __future__ import annotations

from dataclasses import dataclass

from .status_columns import WIDE
from .terminal import Pen


@dataclass(frozen=True, slots=True)
class Screen:
    """A terminal, or what stands in for one. `plain` asks for words in the place of bars, marks and tables."""

    pen: Pen = Pen()
    width: int = WIDE
    plain: bool = False
