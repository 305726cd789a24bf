"""Of what lies elsewhere little is held, and nobody who asks notices."""

import pytest

from microwins.daemon.pages import Lazy


def test_a_value_is_fetched_once_and_held_until_others_came_after_it() -> None:
    asked: list[str] = []

    def fetch(path: str) -> str:
        asked.append(path)
        return f"text of {path}"

    pages = Lazy(fetch, ["a", "b", "c"], most=2)
    assert [pages[path] for path in "aab"] == ["text of a", "text of a", "text of b"]
    assert asked == ["a", "b"]
    pages["c"] = "written"
    assert pages["c"] == "written"
    assert pages["a"] == "text of a"
    assert asked == ["a", "b", "a"]
    assert list(pages) == ["a", "b", "c"]


def test_what_is_put_or_asked_for_anew_is_held_longest() -> None:
    pages = Lazy({"a": "old a", "b": "old b"}.get, most=2)
    pages["a"], pages["b"] = "a", "b"
    pages["a"], pages["c"] = "a again", "c"
    assert (pages["a"], pages["b"]) == ("a again", "old b")


def test_what_cannot_be_fetched_is_unknown_and_still_counted() -> None:
    pages = Lazy[str](lambda path: None, ["a"])
    assert "a" in pages
    assert pages.get("a") is None
    with pytest.raises(KeyError):
        pages["a"]
    del pages["a"]
    assert len(pages) == 0


def test_what_is_held_is_told_without_fetching_anything() -> None:
    pages = Lazy({"a": "a on the disk", "b": "b on the disk"}.get, ["a"], most=1)
    assert pages.held("a") is pages.held("b") is None
    pages["a"] = "a"
    assert pages.held("a") == "a"
    pages["b"] = "b"
    assert (pages.held("a"), pages.held("b")) == (None, "b")


def test_a_path_is_let_go_of_whether_its_value_can_be_had_or_not() -> None:
    pages = Lazy[str](lambda path: None, ["a"])
    pages["b"] = "b"
    for path in "abc":
        pages.discard(path)
    assert list(pages) == []
    assert pages.held("b") is None
