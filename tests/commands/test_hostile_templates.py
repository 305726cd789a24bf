"""Templates that a vault brings along: whatever stands in one is text, and whatever lies in its place does no harm."""

from __future__ import annotations

import json
import os
import tracemalloc
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from microwins.daemon.vault import open_vault
from microwins.daemon.vault_template import LARGEST, Made, from_template
from microwins.parsers.note import Reading, read_note

from .conftest import NOTE, TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.commands.conftest import Bench

TEMPLATE = "T/Day.md"
MARKER = "<!-- microwins:today -->\n<!-- /microwins -->\n"
BOXES = "- [ ] Open the draft for 2 minutes #frog\n- [ ] Write 300 words\n- [ ] Read a page\n"
MANY = 20_000

# What stands in a template, what of it stands in the note, and the placeholders that are told as not known.
TEXTS: dict[str, tuple[str, str, list[str]]] = {
    "an expression": ("{{ 7*7 }}\n", "{{ 7*7 }}\n", ["{{ 7*7 }}"]),
    "a class": ("{{ ''.__class__.__mro__ }}\n", "{{ ''.__class__.__mro__ }}\n", ["{{ ''.__class__.__mro__ }}"]),
    "a loop": ("{% for x in range(10**9) %}x{% endfor %}\n", "{% for x in range(10**9) %}x{% endfor %}\n", []),
    "a comment of an engine": ("{# x #} {{title}}\n", "{# x #} 2026-11-20\n", []),
    "a string bomb": ("{{ 'a' * 10**9 }}\n", "{{ 'a' * 10**9 }}\n", ["{{ 'a' * 10**9 }}"]),
    "a width bomb": ("{{ '%9s' }}{{x:%9s}}\n", "{{ '%9s' }}{{x:%9s}}\n", ["{{ '%9s' }}", "{{x:%9s}}"]),
    "a power of a date": ("{{date+9999999**9d}}\n", "{{date+9999999**9d}}\n", ["{{date+9999999**9d}}"]),
    "a shell": ("$(id) `id` ${7*7} #{7*7}\n", "$(id) `id` ${7*7} #{7*7}\n", []),
    "Templater": ("<% await tp.user.run() %>{{title}}<%* while(true){} -%>\n", "<% await tp.user.run() %>2026-11-20<%* while(true){} -%>\n", []),
    "Templater with our placeholders in it": ('<% tp.date.now("{{date}}") %>\n', '<% tp.date.now("{{date}}") %>\n', []),
    "Templater that does not end": ("<% {{title}}\n", "<% 2026-11-20\n", []),
    "Dataview": ("```dataviewjs\nwhile(true){}\n```\n`= 7*7`\n", "```dataviewjs\nwhile(true){}\n```\n`= 7*7`\n", []),
    "a year out of the calendar": ("{{date+999999y:YYYY}}\n", "{{date+999999y:YYYY}}\n", ["{{date+999999y:YYYY}}"]),
    "an offset without an end": ("{{date+99999999999y:YYYY}}\n", "{{date+99999999999y:YYYY}}\n", ["{{date+99999999999y:YYYY}}"]),
    "many days": ("{{date-999999d:YYYY-MM-DD}}\n", "{{date-999999d:YYYY-MM-DD}}\n", ["{{date-999999d:YYYY-MM-DD}}"]),
    "the farthest day that there is": ("{{date-739000d:YYYY-MM-DD}}\n", "0003-07-29\n", []),
    "offsets in a chain": ("{{date+1d+1d}}\n", "{{date+1d+1d}}\n", ["{{date+1d+1d}}"]),
    "digits of another script": ("{{date+١d}}\n", "{{date+١d}}\n", ["{{date+١d}}"]),
    "placeholders in placeholders": ("{{date:{{title}}}}\n", "{{date:2026-11-20}}\n", []),
    "braces on braces": ("{{{{title}}}}\n", "{{2026-11-20}}\n", []),
    "a placeholder on two lines": ("{{ti\ntle}}\n", "{{ti\ntle}}\n", []),
    "many braces": ("{{" * MANY + "\n", "{{" * MANY + "\n", []),
    "many ends": ("}}" * MANY + "\n", "}}" * MANY + "\n", []),
    "a name without an end": ("{{date:" + "x{" * MANY + "\n", "{{date:" + "x{" * MANY + "\n", []),
    "a quoted format of many brackets": ("{{date:" + "[" * 500 + "]}}\n", "[" * 499 + "\n", []),
    "a format that says nothing": ("{{date:[]}}|\n", "|\n", []),
    "a giant format": ("{{date:" + "YYYY " * MANY + "}}\n", ("2026 " * MANY).strip() + "\n", []),
    "a script": ("<script>alert(1)</script>\n\n", "<script>alert(1)</script>\n\n", []),
    "windows line ends": ("# {{title}}\r\n\r\n", "# 2026-11-20\r\n\r\n", []),
    "old line ends": ("# {{title}}\r\r", "# 2026-11-20\r\r", []),
    "a mark at the beginning": ("\ufeff# {{title}}\n", "# 2026-11-20\n", []),
    "a next line and a line separator": ("{{ti\u2028tle}} a\u0085b\n", "{{ti\u2028tle}} a\u0085b\n", ["{{ti\u2028tle}}"]),
    "letters that run backwards": ("\u202e{{title}}\u202c {{\u202etitle}}\n", "\u202e2026-11-20\u202c {{\u202etitle}}\n", ["{{\u202etitle}}"]),
    "letters that look the same": ("{{dаte}} {{tit\u200ble}}\n", "{{dаte}} {{tit\u200ble}}\n", ["{{dаte}}", "{{tit\u200ble}}"]),
    "frontmatter": ("---\ntitle: {{title}}\nx: !!python/object:os.system\n---\n", "---\ntitle: 2026-11-20\nx: !!python/object:os.system\n---\n", []),
    "a goal": ("---\ntype: note\n---\n## Micro-wins\n- x\n\n", "---\ntype: note\n---\n## Micro-wins\n- x\n\n", []),
    "nothing": ("", "", []),
    "spaces": ("   \n\n", "   \n\n", []),
}  # fmt: skip


