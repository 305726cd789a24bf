"""YAML text as plain values, by the core schema of YAML 1.2, refused early where it could do harm.

PyYAML knows YAML 1.1 and its C composer follows nesting with the C stack. So the stream of events, which
does not recurse, is looked through first, and scalars get their types here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import yaml
from frontmatter import parse
from frontmatter.default_handlers import YAMLHandler

from .core_schema import BOOL, NULL, NUMERIC, number
from .yaml_dialect import LONE_DASH, readable
from .yaml_reasons import reason_of

try:
    from yaml import CSafeLoader as BaseLoader
except ImportError:  # pragma: no cover
    from yaml import SafeLoader as BaseLoader  # type: ignore[assignment]

_TAG = "tag:yaml.org,2002:"

# YAML 1.1 ends a line at these three and YAML 1.2 does not, so they are lent another shape meanwhile.
_LENT = str.maketrans("\u0085\u2028\u2029", "\ue085\ue828\ue829")
_BACK = str.maketrans("\ue085\ue828\ue829", "\u0085\u2028\u2029")


class _Mark(Protocol):
    """A place in the text as either of PyYAML's two parsers tells it."""

    line: int


class Refusal(Exception):
    """Why a text is not read: one of the codes `invalid`, `too-deep`, `alias`, `duplicate-key`, a line, a reason."""

    def __init__(self, code: str, line: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.line = line
        self.reason = reason


def read_yaml(text: str, most_depth: int) -> Mapping[str, object] | None:
    r"""Return the mapping that `text` is; None where it is empty; raise `Refusal` where it cannot be used.

    >>> read_yaml("a: 1e3\nb: [x, ~]\nc: off", 32)
    {'a': 1000, 'b': ['x', None], 'c': 'off'}
    """
    text = readable(text, events_of)
    try:
        if "*" in text or sum(map(text.count, _DEEPENING)) > most_depth:
            _guard(text, most_depth)
        values, _ = parse(f"---\n{text.translate(_LENT)}\n---", handler=_Handler())
    except yaml.MarkedYAMLError as error:
        line = _line(error.problem_mark or error.context_mark)
        if "nesting depth" in (error.problem or ""):  # newer versions of libyaml have a limit of their own
            raise _too_deep(line, most_depth) from error
        raise Refusal("invalid", line, reason_of(error.problem)) from error
    except (yaml.YAMLError, ValueError) as error:
        raise Refusal(
            "invalid", _line_of_oddity(text), "it holds a character that YAML does not allow"
        ) from error
    return values or None


def events_of(text: str) -> Iterator[yaml.Event]:
    """Return the events of a YAML text with lines ended where YAML 1.2 ends them; each character keeps its place."""
    return iter(yaml.parse(text.translate(_LENT), Loader=BaseLoader))


def _guard(text: str, most_depth: int) -> None:
    """Look through the events for what must not be built."""
    depth = 0
    for event in events_of(text):
        if isinstance(event, yaml.AliasEvent):
            raise Refusal("alias", _line(event.start_mark), f"it uses the alias *{event.anchor}")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > most_depth:
            raise _too_deep(_line(event.start_mark), most_depth)


def _too_deep(line: int, most_depth: int) -> Refusal:
    return Refusal("too-deep", line, f"it is nested more than {most_depth} deep")


_DEEPENING = "[{-:?"
"""The signs of which each level of a YAML text needs one; without a `*` it has no alias."""


class _Loader(BaseLoader):
    """Builds values with the types of YAML 1.2's core schema; everything else is a text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own name and shape
        None: [(f"{_TAG}null", NULL), (f"{_TAG}bool", BOOL), (f"{_TAG}float", NUMERIC)]
    }

    def get_single_data(self) -> object:
        """Return the value of the one document."""
        node = self.get_single_node()
        return None if node is None else _value(node)


class _Handler(YAMLHandler):
    """Gives python-frontmatter our loader and the boundaries that were found before."""

    def split(self, text: str) -> tuple[str, str]:
        """Return the text between the first and the last `---`, without the line ends that we put beside these."""
        return text[4:-4], ""

    def load(self, fm: str, **_: object) -> Any:
        """Return the mapping; python-frontmatter would pass over anything else in silence."""
        value = yaml.load(fm, Loader=_Loader)
        if value is not None and not isinstance(value, dict):
            raise Refusal("invalid", 1, "it is not made of names and values")
        return value


def _value(node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    return _scalar(node)


def _mapping(node: yaml.MappingNode) -> dict[str, object]:
    seen: set[tuple[type, object]] = set()
    values: dict[str, object] = {}
    for key_node, value_node in node.value:
        key = _scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else None
        name = _key_text(key) if isinstance(key_node, yaml.ScalarNode) else _flow(key_node)
        identity = (type(key), key)
        if identity in seen and isinstance(key_node, yaml.ScalarNode):
            raise Refusal("duplicate-key", _line(key_node.start_mark), f"it says “{name}” twice")
        if isinstance(key_node, yaml.ScalarNode):
            seen.add(identity)
        values[name] = _value(value_node)
    return values


def _scalar(node: yaml.Node) -> object:
    text = str(node.value).translate(_BACK)
    if text == LONE_DASH:
        return [None]
    kind = node.tag.removeprefix(_TAG)
    if kind == "null" and NULL.match(text):
        return None
    if kind == "bool" and BOOL.match(text):
        return text.lower() == "true"
    return number(text) if kind in ("int", "float") and NUMERIC.match(text) else text


def _key_text(key: object) -> str:
    if key is None:
        return ""
    return str(key).lower() if isinstance(key, bool) else str(key)


def _flow(node: yaml.Node) -> str:
    """Return a key that is a collection as a text, so that an unfilled `{{date}}` becomes the name `{ date }`."""
    if isinstance(node, yaml.SequenceNode):
        inner = ", ".join(map(_flow, node.value))
        return f"[ {inner} ]" if inner else "[]"
    if isinstance(node, yaml.MappingNode):
        pairs = ((_flow(key), _flow(value)) for key, value in node.value)
        inner = ", ".join(f"{key}: {value}" if value else key for key, value in pairs)
        return f"{{ {inner} }}" if inner else "{}"
    return str(node.value).translate(_BACK)


def _line(mark: _Mark | None) -> int:
    return mark.line + 1 if mark else 1


def _line_of_oddity(text: str) -> int:
    odd = next((place for place, character in enumerate(text) if not _is_allowed(character)), 0)
    return text.count("\n", 0, odd) + 1


def _is_allowed(character: str) -> bool:
    if character < "\u00a0":
        return character in "\t\n\r\u0085" or " " <= character <= "~"
    return not ("\ud800" <= character <= "\udfff" or character in "\ufffe\uffff")
