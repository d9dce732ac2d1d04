"""What is known of each language: a folder for each, a file for each subject."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(language: str, subject: str) -> dict[str, Any]:
    """The tables of `<language>/<subject>.toml`; shared, so not to be changed.

    Raises FileNotFoundError where the language has no such file.
    """
    path = files(__name__).joinpath(language, f"{subject}.toml")
    return tomllib.loads(path.read_text("utf-8"))
