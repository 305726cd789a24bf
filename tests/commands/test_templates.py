"""`templates`: what makes each kind of note, and a copy of ours that takes effect once it is there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from microwins.parsers.period import KINDS, Kind
from microwins.templates.own_grammar import languages
from microwins.templates.placeholders import fill_placeholders
from microwins.templates.plain_templates import note_text, plain_template
from microwins.templates.words import speaking

from .conftest import TODAY

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

NAMES = ["daily", "weekly", "monthly", "quarterly", "yearly", "goal"]
NOTES = {"daily": "Journal/2026-11-20.md", "weekly": "Reviews/2026-W47.md", "monthly": "Reviews/2026-11.md"}


def test_each_kind_of_note_has_one_of_ours(vault: Bench) -> None:
    found = vault.json("templates", "list")["templates"]
    assert [one["name"] for one in found] == NAMES
    assert {one["source"] for one in found} == {"microwins"}
    assert vault.run("templates", "list").out.splitlines()[0] == "daily      ours"


def test_the_vaults_own_is_named_with_the_setting_that_names_it(vault: Bench) -> None:
    vault.write("T/Day.md", "# {{title}}\n")
    vault.write(".microwins.toml", vault.text(".microwins.toml") + 'template = "T/Day"\n')
    periodic = {"weekly": {"enabled": True, "template": "T/Gone"}}
    vault.write(".obsidian/plugins/periodic-notes/data.json", json.dumps(periodic))
    vault.write(".obsidian/community-plugins.json", '["periodic-notes"]')
    result = vault.run("templates", "list")
    lines = result.out.splitlines()
    assert lines[0] == "daily      T/Day.md (daily.template, from .microwins.toml)"
    assert lines[1].startswith(
        "weekly     ours, for T/Gone.md cannot be read (weekly.template, from .obsidian/"
    )
    assert "template-unreadable" in result.err
    assert vault.run("templates", "show", "daily").out == "# {{title}}\n"
    assert vault.run("templates", "show", "daily", "--ours").out.startswith("# {{title}}\n\n## Morning\n")
    assert vault.run("templates", "show", "weekly").out.startswith("# {{title}}\n\n## Looking ahead\n")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", languages())
def test_the_plain_copy_makes_the_very_note_that_ours_makes(kind: Kind, language: str) -> None:
    with speaking(language):
        filled = fill_placeholders(plain_template(kind), title="A title", day=TODAY, now_time=None, kind=kind)
        assert filled.text == note_text(kind, "A title")
        assert filled.unknown == ()


@pytest.mark.parametrize("name", NOTES)
def test_a_copy_is_named_in_the_settings_and_takes_effect(vault: Bench, name: str) -> None:
    before = vault.text(".microwins.toml")
    path = f"Templates/{name.title()}.md"
    dry = vault.json("templates", "copy", name, "--dry-run")
    assert (dry["path"], dry["created"], vault.text(".microwins.toml")) == (path, False, before)
    assert not (vault.root / path).exists()
    data = vault.json("templates", "copy", name)
    assert (data["path"], data["created"], data["named_in"]) == (path, True, ".microwins.toml")
    assert f'[{name}]\ntemplate = "Templates/{name.title()}"\n' in vault.text(".microwins.toml")
    vault.write(path, "# My own {{title}}\n\n" + vault.text(path))
    ours = vault.text(path)
    vault.run("today") if name == "daily" else vault.run("review", name.removesuffix("ly"), "--write")
    assert vault.text(NOTES[name]).startswith("# My own 2026-")
    vault.run("sync")
    assert vault.text(path) == ours  # it is no note, so its markers are not filled


def test_a_second_copy_is_refused_and_says_where_the_first_one_is(vault: Bench) -> None:
    vault.run("templates", "copy", "weekly")
    before = vault.files()
    result = vault.run("templates", "copy", "weekly", "--json")
    assert result.document["error"]["code"] == "template-exists"
    assert "Templates/Weekly.md" in result.document["error"]["message"]
    assert vault.files() == before


@pytest.mark.parametrize("there", ["file", "folder", "link"])
def test_nothing_that_is_there_is_written_over(vault: Bench, there: str) -> None:
    target = vault.root / "T.md"
    if there == "file":
        target.write_text("mine")
    elif there == "folder":
        target.mkdir()
    else:
        target.symlink_to("nowhere")
    settings = vault.text(".microwins.toml")
    result = vault.run("templates", "copy", "weekly", "--to", "T", "--json")
    assert result.document["error"]["code"] == "template-exists"
    assert vault.text(".microwins.toml") == settings
    assert there != "file" or target.read_text() == "mine"


def test_a_named_template_that_is_missing_is_put_where_it_is_named(vault: Bench) -> None:
    vault.write(".microwins.toml", vault.text(".microwins.toml") + '[weekly]\ntemplate = "T/Week"\n')
    settings = vault.text(".microwins.toml")
    assert vault.json("templates", "copy", "weekly")["path"] == "T/Week.md"
    assert vault.text(".microwins.toml") == settings


def test_the_folder_is_that_in_which_obsidian_keeps_templates(vault: Bench) -> None:
    vault.write(".obsidian/templates.json", '{"folder": "Meta/Templates/"}')
    assert vault.json("templates", "copy", "daily")["path"] == "Meta/Templates/Daily.md"


def test_settings_that_one_line_cannot_change_are_told_before_anything_is_written(vault: Bench) -> None:
    vault.write(".microwins.toml", 'weekly = { folder = "W" }\n')
    before = vault.files()
    result = vault.run("templates", "copy", "weekly")
    assert result.code == 1
    assert 'template = "Templates/Weekly" under [weekly]' in result.err
    assert vault.files() == before


def test_without_consent_and_outside_of_the_vault_nothing_is_put(
    stranger: Bench, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert stranger.run("templates", "copy", "weekly", "--json").document["error"]["code"] == "not-set-up"
    stranger.write(".microwins.toml", "")
    assert stranger.run("templates", "copy", "weekly", "--to", "../out").code == 2
    outside = tmp_path_factory.mktemp("outside")
    (stranger.root / "Templates").symlink_to(outside)
    assert stranger.run("templates", "copy", "weekly").code == 1
    assert list(outside.iterdir()) == []
    assert stranger.text(".microwins.toml") == ""
