"""The documentation is under test: it is complete, its links lead somewhere, and its commands print what it says.

After a change of wording, run with MICROWINS_UPDATE_DOCS=1 to write what the commands print anew; then read the diff.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest

from microwins.daemon.cli import cli, run
from microwins.daemon.wiring import Machine
from microwins.parsers.frontmatter import _ADVICE
from microwins.parsers.schedule import NO_TURNS, read_limit, read_schedule
from microwins.parsers.settings import SETTINGS, shown
from microwins.parsers.task import State
from microwins.streaks.calendar import DAY, Now
from microwins.streaks.figures import figures
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin, Phase
from microwins.streaks.slots import Slot
from microwins.streaks.streak import Grace, streaks_of
from microwins.streaks.strength import strength
from microwins.streaks.turns import Outcome, Turn, Turns
from microwins.templates import phrases

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
SOURCES = [
    path
    for folder in ("daemon", "parsers", "streaks", "templates")
    for path in sorted((ROOT / folder).rglob("*.py"))
]
REFERENCE = ROOT / "docs" / "reference"
MORNING = datetime(2026, 11, 20, 9, 30)
UPDATING = bool(os.environ.get("MICROWINS_UPDATE_DOCS"))

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_DATED = re.compile(r"<!-- on ([0-9-]{10}) -->\n```console\n\Z")
_CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|srcset|href)=\"([^\"]+)\"")
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)


def page(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def page_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# Commands and options


def walk(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield " ".join((*words, name)), command
        if isinstance(command, click.Group):
            yield from walk(command, (*words, name))


COMMANDS = dict(walk(cli))


def section(text: str, title: str) -> str:
    """Return what stands under a heading, up to the next one of its level or above; fences hold no headings."""
    plain = _FENCE.sub(lambda fence: re.sub(r"[^\n]", ".", fence[0]), text)
    headings = list(_HEADING.finditer(plain))
    for number, heading in enumerate(headings):
        if heading[2] == title:
            later = (one.start() for one in headings[number + 1 :] if len(one[1]) <= len(heading[1]))
            return text[heading.end() : next(later, len(text))]
    raise AssertionError(f"There is no heading “{title}”.")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_help_and_an_example(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert f"microwins {name}" in (command.epilog or "")
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_options_are_documented_with_an_example(name: str) -> None:
    text = page(REFERENCE / "commands.md")
    here, shared = section(text, name), section(text, "Options of every command")
    assert f"microwins {name}" in "".join(_FENCE.findall(here))
    options = [
        word for option in COMMANDS[name].params if isinstance(option, click.Option) for word in option.opts
    ]
    assert [word for word in options if f"`{word}" not in here + shared] == []


def test_no_command_is_documented_that_does_not_exist() -> None:
    titles = [heading[2] for heading in _HEADING.finditer(_FENCE.sub("", page(REFERENCE / "commands.md")))]
    assert set(titles[2:]) == COMMANDS.keys()


# Settings, problems, errors, JSON


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_a_setting_is_documented_with_its_default_and_its_variable(setting: Any) -> None:
    rows = [
        line
        for line in page(REFERENCE / "settings.md").splitlines()
        if line.startswith(f"| `{setting.key}` |")
    ]
    assert len(rows) == 1
    assert f"| `{shown(setting, setting.default)}` |" in rows[0]
    assert f"| `{setting.variable}` |" in rows[0]


@dataclass(frozen=True)
class Helper:
    """A function that makes problems, and which of its arguments is the code."""

    name: str
    argument: int


def codes_in(path: Path) -> Iterator[str]:
    """Yield the problem codes and error codes that a source file holds."""
    tree = ast.parse(page(path))
    yield from assigned_codes(tree)
    helpers = [
        helper
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for helper in helpers_in(function)
    ]
    for call in calls(tree):
        if name_of(call) == "Problem":
            yield from code_of(call.args[2], path)
        for helper in helpers:
            if name_of(call) == helper.name and isinstance(call.args[helper.argument], ast.Constant):
                yield from code_of(call.args[helper.argument], path)


def assigned_codes(tree: ast.AST) -> Iterator[str]:
    """Yield the texts that are assigned to anything called `code`: an attribute of a class or of an error."""
    for node in ast.walk(tree):
        targets = (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, ast.AnnAssign)
            else []
        )
        names = {
            target.id if isinstance(target, ast.Name) else target.attr
            for target in targets
            if isinstance(target, ast.Name | ast.Attribute)
        }
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        if "code" in names and isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value


def helpers_in(function: ast.FunctionDef) -> Iterator[Helper]:
    arguments = [argument.arg for argument in function.args.args]
    for call in calls(function):
        if name_of(call) == "Problem" and isinstance(call.args[2], ast.Name) and call.args[2].id in arguments:
            yield Helper(function.name, arguments.index(call.args[2].id))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def code_of(argument: ast.expr, path: Path) -> Iterator[str]:
    """Yield the code that an argument stands for; a form that is not known here must not go by unseen."""
    if isinstance(argument, ast.Constant):
        yield str(argument.value)
    elif isinstance(argument, ast.JoinedStr) and ast.unparse(argument) == "f'frontmatter-{code}'":
        yield from (f"frontmatter-{code}" for code in _ADVICE)
    else:
        known = isinstance(argument, ast.Name) or (
            isinstance(argument, ast.Attribute) and argument.attr == "code"
        )
        assert known, f"{path}: {ast.unparse(argument)}"


def test_every_problem_code_and_error_code_is_documented() -> None:
    in_sources = {code for path in SOURCES for code in codes_in(path)}
    documented = set(re.findall(r"^\| `([a-z0-9-]+)` \|", page(REFERENCE / "problems.md"), re.MULTILINE))
    assert {"schedule-unknown", "note-too-large", "limit-unknown", "no-vault", "usage"} < in_sources
    assert sorted(in_sources ^ documented) == []


@pytest.mark.parametrize(
    "words",
    [
        "status",
        "today",
        "next",
        "goals",
        "goals new --examples",
        "discover --all",
        "review year",
        "sync",
        "parse Goals",
        "config show",
        "config path",
        "check",
        "doctor --full",
        "service status",
        "templates list",
        "templates show daily",
        "templates copy daily --dry-run",
    ],
)
def test_every_json_key_is_documented(
    words: str, sample: Path, machine: Machine, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vault = Path(shutil.copytree(sample, home / "microwins-demo"))
    paths = [str(vault / word) if word == "Goals" else word for word in words.split()]
    assert run([*paths, "--vault", str(vault), "--json"], machine) == 0
    known = set(re.findall(r"`([a-z_0-9]+)(?:\[\])?`", page(REFERENCE / "json.md")))
    assert sorted(set(keys(json.loads(capsys.readouterr().out))) - known) == []


def keys(value: object) -> Iterator[str]:
    """Yield the keys of a JSON value, but for those that come from the notes."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key not in {"amounts", "closed", "consistency", "fields", "frontmatter", "statuses", "volume"}:
                yield from keys(inner)
    elif isinstance(value, list):
        for item in value:
            yield from keys(item)


