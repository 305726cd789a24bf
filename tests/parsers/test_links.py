"""Which note a link means, by the names of its file and by those that it gives itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.links import NoteNames
from microwins.parsers.named import Named

names = st.sampled_from(
    ["Run", "run", "RUN ", "Run.md", "run.md.md", "Swim", "Café", "Cafe\u0301", ".", "Run#May", ""]
)
paths = st.builds("{}{}.md".format, st.sampled_from(["", "Goals/", "Goals/Sport/"]), names.filter(bool))
notes = st.dictionaries(paths, st.lists(names, max_size=2), max_size=5)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers()), max_size=8))
def test_a_name_gives_all_that_was_called_so_in_its_order(added: list[tuple[str, int]]) -> None:
    found: Named[int] = Named()
    for name, value in added:
        found.add(name, value)
    for name in "abcd":
        assert found.of(name) == tuple(value for one, value in added if one == name)
        assert (name in found) == bool(found.of(name))
    assert sorted(found.names()) == sorted({name for name, _ in added})


@given(notes, names, st.sampled_from(["", "Day.md", "Goals/Swim.md"]))
def test_a_link_means_the_file_that_is_called_so_before_a_note_that_calls_itself_so(
    known: dict[str, list[str]], link: str, near: str
) -> None:
    by_file = NoteNames.of([(path, ()) for path in known]).find(link, near)
    assert NoteNames.of(known.items()).find(link, near) == (by_file or _titled(known, link))


def _titled(known: dict[str, list[str]], link: str) -> Sequence[str]:
    wanted = _folded(link.partition("#")[0])
    titled = (path for path in sorted(known) if wanted in {_folded(title) for title in known[path]})
    return tuple(titled) if wanted else ()


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
