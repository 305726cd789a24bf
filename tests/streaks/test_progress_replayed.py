"""How far a goal had come on a day is what its figures of that day say, whatever its parts are and weigh."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.streaks.calendar import Now
from microwins.streaks.goal_figures import GoalFigures
from microwins.streaks.milestones import progress_milestones
from microwins.streaks.progress_days import Rise, progress_days

from .trees import whole_tree

FIRST = date(2026, 3, 2)
LENGTH = 6
TODAY = FIRST + timedelta(days=LENGTH)

numbers = st.integers(0, LENGTH + 2)
amounts = st.sampled_from(["", " [pages:: 7]", " [pages:: 30]", " [kg:: 85]", " [kg:: 93]"])


@st.composite
def step_lines(draw: st.DrawFn) -> str:
    box = draw(st.sampled_from(" xxx-"))
    weight = draw(st.sampled_from(["", "", " [weight:: 3]", " [weight:: 0.25]"]))
    number = draw(st.none() | numbers)
    done = f" ✅ {FIRST + timedelta(days=number)}" if number is not None and box == "x" else ""
    return f"- [{box}] Step{weight}{draw(amounts)}{done}\n"


@st.composite
def goal_texts(draw: st.DrawFn, name: str, parent: str) -> str:
    said = [
        f'parent: "[[{parent}]]"\n' if parent else "",
        draw(st.sampled_from(["", "weight: 3\n", "weight: 0.5\n"])),
        draw(st.sampled_from(["", "rollup: leaves\n"])),
        draw(st.sampled_from(["", "measure: 100 pages\n", "measure: 92 -> 80 kg\n"])),
        draw(st.sampled_from(["", "", "", "status: archived\n", "status: done\n"])) if parent else "",
    ]
    count = draw(st.sampled_from(["", " [count:: 4]"]))
    steps = "".join(draw(st.lists(step_lines(), max_size=4)))
    return f"{''.join(said).strip()}\n\n## Micro-wins\n- Do {name} 🔁 every day{count}\n\n## Steps\n{steps}"


@st.composite
def vaults(draw: st.DrawFn) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return goals in a line or a fork, and the boxes of days; those in `some` have no day, or the one that they say."""
    names = ["Alpha", "Beta", "Gamma", "Delta"][: draw(st.integers(1, 4))]
    parents = [""] + [draw(st.sampled_from(names[:place])) for place in range(1, len(names))]
    goals = {name: draw(goal_texts(name, parent)) for name, parent in zip(names, parents, strict=True)}
    line = st.builds(
        lambda box, name, amount: f"- [{box}] Do {name}{amount}\n",
        st.sampled_from("xx/ "), st.sampled_from(names), amounts,
    )  # fmt: skip
    lines = st.lists(line, max_size=4).map("".join)
    days = {str(FIRST + timedelta(days=number)): draw(lines) for number in range(LENGTH + 2)}
    return goals, {**days, "some": draw(lines)}


def at(rise: Rise, day: date) -> float:
    return next((share for one, share in reversed(rise.days) if one <= day), rise.before)


def rises(goals: Mapping[str, GoalFigures], today: date) -> dict[str, Rise]:
    by_path = {goal.goal.path: goal for goal in goals.values()}
    return {
        title: progress_days(goal, by_path.get, today)
        for title, goal in goals.items()
        if goal.progress is not None
    }


@given(vaults())
def test_each_day_is_what_the_figures_of_that_day_say(
    vault: tuple[Mapping[str, str], Mapping[str, str]],
) -> None:
    goals, boxes = vault
    said_done = any("status: done" in text for text in goals.values())
    found, _ = whole_tree(goals, boxes, Now.at(TODAY))
    replayed = rises(found, TODAY)
    for title, rise in replayed.items():
        if found[title].goal.status != "done":
            assert rise.last == pytest.approx(found[title].progress, abs=1e-12), title
    for number in range(0 if not said_done else LENGTH, LENGTH + 1):
        day = FIRST + timedelta(days=number)
        then, _ = whole_tree(goals, boxes, Now.at(day))
        for title, rise in replayed.items():
            if found[title].goal.status != "done":
                assert at(rise, day) == pytest.approx(then[title].progress, abs=1e-12), (title, day)


def nothing_below(_: str) -> None:
    return None


def milestones_of(text: str, today: date) -> list[tuple[int, date]]:
    found, _ = whole_tree({"Read": text}, {}, Now.at(today))
    goal = found["Read"]
    rise = progress_days(goal, nothing_below, today, undated=False)
    return [(int(one.value * 100), one.day) for one in progress_milestones(rise.days, goal.progress)]


def test_a_milestone_goes_by_what_steps_weigh() -> None:
    steps = "- [x] A ✅ 2026-11-16\n- [x] B [weight:: 3] ✅ 2026-11-20\n- [ ] C [weight:: 4]\n"
    assert milestones_of(f"start: 2026-11-01\n\n{steps}", date(2026, 11, 20)) == [(50, date(2026, 11, 20))]


def test_a_light_step_done_is_a_milestone_beside_a_heavy_one_that_is_not() -> None:
    text = "start: 2026-11-01\n\n- [x] Buy ✅ 2026-11-20\n- [ ] b [weight:: 3]\n"
    assert milestones_of(text, date(2026, 11, 20)) == [(25, date(2026, 11, 20))]


def test_amounts_on_done_steps_bring_a_goal_further_on_their_days() -> None:
    steps = "- [x] A [pages:: 60] ✅ 2026-11-16\n- [x] B [pages:: 20] ✅ 2026-11-20\n"
    assert milestones_of(f"measure: 100 pages\n\n{steps}", date(2026, 11, 20)) == [
        (50, date(2026, 11, 16)),
        (75, date(2026, 11, 20)),
    ]


def test_of_several_readings_on_a_day_the_last_is_how_far_it_was() -> None:
    text = "measure: 92 -> 80 kg\n\n## Micro-wins\n- Weigh 🔁 every day\n"
    boxes = {"2026-03-02": "- [x] Weigh [kg:: 86]\n- [x] Weigh [kg:: 83]\n"}
    found, _ = whole_tree({"Lighter": text}, boxes, Now.at(date(2026, 3, 3)))
    assert progress_days(found["Lighter"], nothing_below, date(2026, 3, 3)).days == (
        (date(2026, 3, 2), 0.75),
    )