# Schedules and worked examples


def test_the_schedules_are_understood_and_those_that_are_not_are_not() -> None:
    here = section(page(REFERENCE / "files-and-formats.md"), "Schedules")
    rows = [line.split("|")[1] for line in here.splitlines() if line.startswith("| `")]
    sentence = here[here.index("What is not understood in full") :].split("\n\n")[0]
    understood = [text for row in rows for text in re.findall(r"`([^`]+)`", row)]
    assert len(understood) > 20
    assert [text for text in understood if not can_read(text)] == []
    refused = re.findall(r"`(every [^`]+)`", sentence)
    assert refused
    assert [text for text in refused if can_read(text)] == []


def can_read(schedule: str) -> bool:
    return schedule in NO_TURNS or (read_schedule(schedule) or read_schedule(f"every {schedule}")) is not None


def turns_of(marks: str) -> Turns:
    days = [MORNING.date() + number * DAY for number in range(len(marks))]
    return Turns.of(
        Turn(Slot(day, day, 1, 1.0, 1, 1), Outcome(mark), float(mark == "#"), day, day)
        for day, mark in zip(days, marks, strict=True)
    )


def test_the_examples_of_streaks_are_right() -> None:
    text = page(ROOT / "docs" / "explanation" / "how-streaks-are-counted.md")
    rows = re.findall(r"^\| (.+) \| `([#x?-]+)` \| (.+) \| (.+) \|$", text, re.MULTILINE)
    assert len(rows) >= 8
    for schedule, marks, *cells in rows:
        found = streaks_of(turns_of(marks), Grace("never twice" in schedule))
        for cell, streak in zip(cells, (found.current, found.best), strict=True):
            assert streak is not None
            counted = [streak.count, *([streak.slips] if streak.slips else [])]
            assert [int(number) for number in re.findall("[0-9]+", cell)] == counted, marks


