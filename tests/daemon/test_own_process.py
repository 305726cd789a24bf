"""Other processes of the program read the names of files as the one does that starts them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

STARTS = (
    "import subprocess; from microwins.daemon.own_process import command; subprocess.run(command('told'))"
)


@pytest.mark.parametrize("mode", ["0", "1"])
def test_names_of_files_are_read_alike_in_both(tmp_path: Path, mode: str) -> None:
    (tmp_path / "told.py").write_text("import sys\n\ndef main(): print(sys.flags.utf8_mode)\n")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONUTF8": "0"}
    words = [sys.executable, "-X", f"utf8={mode}", "-c", STARTS]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == mode
