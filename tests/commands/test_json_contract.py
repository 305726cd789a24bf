"""With --json every command prints one JSON object, whatever happens; its shape is a contract."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from microwins.daemon.cli import COMMANDS, run
from microwins.daemon.lock import VaultLock

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

NOTE, GOAL = "Journal/2026-11-20.md", "Goals/Write a book.md"
Check = Callable[[object], bool]

# One way to call each command that comes to an end by itself; `watch` prints one object for each event.
CALLS: dict[str, list[str]] = {
    "init": ["--yes"],
    "sync": [],
    "status": [],
    "today": [],
    "next": [],
    "tick": ["read a page"],
    "untick": ["read a page"],
    "skip": ["read a page"],
    "goals": [],
    "goals new": ["Calm", "--micro-win", "Breathe", "--yes"],
    "goals break": ["Write a book", "--step", "Chapter three", "--yes"],
    "discover": [],
    "templates list": [],
    "review": [],
    "explain": ["Write 300 words"],
    "parse": ["."],
    "check": [],
    "conflicts": [],
    "undo": ["--list"],
    "doctor": ["--full"],
    "logs": [],
    "config show": [],
    "config path": [],
    "config check": [],
    "service print": [],
    "completions": ["fish"],
    "demo": ["demo", "--once"],
}


def words_of(name: str) -> list[str]:
    return [*name.split(), *CALLS[name], "--json"]


def test_no_command_is_forgotten() -> None:
    assert {name.split()[0] for name in CALLS} | {"watch"} == set(COMMANDS)


# The envelope


@pytest.mark.parametrize("name", CALLS)
def test_success_is_one_object(vault: Bench, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    if name == "service print" and not sys.platform.startswith(("linux", "darwin", "win32")):
        pytest.skip("no service manager is known here")
    vault.write("Goals/Odd.md", "---\ntype: goal\n---\n## Micro-wins\n- Fly 🔁 every blue moon\n")
    monkeypatch.chdir(vault.folder if name == "demo" else vault.root)
    result = vault.bare(*words_of(name))
    document = result.document
    assert result.out.count("\n") == 1
    assert result.out.isascii()
    assert (document["version"], document["command"], document["ok"]) == (1, name, True)
    assert isinstance(document["data"], dict)
    assert "error" not in document
    for problem in document["problems"]:
        assert problem.keys() >= {"code", "path", "line", "message"}
    assert result.code == (3 if name == "check" else 0)


@pytest.mark.parametrize("name", [name for name in CALLS if name not in {"completions", "demo"}])
def test_a_missing_vault_is_one_object(empty: Bench, name: str) -> None:
    if name == "parse":
        empty.write("note.md", "")
    words = ["parse", str(empty.root), "--json"] if name == "parse" else words_of(name)
    result = empty.bare(*words, "--vault", str(empty.folder / "nowhere"))
    assert_failure(result.document, name, "no-vault")
    assert result.code == 2


@pytest.mark.parametrize("name", [*CALLS, "watch", "service install", "service status", "service uninstall"])
def test_an_unknown_option_is_one_object(vault: Bench, name: str) -> None:
    result = vault.bare(*name.split(), "--nonsense", "--json")
    assert_failure(result.document, name, "usage")
    assert (result.code, result.err) == (2, "")


@pytest.mark.parametrize("name", [*CALLS, "watch"])
def test_a_day_that_does_not_exist_is_one_object(vault: Bench, name: str) -> None:
    result = vault.bare(*name.split(), *CALLS.get(name, []), "--today", "2026-02-30", "--json")
    assert_failure(result.document, name, "usage")
    assert "2026-02-30" in result.document["error"]["message"]
    assert result.code == 2


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["nonsense"], "nonsense"),
        (["config", "nonsense"], "config"),
        (["config"], "config"),
        (["service"], "service"),
        (["tick"], "tick"),
        (["parse"], "parse"),
        ([], ""),
    ],
)
def test_what_is_no_command_is_one_object(vault: Bench, words: list[str], command: str) -> None:
    result = vault.bare(*words, "--json")
    assert_failure(result.document, command, "usage")
    assert result.code == 2


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (["tick", "nothing like it"], "no-such-box", 1),
        (["tick", "chapter"], "several-boxes", 1),
        (["tick", "read", "--amount", "much"], "usage", 2),
    ],
)
def test_failures_have_a_code_and_an_exit_code(
    vault: Bench, words: list[str], code: str, exit_code: int
) -> None:
    result = vault.run(*words, "--json")
    assert_failure(result.document, "tick", code)
    assert (result.code, result.err) == (exit_code, "")


def test_not_set_up(stranger: Bench) -> None:
    result = stranger.run("tick", "read a page", "--json")
    assert_failure(result.document, "tick", "not-set-up")
    assert result.code == 1


@pytest.mark.parametrize("command", ["sync", "watch"])
def test_busy_is_75(vault: Bench, command: str) -> None:
    with VaultLock(vault.folder / "state", vault.root.resolve()).acquire("watch", "2026-11-20T08:00"):
        result = vault.run(command, "--json")
    assert_failure(result.document, command, "busy")
    assert result.code == 75


def raiser(error: BaseException) -> Callable[..., None]:
    def fail(*_args: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "code", "exit_code"),
    [
        (KeyboardInterrupt(), "interrupted", 130),
        (PermissionError(13, "Permission denied", "/some/where"), "refused", 1),
        (ZeroDivisionError("division by zero"), "unexpected", 1),
    ],
    ids=["interrupted", "refused", "unexpected"],
)
def test_what_nobody_foresaw(
    vault: Bench,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: str,
    exit_code: int,
) -> None:
    monkeypatch.setattr("microwins.daemon.commands.status.status_text", raiser(error))
    words = ["status", "--vault", str(vault.root)]
    assert run([*words, "--json"], vault.machine) == exit_code
    assert_failure(json.loads(capsys.readouterr().out), "status", code)
    assert run(words, vault.machine) == exit_code
    printed = capsys.readouterr()
    assert printed.out.strip() == ""
    assert "Traceback" not in printed.err


def assert_failure(document: dict[str, Any], command: str, code: str) -> None:
    assert (document["version"], document["command"], document["ok"]) == (1, command, False)
    assert document["error"].keys() >= {"code", "message", "hint"}
    assert document["error"]["code"] == code
    assert document["error"]["message"]
    assert code == "interrupted" or document["error"]["hint"]
    assert "data" not in document


# The shapes


def text(value: object) -> bool:
    return isinstance(value, str)


def whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def day(value: object) -> bool:
    return isinstance(value, str) and date.fromisoformat(value).isoformat() == value


def number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def table(value: object) -> bool:
    return isinstance(value, dict)


def anything(value: object) -> bool:
    return True


def symbols(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[#x?-]*", value) is not None


def word(*allowed: str) -> Check:
    return lambda value: value in allowed


def maybe(check: Check) -> Check:
    return lambda value: value is None or check(value)


def every(check: Check) -> Check:
    return lambda value: isinstance(value, list) and all(map(check, value))


def shape(**keys: Check) -> Check:
    def check(value: object) -> bool:
        assert isinstance(value, dict), value
        assert value.keys() >= keys.keys(), keys.keys() - value.keys()
        for key, fits in keys.items():
            assert fits(value[key]), (key, value[key])
        return True

    return check


STREAK = shape(count=whole, unit=text, start=maybe(day), end=maybe(day), slips=whole)
TOTALS = shape(today=whole, week=whole, month=whole, year=whole, all=whole)
MICRO_WIN = shape(
    id=text,
    text=text,
    goal=text,
    schedule=maybe(text),
    state=word("done", "open", "missed", "skipped", "neutral", "not_due"),
    streak=STREAK,
    best=STREAK,
    streaks=every(STREAK),
    strength=share,
    consistency=shape(**{days: maybe(share) for days in ("7", "30", "90", "365")}),
    totals=TOTALS,
    deadline=maybe(day),
    states=symbols,
)
GOAL_SHAPE = shape(
    path=text,
    title=text,
    identity=maybe(text),
    votes=whole,
    progress=maybe(share),
    pace=anything,
    micro_wins=every(MICRO_WIN),
)
STATUS = shape(today=day, totals=TOTALS, streak=STREAK, goals=every(GOAL_SHAPE))
DATES = ("done", "created", "start", "scheduled", "due", "cancelled")
PRIORITY = word("none", "lowest", "low", "medium", "high", "highest")
TASKS = shape(
    status=text,
    list_marker=text,
    description=text,
    tags=every(text),
    priority=PRIORITY,
    **{name: maybe(day) for name in DATES},
    recurrence=maybe(text),
    on_completion=maybe(text),
    id=maybe(text),
    depends_on=every(text),
    block_link=maybe(text),
)
TASK = shape(
    line=whole,
    depth=whole,
    parent=maybe(whole),
    symbol=lambda value: isinstance(value, str) and len(value) == 1,
    state=word("open", "done", "skipped", "partial"),
    text=text,
    tags=every(text),
    links=every(text),
    **{name: maybe(day) for name in DATES},
    recurrence=maybe(text),
    priority=maybe(PRIORITY),
    id=maybe(text),
    depends_on=every(text),
    block_id=maybe(text),
    quantities=every(shape(amount=number, unit=text)),
    fields=table,
    micro_win=maybe(text),
    tasks=maybe(TASKS),
)
NOTE_SHAPE = shape(
    path=text,
    date=maybe(day),
    frontmatter=maybe(table),
    goal=maybe(table),
    tasks=every(TASK),
    blocks=every(shape(name=text, start=whole, end=maybe(whole))),
)
SYNC = shape(scanned=whole, parsed=whole, written=every(text), created=every(text), skipped=every(table))

FULL = """---
alias: 2026-11-20
when: 12:30
---
- [x] Write 300 words [words:: 420] #now ⏫ ➕ 2026-11-01 🛫 2026-11-02 ⏳ 2026-11-03 📅 2026-11-04 ✅ 2026-11-20 🆔 abc ⛔ d,e ^link
  - [/] half of [[A note|it]] 🔁 every day
