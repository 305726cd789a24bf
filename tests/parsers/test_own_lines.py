from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.daemon.ledger import Ledger
from microwins.parsers.blocks import BLOCK_NAMES, Block
from microwins.parsers.note import Reading, read_note
from microwins.parsers.own_lines import foreign_line
from microwins.parsers.source import Source
from microwins.streaks.calendar import Now
from microwins.streaks.catalog import VaultDefaults
from microwins.templates.blocks import block_text
from microwins.templates.view import View

words = st.text(st.sampled_from("abc XY 12|*`<>%$#[]()-–·✓▰~!é日🔥\u200d"), min_size=1, max_size=40)


def line_of_foreign_text(content: str) -> int | None:
    source = Source.of(f"<!-- microwins:summary -->\n{content}<!-- /microwins -->\n")
    return foreign_line(source, Block("summary", "", "html", 1, len(source.lines), (0, 0)))


@pytest.mark.parametrize(
    "text",
    [
        "A diary line.\n",
        "- my own bullet\n",
        "- [ ] my own box\n",
        "## A heading\n",
        "> a quote\n",
        "| Dentist on Friday | call first |\n",
        "1 win so far, great!\n",
        "12 km (from home to work)\n",
        "**bold words of mine**\n",
        "```python\ncode\n```\n",
    ],
)
def test_somebodys_text_is_told_from_ours(text: str) -> None:
    assert line_of_foreign_text(text) == 2


@settings(deadline=None)
@given(
    words,
    words,
    st.sampled_from(
        [
            "",
            "identity: writer\n",
            "measure: 1000 words\n",
            "measure: 92 -> 80 kg\n",
            "measure: 1000 words\nstart: 2026-02-01\ntarget: 2026-04-01\n",
            "measure: 1000 words\nstart: 2026-02-01\ntarget: 2026-03-01\n",
            "start: 2026-04-01\ntarget: 2026-05-01\n",
            "parent: '[[Goal]]'\nmeasure: 9..2 *kg*\nstatus: done\n",
        ]
    ),
    st.booleans(),
    st.booleans(),
)
def test_whatever_a_block_shows_is_known_as_ours(
    title: str, win: str, fields: str, done: bool, shown: bool
) -> None:
    goal = f"---\ntype: goal\n{fields}---\n## Micro-wins\n- {win} 🔁 every day\n\n- [{'x' if done else ' '}] {win} again\n"
    notes = [read_note("Goal.md", goal, Reading()), read_note("2026-03-03.md", f"- [x] {win}\n", Reading())]
    ledger = Ledger(VaultDefaults())
    ledger.load(notes)
    view = View(ledger.figures(Now.at(date(2026, 3, 4))), shown, frozenset())
    for name in BLOCK_NAMES:
        for path in ("Goal.md", "Dashboard.md"):
            content = block_text(Block(name, "", "html", 1, 2, (0, 0)), path, view)
            assert line_of_foreign_text(content) is None, content
