"""Names, tasks and fields that mean something to a template engine, to Markdown, to HTML, to a terminal or to our own markers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from microwins.parsers.note import Reading, read_note

from .conftest import NOTE

if TYPE_CHECKING:
    from markdown_it.token import Token

    from tests.commands.conftest import Bench

PRODUCT = 9173 * 8191
"""What an engine would make of `9173 * 8191`; it stands in no text of ours."""
TEXTS = {
    "an expression": "{{ 9173 * 8191 }}",
    "an expression without spaces": "{{9173*8191}}",
    "a class": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "a global": "{{ say.__globals__['__builtins__']['open']('/etc/passwd').read() }}",
    "a loop": "{% for x in range(999999999) %}{{ x }}{% endfor %}",
    "a block of the engine": "{% block a %}{% include 'notes/daily.md.j2' %}{% endblock %}",
    "a comment of the engine": "{# hidden #} shown {#",
    "a raw block": "{% raw %}{{ 9173 * 8191 }}{% endraw %}",
    "a filter": "{{ 'a' * 999999999 | upper }}",
    "a line statement": "# for x in range(9)",
    "braces that do not close": "{{ {% {#",
    "a format string": "{0.__class__} {name} %(name)s %s ${9173*8191} #{9173*8191} <%= 9173*8191 %>",
    "our opening marker": "<!-- microwins:summary -->",
    "our closing marker": "<!-- /microwins -->",
    "both our markers": "<!-- microwins:today --> x <!-- /microwins -->",
    "our marker in percent signs": "%% microwins:week %% and %% /microwins %%",
    "a comment that does not close": "<!-- hidden",
    "a hidden part": "%% hidden",
    "a script": "<script>alert(9173)</script>",
    "an image that runs": '<img src=x onerror="alert(1)">',
    "a link that runs": "[run](javascript:alert(1))",
    "an entity": "&lt;b&gt; &#x3C;script&#x3E;",
    "a bar": "one | two | three",
    "a bar behind a backslash": "one \\| two \\\\| three",
    "a link in a cell": "[[Other|name]] and [[Other]]",
    "a link that closes early": "]] [[ ]] ![[",
    "an embedded note": "![[Secret]] ![x](https://example.org/x.png)",
    "a fence": "``` and ~~~",
    "code": "`code` ``more``` `",
    "a heading": "## A heading",
    "a box": "- [ ] another box",
    "a quote": "> [!warning] a callout",
    "a rule": "--- *** ___",
    "frontmatter": "--- title: x ---",
    "math": "$$ x $$ and $y$",
    "a backslash at the end": "ends with \\",
    "words that run backwards": "abc \u202egnp.exe\u202c \u2066x\u2069 \u200f",
    "nothing to see": "a\u200bb\u2060c\ufeffd",
    "joined emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301\u0301\u0301",
    "a next line": "one\u0085two",
    "a line separator": "one\u2028two\u2029three",
    "a vertical tab": "one\x0btwo\x0cthree\x1cfour",
    "a command of a terminal": "\x1b]0;owned\x07\x1b[2J",
    "a letter out of plane": "𝔘𝔫𝔦 \U0010ffff",
    "a very long word": "x" * 5000,
    "very many words": "word " * 2000,
    "very many accents": "e" + "\u0301" * 3000,
    "our own line": "**Week of 16 to 22 November 2026** · 9 wins",
    "a field": "[done:: 2026-01-01] (id:: stolen) ✅ 2026-01-01",
    "a settings line": 'x"\n[daily]\ntemplate = "evil"',
    "line ends in quotes": "one\r\ntwo\rthree\nfour",
    "an end of file": "one\x1atwo\x04",
    "a number sign": "#goal #frog #tag/x",
    "a date": "2026-11-20 and [[2026-11-20]]",
}
BLOCKS = ("summary", "today", "goals", "month", "week", "next", "review", "review year")
_OURS = re.compile(r"^(<!-- microwins:[^\n]*-->\n)(.*?)^(<!-- /microwins -->\n)", re.DOTALL | re.MULTILINE)


def one_line(text: str) -> str:
    """Return a text that can stand on a line of a note: what ends a line there is a space."""
    return re.sub(r"[\r\n]+", " ", text)


def file_name(text: str) -> str:
    """Return as much of a text as can be a name of a file everywhere that tests run."""
    name = re.sub(r"[/\0\r\n]", " ", text).encode()[:180].decode("utf-8", "ignore").strip(" .")
    return f"Goal {name}"


@pytest.fixture(params=TEXTS, ids=str)
def hostile(request: pytest.FixtureRequest, vault: Bench) -> Bench:
    """A vault in which one text is a file name, a title, a micro-win, a step, a cue, an identity and a diary line."""
    text = TEXTS[request.param]
    line, quoted = one_line(text), json.dumps(text)
    goal = (
        f"---\ntype: goal\ntitle: {quoted}\nidentity: {quoted}\nmeasure: 100 km\n---\n# {line}\n\n## Micro-wins\n"
        f"- Do {line} well 🔁 every day\n- Walk 🔁 every day [after:: {line}] [min:: {line}]\n\n## Steps\n- [ ] {line}\n"
    )
    vault.write(f"Goals/{file_name(text)}.md", goal)
    for day in range(14, 20):
        vault.write(
            f"Journal/2026-11-{day}.md",
            f"Said: {line}\n\n- [x] Do {line} well\n- [x] Walk 3 km\n- [x] {line}\n",
        )
    page = "".join(f"<!-- microwins:{block} -->\n<!-- /microwins -->\n\n" for block in BLOCKS)
    vault.write("Panel.md", f"{page}The end.\n")
    return vault


def test_a_text_is_a_text_wherever_it_stands(hostile: Bench) -> None:
    before = hostile.files()
    screens = [hostile.run("today"), hostile.run("review", "week", "--write"), hostile.run("sync")]
    after = hostile.files()
    assert [screen.code for screen in screens] == [0, 0, 0]
    assert hostile.json("sync")["written"] == []
    assert hostile.files() == after
    screens += [hostile.run("status"), hostile.run("check")]
    nothing_outside_of_our_blocks_was_touched(before, after)
    made = [content for path in after if path.endswith(".md") for content in contents(after[path].decode())]
    for content in made:
        it_holds_nothing_that_a_viewer_would_run(content)
    assert str(PRODUCT) not in "".join(made)
    assert "root:x:" not in "".join(made)
    the_blocks_are_those_that_were_there(hostile)
    for screen in screens:
        assert (
            re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", screen.out + screen.err)
            == []
        )


def nothing_outside_of_our_blocks_was_touched(before: dict[str, bytes], after: dict[str, bytes]) -> None:
    for path, data in before.items():
        assert _OURS.sub(r"\1\3", after[path].decode()).startswith(data.decode()), path


def it_holds_nothing_that_a_viewer_would_run(content: str) -> None:
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(content)
    every = [one for token in tokens for one in (token, *(token.children or ()))]
    assert {one.type for one in every} & {"html_block", "html_inline", "heading_open", "hr"} == set()
    assert not [one for one in every if str(one.attrGet("href") or "").startswith("javascript")]
    assert all(token.content.count("\n") < 60 for token in tokens if token.type == "fence")
    assert rows_are_even(tokens)
    assert all(len(line) < 2500 for line in content.splitlines())


def the_blocks_are_those_that_were_there(hostile: Bench) -> None:
    note = read_note("Panel.md", hostile.text("Panel.md"), Reading())
    assert [f"{block.name} {block.options}".strip() for block in note.blocks] == list(BLOCKS)
    assert not note.tasks
    assert not note.problems
    assert hostile.text("Panel.md").endswith("<!-- /microwins -->\n\nThe end.\n")
    review = read_note("x.md", hostile.text("Reviews/2026-W47.md"), Reading())
    assert [block.name for block in review.blocks] == ["review"]
    day = read_note(NOTE, hostile.text(NOTE), Reading())
    assert {block.name for block in day.blocks} <= {"today", "news"}
    wins = [win for goal in hostile.json("status")["goals"] for win in goal["micro_wins"]]
    assert len(day.tasks) == len(wins)  # one box for each, whatever it is called


def contents(text: str) -> list[str]:
    """Return what stands between our markers."""
    return [match[2] for match in _OURS.finditer(text) if "microwins:today" not in match[1]]


def rows_are_even(tokens: list[Token]) -> bool:
    """Return whether every row of a table has as many cells as the table's head."""
    widths: list[int] = []
    for token in tokens:
        if token.type == "table_open":
            widths = []
        elif token.type == "tr_open":
            widths.append(0)
        elif token.type in {"td_open", "th_open"}:
            widths[-1] += 1
        elif token.type == "table_close" and len(set(widths)) != 1:
            return False
    return True
