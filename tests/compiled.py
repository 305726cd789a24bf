"""The compiled parts of the program, which a user may lack: their tests need them, and where everything must be, fail without."""

import importlib
import os
from types import ModuleType

import pytest


def compiled(name: str) -> ModuleType:
    """Return a compiled module; skip the test where it was not compiled, and fail in CI."""
    try:
        return importlib.import_module(f"microwins.{name}")
    except ImportError:
        if os.environ.get("CI"):
            pytest.fail(f"{name} was not compiled")
        pytest.skip(f"{name} was not compiled")
