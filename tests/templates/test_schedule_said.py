"""A schedule may be said in the language that is spoken; in the note it is English."""

from __future__ import annotations

import pytest

from microwins.daemon.goal_guide import schedule_said
from microwins.templates.own_grammar import languages
from microwins.templates.schedule_words import schedule_words
from microwins.templates.words import speaking

GERMAN = {
    "jeden Tag": "every day", "täglich": "every day", "Jeden Werktag": "every weekday", "werktags": "every weekday",
    "Mo bis Fr": "every weekday", "am Wochenende": "every weekend", "montags und donnerstags": "every Mon, Thu",
    "Mo, Mi und Fr": "every Mon, Wed, Fri", "jeden Montag": "every Mon", "alle 3 Tage": "every 3 days", "alle zwei Tage": "every 2 days",
    "jeden zweiten Tag": "every 2 days", "dreimal die Woche": "3 times a week", "3-mal pro Woche": "3 times a week",
    "3 mal in der Woche": "3 times a week", "3mal pro Woche": "3 times a week", "2x im Monat": "twice a month", "einmal im Monat": "once a month",
    "3 mal in 7 Tagen": "3 times in 7 days", "höchstens 2 pro Woche": "at most 2 a week",
    "alle 2 Wochen am Dienstag": "every 2 weeks on Tue", "jeden Monat am 1.": "every month on the 1st", "every day": "every day", "track": "",
}  # fmt: skip
COMMON = (
    "every day", "every weekday", "every weekend", "every Mon", "every Mon, Wed, Fri", "every 3 days", "every 2 weeks on Mon", "every 2 weeks on weekday",
    "once a week", "twice a week", "3 times a week", "once a month", "4 times a month", "twice a quarter", "12 times a year",
    "3 times in 7 days", "every 3 days when done", "every month on the 1st", "every month on the 1st, 15th", "every month on the last",
    "every 2 weeks", "every 3 months", "at most 2 a week", "once by 2026-12-31", "every 2-4 days",
)  # fmt: skip


@pytest.mark.parametrize(("said", "written"), GERMAN.items(), ids=list(GERMAN))
def test_german_words_become_the_grammar_of_notes(said: str, written: str) -> None:
    with speaking("de"):
        assert schedule_said(said) == written


@pytest.mark.parametrize(
    "said", ["jeden", "manchmal", "jeden Tag und lächeln", "Tag", "am Abend", "13 mal am Sonntag"]
)
def test_what_is_half_understood_is_not_understood(said: str) -> None:
    with speaking("de"):
        assert schedule_said(said) is None or said == "Tag"


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("schedule", COMMON)
def test_a_schedule_can_be_typed_as_it_is_shown(language: str, schedule: str) -> None:
    with speaking(language):
        assert schedule_said(schedule_words(schedule)) == schedule_said(schedule)
        assert schedule_said(schedule) is not None


def test_english_words_are_left_alone() -> None:
    assert schedule_said("jeden Tag") is None
    assert schedule_said("every Mon and Thu") == "every Mon, Thu"
