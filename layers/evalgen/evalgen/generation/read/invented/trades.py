"""Which trade a prompt is of, and which of its stories the prompt speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from evalgen.generation.values import plain

HEAD = 500
"""Characters at the beginning of a prompt that say whose calls are answered."""
CLEARLY = 1
"""More words than so many are clear there."""
STEM = 5
"""Letters of a word that say which one it is: `heati` of `heating`."""


def trade_in(prompt: str, trades: Mapping[str, Any]) -> str:
    """The trade of most words of a prompt's beginning, else of all of it; `other` where none is."""
    text = plain(prompt)
    return _most(text[:HEAD], trades, CLEARLY) or _most(text, trades) or "other"


def _most(text: str, trades: Mapping[str, Any], least: float = 0) -> str:
    counts = {
        name: len(re.findall(trade["words"], text)) * trade.get("weight", 1) for name, trade in trades.items()
    }
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] > least else ""


def is_plainly(trade: str, prompt: str, trades: Mapping[str, Any]) -> bool:
    """Whether the beginning of a prompt says that it is of a trade, and not only some words of it."""
    return _most(plain(prompt)[:HEAD], trades) == trade


def is_of_shop(prompt: str, table: Mapping[str, Any]) -> bool:
    """Whether a prompt's beginning calls itself a shop or has several words of one: orders alone are had
    everywhere. `table` is the language's one of texts.
    """
    head = plain(prompt)[:HEAD]
    words = {match[0][:STEM] for match in re.finditer(table["trades"][table["shops"]]["words"], head)}
    return len(words) > CLEARLY or re.search(table["a_shop"], head) is not None


def told_in(prompt: str, stories: Sequence[Any], plainly: bool) -> Sequence[Any]:
    """The stories that have a word of the prompt: of who sells oil, `The heating stays cold.` Else all, where
    they are `plainly` of its trade.
    """
    if not plainly:
        return ()
    return [one for one in stories if _has_a_word_of(plain(str(one)), prompt)] or stories


def _has_a_word_of(said: str, prompt: str) -> bool:
    words = (word[:STEM] for word in said.split() if len(word) >= STEM)
    return any(re.search(rf"\b{re.escape(word)}", prompt) for word in words)
