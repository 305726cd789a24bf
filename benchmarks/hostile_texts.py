"""Texts and files that would stop a careless reader, each as large as is asked for."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

GOAL = "---\ntype: goal\n---\n"
BOX = "\n\n- [ ] a\n"

Text = Callable[[int], str]
"""Returns a text of about so many characters."""
Make = Callable[[Path], object]
"""Makes something in a vault, or in another folder beside it."""


def filled(piece: str, *, before: str = "", after: str = BOX) -> Text:
    """Return what fills a text with one piece; `{}` in it is its number."""

    def text(size: int) -> str:
        many = size // len(piece)
        if "{}" not in piece:
            return before + piece * many + after
        return before + "".join(piece.replace("{}", str(number)) for number in range(many)) + after

    return text


def stairs(sign: str, line: str, depth: int) -> Text:
    """Return what fills a text with lines that are nested ever deeper, to a depth, over and over."""
    steps = "".join(f"{sign * (number + 1)}{line}\n" for number in range(depth))
    return lambda size: steps * max(1, size // len(steps)) + BOX


def bomb(size: int) -> str:
    """Return frontmatter in which each line names the one before nine times."""
    names = "abcdefghi"
    lines = [f"a: &a [{','.join('x' * 9)}]"]
    lines += [f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]" for a, b in pairwise(names)]
    return "---\n" + "\n".join(lines) + "\n---\n" + "prose\n" * (size // 6)


def merges(size: int) -> str:
    """Return frontmatter whose 24 lines each merge the one before twice."""
    lines = ["k0: &k0 {x: 1}"]
    lines += [f"k{n}: &k{n} {{<<: [*k{n - 1}, *k{n - 1}]}}" for n in range(1, 25)]
    return "---\n" + "\n".join(lines) + "\n---\n" + "prose\n" * (size // 6)


def table(size: int) -> str:
    """Return a table with as many columns as half of the text has room for."""
    columns = size // 4
    return "|a" * columns + "\n" + "|-" * columns + BOX


def definitions(size: int) -> str:
    """Return link reference definitions, and as many uses of them."""
    many = size // 24
    return (
        "".join(f"[k{n}]: /u\n" for n in range(many)) + "\n" + "".join(f"[k{n}] " for n in range(many)) + BOX
    )


def bulleted(piece: str, end: str = "\n") -> Text:
    """Return one task line that is filled with a piece."""
    return filled(piece, before="- [ ] ", after=end)


TEXTS: Mapping[str, Text] = MappingProxyType({
    "prose": filled("some words of prose, and a few more\n"),
    "prose on one line": filled("some words of prose "),
    "boxes": filled("- [x] task {} ✅ 2026-01-04\n", after=""),
    "nested quotes, 150 deep": stairs(">", " a", 150),
    "quotes, all on one line": filled(">"),
    "quotes with lists": stairs("> - ", "[ ] a", 60),
    "quotes, taken up lazily": filled("> a\nb\n"),
    "lists, 45 deep": stairs("  ", "- [ ] a", 45),
    "lists, 2000 deep": stairs("  ", "- [ ] a", 2000),
    "lists on one line": filled("- "),
    "numbers on one line": filled("1. "),
    "lists in turn": filled("- a\n+ b\n* c\n"),
    "empty items": filled("*\n"),
    "`*a` runs": filled("*a "),
    "`*a **b` runs": filled("*a **b "),
    "`a**` and `_`": filled("a**b_c "),
    "stars alone": filled("*"),
    "underscores alone": filled("_"),
    "opening brackets": filled("["),
    "opening brackets and letters": filled("[a"),
    "links never closed": filled("[a]("),
    "links with open goals": filled("[a](<b"),
    "images in images": filled("![", after="](u)" + BOX),
    "wikilinks never closed": filled("[[a"),
    "closing brackets": filled("]"),
    "opening tags": filled("<"),
    "tags never closed": filled("<a "),
    "`<!` and `<?`": filled("<!<?"),
    "comments never closed": filled("<!-- "),
    "comments never closed, on lines": filled("<!-- \n"),
    "blocks of HTML": filled("<div>\n"),
    "CDATA never closed": filled("<![CDATA["),
    "addresses": filled("<a@b"),
    "backticks, ever longer": lambda size: "".join("`" * n + " " for n in range(int((2 * size) ** 0.5))) + BOX,
    "backticks in pairs": filled(" `` ``` "),
    "a line of backticks": filled("`"),
    "fences": filled("```\n"),
    "tildes and backticks": filled("~~~\n```\n"),
    "definitions and their uses": definitions,
    "definitions, all of one name": filled("[a]: b\n"),
    "definitions never ended": filled("[a]: b '"),
    "definitions that run on": filled("[a]:\n"),
    "footnotes": filled("[^{}]: a\n"),
    "a wide table": table,
    "a long table": filled("| a | b |\n", before="| a | b |\n| - | - |\n"),
    "heads of tables": filled("|a|\n|-|\n"),
    "underlined headings": filled("a\n=\n"),
    "one heading of many lines": filled("a\n", after="===" + BOX),
    "headings": filled("# a\n"),
    "headings with dates": filled("# 2026-01-01\n- [x] a\n"),
    "rules": filled("***\n"),
    "spaces": filled(" "),
    "tabs": filled("\t"),
    "spaces and tabs in a quote": filled(" \t", before=">"),
    "empty lines": filled("\n"),
    "carriage returns": filled("- [x] a\r"),
    "entities": filled("&amp;&#0;&x "),
    "backslashes": filled("\\"),
    "math": filled("$$\n"),
    "dollars": filled("$a"),
    "hidden text of Obsidian": filled("%% \n- [ ] a\n"),
    "percent signs": filled("%%a"),
    "our opening markers": filled("<!-- microwins:summary -->\n"),
    "our markers in pairs": filled("<!-- microwins:week -->\n<!-- /microwins -->\n"),
    "our closing markers": filled("<!-- /microwins -->\n"),
    "a long `today` block": filled("- [ ] a\n", before="<!-- microwins:today -->\n", after="<!-- /microwins -->\n"),
    "fields on one line": bulleted("[a:: b] "),
    "fields never closed": bulleted("[a:: "),
    "fields within fields": bulleted("[a:: (b:: "),
    "dates on one line": bulleted("📅 2026-01-01 "),
    "tags on one line": bulleted("#a "),
    "links on one line": bulleted("[[a]] "),
    "amounts on one line": bulleted("30 words "),
    "a number without an end": bulleted("9", " words\n"),
    "an endless rule": bulleted("day ", "\n"),
    "accents on one letter": bulleted("\u0301"),
    "micro-wins": filled("- Win {} 🔁 every day\n", before=f"{GOAL}## Micro-wins\n", after=""),
    "micro-wins of one long rule": lambda size: f"{GOAL}## Micro-wins\n- Walk 🔁 every {'day and ' * (size // 8)}day\n",
    "steps of a goal": filled("- [x] step {} ✅ 2026-01-01\n", before=GOAL, after=""),
    "goals that name each other": filled("- [ ] [[Goal {}]]\n", before=GOAL, after=""),
    "aliases of YAML": bomb,
    "merges of YAML": merges,
    "deep YAML": lambda size: f"---\na: {'[' * min(size, 60_000)}\n---\n",
    "deep YAML, in braces": lambda size: f"---\na: {'{a: ' * min(size // 4, 15_000)}\n---\n",
    "many keys of YAML": lambda size: "---\n" + "".join(f"k{n}: 1\n" for n in range(min(size // 9, 6_500))) + "---\n",
    "one long scalar of YAML": lambda size: f"---\na: {'x' * min(size, 60_000)}\n---\n",
    "quotes of YAML": lambda size: "---\na: " + '["' * min(size // 2, 30_000) + "\n---\n",
    "frontmatter that never ends": filled("a: b\n", before="---\n", after=""),
})  # fmt: skip
"""Texts that are made as long as is wanted; what is known to be hard for readers of Markdown, of YAML, and of task lines."""


def sparse(size: int) -> Make:
    """Return what makes a file of a size that takes no room on the disk."""

    def make(vault: Path) -> None:
        with (vault / "Odd.md").open("wb") as file:
            file.truncate(size)

    return make


def repeated(line: bytes, many: int) -> Make:
    """Return what makes a note of one line, over and over; in pieces, so that no memory is needed."""

    def make(vault: Path) -> None:
        with (vault / "Odd.md").open("wb") as file:
            for _ in range(many // 1000):
                file.write(line * 1000)

    return make


def allowed(make: Make) -> Make:
    """Return what makes the same in a vault whose owner lets a note be as large as he likes."""

    def both(vault: Path) -> None:
        settings = vault / ".microwins.toml"
        settings.write_text(
            settings.read_text(encoding="utf-8") + "max_note_size = 200_000_000\n", encoding="utf-8"
        )
        make(vault)

    return both


def linked(target: str, name: str = "Odd.md") -> Make:
    """Return what makes a symbolic link."""
    return lambda vault: (vault / name).symlink_to(target)


def named(*names: bytes) -> Make:
    """Return what makes a note of each name."""

    def make(vault: Path) -> None:
        for name in names:
            os.close(os.open(os.fsencode(vault) + b"/" + name, os.O_CREAT | os.O_WRONLY))

    return make


def listening(vault: Path) -> None:
    """Make a socket that is called like a note."""
    before = Path.cwd()
    os.chdir(vault)  # its path may be longer than a socket's may be
    try:
        with socket.socket(socket.AF_UNIX) as found:
            found.bind("Odd.md")
    finally:
        os.chdir(before)


def deep(vault: Path) -> None:
    """Make folders in folders, as deep as a path may be long, with a note at the bottom."""
    folder = str(vault)
    for _ in range(900):
        folder += "/d"
        os.mkdir(folder)  # noqa: PTH102 - pathlib is slow with so many parts
    Path(folder, "Odd.md").write_text("- [ ] a\n", encoding="utf-8")


def many_loops(vault: Path) -> None:
    """Make a thousand links to folders that hold them."""
    for number in range(1000):
        (vault / f"Loop {number}").symlink_to(".")


FILES: Mapping[str, Make] = MappingProxyType({
    "a note of 100 MB": repeated(b"- [ ] a task among very many of them\n", 2_800_000),
    "a sparse file of 100 GB": sparse(100 * 2**30),
    "NULs, as many as a note may be long": sparse(4_900_000),
    "10^6 tasks in one note": repeated(b"-[]\n- [ ] a\n", 1_000_000),
    "10^6 tasks, the shortest": repeated(b"- [x]\n", 1_000_000),
    "10^6 tasks, `max_note_size` raised": allowed(repeated(b"- [ ] a\n", 1_000_000)),
    "a note of 100 MB, `max_note_size` raised": allowed(repeated(b"- [ ] a task among very many of them\n", 2_800_000)),
    "a named pipe": lambda vault: os.mkfifo(vault / "Odd.md"),
    "a socket": listening,
    "a folder called like a note": lambda vault: (vault / "Odd.md").mkdir(),
    "a link to itself": linked("Odd.md"),
    "a link to its folder": linked(".", "Odd"),
    "a thousand links to their folder": many_loops,
    "a link to nothing": linked("nowhere.md"),
    "a link to /": linked("/", "Odd"),
    "a link to /dev/zero": linked("/dev/zero"),
    "a link to /proc/self/mem": linked("/proc/self/mem"),
    "a name that is no text": named(b"\xff\xfe.md"),
    "names with line ends and escapes": named(b"a\nb.md", b"a\rb.md", b"\x1b[2J.md", "\u202egpj.md".encode()),
    "names that differ in case alone": named(b"Odd.md", b"odd.md", b"ODD.md"),
    "a name in NFC and in NFD": named("Café.md".encode(), "Cafe\u0301.md".encode()),
    "a name of 255 bytes": named(b"x" * 252 + b".md"),
    "folders, 900 deep": deep,
})  # fmt: skip
"""What is no plain note, or too large for one."""
