"""The way to a goal in a few questions: choose it, make the step tiny, give it a cue, say how often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..parsers.goal import Goal
from ..parsers.line_words import read_quantities
from ..parsers.schedule import NO_TURNS, read_schedule
from ..parsers.schedule_text import schedule_text
from ..streaks.suggestions import half
from ..templates import phrases
from ..templates.example_wins import Example, examples_of, examples_text
from ..templates.goal_draft import GoalDraft, WinDraft
from ..templates.schedule_said import as_in_notes
from ..templates.schedule_words import schedule_words
from ..templates.words import say
from . import questions
from .errors import MicrowinsError
from .goal_notes import declarable

EVERY_DAY = "every day"
_MOST_STEPS = 20


def schedule_said(text: str) -> str | None:
    """Return a schedule in its usual wording, an empty one for `track`, None where it is not understood.

    It may be said in English, or in the language that is spoken.

    >>> schedule_said("mon and thu"), schedule_said("3x a week"), schedule_said("now and then") is None
    ('every Mon, Thu', '3 times a week', True)
    """
    if text.casefold() in NO_TURNS:
        return ""
    for words in (text, as_in_notes(text)):
        rule = read_schedule(words) or read_schedule(f"every {words}")
        if rule is not None:
            return schedule_text(rule)
    return None


def drafted(example: Example) -> GoalDraft:
    """Return the goal of an example."""
    win = WinDraft(example.step, example.schedule, example.cue, example.minimum)
    return GoalDraft(example.goal, (win,), identity=example.identity)


class Guide:
    """Asks for a goal, and numbers its questions: `1 of 5`."""

    def __init__(self, questions_in_all: int) -> None:
        self._all, self._asked = questions_in_all, 0

    def ask_title(self, enter: str) -> GoalDraft | None:
        """Ask which goal it is to be: its title, or the number of an example; None where nothing was answered.

        `enter` says what Enter does.
        """
        question = self._numbered(say("guide.title", enter=enter))
        while True:
            answer = questions.ask(question)
            if answer == "?":
                questions.tell(f"\n{examples_text(width=questions.width())}\n")
                continue
            if not answer.isdecimal():
                return GoalDraft(answer) if answer else None
            examples = examples_of()
            if 1 <= int(answer) <= len(examples):
                return drafted(examples[int(answer) - 1])
            questions.tell(say("guide.no_example", count=len(examples)))

    def ask_first_step(self, draft: GoalDraft) -> GoalDraft:
        """Ask for the smallest step of a goal, its cue, and how often."""
        known = draft.micro_wins[0] if draft.micro_wins else WinDraft("")
        proposal = known.text or say("guide.two_minutes", goal=draft.title)
        text = questions.ask_until(
            self._numbered(say("guide.step")),
            proposal,
            _name,
            say("guide.not_plain"),
            say("guide.step_examples"),
        )
        win = known if text == known.text else WinDraft(text)
        return replace(draft, micro_wins=(self.ask_when(win),)) if text else self._without_step(draft)

    def ask_when(self, win: WinDraft) -> WinDraft:
        """Ask for the cue of a micro-win and how often it is due."""
        cue = questions.ask_until(
            self._optional(say("guide.cue"), win.after),
            win.after,
            _cue,
            say("guide.not_plain"),
            say("guide.cue_examples"),
        )
        often = questions.ask_until(
            self._numbered(say("guide.often")),
            _shown(win.schedule or EVERY_DAY),
            schedule_said,
            say("guide.schedules"),
            say("guide.schedule_examples"),
        )
        return replace(win, after=cue, schedule=often)

    def ask_identity(self, draft: GoalDraft) -> GoalDraft:
        """Ask whom the goal makes of the one who keeps it."""
        return replace(
            draft,
            identity=questions.ask(
                self._optional(say("guide.identity"), draft.identity),
                draft.identity,
                say("guide.identity_examples"),
            ),
        )

    def agree(self, question: str, *, default: bool) -> bool:
        """Put a question that is answered with yes or no."""
        return questions.agree(self._numbered(question), default=default)

    def skip(self, count: int) -> None:
        """Leave out so many questions; fewer than none begins anew."""
        self._asked += count

    def _without_step(self, draft: GoalDraft) -> GoalDraft:
        self.skip(2)
        return replace(draft, micro_wins=())

    def _optional(self, question: str, proposal: str) -> str:
        """Return a question with what Enter does where nothing is proposed."""
        return self._numbered(question if proposal else say("guide.no_answer", question=question))

    def _numbered(self, question: str) -> str:
        self._asked += 1
        return say("guide.numbered", number=self._asked, count=self._all, question=question)


def ask_parts(goal: Goal) -> tuple[tuple[str, ...], str, WinDraft | None]:
    """Ask into what a goal can be broken: steps, one that is a goal of its own, a smaller micro-win."""
    questions.tell(say("guide.break_intro", title=goal.title))
    steps = tuple(_asked_steps())
    sub_goal = questions.ask(say("guide.sub_goal"), advice=say("guide.part_examples"))
    text = questions.ask_until(
        say("guide.tinier"), tinier(goal), _name, say("guide.not_plain"), say("guide.step_examples")
    )
    if not text:
        return steps, sub_goal, None
    first = next(iter(goal.declarations), None)
    proposed = WinDraft(text, schedule_text(first.rule), first.after or "") if first else WinDraft(text)
    return steps, sub_goal, Guide(2).ask_when(proposed)


def tinier(goal: Goal) -> str:
    """Return the text of a goal's first micro-win with half of its amount, or its two-minute version; empty without either.

    `Walk 20 minutes` becomes `Walk 10 minutes`.
    """
    for one in goal.declarations:
        found = read_quantities(one.text)
        smaller = half(found[0][1].amount) if len(found) == 1 else None
        if smaller is not None:
            written = phrases.plain_number(found[0][1].amount)
            place = one.text.find(written, found[0][0])
            if place >= 0:
                return one.text[:place] + phrases.plain_number(smaller) + one.text[place + len(written) :]
    return next((one.minimum for one in goal.declarations if one.minimum), "") or ""


def _asked_steps() -> Iterator[str]:
    for number in range(1, _MOST_STEPS + 1):
        step = questions.ask(say("guide.step_number", number=number), advice=say("guide.part_examples"))
        if not step:
            return
        yield step


def _shown(schedule: str) -> str:
    """Return a schedule as it is proposed: in the language that is spoken, if that is read back as the same."""
    words = schedule_words(schedule)
    return words if schedule_said(words) == schedule else schedule


def _name(text: str) -> str | None:
    """Return the name of a micro-win if it can be declared so; none is wanted where it is empty."""
    return text if not text or _is_declarable(WinDraft(text)) else None


def _cue(text: str) -> str | None:
    return text if _is_declarable(WinDraft("x", after=text)) else None


def _is_declarable(win: WinDraft) -> bool:
    try:
        declarable(win)
    except MicrowinsError:
        return False
    return True
