"""`microwins config`: what is set, where it comes from, and whether it can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.commands.conftest import Bench


def origins(bench: Bench) -> dict[str, tuple[str, str]]:
    return {row["key"]: (row["value"], row["origin"]) for row in bench.json("config", "show")["settings"]}


def test_show_says_where_each_value_comes_from(vault: Bench) -> None:
    vault.write(
        ".obsidian/daily-notes.json", '{"folder": "Diary", "format": "YYYYMMDD", "template": "T/Day"}'
    )
    vault.environment["MICROWINS_DAY_START"] = "04:00"
    found = origins(vault)
    assert found["daily.folder"] == ('"Journal"', ".microwins.toml")
    assert found["daily.format"] == ('"YYYYMMDD"', ".obsidian/daily-notes.json")
    assert found["day_start"] == ('"04:00"', "MICROWINS_DAY_START")
    assert found["stamp"] == ('"auto"', "default")
    assert set(vault.json("config", "show")["left_out"]) == {"T/Day.md"}


def test_show_as_text_has_a_line_for_each_setting(vault: Bench) -> None:
    lines = vault.run("config", "show").out.splitlines()
    assert len(lines) == len(origins(vault)) + len(vault.json("config", "show")["machine"])
    assert any(line.split() == ["daily.folder", '"Journal"', ".microwins.toml"] for line in lines)
    assert "When a day begins" in vault.run("config", "show", "-v").out


def test_path_names_the_file_that_is_or_would_be_read(empty: Bench) -> None:
    assert empty.json("config", "path")["exists"] is False
    assert empty.run("config", "path").out == f"{(empty.root.resolve() / '.microwins.toml').as_posix()}\n"
    empty.write("microwins.toml", "")
    assert empty.run("config", "path").out == f"{(empty.root.resolve() / 'microwins.toml').as_posix()}\n"


def test_check_of_good_settings(vault: Bench) -> None:
    assert vault.run("config", "check").out == "The settings are in order.\n"


def test_check_of_an_unknown_key_names_file_line_key_and_the_nearest(vault: Bench) -> None:
    vault.write(".microwins.toml", "# mine\n\n[daily]\nfolder = 'J'\nforlder = 'K'\n")
    result = vault.run("config", "check")
    assert result.code == 2
    assert (
        result.err
        == "microwins: .microwins.toml, line 5: There is no setting `daily.forlder`.\nDid you mean `daily.folder`?\n"
    )


def test_check_of_a_wrong_type_says_what_it_takes(vault: Bench) -> None:
    vault.write(".microwins.toml", "day_start = 4\n")
    error = vault.run("config", "check", "--json").document["error"]
    assert error["code"] == "settings-invalid"
    assert error["message"] == ".microwins.toml, line 1: `day_start` cannot be 4."
    assert "04:00" in error["hint"]


def test_check_of_another_programs_damaged_file(vault: Bench) -> None:
    vault.write(".obsidian/app.json", "[")
    result = vault.run("config", "check")
    assert result.code == 3
    assert "The settings can be used, but:" in result.out
    assert ".obsidian/app.json" in result.err


def test_a_variable_that_cannot_be_used_is_named(vault: Bench) -> None:
    vault.environment["MICROWINS_QUIET"] = "soon"
    result = vault.run("config", "show")
    assert result.code == 2
    assert "MICROWINS_QUIET" in result.err


def test_the_vault_may_be_named_by_the_environment(vault: Bench) -> None:
    vault.environment["MICROWINS_VAULT"] = str(vault.root)
    assert vault.bare("config", "show", "--json").data["root"] == vault.root.resolve().as_posix()


def test_a_zone_that_there_is_not_is_told_with_its_line_and_the_nearest_one(vault: Bench) -> None:
    vault.write(".microwins.toml", '# mine\ntimezone = "Europe/Berln"\n')
    for words in (["config", "check"], ["status"]):
        result = vault.run(*words)
        assert result.code == 2
        assert result.err.startswith("microwins: .microwins.toml, line 2: `timezone` is “Europe/Berln”")
        assert "Did you mean “Europe/Berlin”?" in result.err
    vault.write(".microwins.toml", "")
    vault.environment["MICROWINS_TIMEZONE"] = "Nowhere"
    assert vault.run("config", "check").err.startswith("microwins: MICROWINS_TIMEZONE: ")


def test_a_wrong_value_is_shown_as_the_file_has_it(vault: Bench) -> None:
    vault.write(".microwins.toml", "max_note_size = true\n")
    assert "`max_note_size` cannot be true." in vault.run("config", "check").err
    vault.write(".microwins.toml", "stamp = 'tsks'\n")
    assert '`stamp` cannot be "tsks".' in vault.run("config", "check").err


def test_a_variable_that_sets_nothing_is_told_with_the_nearest_one(vault: Bench) -> None:
    vault.environment["MICROWINS_DAY_STRAT"] = "04:00"
    result = vault.run("config", "check")
    assert result.code == 3
    assert "MICROWINS_DAY_STRAT: There is no such variable" in result.err
    assert "Did you mean `MICROWINS_DAY_START`?" in result.err
    vault.environment = {"MICROWINS_DAY_START": "04:00", "MICROWINS_VAULT": str(vault.root)}
    assert vault.bare("config", "check").code == 0
