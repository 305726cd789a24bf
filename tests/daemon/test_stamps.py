"""Stamps packed by folder are a mapping like any other."""

from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.daemon.stamp import NEVER, Stamp
from microwins.daemon.stamps import Stamps

PATHS = st.sampled_from(
    ["a.md", "b.md", "B.md", "c/a.md", "c/b.md", "c/d/é.md", "c/d/a b.md", "z 10.md", "z 2.md"]
)
STAMPS = st.builds(Stamp, *[st.integers(-5, 5) for _ in range(4)])
STEPS = st.lists(st.tuples(PATHS, st.none() | STAMPS), max_size=25)


def applied(steps: list[tuple[str, Stamp | None]]) -> tuple[Stamps, dict[str, Stamp]]:
    packed, plain = Stamps(), dict[str, Stamp]()
    for path, stamp in steps:
        if stamp is None:
            assert packed.pop(path, None) == plain.pop(path, None)
        else:
            packed[path] = plain[path] = stamp
    return packed, plain


@settings(deadline=None)
@given(STEPS)
def test_they_hold_what_a_dictionary_would(steps: list[tuple[str, Stamp | None]]) -> None:
    packed, plain = applied(steps)
    assert dict(packed) == dict(packed.rows()) == plain
    assert list(packed) == sorted(plain)
    assert (len(packed), set(packed.paths())) == (len(plain), set(plain))
    assert packed.folders == Stamps(plain).folders
    assert packed.digest() == Stamps(dict(reversed(plain.items()))).digest()


@settings(deadline=None)
@given(STEPS, STEPS)
def test_they_tell_what_differs(
    first: list[tuple[str, Stamp | None]], second: list[tuple[str, Stamp | None]]
) -> None:
    (one, plain), (two, other) = applied(first), applied(second)
    expected = {path for path in plain | other if plain.get(path) != other.get(path)}
    assert one.differing(two.folders.items()) == two.differing(one.folders.items()) == expected


@settings(deadline=None)
@given(STEPS, st.sets(PATHS))
def test_those_of_doubtful_notes_are_of_no_file_and_the_others_stay(
    steps: list[tuple[str, Stamp | None]], doubtful: set[str]
) -> None:
    packed, plain = applied(steps)
    assert dict(packed.without(doubtful)) == {
        path: NEVER if path in doubtful else stamp for path, stamp in plain.items()
    }
    assert dict(packed) == plain


def test_numbers_that_take_more_than_63_bits_are_held_in_63() -> None:
    packed = Stamps({"a.md": Stamp(1, 2, 3, (1 << 63) + 7)})
    packed["b.md"] = Stamp(1 << 64, 2, 3, 4)
    assert packed["a.md"] == Stamp(1, 2, 3, 7)
    assert packed["b.md"].size == 3
