import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.line_fields import read_any_fields, read_fields
from microwins.parsers.tasks_plugin import read_plugin_task

DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("jog ✅ 2026-03-05", id="at the end"),
        pytest.param("✅ 2026-03-05 jog", id="at the start"),
        pytest.param("✅2026-03-05 jog", id="tight"),
        pytest.param("jog ✅ 2026-03-05.", id="with a full stop"),
        pytest.param("jog ✅\t2026-03-05", id="after a tab"),
        pytest.param("jog ✅\ufe0f\u00a02026-03-05 🎉", id="after odd space"),
        pytest.param("jog ✅ 2026-03-05 [[Park]]", id="before a link"),
        pytest.param("jog [completion:: 2026-03-05] x", id="inline field"),
        pytest.param("jog (completion::2026-03-05)", id="round inline field"),
        pytest.param("jog [Completion:: 2026-03-05]", id="any case"),
        pytest.param("jog [mood:: good][completion:: 2026-03-05]", id="right after another field"),
        pytest.param("jog [completion:: 2026-03-05T18:30:00]", id="with a time"),
        pytest.param("`✅ 2026-03-04` jog ✅ 2026-03-05", id="not the one in code"),
        pytest.param("✅ 2026-03-04 jog ✅ 2026-03-05", id="the plugin reads the last"),
        pytest.param("✅ 2026-03-05 jog ✅ 2026-03-06 x", id="else the first"),
        pytest.param("✅ 2026-02-30 jog ✅ 2026-03-05 x", id="no impossible one"),
    ],
)
def test_a_done_date_counts_anywhere_in_the_line(body: str) -> None:
    assert read_fields(body).done == DAY


@pytest.mark.parametrize(
    "body",
    [
        "jog",
        "`✅ 2026-03-05`",
        "``a ` [completion:: 2026-03-05]``",
        "jog ✅ 2026-02-30",
        "jog ✅ 5 March",
        "✅ 2026/03/05",
    ],
)
def test_elsewhere_there_is_no_done_date(body: str) -> None:
    assert read_fields(body).done is None


def test_a_month_alone_means_its_first_day() -> None:
    assert read_fields("jog [due:: 2026-03]").due == date(2026, 3, 1)


def test_every_field_is_read_in_either_format() -> None:
    emoji = read_fields(
        "jog 🔼 🔁 every day 🆔 a1 ⛔ b2,c3 ➕ 2026-03-01 🛫 2026-03-02 ⏳ 2026-03-03 📅 2026-03-04 ❌ 2026-03-05 ok ^blk"
    )
    inline = read_fields(
        "jog [priority:: medium] [repeat:: every day] [id:: a1] [dependsOn:: b2, c3] [created:: 2026-03-01] "
        "[start:: 2026-03-02] [scheduled:: 2026-03-03] [due:: 2026-03-04] [cancelled:: 2026-03-05] ok ^blk"
    )
    for fields in (emoji, inline):
        days = (fields.created, fields.start, fields.scheduled, fields.due, fields.cancelled)
        assert days == tuple(date(2026, 3, day) for day in range(1, 6))
        assert (fields.priority, fields.recurrence, fields.id, fields.depends_on) == (
            "medium",
            "every day",
            "a1",
            ("b2", "c3"),
        )
        assert (fields.text, fields.block_id) == ("jog ok", "blk")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("  read   20\u00a0pages ", "read 20 pages"),
        ("read [[Book]] #evening ✅ 2026-03-05", "read [[Book]] #evening"),
        ("read #a 📅 2026-03-05 #b", "read #a #b"),
        ("read [pages:: 20], then sleep", "read, then sleep"),
        ("read [due:: 2026-03-04], [completion:: 2026-03-05],", "read"),
        ("read ✅ 2026-03-05, then sleep", "read, then sleep"),
        ("read `[pages:: 20]`", "read `[pages:: 20]`"),
        ("read [this](due::x)", "read [this](due::x)"),
        ("read 🔁 every 2 days #book", "read #book"),
        ("read ✅ 2026-03-05 21:15 late", "read late"),
        ("read @21:15 ^b1", "read"),
        ("read ^b1 more", "read ^b1 more"),
        ("read 🏁 delete", "read"),
        ("read ✅", "read ✅"),
        ("✅ 2026-03-05", ""),
        ("", ""),
    ],
)
def test_text_is_the_line_without_its_fields(body: str, text: str) -> None:
    assert read_fields(body).text == text


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("jog 🔁 every day", "every day"),
        ("jog 🔁every week on Mon, Thu 📅 2026-03-05", "every week on Mon, Thu"),
        ("jog 🔁 3 times a week #run", "3 times a week"),
        ("jog 🔁 2×/week [[Run]]", "2×/week"),
        ("jog 🔁 every day [min:: 1 km]", "every day"),
        ("jog [repeat:: every 3 days when done] x", "every 3 days when done"),
        ("jog 🔁", None),
        ("jog `🔁 every day`", None),
    ],
)
def test_a_recurrence_is_given_as_written(body: str, rule: object) -> None:
    assert read_fields(body).recurrence == rule


