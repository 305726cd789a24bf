"""The pictures: well-formed, small, legible on every ground, the same bytes each time, harmless whatever a note says."""

import json
import locale
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from microwins.daemon.ledger import Ledger
from microwins.parsers.blocks import Block
from microwins.parsers.note import Reading, read_note
from microwins.parsers.own_lines import foreign_line
from microwins.parsers.source import Source
from microwins.streaks.calendar import Now
from microwins.streaks.catalog import VaultDefaults
from microwins.templates.blocks import block_text, pictures_of
from microwins.templates.heat_map import OPACITY
from microwins.templates.own_grammar import languages
from microwins.templates.picture import Album, Picture, link, picture_name
from microwins.templates.strength_picture import COLOURS
from microwins.templates.svg import ACCENT, INK, MARK, element, escaped
from microwins.templates.view import View

SVG = "{http://www.w3.org/2000/svg}"
TODAY = date(2026, 11, 20)
GOAL = "Goals/Book.md"
ASKED = [
    ("heatmap", ""),
    ("heatmap", "year=2026"),
    ("heatmap", "months=1"),
    ("heatmap", 'win="Write 300 words"'),
    ("month", "picture"),
    ("month", "as=picture months=3 month=2026-10"),
    ("summary", "pictures=progress,strength"),
]
ALLOWED = {"svg", "title", "desc", "style", "g", "text", "path", "rect", "circle"}


def notes(title: str = "Book", win: str = "Write 300 words") -> dict[str, str]:
    goal = (
        f"---\ntype: goal\ntitle: {json.dumps(title, ensure_ascii=ord(max(title)) <= 0xFFFF)}\nstart: 2026-01-05\ntarget: 2026-12-31\nmeasure: 60000 words\nrest: [wed]\n---\n"
        f"## Micro-wins\n- {win} 🔁 every day\n- Read a page 🔁 3 times a week\n## Steps\n- [x] Outline ✅ 2026-02-01\n- [ ] Chapter one\n"
    )
    days = [TODAY - timedelta(days=back) for back in range(320) if back % 7 not in {2, 4}]
    return {GOAL: goal, **{f"{day}.md": f"- [x] {win}\n- [x] Read a page 250 words\n" for day in days}}


def view(
    texts: Mapping[str, str], *, today: date = TODAY, language: str = "en", folder: str = "microwins"
) -> View:
    ledger = Ledger(VaultDefaults())
    ledger.load(read_note(path, text, Reading()) for path, text in texts.items())
    return View(ledger.figures(Now.at(today)), language=language, album=Album(folder))


def block(name: str, options: str = "") -> Block:
    return Block(name, options, "html", 1, 2, (0, 0))


def drawn(shown: View, path: str = GOAL) -> Iterator[Picture]:
    for name, options in ASKED:
        yield from pictures_of(block(name, options), path, shown)


def every_picture() -> list[Picture]:
    shown = view(notes())
    return [*drawn(shown), *drawn(shown, "Panel.md")]


PICTURES = every_picture()


def test_every_kind_of_picture_is_drawn() -> None:
    kinds = {picture.name.partition("-")[0] for picture in PICTURES}
    assert kinds == {"heatmap", "month", "progress", "strength"}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_plain_svg_with_a_title_and_a_description(picture: Picture) -> None:
    root = ET.fromstring(picture.svg)
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= ALLOWED
    title, description = root[0], root[1]
    assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {description.attrib['id']}"
    assert title.text
    assert description.text == picture.words
    assert "url(" not in picture.svg
    assert "http" not in picture.svg.replace("http://www.w3.org/2000/svg", "")
    assert picture.svg.splitlines()[1] == MARK
    assert picture.svg.endswith("</svg>\n")


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_small_and_nothing_lies_outside_of_it(picture: Picture) -> None:
    assert len(picture.svg.encode()) < 12_000
    root = ET.fromstring(picture.svg)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    assert root.attrib["viewBox"] == f"0 0 {width:g} {height:g}"
    assert width <= 760
    for one in root.iter(f"{SVG}text"):
        assert 0 <= float(one.attrib["x"]) <= width
        assert 0 <= float(one.attrib["y"]) <= height
    for one in root.iter(f"{SVG}path"):
        for x, y in re.findall(r"[ML]([0-9.-]+) ([0-9.-]+)", one.attrib["d"]):
            assert 0 <= float(x) <= width
            assert 0 <= float(y) <= height


