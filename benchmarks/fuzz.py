"""Throw damaged notes at everything that reads or changes one, and say what did not hold.

    python benchmarks/fuzz.py [--minutes N] [--seed N] [--notes FOLDER] [--only NAME] [--keep FOLDER]

Texts are grown from pieces that mean something to microwins, or taken from the notes of a folder (which is only read),
and then damaged byte by byte. For each text, what is held to be true of all of them is tried:

- `reading`: a note is read without an exception, the same twice, and each box points at its character;
- `scanner`: the line scanner answers what markdown-it-py answers, or nothing;
- `writing`: a pass changes owned bytes alone, and a second pass nothing;
- `ticking`: a tick changes one character and keeps every other box;
- `merging`: a merge of two versions loses no line of either, and of one version with itself is that version;
- `settings`, `schedules`, `frontmatter`, `moments`: texts that are no such thing are refused, not stumbled over.

A text that takes more than a second of processor time is a finding too. Findings are printed with the bytes that cause
them; with `--keep` they are also put into a folder. The exit code is 1 where there is any.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from datetime import time as clock_time
from hashlib import blake2b
from pathlib import Path
from random import Random

from microwins.daemon.change import Unproved, proved_change
from microwins.daemon.ledger import Ledger
from microwins.daemon.note_plan import Page, page_edits
from microwins.daemon.note_read import RawNote, parse_raw
from microwins.parsers.declaration import read_declaration
from microwins.parsers.edit import Edit, changes_only
from microwins.parsers.frontmatter import read_frontmatter
from microwins.parsers.line_edit import mark, stamp
from microwins.parsers.merge import bare, merged, taken_back
from microwins.parsers.moment import format_moment, parse_moment
from microwins.parsers.note import Reading, read_note
from microwins.parsers.note_date import PeriodicFormat, note_path, note_period
from microwins.parsers.recurrence import canonical_recurrence
from microwins.parsers.schedule import read_limit, read_schedule
from microwins.parsers.schedule_text import schedule_text
from microwins.parsers.settings import SettingsError, make_settings, read_settings_file
from microwins.parsers.source import Source, split_lines
from microwins.parsers.structure import judged_structure, read_structure
from microwins.streaks.calendar import Now
from microwins.streaks.catalog import VaultDefaults
from microwins.templates.placeholders import fill_placeholders
from microwins.templates.view import View

DAY = date(2026, 3, 4)
NOON = clock_time(12)
GOAL = b"---\ntype: goal\n---\n## Micro-wins\n- Read \xf0\x9f\x94\x81 every day\n- Walk [every:: weekday]\n"
MOST_SECONDS = 1.0
MOST_BYTES = 6000

SIGNS = (
    "- [ ] ", "- [x] ", "* [-] ", "1. [/] ", "+ [X] ", "> - [ ] ", "  - [x] ", "\t- [ ] ", "- ", "  ", "    ", "\t", "> ",
    "> [!todo]+ ", "\n", "\n", "\n", "\n\n", "\r\n", "\r", "\n---\n", "---\n", "...\n", "\n===\n", "# ", "## ", "### 2026-01-04\n",
    "## Micro-wins\n", "```\n", "~~~\n", "````", "%%", "%%\n", "$$\n", "<!--", "-->\n", "<div>\n", "</div>\n", "<pre>",
    "| a | b |\n", "|---|---|\n", "[[", "]]", "[a](b.md)", "[r]: x\n", "`", "``", "\\", "*", "_", "\ufeff", "\u2028", "\x85",
    "\x0b", "\x0c", "\x00", "\u202e", "e\u0301", "\u3000", "\xa0", "👩‍👧", "\ufe0f",
    "<!-- microwins:summary -->\n", "<!-- microwins:today -->\n", "<!-- microwins:next -->\n", "%% microwins:week %%\n",
    "<!-- /microwins -->\n", "%% /microwins %%\n", "<!-- microwins:goals x -->\n", "microwins", "Next: Read\n",
)  # fmt: skip
WORDS = (
    "Read", "Walk", "read 20 pages", "300 words", "25 min", "5km", "✅ 2026-01-04", "📅 2026-02-30", "➕ 2026-01-01", "❌ 2026-03-03",
    "🔁 every day", "🔁 3 times a week", "🔁 every 2-4 days", "⏫", "🆔 ab", "⛔ ab,cd", "🏁 delete", "#frog", "#goal", "#a/b", "^block-1",
    "[completion:: 2026-01-04]", "(due:: 2026-01-05)", "[km:: 5]", "[every:: weekday]", "[limit:: 2 a week]", "[target:: 300 words]",
    "[weight:: 3]", "[after:: Walk]", "[from:: 2026-01-01]", "[was:: Old]", "@09:30", "[id:: x]", "[[Goal]]", ",", ".", " ",
)  # fmt: skip
YAML = (
    "---\n", "type: goal\n", "tags: [goal, \"#x\"]\n", "micro_wins:\n  - Read 🔁 every day\n", "rest: [sat, sun]\n", "a: &a [1]\n",
    "b: *a\n", "<<: {x: 1}\n", "parent: \"[[Goal]]\"\n", "pause: [2026-07-01..2026-07-14]\n", "start: 2026-01-01\n", "- x\n", "? y\n",
    "a: |\n  - [x] no\n", "x: !!python/object:os.system y\n", "'", '"', "{", "[", "]", "}", ": ", "#", "  ", "\t", "measure: 92 -> 80 kg\n",
    "archived: true\n", "weight: .inf\n", "n: 0x1F\n", "n: 1e999\n", "\"\\ud800\": 1\n", "kanban-plugin: basic\n", "%YAML 9.9\n",
)  # fmt: skip
SETTINGS_WORDS = (
    "[daily]\n", "[streaks]\n", "day_start = ", '"04:00"', '"25:00"', "rest = ", '["sat"]', "[", "]", "max_note_size = ", "1e9", "-1", "nan",
    'ignore = ["*"]\n', "late_window = ", '"3h"', '"1e308h"', "pause = ", '["2026-07-01..2026-07-14"]', "\n", "=", '"', "'", ".", "true",
    "1979-05-27", "format = ", '"YYYY-MM-DD"', "grace = ", "9" * 30, "\\ud800", "#",
)  # fmt: skip
RULE_WORDS = (
    "every", "day", "days", "week", "month", "year", "weekday", "other", "2", "3", "31", "-1", "999999999999", "1st", "last", "Friday",
    "mon/wed/fri", "times", "a", "in", "7", "when done", "on the", "and", "2-4", "/", "twice", "once", "January", "daily", "limit", "at most",
    "min", "0", "½", "²", "٣", ",",
)  # fmt: skip
MOMENT_WORDS = (
    "YYYY", "YY", "MM", "M", "MMM", "MMMM", "DD", "D", "Do", "DDD", "DDDD", "d", "dddd", "dd", "e", "E", "w", "ww", "wo", "W", "GGGG", "gggg",
    "Q", "HH", "h", "A", "mm", "X", "x", "ZZ", "L", "LLLL", "[", "]", "-", "/", " ", "\\", "é", "[W]", "N", "y", "SSS",
)  # fmt: skip
LOCALES = ("en", "de", "ar", "fa", "tr", "zh-cn", "nope")

Trial = Callable[[Random, "Texts"], bytes]


class Broken(Exception):
    """What is held to be true does not hold."""


class Texts:
    """Where texts come from: pieces put together, and the notes of a folder; all of them damaged now and then."""

    def __init__(self, notes: Sequence[bytes]) -> None:
        self.notes = notes

    def note(self, random: Random) -> bytes:
        """Return the bytes of something like a note."""
        if self.notes and random.random() < 0.4:
            data = random.choice(self.notes)
            begin = random.randrange(max(1, len(data) - MOST_BYTES)) if random.random() < 0.3 else 0
            return damaged(random, data[begin : begin + MOST_BYTES])
        head = ""
        if random.random() < 0.3:
            head = "---\n" + "".join(random.choice(YAML) for _ in range(random.randint(0, 6))) + "---\n"
        text = head + pieces(random, SIGNS, WORDS, random.randint(0, 40))
        return damaged(random, text.encode("utf-8", "surrogatepass"))


def pieces(random: Random, signs: Sequence[str], words: Sequence[str], count: int) -> str:
    """Return some pieces of both kinds, one after the other."""
    return "".join(
        random.choice(signs) + (random.choice(words) + " " if random.random() < 0.6 else "")
        for _ in range(count)
    )


def damaged(random: Random, data: bytes) -> bytes:
    """Return the bytes with none or some of them changed, lost, doubled or moved."""
    for _ in range(random.choice((0, 0, 0, 1, 1, 2, 5, 20))):
        at = random.randrange(len(data) + 1)
        more = min(len(data), at + random.choice((1, 1, 2, 8, 40)))
        match random.randrange(6):
            case 0:
                data = data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]
            case 1:
                data = data[:at] + data[more:]
            case 2:
                data = data[:at] + data[at:more] * random.choice((2, 3, 50)) + data[more:]
            case 3:
                data = data[:at] + random.choice(SIGNS).encode() + data[at:]
            case 4:
                data = data[:at] + random.choice(YAML).encode("utf-8", "surrogatepass") + data[at:]
            case _:
                other = random.randrange(len(data) + 1)
                data = data[:at] + data[other : other + 30] + data[at:]
    return data[: MOST_BYTES * 2]


def raw_note(path: str, data: bytes) -> RawNote:
    """Return a note's bytes as they would be read from the disk."""
    try:
        return RawNote(path, data, data.decode(), valid=True)
    except UnicodeDecodeError:
        return RawNote(path, data, data.decode("utf-8", "surrogateescape"), valid=False)


