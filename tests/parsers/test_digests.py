"""Tests of `digests`: the same digests as ever, without OpenSSL."""

import hashlib
import hmac
import subprocess
import sys
from importlib.util import find_spec

import pytest

from microwins.parsers import digests

_ALONE = """
import sys
import microwins.daemon.wiring, jinja2
print("_hashlib" in sys.modules)
import hmac, ssl
print(hmac.new(b"key", b"text", "sha256").hexdigest())
"""


def test_the_digests_are_those_of_hashlib() -> None:
    assert digests.sha256(b"text").digest() == hashlib.sha256(b"text").digest()
    assert (
        digests.blake2b(b"text", digest_size=16).digest() == hashlib.blake2b(b"text", digest_size=16).digest()
    )


@pytest.mark.skipif(
    any(find_spec(name) is None for name in digests._OWN), reason="this Python takes its digests from OpenSSL"
)
def test_the_program_does_without_openssl_and_whoever_needs_it_has_it() -> None:
    done = subprocess.run([sys.executable, "-c", _ALONE], capture_output=True, text=True, check=True)
    loaded, digest = done.stdout.split()
    assert loaded == "False"
    assert digest == hmac.new(b"key", b"text", "sha256").hexdigest()
