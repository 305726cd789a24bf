"""When Python looks for cycles among values: not while thousands are made, and not among those that stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_search() -> Iterator[None]:
    """Let nothing look for cycles while thousands of values are made, none of which is in one."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def let_go_of_cycles() -> None:
    """Let go of values that only name each other, such as all that was known of a vault that is read anew, spared or not."""
    gc.unfreeze()
    gc.collect()


def spare_what_is_known() -> None:
    """Have what is known by now left out of every search to come: of a large vault one took a tenth of a second."""
    gc.freeze()
