"""The name of a test in which something on the record rules the deed out."""

from __future__ import annotations

import re
from typing import Any

from evalgen.generation.plan.script import Speech
from evalgen.generation.plan.told import in_currency
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import kind_of


def name_of_ruled(wish: str, key: str, label: str, value: Any, speech: Speech, model: AgentModel) -> str:
    """`with no refills left` for none, `with 3 items out` for some, `where the balance is $84` for a sum,
    `marked as locked` for a flag; `value` is that of the record, or what is said of it.
    """
    grammar, parts, said = speech.grammar, label.split(), str(value)
    many = grammar.words.is_plural(label)
    if isinstance(value, bool):
        named = " ".join(part for part in parts if part not in speech.frames["flags"]["small"]) or label
        return speech.name("ruled_out_flag" if value else "ruled_out_no_flag", Wish=wish, label=named)
    if not isinstance(value, str):
        said = grammar.said(key, value)
        if value > 1 and (done := re.search(speech.frames["flags"]["times_done"], label)):
            return speech.name("ruled_out_times", Wish=wish, done=done["done"], value=said)
        if not value:
            return speech.name("ruled_out_none", Wish=wish, label=label)
        if kind_of(key, value) == "money":
            said = in_currency(value, said, model) or said
        elif value > 1 and (many or parts[-1] in speech.frames["flags"]["behind"]):
            return speech.name("ruled_out_count", Wish=wish, label=label, value=said)
    if parts[-1] in grammar.rules["prepositions"]:
        return speech.name("ruled_out_by", Wish=wish, label=label, value=said)
    return speech.name("ruled_out_many" if many else "ruled_out", Wish=wish, label=label, value=said)
