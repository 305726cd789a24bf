"""The names of one folder, looked at piece by piece: what they tell is the same as if all were looked at."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from microwins.daemon import folder as folder_module
from microwins.daemon import scan
from microwins.daemon.exclusions import Exclusions
from microwins.daemon.folder import Folder
from microwins.daemon.name_rule import clashes
from microwins.daemon.stamp import Stamp
from microwins.daemon.stamps import Stamps
from microwins.daemon.walk import Walk
from microwins.parsers.ignored import possible_originals

STAMP = Stamp(1, 2, 3, 4)
NAMES = st.sets(
    st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=12).map(
        lambda name: f"{name}.md"
    ),
    min_size=1,
)
SPELT = st.sampled_from(
    [
        "é",
        "e\u0301",
        "É",
        "E\u0301",
        "K",
        "\u212a",
        "k",
        "a",
        "A",
        "ss",
        "ß",
        "\u0301",
        "\udce4",
        "ø",
        "o\u0338",
    ]
)
PATHS = st.sets(st.lists(SPELT, min_size=1, max_size=3).map(lambda parts: f"{'/'.join(parts)}.md"))
COPIES = st.sets(
    st.sampled_from(["Day", "Day 2", "Day (1)", "Day-PC", "Day-ANNAS-PC", "Tag 2", "Ö-ü", "Ö-ü-PC", "zz"])
)
small_pieces = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "_TEXT", 10)


@small_pieces
@given(NAMES)
def test_the_pieces_hold_all_names_in_their_order(names: set[str]) -> None:
    found = Folder.of((name, *STAMP) for name in names)
    texts = list(found.texts())
    assert found.list() == sorted(names)
    assert all(text[0] == text[-1] == "/" for text in texts)
    assert "".join(text[:-1] for text in texts) + "/" == found.names
    assert all(len(text.rpartition("/")[0].rpartition("/")[0].encode()) < 10 for text in texts)


@small_pieces
@given(PATHS, st.booleans())
def test_names_that_clash_are_found_folder_by_folder(
    monkeypatch: pytest.MonkeyPatch, paths: set[str], folds: bool
) -> None:
    monkeypatch.setattr(scan, "folds_case", lambda *_: folds)
    walk = Walk(Path(), Exclusions(), Stamps(dict.fromkeys(paths, STAMP)))
    expected = sorted(clashes(sorted(paths), folds=folds), key=lambda problem: problem.path)
    assert sorted(scan._name_clashes(walk), key=lambda problem: problem.path) == expected


@small_pieces
@given(COPIES)
def test_copies_are_looked_for_only_beside_what_they_may_be_copies_of(stems: set[str]) -> None:
    names = {f"{stem}.md" for stem in stems}
    expected = {name for name in names if not names.isdisjoint(possible_originals(name))}
    assert set(scan._with_original(Folder.of((name, *STAMP) for name in names))) == expected
