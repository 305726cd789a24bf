import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.identity import numberless_key, slug, text_key
from microwins.parsers.links import without_links
from microwins.parsers.units import shown_unit, unit_key, written_unit


@pytest.mark.parametrize(
    "text",
    [
        "write 300 words",
        "  Write   300\twords ",
        "WRITE 300 WORDS",
        "Write 300 words.",
        "Write 300 words!!",
        "**Write** 300 _words_",
        "Write 300 words #frog #deep/work",
        "✍️ Write 300 words 🎉",
        "Write [[Units/Number|300]] words",
        "Write 300 [words](https://example.org/w)",
        "- Write 300 words -",
    ],
)
def test_decoration_does_not_matter(text: str) -> None:
    assert text_key(text) == "write 300 words"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Write", "Read"),
        ("Write 300 words", "Write 400 words"),
        ("Run to work", "Run from work"),
        ("पुल बनाना", "पल बनाना"),
    ],
)
def test_other_words_are_another_name(one: str, other: str) -> None:
    assert text_key(one) != text_key(other)


def test_a_letter_with_an_accent_is_one_letter_however_it_is_encoded() -> None:
    assert text_key("Cafe\u0301 au lait") == text_key("Café au lait") != text_key("Cafe au lait")


def test_nothing_but_an_emoji_or_a_tag_is_a_name_too() -> None:
    assert text_key("💧") == text_key(" 💧\ufe0f ") != text_key("🏃")
    assert text_key("#water") == "#water"
    assert text_key("") == text_key("  ") == ""


@given(*[st.text("ab5 .,;:?-+%&/()'x é💧", max_size=8)] * 3)
def test_a_linked_text_is_called_as_it_is_shown(before: str, shown: str, after: str) -> None:
    linked = f"{before}[[Units/Number|{shown}]]{after}"
    assert text_key(f"x {linked} #tag") == text_key(f"x {before}{shown}{after}")


@settings(deadline=None)
@given(st.text())
def test_folding_a_folded_text_changes_nothing_in_case_or_spacing(text: str) -> None:
    key = text_key(text)
    assert key == " ".join(key.split())
    assert text_key(text.replace(" ", "  ")) == key


def test_a_number_may_grow_and_the_name_stays() -> None:
    assert numberless_key(text_key("Jog 10 minutes")) == numberless_key(text_key("Jog 20 minutes"))
    assert numberless_key(text_key("Write 1,000 words")) == numberless_key(text_key("Write 300 words"))
    assert numberless_key(text_key("Jog 10 minutes")) != numberless_key(text_key("Jog 10 miles"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write 300 words #frog", "write-300-words"),
        ("Café au lait!", "cafe-au-lait"),
        ("прочитать главу", "прочитать-главу"),
        ("💧", "💧"),
        ("", "micro-win"),
    ],
)
def test_an_id_is_made_of_plain_letters_where_there_are_any(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_line_without_its_links_has_no_gap_either() -> None:
    assert without_links("Read [[The book]] today ![[x.png]]") == "Read today"
    assert without_links("nothing here") == "nothing here"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Don’t snooze", "Don't snooze"),
        ("Read “Faust”", 'Read "Faust"'),
        ("Lies „Faust“", 'Lies "Faust"'),
        ("Warm up — slowly", "Warm up - slowly"),
        ("Push‑ups", "push-ups"),
    ],
)
def test_what_a_phone_makes_of_quotes_and_dashes_does_not_matter_and_ids_stay(typed: str, plain: str) -> None:
    assert text_key(typed) == text_key(plain)
    assert slug("Don’t snooze") == "dont-snooze"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("minutes", "min", True),
        ("Min", "mins", True),
        ("hours", "h", True),
        ("words", "word", True),
        ("km", "kilometres", True),
        ("Stunde", "Stunden", True),
        ("Std", "h", True),
        ("Sekunden", "s", True),
        ("Wort", "Wörter", True),
        ("Wo\u0308rter", "wörter", True),
        ("Seite", "Seiten", True),
        ("Seiten", "pages", False),
        ("Stunden", "Minuten", False),
        ("glass", "glasses", False),
        ("min", "h", False),
        ("m", "min", False),
        ("m", "mi", False),
        ("pages", "words", False),
    ],
)
def test_spellings_of_a_unit_are_one_and_units_are_never_mixed(one: str, other: str, same: bool) -> None:
    assert (unit_key(one) == unit_key(other)) is same


@pytest.mark.parametrize(
    ("unit", "shown"),
    [("Word", "words"), ("mins", "min"), ("Seite", "Seiten"), ("wörter", "Wörter"), ("Gänge", "gänge")],
)
def test_a_unit_is_shown_with_the_ending_of_its_language(unit: str, shown: str) -> None:
    assert shown_unit(unit_key(unit)) == shown


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        ("stunden", "Stunden"),
        ("seite", "Seite"),
        ("wörter", "Wörter"),
        ("km", "km"),
        ("words", "words"),
        ("min", "min"),
        ("", ""),
    ],
)
def test_a_german_noun_is_written_as_one_and_other_units_stay(unit: str, written: str) -> None:
    assert written_unit(unit) == written
