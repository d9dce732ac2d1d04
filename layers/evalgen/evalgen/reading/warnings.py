"""What in an agent's definition does not fit together, with its line or tool."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from evalgen.generation.definition import AgentDefinition, Tool
from evalgen.generation.schemas import NoSchema, validator_of
from evalgen.generation.values import key_of, kind_of, leaves, same, words_of
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.model import AgentModel
from evalgen.reading.statements import Statement
from evalgen.reading.tool_names import english_of, tool_names

_NAME = re.compile(r"(?<![\w{.])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w}])")
_NUMBER = re.compile(r"\d[\d.,]*")
_LASTING = ("name", "birth_date")
_QUOTED = 60


def warnings_of(definition: AgentDefinition, model: AgentModel) -> Iterator[str]:
    """One line each; `model` is what was read, where tools may have examples that were made up."""
    yield from _of_tools(definition)
    yield from _of_examples(definition.tools)
    yield from _unknown_tools(definition)
    yield from _contradictions(model.statements, model.lexicon)
    for statement in model.statements:
        opens = not statement.consequence and not statement.text.endswith(":")
        if opens and model.lexicon.cues.condition_openers.match(statement.text.lower()):
            found = f"a condition, but what follows from it was not found: {_short(statement.text)}"
            yield f"line {statement.lines[0]}: {found}"


def _of_tools(definition: AgentDefinition) -> Iterator[str]:
    for name, count in Counter(tool.name for tool in definition.tools).items():
        if count > 1:
            yield f"tool {name}: declared {count} times"
    for tool in definition.tools:
        if flaw := _flaw(tool):
            yield f"tool {tool.name}: its parameters are no JSON schema, inputs are not checked: {flaw}"
        if tool.name not in definition.description:
            yield f"tool {tool.name}: the prompt never names it"
    if bare := [tool.name for tool in definition.tools if not tool.mock_data]:
        yield f"no example calls of {', '.join(bare)}: consistent ones are made up"


def _flaw(tool: Tool) -> str:
    """Why the tool's parameters are no schema, or nothing."""
    if tool.parameters is None:
        return ""
    if not isinstance(tool.parameters.get("properties", {}), dict):
        return "`properties` is no object"
    try:
        validator_of(tool.parameters)
    except NoSchema as error:
        return _short(str(error))
    return ""


def _of_examples(tools: Sequence[Tool]) -> Iterator[str]:
    """The same question answered in two ways, and two names or dates of birth under one identifier."""
    lasting: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
    for tool in tools:
        answers: dict[str, str] = {}
        for call in tool.mock_data:
            asked = str(sorted((str(path), same(value)) for path, value in leaves(call.input)))
            if answers.setdefault(asked, str(call.output)) != str(call.output):
                yield f"tool {tool.name}: two answers to the same input {_short(str(call.input))}"
            if not isinstance(call.output, dict):
                continue
            kinds = {key: kind_of(key, value) for key, value in call.output.items() if isinstance(value, str)}
            for key in (key for key, kind in kinds.items() if kind == "id"):
                known = lasting.setdefault((key, same(call.output[key])), {})
                for told in (other for other, kind in kinds.items() if kind in _LASTING):
                    first, by = known.setdefault(told, (call.output[told], tool.name))
                    if same(first) != same(call.output[told]):
                        yield (
                            f"tool {tool.name}: {key} {call.output[key]} has {told} {call.output[told]!r}, "
                            f"but {first!r} in {by}"
                        )


def _unknown_tools(definition: AgentDefinition) -> Iterator[str]:
    """Names in the prompt that begin like a tool's, and that neither tools nor their examples know."""
    verbs = tool_names().verbs
    known = {tool.name for tool in definition.tools} | {variable.name for variable in definition.variables}
    for tool in definition.tools:
        for call in tool.mock_data:
            for path, value in (*leaves(call.input), *leaves(call.output)):
                known |= {key_of(path), str(value)}
        known |= set(_NAME.findall(str(tool.parameters)))
    told: set[str] = set()
    for number, line in enumerate(definition.description.splitlines(), 1):
        for name in _NAME.findall(line):
            if name not in known and name not in told and english_of(words_of(name)[0]) in verbs:
                told.add(name)
                yield f"line {number}: {name} is no tool of this agent"


def _contradictions(statements: Sequence[Statement], lexicon: Lexicon) -> Iterator[str]:
    """Rules in the same words, of which one forbids what the other allows, or which set other limits."""
    ruled: dict[str, Statement] = {}
    limited: dict[str, Statement] = {}
    for statement in statements:
        text = statement.text.lower()
        cues = lexicon.cues
        for pattern in (cues.prohibitions, cues.requirements, cues.permissions, lexicon.agent):
            text = pattern.sub(" ", text)
        core = " ".join(re.findall(r"\w+", text))
        first = ruled.setdefault(core, statement)
        if core and (first.kind == "prohibition") != (statement.kind == "prohibition"):
            yield _against(statement, first, "forbidden in one and not in the other")
        if statement.limits:
            frame = " ".join(_NUMBER.sub("#", statement.text.lower()).split())
            first = limited.setdefault(frame, statement)
            values = [limit.value for limit in statement.limits]
            if first.lines != statement.lines and [limit.value for limit in first.limits] != values:
                yield _against(statement, first, "the same rule with another limit")


def _against(statement: Statement, first: Statement, how: str) -> str:
    return f"line {statement.lines[0]}: contradicts line {first.lines[0]} ({how}): {_short(statement.text)}"


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"
