from datetime import date
from decimal import Decimal

import pytest

from microwins.parsers.day_range import DayRange
from microwins.parsers.goal import Goal, GoalWords
from microwins.parsers.measure import Measure, read_measure
from microwins.parsers.note import Note, Reading, read_note


def note(frontmatter: str, body: str = "", path: str = "Goals/Book.md") -> Note:
    return read_note(path, f"---\ntype: goal\n{frontmatter}\n---\n{body}", Reading())


def goal(frontmatter: str, body: str = "") -> Goal:
    found = note(frontmatter, body)
    assert found.problems == ()
    assert found.goal is not None
    return found.goal


def texts(found: Note) -> list[str]:
    assert found.goal is not None
    return [one.text for one in found.goal.declarations]


def remedies(found: Note) -> list[tuple[str, int | None, str]]:
    return [(problem.code, problem.line, problem.remedy) for problem in found.problems]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntype: goal\n---\n",
        "---\ntype: Goal\n---\n",
        "---\ntags: [goal]\n---\n",
        "---\ntags: '#goal'\n---\n",
        "---\nTAGS: [Goal]\n---\n",
        "---\nType: goal\n---\n",
        "---\ntype:\n  - goal\n---\n",
        "# Book\n#goal #2026\n",
    ],
)
def test_a_type_or_a_tag_makes_a_note_a_goal(text: str) -> None:
    assert read_note("Book.md", text, Reading()).goal is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---\ntype: idea\n---\n",
        "---\ntags: goal, book\n---\n",
        "---\ntag: goal\n---\n",
        "Read about #goal setting\n",
        "```\n#goal\n```\n",
        "- [ ] x #goal\n",
    ],
)
def test_a_note_that_only_speaks_of_goals_is_none(text: str) -> None:
    assert read_note("Book.md", text, Reading()).goal is None


def test_the_words_that_make_a_goal_are_settings() -> None:
    reading = Reading(GoalWords("ziel", "#ziel", "Kleine Siege"))
    found = read_note("B.md", "---\ntype: ziel\n---\n## Kleine Siege\n- Lesen\n", reading)
    assert texts(found) == ["Lesen"]
    assert read_note("B.md", "---\ntype: goal\n---\n", reading).goal is None


def test_the_frontmatter_of_a_goal_is_read() -> None:
    found = goal(
        "title: The book\nidentity: writer\nparent: '[[Year|a year]]'\nstart: 2026-01-01\nend: 2026-12-31\ntarget: 2026-06-30\n"
        "measure: 60000 words\nrest: [sat, sun]\npause:\n  - 2026-07-01..2026-07-14\ngrace: never-twice\naliases: [Novel]"
    )
    assert (found.title, found.identity, found.parent) == ("The book", "writer", "Year")
    assert (found.start, found.end, found.target) == (date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 30))
    assert found.measure == Measure(Decimal(60000), "words")
    assert found.rest == {5, 6}
    assert found.pauses == (DayRange(date(2026, 7, 1), date(2026, 7, 14)),)
    assert (found.grace, found.aliases) == ("never-twice", ("Novel",))


def test_a_goal_without_a_title_is_called_as_its_note() -> None:
    assert goal("").title == "Book"


@pytest.mark.parametrize(
    "parent",
    [
        "'[[Year]]'",
        "[[Year]]",
        "Year",
        "['[[Year]]']",
        "\n  - '[[Year]]'",
        "\n  - [[Year|this year]]",
        "'[[Year#Plan]]'",
    ],
)
def test_a_parent_is_one_link_in_any_of_yamls_spellings(parent: str) -> None:
    assert goal(f"parent: {parent}").parent == "Year"


@pytest.mark.parametrize("parent", ["['[[Year]]', '[[Life]]']", "'[[Year]] and [[Life]]'"])
def test_two_parents_are_told_and_the_first_counts(parent: str) -> None:
    found = note(f"parent: {parent}")
    assert found.goal is not None
    assert found.goal.parent == "Year"
    assert [problem.code for problem in found.problems] == ["goal-two-parents"]


