"""A goal note that is to be made, as a value and as text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date

from ..parsers.goal import GoalWords
from .environment import render

_PLAIN_YAML = re.compile(r"(?!(?:true|false|yes|no|null|on|off|y|n)\Z)[^\W\d_][\w ,.'()-]*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WinDraft:
    """A micro-win that is to be declared: its name, when it is due, its cue, its two-minute version.

    `more` are other fields as they are written, such as `[target:: 300 words]`.
    """

    text: str
    schedule: str = ""
    after: str = ""
    minimum: str = ""
    since: date | None = None
    id: str = ""
    more: str = ""

    @property
    def body(self) -> str:
        """The text of the bullet, in the grammar of a task line."""
        fields = (("after", self.after), ("min", self.minimum), ("from", self.since or ""), ("id", self.id))
        parts = [f"[{key}:: {value}]" for key, value in fields if value]
        return " ".join(
            [self.text, *(["🔁", self.schedule] if self.schedule else []), *parts, *filter(None, [self.more])]
        )

    @property
    def line(self) -> str:
        """The bullet."""
        return f"- {self.body}"


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """A goal that is to be made. `parent` is what is linked to: the name or the path of its note.

    With `has_history` its micro-wins were done before, so that no first day may stand in it.
    """

    title: str
    micro_wins: tuple[WinDraft, ...] = ()
    steps: tuple[str, ...] = ()
    identity: str = ""
    parent: str = ""
    target: date | None = None
    measure: str = ""
    start: date | None = None
    text: str = ""
    has_history: bool = False


def goal_mark(words: GoalWords) -> str:
    """Return the line of frontmatter that makes a note a goal in this vault: its type, or its tag where types make none."""
    return f"type: {_yaml(words.type)}" if words.type.strip() else f"tags: [{_yaml(words.tag.lstrip('#'))}]"


def goal_note_text(draft: GoalDraft, name: str, words: GoalWords) -> str:
    """Return the note of a goal in a file called `name` (without its ending), with what makes it a goal in this vault."""
    title = "" if name == draft.title else _yaml(draft.title)
    parent = json.dumps(f"[[{draft.parent}]]", ensure_ascii=False) if draft.parent else ""
    fields = {"title": title, "identity": _yaml(draft.identity), "parent": parent, "start": draft.start or "",
              "target": draft.target or "", "measure": _yaml(draft.measure)}  # fmt: skip
    shown = [(key, value) for key, value in fields.items() if value]
    return render("notes/goal.md.j2", draft=draft, fields=shown, mark=goal_mark(words), heading=words.heading)


def _yaml(text: str) -> str:
    """Return a text as a value of YAML, in quotes where it could be read as anything else."""
    return text if not text or _PLAIN_YAML.match(text) else json.dumps(text, ensure_ascii=False)
