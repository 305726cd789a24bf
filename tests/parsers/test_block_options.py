import pytest

from microwins.parsers import block_options, setting_kinds
from microwins.parsers.block_options import OPTIONS, Option, Options, read_options
from microwins.parsers.blocks import BLOCK_NAMES

SAMPLE = (
    Option("as", setting_kinds.choice("picture", "text"), "picture", "How it is shown", ("picture", "text")),
    Option("goal", setting_kinds.text, "", "A goal"),
    Option("archived", setting_kinds.truth, False, "Whether archived goals are shown"),
)


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(block_options, "OPTIONS", {"sample": SAMPLE, "bare": ()})
    read_options.cache_clear()


def test_every_block_says_which_options_it_takes() -> None:
    assert tuple(OPTIONS) == BLOCK_NAMES


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("", ("picture", "", False)),
        ("text", ("text", "", False)),
        ("as=text", ("text", "", False)),
        ("archived", ("picture", "", True)),
        ("archived=no", ("picture", "", False)),
        ('goal="A book a year" TEXT', ("text", "A book a year", False)),
        ("goal=[[A book a year]] archived", ("picture", "[[A book a year]]", True)),
        ("Goal=Book", ("picture", "Book", False)),
        ("goal = Book archived = yes", ("picture", "Book", True)),
        ("goal='A book a year' text", ("text", "A book a year", False)),
        ("goal=“A book” text", ("text", "A book", False)),
        ("goal=„Ein Buch“ text", ("text", "Ein Buch", False)),
        ("goal=‘A book’ text", ("text", "A book", False)),
        ("goal=Anna's text", ("text", "Anna's", False)),
    ],
)
def test_options_are_read(written: str, values: tuple[object, ...]) -> None:
    found = read_options("sample", written)
    assert (found.word("as"), found.word("goal"), found.flag("archived")) == values
    assert found.mistakes == ()


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("written", "message", "remedy"),
    [
        ("gaol=Book", "The block `sample` has no option “gaol”.", "Did you mean `goal`?"),
        ("tekst", "The block `sample` has no option “tekst”.", "Did you mean `text`?"),
        (
            "zz",
            "The block `sample` has no option “zz”.",
            "It takes `as`, `goal`, `archived`.",
        ),
        ("as=film", "`as` cannot be “film”.", 'It takes one of "picture", "text".'),
    ],
)
def test_a_mistake_says_what_is_meant_and_the_rest_counts(written: str, message: str, remedy: str) -> None:
    found = read_options("sample", f"{written} archived")
    assert [(one.message, one.remedy) for one in found.mistakes] == [(message, remedy)]
    assert found.flag("archived")
    assert found.word("as") == "picture"


@pytest.mark.usefixtures("sample")
def test_a_giant_option_is_told_in_few_words() -> None:
    [mistake] = read_options("sample", "x" * 100_000).mistakes
    assert len(mistake.message) < 120


def test_what_is_not_set_is_nothing() -> None:
    assert (Options().word("goal"), Options().number("year"), Options().flag("archived")) == ("", None, False)


@pytest.mark.parametrize(
    ("block", "written", "remedy"),
    [
        ("week", "goal=Be fit", 'A value with spaces stands in quotes: `goal="Be fit"`.'),
        ("month", "2026-10", "Did you mean `month=2026-10`?"),
        ("heatmap", "2025", "Did you mean `year=2025`?"),
        ("week", "2", "Did you mean `weeks=2`?"),
        ("heatmap", "picture=no", "`picture` stands alone, without a value."),
        ("week", "weeks", "It is written `weeks=…`."),
        ("week", 'goal="Be fit" zzz', "It takes `goal`, `win`, `week`, `weeks`."),
        ("heatmap", "yeer=2025", "Did you mean `year=2025`?"),
        ("review", "week=2026-W10", "Did you mean `of=2026-W10`?"),
    ],
)
def test_a_slip_of_the_form_is_answered_with_the_form(block: str, written: str, remedy: str) -> None:
    assert [one.remedy for one in read_options(block, written).mistakes] == [remedy]


def test_a_list_may_have_spaces_behind_its_commas() -> None:
    found = read_options("summary", "show=head, pace depth=2")
    assert sorted(found.parts) == ["head", "pace"]
    assert (found.number("depth"), found.mistakes) == (2, ())
