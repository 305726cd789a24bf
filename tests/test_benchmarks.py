"""The benchmarks run, on a small vault; how long anything takes is asserted nowhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


def run(script: str, *arguments: object, **environment: str) -> str:
    command = [sys.executable, str(BENCHMARKS / script), *map(str, arguments)]
    done = subprocess.run(
        command,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("vault")
    run("generate.py", folder, "--notes", 400, PYTHONHASHSEED="1")
    return contents(folder)


def test_the_same_arguments_give_the_same_vault(tmp_path: Path, vault: dict[str, bytes]) -> None:
    run("generate.py", tmp_path / "again", "--notes", 400, PYTHONHASHSEED="2")
    assert contents(tmp_path / "again") == vault


def test_another_seed_gives_another_vault(tmp_path: Path, vault: dict[str, bytes]) -> None:
    run("generate.py", tmp_path / "other", "--notes", 400, "--seed", 2)
    assert contents(tmp_path / "other") != vault


def test_it_has_as_many_notes_as_were_asked_for_and_a_dashboard(vault: dict[str, bytes]) -> None:
    assert sum(path.endswith(".md") for path in vault) == 401


def test_notes_are_as_they_are_met_in_the_wild(vault: dict[str, bytes]) -> None:
    notes = [data for path, data in vault.items() if path.endswith(".md")]
    assert any(b"\r\n" in data for data in notes)
    assert any(not data.endswith(b"\n") for data in notes)
    assert any(data.startswith(b"\xef\xbb\xbf") for data in notes)
    assert any(b"- [ ] no box, but code" in data for data in notes)
    assert any(len(data) > 40_000 for data in notes)
    assert 1000 < sorted(map(len, notes))[200] < 2000


def test_a_third_of_the_boxes_of_daily_notes_belong_to_declared_micro_wins(vault: dict[str, bytes]) -> None:
    goals = [data.decode() for path, data in vault.items() if path.startswith("Goals/")]
    declared = {win for goal in goals for win in re.findall(r"^- (.+?) 🔁", goal, re.MULTILINE)}
    days = [data.decode() for path, data in vault.items() if path.startswith("Diary/")]
    boxes = [
        box for day in days for box in re.findall(r"- \[[ x-]\] ([^\[\r\n]+)", day.partition("## Also")[0])
    ]
    others = [box for day in days for box in re.findall(r"- \[[ x-]\] .", day.partition("## Also")[2])]
    assert {box.strip() for box in boxes} <= declared
    assert 0.2 < len(boxes) / (len(boxes) + len(others)) < 0.45


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine")
    with pytest.raises(subprocess.CalledProcessError):
        run("generate.py", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.md"]


def test_the_measurement_runs_and_prints_its_tables() -> None:
    shown = run("sync.py", "--notes", 60, "--rounds", 1, "--ticks", 4)
    for row in ("read every note", "stat walk", "sync, cold", "sync, nothing changed", "daemon's rescan"):
        assert re.search(rf"^\| {row}[^|]*\|( [0-9.]+ \|){{3}}$", shown, re.MULTILINE)
    assert re.search(r"^\| 60 notes \|( [0-9.]+ \|){4}$", shown, re.MULTILINE)


def test_the_replay_is_measured_beside_a_bare_loop() -> None:
    shown = run("replay.py", "--years", 1, "--rounds", 1)
    for row in (
        "days_of alone",
        "every day",
        "3 times in 7 days",
        "at most 2 a week",
        "every day, 300 words",
    ):
        assert re.search(rf"^\| {row} \|( [0-9.]+ \|){{2}}$", shown, re.MULTILINE)


def test_the_figures_after_a_tick_are_measured_in_a_small_and_a_large_vault() -> None:
    assert "12 goals" in run("figures.py", "--goals", 12, "--ticks", 2)


@pytest.mark.parametrize("shape", ["rename over", "truncate and write", "open, pause, truncate, write"])
def test_no_save_is_lost_in_a_race(shape: str) -> None:
    shown = run("race.py", "--saves", 2000, "--rounds", 3, "--shape", shape)
    assert re.search(rf"^\| {shape} \| 2,000 \| 0 \|( [0-9,]+ \|){{7}}$", shown, re.MULTILINE)
    assert re.search(r"^\| swap \| [0-9]+ \| [0-9.]+ \|$", shown, re.MULTILINE)


@pytest.mark.skipif(sys.platform != "linux", reason="the processor time of others is read from /proc")
def test_a_watch_at_rest_is_measured() -> None:
    shown = run("idle.py", "--notes", 20, "--seconds", 0.1)
    assert re.search(r"(?m)^ +20 +[0-9]+ +[0-9]+ +[0-9]+ ms +0\.[0-9]+% ", shown)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told otherwise elsewhere")
def test_hostile_texts_are_measured_each_in_a_vault_of_its_own() -> None:
    shown = run("hostile.py", "--size", 3000, "--only", "YAML", "--rounds", 1)
    rows = {
        line.split("|")[1].strip(): line.split("|")[-2].strip()
        for line in shown.splitlines()
        if line.startswith("| ")
    }
    assert rows["aliases of YAML"] == "frontmatter-alias"
    assert rows["many keys of YAML"] == "–"
