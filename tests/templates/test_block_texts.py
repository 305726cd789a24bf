from collections.abc import Mapping
from datetime import date

import pytest

from microwins.daemon.ledger import Ledger
from microwins.parsers.blocks import BLOCK_NAMES, OF_THE_DAY, Block
from microwins.parsers.note import Reading, read_note
from microwins.streaks.calendar import Now
from microwins.streaks.catalog import VaultDefaults
from microwins.templates.blocks import block_problem, block_text
from microwins.templates.calendar_text import marks, month_rows, week_rows
from microwins.templates.view import View

DAY = date(2026, 3, 4)
BOOK = """---
type: goal
identity: writer
start: 2026-03-01
measure: 1000 words
---
## Micro-wins
- Write 300 words 🔁 every day
- Edit 🔁 twice a week [min:: one line]
## Steps
- [x] Outline
- [ ] Chapter one
"""
NOTES = {
    "Goals/Book.md": BOOK,
    "2026-03-02.md": "- [x] Write 300 words\n- [x] Edit\n",
    "2026-03-03.md": "- [x] Write 300 words [words:: 420]\n",
}


def view(notes: Mapping[str, str] = NOTES, *, streaks: bool = True, day: date = DAY) -> View:
    ledger = Ledger(VaultDefaults())
    ledger.load(read_note(path, text, Reading()) for path, text in notes.items())
    return View(ledger.figures(Now.at(day)), streaks)


def block(name: str, path: str, shown: View) -> str:
    return block_text(Block(name, "", "html", 1, 2, (0, 0)), path, shown)


def test_the_summary_of_a_goal_says_how_far_it_is() -> None:
    assert (
        block("summary", "Goals/Book.md", view())
        == """▰▰▰▰▰▰▱▱▱▱ **61 %** · 1 of 2 steps · 720 of 1,000 words · 3 votes for writer

| Micro-win | Streak | Best | Strength | 30 days | All |
| :-- | --: | --: | --: | --: | --: |
| Write 300 words · every day | 2 days | 2 days | 10 % | 67 % | 2 |
| Edit · twice a week · 1 of 2 this week | — | — | 0 % | 0 % | 1 |

```text
March                        1   5    10   15   20   25   30
Write 300 words              ·XXo
Edit                         ·X
```
"""
    )


def test_the_summary_of_the_vault_says_what_today_is_about() -> None:
    text = block("summary", "Dashboard.md", view())
    assert text.startswith(
        "**Wednesday, 4 March 2026** · ▱▱▱▱▱▱▱▱▱▱ 0 of 2 done\n\n"
        "2 days in a row with a win · 3 wins this week · 3 this month · 4 in all\n\n"
        "- ○ Write 300 words · 2 days\n"
    )
    assert "| [[Book]] | ▰▰▰▰▰▰▱▱▱▱ 61 % | 3 | 3 | writer |\n" in text


def test_hidden_streaks_are_in_no_block() -> None:
    for name in BLOCK_NAMES:
        for path in ("Goals/Book.md", "Dashboard.md"):
            text = block(name, path, view(streaks=False))
            assert "in a row" not in text
            assert "2 days" not in text or name == "review"  # it tells of days with a win
            assert "Streak" not in text


def test_the_next_step_says_how_small_it_may_be() -> None:
    assert block("next", "x.md", view()) == "Next: Write 300 words\n"
    done = NOTES | {"2026-03-04.md": "- [x] Write 300 words\n"}
    assert block("next", "x.md", view(done)) == "Next: Edit · even one line counts\n"
    assert block("next", "x.md", view({})) == "Nothing is due now.\n"


def test_one_win_is_one_win() -> None:
    one = {"G.md": "---\ntype: goal\n---\n## Micro-wins\n- Walk\n", "2026-03-04.md": "- [x] Walk\n"}
    assert block("summary", "G.md", view(one)).startswith("1 win so far\n")
    assert "· 1 win this week · 1 this month · 1 in all" in block("summary", "x.md", view(one))
    step = {"G.md": "---\ntype: goal\n---\n- [ ] one\n"}
    assert "0 of 1 step\n" in block("summary", "G.md", view(step))


@pytest.mark.parametrize("name", BLOCK_NAMES)
@pytest.mark.parametrize(
    "notes", [NOTES, {}, {"G.md": "---\ntype: goal\n---\n"}], ids=["a book", "nothing", "an empty goal"]
)
def test_every_block_is_whole_lines_without_a_box_and_the_same_each_time(
    name: str, notes: Mapping[str, str]
) -> None:
    for path in ("Goals/Book.md", "G.md", "Dashboard.md"):
        text = block(name, path, view(notes))
        assert text.endswith("\n") or (name in OF_THE_DAY and not text)
        assert not text.endswith("\n\n")
        assert text.strip() or name in OF_THE_DAY
        assert read_note("n.md", text, Reading()).tasks == ()
        assert text == block(name, path, view(dict(reversed(list(notes.items())))))
        assert "00:00" not in text


