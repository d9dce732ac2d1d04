"""The agent model as a person can check it in a minute: what was understood, and what was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from evalgen.reading.acts import act_of_prohibition, act_of_trigger
from evalgen.reading.model import AgentModel
from evalgen.reading.statements import Statement
from evalgen.reading.tools import ToolModel

WIDTH = 100


def explained(model: AgentModel) -> dict[str, Any]:
    """The model as JSON: goals, statements with lines and kinds, tools with links, people, variables, warnings."""
    return {
        "name": model.definition.name,
        "language": model.definition.language,
        "goals": [{"phrase": goal.phrase, "tools": list(goal.tools)} for goal in model.goals],
        "statements": [_statement(model, statement) for statement in model.statements],
        "tools": [_tool(model, tool) for tool in model.tools],
        "variables": [variable.name for variable in model.variables],
        "warnings": list(warnings_of(model)),
    }


def _statement(model: AgentModel, statement: Statement) -> dict[str, Any]:
    act = act_of_trigger(statement.trigger, model.lexicon) if statement.trigger else None
    if statement.kind == "prohibition":
        act = act_of_prohibition(statement, model.lexicon, 0)
    return {
        "id": statement.id,
        "lines": list(statement.lines),
        "kind": statement.kind,
        "section": list(statement.section),
        "text": statement.text,
        "trigger": statement.trigger,
        "consequence": statement.consequence,
        "under": statement.outer,
        "themes": list(statement.themes),
        "tools": list(statement.tools),
        "limits": [limit.text for limit in statement.limits],
        "caller": f"{act.kind}: {act.x}" if act else "",
    }


def _tool(model: AgentModel, tool: ToolModel) -> dict[str, Any]:
    chains = [model.records.chain(tool, call) for call in tool.calls["success"][:1]]
    needs = dict.fromkeys(step.tool.name for chain in chains for step in chain.steps[:-1])
    return {
        "name": tool.name,
        "does": f"{tool.verb} {tool.noun}".strip(),
        "effect": tool.effect,
        "answers": {outcome: len(calls) for outcome, calls in tool.calls.items() if calls},
        "inputs": [{"name": p.name, "kind": p.kind, "required": p.required} for p in tool.parameters],
        "after": list(needs),
    }


def warnings_of(model: AgentModel) -> Iterator[str]:
    """What could not be understood or does not fit together, with its line or tool."""
    names = Counter(tool.name for tool in model.definition.tools)
    for name, count in names.items():
        if count > 1:
            yield f"tool {name}: declared {count} times; the first one is used"
    for tool in model.definition.tools:
        if tool.parameters is not None and not isinstance(tool.parameters.get("properties", {}), dict):
            yield f"tool {tool.name}: its parameters are no JSON schema of an object; inputs are not checked"
        if tool.name not in model.definition.description:
            yield f"tool {tool.name}: the prompt never names it"
    for statement in model.statements:
        if statement.trigger and not statement.consequence and not statement.text.endswith(":"):
            yield f"line {statement.lines[0]}: a condition without a consequence: {statement.text[:60]}"


def told(model: AgentModel) -> str:
    """The same as text, at most WIDTH characters wide."""
    return "\n".join(_lines(model))


def _lines(model: AgentModel) -> Iterator[str]:
    kinds = Counter(statement.kind for statement in model.statements)
    yield f"{model.definition.name} ({model.definition.language})"
    yield f"{len(model.statements)} statements: " + ", ".join(f"{n} {kind}" for kind, n in kinds.most_common())
    yield ""
    yield "What callers want"
    for goal in model.goals:
        yield f"  {goal.phrase}" + (f"  [{', '.join(goal.tools)}]" if goal.tools else "")
    yield ""
    yield "Tools"
    for tool in model.tools:
        view = _tool(model, tool)
        answers = ", ".join(f"{n} {outcome}" for outcome, n in view["answers"].items())
        after = f"  after {', '.join(view['after'])}" if view["after"] else ""
        yield f"  {tool.name}: {view['does']} ({tool.effect}; {answers}){after}"
    yield ""
    yield "Statements"
    for statement in model.statements:
        yield _cut(f"  {statement.lines[0]:>4}  {statement.kind:<12} {statement.text}")
        if statement.trigger:
            yield _cut(f"{'':>20} when: {statement.trigger}")
    found = list(warnings_of(model))
    if found:
        yield ""
        yield "Warnings"
        yield from (_cut(f"  {text}") for text in found)


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"