- [-] Read a page ❌ 2026-11-20
- [?] what 25 min [due:: 2026-12-01]

<!-- microwins:today -->
- [ ] Open the draft for 2 minutes
<!-- /microwins -->
<!-- microwins:week -->
"""


def test_status(vault: Bench) -> None:
    vault.write(NOTE, FULL)
    vault.write("Journal/2026-11-17.md", "- [x] Write 300 words\n- [x] Read a page\n")
    data = vault.json("status")
    assert STATUS(data)
    assert STATUS(vault.run("status", "--json", "--today", "2027-03-01").data)
    assert data["goals"][0]["micro_wins"][0]["states"]


def test_parse(vault: Bench) -> None:
    vault.write(NOTE, FULL)
    data = vault.bare("parse", str(vault.root), "--json").data
    assert shape(notes=every(NOTE_SHAPE))(data)
    note = next(note for note in data["notes"] if note["path"] == NOTE)
    assert note["frontmatter"] == {"alias": "2026-11-20", "when": "12:30"}
    assert [(block["name"], block["end"] is None) for block in note["blocks"]] == [
        ("today", False),
        ("week", True),
    ]
    first, second, third, fourth, fifth = note["tasks"]
    assert {name: first[name] for name in DATES if first[name]} == {
        "done": "2026-11-20",
        "created": "2026-11-01",
        "start": "2026-11-02",
        "scheduled": "2026-11-03",
        "due": "2026-11-04",
    }
    assert (first["id"], first["depends_on"], first["block_id"]) == ("abc", ["d", "e"], "link")
    assert (first["priority"], first["micro_win"], first["tags"]) == ("high", "write-300-words", ["#now"])
    assert first["fields"] == {"words": 420}
    assert (second["parent"], second["depth"], second["state"]) == (5, 1, "partial")
    assert (second["recurrence"], second["micro_win"]) == ("every day", None)
    assert (third["state"], third["cancelled"]) == ("skipped", "2026-11-20")
    assert (fourth["state"], fourth["symbol"], fourth["due"]) == ("open", "?", "2026-12-01")
    assert {"amount": 25, "unit": "min"} in fourth["quantities"]
    assert fifth["micro_win"] == "open-the-draft-for-2-minutes"


def test_sync(vault: Bench) -> None:
    vault.write("Broken.md", b"<!-- microwins:goals -->\n<!-- /microwins -->\n\xff\n")
    tried = vault.json("sync", "--dry-run")
    assert SYNC(tried)
    assert (tried["scanned"], tried["parsed"]) == (2, 2)
    data = vault.json("sync")
    assert SYNC(data)
    assert (data["scanned"], data["parsed"], data["written"]) == (2, 0, [GOAL])  # what was read is known


def test_tick_today_and_next_tell_micro_wins_as_status_does(vault: Bench) -> None:
    assert every(MICRO_WIN)(vault.json("today")["micro_wins"])
    assert MICRO_WIN(vault.json("next")["micro_win"])
    assert MICRO_WIN(vault.json("tick", "read a page")["micro_win"])
    assert every(GOAL_SHAPE)(vault.json("goals")["goals"])
