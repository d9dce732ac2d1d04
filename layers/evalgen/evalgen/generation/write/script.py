"""Conditional actions as the plain text that a caller goes by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def script_of(structure: Mapping[str, Any]) -> tuple[str, str]:
    """The instructions and the first message that a structure amounts to."""
    first, *others = structure["conditions"]
    lines = [structure["role"]]
    lines += [f"{one['id']}. [{one['condition']}] {one['action']}" for one in others]
    return "\n".join(lines), first["action"]