def test_a_year_in_which_every_day_differs_is_still_small() -> None:
    texts = notes() | {
        f"{TODAY - timedelta(days=back)}.md": "".join(f"- [x] box {box}\n" for box in range(back % 9))
        for back in range(400)
    }
    shown = view(texts)
    sizes = [len(picture.svg.encode()) for picture in drawn(shown, "Panel.md")]
    assert 6_000 < max(sizes) < 12_000


@pytest.mark.parametrize("months", [1, 2, 3])
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_title_of_a_few_weeks_is_whole(months: int, language: str) -> None:
    shown = view(notes(), language=language)
    [picture] = pictures_of(block("heatmap", f"months={months}"), "Panel.md", shown)
    assert "…" not in picture.svg


def test_the_figures_stand_in_the_picture_and_in_its_words() -> None:
    shown = view(notes())
    [picture] = pictures_of(block("heatmap"), "Panel.md", shown)
    found = "457 wins on 228 days"
    assert picture.words == f"Heat map. Wins, last 12 months: {found}."
    assert found in picture.svg
    [month] = pictures_of(block("month", "picture"), "Panel.md", shown)
    assert month.words == "Calendar. Wins, November 2026: 28 wins on 14 days."
    assert month.svg.count("l18 18m0-18l-18 18") == 14
    progress, strength = pictures_of(block("summary", "pictures=progress,strength"), GOAL, shown)
    assert progress.words == "Progress of Book from 5 January to 31 December 2026: 75 %, plan 88 %."
    assert "Write 300 words" in strength.words


@pytest.mark.parametrize(("language", "words"), [("en", "no wins."), ("de", "keine Erfolge.")])
def test_months_without_a_win_say_nothing_of_those_before(language: str, words: str) -> None:
    shown = view({"2024-01-05.md": "- [x] a box\n"}, language=language)
    [picture] = pictures_of(block("heatmap"), "Panel.md", shown)
    assert picture.words.endswith(f": {words}")


def test_a_heat_map_has_a_square_a_dash_or_a_dot_for_each_day() -> None:
    [picture] = pictures_of(block("heatmap", 'year=2026 win="Write 300 words"'), GOAL, view(notes()))
    squares = picture.svg.count("h8v8h-8z") - 1  # one is in the legend
    dashes, dots = picture.svg.count("h6") - 1, picture.svg.count("h0")
    ring = picture.svg.count("<rect")
    assert (squares + dashes + dots, ring) == (365, 1)
    assert dashes > 20


# The ground


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, ground: str, opacity: float) -> str:
    channels = [
        round(
            int(colour[place : place + 2], 16) * opacity + int(ground[place : place + 2], 16) * (1 - opacity)
        )
        for place in (1, 3, 5)
    ]
    return "#" + "".join(f"{channel:02x}" for channel in channels)


GROUNDS = {"light": ["#ffffff", "#f6f8fa"], "dark": ["#1e1e1e", "#0d1117", "#1f2023"]}


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_letters_can_be_read_on_their_ground_and_still_where_the_reader_does_not_say_which(
    shade: str,
) -> None:
    for ground in GROUNDS[shade]:
        assert contrast(INK[shade], ground) >= 4.5, ground
    for ground in (*GROUNDS["light"], *GROUNDS["dark"]):
        assert contrast(INK[shade], ground) >= 2.8, ground
    for ground in GROUNDS["dark"]:
        assert contrast(INK["light"], ground) >= 3.0, "nothing was adapted"


@pytest.mark.parametrize("colour", [ACCENT, *COLOURS])
def test_what_is_drawn_stands_out_on_every_ground(colour: str) -> None:
    for ground in (*GROUNDS["light"], *GROUNDS["dark"]):
        assert contrast(colour, ground) >= 3.0, ground


@pytest.mark.parametrize("ground", [*GROUNDS["light"], *GROUNDS["dark"]])
def test_each_shade_of_a_heat_map_differs_from_the_next(ground: str) -> None:
    empty = mixed("#808080", ground, 0.2)
    shades = [empty, *(mixed(ACCENT, ground, opacity) for _, opacity in sorted(OPACITY.items()))]
    steps = [contrast(one, other) for one, other in pairwise(shades[1:])]
    assert min(steps) >= 1.2
    assert contrast(shades[1], empty) >= 1.04
    assert contrast(empty, ground) >= 1.1


