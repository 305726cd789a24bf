from collections.abc import Mapping
from itertools import permutations
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.identity import numberless_key, text_key
from microwins.parsers.line_fields import read_fields
from microwins.parsers.note import Reading, read_note
from microwins.streaks.calendar import NeutralDays
from microwins.streaks.catalog import Catalog, Match, VaultDefaults, make_catalog
from microwins.streaks.declared_wins import declared_wins
from microwins.streaks.micro_win import MicroWin

BOOK, RUN = "Goals/Book.md", "Goals/Run.md"


DEFAULTS = VaultDefaults()


def catalog(goals: Mapping[str, str], defaults: VaultDefaults = DEFAULTS) -> Catalog:
    """Return the catalog of goals given as path and micro-wins, or a whole note."""
    notes = []
    for path, text in goals.items():
        whole = text if text.startswith("---") else f"---\ntype: goal\n---\n## Micro-wins\n{text}\n"
        notes.append(read_note(path, whole, Reading()))
    return make_catalog([note.goal for note in notes if note.goal], defaults)


def match(found: Catalog, line: str, path: str = "Day.md") -> Match:
    return found.match(read_fields(f" {line}"), path)


def win(found: Catalog, line: str, path: str = "Day.md") -> str | None:
    one = match(found, line, path).win
    return one.id if one else None


@pytest.mark.parametrize(
    "line",
    [
        "Write 300 words",
        "write  300 WORDS!",
        "✍️ Write 300 words",
        "Write 300 words #deep",
        "Write 300 [[Units|words]]",
        "Write 300 words ✅ 2026-03-04 ^a1",
    ],
)
def test_a_box_finds_its_micro_win_by_its_text(line: str) -> None:
    found = catalog({BOOK: "- Write 300 words 🔁 every day\n- Read"})
    assert win(found, line) == "write-300-words"
    assert match(found, line).reason == "text"


def test_a_box_that_says_something_else_belongs_to_none() -> None:
    found = catalog({BOOK: "- Write 300 words"})
    assert win(found, "Write a letter") is None
    assert match(found, "Write a letter").rivals == ()


@pytest.mark.parametrize("line", ["Anything 🆔 draft", "Anything [id:: draft]"])
def test_an_id_comes_before_the_text(line: str) -> None:
    found = catalog({BOOK: "- Open the draft [id:: draft]\n- Anything"})
    assert win(found, line) == "draft"
    assert win(found, "Anything 🆔 unknown") == "anything"


def test_a_number_may_change_where_that_alone_is_unique() -> None:
    found = catalog({BOOK: "- Write 300 words", RUN: "- Jog 10 minutes\n- Jog 20 minutes"})
    assert win(found, "Write 500 words") == "write-300-words"
    assert win(found, "Jog 10 minutes") == "jog-10-minutes"
    unclear = match(found, "Jog 30 minutes")
    assert unclear.win is None
    assert {one.id for one in unclear.rivals} == {"jog-10-minutes", "jog-20-minutes"}


def test_an_old_name_and_the_smallest_version_count_too() -> None:
    found = catalog({BOOK: "- Write 300 words [was:: Type a page] [min:: open the draft]"})
    assert win(found, "type a page") == win(found, "Open the draft!") == "write-300-words"


def test_one_name_in_two_goals_is_settled_by_a_link_or_by_the_goals_own_note() -> None:
    found = catalog({BOOK: "- Plan the week", RUN: "- Plan the week!"})
    assert set(found.wins) == {"book/plan-the-week", "run/plan-the-week"}
    assert win(found, "Plan the week [[Run]]") == "run/plan-the-week"
    assert win(found, "Plan the week [[Goals/Book|my book]]") == "book/plan-the-week"
    assert win(found, "Plan the week", RUN) == "run/plan-the-week"
    unclear = match(found, "Plan the week")
    assert (unclear.win, len(unclear.rivals)) == (None, 2)
    assert match(found, "Plan the week [[Elsewhere]]").win is None


