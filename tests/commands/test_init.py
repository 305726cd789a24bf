"""`microwins init`: says what it will write, asks, and writes just that."""

from __future__ import annotations

import tomllib
from importlib import import_module
from typing import TYPE_CHECKING
from weakref import WeakSet

import pytest
import yaml

from microwins.daemon import questions
from microwins.daemon.keeper import Keeper
from microwins.daemon.known_notes import KnownNotes
from microwins.daemon.outcome import Outcome
from microwins.daemon.updating import full_pass
from microwins.daemon.wiring import Session
from microwins.parsers.note import Note
from microwins.parsers.property_lines import PROPERTIES
from microwins.templates.words import DEFAULT, speak

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

EXAMPLE = "Read a book a month.md"
PICTURE = "microwins/heatmap-12-months.svg"


def test_it_shows_what_it_will_write_and_waits_for_the_answer(empty: Bench) -> None:
    result = empty.run("init", answer="n\n")
    assert result.code == 1
    assert ".microwins.toml" in result.out
    assert "+## Micro-wins" in result.out
    assert "Nothing was written." in result.out
    assert empty.files() == {}


def test_yes_writes_settings_dashboard_and_an_example_goal(empty: Bench) -> None:
    result = empty.run("init", answer="y\n")
    assert result.code == 0
    assert set(empty.files()) == {".microwins.toml", "Micro-wins.md", PICTURE, EXAMPLE}
    assert "microwins watch" in result.out


def test_where_nobody_can_be_asked_it_names_the_option(empty: Bench) -> None:
    result = empty.run("init")
    assert result.code == 1
    assert "--yes" in result.err
    assert empty.files() == {}


def test_bare_makes_no_example(empty: Bench) -> None:
    assert empty.run("init", "--yes", "--bare").code == 0
    assert set(empty.files()) == {".microwins.toml", "Micro-wins.md", PICTURE}


def test_the_settings_file_is_valid_and_sets_nothing_yet(empty: Bench) -> None:
    empty.run("init", "--yes")
    table = tomllib.loads(empty.text(".microwins.toml"))
    assert not [value for section in table.values() for value in section]
    assert empty.run("config", "check").code == 0
    assert '# day_start = "00:00"' in empty.text(".microwins.toml")


def test_a_second_time_there_is_nothing_to_do(empty: Bench) -> None:
    empty.run("init", "--yes")
    before = empty.files()
    result = empty.run("init")
    assert result.code == 0
    assert "set up already" in result.out
    assert empty.files() == before


def test_after_it_a_sync_writes_nothing(empty: Bench) -> None:
    empty.run("init", "--yes")
    assert empty.json("sync")["written"] == []


def test_a_vault_with_goals_gets_no_example_and_no_note_of_its_own_is_lost(stranger: Bench) -> None:
    stranger.write("Micro-wins.md", "my own\n")
    data = stranger.json("init", "--yes")
    assert data["created"] == [".microwins.toml"]
    assert stranger.text("Micro-wins.md") == "my own\n"


def test_it_says_which_settings_it_takes_from_obsidian(empty: Bench) -> None:
    empty.write(".obsidian/daily-notes.json", '{"folder": "Diary", "format": "YYYY/MM-DD"}')
    result = empty.run("init", answer="n\n")
    assert 'daily.folder = "Diary"  (from .obsidian/daily-notes.json)' in result.out


def test_what_stands_in_a_goal_note_outside_the_new_block_stays(stranger: Bench) -> None:
    before = stranger.text("Goals/Write a book.md")
    stranger.run("init", "--yes")
    assert stranger.text("Goals/Write a book.md").startswith(before)


def test_the_folder_of_the_daily_notes_is_found(stranger: Bench) -> None:
    for day in (1, 2, 3):
        stranger.write(f"Daily Notes/2026-11-0{day}.md", "a day\n")
    shown = stranger.run("init", answer="n").out
    assert "daily notes in Daily Notes/" in shown
    stranger.json("init", "--yes")
    assert stranger.json("today")["path"] == "Daily Notes/2026-11-20.md"


