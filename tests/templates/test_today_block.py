from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.daemon.ledger import Ledger
from microwins.parsers.note import Reading, read_note
from microwins.parsers.source import Source
from microwins.streaks.calendar import Now
from microwins.streaks.catalog import VaultDefaults
from microwins.templates.today_block import box_lines, filled, missing_lines
from microwins.templates.view import View

DAY, PATH = date(2026, 3, 4), "2026-03-04.md"
ABC = "- A 🔁 every day\n- B 🔁 every day\n- C 🔁 every day\n"


def fill(content: str, goals: Mapping[str, str] | str = ABC, before: str = "", eol: str = "\n") -> str:
    """Return the content of a `today` block after it was filled."""
    texts = {"Goal": goals} if isinstance(goals, str) else goals
    note_text = f"{before}<!-- microwins:today -->{eol}{content}<!-- /microwins -->{eol}"
    notes = {f"{name}.md": f"---\ntype: goal\n---\n## Micro-wins\n{text}" for name, text in texts.items()} | {
        PATH: note_text
    }
    ledger = Ledger(VaultDefaults())
    ledger.load(read_note(path, text, Reading()) for path, text in notes.items())
    shown, note = View(ledger.figures(Now.at(DAY))), ledger.notes[PATH]
    missing = missing_lines(note, ledger.catalog, shown)
    [block] = [block for block in note.blocks if block.name == "today"]
    lines = box_lines(note, block, Source.of(note_text), ledger.catalog)
    return filled(content, lines, block.content[0], shown, missing, eol)


def test_what_is_due_is_laid_out_in_stack_order_with_the_frog_first() -> None:
    assert fill("") == "- [ ] A\n- [ ] B\n- [ ] C\n"
    assert (
        fill("", "- A 🔁 every day [after:: B]\n- B 🔁 every day\n- C #frog 🔁 every day\n")
        == "- [ ] C #frog\n- [ ] B\n- [ ] A\n"
    )


@pytest.mark.parametrize(
    ("declared", "box"),
    [
        ("See ![map](https://example.org/a.png)", "See [map](https://example.org/a.png)"),
        ("See ![[map.png]]", "See [[map.png]]"),
        ("See <img src=https://example.org/a.png> it", "See it [id:: see-img-srchttps-example-org-a-png-it]"),
        ("See <IMG src=https://example.org/a.png> it", "See it [id:: see-img-srchttps-example-org-a-png-it]"),
    ],
)
def test_a_picture_in_a_name_is_not_loaded_from_every_days_note(declared: str, box: str) -> None:
    found = fill("", f"- {declared} 🔁 every day\n")
    assert found == f"- [ ] {box}\n"
    assert fill(found, f"- {declared} 🔁 every day\n") == found


def test_a_sign_of_a_picture_that_is_none_does_not_keep_a_box_away() -> None:
    assert fill("", "- Do ]] [[ ]] ![[ well 🔁 every day\n") == "- [ ] Do ]] [[ ]] ![[ well\n"


def test_only_what_is_due_is_laid_out() -> None:
    assert fill("", "- A 🔁 every Mon\n- B\n- C 🔁 every Wed\n") == "- [ ] C\n"


@pytest.mark.parametrize("line", ["- [x] b!", "- [-] B", "* [ ] **B** and more"[:11], "- [ ] B ⏫ #now"])
def test_what_stands_there_stays_as_it_is(line: str) -> None:
    assert fill(f"{line}\n") == f"- [ ] A\n{line}\n- [ ] C\n"


def test_what_stands_anywhere_in_the_note_is_not_added_again() -> None:
    assert fill("", before="- [x] B\n\n") == "- [ ] A\n- [ ] C\n"


def test_a_line_that_the_user_took_to_another_place_keeps_it() -> None:
    assert fill("- [ ] C\n- [ ] A\n") == "- [ ] B\n- [ ] C\n- [ ] A\n"
    four = "- A 🔁 every day\n- B 🔁 every day\n- C 🔁 every day\n- D 🔁 every day\n"
    assert (
        fill("some words\n- [ ] D\n  - [ ] a part\n- [ ] B\n", four)
        == "some words\n- [ ] A\n- [ ] C\n- [ ] D\n  - [ ] a part\n- [ ] B\n"
    )


def test_line_ends_are_those_of_the_note() -> None:
    assert fill("- [ ] B\r\n", eol="\r\n") == "- [ ] A\r\n- [ ] B\r\n- [ ] C\r\n"


@pytest.mark.parametrize(
    ("goals", "content"),
    [
        (
            {"X": "- Plan 🔁 every day\n", "Y": "- plan! 🔁 every day\n"},
            "- [ ] Plan [[X]]\n- [ ] plan! [[Y]]\n",
        ),
        (
            {"a/X": "- Plan 🔁 every day\n", "b/X": "- Plan 🔁 every day\n"},
            "- [ ] Plan [[a/X]]\n- [ ] Plan [[b/X]]\n",
        ),
        (
            {"X": "- Read 1-2 🔁 every day [id:: one]\n- Read 1-2! 🔁 every day [id:: two]\n"},
            "- [ ] Read 1-2 [id:: one]\n- [ ] Read 1-2! [id:: two]\n",
        ),
        (
            {"X": "- Jog 10 min 🔁 every day\n- Jog 20 min 🔁 every day\n"},
            "- [ ] Jog 10 min\n- [ ] Jog 20 min\n",
        ),
        ({"X": "- 💧 🔁 every day\n"}, "- [ ] 💧\n"),
        ({"X": f"- {'long ' * 200}🔁 every day\n"}, f"- [ ] {'long ' * 199}long\n"),
    ],
    ids=[
        "a name in two goals",
        "goals of one name",
        "a name twice in a goal",
        "names with other numbers",
        "only an emoji",
        "a long name",
    ],
)
def test_a_line_is_written_so_that_it_is_found_again(goals: Mapping[str, str], content: str) -> None:
    assert fill("", goals) == content
    assert fill(content, goals) == content


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)


@settings(deadline=None)
@given(st.lists(words, max_size=4))
def test_no_name_whatsoever_is_added_twice(names: Sequence[str]) -> None:
    goals = "".join(f"- {' '.join(name.split())} 🔁 every day\n" for name in names)
    once = fill("", goals)
    assert fill(once, goals) == once


lines = st.lists(
    st.sampled_from(
        [
            "- [ ] A",
            "- [x] B",
            "- [ ] C",
            "- [ ] D",
            "- [x] else",
            "  - [ ] part",
            "words",
            "",
            "> quote",
            "  more",
        ]
    ),
    max_size=8,
)


@settings(deadline=None)
@given(lines, st.permutations(["A", "B", "C", "D", "E"]))
def test_lines_are_put_in_and_none_is_taken_out_moved_or_changed(
    content: Sequence[str], order: Sequence[str]
) -> None:
    before = "".join(f"{line}\n" for line in content)
    after = fill(before, "".join(f"- {name} 🔁 every day\n" for name in order))
    left = iter(after.splitlines())
    assert all(line in left for line in content)
    added = len(after.splitlines()) - len(content)
    assert added == sum(f"] {name}" not in before for name in order)
