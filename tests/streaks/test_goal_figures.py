from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.streaks.calendar import Now
from microwins.streaks.goal_figures import GoalFigures

from .trees import whole_tree


def tree(
    goals: Mapping[str, str], boxes: str | Mapping[str, str] = ""
) -> tuple[dict[str, GoalFigures], list[tuple[str, int | None, str]]]:
    found, problems = whole_tree(goals, boxes)
    return found, [(problem.path, problem.line, problem.code) for problem in problems]


def progress(goals: Mapping[str, str], boxes: str | Mapping[str, str] = "") -> dict[str, float | None]:
    return {name: goal.progress for name, goal in tree(goals, boxes)[0].items()}


def test_steps_are_the_progress_of_a_goal() -> None:
    assert progress({"Book": "\n\n- [x] one\n- [ ] two\n- [-] three\n- [ ] four\n- [ ] five\n"}) == {
        "Book": 0.25
    }


@pytest.mark.parametrize("text", ["", "\n\n- [-] dropped\n", "\n\n## Micro-wins\n- Walk 🔁 every day\n"])
def test_where_nothing_tells_it_there_is_no_progress(text: str) -> None:
    assert progress({"Book": text}) == {"Book": None}


def test_an_amount_to_reach_is_summed_from_its_micro_wins() -> None:
    goal = "measure: 1000 words\n\n## Micro-wins\n- Write\n- Edit\n"
    boxes = "- [x] Write [words:: 200]\n- [x] Edit [word:: 50]\n- [x] Else 500 words\n- [x] Edit 25 min\n"
    done = tree({"Book": goal}, boxes)[0]["Book"]
    assert (done.measured, done.progress) == (Decimal(250), 0.25)
    assert progress({"Book": goal.replace("1000", "100")}, boxes) == {"Book": 1.0}


def test_steps_amount_and_sub_goals_weigh_the_same_and_what_is_not_known_does_not_weigh() -> None:
    goals = {
        "Book": "measure: 100 words\n\n- [x] one\n- [ ] two\n## Micro-wins\n- Write\n",
        "Part": "parent: '[[Book]]'\n\n- [x] one\n",
        "Idea": "parent: '[[Book]]'",
    }
    found = progress(goals, "- [x] Write [words:: 30]\n")
    assert found["Book"] == pytest.approx((0.5 + 0.3 + 1.0) / 3)
    assert found["Idea"] is None


def test_parents_come_before_their_children() -> None:
    goals = {"A": "parent: '[[B]]'", "B": "parent: '[[C]]'", "C": "", "D": ""}
    found, problems = tree(goals)
    assert list(found) == ["C", "B", "A", "D"]
    assert found["C"].children == ("B.md",)
    assert problems == []


def test_a_tree_may_be_as_deep_as_it_likes() -> None:
    goals = {f"G{number}": f"parent: '[[G{number - 1}]]'" for number in range(1, 10_000)} | {
        "G0": "",
        "G10000": "parent: G9999\n\n- [x] x\n",
    }
    assert progress(goals)["G0"] == 1.0


@pytest.mark.parametrize("parents", [{"A": "A"}, {"A": "B", "B": "A"}, {"A": "B", "B": "C", "C": "A"}])
def test_a_circle_of_parents_is_a_problem_and_no_crash(parents: Mapping[str, str]) -> None:
    goals = {name: f"parent: '[[{parent}]]'\n\n- [x] one\n" for name, parent in parents.items()} | {
        "Below": "parent: '[[A]]'\n\n- [x] one\n"
    }
    found, problems = tree(goals)
    assert {name: goal.progress for name, goal in found.items()} == dict.fromkeys(parents) | {"Below": 1.0}
    assert problems == [(f"{name}.md", 3, "goal-cycle") for name in parents]


def test_a_parent_that_is_no_goal_is_told() -> None:
    found, problems = tree({"A": "parent: '[[Nowhere]]'\n\n- [x] one\n"})
    assert problems == [("A.md", 3, "goal-parent-unknown")]
    assert found["A"].progress == 1.0


def test_votes_are_dated_completions_one_a_day() -> None:
    found, _ = tree(
        {"Book": "identity: writer\n\n## Micro-wins\n- Write\n- Edit\n"},
        "- [x] Write\n- [x] Write\n- [x] Edit\n- [-] Edit\n",
    )
    assert found["Book"].votes == 2


# Steps


def test_a_step_that_weighs_more_moves_more() -> None:
    assert progress({"Book": "\n\n- [x] one [weight:: 3]\n- [ ] two\n"}) == {"Book": 0.75}


# Measures

WEIGHT = "measure: 92 -> 80 kg\n\n## Micro-wins\n- Weigh in\n"


