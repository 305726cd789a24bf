"""The table of the goals for Obsidian's Bases: a `.base` file over the properties that we keep in goal notes.

The format is that of the Bases syntax page of Obsidian's help: filters, formulas, properties, views.
"""

from __future__ import annotations

import json

from .words import say

_SHARES = ("progress", "strength")
_COLUMNS = ("formula.progress", "streak", "best", "wins", "formula.strength", "last_win", "identity")


def base_text(goal_type: str, goal_tag: str) -> str:
    """Return a base whose rows are the notes that are goals by this type or tag.

    Shares are percentages, as numbers: a text would be sorted by its first digit, and 0 is a share like any other.
    """
    import yaml

    tag = goal_tag.lstrip("#")
    filters = [
        *([" == ".join(("note.type", json.dumps(goal_type, ensure_ascii=False)))] if goal_type else []),
        *([f"file.hasTag({json.dumps(tag, ensure_ascii=False)})"] if tag else []),
    ]
    names = {column: say(f"base.{column.rpartition('.')[2]}") for column in ("file.name", *_COLUMNS)}
    order = ["file.name", *_COLUMNS]
    base = {
        "filters": {"or": filters},
        "formulas": {
            share: f"if(!note.{share}.isEmpty(), (note.{share} * 100).round())" for share in _SHARES
        },
        "properties": {column: {"displayName": name} for column, name in names.items()},
        "views": [
            {"type": "table", "name": say("base.goals"), "order": order},
            {
                "type": "table",
                "name": say("base.by_identity"),
                "groupBy": {"property": "note.identity", "direction": "ASC"},
                "order": order[:-1],
            },
        ],
    }
    return yaml.safe_dump(base, sort_keys=False, allow_unicode=True, width=1000)
