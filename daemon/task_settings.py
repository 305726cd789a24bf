"""What the settings of the Tasks and Dataview plugins say of boxes: what each sign means, and how done dates are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..parsers.problem import Problem
from ..parsers.task import State
from .config_files import said

_TYPES = {
    "TODO": State.OPEN, "IN_PROGRESS": State.PARTIAL, "ON_HOLD": State.OPEN, "DONE": State.DONE,
    "CANCELLED": State.SKIPPED, "NON_TASK": State.OPEN,
}  # fmt: skip
_EMOJI_FORMAT, _DATAVIEW_FORMAT = "tasks", "dataview"


def task_format(tasks: Mapping[str, Any], dataview: Mapping[str, Any]) -> str | None:
    """Return in which style done dates are written: as Tasks says, else as Dataview does where it writes any."""
    formats = {"tasksPluginEmoji": _EMOJI_FORMAT, "dataview": _DATAVIEW_FORMAT}
    if tasks or dataview.get("taskCompletionTracking") is not True:
        return formats.get(str(tasks.get("taskFormat")))
    return _EMOJI_FORMAT if dataview.get("taskCompletionUseEmojiShorthand") else _DATAVIEW_FORMAT


def completion_key(dataview: Mapping[str, Any]) -> str:
    """Return the inline key under which Dataview writes done dates, where it is one of the owner's own."""
    key = said(dataview.get("taskCompletionText")).lower()
    return "" if key == "completion" else key


def statuses(tasks: Mapping[str, Any]) -> dict[str, State]:
    """Return what each box means by the Tasks plugin's settings; `X` stays done, as everywhere but in that plugin."""
    settings = tasks.get("statusSettings")
    if not isinstance(settings, dict):
        return {}
    found: dict[str, State] = {}
    for group in ("coreStatuses", "customStatuses"):
        listed = settings.get(group)
        for status in listed if isinstance(listed, list) else ():
            if (
                isinstance(status, dict)
                and isinstance(status.get("symbol"), str)
                and len(status["symbol"]) == 1
            ):
                found.setdefault(status["symbol"], _TYPES.get(str(status.get("type")), State.OPEN))
    return found


def completion_problems(dataview: Mapping[str, Any], file: str) -> tuple[Problem, ...]:
    """Report a format of Dataview's for done dates that is not read back; its emoji has the usual one always."""
    form = said(dataview.get("taskCompletionDateFormat")) or "yyyy-MM-dd"
    iso = form == "yyyy-MM-dd" or form.startswith(("yyyy-MM-dd'T'", "yyyy-MM-ddT"))
    written = dataview.get("taskCompletionTracking") is True
    if iso or not written or dataview.get("taskCompletionUseEmojiShorthand"):
        return ()
    words = f"Dataview writes done dates as `{form}`; only dates such as 2026-11-20 are read."
    advice = "Set the completion date format to yyyy-MM-dd in Dataview's settings."
    return (Problem(file, None, "completion-format", words, advice),)
