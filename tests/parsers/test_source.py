import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from microwins.parsers.source import Source, split_lines

note_text = st.text(alphabet=st.sampled_from("a\r\n\u2028\u0085\x0b\x0c\x00\ufeff "), max_size=30)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("", [], id="an empty note has no line"),
        pytest.param("\n", [""], id="one line end makes one empty line"),
        pytest.param("a\nb", ["a", "b"], id="the last line may lack its end"),
        pytest.param("a\r\nb\rc\n", ["a", "b", "c"], id="all three line ends"),
        pytest.param("a\n\rb", ["a", "", "b"], id="LF CR are two line ends"),
        pytest.param("a\u2028b\x0cc\u0085d", ["a\u2028b\x0cc\u0085d"], id="other separators end no line"),
        pytest.param("\ufeffa\n\ufeffb", ["a", "\ufeffb"], id="only the first mark is a byte order mark"),
    ],
)
def test_lines_end_where_commonmark_ends_them(text: str, lines: object) -> None:
    assert [line.text for line in Source.of(text).lines] == lines


@given(note_text)
def test_the_table_gives_every_character_back(text: str) -> None:
    lines = Source.of(text).lines
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    assert mark + "".join(line.text + line.ending for line in lines) == text
    assert all(text[line.start : line.end] == line.text for line in lines)
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


@given(note_text)
def test_the_short_form_gives_the_same_lines(text: str) -> None:
    assert split_lines(text) == [line.text for line in Source.of(text).lines]


@given(note_text)
def test_a_line_is_found_by_where_it_begins(text: str) -> None:
    source = Source(text)
    assert [source.text_at(line.start) for line in source.lines] == [line.text for line in source.lines]
    assert [line.after for line in source.lines[:-1]] == [line.start for line in source.lines[1:]]


@given(note_text, st.sampled_from(["a", "aa", "\u2028", "\ufeff", "a "]))
def test_the_lines_with_a_word_are_those_of_the_table(text: str, word: str) -> None:
    assert list(Source(text).lines_with(word)) == [line for line in Source(text).lines if word in line.text]


@given(note_text)
def test_markdown_it_counts_the_same_lines(text: str) -> None:
    note = text.lstrip("\ufeff") + "\n# end"
    heading = next(token for token in MarkdownIt().parse(note) if token.type == "heading_open")
    assert heading.map == [len(split_lines(note)) - 1, len(split_lines(note))]


def test_a_line_is_found_by_its_number() -> None:
    source = Source.of("a\r\nbc\n")
    assert (source.line(2).text, source.line(2).start, source.line(1).ending) == ("bc", 3, "\r\n")


@pytest.mark.parametrize("number", [0, -1, 3])
def test_a_line_that_is_not_there_is_an_error(number: int) -> None:
    with pytest.raises(IndexError, match="2 lines"):
        Source.of("a\nb").line(number)