@pytest.mark.parametrize(
    ("body", "amounts"),
    [
        ("write 300 words", [("300", "words")]),
        ("write 1,000 words", [("1000", "words")]),
        ("run 1.5 km in 10 min", [("1.5", "km"), ("10", "min")]),
        ("run 1,5 km", [("1.5", "km")]),
        ("run 5km", [("5", "km")]),
        ("a 10-minute walk", [("10", "minute")]),
        ("10 push-ups", [("10", "push-ups")]),
        ("[words:: 420] in the den", [("420", "words")]),
        ("20 min [words:: 420]", [("20", "min"), ("420", "words")]),
        ("[words:: 100] [words:: 50]", [("100", "words"), ("50", "words")]),
        ("(25 min)", [("25", "min")]),
        ("1 000 words", [("1000", "words")]),
        ("1 000 000 words at 5 050 m", [("1000000", "words"), ("5050", "m")]),
        ("12\u202f345 steps", [("12345", "steps")]),
        ("2 000,5 km", [("2000.5", "km")]),
        ("0,750 l", [("0.750", "l")]),
        ("0.500 Wörter", [("0.500", "Wörter")]),
        ("150  words", [("150", "words")]),
        ("10.000 Schritte, 1.500 Wörter", [("10000", "Schritte"), ("1500", "Wörter")]),
        ("1.500 km und 1.234,5 m", [("1.500", "km"), ("1234.5", "m")]),
        ("[m:: 1.234,5]", [("1234.5", "m")]),
        ("chapter 5 300 words", [("300", "words")]),
        ("[words:: 1 000]", [("1000", "words")]),
        ("300 Wo\u0308rter", [("300", "Wo\u0308rter")]),
        ("5 m²", [("5", "m²")]),
        ("30 Minuten für 2 Bücher", [("30", "Minuten"), ("2", "Bücher")]),
    ],
)
def test_a_number_with_a_unit_is_a_quantity(body: str, amounts: object) -> None:
    assert [(str(one.amount), one.unit) for one in read_fields(body).quantities] == amounts
    assert all(isinstance(one.amount, Decimal) for one in read_fields(body).quantities)


@pytest.mark.parametrize(
    "body",
    [
        "read chapter 12",
        "1. jog",
        "jog 2026-03-05 early",
        "jog ✅ 2026-03-05 early",
        "jog at 09:15 sharp",
        "jog at 9 am",
        "the 2nd time",
        "on 5 March",
        "pay $20 now",
        "3 of these",
        "#5 things",
        "`300 words`",
        "[[300 words]]",
        "see https://example.org/300 and",
        "[id:: 12]",
        "[target:: 300 words]",
        "[target:: 300]",
        "🔁 every 3 days",
        "room A4 paper",
        "1½ h",
        "½ h",
        "3x10",
    ],
)
def test_any_other_number_is_none(body: str) -> None:
    assert read_fields(body).quantities == ()


@pytest.mark.parametrize(
    ("body", "clock"),
    [
        ("jog ✅ 2026-03-05 07:45", "07:45"),
        ("jog ✅ 2026-03-05T7:45 x", "07:45"),
        ("jog @7:45", "07:45"),
        ("jog [time:: 07:45]", "07:45"),
        ("jog [completion:: 2026-03-05T07:45]", "07:45"),
        ("jog @06:00 ✅ 2026-03-05 07:45", "07:45"),
        ("jog 📅 2026-03-05 07:45", None),
        ("jog @25:00", None),
        ("jog me@07:45", None),
        ("jog 07:45", None),
    ],
)
def test_a_time_is_read_where_one_is_written(body: str, clock: object) -> None:
    assert read_fields(body).time == clock


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ("[[Run]] and [[Goals/Run#Plan|plan]]", ("Run", "Goals/Run")),
        (
            "[a](My%20run.md) [b](<other run.md#x> 'title') [c](a(1).md)",
            ("My run.md", "other run.md", "a(1).md"),
        ),
        ("[goal:: [[Run]]]", ("Run",)),
        ("`[[Run]]` ![[pic.png]] [[#here]] [x](https://example.org) [y](mailto:a@b.c)", ()),
        ("[[]] [[ ]] [](  )", ()),
    ],
)
def test_links_to_notes_are_given_by_their_targets(body: str, links: object) -> None:
    assert read_fields(body).links == links


@pytest.mark.parametrize(
    ("body", "tags"),
    [
        ("#run #run/slow, #Ä1!", ("#run", "#run/slow", "#Ä1")),
        ("#1984 #y1984", ("#y1984",)),
        ("x#a ##b (#c) `#d` [[e #f]] https://example.org/ #g", ("#g",)),
        ("#run📅 2026-03-05", ("#run",)),
        ("#a #b #a", ("#a", "#b")),
    ],
)
def test_tags_are_those_of_obsidian(body: str, tags: object) -> None:
    assert read_fields(body).tags == tags