def test_no_name_in_a_vault_can_break_a_block() -> None:
    evil = "<!-- /microwins --> | ``` %%% - [ ] x \\ $$"
    notes = {
        f"<!-- {evil.replace('/', '')}.md": f"---\ntype: goal\nidentity: '{evil}'\n---\n## Micro-wins\n- {evil} 🔁 every day [after:: {evil}] [min:: {evil}]\n- ok 🔁 every day\n"
    }
    for name in BLOCK_NAMES:
        for path in (*notes, "x.md"):
            text = block(name, path, view(notes))
            whole = f"<!-- microwins:{name} -->\n{text}<!-- /microwins -->\n"
            note = read_note("n.md", f"{whole}\n- [x] after\n", Reading())
            assert [(found.start, found.end) for found in note.blocks] == [(1, text.count("\n") + 2)]
            assert [task.fields.text for task in note.tasks] == ["after"]
            assert note.problems == ()


def test_an_unknown_block_and_an_option_are_told() -> None:
    unknown = block_problem(Block("summry", "", "html", 3, 4, (0, 0)), "n.md")
    assert unknown is not None
    assert (unknown.code, unknown.line) == ("block-unknown", 3)
    assert "summary" in unknown.remedy
    option = block_problem(Block("week", "wide", "html", 3, 4, (0, 0)), "n.md")
    assert option is not None
    assert option.code == "block-option"
    assert block_problem(Block("week", "", "html", 3, 4, (0, 0)), "n.md") is None


def rows(micro_win: str, boxes: Mapping[int, str], day: int = 11) -> str:
    notes = {f"2026-03-{number:02}.md": f"- [{mark}] Walk\n" for number, mark in boxes.items()}
    goal = f"---\ntype: goal\nstart: 2026-03-02\n---\n## Micro-wins\n- Walk {micro_win}\n"
    shown = view({"G.md": goal, **notes}, day=date(2026, 3, day))
    [win] = shown.figures.wins
    return "".join(marks(win, [date(2026, 3, number) for number in range(1, 16)]))


def test_a_month_shows_each_day_as_it_was() -> None:
    assert rows("🔁 every day", {2: "x", 3: "x", 5: "-", 6: "x"}) == " XX·-X····o    "
    assert rows("🔁 every Mon", {2: "x", 4: "x"}) == " X X    ·      "
    assert rows("", {2: "x", 4: "-"}) == " X -           "


def test_a_day_that_was_done_is_an_x_even_where_its_week_fell_short() -> None:
    assert rows("🔁 3 times a week", {7: "x", 8: "x"}) == "      XX       "
    assert rows("🔁 3 times a week", {7: "x"}) == "      X·       "


@pytest.mark.parametrize(
    ("pages", "day", "shown"), [(1, 3, " Xo"), (3, 3, " XX"), (1, 5, " X··o"), (3, 5, " XX·o")]
)
def test_a_day_whose_amount_is_not_whole_yet_is_open_until_it_closes(
    pages: int, day: int, shown: str
) -> None:
    notes = {
        "G.md": "---\ntype: goal\nstart: 2026-03-02\n---\n## Micro-wins\n- Read 🔁 every day [target:: 3 pages]\n",
        "2026-03-02.md": "- [x] Read [pages:: 3]\n",
        "2026-03-03.md": f"- [x] Read [pages:: {pages}]\n",
    }
    [win] = view(notes, day=date(2026, 3, day)).figures.wins
    assert "".join(marks(win, [date(2026, 3, number) for number in range(1, day + 1)])) == shown


def test_a_tick_for_a_day_to_come_is_not_shown_yet() -> None:
    assert rows("🔁 every day", {2: "x", 13: "x"}, 3) == " Xo            "


def test_the_days_of_a_header_stand_above_their_columns() -> None:
    header, row = month_rows(view().figures.wins[:1], DAY, DAY, width=10)
    assert header.index("1") == 11
    assert [header.index(str(number)) - 10 for number in (5, 10, 15, 20, 25, 30)] == [5, 10, 15, 20, 25, 30]
    assert row == "Write 300… ·XXo"
    assert week_rows([], date(2026, 3, 1), 24) == ["1 to 7 March 2026        Su Mo Tu We Th Fr Sa"]
    assert week_rows(view().figures.wins[:1], date(2026, 3, 2), 3)[1] == "Wr… X  X  o"
