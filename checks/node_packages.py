"""Packages from npm that checks use, as their lock in `checks/node` says."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from deploy import TOOLS
from deploy.environments import environment, run

WANTED = Path(__file__).parent / "node"
FILES = ("package.json", "package-lock.json")


def node() -> Path:
    """Raises Unable."""
    return environment("node") / "bin" / "node"


def node_packages() -> Path:
    """The folder of the packages, installed when the lock has changed. Raises Unable."""
    folder, lock = TOOLS / "npm", (WANTED / FILES[1]).read_bytes()
    stamp, digest = folder / "stamp", hashlib.sha256(lock).hexdigest()
    if not stamp.exists() or stamp.read_text() != digest:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in FILES:
            shutil.copy(WANTED / name, folder)
        # Optional packages are drivers of services that nothing here uses: 1.6 GB.
        command: list[str | Path] = [
            node().with_name("npm"),
            "ci",
            "--omit=optional",
            "--ignore-scripts",
            "--no-audit",
        ]
        path = f"{node().parent}{os.pathsep}{os.environ['PATH']}"
        run(command, "installing what checks need from npm", folder, {**os.environ, "PATH": path})
        stamp.write_text(digest)
    return folder / "node_modules"
