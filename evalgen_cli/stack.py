"""Where the embedded stack is: inside the installed package, or the repository that this runs from."""

from __future__ import annotations

from pathlib import Path

PACKED = Path(__file__).parent / "stack"
"""The wheel has `local/`, `functions/` and `template.yaml` here, as they stand in the repository."""


def stack_folder() -> Path:
    return PACKED if PACKED.is_dir() else PACKED.parents[1]
