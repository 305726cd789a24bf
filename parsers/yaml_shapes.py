"""What plain values in YAML are made of, as pieces of regular expressions: for the ways of reading frontmatter without a YAML reader."""

from __future__ import annotations

import re

ODD = re.compile("[\u2028\u2029\ud800-\udfff\ue085\ue828\ue829\ufeff\ufffe\uffff]")
"""Finds a character that YAML may not allow, or take for the end of a line."""
SIGN = r"[^\x00-\x1f\x7f-\x9f"
"""The beginning of a class of all signs that may stand in a value; what is left out besides follows, and the bracket."""
START = r"(?!0[xo])[^\x00-'*,\-:-@\[-\^`{-\xa0]"
"""How a text without quotes begins."""
ITEM = rf"{START}{SIGN},:#?\[\]{{}}]*+"
"""A text without quotes in a list in brackets."""
QUOTED = rf"\"{SIGN}\\\"]*+\"|'{SIGN}']*+'(?!')"
