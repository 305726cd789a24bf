"""Count how far dates, names and rules agree with what the programs that share the notes were seen to do.

    python benchmarks/agree.py DATA_DIR [--show N]

DATA_DIR holds two files of cases, as moment.js, Periodic Notes and the Tasks plugin answered them:

- `moment.json`: `format[]` (`locale`, `format`, `out` by day), `parse[]` (`locale`, `format`, `text`, `strict`) and
  `template[]` (`locale`, `kind`, `format`, `folder`, `note_date`, `now`, `template`, `expected`, `path`);
- `recurrence.json`: a list of `rule`, `valid`, `canonical`, `reference_due`, `completed_on`, `next_due[]`.

The functions asked are the project's own. The first differences of each kind are printed; the exit code is 1 where
there is any. Nothing is written.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from microwins.parsers.moment import format_moment, parse_moment, period_of, week_rule
from microwins.parsers.note_date import PeriodicFormat, note_path, note_period
from microwins.parsers.period import Kind
from microwins.parsers.recurrence import parse_recurrence
from microwins.parsers.recurrence_dates import next_dates
from microwins.templates.placeholders import fill_placeholders

Case = dict[str, Any]
Answer = tuple[str, object, object]
"""What was asked, what microwins says, what the other program said."""

NOON_OR_SO = "T09:05:07"
ASSUMED_TODAY = date(2025, 6, 15)
"""The day on which the cases were made: moment.js takes from it what a format leaves out."""
KINDS: dict[str, Kind] = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
}


def main() -> int:
    """Compare all kinds of cases; return 1 if any answer differs."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("data", type=Path, metavar="DATA_DIR")
    arguments.add_argument(
        "--show", type=int, default=5, metavar="N", help="differences to print of each kind"
    )
    chosen = arguments.parse_args()
    moment = read(chosen.data / "moment.json")
    rules = read(chosen.data / "recurrence.json")
    kinds: list[tuple[str, Iterable[Answer]]] = [
        ("format", formatted(moment["format"])),
        ("parse", parsed(moment["parse"])),
        ("template", filled(moment["template"])),
        ("path", paths(moment["template"])),
        ("path, read back", paths_back(moment["template"])),
        ("rule, valid", valid(rules)),
        ("rule, canonical", canonical(rules)),
        ("rule, next due", due(rules)),
    ]
    wrong = sum(compared(name, list(answers), chosen.show) for name, answers in kinds)
    return 1 if wrong else 0


def read(path: Path) -> Any:
    """Return what a file of cases holds."""
    return json.loads(path.read_text(encoding="utf-8"))


def compared(name: str, answers: list[Answer], show: int) -> int:
    """Print the first differences and the score; return how many answers differ."""
    wrong = [answer for answer in answers if answer[1] != answer[2]]
    for asked, ours, theirs in islice(wrong, show):
        print(f"    {asked}: {ours!r}, not {theirs!r}")
    print(f"{name:16} {len(answers) - len(wrong):6} of {len(answers):6} agree")
    return len(wrong)


def formatted(cases: list[Case]) -> Iterator[Answer]:
    """A day as a format writes it."""
    for case in cases:
        for day, theirs in case["out"].items():
            ours = format_moment(case["format"], datetime.fromisoformat(day + NOON_OR_SO), case["locale"])
            yield f"{case['locale']} {case['format']} {day}", ours, theirs


def parsed(cases: list[Case]) -> Iterator[Answer]:
    """The day that a text names, strictly read."""
    for case in cases:
        ours = parse_moment(case["format"], case["text"], case["locale"], today=ASSUMED_TODAY)
        yield f"{case['locale']} {case['format']} {case['text']!r}", ours and ours.isoformat(), case["strict"]


def filled(cases: list[Case]) -> Iterator[Answer]:
    """A template with its placeholders replaced."""
    for case in cases:
        day = date.fromisoformat(case["note_date"])
        ours = fill_placeholders(
            case["template"],
            title=format_moment(case["format"], day, case["locale"]),
            day=day,
            now_time=datetime.fromisoformat(case["now"]).time(),
            note_format=case["format"],
            date_format=case["format"],
            locale=case["locale"],
            kind=KINDS[case["kind"]],
        )
        yield f"{case['locale']} {case['kind']} {case['template']!r}", ours.text, case["expected"]


def paths(cases: list[Case]) -> Iterator[Answer]:
    """The path of the note for a day."""
    for case in cases:
        form = periodic(case)
        ours = note_path(form, date.fromisoformat(case["note_date"]), case["locale"])
        yield f"{case['locale']} {form.folder!r} {form.format!r}", ours, case["path"].lstrip("/")


def paths_back(cases: list[Case]) -> Iterator[Answer]:
    """What the note at that path is about."""
    for case in cases:
        form = periodic(case)
        ours = note_period(case["path"].lstrip("/"), [form], case["locale"])
        theirs = period_of(form.kind, date.fromisoformat(case["note_date"]), week_rule(case["locale"]))
        yield f"{case['locale']} {case['path']}", ours, theirs


def periodic(case: Case) -> PeriodicFormat:
    """Return where the notes of a case are."""
    return PeriodicFormat(KINDS[case["kind"]], case["folder"], case["format"])


def valid(cases: list[Case]) -> Iterator[Answer]:
    """Whether a text is a rule at all."""
    yield from ((case["rule"], parse_recurrence(case["rule"]) is not None, case["valid"]) for case in cases)


def canonical(cases: list[Case]) -> Iterator[Answer]:
    """How the Tasks plugin words a rule when it writes it."""
    for case in cases:
        rule = parse_recurrence(case["rule"])
        if case["valid"]:
            yield case["rule"], rule and rule.text, case["canonical"]


def due(cases: list[Case]) -> Iterator[Answer]:
    """The dates of the copies that follow when each is completed in turn."""
    for case in cases:
        rule = parse_recurrence(case["rule"])
        if not case["valid"] or "next_due" not in case:
            continue
        reference, completed = day_of(case["reference_due"]), day_of(case["completed_on"])
        ours = [day.isoformat() for day in next_dates(rule, reference, completed)] if rule else None
        theirs = [day for day in case["next_due"] if day[:1].isdigit()]
        yield f"{case['rule']} from {reference}, done {completed}", ours, theirs


def day_of(text: str | None) -> date | None:
    """Return a day of the cases."""
    return date.fromisoformat(text) if text else None


if __name__ == "__main__":
    sys.exit(main())
