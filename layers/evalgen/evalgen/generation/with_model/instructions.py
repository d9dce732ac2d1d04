"""The texts that a model is sent, as files (`instructions/`) that a person can review."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from string import Template
from typing import Literal

Step = Literal["read", "plan", "write", "review"]
"""What a model is asked for."""

_FOLDER = Path(__file__).parent / "instructions"


def instruction(name: str, **slots: object) -> str:
    """The file with its `$slots` filled; the line of a slot that is empty is dropped.

    Raises KeyError for a slot that is missing.
    """
    lines = (one for one in _read(name).split("\n") if not one.startswith("$") or slots.get(one[1:]) != "")
    return Template("\n".join(lines)).substitute(slots).strip()


@cache
def version(step: str = "") -> str:
    """Of all instructions together, or of those of one step; another one after any change."""
    texts = (path.read_bytes() for path in sorted(_FOLDER.glob(f"{step}*.md")))
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:12]


@cache
def _read(name: str) -> str:
    return (_FOLDER / f"{name}.md").read_text(encoding="utf-8")
