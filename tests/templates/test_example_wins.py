"""The examples: the same in every language, small, due at times that are understood, and written as they are read."""

from __future__ import annotations

import re

import pytest

from microwins.daemon.goal_guide import drafted
from microwins.daemon.goal_notes import declarable
from microwins.parsers.schedule import read_schedule
from microwins.parsers.schedule_text import schedule_text
from microwins.templates.example_wins import AREAS, Example, areas_in, examples_of, examples_text
from microwins.templates.own_grammar import languages
from tests.templates.test_phrases import BANNED as ENGLISH
from tests.templates.test_words import BANNED

ALL = [
    (language, example)
    for language in languages()
    for area in areas_in(language)
    for example in area.examples
]


def test_there_are_examples_for_each_area_in_each_language() -> None:
    shapes = {
        language: [
            (area.key, [(one.key, one.schedule) for one in area.examples]) for area in areas_in(language)
        ]
        for language in languages()
    }
    assert all(shape == shapes["en"] for shape in shapes.values())
    assert tuple(key for key, _ in shapes["en"]) == AREAS
    assert min(len(examples) for _, examples in shapes["en"]) >= 3


def test_no_key_is_there_twice() -> None:
    keys = [example.key for example in examples_of()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("language", "example"), ALL, ids=lambda one: getattr(one, "key", one))
def test_an_example_can_be_declared_and_is_told_in_plain_words(language: str, example: Example) -> None:
    rule = read_schedule(example.schedule)
    assert schedule_text(rule) == example.schedule
    declared = declarable(drafted(example).micro_wins[0])
    assert (declared.rule, declared.minimum, declared.after) == (rule, example.minimum, example.cue)
    words = " ".join((example.goal, example.identity, example.step, example.minimum, example.cue))
    assert (ENGLISH if language == "en" else BANNED[language]).search(words) is None
    assert len(re.findall(r"\w+", example.step)) <= 9


def test_the_list_is_numbered_across_the_areas() -> None:
    lines = examples_text().splitlines()
    numbers = [int(match[1]) for line in lines if (match := re.match(r" {1,3}([0-9]+)  ", line))]
    assert numbers == list(range(1, len(examples_of()) + 1))
    assert examples_text("calm").splitlines()[0] == "Calm"


def test_where_one_example_has_no_room_as_a_row_none_is_one() -> None:
    rows, paragraphs = examples_text("health", 120).splitlines(), examples_text("health", 79).splitlines()
    assert len(rows) == 1 + 2 * len(examples_of("health"))
    assert paragraphs[1:4] == [
        "   1  Walk more (walk)",
        "      Walk 10 minutes",
        "      every day, after lunch",
    ]
    assert len(paragraphs) == 1 + 3 * len(examples_of("health"))
