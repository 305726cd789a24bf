"""A look back over notes, from their text to the values of the review."""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

import pytest

from microwins.daemon.ledger import Ledger
from microwins.parsers.note import Reading, read_note
from microwins.parsers.schedule import Period
from microwins.streaks.calendar import DAY, Now
from microwins.streaks.catalog import VaultDefaults
from microwins.streaks.day_wins import DayTimes
from microwins.streaks.life_figures import wins_of_days
from microwins.streaks.lookback import lookback, now_at
from microwins.streaks.review import Review, review
from microwins.streaks.review_life import Sources

SUNDAY = date(2026, 3, 15)
GOAL = "---\ntype: goal\nidentity: writer\n---\n## Micro-wins\n- Write 🔁 every day\n- Read 🔁 every day [after:: Write]\n"


def of(
    notes: Mapping[str, str],
    today: date = SUNDAY,
    kind: Period = "week",
    back: int = 0,
    *,
    advise: bool = True,
    closed: bool = False,
) -> Review:
    ledger = Ledger(VaultDefaults())
    ledger.load(read_note(path, text, Reading()) for path, text in notes.items())
    now = Now(today, today if closed else today - DAY)
    look = lookback(kind, today, now, back)
    assert look is not None
    eve, at = look.start - DAY, now_at(look.until, now)
    before = ledger.figures(Now(eve, eve))
    figures = ledger.figures(at)
    boxes = list(ledger.done_in(look.days))
    sources = Sources(boxes, wins_of_days(figures, ledger.other_wins), DayTimes(time(0)), advise=advise)
    return review(look, figures, before, sources)


def diary(boxes: Mapping[int, str], goal: str = GOAL, month: int = 3) -> dict[str, str]:
    return {"Goal.md": goal, **{f"2026-{month:02d}-{day:02d}.md": text for day, text in boxes.items()}}


WRITTEN = "- [x] Write\n"
BOTH = "- [x] Write\n- [x] Read\n"


def test_wins_are_counted_by_day_and_other_boxes_are_wins_too() -> None:
    found = of(diary({9: WRITTEN, 10: BOTH, 12: f"{BOTH}- [x] Call the bank\n"}))
    assert list(found.days.values()) == [1, 2, 0, 3, 0, 0]
    assert (found.total.wins, found.total.days_with_wins, found.other_wins) == (6, 3, 1)
    assert found.best_day == date(2026, 3, 12)


def test_today_counts_once_it_has_a_win_or_is_closed() -> None:
    boxes = dict.fromkeys(range(9, 15), WRITTEN)
    assert (of(diary(boxes)).until, of(diary(boxes)).per_day) == (SUNDAY - DAY, 1.0)
    assert of(diary({**boxes, 15: WRITTEN})).until == SUNDAY
    assert of(diary(boxes), closed=True).until == SUNDAY


def test_days_before_the_first_win_of_all_are_nobodys() -> None:
    found = of(diary({12: WRITTEN, 14: WRITTEN}))
    assert found.counted_days == 3
    assert found.per_day == pytest.approx(2 / 3)


def test_the_period_before_is_as_long_as_what_counts() -> None:
    boxes = dict.fromkeys(range(2, 15), WRITTEN)
    assert of(diary(boxes)).before.wins == 6
    assert of(diary(boxes), closed=True).before.wins == 7


def test_a_year_has_the_months_that_have_begun() -> None:
    found = of({**diary({2: WRITTEN}, month=1), "2026-03-03.md": BOTH}, kind="year")
    assert [(one.start.month, one.wins) for one in found.months] == [(1, 1), (2, 0), (3, 2)]


def test_an_empty_vault_has_a_review_without_wins() -> None:
    found = of({}, date(2026, 3, 9))
    assert (found.total.wins, found.per_day, found.best_day) == (0, 0.0, None)
    assert (found.goals, found.life.reached, found.life.a_year) == ((), (), None)


# Goals


def progress(goal: str, boxes: Mapping[int, str] | None = None, **others: str) -> dict[str, float | None]:
    notes = {
        **diary(boxes or {}, f"---\ntype: goal\n{goal}"),
        **{f"{name}.md": text for name, text in others.items()},
    }
    return {one.figures.goal.title: one.progress_before for one in of(notes).goals}


def test_the_progress_before_is_known_where_every_step_has_its_day() -> None:
    steps = "---\n- [x] one ✅ 2026-03-01\n- [x] two ✅ 2026-03-10\n- [ ] three\n- [ ] four\n"
    found = of(diary({}, f"---\ntype: goal\n{steps}")).goals[0]
    assert (found.progress_before, found.figures.progress, found.steps) == (0.25, 0.5, 1)


