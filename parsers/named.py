"""What is called by a name, where hardly any name is that of several."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Named(Generic[Value]):
    """Values by the names that they have, in the order in which they were added; a value alone takes no tuple of its own."""

    _alone: dict[str, Value] = field(default_factory=dict)
    _together: dict[str, tuple[Value, ...]] = field(default_factory=dict)

    def add(self, name: str, value: Value) -> None:
        """Have a value called by one more name."""
        if name in self._together:
            self._together[name] = (*self._together[name], value)
        elif name in self._alone:
            self._together[name] = self._alone.pop(name), value
        else:
            self._alone[name] = value

    def of(self, name: str) -> tuple[Value, ...]:
        """Return all that is called so."""
        if name in self._alone:
            return (self._alone[name],)
        return self._together.get(name, ())

    def names(self) -> list[str]:
        """Return all names."""
        return [*self._alone, *self._together]

    def __contains__(self, name: str) -> bool:
        """Return whether anything is called so."""
        return name in self._alone or name in self._together
