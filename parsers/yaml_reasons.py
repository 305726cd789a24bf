"""What a YAML reader complains of, said for people who never heard of its words."""

from __future__ import annotations

_SAID = {
    "mapping values are not allowed in this context": "a name with a colon stands where none can be",
    "did not find expected ',' or ']'": "a comma or “]” is missing",
    "did not find expected ',' or '}'": "a comma or “}” is missing",
    "found a tab character that violates indentation": "a tab stands where YAML wants spaces",
    "found a tab character where an indentation space is expected": "a tab stands where YAML wants spaces",
    "found character that cannot start any token": "a text begins with a sign that YAML keeps for itself",
    "found unexpected end of stream": "a quote that is opened is never closed",
    "did not find expected key": "a name with a colon is wanted and something else stands there",
    "found unknown escape character": "a “\\” between double quotes stands before a sign that it cannot stand before",
    "did not find expected comment or line break": "something stands behind a “|” or “>” that belongs on the next line",
    "could not find expected ':'": "the colon behind a name is missing",
    "block sequence entries are not allowed in this context": "a list begins where none can be",
    "did not find expected '-' indicator": "the “-” before a part of a list is missing",
    "did not find expected node content": "a value is missing",
}
"""By the words of libyaml. Those of others, and rarer ones, are quoted."""


def reason_of(problem: str | None) -> str:
    """Return why a text is not read, as the end of a sentence that names the line."""
    if not problem:
        return "something is no YAML"
    return _SAID.get(problem) or f"the YAML reader says “{problem}”"
