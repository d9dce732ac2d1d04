"""Python interpreters, and environments of their own for tools that would not get on with ours."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from deploy import REQUIREMENTS, TOOLS, Unable
from local import ROOT

_MINOR = "import sys; sys.exit('%d.%d' % sys.version_info[:2] != sys.argv[1])"


def interpreter(minor: str) -> Path:
    """A Python of just that minor version, such as "3.13". Raises Unable."""
    for candidate in _candidates(minor):
        # Run, not merely found: a version manager's shim may exist and fail.
        command = [str(candidate), "-c", _MINOR, minor]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:  # noqa: S603 - likewise
            return candidate
    raise Unable(
        f"Python {minor} is needed and was not found: put python{minor} on the PATH, or choose another "
        "with RUNTIME=python3.11, python3.12 or python3.13"
    )


def environment(name: str, python: Path | None = None) -> Path:
    """The folder of a virtual environment with `requirements/NAME.txt`, made when that has changed.

    `python` is its interpreter, by default the one that runs this. Raises Unable.
    """
    python = python or Path(sys.executable)
    requirements = REQUIREMENTS / f"{name}.txt"
    folder = TOOLS / f"{name}-{_version(python)}"
    stamp = folder / "stamp"
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != digest:
        # Complete lists, with hashes: nothing is left for pip to resolve.
        install = ["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
        run([python, "-m", "venv", "--clear", folder], f"making the environment {name}")
        run([folder / "bin" / "python", *install, "-r", requirements], f"installing {requirements.name}")
        stamp.write_text(digest)
    return folder


def run(
    command: Sequence[str | Path],
    doing: str,
    folder: Path = ROOT,
    variables: Mapping[str, str] | None = None,
) -> str:
    """Run a program to its end; what it said. Raises Unable with that."""
    done = subprocess.run(  # noqa: S603 - programs that this repository names
        command,
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unable(f"{doing} failed (exit code {done.returncode}):\n{done.stdout.strip()}")
    return done.stdout


def _candidates(minor: str) -> Iterator[Path]:
    for name in (f"python{minor}", "python3"):
        if found := shutil.which(name):
            yield Path(found)
    if pyenv := shutil.which("pyenv"):
        root = Path(run([pyenv, "root"], "asking pyenv for its folder").strip())
        yield from sorted(root.glob(f"versions/{minor}.*/bin/python{minor}"), reverse=True)


def _version(python: Path) -> str:
    return run([python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], str(python)).strip()
