"""Text that means nothing and has the shape of notes."""

from __future__ import annotations

from random import Random


def _words(text: str) -> list[str]:
    return text.split()


NOUNS = _words(
    "anchor basket candle drawer engine feather garden hammer island jacket kettle ladder mirror needle orchard pencil "
    "quarry ribbon saddle tunnel umbrella valley window yard zipper bridge corner dinner evening forest glove harbour"
)
QUALITIES = _words(
    "amber brave calm dusty early faint gentle hollow idle jolly keen late mild narrow open plain quiet rapid silver "
    "tidy useful velvet warm young bright careful distant even fresh golden"
)
VERBS = _words(
    "carry find leave mend move open paint plan read return send sort start turn visit watch write"
)
LINKS = _words("and because but for near of so than that then under until where while with without")


def size(random: Random, median: int) -> int:
    """Return the length of a note: most are near the median, a few are many times as long."""
    return int(median * random.lognormvariate(0, 0.8))


def prose(random: Random, length: int) -> str:
    """Return paragraphs, lists, quotes, tables and code, about `length` characters of them."""
    parts: list[str] = []
    total = 0
    while total < length:
        make = random.choices((_paragraph, _list, _code, _quote, _table, _heading), (62, 14, 7, 5, 4, 8))[0]
        parts.append(make(random))
        total += len(parts[-1]) + 1
    return "\n".join(parts)


def _paragraph(random: Random) -> str:
    return " ".join(_sentence(random) for _ in range(random.randint(2, 6))) + "\n"


def _list(random: Random) -> str:
    return "".join(
        f"{'  ' * random.choice((0, 0, 0, 1))}- {_sentence(random)}\n" for _ in range(random.randint(2, 7))
    )


def _code(random: Random) -> str:
    lines = [
        random.choice(("x = 1", "- [ ] no box, but code", "# no heading", "print(x)", ""))
        for _ in range(random.randint(3, 9))
    ]
    fence = random.choice(("```", "~~~", "````"))
    return "\n".join((f"{fence}python", *lines, fence)) + "\n"


def _quote(random: Random) -> str:
    return "".join(f"> {_sentence(random)}\n" for _ in range(random.randint(1, 4)))


def _table(random: Random) -> str:
    rows = "".join(f"| {phrase(random)} | {random.randint(1, 99)} |\n" for _ in range(random.randint(2, 6)))
    return f"| what | how many |\n| --- | ---: |\n{rows}"


def _heading(random: Random) -> str:
    return f"{'#' * random.randint(2, 4)} {phrase(random)}\n"


def _sentence(random: Random) -> str:
    parts = [phrase(random)] + [
        f"{random.choice(LINKS)} the {phrase(random)}" for _ in range(random.randint(1, 4))
    ]
    extra = random.choices(
        ("", f" [[{phrase(random)}]]", f" #{random.choice(NOUNS)}", " `code()`", " **so**"), (80, 8, 5, 4, 3)
    )[0]
    return " ".join(parts).capitalize() + extra + "."


def phrase(random: Random) -> str:
    """Return three words."""
    return f"{random.choice(VERBS)} {random.choice(QUALITIES)} {random.choice(NOUNS)}"