def test_the_examples_of_rolling_windows_are_right() -> None:
    text = page(ROOT / "docs" / "explanation" / "how-streaks-are-counted.md")
    rows = re.findall(r"^\| `([X·]+)` \| `([#x?]+)`", text, re.MULTILINE)
    assert len(rows) >= 3
    start = MORNING.date()
    win = MicroWin("w", "Walk", "g", 1, (Phase(start, None, read_schedule("3 times in 7 days")),), "")
    for marks, states in rows:
        done = [Entry("n", 1, State.DONE, start + at * DAY) for at, mark in enumerate(marks) if mark == "X"]
        assert figures(win, done, Now.at(start + (len(marks) - 1) * DAY)).states == states, marks


def test_the_examples_of_strength_are_right() -> None:
    text = page(ROOT / "docs" / "explanation" / "how-streaks-are-counted.md")
    rows = re.findall(r"^\| ([0-9]+) days?(, then one missed)? \| ([0-9]+ %) \|$", text, re.MULTILINE)
    assert len(rows) >= 5
    for days, missed, figure in rows:
        assert figure == phrases.percent(strength(turns_of("#" * int(days) + "x" * bool(missed)))), days


_OF_SCHEDULES = re.compile(
    r"^\| (limit: )?([^|(]+?)(?: \([^|]*\))? \| ([0-9]+) \| ([0-9.]+) \| (0[.][0-9]{3}) \|$", re.MULTILINE
)


def test_what_a_turn_of_each_schedule_weighs_in_strength_is_right() -> None:
    text = page(ROOT / "docs" / "explanation" / "how-streaks-are-counted.md")
    rows = _OF_SCHEDULES.findall(text)
    assert len(rows) == text.split("| schedule | n | L | M |")[1].split("\n\n")[0].count("\n") - 1
    start = date(2026, 4, 1)
    for limit, schedule, times, length, kept in rows:
        rule = (read_limit if limit else read_schedule)(schedule)
        done = [Entry("n", 1, State.DONE, start + at * DAY) for at in range(0, 30, 2)]
        win = MicroWin("w", "Walk", "g", 1, (Phase(start, None, rule),), "")
        slot = figures(win, done, Now.at(start + 29 * DAY)).turns[0].slot
        found = (
            f"{slot.times}",
            f"{slot.length:.6g}",
            f"{0.5 ** ((slot.times * slot.length) ** 0.5 / 13):.3f}",
        )
        assert found == (times, length, kept), schedule


# Links and words


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_links_lead_to_a_file_and_a_heading(path: Path) -> None:
    for match in _LINK.finditer(_FENCE.sub("", page(path))):
        target, _, heading = (match[1] or match[2]).partition("#")
        if target.startswith(("http://", "https://")):
            continue
        file = (path.parent / target).resolve() if target else path
        assert file.exists(), match[0]
        assert not heading or heading in anchors(page(file)), match[0]


def anchors(text: str) -> set[str]:
    titles = (heading[2].lower() for heading in _HEADING.finditer(_FENCE.sub("", text)))
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", PAGES, ids=page_name)
def test_the_words_are_plain_and_of_the_project_alone(path: Path) -> None:
    banned = r"dopamin|/root/|/home/|/tmp/|don.t break|lose (?:your|the) streak|streak is lost|hurry|last chance|\b(?:21|66) days to"
    assert re.findall(banned, page(path), re.IGNORECASE) == []


def test_the_readme_has_the_two_commands_of_run_py() -> None:
    usage = ast.get_docstring(ast.parse(page(ROOT / "run.py"))) or ""
    for command in ("python3 run.py demo", "python3 run.py test"):
        assert f"\n```sh\n{command}\n```\n" in page(ROOT / "README.md")
        assert command in usage