def test_a_link_that_belongs_to_the_name_is_no_hindrance() -> None:
    found = catalog({BOOK: "- Read [[Run]] again"})
    assert win(found, "Read [[Run]] again") == "read-run-again"
    assert win(found, "Read run again") == "read-run-again"


def test_an_emoji_alone_is_a_name() -> None:
    found = catalog({BOOK: "- 💧 🔁 every day\n- 🏃 🔁 every day"})
    assert win(found, "💧") != win(found, "🏃")
    assert win(found, "💧") is not None


def test_lines_of_one_name_are_one_micro_win_with_its_history() -> None:
    found = catalog({BOOK: "- Write [from:: 2026-03-01] 🔁 every 2 days\n- Write 🔁 every day"})
    [one] = found.wins.values()
    assert [str(phase.since) for phase in one.phases] == ["None", "2026-03-01"]
    assert one.schedule == "every 2 days"
    renamed = catalog({BOOK: "- Write [id:: w] 🔁 every day\n- Write daily [id:: w] [from:: 2026-03-01]"})
    assert win(renamed, "write") == win(renamed, "Write daily") == "w"


def test_the_same_id_twice_is_told_and_both_are_kept() -> None:
    found = catalog({"a/Goal.md": "- Read", "b/Goal.md": "- Read"})
    assert len(found.wins) == 2
    [problem] = found.problems
    assert (problem.code, problem.path) == ("id-duplicate", "b/Goal.md")


def test_the_order_in_which_goals_come_makes_no_difference() -> None:
    goals = {BOOK: "- Read\n- Write", RUN: "- Read\n- Jog", "a/Run.md": "- Jog"}
    first = catalog(goals)
    assert all(catalog(dict(order)) == first for order in permutations(goals.items()))


def test_a_goal_is_found_by_path_name_title_and_alias() -> None:
    found = catalog({BOOK: "---\ntype: goal\ntitle: The Novel\naliases: [Opus]\n---\n", RUN: ""})
    for link in ("Goals/Book", "Goals/Book.md", "book", "BOOK#Steps", "The  novel", "opus"):
        assert found.goal_path(link) == BOOK
    assert found.goal_path("Booking") is None


def test_what_a_note_is_called_comes_before_what_another_calls_itself() -> None:
    found = catalog({"A.md": "---\ntype: goal\ntitle: Run\naliases: [Book]\n---\n", BOOK: "", RUN: ""})
    assert found.goal_path("Book") == BOOK
    assert found.goal_path("Run") == RUN


def test_a_goal_takes_from_the_vault_what_it_does_not_say() -> None:
    found = catalog(
        {BOOK: "- Read", RUN: "---\ntype: goal\ngrace: none\n---\n## Micro-wins\n- Jog\n"},
        VaultDefaults(grace="never-twice"),
    )
    assert (found.wins["read"].grace, found.wins["jog"].grace) == ("never-twice", "none")


def test_a_box_says_why_it_was_matched() -> None:
    found = catalog(
        {
            BOOK: "- Write 300 words [was:: Type a page] [min:: open the draft] [id:: w]\n- Plan the week",
            RUN: "- Plan the week\n- Jog 10 minutes\n- Jog 20 minutes",
        }
    )
    reasons = {
        "Anything 🆔 w": "id",
        "write 300 words!": "text",
        "Write 500 words": "text without its numbers",
        "type a page": "earlier name",
        "Open the draft": "smaller version",
        "Plan the week [[Run]]": "text, and a link to its goal",
        "Plan the week": "the text fits several micro-wins: book/plan-the-week or run/plan-the-week",
        "Jog 5 minutes": "the text without its numbers fits several micro-wins: jog-10-minutes or jog-20-minutes",
        "Swim": "no micro-win is called this",
    }
    assert {line: match(found, line).reason for line in reasons} == reasons
    assert match(found, "Plan the week", RUN).reason == "text, and its goal's own note"


