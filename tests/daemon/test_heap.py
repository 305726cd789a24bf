"""What is free is given back to the system, and a small vault does not even load what that takes."""

import subprocess
import sys

import pytest

from microwins.daemon.compiled_parts import are_compiled
from microwins.daemon.heap import give_back_what_is_free, take_from_one_place

_LOADED = "import sys, microwins.daemon.wiring; print('ctypes' in sys.modules)"
_GIVEN_BACK = """
import sys
if sys.argv[1:] == ["not compiled"]:
    sys.modules["microwins.daemon.folder_files"] = None
from microwins.daemon.heap import give_back_what_is_free

def held():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS"))

texts = [bytes(2000) for _ in range(20_000)]
kept = texts[::100]
del texts
before = held()
give_back_what_is_free()
print(before - held())
"""


_PLACES = """
import ctypes, os, sys, tempfile
from threading import Thread
from microwins.daemon.heap import take_from_one_place

def places():
    library = ctypes.CDLL(None)
    library.fopen.restype = ctypes.c_void_p
    with tempfile.NamedTemporaryFile() as told:
        file = ctypes.c_void_p(library.fopen(told.name.encode(), b"w"))
        library.malloc_info(0, file)
        library.fclose(file)
        return open(told.name).read().count("<heap nr=")

if sys.argv[1:] == ["one"]:
    take_from_one_place()
kept = []
threads = [Thread(target=lambda: kept.append(bytes(2000))) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(places())
"""


def _said(script: str, *words: str) -> str:
    command = [sys.executable, "-c", script, *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("words", [(), ("not compiled",)])
@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the C library's way is known for Linux alone"
)
def test_what_lies_between_what_is_kept_is_given_back(words: tuple[str, ...]) -> None:
    import ctypes

    if not hasattr(ctypes.CDLL(None), "malloc_trim"):
        pytest.skip("this C library has no way")
    assert int(_said(_GIVEN_BACK, *words)) > 5000


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the C library's way is known for Linux alone"
)
def test_threads_take_memory_from_where_all_is() -> None:
    import ctypes

    if not (hasattr(ctypes.CDLL(None), "malloc_info") and are_compiled()):
        pytest.skip("this C library has no way, or it was not compiled")
    assert int(_said(_PLACES)) > 1
    assert int(_said(_PLACES, "one")) == 1


def test_without_the_compiled_part_threads_take_it_as_the_library_gives_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "microwins.daemon.folder_files", None)
    take_from_one_place()


def test_where_there_is_no_way_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "another")
    monkeypatch.setitem(sys.modules, "microwins.daemon.folder_files", None)
    give_back_what_is_free()


def test_what_it_takes_is_loaded_late() -> None:
    assert _said(_LOADED) == "False\n"
