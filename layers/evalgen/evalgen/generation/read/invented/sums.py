"""Sums that the prompt has rules for: what an answer says of them could be another one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.values import kind_of, plain


def may_stand(key: str, value: Any, prompt: str, language: str) -> bool:
    """Whether a value may stand under a key: no name for a sum, no sum that the prompt has rules for."""
    is_fact = kind_of(key, 0) == "money" and isinstance(value, str) and value.startswith("@")
    return not (is_fact or _is_ruled(key, prompt, language))


def of_rate(words: Sequence[str], per: Collection[str]) -> Sequence[str]:
    """The words of what a rate is of: the deposit of `deposit_per_guest`."""
    place = next((n for n, word in enumerate(words) if word in per), 0)
    return words[:place] if place else words


def _is_ruled(key: str, prompt: str, language: str) -> bool:
    """Whether a field is about a sum for which a paragraph of the prompt has amounts of its own, and that the
    prompt does not name itself: `deposit_paid`, where parties of nine pay $25 a guest.
    """
    words = load(language, "invented")
    nouns = set(Meaning(key).words) & set(words["ruled_sums"])
    if not nouns or re.search(rf"\b{re.escape(key)}\b", prompt):
        return False
    paragraphs = (plain(one) for one in re.split(r"\n\s*\n", prompt))
    priced = [one for one in paragraphs if re.search(words["amounts"], one, re.IGNORECASE)]
    return any(re.search(rf"\b{noun}s?\b", one) for noun in nouns for one in priced)
