"""The sample vault: a believable year, read without a problem, the same bytes for the same day."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from microwins.daemon.clock import system_clock
from microwins.daemon.keeper import Keeper
from microwins.daemon.sample_vault import write_sample_vault
from microwins.daemon.wiring import Machine, open_session
from microwins.parsers.blocks import closing, opening
from microwins.parsers.task import State
from microwins.streaks.vault_figures import VaultFigures

TODAY = date(2026, 11, 20)
LEAP_DAY, NEW_YEAR = date(2028, 2, 29), date(2027, 1, 1)
EMPTY = f"{opening('today')}\n{closing()}"
CHILD = (
    "import sys, datetime, pathlib; from microwins.daemon.sample_vault import write_sample_vault as write; "
)
CHILD += "write(pathlib.Path(sys.argv[1]), datetime.date.fromisoformat(sys.argv[2]))"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def kept(folder: Path, today: date) -> Keeper:
    machine = Machine({}, system_clock, folder.parent / "state", folder.parent / "cache")
    keeper = open_session(machine, folder / "vault", today).keeper()
    keeper.read_all()
    return keeper


@pytest.fixture(scope="module", params=[TODAY, LEAP_DAY, NEW_YEAR], ids=str)
def keeper(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Keeper:
    folder = tmp_path_factory.mktemp("sample")
    write_sample_vault(folder / "vault", request.param)
    return kept(folder, request.param)


@pytest.fixture(scope="module")
def figures(keeper: Keeper) -> VaultFigures:
    return keeper.figures()


def test_two_machines_write_the_same_bytes(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    write_sample_vault(here, TODAY)
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", CHILD, str(there), str(TODAY)], env=environment, check=True)
    assert contents(here) == contents(there)


def test_it_says_how_many_notes_there_are(tmp_path: Path) -> None:
    count = write_sample_vault(tmp_path / "new" / "vault", TODAY)
    assert count == len(list(tmp_path.rglob("*.md"))) > 365


def test_nothing_is_wrong_with_it(keeper: Keeper, figures: VaultFigures) -> None:
    assert keeper.problems(figures) == []


def test_it_has_a_daily_note_for_each_of_365_days(keeper: Keeper, figures: VaultFigures) -> None:
    days = {path for path, note in keeper.ledger.notes.items() if note.kind == "day"}
    assert len(days) == 365
    assert max(days) == f"Journal/{figures.now.today}.md"


def test_every_schedule_is_read_and_they_are_of_five_kinds(figures: VaultFigures) -> None:
    rules = {phase.rule for win in figures.wins for phase in win.win.phases}
    assert None not in rules
    assert len(rules) == 5


def test_the_goals_form_a_tree(figures: VaultFigures) -> None:
    assert [goal.goal.title for goal in figures.goals if goal.parent is not None] == ["First chapter"]
    assert len(figures.goals) == 4


def test_there_is_something_to_tick_today_and_nothing_is_ticked_yet(figures: VaultFigures) -> None:
    states = [win.state for win in figures.wins]
    assert states.count("open") >= 3
    assert not any(win.history.get(figures.now.today) for win in figures.wins)


def test_streaks_run_and_none_is_a_perfect_year(figures: VaultFigures) -> None:
    running = [win.streak.count for win in figures.wins if win.streak is not None]
    assert len(set(running)) >= 4
    assert all("x" in win.states for win in figures.wins if len(win.turns) > 40)


def test_strengths_are_spread(figures: VaultFigures) -> None:
    strengths = sorted(win.strength for win in figures.wins)
    assert 0.3 <= strengths[0] < 0.5
    assert 0.85 < strengths[-1] < 1


def test_there_is_a_lapse_with_a_comeback_a_holiday_and_skips(figures: VaultFigures) -> None:
    assert any(re.search("xxxx+#", win.states) for win in figures.wins)
    assert any(re.search("-{8}", win.states) for win in figures.wins)
    assert any(entry.skipped for win in figures.wins for entry in win.history.values())


def test_amounts_and_times_are_written_now_and_then(keeper: Keeper) -> None:
    done = [task for note in keeper.ledger.notes.values() for task in note.tasks if task.state is State.DONE]
    assert any("words" in task.fields.inline for task in done)
    assert any("km" in task.fields.inline for task in done)
    assert any(task.fields.time for task in done)


@pytest.mark.parametrize("today", [TODAY, LEAP_DAY, NEW_YEAR], ids=str)
def test_todays_boxes_are_the_lines_that_microwins_would_have_written(tmp_path: Path, today: date) -> None:
    write_sample_vault(tmp_path / "vault", today)
    note = tmp_path / "vault" / "Journal" / f"{today}.md"
    written = note.read_bytes()
    note.write_text(
        re.sub(f"{opening('today')}.*{closing()}", EMPTY, written.decode(), flags=re.DOTALL), encoding="utf-8"
    )
    keeper = kept(tmp_path, today)
    keeper.write(keeper.plan())
    assert note.read_bytes() == written


def test_the_first_pass_fills_the_goals_and_the_dashboard_and_the_second_writes_nothing(
    tmp_path: Path,
) -> None:
    write_sample_vault(tmp_path / "vault", TODAY)
    keeper = kept(tmp_path, TODAY)
    first = keeper.write(keeper.plan())
    assert len(first.written) == 5
    assert first.skipped == ()
    assert list(kept(tmp_path, TODAY).plan()) == []


def test_the_diary_does_not_repeat_itself_within_two_weeks(keeper: Keeper) -> None:
    notes = sorted((keeper.vault.root / "Journal").glob("*.md"))[:-1]
    last_seen: dict[str, int] = {}
    for number, note in enumerate(notes):
        text = note.read_text(encoding="utf-8").partition("## Notes")[2].strip()
        assert text
        assert number - last_seen.get(text, -15) > 14
        last_seen[text] = number


def test_no_word_shames_threatens_or_promises(keeper: Keeper) -> None:
    unwanted = re.compile(
        r"dopamine|fail|lazy|guilt|shame|broke[n]? (?:the|your) (?:chain|streak)|don't lose|hurry|21 days",
        re.I,
    )
    for path in keeper.ledger.notes:
        assert unwanted.search((keeper.vault.root / path).read_text(encoding="utf-8")) is None