def test_colours_hold_where_a_reader_drops_the_style() -> None:
    for picture in PICTURES:
        root = ET.fromstring(picture.svg)
        letters = root.find(f"{SVG}g")
        assert letters is not None
        assert letters.attrib["fill"] == INK["light"]
        for path in root.iter(f"{SVG}path"):
            assert {"fill", "stroke"} & path.attrib.keys()


# The same each time


def test_the_same_notes_make_the_same_bytes_in_any_order_of_notes_and_any_locale() -> None:
    first = [picture.svg for picture in drawn(view(notes()))]
    turned = dict(reversed(list(notes().items())))
    before = locale.setlocale(locale.LC_ALL)
    try:
        for name in ("C", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8"):
            try:
                locale.setlocale(locale.LC_ALL, name)
            except locale.Error:
                continue
            assert [picture.svg for picture in drawn(view(turned))] == first
    finally:
        locale.setlocale(locale.LC_ALL, before)


@pytest.mark.parametrize("language", languages())
def test_pictures_speak_the_language_of_the_vault(language: str) -> None:
    for picture in drawn(view(notes(), language=language)):
        ET.fromstring(picture.svg)
        months = {
            "en": "October|November|Oct|Nov|Strength|Progress|wins",
            "de": "Oktober|Okt|Nov|Stärke|Fortschritt|Erfolge",
        }
        assert re.search(months[language], picture.svg + picture.words)


@pytest.mark.parametrize("texts", [{}, {GOAL: "---\ntype: goal\n---\n"}, {"2026-11-20.md": "- [x] one\n"}], ids=["nothing", "an empty goal", "one box"])  # fmt: skip
def test_a_vault_with_hardly_anything_has_pictures_too(texts: Mapping[str, str]) -> None:
    for path in (GOAL, "Panel.md"):
        for name, options in ASKED:
            if "win=" in options:
                continue
            for picture in pictures_of(block(name, options), path, view(texts)):
                ET.fromstring(picture.svg)
                assert "nan" not in picture.svg


# What notes say

EVIL = [
    "<script>alert(1)</script>", "]]>", "<![CDATA[x", "&lt;&#60;&amp;&bogus;", '" onload="alert(1)', "' onload='x",
    "</text></svg><script>", "<!-- microwins:picture -->", "-->", "--><!--", "<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY a 'b'>]>&a;",
    "\u202eevil\u202c", "\u2066x\u2069", "\u200fx", "a\x07b\x1bc\x7f", "\ufffe\uffff", "\u2028x\u0085", "\u00ad\ufeff", "x" * 50_000,
    "漢字" * 4_000, "e\u0301" * 4_000, "👩‍👩‍👧‍👦" * 500, "](javascript:alert(1))", "]( <evil> )", "![x](y)", "[[link]]", "a|b|300",
    "`code`", "$$x$$", "%%x%%", "%25%2F..", "../../etc/passwd", "{{ 7*7 }}", "{% raw %}", "%(x)s", "{0} {title}", "\\", "\\]", "[", "]",
    "<foreignObject>", "<style>*{}</style>", "@media", "url(https://example.org)", "javascript:", "<a href='x'>",
]  # fmt: skip


@pytest.mark.parametrize("evil", EVIL, ids=lambda text: ascii(text[:12]))
def test_no_text_of_a_note_can_break_a_picture_or_its_link(evil: str) -> None:
    name = " ".join(evil.split()).encode("utf-8", "replace").decode()
    texts = notes(f"A {evil} Z", f"Do {name.replace('#', '')} now")
    texts[f"Goals/A {evil.replace('/', ':')[:200]}.md"] = texts.pop(GOAL)
    shown = view(texts)
    [goal] = shown.figures.goals
    assert goal.goal.title.startswith("A ")
    assert "<" not in evil or "<" in goal.goal.title + goal.goal.path
    made = []
    for path in (goal.goal.path, "Panel.md"):
        for name, options in [*ASKED[:3], ("heatmap", f'win="{goal.wins[0].win.id}"'), *ASKED[4:]]:
            for picture in pictures_of(block(name, options), path, shown):
                root = ET.fromstring(picture.svg)
                assert {one.tag.removeprefix(SVG) for one in root.iter()} <= ALLOWED
                assert not {
                    key for one in root.iter() for key in one.attrib if key.startswith("on") or "href" in key
                }
                assert len(picture.svg.encode()) < 25_000
                assert re.fullmatch(r"[a-z0-9-]{1,90}", picture.name)
                assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f]", picture.svg)
            made.append(block_text(block(name, options), path, shown))
    for text in made:
        assert len(text) < 40_000
        whole = f"<!-- microwins:summary -->\n{text}<!-- /microwins -->\n"
        source = Source.of(whole)
        assert foreign_line(source, Block("summary", "", "html", 1, len(source.lines), (0, 0))) is None
        for line in (one for one in text.splitlines() if one.startswith("![")):
            assert is_one_image(line), line
        assert [found.name for found in read_note("n.md", whole, Reading()).blocks] == ["summary"]