def with_template(vault: Bench, data: bytes | None = None) -> Bench:
    if data is not None:
        vault.write(TEMPLATE, data)
    vault.write(".microwins.toml", vault.text(".microwins.toml") + 'template = "T/Day"\n')
    return vault


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", TEXTS)
def test_a_template_is_filled_from_a_closed_list_and_never_run(vault: Bench, name: str) -> None:
    template, expected, unknown = TEXTS[name]
    with_template(vault, template.encode())
    result = vault.run("today")
    assert result.code == 0
    eol = "\r\n" if "\r\n" in template else "\r" if "\r" in template else "\n"
    note = vault.read(NOTE).decode()
    assert note == expected + gap(expected, eol) + MARKER.replace("-->\n<", f"-->\n{BOXES}<").replace(
        "\n", eol
    )
    told = [line for line in result.err.splitlines() if "placeholder-unknown" in line]
    assert len(told) == len(unknown)
    assert vault.json("sync")["written"] == []
    assert vault.read(NOTE).decode() == note
    assert vault.read(TEMPLATE) == template.encode()


def gap(text: str, eol: str) -> str:
    return "" if not text else eol if text.endswith(("\n", "\r")) else eol * 2


FORGED: dict[str, tuple[str, list[str]]] = {
    "a block of ours": ("<!-- microwins:week -->\n<!-- /microwins -->\n", ["week", "today"]),
    "two blocks of the day": (MARKER + "\n" + MARKER, ["today"]),
    "a block with words of mine": (
        "<!-- microwins:week -->\nMine.\n<!-- /microwins -->\n",
        ["week", "today"],
    ),
    "a marker in code": ("```\n<!-- microwins:today -->\n```\n", ["today"]),
    "a marker in a quote": ("> <!-- microwins:today -->\n\n", ["today"]),
    "an unknown block": ("<!-- microwins:exec -->\n<!-- /microwins -->\n", ["exec", "today"]),
    "a name in a placeholder": ("<!-- microwins:{{title}} -->\n\n", ["today"]),
    "an end without a beginning": ("<!-- /microwins -->\n", []),
    "a beginning without an end": ("<!-- microwins:week -->\nMine.\n", []),
    "a block in a block": ("<!-- microwins:week -->\nx\n<!-- microwins:month -->\n<!-- /microwins -->\n", []),
    "code that does not end": ("```\n{{title}}\n", []),
    "a comment that does not end": ("%%\n{{title}}\n", []),
    "many markers": (MARKER.replace("today", "week") * 500, []),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_marker_in_a_template_is_a_marker_and_what_is_broken_stays(vault: Bench, name: str) -> None:
    template, blocks = FORGED[name]
    with_template(vault, template.encode())
    vault.run("today")
    text = vault.text(NOTE)
    assert [block.name for block in read_note(NOTE, text, Reading()).blocks] == blocks
    if not blocks:
        assert text.startswith(template.replace("{{title}}", "2026-11-20"))
        assert BOXES not in text
        assert vault.run("check").code == 3
    assert text.count("Mine.") == template.count("Mine.")
    vault.run("sync")
    assert vault.text(NOTE) == text


def folder(path: Path) -> None:
    path.mkdir()


def dangling(path: Path) -> None:
    path.symlink_to("nowhere.md")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def out_of_the_vault(path: Path) -> None:
    secret = path.parents[2] / "secret.md"
    secret.write_text("the secret\n")
    path.symlink_to(secret)


def folder_out_of_the_vault(path: Path) -> None:
    outside = path.parents[2] / "outside"
    outside.mkdir()
    (outside / path.name).write_text("the secret\n")
    path.parent.rmdir()
    path.parent.symlink_to(outside)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)


