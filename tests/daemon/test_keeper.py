"""One pass over a vault: what is written, what is left alone, and that the rest goes on."""

import os
import random
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from microwins.daemon.change import Change
from microwins.daemon.exclusions import Exclusions
from microwins.daemon.keeper import Keeper
from microwins.daemon.scan import locate
from microwins.daemon.stamp import Stamp
from microwins.daemon.updating import full_pass, settle

from .small_vault import DAY, GOAL, SETTINGS, TODAY, SmallVault, codes, problems_of, small_vault

OPEN, CLOSE = "<!-- microwins:{} -->", "<!-- /microwins -->"
DASHBOARD = "Micro-wins.md"
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    vault = small_vault(tmp_path)
    vault.write(DASHBOARD, f"# All\n\n{OPEN.format('summary')}\n{CLOSE}\n\nMine.\n")
    return vault


def outside_blocks(data: bytes) -> bytes:
    """Return what stands outside our blocks, without the gap in front of one that we put at the end."""
    kept: list[bytes] = []
    inside = False
    for line in data.splitlines(keepends=True):
        if b"<!-- microwins:" in line:
            inside = True
        if not inside:
            kept.append(line)
        if b"<!-- /microwins -->" in line:
            inside = False
    return b"".join(kept).rstrip(b"\r\n")


# What is written


def test_a_pass_writes_the_notes_that_hold_blocks_and_no_others(vault: SmallVault) -> None:
    before = vault.contents()
    outcome = vault.settle()
    assert set(outcome.written) == {GOAL, DASHBOARD}
    after = vault.contents()
    assert {path for path in after if after[path] != before.get(path)} == {GOAL, DASHBOARD}
    assert {path: outside_blocks(data) for path, data in after.items()} == {
        path: outside_blocks(data) for path, data in before.items()
    }


def test_a_second_pass_writes_nothing(vault: SmallVault) -> None:
    vault.settle()
    times = vault.times()
    outcome = vault.settle()
    assert (outcome.written, outcome.created, outcome.skipped) == ((), (), ())
    assert vault.times() == times


def test_a_tick_moves_the_goal_and_the_dashboard(vault: SmallVault) -> None:
    vault.settle()
    vault.swap(DAY, "- [ ] Write", "- [x] Write")
    assert set(vault.settle().written) == {GOAL, DASHBOARD}
    assert "Write 300 words · every day | 1 day |" in vault.text(GOAL)
    vault.swap(DAY, "- [x] Write", "- [ ] Write")
    vault.settle()
    assert "Write 300 words · every day | 1 day |" not in vault.text(GOAL)


def test_what_was_written_is_not_read_again(vault: SmallVault) -> None:
    keeper = vault.keeper()
    before = keeper.parsed
    assert set(settle(keeper).written) == {GOAL, DASHBOARD}
    assert keeper.parsed == before
    assert all(keeper.ledger.notes[path] == vault.keeper().ledger.notes[path] for path in (GOAL, DASHBOARD))


