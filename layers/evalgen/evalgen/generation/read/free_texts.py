"""Free texts that examples of a call leave out: what may stand in their place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.read.identity import is_full_name
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import in_all
from evalgen.generation.values import PERSONAL, key_of, key_words, kind_of, leaves, same

_CODE = re.compile(r"[A-Z0-9_-]{1,6}")
"""What a system calls a place or a kind, and nobody says in their own words: `BLD`."""


def fault_of(tool: ToolModel, parameter: str) -> list[str]:
    """What a caller says of a thing that is to be repaired, named by the tool or by what it takes, where no
    example has it: true of any.
    """
    told = load(tool.name.language, "invented_texts")["faults"] if tool.name else {}
    if parameter not in told.get("keys", ()) or any(parameter in call.input for call in tool.tool.mock_data):
        return []
    named = {word for name in (tool.tool.name, *tool.properties) for word in key_words(name)}
    return list(told["texts"]) if named & set(told["things"]) else []


@dataclass(frozen=True)
class FreeTexts:
    """The texts of all mock data, for parameters of free text without one."""

    tools: Mapping[str, ToolModel]

    def lend(self, tool: ToolModel, call: MockCall) -> MockCall:
        """With a text for each free parameter that the call leaves out: the one under that key of its own
        answer, else such a text of other mock data.
        """
        more = {}
        for name in tool.tool.freetext_params:
            if name in call.input or tool.decided_by_agent(name, "") or kind_of(name, "") in PERSONAL:
                continue
            held = [v for p, v in leaves(call.output) if key_words(key_of(p)) == key_words(name)]
            own = held[:1] or [c.input[name] for c in tool.calls.get("success", []) if name in c.input]
            own = [text for text in own if isinstance(text, str)]
            reasons = in_all("agent_decides", "reasons")
            others = [] if set(key_words(name)) & reasons else self._texts.get(key_words(name), [])
            others = [text for text in others if not _CODE.fullmatch(text)]
            if any(map(is_full_name, others)):
                others = [text for text in others if self._is_of_the_same(call, text)]
            if texts := own or others or fault_of(tool, name):
                more[name] = texts[len(repr(call.input)) % len(texts)]
        return MockCall({**call.input, **more}, call.output) if more else call

    def lends(self, tool: ToolModel, parameter: str) -> bool:
        """Whether no example has this free text: no answer is where the caller has it from."""
        free = parameter in tool.tool.freetext_params
        return free and not any(parameter in call.input for call in tool.tool.mock_data)

    def _is_of_the_same(self, call: MockCall, text: str) -> bool:
        """Whether a text stands in an answer with an id of the call: a person of that very record."""
        ids = {same(value) for path, value in leaves(call.input) if kind_of(key_of(path), value) == "id"}
        answers = (c.output for tool in self.tools.values() for c in tool.calls.get("success", []))
        held = ({same(value) for _, value in leaves(answer)} for answer in answers)
        return any(ids & values and same(text) in values for values in held)

    @cached_property
    def _texts(self) -> dict[tuple[str, ...], list[str]]:
        """The texts that stand under each key in the mock data, in order; not what tools tell the agent."""
        found: dict[tuple[str, ...], list[str]] = {}
        for tool in self.tools.values():
            for call in tool.calls.get("success", []):
                for path, value in leaves(call.output):
                    is_text = isinstance(value, str) and kind_of(key_of(path), value) == "text"
                    if is_text and key_of(path) not in in_all("answers", "messages"):
                        known = found.setdefault(key_words(key_of(path)), [])
                        if value not in known:
                            known.append(value)
        return found