def a_byte_too_large(path: Path) -> None:
    path.write_text("x" * (LARGEST + 1))


def expanding(path: Path) -> None:
    settings = path.parents[1] / ".microwins.toml"
    settings.write_text(f"max_note_size = 100_000\n{settings.read_text()}")
    path.write_text("{{date:LLLL LLLL LLLL LLLL LLLL LLLL LLLL}}\n" * 1_000)


def no_text(path: Path) -> None:
    path.write_bytes(b"caf\xe9 {{title}}\n")


def wide_text(path: Path) -> None:
    path.write_bytes("# {{title}}\n".encode("utf-16"))


def half_a_letter(path: Path) -> None:
    path.write_bytes(b"a \xed\xa0\x80 b\n")


def nul(path: Path) -> None:
    path.write_bytes(b"a\0b {{title}}\n")


def locked(path: Path) -> None:
    path.write_text("x\n")
    path.chmod(0)


def missing(path: Path) -> None:
    assert not path.exists()


PLACES: list[Callable[[Path], None]] = [
    folder, dangling, loop, out_of_the_vault, folder_out_of_the_vault, endless, pipe, huge, a_byte_too_large,
    expanding, no_text, wide_text, half_a_letter, nul, locked, missing,
]  # fmt: skip


@pytest.mark.timeout(120)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_what_cannot_be_a_template_is_told_and_ours_is_used(
    vault: Bench, place: Callable[[Path], None]
) -> None:
    if place is locked and os.access("/root", os.R_OK):
        pytest.skip("the superuser reads everything")
    if place in {pipe, endless} and os.name == "nt":
        pytest.skip("there are no such files on Windows")
    (vault.root / "T").mkdir()
    place(vault.root / TEMPLATE)
    with_template(vault)
    result = vault.run("today")
    assert vault.text(NOTE).startswith("# 2026-11-20\n\n## Morning\n")
    assert BOXES in vault.text(NOTE)
    assert "secret" not in vault.text(NOTE)
    assert "T/Day.md: The template for daily notes could not be read; ours is used." in result.err
    assert vault.json("templates", "list")["templates"][0]["usable"] is False
    assert vault.run("templates", "show", "daily").out.startswith("# {{title}}\n\n## Morning\n")
    assert vault.json("sync")["written"] == []