@pytest.mark.parametrize(
    "link",
    [
        "[[Book#Plan|the book]]",
        "[[Book#^a1]]",
        "[[Goals/Book]]",
        "[[Book.md]]",
        "[[BOOK]]",
        "[[/Goals/Book]]",
        "[book](Goals/Book.md)",
        "[book](../Goals/Book.md#plan)",
        "[book](</Goals/Book.md>)",
        "[[Opus]]",
        "[[My novel|it]]",
    ],
)
def test_a_goal_may_be_linked_to_in_any_spelling(link: str) -> None:
    book = "---\ntype: goal\ntitle: My novel\naliases: [Opus]\n---\n## Micro-wins\n- Plan the week\n"
    found = catalog({BOOK: book, RUN: "- Plan the week"})
    assert win(found, f"Plan the week {link}", "Journal/Day.md") == "book/plan-the-week"


def test_a_path_with_spaces_may_be_written_in_either_way() -> None:
    found = catalog({"Goals/My Book.md": "- Read", "Goals/Run.md": "- Read"})
    for link in ("[b](Goals/My%20Book.md)", "[b](<Goals/My Book.md>)", "[[my  book]]"):
        assert win(found, f"Read {link}") == "my-book/read"


def test_a_link_to_something_else_stays_a_part_of_the_name() -> None:
    found = catalog({BOOK: "- Read [[Sapiens]]\n- Read", RUN: "- Read"})
    assert win(found, "Read [[Sapiens]] [[Book]]") == "read-sapiens"
    assert win(found, "Read [[Book]]") == "book/read"


def test_of_two_goals_of_one_file_name_the_nearer_is_meant_and_none_where_none_is_nearer() -> None:
    found = catalog({"Home/Plan.md": "- Tidy", "Work/Plan.md": "- Tidy", "Work/old/Plan.md": ""})
    assert found.goal_path("Plan", "Home/Day.md") == "Home/Plan.md"
    assert found.goal_path("Plan", "Work/old/x.md") == "Work/old/Plan.md"
    assert found.goal_path("old/Plan", "Home/Day.md") == "Work/old/Plan.md"
    assert found.goal_path("Plan", "Day.md") is None
    assert found.goal_path("Work/Plan", "Day.md") == "Work/Plan.md"
    assert win(found, "Tidy [[Plan]]") is None
    assert len(match(found, "Tidy [[Plan]]").rivals) == 2
    near = match(found, "Tidy [[Plan]]", "Work/Day.md").win
    assert near is not None
    assert near.goal == "Work/Plan.md"


def test_the_shortest_path_is_meant_where_no_goal_is_nearer() -> None:
    found = catalog({"Plan.md": "", "Archive/Plan.md": "", "Archive/old/Plan.md": ""})
    assert found.goal_path("Plan", "Journal/Day.md") == "Plan.md"
    assert found.goal_path("Plan", "Archive/Day.md") == "Archive/Plan.md"


def test_a_relative_link_counts_from_the_folder_of_its_note() -> None:
    found = catalog({"Goals/Book.md": "", "Goals/old/Book.md": ""})
    assert found.goal_path("./old/Book.md", "Goals/x.md") == "Goals/old/Book.md"
    assert found.goal_path("../Book.md", "Goals/old/x.md") == "Goals/Book.md"
    assert found.goal_path("../Book.md", "Goals/x.md") is None


def test_a_title_of_two_goals_is_the_name_of_neither() -> None:
    found = catalog(
        {BOOK: "---\ntype: goal\ntitle: Opus\n---\n", RUN: "---\ntype: goal\naliases: [opus]\n---\n"}
    )
    assert found.goal_path("Opus") is None


def test_a_name_is_one_however_its_accents_are_encoded() -> None:
    assert catalog({"Goals/Cafe\u0301.md": ""}).goal_path("Café") == "Goals/Cafe\u0301.md"


def test_a_parent_that_could_be_two_goals_is_told_and_one_in_the_same_folder_is_meant() -> None:
    child = "---\ntype: goal\nparent: '[[Year]]'\n---\n"
    found = catalog({"Home/Year.md": "", "Work/Year.md": "", "Work/Book.md": child, "Book.md": child})
    assert (found.goals["Work/Book.md"].parent, found.goals["Book.md"].parent) == ("Work/Year.md", None)
    [problem] = found.problems
    assert (problem.code, problem.path) == ("goal-link-ambiguous", "Book.md")
    assert "Home/Year.md or Work/Year.md" in problem.message
    assert "[[Home/Year]]" in problem.remedy