# Commands in the pages are run


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a sample vault that is up to date; it is copied, never used."""
    folder = tmp_path_factory.mktemp("sample")
    vault = folder / "microwins-demo"
    assert run(["demo", str(vault), "--once", "--json"], machine_in(folder)) == 0
    return vault


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home folder with a few notes, in which nothing of the machine's own is seen."""
    folder = tmp_path.resolve() / "home"
    (folder / "Notes").mkdir(parents=True)
    (folder / "Notes" / "Shopping.md").write_text("# Shopping\n\n- [ ] Bread\n", encoding="utf-8")
    keep_a_diary(folder / "Diary")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / ".config"))
    return folder


def keep_a_diary(folder: Path) -> None:
    """Write ten weeks of daily notes that know nothing of goals."""
    folder.mkdir()
    for ago in range(1, 71):
        day = MORNING.date() - timedelta(days=ago)
        done = {
            "Meditate": day.weekday() < 5 and ago % 13 != 0,
            f"Walk {10 if ago > 40 else 20} minutes": ago % 7 in {0, 2, 4, 5},
            "Write in the journal": ago % 11 != 5,
            "[A task of the day]": False,
            "Water the cactus": ago in {4, 17, 29, 44, 60},
        }
        boxes = (f"- [{'x' if ticked else ' '}] {text}\n" for text, ticked in done.items())
        (folder / f"{day}.md").write_text(f"# {day}\n\n{''.join(boxes)}", encoding="utf-8")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return machine_in(tmp_path)


def machine_in(folder: Path) -> Machine:
    return Machine({}, MORNING.astimezone, folder / "state", folder / "cache")


@dataclass
class Step:
    """One command of a console block, with what the page says that it prints (nothing: it does not say)."""

    line: str
    printed: list[str]

    @property
    def exit_code(self) -> int:
        expected = re.search(r"\s# exit ([0-9]+)$", self.line)
        return int(expected[1]) if expected else 0


def steps_of(block: str) -> list[Step]:
    steps: list[Step] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            steps.append(Step(line, []))
        else:
            steps[-1].printed.append(line)
    return steps


def blocks_of(text: str) -> tuple[list[list[Step]], list[date]]:
    """Return the console blocks of a page, and the day of each: that of the comment above it, else of the one before."""
    blocks: list[list[Step]] = []
    days: list[date] = []
    for match in _CONSOLE.finditer(text):
        dated = _DATED.search(text[: match.start()])
        days.append(date.fromisoformat(dated[1]) if dated else days[-1] if days else MORNING.date())
        blocks.append(steps_of(match[0]))
    return blocks, days


def with_consoles() -> list[Path]:
    return [path for path in PAGES if _CONSOLE.search(page(path))]


@pytest.mark.parametrize("path", with_consoles(), ids=page_name)
def test_the_commands_of_a_page_print_what_it_says(
    path: Path,
    sample: Path,
    machine: Machine,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    blocks, days = blocks_of(page(path))
    monkeypatch.chdir(home)
    if not blocks[0][0].line.startswith("$ cd "):
        monkeypatch.chdir(shutil.copytree(sample, home / "microwins-demo"))
    for day, step in ((day, step) for day, block in zip(days, blocks, strict=True) for step in block):
        now = datetime.combine(day, MORNING.time())
        words = [re.sub(r"\A~", str(home), word) for word in shlex.split(step.line[2:], comments=True)]
        if words[0] == "cd":
            monkeypatch.chdir(Path.cwd() / words[1])
            continue
        assert words[0] == "microwins", step.line
        assert run(words[1:], replace(machine, clock=now.astimezone)) == step.exit_code, step.line
        captured = capsys.readouterr()
        printed = [
            line.rstrip()
            for line in (captured.out + captured.err).replace(str(home), "~").strip("\n").splitlines()
        ]
        if not UPDATING:
            assert not step.printed or step.printed == printed, (
                f"{step.line}: MICROWINS_UPDATE_DOCS=1 writes it anew"
            )
        elif step.printed:
            step.printed = printed
    if UPDATING:
        texts = iter(
            "".join(f"{line}\n" for step in block for line in (step.line, *step.printed)) for block in blocks
        )
        path.write_text(_CONSOLE.sub(lambda _: next(texts), page(path)), encoding="utf-8")
