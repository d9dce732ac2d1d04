"""Patterns compiled once for all prompts: `re` keeps 512 of them, one language has more."""

from __future__ import annotations

import re
from functools import lru_cache

KEPT = 4096
"""Those of two languages and of the nouns of some dozen prompts; what is used least goes first."""


@lru_cache(maxsize=KEPT)
def compiled(text: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, whose errors it raises."""
    return re.compile(text, flags)