def test_a_reading_that_falls_is_the_latest_one_with_a_day() -> None:
    days = {
        "2026-03-01": "- [x] Weigh in [kg:: 88]\n",
        "2026-03-03": "- [x] Weigh in [kg:: 89]\n- [ ] Weigh in [kg:: 70]\n",
    }
    found = tree({"Light": WEIGHT}, days)[0]["Light"]
    assert (found.measured, found.progress) == (Decimal(89), 0.25)
    assert found.goal.measure is not None


def test_of_two_readings_on_one_day_the_later_time_counts() -> None:
    found = tree({"Light": WEIGHT}, "- [x] Weigh in [kg:: 88] @21:00\n- [x] Weigh in [kg:: 90] @07:00\n")[0][
        "Light"
    ]
    assert found.measured == Decimal(88)


def test_a_reading_stands_on_a_done_step_too_and_one_for_a_day_to_come_waits() -> None:
    steps = "- [x] first scales [kg:: 90] ✅ 2026-03-01\n- [x] later [kg:: 80] ✅ 2026-03-09\n- [x] once [kg:: 60]\n"
    assert tree({"Light": WEIGHT + steps})[0]["Light"].measured == Decimal(90)


@pytest.mark.parametrize(
    ("measure", "reading", "share"),
    [("92..80 kg", "95", 0.0), ("92..80 kg", "79", 1.0), ("0..100 pages", "40", 0.4), ("20..100 pages", "10", 0.0)],
)  # fmt: skip
def test_progress_stays_between_start_and_target(measure: str, reading: str, share: float) -> None:
    unit = measure.split()[1]
    goal = f"measure: {measure}\n\n## Micro-wins\n- Look\n"
    assert progress({"G": goal}, f"- [x] Look [{unit}:: {reading}]\n") == {"G": share}


def test_without_a_reading_the_value_is_unknown_and_nothing_is_reached() -> None:
    found = tree({"Light": WEIGHT})[0]["Light"]
    assert (found.measured, found.progress) == (None, 0.0)


def test_an_amount_is_summed_over_all_goals_below_each_amount_once() -> None:
    goals = {
        "Year": "measure: 1000 words",
        "Book": "parent: '[[Year]]'\nmeasure: 400 words\n\n## Micro-wins\n- Write\n- [x] Plan 40 words\n",
        "Part": "parent: '[[Book]]'\n\n## Micro-wins\n- Edit\n",
    }
    found, _ = tree(goals, "- [x] Write [words:: 50]\n- [x] Edit [words:: 10]\n")
    assert [found[name].measured for name in ("Year", "Book", "Part")] == [Decimal(100), Decimal(100), None]


# Weights


def test_a_goal_weighs_in_the_one_above_what_it_says() -> None:
    goals = {
        "Year": "",
        "Book": "parent: '[[Year]]'\nweight: 3\n\n- [x] a\n",
        "Run": "parent: '[[Year]]'\n\n- [ ] b\n",
    }
    assert progress(goals)["Year"] == 0.75


def test_with_rollup_leaves_goals_weigh_by_how_many_parts_they_have() -> None:
    goals = {
        "Year": "rollup: leaves",
        "Book": "parent: '[[Year]]'\n\n- [x] a\n- [x] b\n",
        "Part": "parent: '[[Book]]'\n\n- [x] c\n",
        "Run": "parent: '[[Year]]'\n\n- [ ] d\n",
    }
    assert progress(goals)["Year"] == 0.75


# Status and archive


def test_a_goal_that_says_done_is_done_and_parts_that_are_not_are_told() -> None:
    found, problems = tree({"Book": "status: Done\n\n- [ ] one\n", "Run": "status: complete"})
    assert (found["Book"].progress, found["Run"].progress) == (1.0, 1.0)
    assert problems == [("Book.md", 3, "goal-status-disagrees")]


@pytest.mark.parametrize(
    ("fields", "archived"),
    [
        ("status: archived", True),
        ("archived: true", True),
        ("archived: 2026-03-04", True),
        ("archived: 2026-03-05", False),
        ("archived: [2026-03-01..2026-03-03]", False),
        ("archived: [2026-03-01..2026-03-04]", True),
        ("status: someday", False),
    ],
)
def test_an_archived_goal_is_left_out_of_the_one_above(fields: str, archived: bool) -> None:
    goals = {
        "Year": "\n\n- [x] own\n",
        "Book": f"parent: '[[Year]]'\n{fields}\n\n- [ ] one\n",
        "Part": "parent: '[[Book]]'\n\n- [ ] two\n",
    }
    found, problems = tree(goals)
    assert problems == []
    assert found["Year"].progress == (1.0 if archived else 0.5)
    assert [found[name].archived for name in ("Year", "Book", "Part")] == [False, archived, archived]
    assert found["Book"].progress == 0.0


