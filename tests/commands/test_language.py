"""The language of a vault: blocks and answers are in it, and it may be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from microwins.templates.words import DEFAULT, speak
from tests.commands.conftest import GOAL, SETTINGS, Bench


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    speak(DEFAULT)


def set_language(bench: Bench, language: str) -> None:
    bench.root.joinpath(".microwins.toml").write_text(f'language = "{language}"\n{SETTINGS}', "utf-8")


def block(bench: Bench) -> str:
    found = re.search(r"<!-- microwins:summary -->\n(.*?)<!-- /microwins -->", bench.root.joinpath(GOAL).read_text("utf-8"), re.DOTALL)  # fmt: skip
    assert found
    return found[1]


def test_blocks_change_their_language_and_change_back(vault: Bench) -> None:
    vault.run("sync")
    english = block(vault)
    set_language(vault, "de")
    assert vault.run("sync").code == 0
    german = block(vault)
    assert "1 von 3 Schritten" in german
    assert "| Micro-Win |" in german
    assert vault.run("check").code == 0
    vault.run("sync")
    assert block(vault) == german
    set_language(vault, "en")
    vault.run("sync")
    assert block(vault) == english


def test_a_text_of_somebodys_in_a_german_block_stops_the_write(vault: Bench) -> None:
    set_language(vault, "de")
    vault.run("sync")
    note = vault.root / GOAL
    text = note.read_text("utf-8").replace("<!-- /microwins -->", "Mein eigener Satz.\n<!-- /microwins -->")
    note.write_text(text, "utf-8")
    set_language(vault, "en")
    vault.run("sync")
    assert note.read_text("utf-8") == text
    assert "block-foreign" in vault.run("check").out


@pytest.mark.parametrize("words", [["status"], ["status", "--plain"], ["today"], ["today", "--plain"], ["goals"], ["goals", "--plain"], ["next"], ["review"], ["review", "--plain"], ["review", "year"], ["explain", "--days"], ["explain", "Write a book"], ["explain", "Read a page"], ["tick", "1"]], ids=" ".join)  # fmt: skip
def test_answers_are_in_the_language_of_the_vault(vault: Bench, words: list[str]) -> None:
    set_language(vault, "de")
    answer = vault.run(*words)
    assert answer.code == 0, answer.err
    foreign = r"\b(?:days?|weeks?|wins|today|done|due|every|streak|steps|of|the|and|from)\b"
    text = re.sub(
        r"Write a book|Write 300 words|Open the draft for 2 minutes|Read a page|Write \w+|words",
        "",
        answer.out,
    )
    assert re.findall(foreign, text) == [], answer.out


def test_json_says_the_same_in_every_language(vault: Bench) -> None:
    english = vault.run("status", "--json").document
    set_language(vault, "de")
    assert vault.run("status", "--json").document == english


def test_the_language_of_the_machine_is_nothing_to_us(vault: Bench) -> None:
    vault.environment |= {"LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8"}
    assert " done today" in vault.run("status").out


def test_a_language_that_is_not_there_is_an_error_that_names_those_that_are(vault: Bench) -> None:
    set_language(vault, "xx")
    answer = vault.run("status")
    assert answer.code != 0
    assert "de" in answer.err


def test_what_there_was_nothing_to_do_about_is_told_in_the_language_too(vault: Bench) -> None:
    set_language(vault, "de")
    assert vault.run("today").out.endswith("(eben angelegt)\n")
    assert vault.run("tick", "outline").out == "„Outline“ ist schon erledigt.\n"
    vault.run("tick", "1")
    assert "Haken" in vault.run("undo", "--list").out
    assert vault.run("undo").out.startswith("Zurückgenommen in ")


def test_what_is_wrong_is_counted_in_the_language_of_the_vault(vault: Bench) -> None:
    set_language(vault, "de")
    vault.write("Goals/Write a book.sync-conflict-20261120-202322-W3G74XU.md", vault.text(GOAL) + "Mehr.\n")
    vault.write("Note.md", "<!-- microwins:summary -->\nkein Ende\n")
    assert vault.run("status").out.splitlines()[-2:] == [
        "1 Konfliktkopie eines Sync-Programms: `microwins conflicts` zeigt sie.",
        "1 Problem: siehe `microwins check`.",
    ]


def test_problems_and_errors_are_told_in_the_language_and_given_to_programs_in_english(vault: Bench) -> None:
    set_language(vault, "de")
    vault.write("Goals/Zwei.md", "---\ntype: goal\ntarget: bald\n---\n## Micro-wins\n- Laufen 🔁 jeden Tag\n")
    found = vault.run("check").out
    assert "Goals/Zwei.md:3: `target: bald` im Frontmatter ist nicht verständlich. Ein Datum" in found
    assert "Der Zeitplan „jeden Tag“ ist nicht verständlich" in found
    assert found.splitlines()[-1] == "2 Notizen gelesen, Probleme: 2."
    messages = [problem["message"] for problem in vault.run("check", "--json").document["problems"]]
    assert "`target: bald` in the frontmatter is not understood." in messages
    assert vault.run("tick", "nichts").err.startswith(
        "microwins: Kein Micro-Win und kein Schritt heißt „nichts“."
    )
    assert vault.run("sync").out.endswith(" geschrieben.\n")
    assert vault.run("config", "check").out == "Die Einstellungen sind in Ordnung.\n"


def test_a_long_streak_is_shown_whole_where_there_is_room(vault: Bench) -> None:
    set_language(vault, "de")
    vault.write(GOAL, vault.text(GOAL).replace("identity: writer", "grace: never-twice"))
    days = [f"2026-{month:02}-{day:02}" for month, last in ((10, 31), (11, 19)) for day in range(1, last + 1)]
    for day in days:
        vault.write(f"Journal/{day}.md", f"- [{' ' if day[-2:] in {'10', '20'} else 'x'}] Read a page\n")
    assert "47 Tage, 3 Lücken" in vault.run("status").out
    vault.environment["COLUMNS"] = "70"
    assert max(map(len, vault.run("status").out.splitlines())) <= 70
