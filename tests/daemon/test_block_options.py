"""A marker that asks for what there is not: the block keeps what stood there, and the vault's check tells it."""

from pathlib import Path

from .small_vault import DAY, GOAL, small_vault


def test_the_last_good_block_stays_where_an_option_is_wrong(tmp_path: Path) -> None:
    vault = small_vault(tmp_path)
    vault.write("Panel.md", "<!-- microwins:next goal=Book -->\n")
    vault.settle()
    good = vault.text("Panel.md")
    assert "Next: Write 300 words\n" in good
    for wrong, code in (("goal=Bok", "Did you mean “Book”?"), ("gaol=Book", "Did you mean `goal`?")):
        broken = vault.write("Panel.md", good.replace("goal=Book", wrong)).read_bytes()
        keeper = vault.keeper()
        [problem] = [one for one in keeper.problems(keeper.figures()) if one.code == "block-option"]
        assert (problem.path, problem.line) == ("Panel.md", 1)
        assert problem.remedy.startswith(code)
        keeper.close()
        assert vault.settle().written == ()
        assert (vault.root / "Panel.md").read_bytes() == broken


def test_the_problem_is_known_again_after_a_restart_and_gone_with_its_cause(tmp_path: Path) -> None:
    vault = small_vault(tmp_path)
    vault.write("Panel.md", "<!-- microwins:next goal=Film -->\n")
    for note, expected in ((None, ["block-option"]), (None, ["block-option"]), ("Goals/Film.md", [])):
        if note is not None:
            vault.write(note, "---\ntype: goal\n---\n")
        keeper = vault.keeper()
        found = [one.code for one in keeper.problems(keeper.figures()) if one.path == "Panel.md"]
        keeper.close()
        assert found == expected


def test_a_block_of_another_goal_follows_that_goal(tmp_path: Path) -> None:
    vault = small_vault(tmp_path)
    vault.write("Goals/Other.md", "---\ntype: goal\n---\n<!-- microwins:summary goal=Book -->\n")
    vault.settle()
    keeper = vault.keeper()
    vault.swap(GOAL, "- [ ] Chapter one", "- [x] Chapter one ✅ 2026-03-04")
    keeper.read_one(GOAL)
    written = keeper.write(keeper.plan()).written
    keeper.close()
    assert "Goals/Other.md" in written
    assert "**100 %**" in vault.text("Goals/Other.md")


def test_two_today_blocks_of_a_day_share_what_is_due(tmp_path: Path) -> None:
    vault = small_vault(tmp_path)
    vault.write("Goals/Fit.md", "---\ntype: goal\n---\n## Micro-wins\n- Walk 🔁 every day\n")
    block = "<!-- microwins:today{} -->\n<!-- /microwins -->\n"
    vault.write(DAY, f"{block.format(' goal=Fit')}\nWork:\n\n{block.format('')}")
    vault.settle()
    assert vault.text(DAY) == (
        "<!-- microwins:today goal=Fit -->\n- [ ] Walk\n<!-- /microwins -->\n\nWork:\n\n"
        "<!-- microwins:today -->\n- [ ] Write 300 words\n- [ ] Read a page\n<!-- /microwins -->\n"
    )
