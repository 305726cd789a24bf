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
