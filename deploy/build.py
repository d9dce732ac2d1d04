"""The built functions and their layer: `sam build` without a container, compiled, with the layer's digest."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import yaml

from deploy.environments import environment, interpreter, run
from local import ROOT

BUILT = ROOT / ".aws-sam" / "build"
LAYER = "EvalgenLayer"
DIGEST = "layer.sha256"


def sam() -> Path:
    """The SAM command line, in an environment of its own."""
    return environment("sam") / "bin" / "sam"


def environ(**variables: str) -> dict[str, str]:
    """The environment that the SAM command line runs in, which reports to nobody."""
    return {**os.environ, "SAM_CLI_TELEMETRY": "0", **variables}


def build(runtime: str, architecture: str, built: Path = BUILT) -> None:
    """Build for a runtime such as "python3.13" and "arm64" or "x86_64" into `built`. Raises Unable."""
    python = interpreter(runtime.removeprefix("python"))
    with tempfile.TemporaryDirectory() as folder:
        # SAM looks for the runtime's own interpreter, and its pip, on the PATH.
        home = Path(folder) / "python"
        run([python, "-m", "venv", home], f"making an environment of {runtime}")
        run(
            [
                *(sam(), "build", "--template-file", ROOT / "template.yaml", "--build-dir", built),
                *("--parameter-overrides", f"Runtime={runtime} Architecture={architecture}"),
            ],
            "sam build",
            variables=environ(
                PATH=f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}",
                AWS_DEFAULT_REGION=os.environ.get("AWS_DEFAULT_REGION", "us-east-1"),  # SAM wants to know one
            ),
        )
        _compile(home / "bin" / "python", built / LAYER, "/opt")
        for function in functions(built):
            _compile(home / "bin" / "python", function, "/var/task")
    mark(built)


def mark(built: Path) -> None:
    """Put the layer's digest beside each function's code: without it SAM sees no change in a function."""
    layer = digest(built / LAYER)
    for function in functions(built):
        (function / DIGEST).write_text(layer)


def functions(built: Path) -> list[Path]:
    """The folders of the built functions."""
    template = yaml.safe_load((built / "template.yaml").read_text("utf-8"))
    return [
        built / name
        for name, resource in template["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function"
    ]


def digest(folder: Path) -> str:
    """SHA-256 over the names and contents of all sources in a folder."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        total.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def _compile(python: Path, folder: Path, deployed: str) -> None:
    """Byte code beside the sources, which Lambda's read-only folders could never be given."""
    how = ("-q", "--invalidation-mode", "unchecked-hash", "-s", folder, "-p", deployed)
    run([python, "-m", "compileall", *how, folder], f"compiling {folder.name}")
