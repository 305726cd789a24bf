"""`microwins review`: a look back that fits the screen, names its period and adds up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from microwins.streaks.figures import Figures, figures_of
from microwins.templates.safe_text import columns

if TYPE_CHECKING:
    from microwins.streaks.micro_win import MicroWin
    from tests.commands.conftest import Bench

GOAL = "Goals/Write a book.md"
FRIDAY = date(2026, 11, 20)
DONE = "- [x] Write 300 words [words:: 320]\n- [x] Open the draft for 2 minutes @08:30\n"


@pytest.fixture
def diary(vault: Bench) -> Bench:
    """Sixty days with two wins each, and one on the days that are divided by five."""
    for ago in range(1, 61):
        day = FRIDAY - timedelta(days=ago)
        vault.write(f"Journal/{day}.md", DONE if ago % 5 else "- [x] Read a page\n")
    return vault


def test_the_running_week_is_looked_back_on(diary: Bench) -> None:
    out = diary.run("review").out
    assert out.startswith("Week of 16 to 22 November 2026, day 5 of 7\n8 wins on 4 of 4 days, 2 a day\n")
    assert "The week before, up to the same day: 7 wins on 4 days" in out
    assert "Write 300 words" in out
    assert "1,280 words" in out
    assert "Votes         8 for writer" in out


@pytest.mark.parametrize(
    ("words", "kind", "start", "until"),
    [
        ([], "week", "2026-11-16", "2026-11-20"),
        (["--last"], "week", "2026-11-09", "2026-11-15"),
        (["month"], "month", "2026-11-01", "2026-11-20"),
        (["month", "--last"], "month", "2026-10-01", "2026-10-31"),
        (["quarter"], "quarter", "2026-10-01", "2026-11-20"),
        (["year"], "year", "2026-01-01", "2026-11-20"),
        (["--of", "2026-10-14"], "week", "2026-10-12", "2026-10-18"),
        (["--of", "2026-W42"], "week", "2026-10-12", "2026-10-18"),
        (["--of", "2026-10"], "month", "2026-10-01", "2026-10-31"),
        (["--of", "2026-Q3"], "quarter", "2026-07-01", "2026-09-30"),
        (["--of", "2025"], "year", "2025-01-01", "2025-12-31"),
        (["month", "--of", "2026-10-14"], "month", "2026-10-01", "2026-10-31"),
        (["--of", "2026-10", "--last"], "month", "2026-09-01", "2026-09-30"),
    ],
    ids=" ".join,
)
def test_a_period_is_chosen_by_its_kind_a_day_or_its_name(
    diary: Bench, words: list[str], kind: str, start: str, until: str
) -> None:
    period = diary.json("review", *words)["period"]
    assert (period["kind"], period["start"], period["until"]) == (kind, start, until)


@pytest.mark.parametrize(
    "words",
    [
        ["--of", "soon"],
        ["--of", "2026-13"],
        ["--of", "2027"],
        ["--of", "1812"],
        ["week", "--of", "2026-11"],
        ["decade"],
        ["--of", "9999"],
    ],
    ids=" ".join,
)
def test_what_is_no_period_is_a_usage_error(diary: Bench, words: list[str]) -> None:
    result = diary.run("review", *words)
    assert (result.code, result.out) == (2, "")
    assert diary.run("review", *words, "--json").document["error"]["code"] == "usage"


def test_the_parts_add_up(diary: Bench) -> None:
    data = diary.json("review", "month", "--last")
    assert data["wins"] == sum(day["wins"] for day in data["days"])
    assert data["wins"] == data["other_wins"] + sum(goal["wins"] for goal in data["goals"])
    assert data["amounts"] == data["goals"][0]["amounts"] == {"word": 320 * 24, "min": 2 * 24}
    turns = [win["turns"] for win in data["goals"][0]["micro_wins"]]
    assert data["turns"]["satisfied"] == sum(one["satisfied"] for one in turns)
    assert len(data["days"]) == data["counted_days"] == 31


def test_the_months_of_a_year_are_those_of_its_reviews(diary: Bench) -> None:
    year = diary.json("review", "year")
    assert [month["start"][5:7] for month in year["months"]] == [f"{month:02d}" for month in range(1, 12)]
    assert year["wins"] == sum(month["wins"] for month in year["months"])
    for month in year["months"]:
        assert month["wins"] == diary.json("review", "--of", month["start"][:7])["wins"]


def test_a_past_period_is_told_as_it_stood_at_its_end(diary: Bench) -> None:
    then = diary.json("review", "month", "--last")
    diary.write("Journal/2026-11-20.md", DONE)
    diary.write("Journal/2026-11-08.md", "")
    now = diary.json("review", "month", "--last")
    assert now["goals"] == then["goals"]
    assert diary.json("review", "--of", "2026-10", "--today", "2026-10-31")["wins"] == then["wins"]


def test_a_step_counts_for_the_period_in_which_it_was_done(diary: Bench) -> None:
    text = diary.text(GOAL)
    diary.write(GOAL, text.replace("- [ ] Chapter one", "- [x] Chapter one ✅ 2026-11-17"))
    goal = diary.json("review")["goals"][0]
    assert goal["steps"] == {"period": 1, "done": 2, "all": 3}
    assert goal["progress"]["start"] == pytest.approx(1 / 3)
    assert goal["progress"]["end"] == pytest.approx(2 / 3)
    assert "Write a book  33 → 67 %" in diary.run("review").out
    assert diary.json("review", "--last")["goals"][0]["progress"]["end"] == pytest.approx(1 / 3)


def test_an_empty_vault_has_nothing_to_hold_against_anybody(empty: Bench) -> None:
    out = empty.run("review", "--today", "2026-11-20").out
    assert "No win so far" in out
    assert "microwins goals new" in out


@pytest.mark.parametrize("kind", ["week", "year"])
def test_the_habits_are_replayed_twice_however_long_the_period(
    diary: Bench, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    replayed: list[str] = []

    def counted(win: MicroWin, *others: Any) -> Figures:
        replayed.append(win.id)
        return figures_of(win, *others)

    monkeypatch.setattr("microwins.daemon.reckoning.figures_of", counted)
    diary.run("review", kind)
    assert len(replayed) == 2 * 3


def test_it_writes_nothing(diary: Bench) -> None:
    before = diary.files()
    diary.run("review", "year")
    assert diary.files() == before


def test_hidden_streaks_are_not_named(diary: Bench) -> None:
    assert "in a row" in diary.run("review", "--last").out.lower()
    diary.write(".microwins.toml", f'streaks = "hidden"\n{diary.text(".microwins.toml")}')
    for kind in ("week", "month", "year"):
        out = diary.run("review", kind, "--last").out.lower()
        assert "in a row" not in out, out
        assert "longest" not in out


def test_a_large_vault_is_cut_unless_all_is_wanted(vault: Bench) -> None:
    lines = "".join(f"- Habit {number} 🔁 every day\n" for number in range(50))
    vault.write(GOAL, f"---\ntype: goal\n---\n## Micro-wins\n{lines}")
    vault.write("Journal/2026-11-19.md", "".join(f"- [x] Habit {number}\n" for number in range(50)))
    short, whole = vault.run("review").out, vault.run("review", "-v").out
    assert "and 30 micro-wins more: `-v` shows all" in short
    assert short.count("  Habit") < whole.count("  Habit") - 20
    assert len(short.splitlines()) <= 40


@pytest.mark.parametrize(("kind", "most"), [("week", 40), ("month", 60), ("year", 60)])
def test_it_is_short_enough_to_be_read(diary: Bench, kind: str, most: int) -> None:
    diary.environment["COLUMNS"] = "80"
    assert len(diary.run("review", kind).out.splitlines()) <= most


def test_the_wins_of_a_day_stand_below_its_name(diary: Bench) -> None:
    lines = diary.run("review").out.splitlines()
    header = next(line for line in lines if "Mo Tu We" in line)
    totals = next(line for line in lines if line.startswith("All wins"))
    assert [totals[header.index(day)] for day in ("Mo", "Tu", "We", "Th")] == ["2"] * 4
    row = next(line for line in lines if line.startswith("  Open the draft"))
    assert columns(row[: header.index("Mo")]) == header.index("Mo")


def test_a_reading_is_not_added_up_and_other_amounts_are(vault: Bench) -> None:
    vault.write(
        "Goals/Health.md",
        "---\ntype: goal\nmeasure: 92 -> 80 kg\n---\n## Micro-wins\n- Weigh in 🔁 every day\n- Run 3 km 🔁 every day\n",
    )
    for day, weight in ((17, "91.6"), (18, "91.2")):
        vault.write(f"Journal/2026-11-{day}.md", f"- [x] Weigh in [kg:: {weight}]\n- [x] Run 3 km\n")
    out = vault.run("review").out
    assert "182.8 kg" not in out
    assert "6 km" in out
    assert vault.json("review")["amounts"] == {"km": 6}


def test_a_year_without_any_win_has_no_table_of_months(vault: Bench) -> None:
    vault.write(GOAL, "---\ntype: goal\n---\n## Micro-wins\n- Read a page 🔁 every day\n")
    assert "January" not in vault.run("review", "year").out


def test_the_days_above_a_month_of_thirty_are_whole_numbers(diary: Bench) -> None:
    header = next(line for line in diary.run("review", "month").out.splitlines() if line.endswith("strength"))
    assert header.split() == ["1", "5", "10", "15", "20", "25", "turns", "strength"]
