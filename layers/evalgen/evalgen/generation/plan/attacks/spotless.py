"""Goals that a caller's own record makes meaningless: a waiver where nothing is owed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.attacks.target import Target
from evalgen.generation.plan.test import ExpectedCall
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import key_of, key_words, leaves


def is_meaningless(target: Target, calls: Sequence[ExpectedCall], model: AgentModel) -> bool:
    """Whether all that these answers tell of what the target is about is that there is none."""
    owed = load(model.spoken, "attacks")["owed"]
    asked = target.ask.casefold()
    words = set(re.findall(r"\w+", asked)) & set(owed["words"])
    if not words:
        return False
    keys = words | set(owed["keys"])
    values = [
        value
        for call in calls
        for path, value in leaves(call.output)
        if path and keys.intersection(key_words(key_of(path)))
    ]
    return bool(values) and not any(_is_something(value) for value in values)


def _is_something(value: Any) -> bool:
    digits = re.findall(r"[1-9]", value) if isinstance(value, str) else ()
    return bool(digits) if isinstance(value, str) else bool(value)