@pytest.mark.parametrize(
    ("notes", "told", "todays"),
    [
        ("J/2025/2025-12-30 J/2025/2025-12-31 J/2026/2026-01-01", "J/YYYY", "J/2026/2026-11-20.md"),
        ("J/2026/2026-01-01 J/2026/2026-01-02", "J/YYYY", "J/2026/2026-11-20.md"),
        ("2025/12/2025-12-31 2026/01/2026-01-01", "YYYY/MM", "2026/11/2026-11-20.md"),
        (
            "J/2025/12-December/2025-12-31 J/2026/01-January/2026-01-01",
            "J/YYYY/MM-MMMM",
            "J/2026/11-November/2026-11-20.md",
        ),
        ("J/ice/2025-12-30 J/snow/2025-12-31 J/sun/2026-01-01", "J", "J/2026-11-20.md"),
        ("J/ice/2025-12-30 J/ice/2025-12-31", "J/ice", "J/ice/2026-11-20.md"),
    ],
)
def test_folders_of_years_and_months_are_found_too_and_every_day_stays_one(
    stranger: Bench, notes: str, told: str, todays: str
) -> None:
    for note in notes.split():
        stranger.write(f"{note}.md", "a day\n")
    assert f"daily notes in {told}/" in stranger.run("init", answer="n").out
    stranger.json("init", "--yes", "--bare")
    assert stranger.json("today")["path"] == todays
    for note in notes.split():
        path = str(stranger.root / f"{note}.md")
        assert stranger.json("parse", path)["notes"][0]["date"] == note[-10:]


