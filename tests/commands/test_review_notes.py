"""Notes of weeks to years: made on request or by themselves, whole, never over a file, and true to the last tick."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.conftest import Bench

WEEK = "Reviews/2026-W47.md"
FRIDAY = date(2026, 11, 20)
DONE = "- [x] Write 300 words [words:: 320]\n- [x] Open the draft for 2 minutes @08:30\n"
MINE = "- What went well: the quiet hour before breakfast 🌅\n"


@pytest.fixture
def diary(vault: Bench) -> Bench:
    """Sixty days with two wins each, and one on the days that are divided by five."""
    for ago in range(1, 61):
        day = FRIDAY - timedelta(days=ago)
        vault.write(f"Journal/{day}.md", DONE if ago % 5 else "- [x] Read a page\n")
    return vault


def at(bench: Bench, day: date, hour: int = 12) -> Bench:
    """Return the same vault at another moment."""
    return replace(bench, moment=datetime(day.year, day.month, day.day, hour, tzinfo=UTC))


def test_a_review_note_has_what_was_done_between_looking_ahead_and_looking_back(diary: Bench) -> None:
    result = diary.run("review", "week", "--write")
    assert result.out.rstrip().endswith(f"{WEEK} (made now)")
    text = diary.text(WEEK)
    assert text.startswith("# 2026-W47\n\n## Looking ahead\n\n- What matters most this week:\n")
    assert text.endswith("## Looking back\n\n- What went well:\n- What made it easy:\n- One smaller step:\n")
    block = text.partition("<!-- microwins:review -->\n")[2].partition("<!-- /microwins -->")[0]
    assert block.startswith(
        "**Week of 16 to 22 November 2026, day 5 of 7** · 8 wins on 4 of 4 days, 2 a day · 8 of 12 turns done\n\n"
        "The week before, up to the same day: 7 wins on 4 days\n\n"
        "| Micro-win | Mo | Tu | We | Th | Fr | Sa | Su | Turns | Strength |\n"
    )
    assert "| Write 300 words | ✓ | ✓ | ✓ | ✓ | ○ |  |  | 4 of 4 |" in block
    assert "| Read a page | · | · | · | · | ○ |  |  | 0 of 4 |" in block
    assert "| **All wins** | 2 | 2 | 2 | 2 |  |  |  |  |  |\n" in block
    assert "| [[Write a book]] | ▰▰▰▱▱▱▱▱▱▱ 33 % | 8 | 8 minutes · 1,280 words |\n" in block
    assert "- **Votes** · 8 for writer\n" in block


def test_a_second_pass_writes_nothing(diary: Bench) -> None:
    for kind in ("week", "month", "quarter", "year"):
        diary.run("review", kind, "--write")
    before = diary.files()
    assert diary.json("sync")["written"] == []
    assert diary.run("check").code == 0
    assert diary.files() == before
    assert {path for path in before if path.startswith("Reviews/")} == {
        WEEK,
        "Reviews/2026-11.md",
        "Reviews/2026-Q4.md",
        "Reviews/2026.md",
    }


def test_a_late_tick_is_told_and_what_the_user_wrote_stays(diary: Bench) -> None:
    diary.run("review", "week", "--write")
    text = diary.text(WEEK).replace("- What went well:\n", MINE)
    diary.write(WEEK, text)
    monday = at(diary, date(2026, 11, 24))
    monday.run("sync")
    assert "| Write 300 words | ✓ | ✓ | ✓ | ✓ | · |  |  | 4 of 5 |" in diary.text(WEEK)
    monday.write("Journal/2026-11-20.md", "- [x] Write 300 words\n")
    assert WEEK in monday.json("sync")["written"]
    later = diary.text(WEEK)
    assert "| Write 300 words | ✓ | ✓ | ✓ | ✓ | ✓ |  |  | 5 of 5 |" in later
    assert MINE in later
    outside = later.partition("<!-- microwins:review -->")[0], later.partition("<!-- /microwins -->")[2]
    assert outside == (
        text.partition("<!-- microwins:review -->")[0],
        text.partition("<!-- /microwins -->")[2],
    )


def test_what_was_written_of_a_week_long_over_stays(diary: Bench) -> None:
    diary.run("review", "week", "--write")
    at(diary, date(2026, 11, 29)).run("sync")
    before = diary.text(WEEK)
    december = at(diary, date(2026, 12, 20))
    december.write("Journal/2026-11-20.md", "- [x] Write 300 words\n")
    december.run("sync")
    assert diary.text(WEEK) == before


def test_a_marker_that_is_pasted_into_a_note_of_long_ago_is_filled_once(diary: Bench) -> None:
    diary.write("Reviews/2026-W41.md", "<!-- microwins:review -->\n")
    diary.run("sync")
    assert "**Week of 5 to 11 October 2026** · " in diary.text("Reviews/2026-W41.md")
    assert diary.json("sync")["written"] == []


def test_a_marker_names_another_period_than_that_of_its_note(diary: Bench) -> None:
    for marker in ("of=2026-10", "of=2026-W45", "quarter", "year"):
        diary.write(f"Panel {marker}.md", f"<!-- microwins:review {marker} -->\n<!-- /microwins -->\n")
    diary.run("sync")
    heads = [
        diary.text(path).splitlines()[1].partition("**")[2]
        for path in sorted(diary.files())
        if "Panel" in path
    ]
    assert [head.partition("**")[0] for head in heads] == [
        "October 2026",
        "Week of 2 to 8 November 2026",
        "October to December 2026, day 51 of 92",
        "2026, day 324 of 365",
    ]


def test_of_a_look_back_only_some_parts_may_be_shown(diary: Bench) -> None:
    diary.write("Panel.md", "<!-- microwins:review month show=goals -->\n<!-- /microwins -->\n")
    diary.run("sync")
    lines = [line for line in diary.text("Panel.md").splitlines()[1:-1] if line]
    assert [line.partition(" ")[0] for line in lines] == ["**November", "The", "|", "|", "|"]
    assert lines[2] == "| Goal | Progress | Wins | Steps and amounts |"


@pytest.mark.parametrize("marker", ["of=soon", "of=2026-13", "decade", "of=2026-11-20"])
def test_a_period_that_is_none_is_a_problem_and_the_block_stays(diary: Bench, marker: str) -> None:
    text = f"<!-- microwins:review {marker} -->\n<!-- /microwins -->\n"
    diary.write("Panel.md", text)
    diary.run("sync")
    assert diary.text("Panel.md") == text
    assert "block-option" in diary.run("check").out


def test_a_note_of_a_week_to_come_waits(diary: Bench) -> None:
    text = "# Next week\n<!-- microwins:review -->\n<!-- /microwins -->\n"
    diary.write("Reviews/2026-W48.md", text)
    diary.run("sync")
    assert diary.text("Reviews/2026-W48.md") == text
    at(diary, date(2026, 11, 23)).run("sync")
    assert "**Week of 23 to 29 November 2026, day 1 of 7** · No win so far\n" in diary.text(
        "Reviews/2026-W48.md"
    )


def test_a_note_that_is_there_is_never_made_over(diary: Bench) -> None:
    diary.write(WEEK, "# My own week\n")
    result = diary.run("review", "week", "--write")
    assert result.out.rstrip().endswith("To have this in it, paste: <!-- microwins:review -->")
    assert diary.text(WEEK) == "# My own week\n"
    note = diary.json("review", "week", "--write")["note"]
    assert (note["exists"], note["created"], note["has_block"]) == (True, False, False)


def test_without_write_nothing_is_made(diary: Bench) -> None:
    assert diary.json("review", "week")["note"]["exists"] is False
    path = diary.run("review", "month", "--of", "2026-10", "--path").out.strip()
    assert path == (diary.root / "Reviews/2026-10.md").as_posix()
    assert not (diary.root / "Reviews").exists()


def test_a_vault_that_is_not_set_up_gets_no_note(tmp_path: Path, diary: Bench) -> None:
    (diary.root / ".microwins.toml").unlink()
    result = diary.run("review", "week", "--write")
    assert (result.code, (diary.root / "Reviews").exists()) == (1, False)
    assert "init" in result.err


SETTINGS = '\n[weekly]\ncreate = true\n\n[monthly]\ncreate = true\nfolder = "Months"\nformat = "YYYY/MMMM"\n'


def test_by_themselves_they_are_made_once_from_the_first_day_on(diary: Bench) -> None:
    diary.write(".microwins.toml", diary.text(".microwins.toml") + SETTINGS)
    dry = diary.run("sync", "--dry-run").out
    assert f"+++ b/{WEEK}" in dry
    assert not (diary.root / WEEK).exists()
    assert diary.json("sync")["created"] == ["Reviews/2026-W47.md", "Months/2026/November.md"]
    assert diary.json("sync")["created"] == []
    (diary.root / WEEK).unlink()
    assert diary.json("sync")["created"] == []  # whoever deletes it does not want it
    assert diary.json("review", "--write")["note"]["created"] is True
    assert at(diary, date(2026, 12, 1)).json("sync")["created"] == [
        "Reviews/2026-W49.md",
        "Months/2026/December.md",
    ]


def test_one_that_a_kill_kept_from_being_made_is_made_by_the_next_pass(
    diary: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> bool:
        raise KeyboardInterrupt

    diary.write(".microwins.toml", diary.text(".microwins.toml") + SETTINGS)
    with monkeypatch.context() as patch:
        patch.setattr("microwins.daemon.note_writer.create_note", killed)
        diary.run("sync")
    assert not (diary.root / WEEK).exists()
    assert WEEK in diary.json("sync")["created"]


def test_before_the_time_of_day_at_which_notes_are_made_none_is(diary: Bench) -> None:
    diary.write(".microwins.toml", diary.text(".microwins.toml") + 'at = "10:00"\n' + SETTINGS)
    assert at(diary, FRIDAY, 9).json("sync")["created"] == []
    assert at(diary, FRIDAY, 10).json("sync")["created"] == ["Reviews/2026-W47.md", "Months/2026/November.md"]


def test_the_vaults_own_template_makes_the_note(diary: Bench) -> None:
    diary.write("T/Week.md", "# {{title}} from {{monday:D MMM}} <% tp.x %>\r\n{{sundae:D}}\r\n")
    settings = '\n[weekly]\nfolder = "Weeks"\nformat = "YYYY/[Week] WW"\ntemplate = "T/Week"\n'
    diary.write(".microwins.toml", diary.text(".microwins.toml") + settings)
    result = diary.run("review", "--of", "2026-W47", "--write")
    text = diary.text("Weeks/2026/Week 47.md")
    assert text.startswith(
        "# Week 47 from 16 Nov <% tp.x %>\r\n{{sundae:D}}\r\n\r\n<!-- microwins:review -->\r\n**Week of "
    )
    assert "\n" not in text.replace("\r\n", "")
    assert (
        "T/Week.md:2: The placeholder {{sundae:D}} is not known and was left as it is. Did you mean {{sunday:D}}?"
        in result.err
    )
    assert diary.text("T/Week.md") == "# {{title}} from {{monday:D MMM}} <% tp.x %>\r\n{{sundae:D}}\r\n"


def test_a_template_with_a_block_of_ours_gets_no_other_one(diary: Bench) -> None:
    diary.write("T/Week.md", "%% microwins:week %%\n")
    diary.write(".microwins.toml", diary.text(".microwins.toml") + '\n[weekly]\ntemplate = "T/Week"\n')
    diary.run("review", "--write")
    assert diary.text(WEEK).startswith("%% microwins:week %%\n```text\n")
    assert "microwins:review" not in diary.text(WEEK)


def test_a_week_that_begins_on_sunday_is_that_of_its_note(diary: Bench) -> None:
    diary.write(".microwins.toml", 'week_start = "sunday"\n' + diary.text(".microwins.toml"))
    diary.run("review", "--write")
    assert "**Week of 15 to 21 November 2026, day 6 of 7**" in diary.text(WEEK)
    assert "| Micro-win | Su | Mo | Tu |" in diary.text(WEEK)


def test_in_german_the_note_is_german_and_stays_as_it_is(diary: Bench) -> None:
    diary.write(".microwins.toml", 'language = "de"\n' + diary.text(".microwins.toml"))
    for kind in ("week", "month", "quarter", "year"):
        diary.run("review", kind, "--write")
    assert "## Ausblick\n\n- Was in dieser Woche am wichtigsten ist:\n" in diary.text(WEEK)
    assert "| Micro-Win | Mo | Di | Mi | Do | Fr | Sa | So | Runden | Stärke |" in diary.text(WEEK)
    assert diary.json("sync")["written"] == []
    assert diary.run("check").code == 0


def test_every_device_writes_the_same_bytes(
    diary: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another folder, zone, order of files and language of the machine, and a tick that only one of them saw."""
    diary.write(".microwins.toml", diary.text(".microwins.toml").replace('timezone = "UTC"\n', "") + SETTINGS)
    other = replace(diary, folder=tmp_path / "other")
    for path in sorted(diary.files(), reverse=True):
        other.write(path, diary.read(path))
    here = replace(diary, moment=datetime(2026, 11, 20, 9, 5, tzinfo=ZoneInfo("America/New_York")))
    there = replace(other, moment=datetime(2026, 11, 20, 21, 40, tzinfo=ZoneInfo("Pacific/Auckland")))
    here.run("tick", "read a page")
    shutil.copytree(diary.root / "Journal", other.root / "Journal", dirs_exist_ok=True)
    for kind in ("week", "month", "quarter", "year"):
        monkeypatch.setenv("TZ", "America/New_York")
        monkeypatch.setenv("LC_ALL", "C")
        here.run("review", kind, "--write")
        monkeypatch.setenv("TZ", "Pacific/Auckland")
        monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
        there.run("review", kind, "--write")
    here.run("sync")
    there.run("sync")
    assert here.files() == there.files()
    assert "| Read a page |" in here.text(WEEK)


