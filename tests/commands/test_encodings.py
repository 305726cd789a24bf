"""A terminal that cannot show a character gets a plain one: no command fails for its words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from microwins.daemon.plain_letters import plain_letters

GOAL = """---
type: goal
identity: Läuferin
measure: 500 km
---
## Micro-wins
- Spazieren, 早起き 🧘 “gut” 🔁 every day [after:: Café]
- Write 300 words 🔁 every weekday
- [x] Schuhe
"""
COMMANDS = (
    ["status"],
    ["today"],
    ["goals"],
    ["review"],
    ["next"],
    ["explain", "write"],
    ["tick", "write"],
    ["check"],
)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "vault"
    (root / "Ziele").mkdir(parents=True)
    (root / ".microwins.toml").write_text('language = "de"\n', encoding="utf-8")
    (root / "Ziele" / "Läufe.md").write_text(GOAL, encoding="utf-8")
    (root / "2026-11-19.md").write_text("- [x] Spazieren, 早起き\n- [x] Write 300 words\n", encoding="utf-8")
    return root


def run(vault: Path, encoding: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    home = str(vault.parent)
    environment = os.environ | {
        "PYTHONIOENCODING": encoding,
        "HOME": home,
        "XDG_STATE_HOME": home,
        "XDG_CACHE_HOME": home,
        "PYTHONUTF8": "0",
    }
    command = [sys.executable, "-c", "from microwins.daemon.cli import main; main()", *words]
    return subprocess.run(
        [*command, "--vault", str(vault), "--today", "2026-11-20"],
        env=environment,
        check=False,
        capture_output=True,
        timeout=60,
    )


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_every_view_is_shown_in_the_characters_that_there_are(vault: Path, encoding: str) -> None:
    for words in COMMANDS:
        done = run(vault, encoding, *words)
        assert b"Traceback" not in done.stderr
        assert b"Unicode" not in done.stderr
        assert done.returncode == 0, done.stderr
        shown = done.stdout.decode(encoding)
        assert shown.strip()
        assert "\ufffd" not in shown


def test_signs_become_the_likest_character_and_letters_lose_their_accents(vault: Path) -> None:
    shown = run(vault, "ascii", "status").stdout.decode("ascii")
    assert "Stimmen fuer Laeuferin" in shown.replace("Stimme ", "Stimmen ")
    assert "o Spazieren" in shown
    assert "[x]" not in shown
    cp1252 = run(vault, "cp1252", "status").stdout.decode("cp1252")
    assert "Läuferin" in cp1252
    assert "o Spazieren" in cp1252


def test_json_is_the_same_in_every_encoding(vault: Path) -> None:
    ascii_, utf8 = (run(vault, encoding, "status", "--json").stdout for encoding in ("ascii", "utf-8"))
    assert ascii_ == utf8
    assert "早起き" in json.loads(ascii_)["data"]["goals"][0]["micro_wins"][0]["text"]


def test_a_failure_with_a_name_that_cannot_be_shown_is_told(vault: Path) -> None:
    done = run(vault, "ascii", "explain", "nö")
    assert done.returncode == 1
    assert b"noe" in done.stderr


def test_names_of_notes_are_read_in_a_locale_without_them(vault: Path) -> None:
    expected = json.loads(run(vault, "utf-8", "status", "--json").stdout)["data"]
    home = str(vault.parent)
    folders = {"HOME": home, "XDG_STATE_HOME": home, "XDG_CACHE_HOME": home}
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON"))}
    locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-c", "from microwins.daemon.cli import main; main()"]
    for words in (["status", "--json"], ["status"]):
        done = subprocess.run(
            [*command, *words, "--vault", str(vault), "--today", "2026-11-20"],
            env=kept | folders | locale,
            check=False,
            capture_output=True,
            timeout=60,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        if "--json" in words:
            assert json.loads(done.stdout)["data"] == expected
        else:
            assert b"Laeuferin" in done.stdout, "the terminal is still one without these letters"


def test_plain_letters_are_ascii_and_marks_stand_one_for_one() -> None:
    assert plain_letters("▰▱✓○·–…→") == "#-xo.-~>"
    assert plain_letters("Ångström, naïve, 日本, e\u0301, 👩\u200d🚀") == "Angstroem, naive, ??, e, ??"