def test_inline_fields_keep_all_their_values_by_key() -> None:
    fields = read_fields("[mood:: good] x [mood:: better] (Room:: 2) `[no:: 1]`")
    assert fields.inline == {"mood": ("good", "better"), "Room": ("2",), "room": ("2",)}


def test_a_word_of_priority_that_is_none_is_none() -> None:
    assert read_fields("jog [priority:: urgent]").priority == "none"


pieces = st.sampled_from(
    [
        "✅",
        "📅",
        "🔁",
        "🆔",
        "⛔",
        "🏁",
        "🔺",
        "️",
        " ",
        "2026-03-05",
        "2026-02-30",
        "09:15",
        "@",
        "`",
        "``",
        "\\",
        "[",
        "]",
        "(",
        ")",
        "::",
        "due",
        "completion",
        "[[",
        "]]",
        "|",
        "#",
        "#a",
        "^b",
        "300",
        " words",
        ",",
        ".",
        "-",
        "\xa0",
        "\u2028",
        "every day",
        "://",
        "%20",
    ]
)


@given(st.lists(pieces, max_size=25).map("".join) | st.text(max_size=60))
def test_no_text_raises_and_text_is_tidy(body: str) -> None:
    fields = read_fields(body)
    assert fields.text == " ".join(fields.text.split(" "))
    assert (
        fields.text.strip() == fields.text
        or fields.text.strip("\x1c\x1d\x1e\x1f\x85 ") == fields.text.strip()
    )


@given(st.lists(pieces, max_size=25).map("".join))
def test_a_valid_date_of_the_plugin_always_wins(body: str) -> None:
    plugin = read_plugin_task(f"- [x] {body}")
    fields = read_fields(body)
    for name in ("done", "due"):
        strict = getattr(plugin, name)
        assert strict is None or getattr(fields, name) == strict


@pytest.mark.parametrize(
    "body",
    [
        "✅ 2026-03-05 " * 5000,
        "🔁 " * 20000,
        "` `` " * 15000,
        "[a:: " * 15000,
        "[[" * 30000,
        "[x](" * 20000,
        "[x](a" + "(" * 50000,
        "1" * 60000,
        "1,000" * 15000,
        "a-" * 30000,
        "#" * 60000,
        " " * 60000 + "^a",
        "[a:: 1]," * 8000,
        "\\`" * 30000,
        "a://" * 15000,
        "⛔ a , " * 10000,
    ],
)
def test_a_hostile_line_takes_no_more_than_moments(body: str) -> None:
    start = time.process_time()
    read_fields(body)
    assert time.process_time() - start < 3


plain_words = st.text("ab words 10 300,5. km min-2026-01-04 x!é'’–;?", max_size=15)
links = st.text("ab 10 km/|#_.-é!", max_size=8).map("[[{}]]".format)


@given(
    st.lists(st.one_of(plain_words, plain_words, links), max_size=4).map("".join),
    st.one_of(
        st.sampled_from(["", " ✅ 2026-01-04", " ✅ 2026-02-30"]),
        st.text("every 3day,/-s! ✅1", max_size=12).map(" 🔁 {}".format),
        st.sampled_from([" 🔁 2-4 days, or so", " 🔁 every day ✅ 2026-01-04", " 🔁 3/week 🔁 daily", "🔁 every day", " 🔁", " 🔁  daily "]),
    ),
)  # fmt: skip
def test_plain_lines_are_read_by_the_short_way_as_by_the_long_one(text: str, done: str) -> None:
    assert read_fields(text + done) == read_any_fields(text + done)


@given(
    st.lists(st.one_of(plain_words, plain_words, links), max_size=3).map("".join),
    st.sampled_from(["pages", "Pages", "km", "time", "due", "Done", "goal", "a b", "é", "", "p"]),
    st.sampled_from(["12", "1.5", "1,5", "1,500", "007", "", "x", "-1", "[3]", "2026-01-04", "9:30", "9" * 15, "9" * 16, "1." + "3" * 16]),
    st.sampled_from(["[{}:: {}]", " [{}::{}]", " [{}::  {} ]", " ({}:: {})", "[[{}:: {}]", " [{}:: {}]]", " [{}:: {}], ", "[{0}:: {1}][{0}:: {1}]", "\\[{}:: {}]"]),
    st.sampled_from(["", " ✅ 2026-01-04", "✅ 2026-01-04", " 🔁 daily", " more", "."]),
)  # fmt: skip
def test_so_are_those_with_an_amount_in_a_field(
    text: str, unit: str, amount: str, field: str, done: str
) -> None:
    line = text + field.format(unit, amount) + done
    assert read_fields(line) == read_any_fields(line)
    assert read_fields(line).inline.keys() == read_any_fields(line).inline.keys()