def test_a_time_that_was_only_seen_counts_in_the_terminal_which_says_so(vault: Bench) -> None:
    vault.run("today")
    vault.moment = vault.moment.replace(hour=8)
    vault.run("tick", "read a page")
    told = vault.run("review", "--write").out
    note = vault.text("Reviews/2026-W47.md")
    assert "a morning win on 1 of 1 day" in told
    assert "Mornings" not in note
    assert "They count here, and in no note" in " ".join(told.split())
    assert vault.json("review")["times_seen"] == 1


def test_where_all_times_stand_in_notes_the_terminal_and_the_note_say_the_same(vault: Bench) -> None:
    vault.write("Journal/2026-11-20.md", "- [x] Read a page @08:00\n")
    told = vault.run("review", "--write").out
    assert "a morning win on 1 of 1 day" in told
    assert "a morning win on 1 of 1 day" in vault.text("Reviews/2026-W47.md")
    assert "seen on this machine" not in told
    assert vault.json("review")["times_seen"] == 0


def test_without_a_note_there_is_nothing_that_could_differ(vault: Bench) -> None:
    vault.run("tick", "read a page")
    assert "seen on this machine" not in vault.run("review").out


def test_days_before_the_first_win_of_all_are_not_told_as_days_without_one(vault: Bench) -> None:
    vault.write("Goals/Write a book.md", "---\ntype: goal\n---\n## Micro-wins\n- Read a page 🔁 every day\n")
    vault.write("Journal/2026-11-18.md", "- [x] Read a page\n")
    vault.write("Journal/2026-11-19.md", "nothing\n")
    vault.run("review", "--write")
    [row] = [line for line in vault.text("Reviews/2026-W47.md").splitlines() if "All wins" in line]
    assert row == "| **All wins** |  |  | 1 | 0 |  |  |  |  |  |"
    assert "Wins by day: Wednesday 1 and Thursday 0" in vault.run("review", "--plain").out
