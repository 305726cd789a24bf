"""The vault's own template for goals: its words stay, and what a new goal says stands where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from microwins.templates.goal_template import merged_goal

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

NEW = [
    "goals",
    "new",
    "Run far",
    "--micro-win",
    "Tie the shoes",
    "--step",
    "Find a path",
    "--identity",
    "runner",
    "--yes",
]
OURS = "---\ntype: goal\nidentity: runner\n---\n\n# Run far\n\n## Micro-wins\n\n- Tie the shoes\n\n## Steps\n\n- [ ] Find a path\n"


def test_a_template_with_nothing_of_its_own_makes_the_note_that_ours_makes(vault: Bench) -> None:
    vault.run(*NEW)
    ours = vault.text("Goals/Run far.md")
    (vault.root / "Goals/Run far.md").unlink()
    vault.run("templates", "copy", "goal")
    assert vault.run(*NEW).code == 0
    assert vault.text("Goals/Run far.md") == ours
    assert vault.json("templates", "list")["templates"][-1]["path"] == "Templates/Goal.md"


def test_the_words_of_the_template_stay_and_ours_come_first_below_their_headings(vault: Bench) -> None:
    template = (
        "---\ntype: area\ncreated: '{{date}}'\naliases:\n  - far\nidentity: nobody\n---\n\n# {{title}}\n\nWhy: <% tp.x %>\n\n"
        "## Micro-wins\n\n- Look out of the window 🔁 every day\n\n## Journal\n\n{{ 7*7 }}\n"
    )
    vault.write("T/Goal.md", template)
    vault.write(".microwins.toml", f'{vault.text(".microwins.toml")}[goals]\ntemplate = "T/Goal"\n')
    assert vault.run(*NEW).code == 0
    text = vault.text("Goals/Run far.md")
    assert text.startswith(
        "---\ntype: goal\nidentity: runner\ncreated: '2026-11-20'\naliases:\n  - far\n---\n\n# Run far\n\nWhy: <% tp.x %>\n\n"
        "## Micro-wins\n\n- Tie the shoes 🔁 every day\n- Look out of the window 🔁 every day\n\n"
        "## Journal\n\n{{ 7*7 }}\n\n## Steps\n\n- [ ] Find a path\n"
    )
    wins = next(goal for goal in vault.json("goals")["goals"] if goal["title"] == "Run far")["micro_wins"]
    assert [win["text"] for win in wins] == ["Tie the shoes", "Look out of the window"]
    assert vault.run("check").out.count("placeholder-unknown") == 1
    assert vault.json("sync")["written"] == []


@pytest.mark.parametrize(
    "template",
    [
        "```\n{{title}}\n",
        "%%\n",
        "<!--\n",
        "---\nkanban-plugin: x\n---\n",
        "---\n: [\n---\n",
    ],
)
def test_a_template_that_would_hide_the_goal_is_told_and_nothing_is_written(
    vault: Bench, template: str
) -> None:
    vault.write("T/Goal.md", template)
    vault.write(".microwins.toml", f'{vault.text(".microwins.toml")}[goals]\ntemplate = "T/Goal"\n')
    before = vault.files()
    result = vault.run(*NEW, "--json")
    assert result.document["error"]["code"] == "not-declarable"
    assert "T/Goal.md" in result.document["error"]["message"]
    assert vault.files() == before


def test_a_template_that_cannot_be_read_leaves_ours(vault: Bench) -> None:
    (vault.root / "T/Goal.md").mkdir(parents=True)
    vault.write(".microwins.toml", f'{vault.text(".microwins.toml")}[goals]\ntemplate = "T/Goal"\n')
    assert vault.run(*NEW).code == 0
    assert vault.text("Goals/Run far.md").startswith(
        "---\ntype: goal\nidentity: runner\n---\n\n# Run far\n\n## Micro-wins\n"
    )
    assert "The template for goal notes could not be read; ours is used." in vault.run("check").out


@pytest.mark.parametrize(
    ("template", "merged"),
    [
        ("", OURS),
        ("Words.\n", OURS.replace("# Run far\n", "# Run far\n\nWords.\n")),
        (
            "# Run far\r\n\r\nWords.\r\n",
            OURS.replace("# Run far\n", "# Run far\n\nWords.\n").replace("\n", "\r\n"),
        ),
        (
            "# Run far\n## steps\n- [ ] mine\n",
            "---\ntype: goal\nidentity: runner\n---\n\n# Run far\n## steps\n\n- [ ] Find a path\n- [ ] mine\n\n"
            "## Micro-wins\n\n- Tie the shoes\n",
        ),
    ],
)
def test_sections_are_put_together(template: str, merged: str) -> None:
    assert merged_goal(template, OURS) == merged


def test_a_goal_that_was_discovered_has_the_words_of_the_template_and_all_of_its_history(
    vault: Bench,
) -> None:
    for day in range(1, 20):
        vault.write(f"Journal/2026-11-{day:02}.md", "- [x] Water the plants\n")
    vault.write("T/Goal.md", "---\nstart: {{date}}\narea: home\n---\n\n# {{title}}\n\nWhy it matters:\n")
    vault.write(".microwins.toml", f'{vault.text(".microwins.toml")}[goals]\ntemplate = "T/Goal"\n')
    assert vault.run("discover", "--yes", "--goal", "At home").code == 0
    text = vault.text("Goals/At home.md")
    assert text.startswith("---\ntype: goal\narea: home\n---\n\n# At home\n\nWhy it matters:\n")
    [goal] = [goal for goal in vault.json("status")["goals"] if goal["title"] == "At home"]
    assert goal["micro_wins"][0]["streak"]["count"] == 19


@pytest.mark.parametrize(
    ("settings", "mark"),
    [
        ('type = "project"\n', "type: project\n"),
        ('type = "No: goal"\n', 'type: "No: goal"\n'),
        ('type = ""\ntag = "#aim"\n', "tags: [aim]\n"),
    ],
)
def test_a_new_goal_is_what_this_vault_calls_a_goal(vault: Bench, settings: str, mark: str) -> None:
    vault.write(".microwins.toml", f"{vault.text('.microwins.toml')}[goals]\n{settings}")
    assert vault.run(*NEW).code == 0
    assert vault.run("templates", "show", "goal").out.startswith(f"---\n{mark}---\n")
    [path] = [path for path in vault.files() if path.endswith("Run far.md")]
    assert vault.text(path).startswith(f"---\n{mark}identity: runner\n")
    assert [goal["title"] for goal in vault.json("goals")["goals"]] == ["Run far"]
