"""Problems and errors in another language: each sentence is one that is told, and each that a note can bring about is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.resources import files

import pytest

from microwins.templates.own_grammar import languages
from microwins.templates.told import in_language, sentences
from microwins.templates.words import speaking
from tests.templates.test_words import BANNED

OTHERS = [language for language in languages() if language != "en"]
UNTOLD = {"index-damaged", "index-differs", "folder-unwritable", "watches-too-few"}
"""What `doctor` finds, which is English as all that it says."""
PLACE = re.compile(r"\{[^{}]*\}")


def template(node: ast.AST) -> str | None:
    """Return a text of the source with `{}` for what is put in."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=values):
            return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in values)  # type: ignore[misc]
        case _:
            return None


def trees() -> Iterator[ast.Module]:
    for package in ("parsers", "streaks", "templates", "daemon", "daemon.commands"):
        for file in files(f"microwins.{package}").iterdir():
            if file.name.endswith(".py"):
                yield ast.parse(file.read_text("utf-8"))


TREES = list(trees())
TEXTS = {text for tree in TREES for node in ast.walk(tree) if (text := template(node))}
PUT_TOGETHER = {
    "Did you mean {name}? It takes {wanted}.", "Use one of: {names}.", "Did you mean {name}? Use one of: {names}.",
    "`{field}` in the frontmatter is not understood.", "Did you mean {name}?", "{problem} The block is left as it is.",
    "Known are {names}, with a format or an offset such as {example}.", "1 note", "{count} notes", "1 micro-win", "{count} micro-wins",
}  # fmt: skip
"""Sentences that the source puts together of parts."""


def matches(template: str, text: str) -> bool:
    """Return whether a text is a template with something put in."""
    return re.fullmatch(".*".join(map(re.escape, template.split("{}"))), text, re.DOTALL) is not None


def is_told(english: str) -> bool:
    """Return whether a sentence stands in the source, with its places or with what is put in."""
    bare = PLACE.sub("{}", english)
    return bare in TEXTS or any(matches(text, bare) for text in TEXTS if len(text) > 20)


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_one_that_the_program_tells(language: str) -> None:
    assert {english for english in sentences(language) if not is_told(english)} <= PUT_TOGETHER


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_keeps_its_places(language: str) -> None:
    wrong = [
        english
        for english, theirs in sentences(language).items()
        if not set(PLACE.findall(theirs)) <= set(PLACE.findall(english))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_threatens_shames_or_promises(language: str) -> None:
    assert [theirs for theirs in sentences(language).values() if BANNED[language].search(theirs)] == []


def problems() -> Iterator[tuple[str, str]]:
    """Yield the code and each text of the problems whose words stand where they are made."""
    for tree in TREES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Problem", "report", "_left_out"}:
                texts = [template(argument) for argument in node.args]
                code = next(
                    (text for text in texts if text and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)+", text)), ""
                )
                yield from ((code, text) for text in texts if text and " " in text)


@pytest.mark.parametrize("language", OTHERS)
def test_every_problem_of_a_note_is_told_in_every_language(language: str) -> None:
    known = {PLACE.sub("{}", english) for english in sentences(language)}
    told = {text for code, text in problems() if code not in UNTOLD and PLACE.sub("", text).strip()}
    assert {
        text for text in told if not any(matches(text, one) or matches(one, text) for one in known)
    } == set()


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("Rename the note.", "Die Notiz umbenennen."),
        ("“{x} \\1” is no date.", "„{x} \\1“ ist kein Datum."),
        ("“[0-9]* (?P<name>.)” is no date.", "„[0-9]* (?P<name>.)“ ist kein Datum."),
        ("Write a date as YYYY-MM-DD.", "Ein Datum der Form YYYY-MM-DD schreiben."),
        (
            "The block `week` has no option “{weks}”. The block is left as it is.",
            "Der Block `week` hat keine Option „{weks}“. Der Block bleibt, wie er ist.",
        ),
        ("Something that nobody has told before.", "Something that nobody has told before."),
        ("", ""),
    ],
)
def test_what_stands_in_a_place_is_taken_as_it_is(english: str, german: str) -> None:
    with speaking("de"):
        assert in_language(english) == german
    assert in_language(english) == english