def test_a_save_right_after_our_writing_is_read_and_kept(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = vault.keeper()
    theirs = f"{vault.text(GOAL)}\nMine, a moment later.\n"

    def late(root: Path, path: str, exclusions: Exclusions) -> Stamp | None:
        if path == GOAL and vault.text(GOAL) != theirs:
            vault.write(GOAL, theirs)
        return locate(root, path, exclusions)

    with monkeypatch.context() as patch:
        patch.setattr("microwins.daemon.writing.locate", late)
        keeper.write(keeper.plan())
    assert vault.text(GOAL) == theirs
    settle(keeper)
    assert "Mine, a moment later." in vault.text(GOAL)
    assert keeper.ledger.notes[GOAL] == vault.keeper().ledger.notes[GOAL]


def test_nothing_is_written_when_a_pass_is_only_planned(vault: SmallVault) -> None:
    before = vault.contents()
    outcome = full_pass(vault.unread(), write=False)
    assert {change.path for change in outcome.changes} == {GOAL, DASHBOARD}
    assert vault.contents() == before


def test_two_copies_of_a_vault_read_in_different_orders_get_the_same_bytes(
    vault: SmallVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        vault.write(
            f"Goals/{number}.md",
            f"---\ntype: goal\n---\n## Micro-wins\n- Do {number % 5} things 🔁 every day\n",
        )
        vault.write(f"2026-02-{number + 1:02}.md", f"- [x] Do {number % 5} things\n- [x] Write 300 words\n")
    copy = SmallVault(tmp_path / "copy" / "vault")
    shutil.copytree(vault.root, copy.root)
    vault.settle()
    real = os.scandir

    class Shuffled:
        def __init__(self, path: str) -> None:
            self._path = path

        def __enter__(self) -> Iterator[os.DirEntry[str]]:
            with real(self._path) as found:
                entries = list(found)
            random.Random(7).shuffle(entries)
            return iter(entries)

        def __exit__(self, *_: object) -> None:
            return

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", Shuffled)
        copy.settle()
    assert copy.contents() == vault.contents()


def test_a_note_whose_block_was_copied_by_a_merge_has_one_again(vault: SmallVault) -> None:
    vault.settle()
    once = vault.contents()[GOAL]
    block = vault.text(GOAL)[vault.text(GOAL).index(OPEN.format("summary")) :]
    vault.write(GOAL, f"{vault.text(GOAL)}{block}")
    vault.settle()
    assert vault.contents()[GOAL] == once


@pytest.mark.parametrize("opened", ["```\n", "~~~ text", "%%\n", "$$\n", "<!-- to do\n"])
def test_nothing_is_added_below_what_is_not_closed_yet(vault: SmallVault, opened: str) -> None:
    vault.swap(GOAL, "- [ ] Chapter one\n", f"- [ ] Chapter one\n\n{opened}")
    before = vault.contents()[GOAL]
    assert codes(vault.settle().skipped) == {(GOAL, "block-hidden")}
    assert vault.contents()[GOAL] == before


# Somebody else is writing too


def test_a_note_that_changes_between_plan_and_write_is_left_and_done_on_the_next_pass(
    vault: SmallVault,
) -> None:
    keeper = vault.keeper()
    plan = list(keeper.plan())
    vault.swap(GOAL, "# Book", "# My book")
    theirs = vault.contents()[GOAL]
    outcome = keeper.write(plan)
    assert vault.contents()[GOAL] == theirs
    assert codes(outcome.skipped) == {(GOAL, "note-changed")}
    assert outcome.written == (DASHBOARD,)
    assert str(vault.root) not in outcome.skipped[0].message
    assert keeper.read_one(GOAL)
    assert settle(keeper).written == (GOAL,)
    assert vault.text(GOAL).startswith(theirs.decode())


def test_a_note_that_goes_between_plan_and_write_is_not_made_again(vault: SmallVault) -> None:
    keeper = vault.keeper()
    plan = list(keeper.plan())
    (vault.root / GOAL).unlink()
    assert codes(keeper.write(plan).skipped) == {(GOAL, "note-changed")}
    assert not (vault.root / GOAL).exists()


def test_a_note_that_is_left_alone_is_written_when_it_no_longer_is(vault: SmallVault) -> None:
    keeper = vault.keeper()
    keeper.planning.leave_alone([GOAL])
    assert settle(keeper).written == (DASHBOARD,)
    keeper.planning.leave_alone([])
    assert settle(keeper).written == (GOAL,)


@pytest.mark.skipif(os.name == "nt", reason="modes mean less there")
def test_a_read_only_note_is_a_problem_and_the_rest_is_written(vault: SmallVault) -> None:
    (vault.root / GOAL).chmod(0o444)
    outcome = vault.settle()
    assert codes(outcome.skipped) == {(GOAL, "read-only")}
    assert outcome.written == (DASHBOARD,)
    (vault.root / GOAL).chmod(0o644)
    assert vault.settle().written == (GOAL,)


def test_a_deleted_note_no_longer_counts(vault: SmallVault) -> None:
    vault.swap(DAY, "- [ ] Write", "- [x] Write")
    keeper = vault.keeper()
    assert keeper.figures().totals.today == 1
    (vault.root / DAY).unlink()
    assert keeper.changed_since() == {DAY}
    assert keeper.read_one(DAY)
    assert keeper.figures().totals.today == 0
    (vault.root / GOAL).unlink()
    keeper.read_one(GOAL)
    assert keeper.figures().goals == ()
    assert not keeper.read_one("never/there.md")


def test_a_note_that_did_not_change_is_not_parsed_again(vault: SmallVault) -> None:
    keeper = vault.keeper()
    vault.now += timedelta(days=400)
    parsed = keeper.parsed
    assert not keeper.read_one(GOAL)
    assert not keeper.read_one(DAY)
    assert keeper.parsed == parsed


def test_one_tick_parses_one_note(vault: SmallVault) -> None:
    for number in range(30):
        vault.write(f"{number}.md", "- [ ] Something else\n")
    keeper = vault.keeper()
    settle(keeper)
    parsed = keeper.parsed
    vault.swap(DAY, "- [ ] Write", "- [x] Write")
    keeper.read_one(DAY, seen_live=True)
    assert keeper.parsed == parsed + 1
    settle(keeper)
    assert keeper.parsed == parsed + 1


# Bad input


BAD_NOTES: dict[str, tuple[bytes, str | None]] = {
    "utf8.md": (b"- [x] Write 300 words\n\xff\xfe\n<!-- microwins:today -->\n", "utf8-invalid"),
    "nul.md": (b"- [x] a\0\n", "nul-byte"),
    "large.md": (b"x" * 30_001, "note-too-large"),
    "yaml.md": (b"---\ntype: [goal\n---\n- [x] still counts\n", "frontmatter-invalid"),
    "bomb.md": (b"---\na: &a [x]\nb: [*a, *a]\n---\n", None),
    "deep.md": (b"---\na: " + b"[" * 20_000 + b"\n---\n", None),
    "deep list.md": (b"".join(b" " * depth * 2 + b"- [x] a\n" for depth in range(80)), None),
    "quotes.md": (b">" * 5_000 + b" - [x] a\n", None),
    "unclosed.md": (b"<!-- microwins:today -->\nwords\n", "marker-broken"),
    "nested.md": (b"<!-- microwins:week -->\n<!-- microwins:month -->\n<!-- /microwins -->\n<!-- /microwins -->\n", "marker-broken"),
    "unknown.md": (b"<!-- microwins:weather -->\n<!-- /microwins -->\n", "block-unknown"),
    "empty.md": (b"", None),
    "bracket.md": (b"[" * 20_000, None),
    "two (conflicted copy 2026-03-04 101010).md": (b"- [x] Write 300 words\n", "conflict-copy"),
}  # fmt: skip


@pytest.mark.timeout(60)
def test_bad_notes_of_every_kind_are_reported_and_the_rest_is_done(tmp_path: Path) -> None:
    vault = small_vault(tmp_path, SETTINGS + "max_note_size = 30000\n")
    vault.swap(DAY, "- [ ] Write", "- [x] Write")
    for path, (data, _) in BAD_NOTES.items():
        vault.write(path, data)
    keeper = vault.keeper()
    found = problems_of(keeper)
    expected = {(path, code) for path, (_, code) in BAD_NOTES.items() if code}
    assert expected - found == set()
    assert settle(keeper).written == (GOAL,)
    assert {path: vault.contents()[path] for path in BAD_NOTES} == {
        path: data for path, (data, _) in BAD_NOTES.items()
    }
    win = keeper.figures().win("write-300-words")
    assert win is not None
    assert win.totals.wins.today == 1
    assert problems_of(vault.keeper()) == found


def test_problems_come_and_go_with_their_notes(vault: SmallVault) -> None:
    keeper = vault.keeper()
    assert problems_of(keeper) == set()
    vault.write("bad.md", b"\0")
    keeper.read_one("bad.md")
    assert problems_of(keeper) == {("bad.md", "nul-byte")}
    vault.write("bad.md", b"good now")
    keeper.read_one("bad.md")
    assert problems_of(keeper) == set()


# The daily note


def daily_vault(tmp_path: Path, extra: str = "") -> SmallVault:
    vault = small_vault(tmp_path, f"{SETTINGS}[daily]\ncreate = true\nfolder = 'Journal'\n{extra}")
    (vault.root / DAY).unlink()
    return vault


def test_the_daily_note_is_made_from_our_template(tmp_path: Path) -> None:
    vault = daily_vault(tmp_path)
    assert vault.settle().created == (f"Journal/{DAY}",)
    text = vault.text(f"Journal/{DAY}")
    assert f"{OPEN.format('today')}\n- [ ] Write 300 words\n- [ ] Read a page\n{CLOSE}\n" in text
    assert vault.settle().created == ()


def test_the_daily_note_is_made_from_the_vaults_own_template(tmp_path: Path) -> None:
    vault = daily_vault(tmp_path, "template = 'Templates/Day'\n")
    template = (
        "# {{title}} {{date:dddd}} {{date+1d:DD.MM.}} {{time}} {{mood}}\n<% tp.file.cursor() %> <%* {{date}} %>\n"
        "- [ ] Write 300 words\n%% microwins:today %%\n%% /microwins %%\nEnd"
    )
    vault.write("Templates/Day.md", template)
    outcome = vault.settle()
    assert codes(outcome.skipped) == {("Templates/Day.md", "placeholder-unknown")}
    assert vault.text(f"Journal/{DAY}") == (
        f"# {TODAY} Wednesday 05.03. 00:00 {{{{mood}}}}\n<% tp.file.cursor() %> <%* {{{{date}}}} %>\n"
        "- [ ] Write 300 words\n%% microwins:today %%\n- [ ] Read a page\n%% /microwins %%\nEnd"
    )
    assert vault.text("Templates/Day.md") == template


def test_a_template_without_a_marker_gets_one_at_its_end(tmp_path: Path) -> None:
    vault = daily_vault(tmp_path, "template = 'Day'\n")
    vault.write("Day.md", "Words\r\n")
    vault.settle()
    begin, end = f"Words\r\n\r\n{OPEN.format('today')}\r\n- [ ] ", f"Read a page\r\n{CLOSE}\r\n"
    text = vault.text(f"Journal/{DAY}")
    assert text.startswith(begin)
    assert text.endswith(end)


@pytest.mark.parametrize("kind", ["missing", "folder", "latin-1", "link out of the vault"])
def test_a_template_that_cannot_be_used_is_reported_and_ours_is_taken(tmp_path: Path, kind: str) -> None:
    vault = daily_vault(tmp_path, "template = 'Day'\n")
    (tmp_path / "secret.md").write_text("secret\n", encoding="utf-8")
    match kind:
        case "folder":
            (vault.root / "Day.md").mkdir()
        case "latin-1":
            vault.write("Day.md", b"Gr\xfc\xdfe\n")
        case "link out of the vault":
            (vault.root / "Day.md").symlink_to(tmp_path / "secret.md")
    outcome = vault.settle()
    assert ("Day.md", "template-unreadable") in codes(outcome.skipped)
    assert vault.text(f"Journal/{DAY}").startswith(f"# {TODAY}\n")


@pytest.mark.parametrize("there", [b"", b"mine", b"\xff\0"])
def test_a_daily_note_that_exists_is_never_made_again(tmp_path: Path, there: bytes) -> None:
    vault = daily_vault(tmp_path)
    vault.write(f"Journal/{DAY}", there)
    assert vault.settle().created == ()
    assert vault.contents()[f"Journal/{DAY}"] == there


def test_a_daily_note_that_somebody_makes_in_the_same_moment_is_theirs(tmp_path: Path) -> None:
    vault = daily_vault(tmp_path)
    keeper = vault.keeper()
    plan = [change for change in keeper.plan() if isinstance(change, Change) and change.before is None]
    vault.write(f"Journal/{DAY}", "mine")
    assert keeper.write(plan).created == ()
    assert vault.text(f"Journal/{DAY}") == "mine"


def test_a_daily_note_outside_the_vault_is_refused(tmp_path: Path) -> None:
    vault = daily_vault(tmp_path, "format = '[../../../]YYYY-MM-DD'\n")
    assert {problem.code for problem in vault.settle().skipped} == {"outside-vault"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "state", "vault"]


def test_the_daily_note_waits_for_its_time_of_day(tmp_path: Path) -> None:
    vault = daily_vault(tmp_path, "at = '13:00'\n")
    assert vault.settle().created == ()
    vault.now += timedelta(hours=1)
    assert vault.settle().created == (f"Journal/{DAY}",)


def test_what_is_due_is_added_to_a_today_block_and_nothing_there_is_touched(vault: SmallVault) -> None:
    mine = "- [ ] my own\n  words\n- [x] READ a *page*!\n"
    vault.write(DAY, f"{OPEN.format('today')}\n{mine}{CLOSE}\nafter")
    vault.settle()
    text = vault.text(DAY)
    assert "- [ ] Write 300 words\n" in text
    assert text.replace("- [ ] Write 300 words\n", "") == f"{OPEN.format('today')}\n{mine}{CLOSE}\nafter"


# Laws


PIECES = st.sampled_from(
    [
        "- [ ] Write 300 words\n", "- [x] Read a page ✅ 2026-03-01\n", "- [/] half\n", "words\n", "\n", "\r\n", "\r",
        "```\n", "%%\n", "$$\n", "---\n", "type: goal\n", "# Head\n", "## Micro-wins\n", "- New thing 🔁 every day\n",
        "> - [ ] in a quote\n", "    - [x] deep\n", "<!-- a comment\n", "-->\n", "\ufeff", "<div>\n", "| a | b |\n",
        "- [ ] no end", "\t", "🔁", "\u2028", "<!-- microwins:today -->\n", "<!-- microwins:summary -->\n", "old text\n",
        "<!-- microwins:month -->\n", "<!-- /microwins -->\n", "%% microwins:week %%\n", "%% /microwins %%\n",
    ]
)  # fmt: skip
TEXTS = st.lists(
    st.one_of(PIECES, st.text(st.characters(exclude_characters="\0"), max_size=8)), max_size=14
).map("".join)


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@SLOW
@given(text=TEXTS, is_goal=st.booleans())
def test_a_pass_over_any_text_changes_only_what_is_ours_and_comes_to_rest(
    tmp_path_factory: pytest.TempPathFactory, text: str, is_goal: bool
) -> None:
    vault = small_vault(tmp_path_factory.mktemp("law"), f'{SETTINGS}stamp = "off"\n')
    data = encoded(f"---\ntype: goal\n---\n{text}" if is_goal else text)
    vault.write("Any.md", data)
    outcome = vault.settle()
    after = vault.contents()["Any.md"]
    assert "change-unproved" not in {problem.code for problem in outcome.skipped}
    if after != data:
        pieces = [piece.rstrip(b"\r\n") for piece in foreign(data)]
        position = 0
        for piece in pieces:
            assert piece in after[position:]
            position = after.index(piece, position) + len(piece)
    assert vault.settle().written == ()
    assert vault.contents()["Any.md"] == after


def foreign(data: bytes) -> list[bytes]:
    """Return the lines that hold no marker and lie between no two of them, for they must stand afterwards as before."""
    kept: list[bytes] = []
    inside = False
    for line in data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"):
        if b"microwins:" in line:
            inside = True
        elif b"/microwins" in line:
            inside = False
        elif not inside:
            kept.append(line)
    return kept


NAMES = ("2026-03-01.md", "2026-03-02.md", "Goals/Book.md", "Goals/New.md", "Lists/a.md", "b.md")
BODIES = (
    "- [x] Write 300 words\n", "- [ ] Write 300 words\n- [x] Read a page\n", "", "- [x] other ✅ 2026-02-03\n",
    "---\ntype: goal\n---\n## Micro-wins\n- Read a page 🔁 every day\n- [x] step ✅ 2026-03-01\n", "\0",
    "---\ntype: goal\n---\n## Micro-wins\n- Write 300 words 🔁 every day\n", "<!-- microwins:summary -->\n",
)  # fmt: skip
ACTIONS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(BODIES)),
    st.tuples(st.just("delete"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("move"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("look"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("rescan"), st.just(""), st.just("")),
    st.tuples(st.just("settle"), st.just(""), st.just("")),
)


def act(vault: SmallVault, keeper: Keeper, action: str, path: str, other: str) -> None:
    note = vault.root / path
    match action:
        case "write":
            vault.write(path, other)
        case "delete":
            note.unlink(missing_ok=True)
        case "move" if note.exists():
            (vault.root / other).parent.mkdir(parents=True, exist_ok=True)
            note.replace(vault.root / other)
        case "look":
            keeper.read_one(path)
        case "rescan":
            for changed in sorted(keeper.changed_since()):
                keeper.read_one(changed)
        case "settle":
            settle(keeper)


@SLOW
@given(actions=st.lists(ACTIONS, max_size=12))
def test_after_any_changes_a_rescan_gives_the_figures_of_a_fresh_start(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[str, str, str]]
) -> None:
    vault = small_vault(tmp_path_factory.mktemp("law"), f'{SETTINGS}stamp = "off"\n')
    keeper = vault.keeper()
    for action in actions:
        act(vault, keeper, *action)
    act(vault, keeper, "rescan", "", "")
    fresh = vault.keeper()
    assert keeper.figures() == fresh.figures()
    assert keeper.problems(keeper.figures()) == fresh.problems(fresh.figures())
    settle(keeper)
    assert list(vault.keeper().plan()) == []


def test_what_a_killed_write_left_is_swept_once_it_is_old(tmp_path: Path) -> None:
    vault = small_vault(tmp_path)
    old = vault.write(
        "Goals/.Book.md.0123456789ab.microwins-tmp", "half a note", vault.now - timedelta(hours=2)
    )
    young = vault.write("Goals/.Book.md.ba9876543210.microwins-tmp", "being written", vault.now)
    keeper = vault.unread()
    full_pass(keeper, write=True)
    keeper.close()
    assert (old.exists(), young.exists()) == (False, True)


@pytest.mark.parametrize("others", [0, 70])
def test_a_tick_that_no_stamp_shows_is_noticed_however_many_notes_have_blocks(
    vault: SmallVault, monkeypatch: pytest.MonkeyPatch, others: int
) -> None:

    def coarse(root: Path, path: str, exclusions: Exclusions) -> Stamp | None:
        stamp = locate(root, path, exclusions)
        return stamp._replace(ctime_ns=stamp.mtime_ns) if stamp else None

    monkeypatch.setattr("microwins.daemon.reader.locate", coarse)
    pages = [f"Notes/{number}.md" for number in range(others)]
    for path in pages:
        vault.write(path, "<!-- microwins:week -->\n<!-- /microwins -->\n")
    keeper = vault.keeper()
    for path in (GOAL, *pages):
        keeper.read_one(path)
    vault.swap(GOAL, "- [ ] Chapter one", "- [x] Chapter one")
    assert keeper.read_one(GOAL)
    assert keeper.figures().goals[0].steps.done == 2
    keeper.close()


def test_a_note_that_is_too_large_by_new_settings_counts_no_more(vault: SmallVault) -> None:
    large = "- [x] Chapter one ✅ 2026-03-02\n" + "words\n" * 100
    vault.write("Large.md", large, vault.now - timedelta(days=1))
    vault.keeper().close()
    vault.write(".microwins.toml", f'{SETTINGS}max_note_size = "500b"\n')
    assert ("Large.md", "note-too-large") in problems_of(vault.keeper())
    vault.write(".microwins.toml", SETTINGS)
    assert ("Large.md", "note-too-large") not in problems_of(vault.keeper())
