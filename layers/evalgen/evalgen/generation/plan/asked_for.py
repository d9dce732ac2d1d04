"""How much of what a request asks for, in its own words, a test has."""

from __future__ import annotations

import re

from evalgen.generation.languages import load
from evalgen.generation.plan.test import Test
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import plain


def share_of(wanted: frozenset[str], test: Test, model: AgentModel) -> float:
    """How much of some words a test has: in its name, its steps, its assertions and the rules behind them."""
    rules = [
        model.by_id[g.statement].text
        for a in test.assertions
        for g in a.rests_on
        if g.statement in model.by_id
    ]
    texts = [
        test.aim,
        *(f"{s.action} {s.moment.what}" for s in test.steps),
        *(a.text for a in test.assertions),
        *rules,
    ]
    own = words_in(" ".join(texts), test.language)
    return len(wanted & own) / len(wanted) if wanted else 0.0


def words_in(text: str, language: str) -> frozenset[str]:
    """The words that carry meaning, without their endings; words for one deed are one."""
    table = load(language, "aims")
    found = set()
    for word in re.findall(r"[^\W\d_]+", plain(text)):
        if word in table["common"] or len(word) < 3:
            continue
        stem = next(
            (word.removesuffix(e) for e in table["endings"] if word.endswith(e) and len(word) - len(e) > 2),
            word,
        )
        found.add(table["same"].get(stem, stem))
    return frozenset(found)
