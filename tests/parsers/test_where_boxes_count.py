"""Where a box counts and where it is only text: one construct inside another."""

import pytest

from microwins.parsers.note import Reading, read_note


def boxes(text: str) -> list[str]:
    """Return the first word of each box that counts."""
    return [task.fields.text.split(" ")[0] for task in read_note("Note.md", text, Reading()).tasks]


FENCES = {
    "in a list in a quote": "> - [ ] yes1\n>   ```\n>   - [ ] no\n>   ```\n> - [ ] yes2\n",
    "in a quote in a list": "- [ ] yes1\n  > ```\n  > - [ ] no\n  > ```\n- [ ] yes2\n",
    "left open in a quote ends with the quote": "> ```\n> - [ ] no\n\n- [ ] yes\n",
    "left open in an item ends with the item": "- a\n  ```\n  - [ ] no\n- [ ] yes\n",
    "of tildes around one of backticks": "~~~\n```\n- [ ] no\n```\n- [ ] no\n~~~\n- [ ] yes\n",
    "shorter inside a longer one": "````md\n```\n- [ ] no\n```\n````\n- [ ] yes\n",
    "left open to the end": "- [ ] yes\n\n```\n- [ ] no\n",
    "behind a marker": "- ```\n  - [ ] no\n  ```\n- [ ] yes\n",
    "with a comment sign in it": "```\n%%\n```\n- [ ] yes\n",
    "in a callout": "> [!note]- Folded\n> ```\n> - [ ] no\n> ```\n> - [ ] yes\n",
}

COMMENTS = {
    "in a list": "- [ ] yes1\n  %%\n  - [ ] no\n  %%\n  - [ ] yes2\n",
    "in a quote": "> - [ ] yes1\n> %%\n> - [ ] no\n> %%\n> - [ ] yes2\n",
    "left open in a quote ends with the quote": "> %%\n> - [ ] no\n\n- [ ] yes\n",
    "left open to the end": "- [ ] yes\n%%\n- [ ] no\n\n- [ ] no\n",
    "around a fence that never ends": "%%\n```\n%%\n- [ ] yes\n",
    "within a line": "- [ ] yes1 %% aside %%\n- [ ] yes2\n",
    "of HTML with blank lines": "<!--\n\n- [ ] no\n\n-->\n- [ ] yes\n",
    "of HTML in an item": "- [ ] yes1\n  <!--\n  - [ ] no\n  -->\n- [ ] yes2\n",
    "of HTML on the line of a box": "- [ ] yes1 <!-- aside -->\n- [ ] yes2\n",
    "of HTML left open": "- [ ] yes\n\n<!--\n- [ ] no\n\n- [ ] no\n",
}

MATH = {
    "in a quote": "> $$\n> - [ ] no\n> $$\n> - [ ] yes\n",
    "in a list": "- [ ] yes1\n  $$\n  - [ ] no\n  $$\n- [ ] yes2\n",
    "in a comment": "%%\n$$\n%%\n- [ ] yes\n",
    "around a comment sign": "$$\n%%\n$$\n- [ ] yes\n",
    "on one line": "$$x$$\n- [ ] yes\n",
    "within a line": "- [ ] yes1 $$x$$\n- [ ] yes2 $x$\n",
}

OTHERS = {
    "a table": "| a |\n|---|\n| - [ ] no |\n\n- [ ] yes\n",
    "a table in a quote": "> | a | b |\n> |---|---|\n> | - [ ] no | [ ] no |\n>\n> - [ ] yes\n",
    "a table in an item": "- [ ] yes1\n\n  | a |\n  |---|\n  | - [ ] no |\n- [ ] yes2\n",
    "a table in place of an item's text": "- [ ] no | b\n  ---|---\n- [ ] yes\n",
    "inline code": "`- [ ] no`\n- `[ ]` no\n- [ ] yes `[ ]`\n",
    "a heading": "# - [ ] no\n- # [ ] no\n- [ ] yes\n",
    "a footnote": "[^1]: - [ ] no\n\n- [ ] yes\n",
    "HTML": "<div>\n- [ ] no\n</div>\n\n- [ ] yes\n",
    "preformatted HTML with a blank line": "<pre>\n\n- [ ] no\n\n</pre>\n- [ ] yes\n",
    "a folded part": "<details>\n<summary>More</summary>\n\n- [ ] yes\n\n</details>\n",
    "code by indentation": "text\n\n    - [ ] no\n\n- [ ] yes\n",
    "code by indentation in an item": "- [ ] yes1\n\n      - [ ] no\n- [ ] yes2\n",
    "text that goes on": "text\n    - [ ] no\n- [ ] yes\n",
    "a number that may not interrupt a text": "text\n2. [ ] no\n\n2. [ ] yes\n",
    "quotes and callouts at any depth": "> - [ ] yes1\n> > - [ ] yes2\n> > > [!todo]\n> > > - [ ] yes3\n",
    "an item in an item": "- - [ ] yes1\n- 1. [ ] yes2\n",
    "an invisible space in front": "\u200b- [ ] no\n\n- [ ] yes\n",
}

