"""`microwins discover`: what recurs is listed; a goal is made of it when its owner agrees, and all history counts."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest

from microwins.daemon import progress, questions
from microwins.daemon.reader import Reader
from microwins.parsers.note import Note
from tests.commands.conftest import TODAY, Result

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

GOAL = "Habits.md"
Lines = Callable[[date], str]


def lines_of(day: date) -> str:
    weekday = "x" if day.weekday() < 5 else " "
    return f"- [x] Meditate\n- [{weekday}] Walk 20 minutes\n- [ ] [Task of the day]\n- [ ] Write\n"


def keep_a_diary(bench: Bench, days: int = 90, lines: Lines = lines_of) -> None:
    for ago in range(1, days + 1):
        day = TODAY - timedelta(days=ago)
        bench.write(f"Journal/{day}.md", f"# {day}\n\n{lines(day)}")


@pytest.fixture
def diary(empty: Bench) -> Bench:
    """A vault that is set up, with three months of daily notes and no goal."""
    empty.write(".microwins.toml", '[daily]\nfolder = "Journal"\n')
    keep_a_diary(empty)
    return empty


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "somebody_is_there", lambda: True)


def test_it_lists_what_recurs_and_writes_nothing(diary: Bench) -> None:
    before = diary.files()
    result = diary.run("discover")
    assert result.code == 0
    assert "  1  Meditate         every day" in result.out
    assert "60 of the last 60 notes · 90 times since 22 August 2026" in result.out
    assert "  2  Walk 20 minutes  every weekday" in result.out
    assert "Task of the day" not in result.out
    assert diary.files() == before


def test_yes_writes_one_goal_and_the_streaks_are_there_at_once(diary: Bench) -> None:
    data = diary.json("discover", "--yes")
    assert data["created"] == [GOAL]
    assert "- Meditate 🔁 every day\n- Walk 20 minutes 🔁 every weekday\n" in diary.text(GOAL)
    goal = diary.json("status")["goals"][0]
    streaks = {win["text"]: win["streak"]["count"] for win in goal["micro_wins"]}
    assert streaks == {"Meditate": 90, "Walk 20 minutes": 64}
    assert "| Meditate · every day | 90 days |" in diary.text(GOAL)


def test_ten_years_of_history_count_at_once(empty: Bench) -> None:
    empty.write(".microwins.toml", '[daily]\nfolder = "Journal"\n')
    keep_a_diary(empty, 3652, lambda day: "- [x] Meditate\n")
    out = empty.run("discover", "--yes").out
    assert "Meditate · 3,652 days in a row · 3,652 times so far" in out
    assert empty.json("explain", "meditate")["streak"]["start"] == str(TODAY - timedelta(days=3652))


def test_what_the_index_tells_of_the_notes_is_what_the_notes_tell(
    diary: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    diary.write("Chores.md", "- [x] Pay rent 🔁 every month ✅ 2026-10-01\n- [x] Pay rent [repeat:: every month] ✅ 2026-11-01\n")  # fmt: skip
    diary.write("Ideas.md", "- [x] Paint the door\n")
    first = diary.json("discover")
    assert [offer["text"] for offer in first["offers"]] == ["Meditate", "Walk 20 minutes", "Pay rent"]
    assert diary.json("discover") == first

    def fetched(reader: Reader, path: str) -> Note | None:
        raise AssertionError(f"{path} was fetched by itself, of {reader}")

    monkeypatch.setattr(Reader, "note_again", fetched)
    assert diary.json("discover") == first


def test_where_it_takes_longer_a_terminal_shows_how_far_it_is(
    diary: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    diary.run("discover")
    terminal, seconds = io.StringIO(), count()
    monkeypatch.setattr(progress._Shown, "clock", lambda: next(seconds))
    monkeypatch.setattr(progress._Shown, "stream", terminal)
    result = diary.run("discover")
    assert "Reading notes" in terminal.getvalue()
    assert "Reading notes" not in result.out


def test_the_daily_notes_are_not_touched(diary: Bench) -> None:
    before = {path: data for path, data in diary.files().items() if path.startswith("Journal/")}
    diary.run("discover", "--yes")
    assert {path: data for path, data in diary.files().items() if path.startswith("Journal/")} == before


def test_a_second_time_there_is_nothing_to_find(diary: Bench) -> None:
    diary.run("discover", "--yes")
    before = diary.files()
    again = diary.run("discover", "--yes")
    assert again.code == 0
    assert "No box recurs" in again.out
    assert diary.files() == before
    assert diary.run("check").code == 0


def test_only_takes_what_is_named_and_what_is_left_joins_the_same_goal_later(diary: Bench) -> None:
    diary.run("discover", "--only", "2")
    first = diary.text(GOAL)
    assert "Walk" in first
    assert "Meditate" not in first
    data = diary.json("discover", "--yes")
    assert (data["created"], data["written"][0]) == ([], GOAL)
    assert "- Walk 20 minutes 🔁 every weekday\n- Meditate 🔁 every day\n" in diary.text(GOAL)


def test_a_number_that_the_list_does_not_have_is_said(diary: Bench) -> None:
    assert "no number 7" in diary.run("discover", "--only", "1,7").err
    assert diary.run("discover", "--only", "x").code == 2
    assert not (diary.root / GOAL).exists()


def test_dry_run_shows_the_note_and_writes_nothing(diary: Bench) -> None:
    before = diary.files()
    result = diary.run("discover", "--dry-run", "--goal", "Mornings")
    assert "Mornings.md is new:" in result.out
    assert "    - Meditate 🔁 every day" in result.out
    assert diary.json("discover", "--dry-run")["planned"] == [GOAL]
    assert diary.files() == before


def test_a_note_that_has_the_name_is_left_alone(diary: Bench) -> None:
    diary.write(GOAL, "my own\n")
    assert diary.json("discover", "--yes")["created"] == ["Habits 2.md"]
    assert diary.text(GOAL) == "my own\n"
    assert diary.json("status")["goals"][0]["title"] == "Habits"


def test_nothing_is_added_to_a_goal_that_is_archived(diary: Bench) -> None:
    diary.write(GOAL, "---\ntype: goal\nstatus: archived\n---\n")
    assert diary.run("discover", "--yes", "--json").document["error"]["code"] == "goal-not-extendable"
    assert "Meditate" not in diary.text(GOAL)
    assert diary.json("discover", "--yes", "--goal", "Mornings")["created"] == ["Mornings.md"]


def test_before_init_it_lists_and_says_how_to_set_up(empty: Bench) -> None:
    keep_a_diary(empty)
    result = empty.run("discover")
    assert "Meditate" in result.out
    assert "`microwins init`" in result.out
    refused = empty.run("discover", "--yes", "--json")
    assert refused.document["error"]["code"] == "not-set-up"
    assert not (empty.root / GOAL).exists()


def test_a_vault_without_daily_notes_says_what_one_is(empty: Bench) -> None:
    empty.write("Ideas.md", "- [x] Meditate\n")
    out = empty.run("discover").out
    assert "There is no daily note" in out
    assert "YYYY-MM-DD" in out


def test_too_little_history_is_said(empty: Bench) -> None:
    keep_a_diary(empty, 3)
    out = empty.run("discover").out
    assert "too little history yet to tell how often: Meditate" in out
    assert empty.json("discover")["offers"] == []
    assert empty.json("discover")["too_new"] == ["Meditate", "Walk 20 minutes"]


def test_what_is_rare_is_listed_when_it_is_asked_for(diary: Bench) -> None:
    for ago in (3, 20, 33, 47, 61, 80):
        day = TODAY - timedelta(days=ago)
        diary.write(f"Journal/{day}.md", f"{lines_of(day)}- [x] Water the cactus\n")
    assert "cactus" not in diary.run("discover").out
    assert "Another is done less than once a week" in diary.run("discover").out
    assert "Water the cactus" in diary.run("discover", "--all").out


def test_each_offer_can_be_taken_changed_or_left_out(diary: Bench, somebody: None) -> None:
    keep_a_diary(diary, lines=lambda day: f"{lines_of(day)}- [x] Read\n")
    result = diary.run("discover", answer="3 times a week\nn\n\ny\n")
    assert result.code == 0, result
    assert "- Meditate 🔁 3 times a week\n- Walk 20 minutes 🔁 every weekday\n" in diary.text(GOAL)
    assert "Read" not in diary.text(GOAL)


def test_an_answer_that_is_no_schedule_is_asked_again(diary: Bench, somebody: None) -> None:
    result = diary.run("discover", answer="when it rains\ny\nq\ny\n")
    assert "That is not understood" in result.out
    assert "Meditate 🔁 every day" in diary.text(GOAL)


@pytest.mark.parametrize("answer", ["n\nn\n", "q\n", "\n\nn\n", ""])
def test_whoever_does_not_agree_finds_nothing_written(diary: Bench, somebody: None, answer: str) -> None:
    before = diary.files()
    result = diary.run("discover", answer=answer)
    assert result.code in {0, 1, 130}
    assert diary.files() == before


def test_what_a_note_calls_a_box_can_break_nothing(empty: Bench) -> None:
    empty.write(".microwins.toml", '[daily]\nfolder = "Journal"\n')
    odd = "- [x] <!-- microwins:summary --> boo\n- [x] Read {{ 7 * 7 }} %% x\n- [x] a: b # c\n- [x] \x1b[31mred\n"
    keep_a_diary(empty, 30, lambda day: odd)
    result: Result = empty.run("discover", "--yes")
    assert result.code == 0, result
    assert "\x1b" not in result.out
    told = json.loads(empty.run("check", "--json").out)["problems"]
    assert {(one["path"].split("/")[0], one["code"]) for one in told} == {("Journal", "marker-misplaced")}
    assert "49" not in empty.text(GOAL).split("<!-- microwins")[0]


def test_undo_takes_the_goal_back(diary: Bench) -> None:
    diary.run("discover", "--yes")
    assert diary.run("undo").code == 0
    assert not (diary.root / GOAL).exists()


def test_it_speaks_the_language_of_the_vault(diary: Bench) -> None:
    from microwins.templates.words import DEFAULT, speak

    try:
        diary.write(".microwins.toml", 'language = "de"\n[daily]\nfolder = "Journal"\n')
        result = diary.run("discover", "--yes")
        assert "Gewohnheiten.md angelegt" in result.out
        assert "- Meditate 🔁 every day" in diary.text("Gewohnheiten.md")
    finally:
        speak(DEFAULT)


def chores(*days: str, open_line: bool = True) -> str:
    line = "Water the plants 🔁 every week on Tuesday"
    done = "".join(f"- [x] {line} 📅 {day} ✅ {day}\n" for day in days)
    return f"# Chores\n{f'- [ ] {line} 📅 2026-11-24' if open_line else ''}\n{done}"


def test_a_recurring_task_outside_of_daily_notes_is_offered_by_its_own_rule(empty: Bench) -> None:
    empty.write(".microwins.toml", "")
    empty.write("Tasks.md", chores("2026-11-17", "2026-11-10", "2026-11-03"))
    listed = empty.run("discover").out
    assert "  1  Water the plants  every Tue\n" in listed
    assert "3 times since 3 November 2026 · by its line in Tasks.md" in listed
    before = empty.text("Tasks.md")
    assert empty.json("discover", "--yes")["created"] == [GOAL]
    assert "- Water the plants 🔁 every Tue\n" in empty.text(GOAL)
    assert empty.json("status")["goals"][0]["micro_wins"][0]["streak"]["count"] == 3
    assert empty.text("Tasks.md") == before
    assert empty.json("discover")["offers"] == []


@pytest.mark.parametrize(
    ("tasks", "reason"),
    [
        (chores("2026-11-17"), "done once is no habit"),
        (chores(), "never done"),
        (chores("2026-08-04", "2026-08-11", open_line=False), "over long ago"),
        (chores("2025-08-05", "2025-08-12"), "open, and not touched for a year"),
        ("- [x] Call 🔁 whenever it suits ✅ 2026-11-17\n- [x] Call 🔁 whenever ✅ 2026-11-18\n", "no rule"),
        (f"```\n{chores('2026-11-10', '2026-11-17')}```\n", "code"),
        (f"---\ntype: goal\n---\n{chores('2026-11-10', '2026-11-17')}", "the steps of a goal"),
    ],
)
def test_what_is_no_standing_habit_is_not_offered(empty: Bench, tasks: str, reason: str) -> None:
    empty.write("Tasks.md", tasks)
    assert empty.json("discover")["offers"] == [], reason


def test_what_recurs_in_daily_notes_as_well_is_offered_once(diary: Bench) -> None:
    diary.write(
        "Tasks.md", "- [x] Meditate 🔁 every day ✅ 2026-11-18\n- [x] Meditate 🔁 every day ✅ 2026-11-19\n"
    )
    offers = diary.json("discover")["offers"]
    assert [(offer["text"], offer["path"]) for offer in offers] == [
        ("Meditate", None),
        ("Walk 20 minutes", None),
    ]


def test_where_all_is_too_rare_it_does_not_say_that_nothing_recurs(diary: Bench) -> None:
    keep_a_diary(diary, lines=lambda day: "- [x] Water the cactus\n" if day.day in {3, 19} else "words\n")
    out = diary.run("discover").out
    assert "No box without a goal recurs in them often enough" in out
    assert "One is done less than once a week, or no longer: `--all` lists it." in out
    assert "No box recurs" not in out