@pytest.mark.parametrize(
    "line",
    [
        "parent:",
        "rest: []",
        "pause: []",
        "rest:",
        "start:",
        "measure:",
        "grace:",
        "micro_wins:",
        "micro_wins: []",
    ],
)
def test_a_property_left_empty_is_no_problem(line: str) -> None:
    assert goal(line).declarations == ()


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("start: soon", "YYYY-MM-DD"),
        ("target: 2026-02-30", "YYYY-MM-DD"),
        ("measure: many", "60000 words"),
        ("measure: 60000", "60000 words"),
        ("rest: [saturn]", "[sat, sun]"),
        ("rest: 6", "[sat, sun]"),
        ("pause: [July]", "2026-07-01..2026-07-14"),
        ("grace: always", "never-twice"),
        ("grace: [never-twice]", "never-twice"),
        ("rollup: {leaves: true}", "leaves"),
    ],
)
def test_a_property_that_is_not_understood_is_told_and_the_goal_stays(line: str, wanted: str) -> None:
    found = note(line)
    assert found.goal is not None
    [problem] = found.problems
    assert problem.code == "goal-field"
    assert line.partition(":")[0] in problem.message
    assert wanted in problem.remedy or line == "rest: 6"


def test_micro_wins_stand_in_the_frontmatter_and_under_their_heading() -> None:
    found = note(
        'micro_wins:\n  - Write 300 words 🔁 every weekday\n  - "Read #frog"',
        "- not this\n## Micro-wins:\n- Walk\n\n### More\n1. Stretch\n   - nested\n- [ ] a step\n## Other\n- nor this\n# micro-wins\n- Swim\n",
    )
    assert texts(found) == ["Write 300 words", "Read #frog", "Walk", "Stretch", "Swim"]
    assert found.goal is not None
    assert [one.line for one in found.goal.declarations] == [4, 5, 9, 12, 18]
    assert found.problems == ()


def test_one_micro_win_needs_no_list() -> None:
    assert [one.text for one in goal("micro_wins: Read a page 🔁 every day").declarations] == ["Read a page"]
    assert [one.text for one in goal("micro_wins: [Read, Walk]").declarations] == ["Read", "Walk"]


@pytest.mark.parametrize(
    ("written", "paste", "text"),
    [
        ("Read a page #frog", '- "Read a page #frog"', "Read a page"),
        ("Read: a page", '- "Read: a page"', "Read: a page"),
        ('Say "hi" #frog', '- "Say \\"hi\\" #frog"', 'Say "hi"'),
        ("Read [every:: day]", '- "Read [every:: day]"', "Read"),
        ("2026", '- "2026"', "2026"),
    ],
)
def test_what_yaml_eats_is_told_with_the_quoted_line_to_paste(written: str, paste: str, text: str) -> None:
    found = note(f"micro_wins:\n  - Walk\n  - {written}")
    assert remedies(found) == [("yaml-ate-text", 5, f"Paste: {paste}")]
    assert texts(found) == ["Walk", text]
    mended = note(f"micro_wins:\n  - Walk\n  {paste}")
    assert mended.problems == ()


@pytest.mark.parametrize(
    ("value", "told"),
    [("Read a page #frog", '- "Read a page #frog"'), ("[Read: a page, Walk]", "in quotes"), ("7", '- "7"')],
)
def test_what_yaml_eats_on_one_line_is_told_too(value: str, told: str) -> None:
    [(code, line, remedy)] = remedies(note(f"micro_wins: {value}"))
    assert (code, line) == ("yaml-ate-text", 3)
    assert told in remedy


def test_an_item_that_is_still_empty_is_no_problem() -> None:
    assert texts(note("micro_wins:\n  - Walk\n  -")) == ["Walk"]
    assert note("micro_wins:\n  - Walk\n  -").problems == ()
    assert texts(note("", "## Micro-wins\n- \n- Walk\n")) == ["Walk"]


@pytest.mark.parametrize(
    ("written", "identity"),
    [
        ("writer", "writer"),
        ("[writer]", "writer"),
        ("\n  - writer\n  - reader", "writer, reader"),
        ("5", "5"),
        ("[]", None),
        ("[~]", None),
        ("{{title}}", None),
    ],
)
def test_a_text_may_stand_in_a_list_as_obsidian_keeps_it(written: str, identity: object) -> None:
    assert goal(f"identity: {written}").identity == identity
    assert goal("status: [done]").status == "done"


