"""One setting is set by one line, and the rest of the file says what it said."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.settings_line import with_setting

KEY, VALUE = "weekly.template", "T/Week"
LINE = 'template = "T/Week"'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"[weekly]\n{LINE}\n"),
        ("quiet = 2", f"quiet = 2\n\n[weekly]\n{LINE}\n"),
        ('[weekly]\n# template = ""\nfolder = "W"\n', f'[weekly]\n{LINE}\nfolder = "W"\n'),
        ('[weekly]\n# the note\ntemplate = "Old" # mine\n', f"[weekly]\n# the note\n{LINE}\n"),
        ('[weekly]\r\nfolder = "W"\r\n', f'[weekly]\r\n{LINE}\r\nfolder = "W"\r\n'),
        ("[weekly]", f"[weekly]\n{LINE}"),
        (
            '[daily]\n# template = ""\n[ weekly ] # here\n[monthly]\ntemplate = "M"\n',
            f'[daily]\n# template = ""\n[ weekly ] # here\n{LINE}\n[monthly]\ntemplate = "M"\n',
        ),
    ],
)
def test_the_line_stands_where_it_belongs(before: str, after: str) -> None:
    assert with_setting(before, KEY, VALUE) == after


@pytest.mark.parametrize(
    "text",
    [
        'weekly.template = "Old"\n',
        'weekly = { folder = "W" }\n',
        'weekly = "W"\n',
        "not = [toml\n",
        '[weekly]\ntemplate = """\nOld"""\n',
        'text = """\n[weekly]\n"""\n',
        '[["weekly"]]\n',
        "[weekly.inner]\nx = 1\n[weekly]\n"[:-9] + "\n[weekly]\n[weekly]\n",
    ],
)
def test_what_one_line_cannot_say_is_left_to_the_owner(text: str) -> None:
    assert with_setting(text, KEY, VALUE) is None


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=40))
def test_any_name_is_written_so_that_it_is_read_back(value: str) -> None:
    after = with_setting('quiet = 2\n[weekly]\n# template = ""\n[monthly]\n', KEY, value)
    assert after is not None
    assert tomllib.loads(after) == {"quiet": 2, "weekly": {"template": value}, "monthly": {}}


@given(st.lists(st.sampled_from(["[weekly]", "[daily]", 'template = "x"', "# template = 1", "a = '''", "'''", "", "b = 1", "[", "\r"]), max_size=8))  # fmt: skip
def test_nothing_else_is_ever_changed(lines: list[str]) -> None:
    before = "\n".join(lines)
    after = with_setting(before, KEY, VALUE)
    if after is not None:
        old, new = tomllib.loads(before), tomllib.loads(after)
        assert new.pop("weekly") == {**old.pop("weekly", {}), "template": VALUE}
        assert new == old
