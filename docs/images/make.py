"""Make the pictures of the documentation from the real program.

    python docs/images/make.py CHROMIUM [FLAG…]

CHROMIUM is the command that starts Chromium or Chrome, FLAG whatever it needs on this machine. A sample
vault is made in a temporary folder, a few boxes are ticked, and the pictures are put beside this file.
"""

from __future__ import annotations

import html
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from datetime import datetime
from pathlib import Path

import frontmatter
from markdown_it import MarkdownIt

from microwins.daemon.cli import run
from microwins.daemon.wiring import Machine

HERE = Path(__file__).resolve().parent
MORNING = datetime(2026, 11, 20, 9, 30).astimezone()
DRAWN = {
    "heatmap": "microwins/heatmap-12-months.svg",
    "month": "microwins/month-2026-11.svg",
    "progress": "microwins/progress-write-a-book-*.svg",
    "strength": "microwins/strength-be-fit-*.svg",
}
"""The pictures that microwins itself draws, as files of the vault."""
PHONE = 390
"""The width of a phone, at which they are shown once more."""
ASKED = {
    "Leaf.md": "month picture",
    "Book.md": "summary goal='Write a book' pictures=progress",
    "Fit.md": "summary goal='Be fit' pictures=strength",
}
CALLOUT = """> [!example] Be fit, this week
> <!-- microwins:week goal="Be fit" -->

> [!tip] The next small step
> <!-- microwins:next -->
"""
_CALLOUT = re.compile(r"<blockquote>\n<p>\[!\w+\][-+]? *([^\n<]*)\n?(</p>)?(.*?)</blockquote>", re.DOTALL)
TICKED = ("hard thing", "walk", "glass of water")

WEEK, DAY = "Reviews/2026-W46.md", "Journal/2026-11-20.md"
NOTES = (
    ("goal", "Goals/Be fit.md", 820),
    ("dashboard", "Micro-wins.md", 840),
    ("weekly", WEEK, 840),
    ("daily", DAY, 640),
    ("callout", "Callout.md", 640),
)
WRITTEN = {
    "What matters most this week:": "the river chapter, and being outside before dark",
    "What could make it easier:": "shoes by the door, the laptop closed after nine",
    "What went well:": "four evenings on the chapter; the walk in the rain was the best one",
    "What made it easy:": "the draft was already open",
    "One smaller step:": "five push-ups while the kettle boils",
}

STYLE = """
* { box-sizing: border-box; }
body { margin: 0; width: max-content; min-width: WIDTHpx; max-width: WIDTHpx; }
.dark { --back: #1f2023; --text: #dadada; --faint: #8f939c; --line: #3a3d44; --link: #a78bfa; --code: #26282c; }
.light { --back: #ffffff; --text: #24262b; --faint: #737882; --line: #e0e2e7; --link: #6d4bd8; --code: #f5f6f8; }
.note { background: var(--back); color: var(--text); padding: 28px 44px 34px; font: 15px/1.6 "DejaVu Sans", sans-serif; }
.note h1 { font-size: 27px; margin: 18px 0 14px; } .note h2 { font-size: 19px; margin: 24px 0 8px; }
.note table { border-collapse: collapse; margin: 14px 0; font-size: 14px; white-space: nowrap; }
.note th, .note td { border: 1px solid var(--line); padding: 5px 11px; } .note th { text-align: left; }
.note pre { background: var(--code); border-radius: 6px; padding: 12px 14px; font: 13px/1.45 "DejaVu Sans Mono", monospace; }
.note a { color: var(--link); text-decoration: none; } .note ul { padding-left: 24px; }
.note li.box { list-style: none; margin-left: -22px; }
.note .box i { display: inline-block; width: 15px; height: 15px; border: 1.5px solid var(--faint); border-radius: 4px;
  margin-right: 8px; vertical-align: -1px; overflow: hidden; font: bold 12px/12px "DejaVu Sans"; text-align: center; color: var(--back); }
.note .box i.x { background: var(--link); border-color: var(--link); } .note .box.x { color: var(--faint); }
.properties { border: 1px solid var(--line); border-radius: 6px; padding: 6px 14px; font-size: 13.5px; color: var(--faint); }
.properties div { display: flex; } .properties span { width: 110px; } .properties b { font-weight: normal; color: var(--text); }
.callout { border-left: 4px solid var(--link); border-radius: 6px; background: var(--code); padding: 2px 16px 6px; margin: 16px 0; }
.callout b.title { display: block; margin: 8px 0 2px; color: var(--link); } .callout p { margin: 8px 0; }
.note img { max-width: 100%; } .bare { background: var(--back); padding: 16px; } .bare img { display: block; max-width: 100%; }
.terminal { background: #16181d; color: #d7dae0; padding: 22px 26px; font: 14px/1.42 "DejaVu Sans Mono", monospace; white-space: pre; }
.b { font-weight: bold; color: #fff; } .d { color: #7d828c; } .g { color: #7ec97e; } .y { color: #e6c15c; } .c { color: #67c1d0; }
"""
ANSI = {"1": "b", "2": "d", "32": "g", "33": "y", "36": "c"}


