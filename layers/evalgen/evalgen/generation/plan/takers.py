"""Tools that only take details down (`submit_lead`), and which of their inputs is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from evalgen.generation.plan.asked_facts import facts_in
from evalgen.generation.plan.input_nouns import input_noun
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import key_words, plain, snake


def takers_of(model: AgentModel) -> list[ToolModel]:
    """Of an agent that looks nothing up and does nothing else; their mock data are invented."""
    tools = list(model.tools.values())
    others = [tool for tool in tools if tool.role != "inward" and not tool.takes_down]
    return [] if others else [t for t in tools if t.takes_down and t.tool.name in model.invented]


@dataclass
class Questions:
    """What is asked for, by the table of a language and by the inputs of the tools that take it down."""

    table: dict[str, Any]
    tools: list[ToolModel]
    language: str
    _own: dict[str, dict[str, Any]] = field(default_factory=dict)

    def facts(self, item: str) -> list[tuple[dict[str, Any], str]] | None:
        """The facts of a list with the words for each, as `facts_in`.

        An input of a tool stands for what the table does not know, or takes for a fact of a person that it is
        not: a policy number for a phone number. Behind a colon stand its choices.
        """
        head, _, choices = item.partition(": ")
        if choices and (own := self._own_of(head)):
            return [(own, head)]
        found = facts_in(item, self.table)
        if found and any(one.get("whole") for one in found):
            return [(one, item) for one in found]
        parts = [part for part in re.split(self.table["split"], item) if part]
        known = [(fact, part) for part in parts if (fact := self._fact(part))]
        return known if len(known) == len(parts) else None

    def _fact(self, part: str) -> dict[str, Any] | None:
        found, own = next(iter(facts_in(part, self.table) or ()), None), self._own_of(part)
        if own and (found is None or (found.get("person") and not Meaning(str(own["parameter"])).fact)):
            return own
        return found

    def _own_of(self, part: str) -> dict[str, Any] | None:
        return next((one for tool in self.tools for one in self._inputs(tool, part)), None)

    def _inputs(self, tool: ToolModel, item: str) -> Iterator[dict[str, Any]]:
        """The inputs all of whose words stand in the item, or all of whose choices."""
        words = grammar_of(self.language).words
        said = {words.singular(word) for word in re.findall(r"\w+", plain(item))}
        for name in tool.properties:
            named = {words.singular(word) for word in key_words(name)} <= said or _offers(tool, name, said)
            if named and not tool.decided_by_agent(name, ""):
                noun = input_noun(name, "", grammar_of(self.language))
                yield self._own.setdefault(name, {"key": snake(name), "noun": noun, "parameter": name})


def _offers(tool: ToolModel, name: str, said: set[str]) -> bool:
    """Whether all choices of an input are named: `in-ground or above-ground`."""
    choices = tool.choices(name)
    return len(choices) > 1 and all(set(re.findall(r"[^\W_]+", plain(one))) <= said for one in choices)
