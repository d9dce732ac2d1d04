"""What a deed takes and no caller says: the agent works it out by a rule, as the next bill date or a fee."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from evalgen.generation.languages import load
from evalgen.generation.read.chain import Chain, Input
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.words import in_all
from evalgen.generation.values import key_words, kind_of, plain


def with_worked_out(chain: Chain, model: AgentModel) -> Chain | None:
    """The chain with such values as the agent's own. None where the mock data have the deed with another one
    for the same: which of them it is to be is the caller's choice, in words that are not known; and where the
    prompt has a choice worked out (`Work out the total delay`), of what callers say instead.
    """
    last = chain.last
    chosen = (one for one in last.inputs if "enum" in last.tool.properties.get(str(one.where[0]), {}))
    if any(_is_ordered_to_be(one, model) for one in chosen if last.tool.role == "write"):
        return None
    own = [one for one in last.inputs if last.tool.role == "write" and _is_worked_out(one, chain, model)]
    if not own:
        return chain
    names = {str(one.where[0]) for one in own}
    if last.is_made_otherwise(names):
        return None
    inputs = tuple(replace(one, by="agent") if one in own else one for one in last.inputs)
    return Chain((*chain.calls[:-1], replace(last, inputs=inputs)))


def _is_worked_out(one: Input, chain: Chain, model: AgentModel) -> bool:
    if one.by != "caller":
        return False
    tool, name = chain.last.tool, str(one.where[0])
    if kind_of(one.key, one.value) == "date":
        pattern = load(model.judged, "rules")["worked_out_day"]
        return re.search(pattern, tool.about(name), re.IGNORECASE) is not None
    return name in tool.ruled or is_a_charge(one)


def is_a_charge(one: Input) -> bool:
    """Whether an input is what a deed costs at some time only: `fee_agreed`."""
    number = isinstance(one.value, int | float) and not isinstance(one.value, bool)
    return number and not in_all("facts", "charged").isdisjoint(key_words(one.key))


def _is_ordered_to_be(one: Input, model: AgentModel) -> bool:
    pattern, words = load(model.judged, "rules")["works_out"], key_words(one.key)
    orders = model.once("worked out", (), lambda: [*_ordered(pattern, model)])
    return one.by == "caller" and bool(words) and any(words[-1] in what for what in orders)


def _ordered(pattern: str, model: AgentModel) -> Iterator[set[str]]:
    """The words of each thing that the prompt has the agent work out."""
    for statement in model.prompt.statements:
        if match := re.search(pattern, plain(statement.text)):
            yield set(re.findall(r"\w+", match["what"]))
