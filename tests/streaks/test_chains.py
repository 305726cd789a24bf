from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.schedule import EveryDays, Limit, OnWeekdays, Rule
from microwins.parsers.task import State
from microwins.streaks.calendar import Now
from microwins.streaks.chains import Chain, Chains, chain_days, find_chains, in_order, next_up
from microwins.streaks.figures import Figures, figures
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin, Phase

MONDAY = date(2026, 3, 2)
EVERY_DAY = EveryDays(1)
STATES = {"#": State.DONE, "-": State.SKIPPED}


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def win(
    name: str,
    after: str | None = None,
    *,
    goal: str = "g.md",
    rule: Rule = EVERY_DAY,
    line: int = 1,
    text: str = "",
) -> MicroWin:
    return MicroWin(name, text or name.title(), goal, line, (Phase(MONDAY, None, rule),), "", after=after)


def done(micro_win: MicroWin, pattern: str) -> Figures:
    entries = [Entry("n", 1, STATES[mark], day(at)) for at, mark in enumerate(pattern) if mark in STATES]
    return figures(micro_win, entries, Now.at(day(len(pattern) - 1)))


def only(chains: Chains) -> Chain:
    assert len(chains.all) == 1
    return chains.all[0]


def test_after_names_a_micro_win_by_its_id_or_by_its_text() -> None:
    chain = only(find_chains([win("tea"), win("read", "tea"), win("walk", "**Read**!")]))
    assert chain.members == ("tea", "read", "walk")
    assert chain.after == {"tea": None, "read": "tea", "walk": "read"}
    assert chain.cue is None


@pytest.mark.parametrize("cue", ["morning coffee", "[[Evening]]", "not-an-id", "reads"])
def test_what_names_no_micro_win_is_a_cue_in_free_words(cue: str) -> None:
    found = find_chains([win("read", cue), win("walk")])
    assert only(found) == Chain(cue, ("read",), {"read": None})
    assert found.problems == ()


def test_of_two_micro_wins_of_one_name_the_one_in_the_same_goal_is_meant() -> None:
    wins = [
        win("a/read", goal="a.md", text="Read"),
        win("b/read", goal="b.md", text="Read"),
        win("walk", "read", goal="b.md"),
    ]
    assert only(find_chains(wins)).members == ("b/read", "walk")
    elsewhere = [*wins[:2], win("walk", "read", goal="c.md")]
    assert only(find_chains(elsewhere)).cue == "read"


def test_all_that_follow_a_micro_win_come_behind_it() -> None:
    wins = [win("d", "b"), win("c", "a"), win("b", "a"), win("a", "coffee")]
    assert only(find_chains(wins)) == Chain(
        "coffee", ("a", "c", "b", "d"), {"a": None, "c": "a", "b": "a", "d": "b"}
    )


def test_a_circle_is_a_problem_where_it_begins_and_its_micro_wins_count_as_before() -> None:
    found = find_chains(
        [win("x", line=4), win("a", "b", line=7), win("b", "c"), win("c", "a"), win("d", "c")]
    )
    assert [(one.code, one.path, one.line) for one in found.problems] == [("stack-cycle", "g.md", 7)]
    assert "“A”, “B”, “C”" in found.problems[0].message
    assert only(found).members == ("c", "d")


def test_what_comes_after_itself_is_a_circle_of_one() -> None:
    found = find_chains([win("a", "a")])
    assert [one.code for one in found.problems] == ["stack-cycle"]
    assert found.all == ()


def test_a_limit_is_no_part_of_a_chain() -> None:
    limit = win("sweets", rule=Limit(Decimal(2), "week"))
    assert only(find_chains([limit, win("read", "sweets")])) == Chain("sweets", ("read",), {"read": None})


def test_a_chain_is_found_by_its_members() -> None:
    found = find_chains([win("a"), win("b", "a"), win("c")])
    assert found.of("b") == only(found)
    assert found.of("c") is None


def test_next_up_is_the_first_that_waits_for_no_other() -> None:
    wins = [win("a"), win("b", "a"), win("c", "b")]
    chain = only(find_chains(wins))

    def next_of(*patterns: str) -> str | None:
        found = {one.id: done(one, pattern) for one, pattern in zip(wins, patterns, strict=True)}
        return next_up(chain, found, Now.at(day(1)))

    assert next_of("#?", "#?", "#?") == "a"
    assert next_of("##", "#?", "#?") == "b"
    assert next_of("#-", "#?", "#?") == "b"
    assert next_of("#?", "##", "#?") == "a"
    assert next_of("##", "##", "##") is None


def test_a_member_that_is_not_due_holds_nobody_up() -> None:
    wins = [win("a", rule=OnWeekdays(frozenset((0,)))), win("b", "a")]
    found = {one.id: done(one, "#?") for one in wins}
    assert next_up(only(find_chains(wins)), found, Now.at(day(1))) == "b"


def test_a_chain_is_done_on_a_day_when_all_that_were_due_are() -> None:
    wins = [win("a"), win("b", "a", rule=OnWeekdays(frozenset((0, 1, 2))))]
    found = {"a": done(wins[0], "####?"), "b": done(wins[1], "#x#x?")}
    told = chain_days(only(find_chains(wins)), found)
    assert told.done == {day(0): True, day(1): False, day(2): True, day(3): True}
    assert told.streak is not None
    assert told.best is not None
    assert (told.streak.count, told.best.count) == (2, 2)


def test_today_makes_a_chain_longer_once_it_is_done_and_never_shorter() -> None:
    wins = [win("a"), win("b", "a")]
    chain = only(find_chains(wins))
    half = chain_days(chain, {"a": done(wins[0], "###"), "b": done(wins[1], "##?")})
    whole = chain_days(chain, {"a": done(wins[0], "###"), "b": done(wins[1], "###")})
    assert half.streak is not None
    assert whole.streak is not None
    assert (half.streak.count, whole.streak.count) == (2, 3)
    assert day(2) not in half.done
    assert whole.done[day(2)]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ({"a": 10, "b": 20, "c": 20}, True),
        ({"a": 30, "b": 20, "c": 40}, False),
        ({"a": 10, "c": 5}, False),
        ({"a": 10, "c": 15}, True),
        ({"a": 10, "b": None}, None),
        ({"b": 10}, None),
        ({}, None),
    ],
)
def test_the_order_of_a_day_is_known_where_its_times_are(
    minutes: dict[str, int | None], expected: bool | None
) -> None:
    chain = only(find_chains([win("a"), win("b", "a"), win("c", "b")]))
    assert in_order(chain, minutes) is expected


@given(st.lists(st.integers(-1, 7), min_size=1, max_size=8))
def test_no_micro_win_is_in_two_chains(cues: list[int]) -> None:
    names = [f"w{number}" for number in range(len(cues))]
    wins = [win(name, f"w{cue}" if cue >= 0 else None) for name, cue in zip(names, cues, strict=True)]
    members = [one for chain in find_chains(wins).all for one in chain.members]
    assert len(members) == len(set(members))
