"""Whether something chosen on the way to a deed is for the agent to choose, by the records at hand."""

from __future__ import annotations

import re

from evalgen.generation.languages import load
from evalgen.generation.plan.about import names_verb
from evalgen.generation.plan.restrictions import record_of
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import plain, words_of


def is_chosen_in_a_case(chain: Chain, model: AgentModel) -> bool:
    """Whether the prompt orders what is chosen in a case that does not surely hold for these records (`Fit
    problem within 14 days: book a recheck`), or says who needs it (`they need a return_screening visit`).
    """
    tool = chain.last.tool
    inputs = ((p.tool, *each) for p in chain.calls for each in p.call.input.items())
    chosen = {str(v) for one, key, v in inputs if v in one.choices(key)}
    if not chosen:
        return False
    if chosen & model.once("choices needed", (), lambda: _needed(model)):
        return True
    said = {" ".join(words_of(plain(v))) for v in chosen}
    fields, holds = record_of(chain, model), model.record_rules.holds
    in_cases = model.once("choices in cases", tool.key, lambda: _ordered_in_cases(tool, model))
    return any(
        choice in said and holds(text, fields, by_states=True) is not True for choice, text in in_cases
    )


def _choices(model: AgentModel) -> set[str]:
    listed = ((one, key) for one in model.tools.values() for key in one.properties)
    return {choice for one, key in listed for choice in one.choices(key)}


def _needed(model: AgentModel) -> set[str]:
    """The choices of several words of which a sentence says, as tools write them, that callers need them."""
    needs = load(model.judged, "rules")["needs_a_choice"]
    names = {choice for choice in _choices(model) if "_" in choice}
    texts = [s.text for s in model.prompt.statements if re.search(needs, s.text, re.IGNORECASE)]
    return {name for name in names if any(re.search(rf"\b{re.escape(name)}\b", text) for text in texts)}


def _ordered_in_cases(tool: ToolModel, model: AgentModel) -> list[tuple[str, str]]:
    """(a choice of any tool that a case orders with the deed, the condition of the case)."""
    names = {" ".join(words_of(plain(choice))) for choice in _choices(model)}
    return [
        (name, statement.condition.text)
        for statement in model.sure("case")
        if statement.condition is not None and statement.condition.is_not_played
        for duty in statement.duties
        if not duty.ban and names_verb(duty.text, tool, model)
        for name in names
        if re.search(rf"\b{re.escape(name)}\b", plain(duty.text))
    ]
