"""SVG as text: nothing of anybody's becomes markup."""

import html

from hypothesis import given
from hypothesis import strategies as st

from microwins.templates.safe_text import one_line
from microwins.templates.svg import element, escaped


@given(st.text(st.characters() | st.sampled_from("&<>\"'")))
def test_a_text_is_escaped_as_html_is(text: str) -> None:
    assert escaped(text) == html.escape(one_line(text, 1000))
    assert element("a", title=text) == f'<a title="{html.escape(text)}"/>'
