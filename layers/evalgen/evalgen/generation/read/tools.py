"""The agent's tools: what each does, what it takes, and how it can answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from evalgen.generation.definition import MockCall, Tool
from evalgen.generation.languages import in_every, load, written
from evalgen.generation.read.answers import Answer, answer_of, answer_of_deed
from evalgen.generation.read.statement import Prompt
from evalgen.generation.read.words import ToolName, all_words, in_all, read_name
from evalgen.generation.values import (
    PERSONAL,
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

    def answer(self, call: MockCall) -> Answer:
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
        asks = in_all("fields", "questions")
        if not match or not key or match["first"].isupper() or plain(match["first"]) in asks:
            return ""
        first, second = plain(match["first"]), plain(match["second"])
        numbers = in_all("facts", "numbers") | in_all("facts", "references")
        named = second.startswith(key[-1]) and key[:-1] in ((), (first,))
        if not (named or (key == (first,) and second in numbers)):
            return ""
        return f"{match['first'].lower()} {match['second']}"

    def is_told(self, parameter: str) -> bool:
        """Whether the schema says that callers choose it: `true if the caller took the cover`."""
        about = self.about(parameter)
        return any(re.search(words.tables["agent_decides"]["told"], about) for words in all_words())

    def decided_by_agent(self, parameter: str, value: Any) -> bool:
        """Whether nobody tells the agent this value: flags, categories, summaries."""
        about, rule = self.about(parameter), self.properties.get(parameter, {})
        if isinstance(value, bool) or "const" in rule:
            return True
        if any(f"{noun}'s" in about or f"{noun}s'" in about for noun in in_all("nouns", "people")):
            return False
        if self.is_told(parameter):
            return False
        if parameter in self.asked_for:
            return False
        if parameter in self.ordered:
            return True
        key = snake(parameter)
        if set(key_words(parameter)) & in_all("agent_decides", "quoting"):
            return True
        if key in in_all("agent_decides", "keys") and not _is_taught(key, rule):
            return True
        return any(hint in about for hint in in_all("agent_decides", "hints"))


def _is_taught(key: str, rule: dict[str, Any]) -> bool:
    """Whether a `language` is one of those that are offered, and not the one that is spoken."""
    listed = rule.get("enum")
    named = isinstance(listed, list) and all(isinstance(v, str) and len(v) > LONGEST_CODE for v in listed)
    return key in ("language", "idioma") and named


def model_tools(tools: Sequence[Tool]) -> dict[str, ToolModel]:
    """By name, in order."""
    return {tool.name: _model(tool) for tool in tools}


def told_by(prompt: Prompt, tools: dict[str, ToolModel]) -> dict[str, ToolModel]:
    """The tools with what the prompt says of them: what callers are asked for, and, where no tool's name says
    it, which look-up identifies them: the first read that it names under a heading such as `Identify`, else
    the first that takes a number with what only its owner knows.
    """
    if not prompt.language:
        return tools
    tools = {name: replace(tool, asked_for=_asked_for(tool, prompt)) for name, tool in tools.items()}
    if any(tool.role == "identify" for tool in tools.values()):
        return tools
    identifies = re.compile(load(prompt.language, "identity")["sections"], re.IGNORECASE)
    named = (
        name
        for statement in prompt.statements
        if any(identifies.search(title) for title in statement.section[-1:])
        for name in statement.tools
        if tools[name].role == "read" and _inputs(tools[name].tool)
    )
    proven = (name for name, tool in tools.items() if tool.role == "read" and _takes_a_proof(tool))
    first = next(named, "") or next(proven, "")
    return {name: replace(tool, role="identify") if name == first else tool for name, tool in tools.items()}


def _takes_a_proof(tool: ToolModel) -> bool:
    """Whether a look-up is asked with an id and a fact of its owner beside it: a postcode, a last name."""
    facts = in_every("identity", "facts")
    calls = tool.calls.get("success", [])
    kinds = [{key_of(p): kind_of(key_of(p), v) for p, v in leaves(call.input)} for call in calls]
    return bool(kinds) and all(
        "id" in kind.values()
        and any(k != "id" and (k in PERSONAL or set(key_words(key)) & facts) for key, k in kind.items())
        for kind in kinds
    )


def _asked_for(tool: ToolModel, prompt: Prompt) -> frozenset[str]:
    """The parameters with choices whose name the prompt has the agent ask for."""
    asks = load(prompt.language, "identity")["asks_for"]
    chosen = [name for name, rule in tool.properties.items() if "enum" in rule]
    texts = [s.text for s in prompt.statements if chosen and re.search(asks, s.text, re.IGNORECASE)]
    found = {name: re.escape(" ".join(words_of(name))) for name in chosen}
    return frozenset(
        name
        for name, noun in found.items()
        if any(re.search(rf"{asks}[^.]{{0,60}}\b{noun}\b", text, re.IGNORECASE) for text in texts)
    )


def _model(tool: Tool) -> ToolModel:
    name = read_name(tool.name)
    return ToolModel(tool, name, _role(tool, name))


def _role(tool: Tool, name: ToolName | None) -> Role:
    if name is None:
        return "inward" if not _inputs(tool) else "read"
    if name.effect == "verify":
        return "identify"
    if name.effect == "read":
        last = (name.noun.split() or [""])[-1]
        return "identify" if last in in_all("nouns", "people") or _holds_birth_dates(tool) else "read"
    return "inward" if name.effect == "inward" else "write"


def _holds_birth_dates(tool: Tool) -> bool:
    """Whether its answers say who somebody is, whatever they are called: a policy with its holder."""
    return any(
        kind_of(key_of(path), value) == "birth_date" and not is_listed(path)
        for call in tool.mock_data
        for path, value in leaves(call.output)
    )


def _inputs(tool: Tool) -> Mapping[str, Any]:
    return (tool.parameters or {}).get("properties") or {}
