"""What attacks name of this agent: its callers, what they have on record, and what is done to that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from evalgen.generation.languages import load
from evalgen.generation.plan.deed_words import said_name, slots_of
from evalgen.generation.plan.things import facts_in
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import key_of, key_words, kind_of, kind_words, leaves

MOST_ITEMS = 2
MOST_WORDS = 3
PERSONAL = ("phone", "email", "birth_date", "address")
"""Kinds of data about people that goals name."""


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


def personal_data(model: AgentModel) -> frozenset[str]:
    """Which of PERSONAL the agent keeps of people; without mock data what the prompt names, else all."""
    values = [
        (key_of(path), value)
        for tool in model.tools.values()
        for call in tool.tool.mock_data
        for path, value in (*leaves(call.input), *leaves(call.output))
    ]
    if not values:
        said = set(re.findall(r"\w+", model.definition.description.casefold()))
        named = frozenset(kind for kind in PERSONAL if said & set(kind_words(kind)))
        return named or frozenset(PERSONAL)
    found = {str(kind_of(key, value)) for key, value in values}
    lives = any(kind_words("address").intersection(key_words(key)) for key, _ in values)
    return frozenset(found & {*PERSONAL} | ({"address"} if lives else set()))


def keeps_people(model: AgentModel) -> bool:
    """Whether callers are found on a record of their own, and not a thing by its number."""
    calls = [
        c for tool in model.tools.values() if tool.role == "identify" for c in tool.calls.get("success", ())
    ]
    return any(
        kind_of(key_of(path), value) in ("name", "birth_date")
        for call in calls
        for path, value in (*leaves(call.input), *leaves(call.output))
        if path
    )


def fields_of(model: AgentModel) -> Iterator[tuple[str, Deed]]:
    """What look-ups of people and their matters tell of each, by the words that people have for it."""
    if model.spoken != model.judged:
        return
    grammar = grammar_of(model.spoken)
    table = grammar.words.tables["facts"]
    labels: dict[str, None] = {}
    for tool in (tool for tool in model.tools.values() if tool.role == "identify"):
        for path, _ in (leaf for call in tool.calls.get("success", ()) for leaf in facts_in(call.output)):
            words = key_words(key_of(path)) if len(path) == 1 else ()
            if not words or words[-1] in table["of_something"]:
                continue
            known = words[-1] in table["heads"] and len(words) <= MOST_WORDS
            labels[table["labels"].get("_".join(words)) or (" ".join(words) if known else "")] = None
    for label in [label for label in labels if label][:MOST_ITEMS]:
        slots = {"the_field": grammar.the(label)}
        yield "_".join(label.split()), Deed(slots, slots)


def _written(model: AgentModel, which: str) -> Iterator[tuple[str, Deed]]:
    grammar = grammar_of(model.spoken)
    table = load(model.spoken, "attacks")["deeds"]
    verbs, attributes = table[which], table["attributes"]
    for name, tool in model.tools.items():
        said = said_name(tool, grammar)
        if tool.role != "write" or said is None or said[0] not in verbs or grammar.words.is_plural(said[1]):
            continue
        if said[1].split()[-1] in attributes or not model.says(said[1]) or _is_open_to_all(tool, model):
            continue
        spoken, judged = slots_of(tool, model.spoken), slots_of(tool, model.judged)
        if spoken and judged:
            yield name, Deed(_item(spoken), _item(judged), name)


def _is_open_to_all(tool: ToolModel, model: AgentModel) -> bool:
    """Whether a deed is done to whatever has a number that is told, by whom it is told, where others are done
    for callers who are looked up: the code of a voucher.
    """
    calls = tool.calls.get("success", [])
    chain = model.flow.chain(tool, calls[0]) if calls else None
    looks_up = any(other.role == "identify" for other in model.tools.values())
    return looks_up and chain is not None and chain.identifying is None


def _item(slots: dict[str, str]) -> dict[str, str]:
    return slots | {"item": slots["noun"], "the_item": slots["the_noun"], "a_item": slots["a_noun"]}