def test_in_a_circle_only_those_that_say_so_are_archived() -> None:
    goals = {
        "A": "parent: '[[B]]'",
        "B": "parent: '[[A]]'\nstatus: archived",
        "C": "parent: '[[B]]'",
        "D": "parent: '[[A]]'",
    }
    found, _ = tree(goals)
    assert {name: goal.archived for name, goal in found.items()} == {
        "A": False,
        "B": True,
        "C": True,
        "D": False,
    }


def test_micro_wins_below_an_archived_goal_are_put_aside_with_it() -> None:
    goals = {
        "Book": "archived: 2026-03-01",
        "Part": "parent: '[[Book]]'\nstatus: dropped\n\n## Micro-wins\n- Write\n",
    }
    [win] = tree(goals)[0]["Part"].wins
    assert [(one.start, one.end) for one in win.win.inactive] == [(date(2026, 3, 1), None)]
    assert win.win.retired


# Streak and votes


def test_a_goals_streak_is_of_days_with_a_win_of_it_or_of_one_below() -> None:
    goals = {
        "Year": "rest: [sun]\n\n## Micro-wins\n- Write\n",
        "Run": "parent: '[[Year]]'\n\n## Micro-wins\n- Jog\n",
    }
    days = {
        "2026-02-27": "- [x] Jog\n",
        "2026-02-28": "- [x] Write\n",
        "2026-03-02": "- [x] Jog\n",
        "2026-03-03": "- [x] Jog\n- [x] Write\n",
    }
    found, _ = tree(goals, days)
    streak = found["Year"].days.streak
    assert streak is not None
    assert (streak.count, streak.start, streak.end) == (4, date(2026, 2, 27), date(2026, 3, 3))
    assert found["Run"].days.streak is not None
    assert found["Run"].days.streak.count == 2


def test_votes_of_the_last_30_days_are_told_apart() -> None:
    days = dict.fromkeys(("2026-02-02", "2026-02-03", "2026-03-04"), "- [x] Write\n")
    book = tree({"Book": "identity: writer\n\n## Micro-wins\n- Write\n"}, days)[0]["Book"]
    assert (book.votes, book.votes_lately(Now.at(date(2026, 3, 4)))) == (3, 2)


# Laws

parts = st.tuples(
    st.integers(0, 4), st.integers(0, 4), st.integers(0, 300), st.sampled_from(["1", "2", "0.5", "7"])
)


def forest(shape: list[tuple[int, int, int, str]]) -> dict[str, str]:
    """Return a tree in which each goal stands below an earlier one, with done and open steps, an amount and a weight."""
    goals = {}
    for number, (done, left, amount, weight) in enumerate(shape):
        parent = f"parent: '[[G{number // 2}]]'\n" if number else ""
        steps = "- [x] s\n" * done + "- [ ] s\n" * left + (f"- [x] w [words:: {amount}]\n" if amount else "")
        goals[f"G{number}"] = (
            f"{parent}weight: {weight}\nmeasure: 500 words\n\n{steps}"
            if number
            else f"measure: 900 words\n\n{steps}"
        )
    return goals


shapes = st.lists(parts, min_size=1, max_size=6)


@settings(deadline=None)
@given(shapes)
def test_progress_is_a_share(shape: list[tuple[int, int, int, str]]) -> None:
    assert all(share is None or 0 <= share <= 1 for share in progress(forest(shape)).values())


@settings(deadline=None)
@given(shapes, st.data())
def test_one_more_step_done_or_a_larger_amount_never_lowers_any_goal(
    shape: list[tuple[int, int, int, str]], data: st.DataObject
) -> None:
    before = progress(forest(shape))
    number = data.draw(st.integers(0, len(shape) - 1))
    done, left, amount, weight = shape[number]
    grown = data.draw(
        st.sampled_from([(done + 1, left - 1, amount, weight), (done, left, amount + 7, weight)])
    )
    if grown[1] < 0 or (not amount and grown[2]):
        return
    after = progress(forest([*shape[:number], grown, *shape[number + 1 :]]))
    assert all((after[name] or 0) >= (before[name] or 0) for name in before)


@settings(deadline=None)
@given(shapes, st.sampled_from([2.0, 3.0, 10.0, 0.125]))
def test_only_how_weights_compare_makes_a_difference(
    shape: list[tuple[int, int, int, str]], factor: float
) -> None:
    def weighed(times: float) -> float | None:
        goals = {"Year": ""}
        for number, (done, left, _, weight) in enumerate(shape):
            steps = "- [x] s\n" * done + "- [ ] s\n" * left
            goals[f"G{number}"] = f"parent: '[[Year]]'\nweight: {float(weight) * times}\n\n{steps}"
        return progress(goals)["Year"]

    assert weighed(factor) == pytest.approx(weighed(1.0))


@settings(deadline=None)
@given(shapes)
def test_the_order_of_goals_makes_no_difference(shape: list[tuple[int, int, int, str]]) -> None:
    goals = forest(shape)
    assert progress(dict(reversed(goals.items()))) == progress(goals)
