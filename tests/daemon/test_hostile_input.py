"""Notes that would stop a careless reader: each takes bounded time and memory, one problem at most, and no byte is lost."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from microwins.daemon.note_read import Unreadable, read_raw

resource = pytest.importorskip("resource")

MEMORY = 1500 * 2**20
PROCESSOR_SECONDS = 25
HEAD = "---\ntype: goal\n---\n"
NEIGHBOUR = "---\ntype: goal\n---\n## Micro-wins\n- Walk 🔁 every day\n"
SMALL = 120_000

LINES: dict[str, tuple[str | bytes, str | None]] = {
    "deep lists": ("".join(f"{'  ' * min(n, 90)}- [ ] a\n" for n in range(2000)), "nested-too-deep"),
    "deep quotes": (">" * 150 + " - [ ] a\n", "nested-too-deep"),
    "brackets": ("- [ ] " + "[" * SMALL, "line-too-long"),
    "one endless line": ("- [ ] " + "a " * SMALL, "line-too-long"),
    "a hundred endless lines": (("- [x] " + "a " * 12_000 + "\n") * 100, "line-too-long"),
    "dates on one line": ("- [x] " + "📅 2026-01-01 " * (SMALL // 8), "line-too-long"),
    "fields on one line": ("- [ ] " + "[a:: b] " * (SMALL // 6), "line-too-long"),
    "fields never closed": ("- [ ] " + "[a:: " * (SMALL // 5), "line-too-long"),
    "links on one line": ("- [ ] " + "[[a]] " * (SMALL // 5), "line-too-long"),
    "tags on one line": ("- [ ] " + "#a " * (SMALL // 3), "line-too-long"),
    "backticks": ("- [ ] " + " `` ``` " * (SMALL // 8), "line-too-long"),
    "a number without an end": ("- [x] " + "9" * SMALL + " words", "line-too-long"),
    "an endless rule": ("- [x] a 🔁 every " + "day " * (SMALL // 4), "line-too-long"),
    "spaces in a goal's micro-win": (HEAD + "## Micro-wins\n- a" + " " * SMALL + "b 🔁 every day\n", ""),
    "stars": ("*a **b " * (SMALL // 7) + "\n- [ ] a\n", ""),
    "references": ("[a]: b\n" * (SMALL // 7) + "\n- [ ] a\n", ""),
    "tags of HTML": ("<div>\n" * (SMALL // 6) + "- [ ] a\n", ""),
    "comments never closed": ("<!-- \n" * (SMALL // 6) + "- [ ] a\n", ""),
    "comments of Obsidian": ("%% \n- [ ] a\n" * (SMALL // 12), ""),
    "math": ("$$\n" * (SMALL // 3) + "- [ ] a\n", ""),
    "fences": ("```\n" * (SMALL // 4) + "- [ ] a\n", ""),
    "underlines": ("a\n=" * (SMALL // 4) + "\n- [ ] a\n", ""),
    "a wide table": ("|a" * (SMALL // 3) + "\n" + "|-" * (SMALL // 3) + "\n\n- [ ] a\n", ""),
    "a heading with a date over each box": ("# 2026-01-01\n- [x] a\n" * (SMALL // 22), ""),
    "headings in headings with dates": ("# 2026-01-01\n## 2026-01-02\n### b\n- [x] a\n" * (SMALL // 40), ""),
    "markers without an end": ("<!-- microwins:summary -->\n" * (SMALL // 27), "too-many-markers"),
    "markers with an end": ("<!-- microwins:week -->\n<!-- /microwins -->\n" * (SMALL // 46), "too-many-markers"),
    "closing markers": ("<!-- /microwins -->\n" * (SMALL // 20), "too-many-markers"),
    "boxes in a today block": ("<!-- microwins:today -->\n" + "- [ ] a\n" * (SMALL // 8) + "<!-- /microwins -->\n", ""),
    "micro-wins of one goal": (HEAD + "## Micro-wins\n" + "".join(f"- Win {n} 🔁 every day\n" for n in range(3000)), "too-many-micro-wins"),
    "steps of one goal": (HEAD + "".join(f"- [x] step {n} ✅ 2026-01-01\n" for n in range(5000)), ""),
    "carriage returns": ("- [x] a\r" * (SMALL // 8), ""),
    "a million boxes": ("- [x]\n" * 800_000, "too-many-boxes"),
    "a note of empty lines for the judge": ("> - a\n\n" * 100_000 + "<b>\n- [ ] a\n", "too-many-blocks"),
    "aliases of YAML": ("---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "---\n", "frontmatter-alias"),
    "merges of YAML": ("---\na: &a {x: 1}\n" + "".join(f"{b}: &{b} {{<<: [*{a}, *{a}]}}\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "---\n", "frontmatter-alias"),
    "deep YAML": ("---\na: " + "[" * 30_000 + "\n---\n", "frontmatter-too-deep"),
    "many keys of YAML": ("---\n" + "".join(f"k{n}: 1\n" for n in range(5_000)) + "---\n", ""),
    "20,000 keys of YAML": ("---\n" + "".join(f"key{n}: 1\n" for n in range(20_000)) + "---\n", "frontmatter-too-large"),
    "a key twice": ("---\na: 1\na: 2\n---\n", "frontmatter-duplicate-key"),
    "an object of Python": ("---\na: !!python/object/apply:os.system [true]\n---\n", ""),
    "a giant scalar": ("---\na: " + "x" * 70_000 + "\n---\n", "frontmatter-too-large"),
    "a day that is none": ("---\na: 2026-02-30\n---\n", ""),
    "half a surrogate": ('---\na: "\\ud800"\n---\n', None),
    "a NUL": ("- [x] a\0\n", "nul-byte"),
    "bytes that are no text": (b"- [x] a \xff\xfe\n", "utf8-invalid"),
}  # fmt: skip


def run(root: Path, *words: str) -> tuple[int, dict[str, Any]]:
    """Run a command in a process of its own that may not have more than so much memory and time."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))

    places = {
        name: str(root.parent / name) for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")
    }
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            "from microwins.daemon.cli import main; main()",
            *words,
            "--vault",
            str(root),
            "--json",
        ],
        env={**os.environ, **places},
        capture_output=True,
        check=False,
        preexec_fn=bounded,
    )
    assert b"Traceback" not in found.stderr, found.stderr.decode()
    assert found.stdout, found.stderr.decode()
    return found.returncode, json.loads(found.stdout)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A vault without `init`, in which nothing may be written, with one sound goal and one sound day."""
    root = tmp_path / "vault"
    root.mkdir()
    (root / "Goal.md").write_text(NEIGHBOUR, encoding="utf-8")
    (root / "2026-03-04.md").write_text("- [x] Walk\n", encoding="utf-8")
    return root


def digests(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in files if path.stat().st_size < 2**24}


def checked(root: Path) -> list[tuple[str, str]]:
    """Check the vault; return its problems, when the sound notes count and not one byte has changed."""
    before = digests(root)
    code, document = run(root, "check", "--today", "2026-03-04")
    problems = [(problem["path"], problem["code"]) for problem in document["problems"]]
    assert code == (3 if problems else 0), document
    _, status = run(root, "status", "--today", "2026-03-04")
    assert walks(status) == 1
    assert digests(root) == before
    return problems


def walks(status: dict[str, Any]) -> int:
    wins = [
        win for goal in status["data"]["goals"] if goal["path"] == "Goal.md" for win in goal["micro_wins"]
    ]
    return sum(win["streak"]["count"] for win in wins)


def test_each_hostile_note_is_one_problem_or_none_and_the_others_count(root: Path) -> None:
    expected = set()
    for number, (name, (text, code)) in enumerate(sorted(LINES.items())):
        path = f"{number:02} {name}.md"
        (root / path).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        expected |= {(path, code)} if code else set()
    left_to_yaml = next(path.name for path in root.iterdir() if "half a surrogate" in path.name)
    problems = [problem for problem in checked(root) if problem[0] != left_to_yaml]
    assert sorted(problems) == sorted(expected)


ODD_NAMES = (
    "a\nb.md", "a\rb.md", "\u202egpj.md", "a\tb.md", "a\x01b.md", "a\x7fb.md", "[[x]].md", "a|b.md", "a#b.md", "a^b.md", "CON.md", "a.md.md",
    "a .md", "a..md", " a.md", "…md.md", "é.md", "\u200b.md", "x" * 252 + ".md", "%s%n.md", "{{date}}.md", "$(true).md", "-rf.md", "'\".md",
    "a\\b.md", "𝕏.md", "\ufeff.md", "a\u2028b.md",
)  # fmt: skip


def test_odd_names_are_names_like_any_other(root: Path) -> None:
    for name in ODD_NAMES:
        (root / name).write_text("- [ ] Tea\n", encoding="utf-8")
    assert checked(root) == []
    _, parsed = run(root, "parse", str(root))
    assert {note["path"] for note in parsed["data"]["notes"]} >= set(ODD_NAMES)


def test_a_name_that_is_no_text_is_one_problem(root: Path) -> None:
    descriptor = os.open(os.fsencode(root) + b"/\xff.md", os.O_CREAT | os.O_WRONLY)
    os.close(descriptor)
    assert [code for _, code in checked(root)] == ["name-unreadable"]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listening(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def folder(path: Path) -> None:
    path.mkdir()
    (path / "inside.md").write_text("- [ ] Tea\n")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def to_itself(path: Path) -> None:
    path.symlink_to(".")


def to_nowhere(path: Path) -> None:
    path.symlink_to("nowhere.md")


def inside(path: Path) -> None:
    path.symlink_to("Goal.md")


def second_name(path: Path) -> None:
    (path.parent / "first.md").write_text("- [ ] Tea\n")
    path.hardlink_to(path.parent / "first.md")


@pytest.mark.parametrize(
    "make", [pipe, folder, loop, to_itself, to_nowhere, inside, second_name], ids=lambda make: make.__name__
)
def test_what_is_called_a_note_and_is_none_is_passed_over(root: Path, make: Callable[[Path], None]) -> None:
    make(root / "odd.md")
    assert checked(root) == []


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_socket_that_is_called_a_note_is_passed_over(root: Path) -> None:
    listening(root / "odd.md")
    assert checked(root) == []


@pytest.mark.parametrize("target", ["/etc/hostname", "/dev/zero", "/", "/proc/self/mem"])
def test_a_link_out_of_the_vault_is_one_problem_and_is_not_followed(root: Path, target: str) -> None:
    (root / "odd.md").symlink_to(target)
    assert checked(root) == [("odd.md", "symlink-outside")]


@pytest.mark.parametrize("target", ["odd", "nowhere", ".", "Goal.md", "/proc/self/fd/9999"])
def test_a_link_that_is_called_like_a_folder_and_leads_nowhere_is_passed_over(
    root: Path, target: str
) -> None:
    (root / "odd").symlink_to(target)
    assert checked(root) == []


def test_a_note_of_a_hundred_megabytes_is_not_read(root: Path) -> None:
    with (root / "odd.md").open("wb") as file:
        file.truncate(100 * 2**20)
    assert checked(root) == [("odd.md", "note-too-large")]


def test_a_note_may_become_a_folder_and_a_note_again(root: Path) -> None:
    note = root / "odd.md"
    for _ in range(2):
        note.write_text("- [ ] Tea\n", encoding="utf-8")
        assert checked(root) == []
        note.unlink()
        folder(note)
        assert checked(root) == []
        (note / "inside.md").unlink()
        note.rmdir()


@pytest.mark.parametrize("old", ["Goal.md", "goal.md"])
def test_a_goal_whose_name_changes_its_case_keeps_its_days(root: Path, old: str) -> None:
    new = old.swapcase()[:-2] + "md"
    (root / "Goal.md").rename(root / old)
    for name in (old, new, old):
        if not (root / name).exists():
            (root / (new if name == old else old)).rename(root / name)
        _, status = run(root, "status", "--today", "2026-03-04")
        assert [goal["path"] for goal in status["data"]["goals"]] == [name]
        assert [win["streak"]["count"] for win in status["data"]["goals"][0]["micro_wins"]] == [1]


def test_a_note_that_grows_while_it_is_read_is_read_to_its_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note, real = tmp_path / "a.md", os.read
    note.write_bytes(b"- [x] a\n")
    with note.open("ab", buffering=0) as file:

        def growing(descriptor: int, size: int) -> bytes:
            file.write(b"- [x] more\n" * 1000)
            return real(descriptor, size)

        monkeypatch.setattr(os, "read", growing)
        found = read_raw(tmp_path, "a.md", 5000)
        monkeypatch.undo()
    assert isinstance(found, Unreadable) or len(found.data) <= 5000
