"""Run microwins, or its tests, on a machine that has only Python 3.11+ and pip.

    python3 run.py demo [ARGS…]        any microwins command works: status, sync, watch …
    python3 run.py test [PYTEST ARGS…]

Everything is installed into `.venv` beside this file and nothing outside it changes.
"""

# This file must parse on Python 3.8, so that an old interpreter can say what is wrong.
from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Mapping, Sequence  # noqa: UP035 - collections.abc cannot be subscripted on 3.8

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = "microwins-install.json"
OLDEST = (3, 11)
LEAKS = (
    "PYTHONHOME",
    "PYTHONPATH",
    "VIRTUAL_ENV",
    "PIP_USER",
    "PIP_TARGET",
    "PIP_PREFIX",
    "__PYVENV_LAUNCHER__",
)
CHECKS = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",), ("lint-imports",))
TESTS = ("pytest", "-n", "3", "--dist", "worksteal")
"""One more than two processors can run at once: many tests wait for a real watch or a real editor."""
IDENTITY = "import sys; print(sys.version.split()[0], sys.implementation.name, sys.base_prefix)"


class Failed(Exception):
    """Bootstrapping cannot go on; the text says why and what to do."""


def main(args: Sequence[str]) -> int:
    """Install what is missing, then run microwins or the tests; return the exit code."""
    if sys.version_info < OLDEST:
        say(f"microwins needs Python 3.11 or newer, and this is Python {sys.version.split()[0]}.")
        return 1
    try:
        return run(args)
    except Failed as error:
        say(str(error))
        return 1
    except OSError as error:
        say(f"microwins could not be installed: {error}. Remove .venv and run this again.")
        return 1
    except KeyboardInterrupt:
        return 130


def run(args: Sequence[str]) -> int:
    """Dispatch on the first word: `test` is ours, every other word is a microwins command."""
    environment = clean(os.environ)
    if args[:1] == ["test"]:
        ensure_installed("dev", environment)
        return run_tests(args[1:], environment)
    ensure_installed("", environment)
    return hand_over([tool("microwins"), *args], environment)