def test_the_case_of_a_property_does_not_matter() -> None:
    found = goal(
        "Title: The book\nIDENTITY: writer\nParent: '[[Year]]'\nStart: 2026-01-01\nMeasure: 60000 words\nRest: [sun]\n"
        'Aliases: Novel\nMicro_Wins:\n  - "Read #frog"'
    )
    assert (found.title, found.identity, found.parent, found.aliases) == (
        "The book",
        "writer",
        "Year",
        ("Novel",),
    )
    assert (found.start, found.rest) == (date(2026, 1, 1), frozenset({6}))
    assert [(one.text, one.line) for one in found.declarations] == [("Read #frog", 11)]
    assert remedies(note("Micro_wins:\n  - Read #frog")) == [("yaml-ate-text", 4, 'Paste: - "Read #frog"')]


@pytest.mark.parametrize(
    "parent", ["'[year](Goals/Big%20Year.md)'", "'[year](<Goals/Big Year.md>)'", "Goals/Big Year.md"]
)
def test_a_parent_may_be_a_markdown_link_or_a_path(parent: str) -> None:
    assert goal(f"parent: {parent}").parent == "Goals/Big Year.md"


def test_a_field_that_is_not_understood_is_told_with_its_line() -> None:
    note = read_note("Goal.md", "---\ntype: goal\nStart: soon\ngrace: often\n---\n", Reading())
    assert [(problem.code, problem.line) for problem in note.problems] == [
        ("goal-field", 3),
        ("goal-field", 4),
    ]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("60,000 words", Measure(Decimal(60000), "words")),
        ("92 -> 80 kg", Measure(Decimal(80), "kg", Decimal(92))),
        ("92 → 80 kg", Measure(Decimal(80), "kg", Decimal(92))),
        ("92..80 kg", Measure(Decimal(80), "kg", Decimal(92))),
        ("92.5 kg -> 80,5 kg", Measure(Decimal("80.5"), "kg", Decimal("92.5"))),
        ("0..100 pages", Measure(Decimal(100), "pages", Decimal(0))),
        ("80 -> 80 kg", None),
        ("80 -> 70", None),
        ("80 kg -> 70 lb", None),
        ("0 words", None),
        ("many words", None),
        ("92 kg to 80 kg", None),
        ("60k words", None),
        ("20 m2", Measure(Decimal(20), "m2")),
    ],
)
def test_a_measure_is_an_amount_or_a_way_from_one_value_to_another(
    text: str, measure: Measure | None
) -> None:
    assert read_measure(text) == measure


def problem_lines(frontmatter: str) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.code) for problem in note(frontmatter).problems]


@pytest.mark.parametrize(
    ("fields", "days", "retired"),
    [
        ("archived: true", (), True),
        ("archived: false", (), False),
        ("archived: yes", (), True),
        ("archived: 2026-03-01", (DayRange(date(2026, 3, 1)),), False),
        ("archived: [2026-03-01..2026-05-01]", (DayRange(date(2026, 3, 1), date(2026, 5, 1)),), False),
        ("archived: [2026-06-01, 2026-03-01..2026-05-01]", (DayRange(date(2026, 3, 1), date(2026, 5, 1)), DayRange(date(2026, 6, 1))), False),
        ("status: dropped", (), True),
        ("status: Abandoned", (), True),
        ("status: archived\narchived: 2026-03-01", (DayRange(date(2026, 3, 1)),), False),
        ("status: waiting for spring", (), False),
    ],
)  # fmt: skip
def test_a_goal_is_archived_by_its_status_or_from_a_day_on_or_for_some_days(
    fields: str, days: tuple[DayRange, ...], retired: bool
) -> None:
    found = goal(fields)
    assert (found.archived, found.retired) == (days, retired)


def test_weight_and_rollup_are_read() -> None:
    assert (goal("weight: 2.5").weight, goal("").weight) == (Decimal("2.5"), Decimal(1))
    assert (goal("rollup: leaves").by_leaves, goal("rollup: goals").by_leaves) == (True, False)


@pytest.mark.parametrize(
    "field", ["weight: 0", "weight: -1", "weight: heavy", "weight: 1e300", "rollup: all", "archived: soon", "measure: 80 -> 80 kg"]
)  # fmt: skip
def test_a_value_that_is_not_understood_is_a_problem_on_its_line(field: str) -> None:
    assert problem_lines(f"identity: writer\n{field}") == [(4, "goal-field")]


def test_two_parents_are_a_problem_on_their_line() -> None:
    assert problem_lines("identity: writer\nparent: ['[[A]]', '[[B]]']") == [(4, "goal-two-parents")]
