from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.daemon.ledger import Ledger
from microwins.parsers.note import Reading, read_note
from microwins.streaks.calendar import Now
from microwins.streaks.catalog import VaultDefaults
from microwins.streaks.vault_figures import VaultFigures
from microwins.templates.calendar_text import marks
from microwins.templates.heat import (
    Heat,
    Span,
    days_of,
    goal_heat,
    shade_bounds,
    span_of,
    vault_heat,
    win_heat,
)
from microwins.templates.heat_text import heat_rows
from microwins.templates.words import speaking

TODAY = date(2026, 3, 18)
GOAL = """---
type: goal
start: 2026-03-02
rest: [sun]
---
## Micro-wins
- Walk 🔁 every weekday
- Write 🔁 every day
"""
NOTES = {
    "Goal.md": GOAL,
    "2026-03-02.md": "- [x] Walk\n- [x] Write\n",
    "2026-03-03.md": "- [x] Walk\n",
    "2026-03-05.md": "- [-] Walk\n- [-] Write\n",
    "2026-03-07.md": "- [x] Write\n- [x] A box of its own\n",
}


def figures(notes: Mapping[str, str] = NOTES, today: date = TODAY, week_start: int = 0) -> VaultFigures:
    ledger = Ledger(VaultDefaults())
    ledger.load(read_note(path, text, Reading()) for path, text in notes.items())
    return ledger.figures(Now.at(today, week_start))


def march(first: int = 1, last: int = 31) -> Span:
    return Span(date(2026, 3, first), date(2026, 3, last))


def of_goal(span: Span, notes: Mapping[str, str] = NOTES, today: date = TODAY) -> Heat:
    found = figures(notes, today)
    [goal] = found.goals
    return goal_heat(found, goal, span)


def test_a_day_of_one_micro_win_is_done_due_neutral_open_or_none_of_it() -> None:
    found = figures()
    walk, write = found.wins
    assert win_heat(found, walk, march()).marks == " XX·-·  ·····  ··o" + " " * 13
    assert win_heat(found, write, march()).marks == " X··-·X-······-··o" + " " * 13
    assert win_heat(found, walk, march()).all_wins == 2


def test_a_goal_adds_its_micro_wins_up_and_is_neutral_only_where_nothing_was_due() -> None:
    heat = of_goal(march(1, 18))
    assert heat.marks == " XX·-·X-······-··o"
    assert [wins for wins in heat.wins if wins] == [2, 1, 1]
    assert (heat.all_wins, heat.days) == (4, 3)


def test_the_vault_counts_every_win() -> None:
    heat = vault_heat(figures(), march(1, 18))
    assert {place + 1: wins for place, wins in enumerate(heat.wins) if wins} == {2: 2, 3: 1, 7: 2}
    assert heat.marks[0] == " "


def test_in_the_vault_a_day_is_pale_only_where_something_was_due() -> None:
    assert vault_heat(figures(), march(1, 18)).marks == " XX·-·X-······-··o"
    paused = {
        path: text.replace("rest: [sun]", "pause: [2026-03-04..2026-03-06]") for path, text in NOTES.items()
    }
    assert vault_heat(figures(paused), march(1, 9)).marks == " XX---X··"


def test_without_micro_wins_every_day_since_the_first_counts() -> None:
    boxes = {"2026-03-02.md": "- [x] one\n", "2026-03-05.md": "- [x] two\n"}
    assert vault_heat(figures(boxes), march(1, 18)).marks == " X··X············o"


@given(
    st.dictionaries(st.integers(1, 18), st.sampled_from("x-/ "), max_size=18),
    st.sampled_from(
        ["every day", "every weekday", "3 times a week", "every 3 days when done", "twice in 5 days"]
    ),
)
def test_what_was_due_on_one_day_is_what_the_calendar_says_of_it(boxes: dict[int, str], rule: str) -> None:
    goal = f"---\ntype: goal\nstart: 2026-03-02\nrest: [sun]\n---\n## Micro-wins\n- Walk 🔁 {rule}\n"
    days = {f"2026-03-{day:02}.md": f"- [{box}] Walk\n" for day, box in boxes.items()}
    found = figures({"Goal.md": goal, **days})
    [win] = found.wins
    heat, told = vault_heat(found, march(1, 18)), marks(win, days_of(march(1, 18)))
    assert heat == win_heat(found, win, march(1, 18)) == of_goal(march(1, 18), {"Goal.md": goal, **days})
    for day in range(1, 18):
        done, covered = boxes.get(day) == "x", told[day - 1] == "X"
        assert heat.marks[day - 1] == ("X" if done else " " if covered else told[day - 1]), day


def test_the_wins_of_a_goal_below_are_those_of_the_goal_above() -> None:
    above = {
        "Above.md": "---\ntype: goal\n---\n",
        "Goal.md": GOAL.replace("---\n## ", "parent: '[[Above]]'\n---\n## "),
    }
    found = figures({**NOTES, **above})
    goal = found.goal("Above.md")
    assert goal is not None
    assert goal_heat(found, goal, march()).all_wins == 4


