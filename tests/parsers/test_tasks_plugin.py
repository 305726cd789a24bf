import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.task import PluginTask
from microwins.parsers.tasks_plugin import read_plugin_task

DAY = date(2026, 3, 5)


def read(body: str, **options: bool) -> PluginTask:
    task = read_plugin_task(f"- [ ] {body}", **options)
    assert task is not None
    return task


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("* [x] jog", id="star"),
        pytest.param("12345678901) [x] jog", id="any number of digits"),
        pytest.param("-    [x]    jog", id="many spaces"),
        pytest.param("\u00a0\u3000> >\t- [x] jog", id="white space and quote signs in front"),
        pytest.param("\ufeff- [x] jog", id="a byte order mark is white space"),
        pytest.param("- [x]jog", id="no space after the box"),
        pytest.param("- [x] jog\u2028lost", id="a line separator ends the body"),
    ],
)
def test_a_line_with_a_box_is_a_task_to_the_plugin(line: str) -> None:
    task = read_plugin_task(line)
    assert task is not None
    assert (task.status, task.description) == ("x", "jog")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("-\t[x] jog", id="a tab after the marker"),
        pytest.param("-[x] jog", id="nothing after the marker"),
        pytest.param("- [] jog", id="an empty box"),
        pytest.param("- [xx] jog", id="two letters in the box"),
        pytest.param("- [e\u0301] jog", id="a letter with a separate accent"),
        pytest.param("a. [x] jog", id="a letter as a number"),
        pytest.param("\u200b- [x] jog", id="a zero width space is not white"),
        pytest.param("\u0085- [x] jog", id="what is white to Python only"),
        pytest.param("- - [x] jog", id="two markers"),
        pytest.param("\u0663. [x] jog", id="other digits"),
    ],
)
def test_a_line_of_another_form_is_none_to_the_plugin(line: str) -> None:
    assert read_plugin_task(line) is None


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("jog 📅 2026-03-05", "due"),
        ("jog 📆2026-03-05", "due"),
        ("jog🗓\ufe0f   2026-03-05", "due"),
        ("jog ⌛ 2026-03-05", "scheduled"),
        ("jog ⏳\ufe0f2026-03-05", "scheduled"),
        ("jog 🛫 2026-03-05", "start"),
        ("jog ➕ 2026-03-05", "created"),
        ("jog ✅ 2026-03-05\t", "done"),
        ("jog ❌ 2026-03-05", "cancelled"),
    ],
)
def test_a_date_at_the_end_is_taken(body: str, name: str) -> None:
    task = read(body)
    assert (getattr(task, name), task.description) == (DAY, "jog")


@pytest.mark.parametrize(
    "body",
    [
        "jog ✅ 2026-03-05 fast",
        "jog ✅ 2026-03-05.",
        "jog ✅ 2026-3-5",
        "jog ✅\u00a02026-03-05",
        "jog ✅\ufe0f\ufe0f 2026-03-05",
        "jog ✅ [[2026-03-05]]",
        "jog ✅ 2026-03-05 [[Park]]",
        "jog ✅ ２０２６-03-05",
        "jog ✅ 2026-03-05 [completion:: 2026-03-05]",
    ],
)
def test_any_other_text_at_the_end_hides_the_date(body: str) -> None:
    task = read(body)
    assert (task.done, task.description) == (None, body)


def test_an_impossible_date_is_taken_off_and_is_none() -> None:
    task = read("jog 📅 2026-02-29 ✅ 2026-03-05")
    assert (task.description, task.due, task.done) == ("jog", None, DAY)


def test_of_two_dates_of_a_kind_the_left_one_counts() -> None:
    assert read("jog ✅ 2026-03-05 ✅ 2026-03-06 ✅ 2026-03-07").done == DAY


def test_a_due_date_followed_by_twenty_tags_is_found() -> None:
    tags = " ".join(f"#tag{number}" for number in range(20))
    assert read(f"jog 📅 2026-03-05 {tags}").due == DAY
    assert read(f"jog 📅 2026-03-05 {tags} #last").due is None


