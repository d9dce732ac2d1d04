"""What each language says: a folder per language, a file per subject; its words belong here and not into
Python.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
_OF_TESTS = ("_finds", "_spares")


@cache
def with_witnesses(language: str, subject: str) -> dict[str, Any]:
    """The tables of one subject as they are written. Raises FileNotFoundError for one that is not."""
    return tomllib.loads((_FOLDER / language / f"{subject}.toml").read_text(encoding="utf-8"))


@cache
def load(language: str, subject: str) -> dict[str, Any]:
    """The tables of one subject, without what stands beside patterns for tests alone (`days_finds`).

    Raises FileNotFoundError for a language or subject that is not written.
    """
    tables: dict[str, Any] = _bare(with_witnesses(language, subject))
    return tables


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items() if not key.endswith(_OF_TESTS)}
    return [_bare(inner) for inner in value] if isinstance(value, list) else value


@cache
def written(subject: str) -> tuple[str, ...]:
    """The languages that have this subject, sorted."""
    return tuple(sorted(path.parent.name for path in _FOLDER.glob(f"[a-z]*/{subject}.toml")))


@cache
def in_every(subject: str, name: str) -> frozenset[str]:
    """The words of one list, in all languages that have the subject."""
    return frozenset(word for code in written(subject) for word in load(code, subject)[name])


def load_or_any(language: str, subject: str) -> dict[str, Any]:
    """The tables of one subject; of a language without a folder those that hold for any (`_any/`)."""
    return load(language if language in written(subject) else "_any", subject)
