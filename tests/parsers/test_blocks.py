from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.blocks import Block, Form, closing, opening, read_blocks
from microwins.parsers.marker_slips import slip_problems
from microwins.parsers.note import Note, Reading, read_note
from microwins.parsers.source import Source

FORMS: tuple[Form, ...] = ("html", "percent")


def note(text: str) -> Note:
    return read_note("Note.md", text, Reading())


def codes(text: str) -> list[str]:
    return [problem.code for problem in note(text).problems]


def inside(text: str) -> list[str]:
    return [text[block.content[0] : block.content[1]] for block in note(text).blocks]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_a_pair_of_markers_owns_what_stands_between_them(form: Form, eol: str) -> None:
    text = eol.join(["before", "", opening("summary", form=form), "a", "b", closing(form), "after"])
    [block] = note(text).blocks
    assert (block.name, block.options, block.form, block.start, block.end) == ("summary", "", form, 3, 6)
    assert inside(text) == [f"a{eol}b{eol}"]


def test_a_marker_says_its_name_in_any_case_and_its_options() -> None:
    [block] = note("<!--microwins:Month  days=31 -->\n<!--/microwins-->").blocks
    assert (block.name, block.options) == ("month", "days=31")
    assert opening("month", " days=31 ") == "<!-- microwins:month days=31 -->"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("after", ["", "\n", "\n\n", "\n\nText", "\n# Heading", "\n%% microwins:week %%"])
def test_a_marker_that_was_just_pasted_is_a_block_without_an_end(form: Form, after: str) -> None:
    block = note(opening("today", form=form) + after).blocks[0]
    assert block.end is None
    assert block.content[0] == block.content[1]


@pytest.mark.parametrize(
    "text",
    [
        "<!-- microwins:today -->\ntext of a block whose end is lost",
        "<!-- /microwins -->",
        "<!-- microwins:today -->\n<!-- /microwins -->\n<!-- /microwins -->",
        "<!-- microwins:week -->\ntext\n<!-- microwins:today -->\n<!-- /microwins -->\n<!-- /microwins -->",
        "<!-- microwins:week -->\n<!-- microwins:today -->\n<!-- /microwins -->\n<!-- /microwins -->",
    ],
    ids=["never closed", "never opened", "closed twice", "nested", "nested at once"],
)
def test_a_broken_or_nested_marker_leaves_no_block_at_all(text: str) -> None:
    found = note(f"<!-- microwins:goals -->\n<!-- /microwins -->\n\n{text}\n")
    assert found.blocks == ()
    assert found.markers_broken
    assert {problem.code for problem in found.problems} == {"marker-broken"}
    assert all(problem.line and problem.line > 2 and problem.remedy for problem in found.problems)


@pytest.mark.parametrize(
    "text",
    [
        "```\n<!-- microwins:today -->\n```",
        "    <!-- microwins:today -->",
        "---\na: |\n <!-- microwins:today -->\n---",
        "%%\n<!-- microwins:today -->\n%%",
        "<!--\n<!-- microwins:today -->\n-->",
        "I wrote `<!-- microwins:today -->` here",
        "<!-- microwinsome:today -->",
    ],
    ids=[
        "fence",
        "indented code",
        "frontmatter",
        "comment",
        "html comment",
        "code in a line",
        "another tool",
    ],
)
def test_a_marker_that_is_only_talked_about_means_nothing(text: str) -> None:
    assert note(text).blocks == ()
    assert codes(text) == []


@pytest.mark.parametrize(
    "line", ["- <!-- microwins:today -->", "  <!-- microwins:today -->", "<!-- microwins:today --> text", "<!-- microwins:today --> -->",
             "1. <!-- microwins:today -->", "Today: <!-- microwins:today -->", "| a | <!-- microwins:today --> |", "see %% microwins:today %% here"]
)  # fmt: skip
def test_a_marker_that_does_not_stand_alone_is_told_and_breaks_nothing(line: str) -> None:
    found = note(f"{line}\n\n<!-- microwins:week -->\n<!-- /microwins -->\n")
    assert [block.name for block in found.blocks] == ["week"]
    assert [problem.code for problem in found.problems] == ["marker-misplaced"]


@pytest.mark.parametrize(
    "line", ["<!-- microwins: week -->", "<!-- microwins week -->", "> %% microwins: %%"]
)
def test_a_marker_without_a_name_is_told_as_it_is_to_be_written(line: str) -> None:
    [problem] = note(f"{line}\n").problems
    assert (problem.code, problem.message) == ("marker-misplaced", "This microwins marker cannot be read.")
    assert "`<!-- microwins:week -->`" in problem.remedy


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("<!-- microwin:today -->", "microwins:today"), ("<!-- Microwins:today -->", "microwins:today"), ("%% micro-wins: week %%", "microwins:week"),
        ("<!-- mircowins:goals wide -->", "microwins:goals"), ("<!-- microwins:today ->\n\ntext", "microwins:today"), ("> <!-- microwing week -->", "microwins:week"),
        ("<!— microwins:today —>", "microwins:today"), ("<-- microwins:month -->", "microwins:month"), ("- <!- microwins:next ->", "microwins:next"),
        ("% microwins:open %", "microwins:open"), ("%% microwins:news\ntext", "microwins:news"), ("<!-- /microwin -->", "/microwins"),
    ],
)  # fmt: skip
def test_what_was_surely_meant_as_a_marker_is_told_with_the_marker(line: str, meant: str) -> None:
    [problem] = note(f"{line}\n").problems
    assert (problem.code, problem.line) == ("marker-misplaced", 1)
    assert problem.remedy == f"Did you mean `<!-- {meant} -->`?"


