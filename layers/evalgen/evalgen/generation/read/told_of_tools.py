"""What the prompt says of the tools: what callers are asked for, and which look-up identifies them."""

from __future__ import annotations

import re
from dataclasses import replace

from evalgen.generation.languages import in_every, load
from evalgen.generation.read.statement import Prompt
from evalgen.generation.read.tool_nouns import with_whole_nouns
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import in_all
from evalgen.generation.values import PERSONAL, key_of, key_words, kind_of, leaves, words_of


def told_by(prompt: Prompt, tools: dict[str, ToolModel]) -> dict[str, ToolModel]:
    """The tools with what the prompt says of them: what callers are asked for, and, where no tool's name says
    it, which look-up identifies them: the first read that it names under a heading such as `Identify`, before
    those for callers who have not what is asked for first; else the first that takes what it has callers
    asked for who they are, else the first that takes a number with what only its owner knows.
    """
    if not prompt.language:
        return tools
    tools = {name: replace(tool, asked_for=_asked_for(tool, prompt)) for name, tool in tools.items()}
    tools = with_whole_nouns(prompt, tools)
    if any(tool.role == "identify" for tool in tools.values()):
        return tools
    identity = load(prompt.language, "identity")
    rules = ("sections", "asks_for", "in_its_place")
    identifies, asks, stands_in = (re.compile(identity[rule], re.IGNORECASE) for rule in rules)
    spare = {name for s in prompt.statements if stands_in.search(s.text) for name in s.names}
    named = sorted(
        (name in spare, number, name)
        for number, statement in enumerate(prompt.statements)
        if any(identifies.search(title) for title in statement.section[-1:])
        for name in statement.tools
        if tools[name].role == "read" and tools[name].properties
    )
    proven = (name for name, tool in tools.items() if tool.role == "read" and _takes_a_proof(tool))
    asked = (
        name
        for statement in prompt.statements
        if asks.search(statement.text)
        for name in statement.names
        if tools[name].role == "read" and _is_of_a_person(tools[name])
    )
    first = next((name for _, _, name in named), "") or next(asked, "") or next(proven, "")
    return {name: replace(tool, role="identify") if name == first else tool for name, tool in tools.items()}


def _is_of_a_person(tool: ToolModel) -> bool:
    """Whether a look-up is asked with nothing but who somebody is, as `phone`."""
    return bool(tool.required) and all(kind_of(name, "") in PERSONAL for name in tool.required)


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
    """The parameters with choices, and numbers of look-ups, whose name the prompt has the agent ask for."""
    asks, numbers = load(prompt.language, "identity")["asks_for"], in_all("facts", "numbers")
    chosen = [
        name
        for name, rule in tool.properties.items()
        if "enum" in rule or (tool.role == "read" and key_words(name)[-1:] and key_words(name)[-1] in numbers)
    ]
    texts = [s.text for s in prompt.statements if chosen and re.search(asks, s.text, re.IGNORECASE)]
    found = {name: re.escape(" ".join(words_of(name))) for name in chosen}
    return frozenset(
        name
        for name, noun in found.items()
        if any(re.search(rf"{asks}[^.]{{0,60}}\b{noun}\b", text, re.IGNORECASE) for text in texts)
    )
