"""What each language says: a folder per language, a file per subject; its words belong here and not into
Python.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@cache
def load(language: str, subject: str) -> dict[str, Any]:
    """The tables of one subject. Raises FileNotFoundError for a language or subject that is not written."""
    return tomllib.loads((_FOLDER / language / f"{subject}.toml").read_text(encoding="utf-8"))


@cache
def written(subject: str) -> tuple[str, ...]:
    """The languages that have this subject, sorted."""
    return tuple(sorted(path.parent.name for path in _FOLDER.glob(f"[a-z]*/{subject}.toml")))


def load_or_any(language: str, subject: str) -> dict[str, Any]:
    """The tables of one subject; of a language without a folder those that hold for any (`_any/`)."""
    return load(language if language in written(subject) else "_any", subject)
