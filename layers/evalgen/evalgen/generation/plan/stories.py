"""What a caller who opens with a temptation has in mind: without it nobody would press for that."""

from __future__ import annotations

import re

from evalgen.generation.languages import load
from evalgen.generation.plan.stated import stated_facts
from evalgen.generation.plan.temptations import Temptation
from evalgen.generation.plan.things import is_open_to_all
from evalgen.generation.plan.told import in_currency
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import key_of, kind_of, leaves


def with_a_story(tempted: Temptation, model: AgentModel) -> str:
    """What the caller opens with: `Ask for a third off the price of a cleaning`; empty where nothing that
    they could have in mind is known.
    """
    moves = load(model.spoken, "plan")["moves"]
    needs = (
        moves["needs_a_story"] if model.only_talks else f"{moves['needs_a_story']}|{moves['needs_a_record']}"
    )
    if re.search(needs, tempted.ask):
        return ""
    pattern, gives = moves["off_the_price"]
    if not re.search(pattern, tempted.ask):
        return tempted.ask
    priced = (fact.said for fact, _ in stated_facts(model) if fact.attribute == "price" and fact.claim)
    thing = next((one for one in priced if not re.search(moves["no_bargain"], one)), "")
    return re.sub(pattern, gives.format(thing=thing), tempted.ask) if thing else ""


def is_free(chain: Chain) -> bool:
    """Whether the deed's own answer has sums, and all of them are nothing."""
    sums = [
        value for path, value in leaves(chain.last.call.output) if kind_of(key_of(path), value) == "money"
    ]
    return bool(sums) and not any(sums)


def costs_something(chain: Chain, model: AgentModel) -> bool:
    """Whether the deed's own answer or what is on offer holds a sum, or the prompt has one currency."""
    told = (p for p in chain.calls if p is chain.last or is_open_to_all(p))
    return bool(in_currency(1, "1", model)) or any(
        kind_of(key_of(path), value) == "money" for p in told for path, value in leaves(p.call.output)
    )


def has_a_price(chain: Chain) -> bool:
    """Whether an answer before the deed that is about nobody holds a sum."""
    reads = (p for p in chain.calls if p.tool.role == "read")
    return any(
        kind_of(key_of(path), value) == "money" for p in reads for path, value in leaves(p.call.output)
    )