def is_one_image(line: str) -> bool:
    """Return whether a line of Markdown is an image of ours and nothing else."""
    [_, inline, _] = MarkdownIt().parse(line)
    return [(one.type, bool(re.fullmatch(r"(\.\./)?microwins/[a-z0-9-]+\.svg", str(one.attrs.get("src"))))) for one in inline.children or ()] == [("image", True)]  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=300), st.text(max_size=40), st.text("abc]()[<>\\!|%`\u202e\n ", max_size=60))
def test_whatever_stands_in_an_element_or_in_a_link_stays_there(text: str, value: str, words: str) -> None:
    found = ET.fromstring(element("text", escaped(text), fill="red"))
    assert len(found) == 0
    assert len(found.text or "") <= 1000
    assert is_one_image(link(Picture("heatmap-x", "", f"a{words}z"), "microwins/"))


# Names and ways


def test_a_name_tells_what_is_shown_and_no_two_are_the_same() -> None:
    assert picture_name("heatmap", "2026") == "heatmap-2026"
    assert re.fullmatch(
        "progress-a-book-a-year-[0-9a-f]{6}", picture_name("progress", "Goals/A book a year.md")
    )
    assert picture_name("progress", "A/Book.md") != picture_name("progress", "B/Book.md")
    assert picture_name("progress", "Café.md") == picture_name("progress", "Cafe\u0301.md")
    assert len(picture_name("heatmap", "x" * 5000, "2026")) < 60


@pytest.mark.parametrize(
    ("folder", "note", "way", "place"),
    [
        ("microwins", "Panel.md", "microwins/", "microwins/p.svg"),
        ("microwins", "Goals/Book.md", "../microwins/", "microwins/p.svg"),
        ("Files/microwins", "Goals/Deep/Book.md", "../../Files/microwins/", "Files/microwins/p.svg"),
        ("Files/microwins", "Files/Book.md", "microwins/", "Files/microwins/p.svg"),
        ("./microwins", "Goals/Book.md", "microwins/", "Goals/microwins/p.svg"),
        ("./", "Goals/Book.md", "", "Goals/p.svg"),
        ("", "Goals/Book.md", "../", "p.svg"),
        ("", "Panel.md", "", "p.svg"),
        ("Mein Ordner (1)/ä#?%", "Panel.md", "Mein%20Ordner%20%281%29/%C3%A4%23%3F%25/", "Mein Ordner (1)/ä#?%/p.svg"),
    ],
)  # fmt: skip
def test_a_link_leads_from_the_note_to_the_file(folder: str, note: str, way: str, place: str) -> None:
    album = Album(folder)
    picture = Picture("p", "", "")
    assert album.way(note) == way
    assert album.path(note, picture) == place
    parts: list[str] = note.split("/")[:-1]
    for part in unquote(link(picture, way).partition("(")[2][:-1]).split("/"):
        parts = parts[:-1] if part == ".." else [*parts, part]
    assert "/".join(parts) == place


def test_notes_in_different_folders_share_the_figures_and_not_the_way() -> None:
    shown = view(notes())
    texts = {block_text(block("heatmap", "goal=all"), path, shown) for path in ("a/n.md", "b/n.md", "n.md")}
    assert len(texts) == 2


def test_without_a_place_for_pictures_there_are_characters() -> None:
    ledger = Ledger(VaultDefaults())
    ledger.load(read_note(path, text, Reading()) for path, text in notes().items())
    shown = View(ledger.figures(Now.at(TODAY)))
    for name, options in ASKED:
        assert pictures_of(block(name, options), GOAL, shown) == ()
        assert "![" not in block_text(block(name, options), GOAL, shown)
    assert block_text(block("heatmap"), "n.md", shown) == block_text(block("heatmap", "text"), "n.md", shown)