@pytest.mark.parametrize(
    "text",
    [
        "`<!-- microwin:week -->`", "```\n<!-- microwin:week -->\n```", "<!-- microwave:open -->", "<!-- microsoft: open -->", "%% micro tasks: today %%",
        "<!-- Micro-wins today: three -->", "<!-- microwin:wok -->", "100 % microwins:today", "microwin:today", "%% my microwins of the week %%", "a << microwins:today >>",
    ],
)  # fmt: skip
def test_a_comment_of_somebody_elses_is_no_slip(text: str) -> None:
    assert codes(f"{text}\n") == []


def test_the_two_forms_may_stand_in_one_note() -> None:
    assert inside(
        "%% microwins:week %%\na\n%% /microwins %%\n<!-- microwins:today -->\nb\n<!-- /microwins -->"
    ) == ["a\n", "b\n"]


def test_no_goal_is_read_back_from_a_block() -> None:
    found = note(
        "---\ntype: goal\n---\n## Micro-wins\n- Read\n\n<!-- microwins:today -->\n- ○ Walk\n<!-- /microwins -->\n"
    )
    assert found.goal is not None
    assert [one.text for one in found.goal.declarations] == ["Read"]


def test_a_slip_in_an_opening_marker_is_one_problem_and_still_stops_the_note() -> None:
    found = note("<!-- microwin:today -->\n- [ ] mine\n<!-- /microwins -->\n\n<!-- microwins:week -->\n")
    assert found.markers_broken
    assert [(problem.code, problem.line) for problem in found.problems] == [("marker-misplaced", 1)]
    twice = note("<!-- microwin:today -->\n<!-- /microwins -->\n<!-- /microwins -->\n")
    assert [problem.line for problem in twice.problems] == [1, 3]
    other = note("<!-- /microwin -->\n<!-- /microwins -->\n")
    assert [problem.line for problem in other.problems] == [1, 2]


@pytest.mark.parametrize(
    "line", ["mine<!-- /microwins -->", "- [ ] mine %% /microwins %%", "> mine <!-- /microwins -->"]
)
def test_a_closing_marker_that_slipped_behind_other_text_stops_the_note(line: str) -> None:
    found = note(f"<!-- microwins:today -->\n{line}\nmine\n<!-- /microwins -->\n")
    assert found.blocks == ()
    assert found.markers_broken
    assert [(problem.code, problem.line) for problem in found.problems] == [("marker-broken", 2)]


def test_a_closing_marker_that_slipped_into_a_quote_stops_the_note() -> None:
    found = note("<!-- microwins:today -->\n> <!-- /microwins -->\nmine\n<!-- /microwins -->\n")
    assert found.blocks == ()
    assert {problem.code for problem in found.problems} == {"marker-broken"}


@pytest.mark.parametrize("form", FORMS)
def test_a_very_long_marker_costs_no_more_than_its_length(form: Form) -> None:
    end = opening("x", form=form)[-3:].strip()
    before = process_time()
    for middle in (" " * 200_000, "- " * 100_000, f"{end} " * 60_000):
        start = opening("today", form=form).removesuffix(end)
        assert read_blocks(Source.of(f"{start}{middle}x"))[0] == ()
    assert process_time() - before < 2


@pytest.mark.parametrize(
    "text",
    ["<" + " " * 400_000 + "microwins:today x", "<" + "-" * 400_000 + "microwins:today >", "%%" * 200_000, "<!-- " * 100_000,
     "<!-- microvins today x -->\n" * 20_000, "> " * 50_000 + "<microwins:today"],
)  # fmt: skip
def test_looking_for_slips_costs_no_more_than_the_length_of_a_note(text: str) -> None:
    before = process_time()
    assert list(slip_problems(Source.of(text), (), (), "N.md")) == []
    assert process_time() - before < 2


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("<!-%> microwins:today/\n"), max_size=120))
def test_blocks_never_overlap_and_broken_means_none(text: str) -> None:
    blocks, problems = read_blocks(Source.of(text))
    if any(problem.code == "marker-broken" for problem in problems):
        assert blocks == ()
    ends = [0]
    for block in blocks:
        assert isinstance(block, Block)
        assert ends[-1] <= block.content[0] <= block.content[1] <= len(text)
        ends.append(block.content[1])


@pytest.mark.parametrize(
    "text",
    [
        "<!-- microwins:summary -->\nx\n%% /microwins %%\n",
        "%% microwins:week %%\n%% microwins:week %%\n<!-- /microwins -->\n",
        "<!-- microwins:today -->\n%% /microwins %%\n\t- [ ] a <!--\n",
    ],
)
def test_a_block_is_closed_in_the_form_in_which_it_was_opened(text: str) -> None:
    blocks, problems = read_blocks(Source.of(text), (), "a.md")
    assert blocks == ()
    assert "marker-broken" in {problem.code for problem in problems}
