"""The name of a test in which something on the record rules the deed out."""

from __future__ import annotations

from typing import Any

from evalgen.generation.plan.script import Speech
from evalgen.generation.plan.told import in_currency
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import kind_of


def name_of_ruled(wish: str, key: str, label: str, value: Any, speech: Speech, model: AgentModel) -> str:
    """`with no refills left` for none, `where the balance is $84` for a sum; `value` is that of the record,
    or what is said of it.
    """
    words, said = speech.grammar.words, str(value)
    if not isinstance(value, str):
        said = speech.grammar.said(key, value)
        if _is_count(value) and not value:
            return speech.name("ruled_out_none", Wish=wish, label=label)
        if kind_of(key, value) == "money":
            said = in_currency(value, said, model) or said
    name = "ruled_out_many" if words.is_plural(label) else "ruled_out"
    return speech.name(name, Wish=wish, label=label, value=said)


def _is_count(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
