"""The digests of Python itself: with OpenSSL, which `hashlib` loads for faster ones, every process takes 3 MB more."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec

_BEFORE_3_12 = ("_sha256", "_sha512")
_OWN = ("_blake2", "_md5", "_sha1", "_sha3", *(("_sha2",) if sys.version_info >= (3, 12) else _BEFORE_3_12))


def _load_without_openssl() -> None:
    """Load `hashlib`, and `hmac` of which `secrets` takes a comparison, as where there is no OpenSSL.

    Not where they are loaded already, or where Python was made without digests of its own.
    """
    if "hashlib" in sys.modules or any(find_spec(name) is None for name in _OWN):
        return
    sys.modules["_hashlib"] = None  # type: ignore[assignment]  # as documented: importing it fails
    try:
        for name in ("hashlib", "hmac"):
            import_module(name)
    finally:
        del sys.modules["_hashlib"]


_load_without_openssl()

from hashlib import blake2b, sha256  # noqa: E402

__all__ = ["blake2b", "sha256"]