def test_a_goal_note_that_is_renamed_or_moved_keeps_its_micro_wins() -> None:
    text = "- Write 300 words\n- Read [was:: Leaf through]"
    before = catalog({BOOK: text})
    for path in ("Goals/The novel.md", "Archive/2026/Book.md"):
        after = catalog({path: text})
        assert set(after.wins) == set(before.wins)
        assert win(after, "Leaf through") == win(before, "Leaf through") == "read"


def test_a_micro_win_that_is_renamed_keeps_the_boxes_of_its_old_names() -> None:
    found = catalog({BOOK: "- Write a page [was:: Write 300 words] [was:: Type]"})
    assert win(found, "Write 300 words") == win(found, "type") == win(found, "Write a page") == "write-a-page"


lines = st.sampled_from(
    ["Read", "read!", "Jog 10 minutes", "Jog 20 minutes", "Jog 0 minutes", "Jog", "Run [was:: Jog 5 minutes]",
     "Read [id:: read]", "Walk [id:: read]", "Walk [min:: jog 10 minutes]", "Swim [id:: a/read]", "Swim [id:: jog]"]
)  # fmt: skip
declared = st.lists(lines, min_size=1, max_size=4, unique=True).map(
    lambda found: "\n".join(f"- {one}" for one in found)
)
asked = st.sampled_from(
    ["Read", "Jog 10 minutes", "Jog 3 minutes", "Jog 0 minutes", "Jog", "Jog 5 minutes", "Walk", "Run 2", "0"]
)


@given(st.dictionaries(st.sampled_from(["a.md", "b.md", "c.md"]), declared, max_size=3), asked)
def test_a_box_belongs_to_what_is_called_so_and_else_to_what_is_called_so_but_for_numbers(
    goals: dict[str, str], line: str
) -> None:
    found, key = catalog(goals), text_key(line)
    keys = {one.id: {text_key(text) for text in _texts(one)} for one in found.wins.values()}
    exact = [win_id for win_id, known in keys.items() if key in known]
    like = [
        win_id
        for win_id, known in keys.items()
        if numberless_key(key) in {numberless_key(one) for one in known}
    ]
    assert _matched(match(found, line)) == (exact or like)


@given(st.dictionaries(st.sampled_from(["a.md", "b.md", "c.md"]), declared, max_size=3))
def test_an_id_is_found_by_the_one_that_is_written_and_by_the_one_that_it_became(
    goals: dict[str, str],
) -> None:
    found = catalog(goals)
    drafts = [one for goal in found.goals.values() for one in declared_wins(goal, NeutralDays(), "none")]
    both = zip(found.wins, [one.id if one.has_own_id else None for one in drafts], strict=True)
    known = [(win_id, {win_id, written}) for win_id, written in both]
    for wanted in {*found.wins, "read", "jog"}:
        expected = [win_id for win_id, ids in known if wanted in ids]
        assert _matched(match(found, f"Anything [id:: {wanted}]")) == expected


@given(st.lists(asked, max_size=12))
def test_what_is_remembered_of_texts_matches_as_if_nothing_were(texts: list[str]) -> None:
    goals = {"a.md": "- Read\n- Jog 10 minutes", "b.md": "- Walk [min:: jog 3 minutes]\n- Run 2"}
    found = catalog(goals)
    with patch("microwins.streaks.catalog._MOST_TEXTS", 2):
        told = [match(found, text) for text in texts]
    assert told == [match(catalog(goals), text) for text in texts]


def _texts(one: MicroWin) -> list[str]:
    return [one.text, *one.aliases, *([one.minimum] if one.minimum else [])]


def _matched(found: Match) -> list[str]:
    return [one.id for one in ([found.win] if found.win else found.rivals)]
