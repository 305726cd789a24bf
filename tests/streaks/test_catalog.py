from collections.abc import Mapping
from itertools import permutations

import pytest

from microwins.parsers.line_fields import read_fields
from microwins.parsers.note import Reading, read_note
from microwins.streaks.catalog import Catalog, Match, VaultDefaults, make_catalog

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
