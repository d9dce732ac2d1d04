"""Patterns compiled once for all prompts, and what they found where the same is asked again and again."""

from __future__ import annotations

import re
from functools import lru_cache

KEPT = 4096
"""Those of two languages and of the nouns of some dozen prompts; what is used least goes first."""

KEPT_FINDS = 32768
"""Of 300 kB of prompt the sentences of ten questions; at some 300 bytes each a few megabytes."""

KEPT_IN_PROMPTS, LONGEST_SENTENCE = 128, 1_000
"""So many finds in longer texts, each of which keeps its prompt of up to 300 kB in memory."""

setattr(re, "_MAXCACHE", KEPT)  # noqa: B010 - `re` keeps 512, fewer than a plan has, and compiles each again


@lru_cache(maxsize=KEPT)
def compiled(text: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, whose errors it raises."""
    return re.compile(text, flags)


def search(pattern: str, text: str, flags: int = 0) -> re.Match[str] | None:
    """As `re.search`, for questions that every way through an agent asks of the same sentences and keys."""
    kept = _in_sentence if len(text) <= LONGEST_SENTENCE else _in_prompt
    return kept(pattern, text, flags)


def _search(pattern: str, text: str, flags: int) -> re.Match[str] | None:
    return compiled(pattern, flags).search(text)


_in_sentence = lru_cache(maxsize=KEPT_FINDS)(_search)
_in_prompt = lru_cache(maxsize=KEPT_IN_PROMPTS)(_search)
