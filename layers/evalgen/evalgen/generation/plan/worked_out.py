"""What a deed takes and no caller says: the agent works it out by a rule, as the next bill date, the day on
which a contract ends, or a fee.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from evalgen.generation.languages import load
from evalgen.generation.plan.about import concerns, names_another, names_stem
from evalgen.generation.plan.tasks import Served
from evalgen.generation.read.chain import Chain, Input
from evalgen.generation.read.described import follows_from_rules, names_a_day_by_rule
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.words import in_all
from evalgen.generation.values import key_words, kind_of, plain


def with_worked_out(chain: Chain, served: Served, model: AgentModel) -> Chain | None:
    """The chain with such values as the agent's own. None where the mock data have the deed with another one
    for the same: which of them it is to be is the caller's choice, in words that are not known; where the
    prompt has a choice worked out (`Work out the total delay`), of what callers say instead; and where
    something ends on a day that nobody is asked for and no rule gives.
    """
    last = chain.last
    chosen = (one for one in last.inputs if "enum" in last.tool.properties.get(str(one.where[0]), {}))
    if any(_is_ordered_to_be(one, model) for one in chosen if last.tool.role == "write"):
        return None
    own = [
        one for one in last.inputs if last.tool.role == "write" and _is_worked_out(one, chain, served, model)
    ]
    if any(one not in own and _is_an_end_unasked(one, chain, served, model) for one in last.inputs):
        return None
    if not own:
        return chain
    names = {str(one.where[0]) for one in own}
    if last.is_made_otherwise(names):
        return None
    inputs = tuple(replace(one, by="agent") if one in own else one for one in last.inputs)
    return Chain((*chain.calls[:-1], replace(last, inputs=inputs)))


def _is_worked_out(one: Input, chain: Chain, served: Served, model: AgentModel) -> bool:
    if one.by != "caller":
        return False
    tool, name, rules = chain.last.tool, str(one.where[0]), load(model.judged, "rules")
    if not tool.is_told(name) and follows_from_rules(tool.about(name)):
        return True
    if kind_of(one.key, one.value) == "date":
        ruled = not _is_asked_for_a_day(served, model) and _is_ruled(served, model)
        return ruled or re.search(rules["worked_out_day"], tool.about(name), re.IGNORECASE) is not None
    return name in tool.ruled or is_a_charge(one)


def _is_an_end_unasked(one: Input, chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether the deed ends something on a day that the prompt has nobody asked for."""
    name, rules = chain.last.tool.name, load(model.judged, "rules")
    ends = name is not None and name.verb in rules["ends"] and one.by == "caller"
    is_end = kind_of(one.key, one.value) == "date" and not set(rules["end_days"]).isdisjoint(
        key_words(one.key)
    )
    return ends and is_end and not _is_asked_for_a_day(served, model)


def _is_ruled(served: Served, model: AgentModel) -> bool:
    """Whether the prompt says on which day of a period the deed takes effect, whatever the caller wishes."""

    def ruled() -> bool:
        said = (s.text for s in model.prompt.statements if names_a_day_by_rule(s.text))
        return any(names_stem(t, served.tool, model) and not names_another(t, served, model) for t in said)

    return model.once("ruled day", served.key, ruled)


def _is_asked_for_a_day(served: Served, model: AgentModel) -> bool:
    """Whether the prompt has callers asked for a day of the deed."""
    pattern = load(model.judged, "rules")["asks_for_a_day"]
    asks = (s for s in model.prompt.statements if re.search(pattern, s.text, re.IGNORECASE))
    return any(concerns(s, served, model) for s in asks)


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