def holds(claim: object, what: str) -> None:
    """Raise Broken where a claim is not true."""
    if not claim:
        raise Broken(what)


# What is tried


def reading(random: Random, texts: Texts) -> bytes:
    """A note is read without an exception, and each box points at its character."""
    data = texts.note(random)
    current[:] = [data]
    raw = raw_note(random.choice(("Note.md", "2026-03-04.md")), data)
    holds(raw.encode(raw.text) == data, "decoding and encoding keep the bytes")
    note = parse_raw(raw, Reading())
    holds(note == parse_raw(raw, Reading()), "the same is read twice")
    source = Source.of(raw.text)
    holds([line.text for line in source.lines] == split_lines(raw.text), "both ways of parting lines agree")
    for task in note.tasks:
        line = source.line(task.line)
        holds(raw.text[line.start + task.symbol_column] == task.symbol, "a box stands where it is said to")
        _ = task.fields, task.plugin
    for problem in note.problems:
        holds(
            problem.line is None or 1 <= problem.line <= len(source.lines) + 1,
            "a problem has a line of the note",
        )
    return data


def scanner(random: Random, texts: Texts) -> bytes:
    """The line scanner answers what the judge answers."""
    data = texts.note(random)
    current[:] = [data]
    text = raw_note("Note.md", data).text
    fast, slow = read_structure(text), judged_structure(text)
    holds(fast.items == slow.items, "the items are the judge's")
    holds(fast.headings == slow.headings, "the headings are the judge's")
    return data


