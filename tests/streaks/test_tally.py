"""What is counted of a note's box lines alone is what is counted of the whole note."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.glance import Glance, plain
from microwins.parsers.note import Note, Reading, read_note
from microwins.streaks.box_sums import MakeSums, SumsInPython
from microwins.streaks.catalog import Catalog, make_catalog
from microwins.streaks.tally import Tally
from tests.compiled import compiled

READING = Reading()
GOALS = {
    "Goals/Book.md": "---\ntype: goal\nstart: 2026-11-01\n---\n## Micro-wins\n- Write 300 words 🔁 every day #frog [was:: Scribble]\n"
    "- Read 🔁 weekdays [id:: read]\n- Walk [min:: shoes on] 🔁 3/week\n- Less sugar [limit:: 2 a week]\n",
    "Goals/Fit.md": "---\ntype: goal\n---\n## Micro-wins\n- Walk 🔁 every day\n- Run [target:: 10 km] 🔁 weekly\n",
}
BODIES = st.sampled_from(
    [
        "write 300 words", "Write 420 words [words:: 420]", "scribble", "Read", "[id:: read] something", "other 🆔 read", "Walk",
        "Walk [[Book]]", "Walk [[Fit]]", "shoes on", "run 4 km", "Less sugar", "Anything else", "a frog #frog", "Anything ✅ 2026-11-03",
        "Walk [[Book]] ✅ 2026-11-04", "Dropped ❌ 2026-11-05", "write 300 words ✅ 2026-11-02T07:30", "[[Anna]]", "**Read**!", "", "25 min",
    ]
)  # fmt: skip
BOXES = st.builds(lambda symbol, body: f"- [{symbol}] {body}", st.sampled_from(" xX-/?"), BODIES)
PATHS = st.sampled_from(["2026-11-06.md", "Lists/Garden.md", "2026-11.md"])


def catalog() -> Catalog:
    notes = [read_note(path, text, READING) for path, text in GOALS.items()]
    return make_catalog(note.goal for note in notes if note.goal is not None)


CATALOG = catalog()


@pytest.fixture(scope="module", params=["compiled", "in Python"])
def sums(request: pytest.FixtureRequest) -> MakeSums:
    if request.param == "in Python":
        return SumsInPython
    found: MakeSums = compiled("streaks.quick_sums").QuickSums
    return found


def counted(sums: MakeSums, *facts: tuple[str, Note | Glance]) -> object:
    tally = Tally(CATALOG, READING.rules, sums)
    for path, fact in facts:
        tally.take(path, fact)
    return tally.state().packed()


@settings(deadline=None)
@given(st.dictionaries(PATHS, st.lists(BOXES, max_size=8), max_size=3))
def test_of_the_lines_alone_the_same_is_counted(sums: MakeSums, notes: dict[str, list[str]]) -> None:
    whole = {path: read_note(path, "\n".join(lines), READING) for path, lines in notes.items()}
    short = {path: plain(note, READING) for path, note in whole.items()}
    assert all(isinstance(found, Glance) for found in short.values())
    assert counted(sums, *short.items()) == counted(sums, *whole.items())


def test_something_is_counted_at_all(sums: MakeSums) -> None:
    note = read_note("2026-11-06.md", "- [x] write 300 words\n- [x] other\n- [x] Walk\n", READING)
    tally = Tally(CATALOG, READING.rules, sums)
    tally.take(note.path, plain(note, READING))
    found = tally.state()
    assert [box.path for box in found.wins["write-300-words"].entries("")] == [note.path]
    assert sum(found.other_wins.values()) == 2
    assert [problem.code for problem in found.problems[note.path]] == ["micro-win-ambiguous"]
