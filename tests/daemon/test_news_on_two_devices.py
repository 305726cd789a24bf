"""News, open tasks, properties and light mode: two devices write the same bytes, whatever their zones and their files' order."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from .small_vault import GOAL_TEXT, TODAY, SmallVault

SETTINGS = 'properties = true\n[daily]\ncreate = true\ncarry = true\ntemplate = "Day"\n'
MARKERS = "".join(f"<!-- microwins:{name} -->\n\n" for name in ("summary", "news", "open", "next", "goals"))
NOTES = {
    ".microwins.toml": SETTINGS,
    "Day.md": "# {{title}} {{time}}\n\n<!-- microwins:today -->\n\n<!-- microwins:news -->\n\n<% tp.date.now() %>\n",
    "Goals/Book.md": GOAL_TEXT,
    "Goals/Fit.md": "---\ntype: goal\nlight: true\nwins: '7' # mine\n---\n## Micro-wins\n- Walk 🔁 every day [after:: coffee]\n- Run 🔁 every day\n",
    "Dash.md": MARKERS,
    **{
        f"{TODAY - timedelta(days=back)}.md": "- [x] Write 300 words 310 words\n- [x] Walk\n- [ ] Call the dentist ^d\n"
        for back in range(1, 12)
    },
}


def device(folder: Path, zone: str, hour: int, order: Sequence[str]) -> SmallVault:
    vault = SmallVault(folder / "vault", datetime(2026, 3, 4, hour, tzinfo=ZoneInfo(zone)))
    for path in order:
        vault.write(path, NOTES[path])
    return vault


@pytest.mark.parametrize("light", ["", "light = true\n"])
def test_the_same_notes_become_the_same_bytes(tmp_path: Path, light: str) -> None:
    one = device(tmp_path / "one", "UTC", 12, sorted(NOTES))
    other = device(tmp_path / "other", "Asia/Tokyo", 23, sorted(NOTES, reverse=True))
    for vault in (one, other):
        vault.write(".microwins.toml", f"{light}{SETTINGS}")
        vault.settle()
    other.settle()
    for vault in (one, other):
        vault.swap(
            f"{TODAY}.md",
            "- [ ] Write 300 words" if not light else "- [ ] ",
            "- [x] Write 300 words" if not light else "- [x] ",
        )
        vault.settle()
    assert one.contents() == other.contents()
    assert one.settle().written == other.settle().written == ()
    assert "streak: " in one.text("Goals/Fit.md")
    assert "Call the dentist" in one.text("Dash.md")
    assert "microwins:open" in one.text(f"{TODAY}.md")