def run_tests(args: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run each check and stop at the first that fails; with `args` run only pytest with them."""
    os.chdir(ROOT)
    if args:
        return hand_over([tool("pytest"), *args], environment)
    for check in CHECKS:
        say("$ " + " ".join(check))
        code = wait_for([tool(check[0]), *check[1:]], environment)
        if code != 0:
            say(f"`{' '.join(check)}` failed (exit code {code}); what follows it was not run.")
            return code
    say("$ " + " ".join(TESTS))
    return hand_over([tool(TESTS[0]), *TESTS[1:]], environment)


def ensure_installed(extra: str, environment: Mapping[str, str]) -> None:
    """Bring `.venv` up to date with pyproject.toml and with what is compiled; `extra` is "dev" or "" for the bare program."""
    mine = identity_here()
    stamp = read_stamp(VENV)
    usable = venv_identity(VENV, environment) == mine and stands_here(VENV, stamp)
    wanted = stamp_for(mine, ground(ROOT), extra)
    if usable and is_current(stamp, wanted):
        return
    what = "microwins" if not extra else "microwins and its development tools"
    doing = "Updating" if usable else "Making"
    say(f"{doing} .venv (Python {mine.split()[0]}) and installing {what} into it; this can take a minute.")
    if not usable:
        make_venv(environment)
    (VENV / STAMP).unlink(missing_ok=True)
    install(extra, environment)
    (VENV / STAMP).write_text(json.dumps(wanted, indent=1) + "\n", encoding="utf-8")


def identity_here() -> str:
    """Return this interpreter's version, kind and base folder as one line."""
    return f"{sys.version.split()[0]} {sys.implementation.name} {sys.base_prefix}"


def venv_identity(venv: Path, environment: Mapping[str, str]) -> str:
    """Return the same line for the interpreter in `venv`, or "" where there is none that runs."""
    argv = [str(binary(venv, "python")), "-c", IDENTITY]
    try:
        found = subprocess.run(argv, env=environment, capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return os.fsdecode(found.stdout).strip() if found.returncode == 0 else ""


def stands_here(venv: Path, stamp: Mapping[str, str]) -> bool:
    """Tell whether `venv` was made at its present place: its scripts hold absolute paths."""
    if stamp:
        return stamp.get("venv") == str(venv)
    try:
        return str(venv) in binary(venv, "activate", suffix="").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


def ground(root: Path) -> bytes:
    """Return what an install is made of besides Python files, which are used where they stand."""
    return b"".join(path.read_bytes() for path in (root / "pyproject.toml", *sorted(root.glob("*/*.pyx"))))


def stamp_for(identity: str, project: bytes, extra: str) -> dict[str, str]:
    """Return what an install done now would leave in its stamp file."""
    return {
        "python": identity,
        "venv": str(VENV),
        "project": hashlib.sha256(project).hexdigest(),
        "extra": extra,
    }


def is_current(stamp: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Tell whether the install behind `stamp` holds all that is wanted; tools to spare do no harm."""
    enough = wanted["extra"] in ("", stamp.get("extra"))
    return enough and all(stamp.get(key) == wanted[key] for key in ("python", "venv", "project"))


def read_stamp(venv: Path) -> dict[str, str]:
    """Return the stamp of the last finished install, or {} where there is none to trust."""
    try:
        stamp = json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def make_venv(environment: Mapping[str, str]) -> None:
    """Make `.venv` anew, without pip in it where this Python comes without ensurepip."""
    argv = [outer_python(), "-m", "venv", str(VENV)]
    remove(VENV)
    if quietly(argv, environment).returncode == 0:
        return
    remove(VENV)
    made = quietly([*argv, "--without-pip"], environment)
    if made.returncode != 0:
        raise Failed(f"{words(made)}\nPython could not make the folder .venv; the lines above say why.")


def outer_python() -> str:
    """Return this interpreter, or, if it is the one in `.venv`, the one that `.venv` was made from."""
    inside = Path(sys.prefix).resolve() == VENV.resolve()
    return str(getattr(sys, "_base_executable", sys.executable)) if inside else sys.executable


def remove(venv: Path) -> None:
    """Remove an old `.venv`; of a link only the link."""
    if venv.is_dir() and not venv.is_symlink():
        shutil.rmtree(venv)
    else:
        venv.unlink(missing_ok=True)


def install(extra: str, environment: Mapping[str, str]) -> None:
    """Install the project editable; pip speaks only when it fails."""
    target = "." if not extra else f".[{extra}]"
    argv = [
        *find_pip(environment),
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "-e",
        target,
    ]
    done = quietly(argv, environment)
    if done.returncode != 0:
        raise Failed(
            f"{words(done)}\npip could not install microwins; its words are above. Then run this again."
        )


def find_pip(environment: Mapping[str, str]) -> list[str]:
    """Return the start of a pip command for `.venv`: its own pip, else this Python's pip from outside."""
    inside = str(binary(VENV, "python"))
    for argv in ([inside, "-m", "pip"], [outer_python(), "-m", "pip", "--python", inside]):
        if quietly([*argv, "--version"], environment).returncode == 0:
            return argv
    raise Failed(
        "This Python has neither ensurepip nor a pip of version 22.3 or newer. Install one of them "
        "(Debian and Ubuntu: `sudo apt install python3-venv`), then run this again."
    )


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """Return `environment` without what would lead a child to another Python's packages."""
    return {key: value for key, value in environment.items() if key not in LEAKS}


def binary(venv: Path, name: str, suffix: str = ".exe") -> Path:
    """Return where `venv` keeps the program `name` on this platform."""
    return venv / "Scripts" / f"{name}{suffix}" if os.name == "nt" else venv / "bin" / name


def tool(name: str) -> str:
    """Return the path of a program in `.venv`, as an argument."""
    return str(binary(VENV, name))


def quietly(argv: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    """Run `argv` in the project's folder and keep all that it says."""
    return subprocess.run(
        argv, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )


def words(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return what a finished child printed."""
    return done.stdout.decode("utf-8", errors="replace").strip()


def hand_over(argv: Sequence[str], environment: Mapping[str, str]) -> int:
    """Become `argv`, so that signals and the exit code are its own; where that is not possible, wait for it."""
    if os.name == "nt":
        return wait_for(argv, environment)
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        os.execve(argv[0], list(argv), dict(environment))
    except OSError as error:
        raise Failed(
            f"{argv[0]} could not be started ({error.strerror}). Remove .venv and run this again."
        ) from error


def wait_for(argv: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run `argv` and return its exit code; Ctrl-C is the child's to answer, then 130 is returned."""
    with subprocess.Popen(argv, env=environment) as child:
        try:
            code = child.wait()
        except KeyboardInterrupt:
            child.wait()
            return 130
    return code if code >= 0 else 128 - code


def say(line: str) -> None:
    """Print a line of our own; standard output belongs to the command that is run."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
