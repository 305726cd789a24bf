"""A line that is told to be of no micro-win at once would not have matched any."""

from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.note import Reading, read_note
from microwins.parsers.tasks import PLAIN, fields_of
from microwins.streaks.catalog import NO_MATCH, make_catalog

words = st.text("abW .,!?'-1é#", max_size=8)
lines = st.one_of(
    words, st.sampled_from([" Walk", " walk the dog.", " Go", " - a b", " 💧", "Walk", "  walk", " GO!", ""])
)


def note(names: list[str]) -> str:
    bullets = "".join(f"- {name} 🔁 daily\n" for name in names)
    return f"---\ntype: goal\n---\n## Micro-wins\n{bullets}"


@given(st.lists(lines, max_size=4), lines)
def test_what_is_unknown_at_once_matches_nothing(names: list[str], body: str) -> None:
    goal = read_note("Goal.md", note(names), Reading()).goal
    catalog = make_catalog([goal] if goal is not None else [])
    if catalog.is_unknown(body):
        assert catalog.match(fields_of(body, PLAIN), "2026-01-04.md") is NO_MATCH


def test_most_lines_of_only_words_are_told_at_once_and_names_of_micro_wins_are_not() -> None:
    goal = read_note("Goal.md", note(["Walk the dog", "Go", "✍️ Write"]), Reading()).goal
    assert goal is not None
    catalog = make_catalog([goal])
    assert all(map(catalog.is_unknown, (" Mend the roof", " Walk", " Gone", " Walk the dogs", " Writes")))
    assert not any(map(catalog.is_unknown, (" Walk the dog.", " walk  the DOG", " Go!", " Write", " Mend 2 roofs", " Mend #roof")))  # fmt: skip
