"""Our own templates, loaded when the first one is needed. None of them ever comes from a vault."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from . import phrases
from .safe_text import in_cell, in_fence, in_text
from .words import say

if TYPE_CHECKING:
    from jinja2 import Environment, Template


def render(name: str, **values: object) -> str:
    """Return the template file `name`, filled; texts from notes must pass one of the filters of `safe_text`."""
    return _template(name).render(**values)


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("microwins.templates", ""),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # Markdown and TOML, where HTML's escapes would be shown as they are
    )
    environment.globals["say"] = say
    environment.filters |= {
        "cell": in_cell,
        "fence": in_fence,
        "text": in_text,
        "percent": phrases.percent,
        "number": phrases.number,
        "count": phrases.count,
        "bar": phrases.bar,
    }
    return environment