def test_a_step_without_a_day_leaves_the_progress_before_unknown_here_and_above() -> None:
    child = "---\ntype: goal\nparent: '[[Goal]]'\n---\n- [x] one\n- [ ] two\n"
    assert progress("---\n- [x] one ✅ 2026-03-01\n- [ ] two\n", Child=child) == {"Goal": None, "Child": None}


def test_amounts_move_a_goal_by_their_days() -> None:
    goal = "measure: 1000 words\n---\n## Micro-wins\n- Write 🔁 every day\n"
    boxes = {6: "- [x] Write [words:: 100]\n", 9: "- [x] Write [words:: 150]\n"}
    assert progress(goal, boxes) == {"Goal": 0.1}
    found = of(diary(boxes, f"---\ntype: goal\n{goal}"))
    assert found.amounts == {"word": Decimal(150)}
    assert found.units == {"word": "words"}


# What a period held


def test_milestones_and_comebacks_are_those_of_the_period() -> None:
    boxes = dict.fromkeys((*range(1, 5), 10, 11, 12), WRITTEN)
    found = of(diary(boxes)).life
    assert [(one.day.day, win.win.id) for win, one in found.comebacks] == [(10, "write")]
    assert of(diary(boxes), back=1).life.comebacks == ()
    assert "streak 3" in [
        f"{one.milestone.kind} {one.milestone.value}" for one in of(diary(boxes), back=1).life.reached
    ]


def test_times_that_are_not_known_are_not_guessed() -> None:
    goal = GOAL.replace("Write 🔁", "Write #frog 🔁")
    boxes = {
        9: "- [x] Write @09:00\n- [x] Read @10:00\n",
        10: "- [x] Write @12:00\n- [x] Read @11:00\n",
        11: "- [x] Write\n- [x] Read\n",
    }
    times = of(diary(boxes, goal)).life.times
    assert (times.days, times.mornings, times.morning_wins) == (2, 1, 2)
    assert (times.frogs, times.frogs_known, times.frogs_first) == (3, 2, 1)
    assert (times.stacks, times.per_stack, times.longest) == (2, 2.0, 2)
    assert times.longest_day == date(2026, 3, 9)


def test_a_stack_is_whole_when_all_of_it_that_was_due_was_done() -> None:
    found = of(diary({9: BOTH, 10: BOTH, 11: WRITTEN, 12: WRITTEN, 13: WRITTEN, 14: WRITTEN})).life.stacks
    assert [(tuple(win.win.id for win in one.members), one.done, one.days) for one in found] == [
        (("write", "read"), 2, 6)
    ]


def test_votes_are_those_of_the_period_beside_all() -> None:
    found = of(diary({5: BOTH, 9: BOTH, 10: WRITTEN})).life.votes
    assert [(one.identity.name, one.period, one.identity.votes) for one in found] == [("writer", 3, 5)]


def test_the_pace_of_a_year_is_that_of_the_closed_days_of_four_weeks() -> None:
    three = "- [x] Write\n- [x] Read\n- [x] Call\n"
    boxes = {f"2026-02-{day:02d}.md": three for day in range(1, 29)}
    notes = {"Goal.md": GOAL, **boxes}
    assert of(notes, date(2026, 3, 1)).life.a_year == 1095
    assert of({**notes, "2026-03-01.md": three}, date(2026, 3, 1)).life.a_year == 1095, "today is open"
    few = {path: text for path, text in notes.items() if path != "2026-02-01.md"}
    assert of(few, date(2026, 3, 1)).life.a_year is None, "less than four weeks tell nothing of a year"


def test_two_habits_that_go_together_are_named_and_others_are_not() -> None:
    goal = "---\ntype: goal\n---\n## Micro-wins\n- Write 🔁 every day\n"
    boxes = {f"2026-02-{day:02d}.md": f"{WRITTEN}- [x] a\n- [x] b\n" for day in range(1, 15)}
    boxes |= {f"2026-02-{day:02d}.md": "- [x] a\n" for day in range(15, 29)}
    found = of({"Goal.md": goal, **boxes}, date(2026, 2, 28), closed=True).life.keystone
    assert found is not None
    assert (found[0].win.id, found[1].others_when_done, found[1].others_when_not) == ("write", 2, 1)
    same = {path: text.replace("- [x] b\n", "") for path, text in boxes.items()}
    assert of({"Goal.md": goal, **same}, date(2026, 2, 28)).life.keystone is None


def test_one_suggestion_at_most_and_none_for_a_time_long_past() -> None:
    boxes = dict.fromkeys((1, 2, 3), BOTH)
    assert of(diary(boxes), date(2026, 3, 8)).life.suggestion is not None
    assert of(diary(boxes), date(2026, 3, 8), advise=False).life.suggestion is None
