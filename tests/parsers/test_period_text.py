from datetime import date

import pytest

from microwins.parsers.period_text import read_period


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-11-20", ("day", date(2026, 11, 20))),
        ("2026-W47", ("week", date(2026, 11, 19))),
        ("2026w01", ("week", date(2026, 1, 1))),
        ("2026-11", ("month", date(2026, 11, 1))),
        ("2026-3", ("month", date(2026, 3, 1))),
        ("2026-Q4", ("quarter", date(2026, 10, 1))),
        (" 2026 ", ("year", date(2026, 1, 1))),
    ],
)
def test_a_period_is_named_as_its_notes_are(text: str, found: object) -> None:
    assert read_period(text) == found


@pytest.mark.parametrize("text", ["", "2026-13", "2026-00", "2026-W54", "2026-W00", "2026-Q5", "0000", "yesterday", "26", "2026-02-30", "２０２６"])  # fmt: skip
def test_what_names_no_period_is_none(text: str) -> None:
    assert read_period(text) is None
