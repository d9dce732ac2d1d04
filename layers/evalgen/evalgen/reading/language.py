"""Which language a prompt is written in, by its commonest words."""

from __future__ import annotations

import re

from evalgen.languages.tables import codes_with
from evalgen.reading.lexicon import lexicon_of

ENOUGH = 0.1
_WORD = re.compile(r"[^\W\d_]+")


def language_of(prompt: str, declared: str) -> str:
    """The language whose common words are at least ENOUGH of the prompt's, else the declared one."""
    words = [word.casefold() for word in _WORD.findall(prompt)]

    def share(code: str) -> float:
        common = lexicon_of(code).words.common
        return sum(word in common for word in words) / max(1, len(words))

    best = max(codes_with("lexicon"), key=share)
    return best if share(best) >= ENOUGH else declared