def test_where_daily_notes_lie_is_told_without_asking_for_any(
    stranger: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = {f"Daily Notes/2026-11-0{day}.md" for day in (1, 2, 3)}
    for note in notes:
        stranger.write(note, "a day\n")
    asked: list[str] = []
    once = KnownNotes.once

    def watched(known: KnownNotes, path: str) -> Note | None:
        asked.append(path)
        return once(known, path)

    monkeypatch.setattr(KnownNotes, "once", watched)
    assert "daily notes in Daily Notes/" in stranger.run("init", answer="n").out
    assert notes.isdisjoint(asked)


def test_what_was_read_to_find_the_settings_is_let_go_of_before_all_is_read_with_them(
    stranger: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = WeakSet[Keeper]()
    counts: list[int] = []
    make = Session.keeper

    def made(session: Session) -> Keeper:
        keeper = make(session)
        kept.add(keeper)
        return keeper

    def counted(keeper: Keeper, *, write: bool) -> Outcome:
        counts.append(len(kept))
        return full_pass(keeper, write=write)

    monkeypatch.setattr(Session, "keeper", made)
    monkeypatch.setattr(import_module("microwins.daemon.commands.init"), "full_pass", counted)
    stranger.run("init", "--yes")
    assert counts == [1]


@pytest.mark.parametrize("name", ["Daily Notes", "Journal", "Tagebuch"])
def test_a_folder_that_is_called_so_takes_the_daily_notes_before_there_are_any(
    stranger: Bench, name: str
) -> None:
    stranger.write(f"{name}/About this folder.md", "words\n")
    assert f"daily notes in {name}/" in stranger.run("init", answer="n").out
    stranger.json("init", "--yes")
    assert stranger.json("today")["path"] == f"{name}/2026-11-20.md"


@pytest.mark.parametrize("name", ["Templates", "_templates", "Vorlagen"])
def test_boxes_in_a_folder_of_templates_are_nobodys(stranger: Bench, name: str) -> None:
    before = stranger.json("status")["totals"]["all"]
    stranger.write(f"{name}/Project.md", "- [x] Placeholder\n")
    assert f"templates in {name}/ left out" in stranger.run("init", answer="n").out
    stranger.json("init", "--yes", "--bare")
    assert stranger.json("status")["totals"]["all"] == before


def test_in_obsidian_only_the_folder_that_is_set_is_one_of_templates(stranger: Bench) -> None:
    before = stranger.json("status")["totals"]["all"]
    stranger.write("Templates/Project.md", "- [x] Mine\n")
    stranger.write(".obsidian/app.json", "{}\n")
    assert "left out" not in stranger.run("init", answer="n").out
    stranger.json("init", "--yes", "--bare")
    assert stranger.json("status")["totals"]["all"] == before + 1


@pytest.mark.parametrize(
    "other",
    ["Diary/Plans.md", ".obsidian/app.json", "2026-11-19.md"],
    ids=["two", "Obsidian", "a day elsewhere"],
)
def test_where_a_folders_name_says_too_little_the_daily_notes_stay_at_the_root(
    stranger: Bench, other: str
) -> None:
    stranger.write("Daily Notes/About this folder.md", "words\n")
    stranger.write(other, "{}\n")
    assert "daily notes in" not in stranger.run("init", answer="n").out
    stranger.json("init", "--yes")
    assert stranger.json("today")["path"] == "2026-11-20.md"


def test_a_daily_note_that_is_not_there_yet_stands_with_what_is_made(empty: Bench) -> None:
    empty.write(".microwins.toml", "[daily]\ncreate = true\n")
    shown = empty.run("init", answer="n").out
    assert "2026-11-20.md" in shown.partition("will make:")[2].partition("microwins/")[0].split()
    assert "It will write a block into:" not in shown
    assert "2026-11-20.md" in empty.json("init", "--yes")["created"]


def test_the_goals_that_will_get_a_block_are_named(stranger: Bench) -> None:
    stranger.write("Fit.md", "---\ntype: goal\n---\n## Micro-wins\n- Walk 🔁 every day\n")
    shown = stranger.run("init", answer="n").out
    assert "It will write a block into:\n\n  Fit.md\n" in shown
    assert stranger.text("Fit.md").endswith("every day\n")


def test_json_without_yes_only_says_what_would_be_made(stranger: Bench) -> None:
    data = stranger.json("init")
    assert data["created"] == []
    assert ".microwins.toml" in data["planned"]
    assert not (stranger.root / ".microwins.toml").exists()


def test_bases_makes_a_table_over_the_properties_of_the_goals_and_sets_them(empty: Bench) -> None:
    data = empty.json("init", "--yes", "--bases")
    assert "Micro-wins.base" in data["created"]
    base = yaml.safe_load(empty.text("Micro-wins.base"))
    assert base["filters"] == {"or": ['note.type == "goal"', 'file.hasTag("goal")']}
    assert {view["type"] for view in base["views"]} == {"table"}
    known = {
        "file.name",
        *base["formulas"],
        *(f"formula.{name}" for name in base["formulas"]),
        *PROPERTIES,
        "identity",
    }
    assert {column for view in base["views"] for column in view["order"]} <= known
    assert set(base["properties"]) <= known
    # A share of 0 is shown, and shares are numbers, which Bases sorts as such.
    assert base["formulas"]["progress"] == "if(!note.progress.isEmpty(), (note.progress * 100).round())"
    assert tomllib.loads(empty.text(".microwins.toml"))["properties"] is True
    assert "\nstreak: 0\n" in empty.text(EXAMPLE)


def test_a_base_is_shown_first_and_never_written_over_one_that_is_there(empty: Bench) -> None:
    empty.write("Micro-wins.base", "mine: true\n")
    assert "Micro-wins.base" not in empty.run("init", "--bases", answer="n\n").out
    empty.run("init", "--bases", "--yes")
    assert empty.text("Micro-wins.base") == "mine: true\n"


def test_where_a_vault_is_set_up_already_bases_adds_the_table_and_says_what_to_set(empty: Bench) -> None:
    empty.run("init", "--yes", "--bare")
    result = empty.run("init", "--bases", answer="y\n")
    assert "+filters:" in result.out
    assert "`properties = true`" in result.out
    assert "views:" in empty.text("Micro-wins.base")


def test_the_names_of_the_goals_are_taken_from_the_settings(empty: Bench) -> None:
    empty.write(".microwins.toml", "[goals]\ntype = 'say \"project\"'\ntag = ''\n")
    empty.run("init", "--yes", "--bases")
    base = yaml.safe_load(empty.text("Micro-wins.base"))
    assert base["filters"] == {"or": ['note.type == "say \\"project\\""']}


# With somebody at a terminal


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "somebody_is_there", lambda: True)


def test_five_questions_lead_to_a_goal_and_to_todays_note(empty: Bench, somebody: None) -> None:
    result = empty.run("init", answer="Play the cello\nPlay one scale\ntea\nweekdays\ny\ny\n")
    assert result.code == 0, result
    assert set(empty.files()) == {
        ".microwins.toml",
        "Micro-wins.md",
        "Play the cello.md",
        "2026-11-20.md",
        PICTURE,
    }
    assert "- Play one scale 🔁 every weekday [after:: tea]\n" in empty.text("Play the cello.md")
    assert "- [ ] Play one scale" in empty.text("2026-11-20.md")
    assert tomllib.loads(empty.text(".microwins.toml")) == {"daily": {"create": True}} | {
        name: {} for name, table in tomllib.loads(empty.text(".microwins.toml")).items() if not table
    }


def test_enter_answers_every_question(empty: Bench, somebody: None) -> None:
    assert empty.run("init", answer="\n\n\n").code == 0
    assert {".microwins.toml", "Micro-wins.md", EXAMPLE} <= set(empty.files())


def test_a_no_at_the_end_or_an_end_before_it_writes_nothing(empty: Bench, somebody: None) -> None:
    for answer in ("Play\n\n\n\n\nn\n", "Play\n", ""):
        assert empty.run("init", answer=answer).code in {1, 130}
        assert empty.files() == {}


def test_it_asks_nothing_with_yes_bare_or_json(empty: Bench, somebody: None) -> None:
    assert "planned" in empty.json("init")
    assert empty.run("init", "--bare", answer="n\n").out.count("?") == 1
    assert empty.run("init", "--yes").code == 0
    assert EXAMPLE in empty.files()


def test_what_recurs_already_comes_first(empty: Bench, somebody: None) -> None:
    for day in range(1, 20):
        empty.write(f"Diary/2026-11-{day:02}.md", "- [x] Meditate\n")
    result = empty.run("init", answer="\n\n\n\n")
    assert result.code == 0, result
    assert "1  Meditate  every day" in result.out
    assert "Meditate · 19 days in a row · 19 times so far" in result.out
    assert "- Meditate 🔁 every day\n" in empty.text("Habits.md")
    assert EXAMPLE not in empty.files()
    assert "Diary/2026-11-20.md" in empty.files()
    assert "\n  Diary/2026-11-20.md\n" in result.out.partition("Write this?")[0]


def test_where_todays_note_is_there_already_it_says_how_the_boxes_get_into_it(
    empty: Bench, somebody: None
) -> None:
    empty.write("2026-11-20.md", "# Friday\n")
    result = empty.run("init", answer="Play\nPlay one scale\n\n\ny\ny\n")
    assert "2026-11-20.md is there already. Paste <!-- microwins:today --> into it" in " ".join(
        result.out.split()
    )
    assert empty.text("2026-11-20.md") == "# Friday\n"
    empty.write("2026-11-20.md", "# Friday\n\n<!-- microwins:today -->\n")
    empty.run("sync")
    assert "- [ ] Play one scale" in empty.text("2026-11-20.md")


def test_a_goal_that_cannot_be_written_so_is_asked_for_again(empty: Bench, somebody: None) -> None:
    result = empty.run("init", answer="...\nx\n\n\nPlay\nx\n\n\nn\ny\n")
    assert result.code == 0, result
    assert "Play.md" in empty.files()


def test_a_language_that_a_variable_asked_for_is_kept(empty: Bench) -> None:
    empty.environment["MICROWINS_LANGUAGE"] = "de"
    try:
        empty.run("init", "--yes")
        assert tomllib.loads(empty.text(".microwins.toml"))["language"] == "de"
    finally:
        speak(DEFAULT)