def test_tags_between_fields_go_back_to_the_description_in_order() -> None:
    task = read("jog #a 📅 2026-03-05 #b 🔼 #c")
    assert (task.description, task.tags, task.priority) == ("jog #a #b #c", ("#a", "#b", "#c"), "medium")


def test_a_task_of_tags_alone_has_no_space_in_front() -> None:
    assert read("#jog ⏫").description == "#jog"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#1984", ("#1984",)),
        ("#a;b x", ("#a;b",)),
        ("#4.5 x", ("#4",)),
        ("(#a) ##b x#c #", ()),
        ("#🏃 x", ("#🏃",)),
        ("x\u00a0#a", ("#a",)),
    ],
)
def test_tags_are_the_plugins_own(text: str, tags: object) -> None:
    assert read(text).tags == tags


def test_ids_and_what_a_task_waits_for() -> None:
    task = read("jog 🆔 a-1_B ⛔ x1 , y-2,z")
    assert (task.id, task.depends_on) == ("a-1_B", ("x1", "y-2", "z"))
    assert read("jog ⛔ x1,,y2").depends_on == ()


def test_what_happens_on_completion() -> None:
    assert read("jog 🏁 Delete").on_completion == "delete"
    unknown = read("jog 🏁 shout")
    assert (unknown.on_completion, unknown.description) == (None, "jog")


@pytest.mark.parametrize(
    ("body", "link", "description"),
    [
        ("jog ^a-1  ", " ^a-1", "jog"),
        ("jog ^a ^b", " ^b", "jog ^a"),
        ("jog ^a_b", None, "jog ^a_b"),
        ("jog\t^a", None, "jog\t^a"),
        ("jog ^a 📅 2026-03-05", None, "jog ^a"),
    ],
)
def test_a_block_link_stands_at_the_very_end_after_a_space(body: str, link: object, description: str) -> None:
    task = read(body)
    assert (task.block_link, task.description) == (link, description)


def test_a_rule_is_given_in_the_plugins_words() -> None:
    assert read("jog 🔁 every Mon 📅 2026-03-05").recurrence == "every week on Monday"
    assert read("jog 🔁 now and then").recurrence is None


def test_a_rule_that_would_count_from_an_impossible_day_is_dropped() -> None:
    assert read("jog 🔁 every day 📅 2026-02-30").recurrence is None
    assert read("jog 🔁 every day ⏳ 2026-02-30 📅 2026-03-05").recurrence == "every day"


@pytest.mark.parametrize(
    ("body", "done"),
    [
        ("jog [completion:: 2026-03-05]", DAY),
        ("jog (completion::2026-03-05 ) , #tag", DAY),
        ("jog [due:: 2026-03-04], [completion:: 2026-03-05],", DAY),
        ("jog [completion:: 2026-03-05)", None),
        ("jog [Completion:: 2026-03-05]", None),
        ("jog ✅ 2026-03-05", None),
    ],
)
def test_the_plugins_other_format_reads_inline_fields(body: str, done: object) -> None:
    assert read(body, dataview_format=True).done == done


def test_the_other_format_reads_every_field() -> None:
    task = read(
        "jog [priority:: low] [id:: a] [dependsOn:: b, c] [repeat:: every day] [onCompletion:: keep]",
        dataview_format=True,
    )
    found = (task.priority, task.id, task.depends_on, task.recurrence, task.on_completion, task.description)
    assert found == ("low", "a", ("b", "c"), "every day", "keep", "jog")


@given(st.text(alphabet="-[] x#✅🔁⛔2026-03,^>\t\u00a0\ufe0f()::a\n", max_size=60), st.booleans())
def test_no_text_raises(text: str, dataview: bool) -> None:
    read_plugin_task(text, dataview_format=dataview)


@pytest.mark.parametrize(
    "body",
    ["🔁" + " " * 50000 + ";", "⛔ " + "a , " * 15000 + ";", "✅ " * 30000, " " * 60000 + ".", "#a " * 20000],
)
def test_a_hostile_line_takes_no_more_than_a_moment(body: str) -> None:
    start = time.process_time()
    read_plugin_task(f"- [ ] {body}")
    read_plugin_task(f"- [ ] [repeat:: {body}", dataview_format=True)
    assert time.process_time() - start < 2
