"""The agent's tools: what each does, what it takes, and how it can answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from evalgen.generation.definition import MockCall, Tool
from evalgen.generation.languages import load, written
from evalgen.generation.read.answers import Answer, answer_of, answer_of_deed
from evalgen.generation.read.described import is_always
from evalgen.generation.read.words import Effect, ToolName, all_words, in_all, read_name
from evalgen.generation.values import (
    is_listed,
    key_of,
    key_words,
    kind_of,
    leaves,
    plain,
    snake,
    words_of,
)

LONGEST_CODE = 5
"""Of a language: `en`, `es-MX`."""
_CALLED = re.compile(r"(?:the )?(?P<first>[^\W\d_]+) (?P<second>[^\W\d_]+)\s*(?=[,.;:(]|$)", re.IGNORECASE)
Role = Literal["identify", "read", "write", "inward"]
"""identify: finds or verifies who is calling. inward: nothing that a caller asks for, such as a transfer."""


@dataclass(frozen=True)
class ToolModel:
    """A tool with what its name says; `name` is None where no language has a verb for it."""

    tool: Tool
    name: ToolName | None
    role: Role
    asked_for: frozenset[str] = frozenset()
    """The parameters that the prompt has the agent ask callers for, whatever they are called."""
    ordered: frozenset[str] = frozenset()
    """Those whose choices the prompt orders by their own names: `book it with visit_type "return"`."""
    ruled: frozenset[str] = frozenset()
    """Those whose choices the prompt's rules end in: `Ended no more than 14 days ago: warranty.`"""
    choice: str = ""
    """Which of several things that its tool does, where it is one of them; `others` are the rest."""
    others: tuple[ToolName, ...] = ()
    others_take: frozenset[str] = frozenset()
    """The parameters that only those take."""

    @property
    def key(self) -> str:
        """Its name, with what it does where it does several things."""
        return f"{self.tool.name} {self.choice}".strip()

    @cached_property
    def calls(self) -> dict[Answer, list[MockCall]]:
        found: dict[Answer, list[MockCall]] = {}
        for call in self.tool.mock_data:
            found.setdefault(self.answer(call), []).append(call)
        return found

    @cached_property
    def _answers(self) -> dict[int, Answer]:
        """Of its own calls, by what they are: each is asked for again in every chain."""
        return {id(call): self._answer(call) for call in self.tool.mock_data}

    def answer(self, call: MockCall) -> Answer:
        return self._answers.get(id(call)) or self._answer(call)

    def _answer(self, call: MockCall) -> Answer:
        return (
            answer_of_deed(call, self.name.verb if self.name else "", self.tool.description)
            if self.role == "write"
            else answer_of(call)
        )

    @cached_property
    def commits_by(self) -> dict[str, bool]:
        """The flag by which a call is carried out and not only worked out: `commit`, `dry_run`; empty where
        the tool has no such two ways.
        """
        for call in self.calls.get("success", ()):
            if preview := self.preview_of(call):
                return {k: v for k, v in call.input.items() if preview.input.get(k) != v}
        return {}

    def preview_of(self, call: MockCall) -> MockCall | None:
        """The call that only works out what this one does: the same but for a flag, and nothing is done."""
        for other in self.calls.get("unclear", ()):
            changed = [k for k, v in other.input.items() if call.input.get(k) != v]
            flag = len(changed) == 1 and all(isinstance(c.input.get(changed[0]), bool) for c in (call, other))
            if flag and call.input.keys() == other.input.keys():
                return other
        return None

    @cached_property
    def properties(self) -> dict[str, dict[str, Any]]:
        """The schemas of its parameters, by name."""
        schema = self.tool.parameters or {}
        known = schema.get("properties")
        known = known if isinstance(known, dict) else {}
        return {name: rule for name, rule in known.items() if isinstance(rule, dict)}

    def about(self, parameter: str) -> str:
        """What the schema says of a parameter, in small letters."""
        return str(self.properties.get(parameter, {}).get("description", "")).lower()

    @property
    def required(self) -> list[str]:
        """The names of the parameters that a call has to have."""
        named = (self.tool.parameters or {}).get("required")
        return [name for name in named if isinstance(name, str)] if isinstance(named, list) else []

    def choices(self, parameter: str) -> list[str]:
        """The texts that the schema lists for a parameter."""
        listed = self.properties.get(parameter, {}).get("enum")
        return [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []

    @cached_property
    def takes_down(self) -> bool:
        """Whether it only takes down what has been asked for: `submit_lead`, `create_ticket`."""
        said = plain(" ".join(words_of(self.tool.name)))
        patterns = (load(code, "intake")["takes_down"] for code in written("intake"))
        return self.role in ("write", "inward") and any(re.search(pattern, said) for pattern in patterns)

    def called(self, parameter: str) -> str:
        """What the schema calls a parameter, with a word more: `License plate, capitals` of `plate`, `Booking
        reference` of `booking_ref`, `Confirmation code` of `confirmation`; else empty.
        """
        match = _CALLED.match(str(self.properties.get(parameter, {}).get("description", "")).strip())
        key = key_words(parameter)
        asks = in_all("fields", "questions") | in_all("nouns", "fillers")
        if not match or not key or match["first"].isupper() or plain(match["first"]) in asks:
            return ""
        first, second = plain(match["first"]), plain(match["second"])
        numbers = in_all("facts", "numbers") | in_all("facts", "references")
        named = (
            second.startswith(key[-1])
            and key[:-1] in ((), (first,))
            and first not in in_all("nouns", "whole")
        )
        if not (named or (key == (first,) and second in numbers)):
            return ""
        return f"{match['first'].lower()} {match['second']}"

    def is_told(self, parameter: str) -> bool:
        """Whether the schema says that callers choose it: `true if the caller took the cover`."""
        about = self.about(parameter)
        return any(re.search(words.tables["agent_decides"]["told"], about) for words in all_words())

    def is_seen(self, parameter: str) -> bool:
        """Whether the schema says that people read it off a thing: `the ID on the sticker`."""
        about = self.about(parameter)
        return any(re.search(words.tables["agent_decides"]["seen"], about) for words in all_words())

    def decided_by_agent(self, parameter: str, value: Any) -> bool:
        """Whether nobody tells the agent this value: flags, categories, summaries."""
        about, rule = self.about(parameter), self.properties.get(parameter, {})
        if isinstance(value, bool) or "const" in rule:
            return True
        if any(f"{noun}'s" in about or f"{noun}s'" in about for noun in in_all("nouns", "people")):
            return False
        if self.is_told(parameter):
            return False
        if parameter in self.asked_for and not (self.choices(parameter) and is_always(about, value)):
            return False
        if parameter in self.ordered or (value in self.choices(parameter) and _is_own(parameter, value)):
            return True
        key = snake(parameter)
        if set(key_words(parameter)) & in_all("agent_decides", "quoting"):
            return True
        searched = self.role == "read" and key in in_all("agent_decides", "stories")
        if key in in_all("agent_decides", "keys") and not (searched or _is_taught(key, rule)):
            return True
        hinted = any(hint in about for hint in in_all("agent_decides", "hints"))
        return hinted or (self._is_always_so(parameter) and not self.has_a_form(parameter))

    def has_a_form(self, parameter: str) -> bool:
        """Whether a parameter without choices is always so, and the mock data have several values of it: a
        day that is always a Monday.
        """
        if self.choices(parameter) or not self._is_always_so(parameter):
            return False
        return len({repr(call.input.get(parameter)) for call in self.tool.mock_data}) > 1

    def _is_always_so(self, parameter: str) -> bool:
        about = self.about(parameter)
        return any(re.search(words.tables["agent_decides"]["fixed"], about) for words in all_words())


def _is_own(parameter: str, choice: str) -> bool:
    """Whether a choice is the agent's own word for a cause: the reason `customer_request`."""
    said = " ".join(words_of(plain(choice)))
    if in_all("agent_decides", "causes").isdisjoint(key_words(parameter)):
        return False
    return any(re.search(words.tables["agent_decides"]["own_choices"], said) for words in all_words())


def _is_taught(key: str, rule: dict[str, Any]) -> bool:
    """Whether a `language` is one of those that are offered, and not the one that is spoken."""
    listed = rule.get("enum")
    named = isinstance(listed, list) and all(isinstance(v, str) and len(v) > LONGEST_CODE for v in listed)
    return key in ("language", "idioma") and named


def model_tools(tools: Sequence[Tool]) -> dict[str, ToolModel]:
    """By name, in order."""
    names = [tool.name for tool in tools]
    return {tool.name: _model(tool, [name for name in names if name != tool.name]) for tool in tools}


def _model(tool: Tool, others: Sequence[str]) -> ToolModel:
    name = read_name(tool.name)
    return ToolModel(tool, name, _role(tool, name, others))


def _role(tool: Tool, name: ToolName | None, others: Sequence[str]) -> Role:
    if name is None:
        return "read" if _inputs(tool) and _said_effect(tool) in (None, "read", "verify") else "inward"
    if name.effect == "verify":
        return "identify"
    if name.effect == "read":
        last = (name.noun.split() or [""])[-1]
        names_person = last in in_all("nouns", "people") or _holds_birth_dates(tool)
        return "identify" if names_person and not _takes_what_is_found(tool, others) else "read"
    return "inward" if name.effect == "inward" else "write"


def _said_effect(tool: Tool) -> Effect | None:
    """What the description of a tool says first that it does: `Leaves a message for the office.`"""
    first = next(iter(words_of(plain(tool.description))), "")
    found = (words.effect(verb) for words in all_words() for verb in (first, words.singular(first)))
    return next((effect for effect in found if effect), None)


def _holds_birth_dates(tool: Tool) -> bool:
    """Whether its answers say who somebody is, whatever they are called: a policy with its holder."""
    return any(
        kind_of(key_of(path), value) == "birth_date" and not is_listed(path)
        for call in tool.mock_data
        for path, value in leaves(call.output)
    )


def _takes_what_is_found(tool: Tool, others: Sequence[str]) -> bool:
    """Whether all that it takes is said to come from another tool: who is calling is known before."""
    about = [str(rule.get("description", "")) for rule in _inputs(tool).values() if isinstance(rule, dict)]
    return bool(about) and all(any(mentions(text, name) for name in others) for text in about)


def mentions(text: str, name: str) -> bool:
    """Whether a text has a name as it is written, and not as a part of another."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _inputs(tool: Tool) -> Mapping[str, Any]:
    return (tool.parameters or {}).get("properties") or {}
