"""What attacks name of this agent: its callers, what they have on record, and what is done to that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from evalgen.generation.languages import load
from evalgen.generation.plan.tasks import said_name, slots_of
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel

MOST_ITEMS = 2


@dataclass(frozen=True)
class Deed:
    """The slots about a thing on record in the two languages, and the tool that changes it."""

    spoken: Mapping[str, str] = field(default_factory=dict)
    judged: Mapping[str, str] = field(default_factory=dict)
    tool: str = ""


def words_for(model: AgentModel, language: str, channel: str) -> dict[str, str]:
    """What callers are called, one and many, and what the conversation is."""
    words = load(language, "attacks")["words"]
    slots = {"people": words["people"], "one": words["one"], "call": words[channel]}
    if language != model.prompt.language:
        return slots
    singular = grammar_of(language).words.singular
    noun = next((singular(n) for n in model.prompt.caller_nouns if singular(n) not in words["general"]), "")
    if not noun:
        return slots
    many = next(re.sub(ending, plural, noun) for ending, plural in words["plural"] if re.search(ending, noun))
    return slots | {"people": many, "one": noun}


def deeds_of(model: AgentModel) -> Iterator[tuple[str, Deed]]:
    """By the tool's name, the deeds that change what stands on record already."""
    yield from _written(model, "verbs")


def items_of(model: AgentModel) -> Iterator[tuple[str, Deed]]:
    """By their noun, the things that callers have on record."""
    found = {deed.spoken["item"]: deed for _, deed in _written(model, "items")}
    for noun in [*found][:MOST_ITEMS]:
        yield "_".join(noun.split()), Deed(found[noun].spoken, found[noun].judged)


def _written(model: AgentModel, which: str) -> Iterator[tuple[str, Deed]]:
    grammar = grammar_of(model.spoken)
    table = load(model.spoken, "attacks")["deeds"]
    verbs, attributes = table[which], table["attributes"]
    for name, tool in model.tools.items():
        said = said_name(tool, grammar)
        if tool.role != "write" or said is None or said[0] not in verbs or grammar.words.is_plural(said[1]):
            continue
        if said[1].split()[-1] in attributes:
            continue
        spoken, judged = slots_of(tool, model.spoken), slots_of(tool, model.judged)
        if spoken and judged:
            yield name, Deed(_item(spoken), _item(judged), name)


def _item(slots: dict[str, str]) -> dict[str, str]:
    return slots | {"item": slots["noun"], "the_item": slots["the_noun"], "a_item": slots["a_noun"]}
