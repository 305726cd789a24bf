"""SVG as text: elements with everything escaped, and the frame that all our pictures have in common."""

from __future__ import annotations

from collections.abc import Iterable

from .safe_text import columns, one_line, pad

MARK = "<!--microwins:picture-->"
"""The line by which we know a picture as ours."""
INK = {"light": "#686f7b", "dark": "#8d95a3"}
"""Lines and letters: the first one unless a reader says that it is dark; each can be read on both grounds."""
ACCENT = "#2c9a5f"
"""What was done, on every ground."""
PALE = "#808080"
"""What is only there, more or less transparent."""
FONT = "system-ui,-apple-system,sans-serif"
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})
"""As `html.escape` does, which comes with a table of all names of letters."""
_STYLE = f"@media(prefers-color-scheme:dark){{.i{{fill:{INK['dark']}}}.l{{stroke:{INK['dark']}}}}}"


def element(tag: str, *content: str, **attributes: object) -> str:
    """Return an element; `content` must be markup already, attributes are escaped (an underscore stands for a hyphen).

    >>> element("text", escaped("a < b"), x=1, text_anchor="end")
    '<text x="1" text-anchor="end">a &lt; b</text>'
    """
    shown = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{number(value).translate(_ESCAPED)}"'
        for name, value in attributes.items()
    )
    return f"<{tag}{shown}>{''.join(content)}</{tag}>" if content else f"<{tag}{shown}/>"


def escaped(text: str, longest: int = 1000) -> str:
    """Return a text of anybody's as one line of XML: no markup, no control or direction characters, and no giant."""
    return one_line(text, longest).translate(_ESCAPED)


def label(text: str, x: float, y: float, width: int = 60, **attributes: object) -> str:
    """Return a text in ink, cut to so many columns."""
    shown = pad(one_line(text, 1000), width).rstrip() if columns(text) > width else one_line(text, 1000)
    return element("text", escaped(shown), x=x, y=y, **attributes)


def headline_width(title: str, found: str) -> int:
    """Return the pixels that a headline takes at most, so that nothing of it is cut."""
    return 24 + 8 * columns(found) + 10 * columns(title)


def headline(title: str, found: str, width: int) -> tuple[str, str]:
    """Return the title of a picture at its left and what it holds in all at its right; the title is cut where it must be."""
    room = max((width - headline_width("", found)) // 10, 8)
    return (
        label(title, 4, 18, room, font_size=16, font_weight="600"),
        label(found, width - 4, 18, text_anchor="end"),
    )


def ink(*content: str, size: int = 13) -> str:
    """Return labels together, in the font and colour of all letters."""
    return element("g", *content, class_="i", fill=INK["light"], font_family=FONT, font_size=size)


def picture(name: str, size: tuple[int, int], title: str, words: str, content: Iterable[str]) -> str:
    """Return a whole picture: its size in pixels, a title and a description for those who do not see it, its content.

    Colours stand in attributes, so that they hold where a reader drops the style; the style only adapts the ink.
    """
    width, height = size
    return "\n".join(
        (
            element(
                "svg", "\n", MARK, "\n", element("title", escaped(title), id=f"{name}-t"), "\n",
                element("desc", escaped(words), id=f"{name}-d"), "\n", element("style", _STYLE), "\n",
                "\n".join(content), "\n",
                xmlns="http://www.w3.org/2000/svg", width=width, height=height, viewBox=f"0 0 {width} {height}",
                role="img", aria_labelledby=f"{name}-t {name}-d",
            ),
            "",
        )
    )  # fmt: skip


def number(value: object) -> str:
    """Return a value as an attribute: numbers with one decimal at most.

    >>> number(12.0), number(3.14159), number("12")
    ('12', '3.1', '12')
    """
    return f"{round(value, 1):g}" if isinstance(value, float) else str(value)
