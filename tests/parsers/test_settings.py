from datetime import date, time, timedelta

import pytest

from microwins.parsers.day_range import DayRange
from microwins.parsers.settings import (
    SETTINGS,
    Setting,
    Settings,
    SettingsError,
    make_settings,
    read_settings_file,
    read_variables,
    shown,
)

FILE = ".microwins.toml"


def read(text: str) -> Settings:
    return make_settings(read_settings_file(text, FILE))


def refused(text: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        read_settings_file(text, FILE)
    return caught.value


def test_an_empty_file_is_the_defaults() -> None:
    assert read("") == read("# nothing\n[daily]\n[streaks]\n") == Settings() == make_settings({})


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_each_setting_has_the_default_that_it_says(setting: Setting) -> None:
    assert getattr(Settings(), setting.name) == setting.default
    assert setting.meaning


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_a_default_reads_back_from_the_file_as_it_is_shown(setting: Setting) -> None:
    text = f"{setting.key} = {shown(setting, setting.default)}"
    assert read_settings_file(text, FILE) == {setting.key: setting.default}


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ('day_start = "04:00"', "day_start", time(4)),
        ("day_start = 04:30:00", "day_start", time(4, 30)),
        ('late_window = "90 min"', "late_window", timedelta(minutes=90)),
        ("quiet = 1.5", "quiet", timedelta(seconds=1.5)),
        ('quiet = "500ms"', "quiet", timedelta(seconds=0.5)),
        ('week_start = "Sun"', "week_start", 6),
        ('max_note_size = "2 MB"', "max_note_size", 2_000_000),
        ("ignore = ['/\\.x\\.md$/', 'a\"b']", "ignore", ("/\\.x\\.md$/", 'a"b')),
        ('rest = ["sat", "sun"]', "rest", frozenset({5, 6})),
        ('pause = ["2026-07-01..2026-07-14"]', "pause", (DayRange(date(2026, 7, 1), date(2026, 7, 14)),)),
        ('pause = ["2026-07-01.."]', "pause", (DayRange(date(2026, 7, 1)),)),
        ('[daily]\nfolder = "/Journal\\\\Daily/"', "daily.folder", "Journal/Daily"),
        ("daily.create = true", "daily.create", True),
        ('streaks = "hidden"', "streaks.show", "hidden"),
        ('streaks = { grace = "Never-Twice" }', "streaks.grace", "never-twice"),
    ],
)
def test_values_are_read_as_people_write_them_and_shown_so_that_they_read_back(
    text: str, key: str, value: object
) -> None:
    found = read_settings_file(text, FILE)
    assert found == {key: value}
    setting = next(one for one in SETTINGS if one.key == key)
    assert read_settings_file(f"{key} = {shown(setting, value)}", FILE) == found


@pytest.mark.parametrize(
    ("text", "line", "key", "near"),
    [
        ('\n\nday_strat = "04:00"', 3, "day_strat", "day_start"),
        ('quiet = 2\n\n[daily]\nfoldr = "x"', 4, "daily.foldr", "daily.folder"),
        ('[daily]\nquiet = "x"', 2, "daily.quiet", "quiet"),
        ('[dialy]\nfolder = "x"', 2, "dialy.folder", "daily.folder"),
        ('dialy.folder = "x"', 1, "dialy.folder", "daily.folder"),
        ("# x\n[streeks]\n", 2, "streeks", "streaks"),
    ],
)
def test_an_unknown_key_names_the_file_the_line_and_the_nearest_key(
    text: str, line: int, key: str, near: str
) -> None:
    error = refused(text)
    assert (error.place, error.line) == (FILE, line)
    assert f"`{key}`" in error.message
    assert near in error.hint


def test_a_key_like_no_other_is_told_where_the_keys_are_listed() -> None:
    assert "microwins config show" in refused("zzzzzz = 1").hint


@pytest.mark.parametrize(
    ("text", "line", "takes"),
    [
        ('day_start = "25:00"', 1, '"04:00"'),
        ("day_start = 4", 1, '"04:00"'),
        ("late_window = true", 1, '"2s"'),
        ('late_window = "9 days"', 1, "length of time"),
        ('late_window = "30 d"', 1, "at most 7 days"),
        ("\ntimezone = 1", 2, "a text in quotes"),
        ('week_start = "someday"', 1, "monday, tuesday"),
        ('stamp = "yes"', 1, '"auto", "tasks", "dataview", "off"'),
        ("max_note_size = true", 1, '"5 MB"'),
        ("ignore = 3", 1, 'a list such as ["one", "two"]'),
        ("rest = ['saturn']", 1, "monday"),
        ("pause = ['July']", 1, "2026-07-01..2026-07-14"),
        ('[daily]\ncreate = "perhaps"', 2, "true or false"),
        ('[daily]\nfolder = "../elsewhere"', 2, "inside the vault"),
        ("streaks = 5", 1, '"shown", "hidden"'),
    ],
)
def test_a_wrong_value_says_what_the_key_takes(text: str, line: int, takes: str) -> None:
    error = refused(text)
    assert error.line == line
    assert takes in error.hint
    assert error.place == FILE


def test_what_is_no_toml_names_its_line() -> None:
    error = refused('quiet = "2s"\nday_start = 04:\n')
    assert error.line == 2
    assert "day_start" in error.hint


def test_the_environment_wins_over_the_file() -> None:
    environment = {
        "MICROWINS_DAY_START": "03:00",
        "MICROWINS_DAILY_CREATE": "yes",
        "MICROWINS_IGNORE": "Archive, Old",
        "MICROWINS_LOCALE": "",
        "MICROWINS_VAULT": "/elsewhere",
        "HOME": "/",
    }
    variables = read_variables(environment)
    assert variables == {"day_start": time(3), "daily.create": True, "ignore": ("Archive", "Old")}
    both = read_settings_file('day_start = "05:00"\nquiet = "1s"', FILE) | variables
    assert make_settings(both).day_start == time(3)
    assert make_settings(both).quiet == timedelta(seconds=1)


def test_a_wrong_value_in_the_environment_names_the_variable() -> None:
    with pytest.raises(SettingsError) as caught:
        read_variables({"MICROWINS_WEEK_START": "someday"})
    assert caught.value.place == "MICROWINS_WEEK_START"
    assert caught.value.line is None
