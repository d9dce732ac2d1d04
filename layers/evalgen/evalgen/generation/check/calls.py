"""Whether the expected calls of a test can happen: valid for their schemas, and every value known by then."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import time
from functools import cache
from typing import Any

from evalgen.generation.check.words import Agent, Words, whole
from evalgen.generation.definition import Tool
from evalgen.generation.plan.test import ExpectedCall, Test
from evalgen.generation.read.described import follows_from_rules, names_a_day_by_rule
from evalgen.generation.read.words import in_all
from evalgen.generation.schemas import NoSchema, validator_of
from evalgen.generation.values import (
    PERSONAL,
    key_of,
    key_words,
    kind_of,
    kind_words,
    leaves,
    same,
    words_of,
)

FREE_TEXT_WORDS = 4
"""So many words are a text that the agent writes."""
PAGING = frozenset({"limit", "max", "maximum", "offset", "page", "size", "top"})
"""Words of names for how much of a list is asked for."""
_SAID = frozenset({"date", "time", "datetime", "number", "money"})
_SENTENCE = re.compile(r"[.;](?=\s)|\n")
_MOMENT = re.compile(r"^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)")


class Calls:
    """Checks the calls of one agent's tests; schemas are compiled once.

    `in_own_words`: callers say days, times and amounts in their own words (`a week from today`, `three`),
    and not as they stand in calls; and the agent words what it notes, or has it from its prompt.
    """

    def __init__(self, agent: Agent, *, in_own_words: bool = False) -> None:
        self._tools = agent.tools
        self._prompt = agent.definition.description.casefold()
        self._in_own_words = in_own_words
        self._validate = cache(self._validator)

    def __call__(self, test: Test, words: Words) -> Iterator[str]:
        yield from self._links(test)
        yield from self._invalid(test)
        yield from self._unfounded(test, words)

    def _links(self, test: Test) -> Iterator[str]:
        ids = [call.id for call in test.calls]
        if len(set(ids)) < len(ids):
            yield "two calls have the same id"
        for number, call in enumerate(test.calls):
            if not set(call.after) <= set(ids[:number]):
                yield f"call {call.id} comes after calls that do not come before it: {list(call.after)}"
            if call.tool not in self._tools or self._tools[call.tool].id != call.tool_id:
                yield f"call {call.id} is of {call.tool!r}, which is no tool of the agent's"
        for one in test.forbidden:
            if one.tool not in self._tools or (one.until and one.until not in ids):
                yield f"a call of {one.tool!r} until {one.until!r} is forbidden: one of them there is not"

    def _invalid(self, test: Test) -> Iterator[str]:
        for call in test.calls:
            if call.tool in self._tools and (problem := self._validate(call.tool)(call.input)):
                yield f"the call of {call.tool} does not fit its schema: {problem}"
        answers: dict[str, Any] = {}
        for call in test.calls:
            asked = f"{call.tool} {call.input!r}"
            if answers.setdefault(asked, call.output) != call.output:
                yield f"the same call of {call.tool} has two answers"

    def _unfounded(self, test: Test, words: Words) -> Iterator[str]:
        known = {same(value) for _, value in leaves([test.variables, test.profile])}
        for call in test.calls:
            for path, value in leaves(call.input):
                if not (
                    self._is_decided(call, path, value)
                    or _is_known(value, known, words.said)
                    or (self._in_own_words and self._is_worded(path, value, test))
                ):
                    yield f"{call.tool} is called with {path[0]}={value!r}, which nobody has said"
            known |= {same(value) for _, value in leaves(call.output)}

    def _is_decided(self, call: ExpectedCall, path: tuple[str | int, ...], value: Any) -> bool:
        """By the agent itself: a flag, one of a list, a text that it writes, what is left out or ruled."""
        tool = self._tools.get(call.tool)
        if value is None or value == "" or isinstance(value, bool) or tool is None:
            return True
        if self._in_own_words and kind_of(key_of(path), value) in _SAID:
            return True
        schema = _schema_at(tool, path)
        if "enum" in schema or "const" in schema or path[0] in tool.freetext_params:
            return True
        if self._is_by_rule(tool, path, value, str(schema.get("description", ""))):
            return True
        if isinstance(value, int) and PAGING & set(words_of(str(path[0]))):
            return True
        return isinstance(value, str) and len(value.split()) >= FREE_TEXT_WORDS

    def _is_by_rule(self, tool: Tool, path: tuple[str | int, ...], value: Any, about: str) -> bool:
        """Whether it follows from a rule that its description names, or, of a day, that the prompt has for
        what the tool does.
        """
        if follows_from_rules(about):
            return True
        if kind_of(key_of(path), value) != "date":
            return False
        verb = next(iter(words_of(tool.name)), "")
        return any(verb in one and names_a_day_by_rule(one) for one in _SENTENCE.split(self._prompt))

    def _is_worded(self, path: tuple[str | int, ...], value: Any, test: Test) -> bool:
        """By the agent: a reason or a note, a word of its prompt, a part of what the caller says."""
        if not isinstance(value, str) or kind_of(key_of(path), value) in (*PERSONAL, "id"):
            return False
        noted = in_all("agent_decides", "keys") | in_all("agent_decides", "stories")
        noted |= in_all("agent_decides", "reasons") - kind_words("id")
        if noted & {"_".join(key_words(key_of(path))), *key_words(key_of(path))}:
            return True
        found = whole(value)
        said = (str(one).casefold() for _, one in leaves(test.profile))
        return bool(found.search(self._prompt)) or any(map(found.search, said))

    def _validator(self, name: str) -> Callable[[Any], str]:
        tool = self._tools[name]
        schema = tool.parameters
        if not isinstance(schema, dict):
            return lambda _: ""
        needed = schema.get("required")
        if isinstance(needed, list):
            schema = {**schema, "required": [one for one in needed if one not in tool.freetext_params]}
        try:
            return validator_of(schema)
        except NoSchema:
            return lambda _: ""


def _is_known(value: Any, known: Collection[str], said: str) -> bool:
    """Whether it was said or answered, in a longer text too, or as the day and the hour of a moment."""
    found = whole(str(value))
    if same(value) in known or found.search(said):
        return True
    if isinstance(value, str) and any(found.search(one.casefold()) for one in known):
        return True
    if (moment := _MOMENT.match(str(value))) is None:
        return False
    clock = time.fromisoformat(moment[2]).strftime("%I:%M %p").lstrip("0").casefold()
    return moment[1] in known and bool({moment[2], clock} & {one[:10].casefold() for one in known})


def _schema_at(tool: Tool, path: tuple[str | int, ...]) -> dict[str, Any]:
    """The schema of one input; empty where there is none, whatever stands in its place."""
    node: Any = tool.parameters
    for part in path:
        if not isinstance(node, dict):
            return {}
        inner = node.get("properties")
        node = node.get("items") if isinstance(part, int) else isinstance(inner, dict) and inner.get(part)
    return node if isinstance(node, dict) else {}