def test_a_limit_shows_the_turns_that_were_kept_and_its_ticks_are_no_wins() -> None:
    limit = {
        "Goal.md": "---\ntype: goal\nstart: 2026-03-02\n---\n## Micro-wins\n- Sweets [limit:: 0 a day]\n",
        "2026-03-02.md": "- [ ] Sweets\n",
        "2026-03-03.md": "- [x] Sweets\n",
    }
    found = figures(limit)
    [win] = found.wins
    heat = win_heat(found, win, march(2, 3))
    assert (heat.marks, heat.at_most) == ("X·", True)
    assert of_goal(march(), limit).all_wins == 0


def test_a_week_of_a_limit_is_kept_on_all_of_its_days() -> None:
    goal = "---\ntype: goal\nstart: 2026-03-02\n---\n## Micro-wins\n- Sweets [limit:: 1 a week]\n"
    days = {f"2026-03-{day:02}.md": "- [x] Sweets\n" for day in (3, 10, 11)}
    found = figures({"Goal.md": goal, **days})
    [win] = found.wins
    assert win_heat(found, win, march(1, 18)).marks == " XXXXXXX·······  o"


@pytest.mark.parametrize(
    ("wins", "legend"),
    [
        ([], []),
        ([1, 1], ["done"]),
        ([1, 2], ["1", "2"]),
        ([1, 2, 3, 4], ["1", "2", "3", "4+"]),
        ([2] * 20 + [90], ["1", "2+"]),
        ([8] * 20, ["1–2", "3–4", "5–6", "7+"]),
    ],
)
def test_the_legend_says_what_each_shade_stands_for(wins: list[int], legend: list[str]) -> None:
    notes = {
        f"2026-01-{day:02}.md": "".join(f"- [x] box {box}\n" for box in range(number))
        for day, number in enumerate(wins, 1)
    }
    heat = vault_heat(figures(notes, date(2026, 2, 1)), Span(date(2026, 1, 1), date(2026, 1, 31)))
    assert [word.removesuffix("+") for _, word in heat.legend] == [word.removesuffix("+") for word in legend]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=31))
def test_more_wins_never_have_a_paler_shade_and_every_shade_is_in_the_legend(numbers: list[int]) -> None:
    heat = Heat(
        Span(date(2026, 1, 1), date(2026, 1, len(numbers))),
        "".join("X" if number else "·" for number in numbers), tuple(numbers), shade_bounds(numbers), 0, TODAY,
    )  # fmt: skip
    shades = sorted((wins, heat.shade(place)) for place, wins in enumerate(numbers) if wins)
    assert [shade for _, shade in shades] == sorted(shade for _, shade in shades)
    assert {shade for _, shade in shades} <= {shade for shade, _ in heat.legend} <= {1, 2, 3, 4}


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026, 2027, 2028])
@pytest.mark.parametrize("week_start", [0, 5, 6])
def test_every_day_of_a_year_has_a_place_of_its_own(year: int, week_start: int) -> None:
    span = span_of(TODAY, year, 12)
    heat = vault_heat(figures(week_start=week_start), span)
    cells = list(heat.cells())
    days = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    assert len(cells) == len({(column, row) for _, column, row in cells}) == days
    assert {(span.first.weekday() - week_start) % 7} == {cells[0][2]}
    assert max(column for _, column, _ in cells) == heat.columns - 1 in {52, 53}
    assert [month for _, month in heat.months()] == list(range(1, 13))


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 12))
def test_months_up_to_today_end_today_and_begin_the_day_after_the_same_day_before(
    today: date, months: int
) -> None:
    span = span_of(today, None, months)
    assert span.last == today
    before = span.first - timedelta(days=1)
    assert (today.year * 12 + today.month) - (before.year * 12 + before.month) == months
    assert before.day <= today.day


def test_the_rows_of_characters() -> None:
    heat = of_goal(march(1, 18))
    assert heat_rows(heat) == [
        "   Mar",
        "Mo  █··",
        "Tu  ▒··",
        "We  ··o",
        "Th  -·",
        "Fr  ··",
        "Sa  ▒·",
        "Su  --",
        "   ▒ 1   █ 2   - rest",
    ]


def test_the_rows_speak_the_language_and_begin_with_the_week() -> None:
    heat = vault_heat(figures(week_start=6), march(1, 18))
    with speaking("de"):
        rows = heat_rows(heat)
    assert rows[0] == "   Mär"
    assert [row[:2] for row in rows[1:8]] == ["So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"]


def test_the_map_of_one_micro_win_in_plain_characters_says_done_and_of_a_limit_kept() -> None:
    day = "- [x] Walk\n"
    notes = {
        "G.md": "---\ntype: goal\nstart: 2026-01-01\n---\n## Micro-wins\n- Walk 🔁 every day\n- Rush [limit:: 1 a week]\n"
    }
    found = figures(notes | {f"2026-01-{number:02}.md": day for number in range(1, 20)}, date(2026, 1, 20))
    walk, rush = found.wins
    span = Span(date(2026, 1, 1), date(2026, 1, 20))
    assert heat_rows(win_heat(found, walk, span))[-1] == "   █ done"
    assert heat_rows(win_heat(found, rush, span))[-1] == "   █ kept"