def writing(random: Random, texts: Texts) -> bytes:
    """A pass changes owned bytes alone, and a second pass nothing."""
    data = texts.note(random)
    path = random.choice(("Note.md", "Goal 2.md", "2026-03-04.md"))
    current[:] = [data]
    after = passed(path, data)
    current[:] = [data, after]
    holds(passed(path, after) == after, "a second pass writes nothing")
    return data


def passed(path: str, data: bytes) -> bytes:
    """Return a note's bytes after one pass over it."""
    raw, reading_ = raw_note(path, data), Reading()
    notes = {"Goal.md": parse_raw(raw_note("Goal.md", GOAL), reading_), path: parse_raw(raw, reading_)}
    ledger = Ledger(VaultDefaults())
    ledger.load(notes.values())
    note = notes[path]
    page = Page(raw, note, is_today=note.day == DAY)
    edits = page_edits(page, View(ledger.figures(Now.at(DAY))), ledger.catalog)
    if not edits or hides_summary(page, edits):
        return data
    found = proved_change(raw, note, edits, reading_)
    if found is None:
        return data
    holds(changes_only(raw.text, found[0].after.decode(), edits), "only the edits change anything")
    return found[0].after


def hides_summary(page: Page, edits: Sequence[Edit]) -> bool:
    """Return whether a summary would be put where markers mean nothing; the keeper leaves such notes alone."""
    if page.note.goal is None or any(block.name == "summary" for block in page.note.blocks):
        return False
    from microwins.parsers.edit import apply

    after = read_note(page.note.path, apply(page.raw.text, edits), Reading())
    return all(block.name != "summary" for block in after.blocks)