def main(chromium: Sequence[str]) -> None:
    """Make every picture."""
    with tempfile.TemporaryDirectory() as folder:
        vault, machine = Path(folder, "vault"), _machine(Path(folder))
        _said(["demo", str(vault), "--once"], machine)
        (
            vault / DAY
        ).unlink()  # that of the sample has been lived in; this one is made anew by the first tick
        for name in TICKED:
            _said(["tick", name, "--vault", str(vault)], machine)
        _said(["tick", "write 200", "--amount", "420 words", "--vault", str(vault)], machine)
        status = f"$ microwins status\n\n{_said(['status', '--vault', str(vault)], machine)}"
        _picture(chromium, "status.png", f'<div class="terminal">{_ansi(status.rstrip())}</div>', 880)
        _said(["review", "week", "--last", "--write", "--vault", str(vault)], machine)
        _written(vault / WEEK, WRITTEN)
        _written(vault / DAY, {"What would make today a good day:": "one page before lunch"})
        (vault / "Callout.md").write_text(CALLOUT, encoding="utf-8")
        _said(["sync", "--vault", str(vault)], machine)
        for name, path, width in NOTES:
            body = (
                f'<base href="{(vault / path).as_uri()}">{_note((vault / path).read_text(encoding="utf-8"))}'
            )
            for shade in ("light", "dark"):
                _picture(
                    chromium, f"{name}-{shade}.png", f'<div class="note {shade}">{body}</div>', width, shade
                )
        _draw(chromium, vault, machine)


def _draw(chromium: Sequence[str], vault: Path, machine: Machine) -> None:
    """Show the pictures of the program's own on a light and on a dark ground, and both at the width of a phone."""
    for name, asked in ASKED.items():
        (vault / name).write_text(f"<!-- microwins:{asked.replace(chr(39), chr(34))} -->\n", encoding="utf-8")
    _said(["sync", "--vault", str(vault)], machine)
    images: list[str] = []
    for name, pattern in DRAWN.items():
        [path] = vault.glob(pattern)
        width = re.search(r'width="([0-9]+)"', path.read_text(encoding="utf-8"))
        images.append(f'<img src="{path.as_uri()}">')
        for shade in ("light", "dark"):
            body = f'<div class="bare {shade}">{images[-1]}</div>'
            _picture(chromium, f"{name}-{shade}.png", body, int(width[1]) + 32 if width else 800, shade)
    columns = (
        f'<div class="bare {shade}" style="width: {PHONE}px; color-scheme: {shade}">{"".join(images)}</div>'
        for shade in ("light", "dark")
    )
    _picture(chromium, "phone.png", f'<div style="display: flex">{"".join(columns)}</div>', 2 * PHONE)


def _written(note: Path, answers: Mapping[str, str]) -> None:
    """Answer the questions of a note, as somebody does on a Sunday."""
    text = note.read_text(encoding="utf-8")
    for question, answer in answers.items():
        text = text.replace(f"- {question}\n", f"- {question} {answer}\n")
    note.write_text(text, encoding="utf-8")


def _machine(folder: Path) -> Machine:
    environment = {"FORCE_COLOR": "1", "COLUMNS": "100"}
    return Machine(environment, lambda: MORNING, folder / "state", folder / "cache")


def _said(words: list[str], machine: Machine) -> str:
    """Run one command and return what it prints, in colour."""
    out = io.StringIO()
    with redirect_stdout(out):
        code = run(words, machine)
    if code:
        raise SystemExit(f"microwins {' '.join(words)} ended with {code}")
    return out.getvalue()


def _ansi(text: str) -> str:
    """Return a terminal's text as HTML."""
    pieces = re.split(r"\x1b\[([0-9;]*)m", text)
    shown = [html.escape(pieces[0], quote=False)]
    for codes, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        classes = " ".join(ANSI[code] for code in codes.split(";") if code in ANSI)
        escaped = html.escape(piece, quote=False)
        shown.append(f'<span class="{classes}">{escaped}</span>' if classes else escaped)
    return "".join(shown)


def _note(text: str) -> str:
    """Return a note as an editor's reading view shows it."""
    values, body = frontmatter.parse(text)
    shown = MarkdownIt("commonmark", {"html": True}).enable("table").render(body)
    shown = re.sub(r"\[\[([^\]|]+)\]\]", r'<a href="#">\1</a>', shown)
    shown = _CALLOUT.sub(r'<div class="callout"><b class="title">\1</b><p>\2\3</div>', shown)
    shown = re.sub(r"<li>\[x\] ", '<li class="box x"><i class="x">✓</i>', shown)
    shown = re.sub(r"<li>\[ \] ", '<li class="box"><i></i>', shown)
    rows = "".join(
        f"<div><span>{key}</span><b>{html.escape(_plain(value))}</b></div>" for key, value in values.items()
    )
    return (f'<div class="properties">{rows}</div>' if rows else "") + shown


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _picture(chromium: Sequence[str], name: str, body: str, width: int, shade: str = "light") -> None:
    """Let the browser draw `body`, as high as it is, at twice the size."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        script = "<script>onload = () => { document.title = document.body.scrollHeight }</script>"
        style = STYLE.replace("WIDTH", str(width))
        page.write_text(
            f"<!doctype html><meta charset=utf-8><style>{style}</style><body>{body}{script}", encoding="utf-8"
        )
        scheme = f"--blink-settings=preferredColorScheme={int(shade == 'light')}"
        usual = [*chromium, "--headless", scheme, "--hide-scrollbars", f"--user-data-dir={folder}/profile"]
        drawn = _browser([*usual, f"--window-size={width},300", "--dump-dom", page.as_uri()])
        height = re.search(r"<title>([0-9]+)</title>", drawn)
        if height is None:
            raise SystemExit("The browser did not say how high the page is.")
        size = f"--window-size={width},{height[1]}"
        shot = f"--screenshot={HERE / name}"
        _browser([*usual, "--force-device-scale-factor=1.5", size, shot, page.as_uri()])


def _browser(argv: Sequence[str]) -> str:
    done = subprocess.run(argv, capture_output=True, text=True, check=True, timeout=120, env=dict(os.environ))
    return done.stdout


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(sys.argv[1:])
