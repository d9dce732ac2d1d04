"""What is understood of an agent, as a person can check it in a minute, and what would make more of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition, Tool
from evalgen.generation.embedded import plan_model, read_agent
from evalgen.generation.plan.identity_asked import unanswered
from evalgen.generation.plan.planned import Planned
from evalgen.generation.plan.test import Shortfall
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Condition, Prompt, Statement, Task
from evalgen.generation.read.unread import ranges

MOST_SCENARIOS = 100
_SEED = "explain"
_FURTHER = "a further scenario would test it"


def explained(definition: AgentDefinition) -> dict[str, Any]:
    """As JSON: tasks, statements with the rule that read each and the scenarios that test it, tools, how many
    workflow scenarios are certain (of up to MOST_SCENARIOS), how many tests each check has kept out, and
    what would give more."""
    model = read_agent(definition)
    caller = Personality(0, "", definition.language)
    brief = Brief(MOST_SCENARIOS, _SEED, (caller,), generate_expected_outcomes=True)
    planned = plan_model(model, brief)
    tested = {entry.id: [slot + 1 for slot in entry.slots] for entry in planned.ledger.entries}
    why = {entry.id: entry.why or _FURTHER for entry in planned.ledger.entries if not entry.slots}
    prompt: Prompt = model.prompt
    return {
        "name": definition.name,
        "language": definition.language,
        "prompt_language": prompt.language,
        "agent_opens": planned.setting.agent_opens,
        "organisation": planned.setting.organisation,
        "scenarios": len(planned.tests),
        "shortfall": next((slot.told for slot in planned.slots if isinstance(slot, Shortfall)), ""),
        "names": [test.aim for test in planned.tests],
        "tasks": [_task(task, prompt) for task in prompt.tasks],
        "statements": [
            {**_statement(one), "tested_by": tested.get(one.id, []), "not_tested": why.get(one.id, "")}
            for one in prompt.statements
        ],
        "tools": [_tool(tool, model.invented) for tool in model.definition.tools],
        "mock_tools": mock_tools_of(model.definition),
        "variables": [variable.name for variable in definition.variables],
        "warnings": list(planned.warnings),
        "kept_out": planned.kept_out,
        "advice": [*_advice(definition, prompt, planned), *_answers(model)],
    }


def _statement(one: Statement) -> dict[str, Any]:
    return {
        "id": one.id,
        "lines": list(one.lines),
        "kind": one.kind,
        "section": list(one.section),
        "text": one.text,
        "read_by": one.because,
        "sure": one.sure,
        "condition": _condition(one.condition) if one.condition else None,
        "under": [_condition(condition) for condition in one.outer],
        "duties": [duty.text for duty in one.duties],
        "tools": list(one.tools),
    }


def _condition(one: Condition) -> dict[str, Any]:
    return {"text": one.text, "by": one.by, "caller": one.move, "answer": one.answer}


def _task(task: Task, prompt: Prompt) -> dict[str, Any]:
    lines = [one.lines[0] for one in prompt.statements if one.id in task.statements]
    return {"wish": task.wish, "asks_to": task.asks_to, "lines": lines, "section": list(task.section)}


def _tool(tool: Tool, invented: Collection[str]) -> dict[str, Any]:
    properties = (tool.parameters or {}).get("properties")
    names = list(properties) if isinstance(properties, dict) else []
    made = tool.name in invented
    return {"name": tool.name, "examples": len(tool.mock_data), "invented": made, "inputs": names}


def mock_tools_of(definition: AgentDefinition) -> list[dict[str, Any]]:
    """The tools as an agent's `mock-tools.json` holds them."""
    return [
        {
            "name": tool.name,
            "description": tool.description,
            "freetext_params": list(tool.freetext_params),
            "mock_data": [{"input": call.input, "output": call.output} for call in tool.mock_data],
        }
        for tool in definition.tools
    ]


def _advice(definition: AgentDefinition, prompt: Prompt, planned: Planned) -> Iterator[str]:
    """What to change in the agent so that more of it can be tested; each text begins with its place."""
    for tool in definition.tools:
        if not tool.mock_data:
            yield f"tools: {tool.name} has no mock data: correct what is invented for it, or give some."
        if not tool.parameters and not any(call.input for call in tool.mock_data):
            yield f"tools: {tool.name} has no parameters, so what goes into it is not certain."
    if not all(one.sure for one in prompt.statements):
        yield "description: say one condition and one order in a sentence of its own, and it is read."
    nobody = {one.lines[0] for one in prompt.statements if one.condition and one.condition.by == "other"}
    if nobody:
        yield (
            f"description: what lines {ranges(sorted(nobody))} depend on is brought about neither by the "
            "caller nor by a tool's answer."
        )
    if planned.setting.agent_opens is False and definition.speaks_first is None:
        yield "agent_speaks_first: it is not said who opens the call, so the caller does."


def _answers(model: AgentModel) -> Iterator[str]:
    for tool, fact in unanswered(model):
        yield (
            f"tools: callers may be asked for their {fact}, which no answer of {tool} tells: nothing behind "
            "that is certain. Add it to the tool's mock data."
        )
