"""The catalogues: complete, used, free of what we do not say; and the blocks of each language alike."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.daemon.ledger import Ledger
from microwins.parsers import own_words as known
from microwins.parsers.blocks import BLOCK_NAMES, Block
from microwins.parsers.note import Reading, read_note
from microwins.parsers.own_lines import foreign_line
from microwins.parsers.schedule import read_schedule
from microwins.parsers.schedule_text import schedule_text
from microwins.parsers.source import Source
from microwins.streaks.calendar import Now
from microwins.streaks.catalog import VaultDefaults
from microwins.templates import phrases
from microwins.templates.blocks import block_text
from microwins.templates.own_grammar import languages, own_words
from microwins.templates.schedule_words import schedule_words
from microwins.templates.view import View
from microwins.templates.words import Text, catalogue, say, speaking, spoken

ENGLISH = catalogue("en").texts
OTHERS = [language for language in languages() if language != "en"]
NO_WORDS = {"service_unit.py", "doctor_text.py", "placeholders.py", "own_grammar.py", "watch_text.py", "blocks.py", "block_subject.py"}  # fmt: skip
"""Modules whose texts are for the system, for whoever looks for a fault, or for nobody."""
BANNED = {
    "de": re.compile(
        r"dopamin|süchtig|verlier|verlor|versag|gescheitert|scheiter|schäm|schande|schuld|faul\b|ausrede|enttäusch|kette (?:nicht )?(?:reißen|brechen|unterbrechen)|abgebrochen"
        r"|verpass|versäum|du hättest|du solltest|in gefahr|gefährdet|letzte chance|beeil|höchste zeit|bevor es zu spät"
        r"|(?:noch|nur) (?:[0-9]+|\{\w+\}) (?:stunden?|minuten?|tage?)\b|verbleib|countdown|nicht aufgeben|gib nicht auf|21 tage|66 tage|zur gewohnheit",
        re.IGNORECASE,
    )
}


def forms(text: Text) -> tuple[str, ...]:
    if isinstance(text, str):
        return (text,)
    return tuple(text.values()) if isinstance(text, Mapping) else text


def places(text: Text) -> set[str]:
    return {name for form in forms(text) for _, name, _, _ in string.Formatter().parse(form) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_texts_with_the_same_places(language: str) -> None:
    texts = catalogue(language).texts
    assert set(texts) == set(ENGLISH)
    assert {key for key in ENGLISH if places(texts[key]) != places(ENGLISH[key])} == set()
    for key, text in ENGLISH.items():
        if isinstance(text, tuple):
            assert len(texts[key]) == len(text), key
        assert isinstance(texts[key], Mapping) == isinstance(text, Mapping), key


@pytest.mark.parametrize("language", languages())
def test_a_text_takes_plain_names_and_the_forms_that_its_units_have(language: str) -> None:
    texts = catalogue(language).texts
    units = [
        set(text) for key, text in texts.items() if key.startswith("units.") and isinstance(text, Mapping)
    ]
    assert all(one == units[0] for one in units)
    for key, text in texts.items():
        if isinstance(text, Mapping):
            assert {"one", "other"} <= set(text), key
        for form in forms(text):
            for _, name, spec, conversion in string.Formatter().parse(form):
                assert name is None or name.isidentifier(), key
                assert not spec or spec in units[0], key
                assert conversion is None, key


def test_the_settings_know_the_languages_that_there_are() -> None:
    assert list(known.LANGUAGES) == languages()
    assert set(BANNED) == set(OTHERS)


def test_the_parsers_know_the_lines_that_the_catalogues_make() -> None:
    assert files("microwins.parsers").joinpath("own_words.py").read_text("utf-8") == own_words()


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_of_another_language_threatens_shames_or_promises(language: str) -> None:
    found = [(key, form) for key, text in catalogue(language).texts.items() for form in forms(text)]
    assert [(key, form) for key, form in found if BANNED[language].search(form)] == []


@pytest.mark.parametrize("text", ["Du hast deine Serie verloren", "Nur 3 Tage bis dahin", "Lass die Kette nicht reißen, kette nicht reißen", "Deine Serie ist in Gefahr", "Verpasst!"])  # fmt: skip
def test_the_german_guard_knows_what_it_is_looking_for(text: str) -> None:
    assert BANNED["de"].search(text)


def modules() -> Iterator[tuple[str, ast.Module]]:
    for package in ("templates", "daemon", "daemon.commands"):
        for file in files(f"microwins.{package}").iterdir():
            if file.name.endswith(".py"):
                yield f"{package}/{file.name}", ast.parse(file.read_text("utf-8"))


def literals(tree: ast.AST) -> Iterator[str]:
    """Yield the strings in a tree that are neither docstrings nor a part of a problem, which is told in English."""
    problems = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Problem"
    ]
    passed = {id(inner) for problem in problems for inner in ast.walk(problem)}
    passed |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            yield node.value


def asked_for() -> tuple[set[str], set[str]]:
    """Return the keys that the code and our templates name, and the beginnings of those that are put together."""
    texts = [text for _, tree in modules() for text in literals(tree)]
    for template in files("microwins.templates").joinpath("notes").iterdir():
        texts += re.findall(r'say\("([\w.-]+)"', template.read_text("utf-8"))
    sections = {key.partition(".")[0] for key in ENGLISH}
    begun = {
        text
        for text in texts
        if re.fullmatch(r"[a-z_]+\.[\w-]*", text) and text.partition(".")[0] in sections
    }
    said = {
        str(node.args[0].value)
        for _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"say", "names"}
        and node.args and isinstance(node.args[0], ast.Constant)
    }  # fmt: skip
    return begun, said


def test_no_text_is_missing_and_none_is_there_for_nothing() -> None:
    begun, said = asked_for()
    assert said - set(ENGLISH) == set()
    families = {one for one in begun if one not in ENGLISH and any(key.startswith(one) for key in ENGLISH)}
    unused = {key for key in ENGLISH if key not in begun and not any(key.startswith(one) for one in families)}
    assert unused == set()


def test_no_sentence_of_ours_stands_outside_the_catalogues() -> None:
    found = [
        (name, text)
        for name, tree in modules()
        if name.startswith("templates/") and name.rpartition("/")[2] not in NO_WORDS
        for text in literals(tree)
        if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}|[A-Za-z]{3,} | [A-Za-z]{3,}", text)
    ]
    assert found == []


def test_the_language_is_spoken_for_a_while_only() -> None:
    with speaking("de"):
        assert (spoken(), say("block.next", name="Gehen")) == ("de", "Als Nächstes: Gehen")
    assert spoken() == "en"


def test_german_has_its_own_numbers_dates_and_cases() -> None:
    with speaking("de"):
        assert phrases.number(60000) == "60.000"
        assert phrases.number(2.5) == "2,5"
        assert phrases.long_date(date(2026, 11, 21)) == "Samstag, 21. November 2026"
        assert say("review.wins_and_days", wins=phrases.count(1, "wins"), days=phrases.count(3, "days")) == "1 Erfolg an 3 Tagen"  # fmt: skip
        assert say("review.wins_and_days", wins=phrases.count(2, "wins"), days=phrases.count(1, "days")) == "2 Erfolge an 1 Tag"  # fmt: skip
        assert phrases.span(date(2026, 11, 16), date(2026, 11, 22)) == "16. bis 22. November 2026"
        assert phrases.span(date(2026, 11, 22), date(2026, 11, 22)) == "22. November 2026"


SCHEDULES = [
    "every day", "every 3 days", "every weekday", "every weekend", "every Mon, Wed", "every 2 weeks on Fri",
    "every 2 weeks on weekday", "every 3 weeks on weekend", "every month on the 1st and last",
    "every 2 months on the 2nd last Friday", "every January, April and July on the 31st",
    "every 2 years in May on the 11th", "every 3 days when done", "every 2-4 days when done", "once in 10 days",
    "3 times in 7 days", "once by 2026-12-01", "at most 2 a week", "at most 30.5 min a day", "once a week",
    "twice a quarter", "12 times a year", "every 2 months", "every 2 quarters", "every 2 weeks", "every 2 years",
    "every month on the 2nd Tuesday", "once in 1 day", "every month on the 45th",
]  # fmt: skip


@pytest.mark.parametrize("written", SCHEDULES)
def test_a_schedule_in_english_has_its_canonical_wording(written: str) -> None:
    canonical = schedule_text(read_schedule(written))
    assert schedule_words(canonical) == canonical


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("every Mon, Wed", "jeden Mo, Mi"),
        ("every 2 weeks on Fri", "alle 2 Wochen am Fr"),
        ("every month on the 2nd last Friday", "jeden Monat am 2. letzten Freitag"),
        ("3 times in 7 days", "3-mal in 7 Tagen"),
        ("at most 2 a week", "höchstens 2 pro Woche"),
        ("every 2-4 days when done", "alle 2-4 Tage nach dem letzten Mal"),
    ],
)
def test_a_schedule_in_german(written: str, text: str) -> None:
    with speaking("de"):
        assert schedule_words(written) == text


FIELDS = [
    "", "identity: writer\n", "measure: 1000 words\n", "measure: 92 -> 80 kg\n", "status: done\n",
    "measure: 1000 words\nstart: 2026-02-01\ntarget: 2026-04-01\n",
    "measure: 1000 words\nstart: 2026-02-01\ntarget: 2026-03-01\n", "start: 2026-04-01\ntarget: 2026-05-01\n",
]  # fmt: skip


@settings(deadline=None)
@given(
    st.sampled_from(FIELDS),
    st.sampled_from(SCHEDULES[:-1]),
    st.sets(st.integers(1, 60), max_size=20),
    st.booleans(),
    st.booleans(),
)
def test_the_blocks_of_every_language_are_alike_and_known_as_ours(
    fields: str, schedule: str, done: set[int], step: bool, shown: bool
) -> None:
    today = date(2026, 3, 4)
    goal = f"---\ntype: goal\n{fields}---\n## Micro-wins\n- Walk 🔁 {schedule} [after:: tea] [min:: one]\n\n- [{'x' if step else ' '}] one\n"
    days = [today - timedelta(days=back) for back in done]
    notes = [read_note(f"{day}.md", "- [x] Walk 3 km\n", Reading()) for day in days]
    ledger = Ledger(VaultDefaults())
    ledger.load([read_note("Goal.md", goal, Reading()), *notes])
    figures = ledger.figures(Now.at(today))
    for name in BLOCK_NAMES:
        for path in ("Goal.md", "Panel.md"):
            made = [
                block_text(
                    Block(name, "", "html", 1, 2, (0, 0)), path, View(figures, shown, language=language)
                )
                for language in languages()
            ]
            assert len({len(text.splitlines()) for text in made}) == 1, made
            assert len({tuple(sorted(re.findall(r"[0-9]+", text))) for text in made}) == 1, made
            assert {line_of_foreign_text(text) for text in made} == {None}, made


def line_of_foreign_text(content: str) -> int | None:
    source = Source.of(f"<!-- microwins:summary -->\n{content}<!-- /microwins -->\n")
    return foreign_line(source, Block("summary", "", "html", 1, len(source.lines), (0, 0)))


@pytest.mark.parametrize("text", ["bisher 1 Erfolg, toll!\n", "12 km (von zu Hause zur Arbeit)\n", "- mein Punkt\n", "Heute steht nichts an, endlich.\n"])  # fmt: skip
def test_somebodys_german_text_is_told_from_ours(text: str) -> None:
    assert line_of_foreign_text(text) == 2