@pytest.mark.timeout(120)
@pytest.mark.parametrize("place", [huge, expanding, a_byte_too_large], ids=lambda place: place.__name__)
def test_no_template_takes_much_memory(vault: Bench, place: Callable[[Path], None]) -> None:
    (vault.root / "T").mkdir()
    place(vault.root / TEMPLATE)
    opened = open_vault(with_template(vault).root, {})
    tracemalloc.start()
    try:
        assert not isinstance(from_template(opened, "day", "Title", TODAY), Made)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("kind", "words", "path"),
    [
        ("weekly", ["review", "week", "--write"], "Reviews/2026-W47.md"),
        ("monthly", ["review", "month", "--write"], "Reviews/2026-11.md"),
        ("quarterly", ["review", "quarter", "--write"], "Reviews/2026-Q4.md"),
        ("yearly", ["review", "year", "--write"], "Reviews/2026.md"),
    ],
)
def test_every_kind_of_note_keeps_to_the_same_rules(
    vault: Bench, kind: str, words: list[str], path: str
) -> None:
    template = "{{ 7*7 }} {% x %} {{titel}} {{date+99999999999y}} <% tp %> {{title}}\n"
    vault.write("T/N.md", template)
    vault.write(".microwins.toml", f'{vault.text(".microwins.toml")}[{kind}]\ntemplate = "T/N"\n')
    result = vault.run(*words)
    filled = template.replace("{{title}}", path.rpartition("/")[2].removesuffix(".md"))
    assert vault.text(path).startswith(f"{filled}\n<!-- microwins:review -->\n**")
    assert (
        "T/N.md:1: The placeholder {{titel}} is not known and was left as it is. Did you mean {{title}}?"
        in result.err
    )
    assert vault.run("check").out.count("placeholder-unknown") == 3
    (vault.root / "T/N.md").unlink()
    assert vault.json("sync")["written"] == []


@pytest.mark.parametrize(
    "name", ["{{ 7*7 }}", "[{{title}}]", "[<!-- microwins:week -->]", "[%% x]", "[<script>]", "[`]"]
)
def test_a_name_of_a_note_is_a_text_in_it(vault: Bench, name: str) -> None:
    """The format of names is the vault's own, so the name of a note may hold anything that a file may."""
    vault.write(".microwins.toml", f"{vault.text('.microwins.toml')}format = 'YYYY-MM-DD {name}'\n")
    path: Any = vault.json("today")["path"]
    text = vault.text(path)
    title = path.rpartition("/")[2].removesuffix(".md")
    assert text.startswith(f"# {title}\n\n## Morning\n")
    assert "49" not in text
    assert vault.json("sync")["written"] == []
    assert vault.text(path) == text


def test_the_day_of_a_note_is_that_of_its_template(vault: Bench) -> None:
    """Two devices in two zones, at two hours, make the same note."""
    with_template(vault, b"{{time}} {{date:HH:mm:ss Z X}} {{date+1h:HH}}\n")
    assert from_template(open_vault(vault.root, {}), "day", "T", date(2026, 11, 20)) == from_template(
        open_vault(vault.root, {"TZ": "Asia/Tokyo", "LC_ALL": "de_DE"}), "day", "T", date(2026, 11, 20)
    )


SETTINGS = [
    "{{ 9173 * 8191 }}",
    "{% for x in range(999999999) %}x{% endfor %}",
    "{# x #}",
    'quote " and \\ backslash',
    "''' and \"\"\"",
    "# a comment",
    "[section]",
    "<!-- microwins -->",
    "\u202ebackwards",
    "%(x)s {x} ${x}",
]


@pytest.mark.parametrize("value", SETTINGS)
def test_a_setting_that_obsidian_says_is_a_text_in_ours(stranger: Bench, value: str) -> None:
    """`init` writes what it adopted into the settings file, as comments; all of it is read back as it was."""
    stranger.write(".obsidian/daily-notes.json", json.dumps({"folder": value, "template": f"T/{value}"}))
    before = stranger.json("config", "show")["settings"]
    assert stranger.run("init", "--yes", "--bare").code == 0
    after = stranger.json("config", "show")["settings"]
    assert [(one["key"], one["value"]) for one in after] == [(one["key"], one["value"]) for one in before]
    text = stranger.text(".microwins.toml")
    assert str(9173 * 8191) not in text
    assert [line for line in text.splitlines() if line and not line.startswith(("#", "["))] == []


@pytest.mark.parametrize("value", [value for value in SETTINGS if value.isprintable()])
def test_a_setting_of_ours_is_a_text_in_a_note(vault: Bench, value: str) -> None:
    settings = json.dumps(value, ensure_ascii=False)
    vault.write(".microwins.toml", f"{vault.text('.microwins.toml')}[goals]\nheading = {settings}\n")
    assert vault.run("templates", "copy", "goal", "--to", "T/Goal").code == 0
    assert f"\n## {value}\n" in vault.text("T/Goal.md")
    assert vault.run("sync").code == 0
    assert vault.json("sync")["written"] == []
