"""Bad input of every kind: one plain message that names the thing and the next step, never a traceback."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Bench, Result

NOTE, GOAL = "Journal/2026-11-20.md", "Goals/Write a book.md"
READING = (["status"], ["goals"], ["next"], ["check"], ["sync", "--dry-run"], ["config", "show"])
WRITING = (["sync"], ["today"], ["tick", "read a page"])
ALL = (*READING, *WRITING)
not_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read and write everything"
)


def assert_plain(result: Result, *parts: str, code: int | None = None) -> None:
    """Assert that a failure is told in a few plain lines that name these things."""
    said = result.err
    assert result.code == code if code is not None else result.code != 0
    assert said.count("microwins: ") == 1
    assert len(said.strip().splitlines()) in {2, 3}, said
    for part in parts:
        assert part in said


# The vault


@pytest.mark.parametrize("words", [*ALL, ["init", "--yes"]], ids=" ".join)
def test_a_vault_that_is_a_file(vault: Bench, words: list[str]) -> None:
    assert_plain(
        vault.bare(*words, "--vault", str(vault.root / GOAL)), "Write a book.md", "is a file", code=2
    )


@pytest.mark.parametrize("words", [*ALL, ["init", "--yes"]], ids=" ".join)
def test_a_vault_that_does_not_exist(vault: Bench, words: list[str]) -> None:
    assert_plain(
        vault.bare(*words, "--vault", str(vault.folder / "no")), "is not a folder", "--vault", code=2
    )


def test_a_vault_named_by_the_environment_that_does_not_exist(vault: Bench) -> None:
    vault.environment["MICROWINS_VAULT"] = str(vault.folder / "no")
    assert_plain(vault.bare("status"), "is not a folder", code=2)


def test_no_vault_around_the_working_folder(empty: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(empty.root)
    assert_plain(empty.bare("status"), "--vault", "MICROWINS_VAULT", "microwins demo", code=2)


@pytest.mark.parametrize(
    "words",
    [
        ["--vault"],
        ["--today"],
        ["--today", "2026-02-30"],
        ["--today", "soon"],
        ["--today", ""],
        ["-x"],
        ["extra"],
    ],
)
def test_words_that_mean_nothing(vault: Bench, words: list[str]) -> None:
    assert_plain(vault.bare("status", *words), "--help", code=2)


def test_days_at_the_ends_of_the_calendar(vault: Bench) -> None:
    for day in ("0001-01-01", "9999-12-31"):
        assert_plain(vault.run("status", "--today", day), day, "1900", code=2)
    for day in ("1900-01-01", "2099-12-31"):
        for words in READING:
            assert vault.run(*words, "--today", day).code == 0, (words, day)


def test_daily_notes_at_the_ends_of_the_calendar(vault: Bench) -> None:
    for day in ("0001-01-01", "9999-12-31"):
        vault.write(f"Journal/{day}.md", f"- [x] Read a page\n- [x] other ✅ {day}\n")
    assert vault.run("status").code == 0


# The settings


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_settings_that_are_no_text(vault: Bench, words: list[str]) -> None:
    vault.write(".microwins.toml", b"\xff\xfe\x00")
    assert_plain(vault.run(*words), ".microwins.toml", "UTF-8", code=2)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("day_start = 4:00\n", ["line 1", "TOML"]),
        ("\n\n[daily\n", ["line 3", "TOML"]),
        ("a = 1\na = 2\n", ["TOML"]),
        ("\nday_strat = '04:00'\n", ["line 2", "`day_strat`", "`day_start`"]),
        ("[dayly]\nfolder = 'x'\n", ["line 2", "dayly.folder", "`daily.folder`"]),
        ("[daily]\n\nat = 25\n", ["line 3", "`daily.at`", "25"]),
        ("[daily]\nfolder = '../..'\n", ["line 2", "inside the vault"]),
        ("[daily]\ncreate = 'perhaps'\n", ["line 2", "true or false"]),
        ("quiet = '2 parsecs'\n", ["line 1", "length of time"]),
        ("quiet = '900 d'\n", ["line 1", "7 days"]),
        ("rest = ['caturday']\n", ["line 1", "monday"]),
        ("pause = ['2026-02-30']\n", ["line 1", "2026-07-01"]),
        ("stamp = true\n", ["line 1", "auto"]),
        ("max_note_size = -1\n", ["line 1", "5 MB"]),
        ("ignore = [1]\n", ["line 1", "`ignore`"]),
        ("timezone = 'Mars/Base'\n", ["Mars/Base", "Europe/Berlin"]),
        ("timezone = '../../etc/passwd'\n", ["timezone", "Europe/Berlin"]),
        ("daily = 'Journal'\n", ["line 1", "`daily`"]),
        ("streaks = 3\n", ["line 1", "shown"]),
    ],
)
def test_settings_that_cannot_be_used(vault: Bench, text: str, parts: list[str]) -> None:
    vault.write(".microwins.toml", text)
    result = vault.run("status")
    assert_plain(result, *parts, code=2)


def test_settings_that_are_a_folder_are_none(empty: Bench) -> None:
    (empty.root / ".microwins.toml").mkdir()
    result = empty.run("sync", "--today", "2026-11-20")
    assert (result.code, "has not been set up" in result.out) == (0, True)


@not_root
def test_settings_that_may_not_be_read(vault: Bench) -> None:
    (vault.root / ".microwins.toml").chmod(0)
    assert_plain(vault.run("status"), ".microwins.toml", code=2)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "null", '{"folder": 3, "format": {}, "template": []}', "[" * 100_000]
)
def test_damaged_settings_of_other_programs(vault: Bench, text: str) -> None:
    for name in (
        "daily-notes.json",
        "app.json",
        "community-plugins.json",
        "plugins/obsidian-tasks-plugin/data.json",
    ):
        vault.write(f".obsidian/{name}", text)
    for words in ALL:
        assert vault.run(*words).code in {0, 3}, words


# The daily notes


@pytest.mark.parametrize(
    "format",
    [
        "]][[",
        "[",
        "%Y",
        "YYYY-MM-DD HH:mm",
        "dddd",
        "/",
        "///",
        "\\",
        "[..]/YYYY",
        "[CON]",
        "Q" * 400,
        "[" + "x" * 300 + "]",
    ],
)
def test_a_daily_format_of_garbage(vault: Bench, format: str) -> None:  # noqa: A002 - it is called that
    escaped = format.replace("\\", "\\\\")
    vault.write(".microwins.toml", f'timezone = "UTC"\n[daily]\nformat = "{escaped}"\n')
    before = {path: data for path, data in vault.files().items() if not path.endswith(".md")}
    for words in ALL:
        result = vault.run(*words)
        if result.code not in {0, 3}:
            assert result.err.startswith("microwins: "), result
            assert len(result.err.strip().splitlines()) == 2, result
    assert before.items() <= vault.files().items()
    assert not [path for path in vault.folder.iterdir() if path.name not in {"vault", "state", "cache"}]


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_a_daily_folder_that_is_a_file(vault: Bench, words: list[str]) -> None:
    vault.write("Journal", "text")
    result = vault.run(*words)
    assert vault.read("Journal") == b"text"
    if words[0] == "tick":
        assert_plain(result, "Journal", code=1)
    else:
        assert result.code in {0, 3}


def test_a_daily_note_that_is_a_folder(vault: Bench) -> None:
    (vault.root / NOTE).mkdir(parents=True)
    assert vault.run("sync").code == 0
    assert_plain(vault.run("tick", "read a page"), NOTE, code=1)


@pytest.mark.parametrize("template", ["Nowhere", "Goals", "../../../../etc/passwd"])
def test_a_template_that_is_not_there(vault: Bench, template: str) -> None:
    vault.write(".microwins.toml", 'timezone = "UTC"\n')
    vault.write(".obsidian/daily-notes.json", f'{{"template": "{template}"}}')
    result = vault.run("today")
    assert result.code == 0
    assert "microwins:today" in vault.text("2026-11-20.md")


@pytest.mark.parametrize(
    "template",
    [b"\xff\n", b"\0", b"", b"<!-- microwins:today -->\nnever closed", b"{{date:", b"{{date+9999999999d}}"],
)
def test_a_template_of_odd_bytes(vault: Bench, template: bytes) -> None:
    vault.write(".microwins.toml", 'timezone = "UTC"\n[daily]\ntemplate = "T.md"\n')
    vault.write("T.md", template)
    for words in (["today"], ["tick", "read a page"]):
        result = vault.run(*words)
        assert result.code == 0 or result.err.startswith("microwins: "), result


# The notes


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the file system takes any bytes")
@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_names_of_odd_bytes(vault: Bench, words: list[str]) -> None:
    for name in (b"caf\xe9.md", b"new\nline.md", b"\x1b[31m.md", b"'\"\\ .md", b".md", b"x" * 252 + b".md"):
        (Path(os.fsdecode(os.fsencode(vault.root) + b"/" + name))).write_text(
            "- [x] done\n", encoding="utf-8"
        )
    folder = Path(os.fsdecode(os.fsencode(vault.root) + b"/f\xff"))
    folder.mkdir()
    (folder / "inside.md").write_text("- [x] done\n", encoding="utf-8")
    result = vault.run(*words)
    assert result.code == (3 if words == ["check"] else 0)
    (result.out + result.err).encode()
    vault.run(*words, "--json")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the file system takes any bytes")
def test_parse_of_a_name_of_odd_bytes(vault: Bench) -> None:
    path = Path(os.fsdecode(os.fsencode(vault.root) + b"/caf\xe9.md"))
    path.write_text("- [x] done\n", encoding="utf-8")
    result = vault.bare("parse", str(path))
    assert "done" in result.out
    result.out.encode()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\0",
        b"\xff\xfe",
        b"---\n",
        b"---\ntype: goal\nmicro_wins: 3\n---\n",
        b"---\ntype: [goal]\nmicro_wins: [[[]]]\n---\n",
        b"---\ntype: goal\nstart: never\ntarget: 3\nmeasure: []\nrest: 9\npause: {}\ngrace: 1\nparent: 4\n---\n",
        b"---\n? [\n---\n- [x] a\n",
        b"---\na: &a [*a]\n---\n",
        b"> " * 2000 + b"- [ ] deep\n",
        b"".join(b"  " * depth + b"- [ ] x\n" for depth in range(300)),
        b"- [ ] " + b"a" * 200_000,
        b"- [x] \xe2\x9c\x85 2026-02-30 \xf0\x9f\x94\x81 every never \xf0\x9f\x93\x85 0000-00-00\n",
        b"- [ ] [::] [a::] (::) [[[[]]]] [id:: ] \xf0\x9f\x86\x94 \n",
        b"- []\n- [ ]\n- [  ]\n-[ ]\n",
        b"- [x] Read a page [words:: " + b"9" * 24 + b"] \xe2\x9c\x85 2026-11-18\n",
        b"---\ntype: goal\nstart: 2026-01-01\ntarget: 2026-12-31\nmeasure: " + b"9" * 38 + b" words\n---\n",
    ],
    ids=lambda text: repr(text[:30]),
)
def test_notes_of_all_sorts(vault: Bench, text: bytes) -> None:
    vault.write("Odd.md", text)
    vault.write(NOTE, text)
    for words in (*READING, ["sync"], ["today"]):
        assert vault.run(*words).code in {0, 3}, words
    assert vault.run("tick", "read a page").code in {0, 1}
    vault.bare("parse", str(vault.root))
    assert vault.read("Odd.md").startswith(text)


# What the machine refuses


@pytest.mark.parametrize("name", ["state", "cache"])
def test_a_state_or_cache_folder_that_is_a_file(vault: Bench, name: str) -> None:
    (vault.folder / name).write_text("in the way", encoding="utf-8")
    result = vault.run("sync")
    if result.code:
        assert_plain(result, str(vault.folder / name), code=1)


def test_a_cache_that_is_damaged(vault: Bench) -> None:
    vault.run("sync")
    for path in (vault.folder / "cache").iterdir():
        path.write_bytes(b"no database at all" * 100)
    assert vault.run("sync").code == 0


@not_root
def test_a_vault_that_is_read_only(vault: Bench) -> None:
    goals = vault.root / "Goals"
    vault.root.chmod(stat.S_IRUSR | stat.S_IXUSR)
    goals.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        for words in READING:
            assert vault.run(*words).code == 0, words
        result = vault.run("sync")
        assert GOAL in result.err
        assert_plain(vault.run("tick", "chapter one"), "Write a book.md", code=1)
    finally:
        vault.root.chmod(0o700)
        goals.chmod(0o700)


@not_root
def test_a_note_and_a_folder_that_may_not_be_read(vault: Bench) -> None:
    closed = vault.root / "Closed"
    closed.mkdir(mode=0)
    vault.write("Note.md", "- [x] a\n").chmod(0)
    try:
        codes = {problem["code"] for problem in vault.run("check", "--json").document["problems"]}
        assert codes == {"folder-unreadable", "note-unreadable"}
    finally:
        closed.chmod(0o700)


def test_output_that_cannot_show_a_character_is_no_failure(vault: Bench) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from microwins.daemon.cli import main; main()",
            "status",
            "--vault",
            str(vault.root),
        ],
        env={
            **os.environ,
            "PYTHONIOENCODING": "latin-1",
            "PYTHONUTF8": "0",
            "XDG_CACHE_HOME": str(vault.folder),
        },
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"o Read a page" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close otherwise there")
def test_a_reader_that_goes_away_is_no_failure_of_ours(vault: Bench) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from microwins.daemon.cli import main; main()",
            "config",
            "show",
            "--vault",
            str(vault.root),
        ],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