def ticking(random: Random, texts: Texts) -> bytes:
    """A tick changes one character and, where wanted, adds a date; every other box stays."""
    data = texts.note(random)
    current[:] = [data]
    raw = raw_note("Note.md", data)
    note = parse_raw(raw, Reading())
    if not raw.valid or not note.tasks:
        return data
    task = random.choice(note.tasks)
    line = Source.of(raw.text).line(task.line)
    edits = [mark(line, task, "x" if task.symbol != "x" else " ")]
    if random.random() < 0.5:
        edits.append(stamp(line, DAY, random.choice(("tasks", "dataview"))))
    if note.block_at(task.line) is not None:
        return data
    try:
        found = proved_change(raw, note, edits, Reading())
    except Unproved:  # a date behind a damaged marker would mend the marker: refused, and nothing is written
        holds(note.markers_broken or len(edits) == 2, "a plain tick is never refused")
        return data
    if found is not None:
        after = {other.line: other.raw for other in found[1].tasks}
        holds(
            all(after.get(other.line) == other.raw for other in note.tasks if other.line != task.line),
            "the other boxes stay",
        )
    return data


def merging(random: Random, texts: Texts) -> bytes:
    """No line of either version is lost."""
    base = texts.note(random)
    ours, theirs = damaged(random, base), damaged(random, base)
    current[:] = [base, ours, theirs]
    holds(merged(ours, ours).data == ours, "a version merged with itself is that version")
    holds(merged(base, theirs, base).data == theirs, "what one side changed is taken")
    holds(merged(ours, base, base).data == ours, "what the other side changed is taken")
    kept = {bare(line + b"\n") for line in merged(ours, theirs).data.split(b"\n")}
    for line in (*ours.split(b"\n"), *theirs.split(b"\n")):
        name = bare(line + b"\n")
        holds(not name or name in kept, "no line is lost")
    merged(ours, theirs, base)
    holds(taken_back(base, ours, ours) == base, "a change that nobody touched is taken back")
    taken_back(base, ours, theirs)
    return base


def settings(random: Random, _texts: Texts) -> bytes:
    """A settings file is read or refused with a place."""
    text = damaged(random, pieces(random, SETTINGS_WORDS, SETTINGS_WORDS, random.randint(0, 8)).encode())
    current[:] = [text]
    try:
        make_settings(read_settings_file(text.decode("utf-8", "replace"), ".microwins.toml"))
    except SettingsError as error:
        holds(error.place and error.message and error.hint, "a refusal says where, what and how")
    return text


def schedules(random: Random, _texts: Texts) -> bytes:
    """A schedule is understood or not; in its own words it is the same schedule."""
    text = " ".join(random.choice(RULE_WORDS) for _ in range(random.randint(1, 7)))
    text = damaged(random, text.encode()).decode("utf-8", "replace") if random.random() < 0.3 else text
    current[:] = [text.encode()]
    rule = read_schedule(text)
    if rule is not None:
        schedule_text(rule)
    read_limit(text)
    written = canonical_recurrence(text)
    holds(
        written is None or canonical_recurrence(written) is not None, "a rule in Tasks' words is a rule again"
    )
    read_declaration(f" {text} 🔁 {text} [limit:: {text}] [target:: {text}]", 1, "Goal.md")
    return text.encode()


