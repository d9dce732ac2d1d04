"""Files that a command writes: whole, or as they were before."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

STDOUT = Path("-")


def write_text(path: Path, text: str) -> None:
    """Raises OSError."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> None:
    """`-` is standard output. Raises OSError."""
    if path == STDOUT:
        sys.stdout.buffer.write(data)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    incoming = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        incoming.write_bytes(data)
        incoming.replace(path)
    finally:
        incoming.unlink(missing_ok=True)


def as_json(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"