LINES = {
    "tabs as indentation": "- [ ] yes1\n\t- [ ] yes2\n\t\t- [ ] yes3\n",
    "tabs behind markers": "-\t[ ]\tyes1\n1.\t[ ] yes2\n",
    "a tab that makes code": "text\n\n\t- [ ] no\n\n- [ ] yes\n",
    "CR LF": "- [ ] yes1\r\n\r\n```\r\n- [ ] no\r\n```\r\n- [ ] yes2\r\n",
    "a lone CR": "- [ ] yes1\r- [ ] yes2\r```\r- [ ] no\r```\r",
    "all line ends in one note": "- [ ] yes1\r- [ ] yes2\r\n- [ ] yes3\n",
    "U+2028, which ends no line": "- [ ] yes1\u2028- [ ] no\n- [ ] yes2\n",
    "other signs that end no line": "- [ ] yes1\x0b- [ ] no\x0c- [ ] no\x85- [ ] no\x1c\n- [ ] yes2\n",
    "no line end at the end": "- [ ] yes1\n- [ ] yes2",
    "a box and nothing else": "- [ ] yes\n- [x]\n",
    "frontmatter": "---\na: |\n  - [ ] no\n---\n- [ ] yes\n",
    "a byte order mark and frontmatter": "\ufeff---\na:\n  - [ ] no\n---\n- [ ] yes\n",
    "a byte order mark and frontmatter with CR LF": "\ufeff---\r\na: 1\r\n---\r\n- [ ] yes\r\n",
    "frontmatter that never ends": "---\na: 1\n- [ ] yes\n",
    "frontmatter that is not at the top": "\n---\na: 1\n---\n- [ ] yes\n",
    "right-to-left text": "- [ ] yes1 שלום\n- [ ] yes2 \u202eback\u202c\n",
    "characters that combine": "- [e\u0301] no\n- [\u00e9] yes\n",
    "an emoji of several parts": "- [👩‍👧] no\n- [🔥] yes 👩‍👧‍👦\n",
}


def counted(text: str) -> list[str]:
    """Return each word of the text that begins with `yes`."""
    return [word for word in text.replace("|", " ").replace("\u2028", " ").split() if word.startswith("yes")]


@pytest.mark.parametrize("text", FENCES.values(), ids=FENCES)
def test_a_fence_hides_what_stands_in_it(text: str) -> None:
    assert [word for word in boxes(text) if word] == counted(text)


@pytest.mark.parametrize("text", COMMENTS.values(), ids=COMMENTS)
def test_a_comment_hides_what_stands_in_it(text: str) -> None:
    assert [word for word in boxes(text) if word] == counted(text)


@pytest.mark.parametrize("text", MATH.values(), ids=MATH)
def test_a_formula_hides_what_stands_in_it(text: str) -> None:
    assert [word for word in boxes(text) if word] == counted(text)


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_a_box_counts_where_it_begins_an_item(text: str) -> None:
    assert [word for word in boxes(text) if word] == counted(text)


@pytest.mark.parametrize("text", LINES.values(), ids=LINES)
def test_lines_are_those_of_commonmark(text: str) -> None:
    assert [word for word in boxes(text) if word] == counted(text)


def test_a_box_without_a_text_is_one_too() -> None:
    assert boxes("- [ ]\n- [x] \n") == ["", ""]