def frontmatter(random: Random, _texts: Texts) -> bytes:
    """Frontmatter is read or refused with one problem, and what is read can be written as JSON."""
    import json

    text = "---\n" + pieces(random, YAML, WORDS, random.randint(0, 12)) + "\n---\n"
    data = damaged(random, text.encode("utf-8", "surrogatepass"))
    current[:] = [data]
    decoded = raw_note("Goal.md", data).text
    found = read_frontmatter(decoded, "Goal.md")
    holds(len(found.problems) <= 1, "there is at most one problem")
    json.dumps(found.values)
    fast = read_note("Goal.md", decoded, Reading(), whole=False)
    holds(
        (fast.goal is None) == (read_note("Goal.md", decoded, Reading()).goal is None),
        "a goal is one either way",
    )
    return data


def moments(random: Random, _texts: Texts) -> bytes:
    """A day written in a format is, if the format reads it at all, that day or none."""
    form = "".join(random.choice(MOMENT_WORDS) for _ in range(random.randint(1, 8)))
    locale = random.choice(LOCALES)
    day = date(random.randint(1, 9999), random.randint(1, 12), random.randint(1, 28))
    current[:] = [f"{form} {locale} {day}".encode()]
    text = format_moment(form, day, locale)
    parse_moment(form, text, locale)
    parse_moment(
        form, damaged(random, text.encode("utf-8", "surrogatepass")).decode("utf-8", "replace"), locale
    )
    periodic = PeriodicFormat("day", random.choice(("", "Days")), form)
    path = note_path(periodic, day, locale)
    found = note_period(path, (periodic,), locale)
    holds(found is None or found.kind != "day" or text != "", "a path names a period")
    fill_placeholders(
        "{{date:" + form + "}} {{title}} {{yesterday}} {{",
        title=text, day=day, now_time=NOON, note_format=form, date_format=form, locale=locale,
    )  # fmt: skip
    return current[0]


TRIALS: dict[str, Trial] = {
    one.__name__: one
    for one in (reading, scanner, writing, ticking, merging, settings, schedules, frontmatter, moments)
}
current: list[bytes] = []
"""The bytes of the trial that is under way."""


def main() -> int:
    """Try until the time is over; return 1 if anything was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--notes", type=Path, help="a folder of notes to damage copies of")
    parser.add_argument("--only", choices=sorted(TRIALS), help="one kind of trial")
    parser.add_argument("--keep", type=Path, help="a folder for the bytes of findings")
    chosen = parser.parse_args()
    notes = (
        [path.read_bytes() for path in sorted(chosen.notes.rglob("*.md")) if path.is_file()]
        if chosen.notes
        else []
    )
    found = run(chosen.minutes * 60, chosen.seed, Texts(notes), chosen.only, chosen.keep)
    return 1 if found else 0


def run(seconds: float, seed: int, texts: Texts, only: str | None = None, keep: Path | None = None) -> int:
    """Try for so many seconds; print each new kind of finding once; return how many kinds there are."""
    names = [only] if only else list(TRIALS)
    counts = dict.fromkeys(names, 0)
    findings: dict[str, int] = {}
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        name = names[number % len(names)]
        random = Random(f"{seed} {name} {number}")
        number += 1
        counts[name] += 1
        kind = tried(TRIALS[name], random, texts)
        if kind is None:
            continue
        kind = f"{name}: {kind}"
        findings[kind] = findings.get(kind, 0) + 1
        if findings[kind] == 1:
            print(f"{kind}\n    trial {number - 1} of seed {seed}: {current!r:.2000}", flush=True)
        if keep and findings[kind] <= 3:
            keep.mkdir(parents=True, exist_ok=True)
            for place, data in enumerate(current):
                (keep / f"{name}-{blake2b(current[0], digest_size=6).hexdigest()}-{place}").write_bytes(data)
    print(f"{number:,} trials in {seconds / 60:g} minutes: {counts}")
    for kind, count in findings.items():
        print(f"{count:8}  {kind}")
    return len(findings)


def tried(trial: Trial, random: Random, texts: Texts) -> str | None:
    """Return what kind of finding one trial is, or None where all holds."""
    begin = time.process_time()
    try:
        trial(random, texts)
    except Broken as error:
        return f"not so: {error}"
    except Exception as error:  # any exception is what is looked for
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(place.filename).name}:{place.name}: {str(error)[:60]}"
    spent = time.process_time() - begin
    return f"took {spent:.0f} s" if spent > MOST_SECONDS else None


if __name__ == "__main__":
    sys.exit(main())
