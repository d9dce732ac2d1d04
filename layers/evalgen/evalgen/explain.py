"""The agent model as a person can check it in a minute: what was understood, and what was not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalgen.generation.definition import AgentDefinition
from evalgen.generation.values import key_of, leaves
from evalgen.planning.plan import Beat
from evalgen.planning.plays import Play, play_of
from evalgen.reading.acts import Act
from evalgen.reading.model import AgentModel, read_agent
from evalgen.reading.records import Chain
from evalgen.reading.statements import Statement
from evalgen.reading.tools import ToolModel
from evalgen.reading.warnings import warnings_of
from evalgen.writing.instructions import values_of
from evalgen.writing.phrases import Phrases, phrases_of


def explained(definition: AgentDefinition) -> dict[str, Any]:
    """As JSON: goals, statements and how each is tested, tools, links between them, people, warnings."""
    model = read_agent(definition)
    phrases = phrases_of(model.definition.language)
    chains = [model.records.chain(tool, call) for tool in model.tools for call in tool.calls["success"]]
    return {
        "name": model.definition.name,
        "language": model.definition.language,
        "goals": [{"phrase": goal.phrase, "tools": list(goal.tools)} for goal in model.goals],
        "statements": [_statement(s, play_of(s, model), phrases) for s in model.statements],
        "tools": [_tool(tool) for tool in model.tools],
        "links": list(dict.fromkeys(link for chain in chains for link in _links(chain))),
        "people": list(_people(model, chains)),
        "variables": [variable.name for variable in model.variables],
        "warnings": list(warnings_of(definition, model)),
    }


def _statement(statement: Statement, play: Play, phrases: Phrases) -> dict[str, Any]:
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
        "tested_by": play.by,
        "caller": _in_words(play.act, phrases) if play.act else play.name.replace("_", " "),
        "not_tested": play.why,
    }


def _in_words(act: Act, phrases: Phrases) -> str:
    """The first phrase for the act that needs nothing else, as a step of the caller's."""
    values = values_of(Beat(act.kind, 0, {"x": act.x}), phrases)
    return phrases.tidy(phrases.pick(act.kind, 0, "", frozenset(values)).say.format_map(values))


def _tool(tool: ToolModel) -> dict[str, Any]:
    return {
        "name": tool.name,
        "does": f"{tool.verb} {tool.noun}".strip(),
        "effect": tool.effect,
        "answers": {outcome: len(calls) for outcome, calls in tool.calls.items() if calls},
        "inputs": [{"name": p.name, "kind": p.kind, "required": p.required} for p in tool.parameters],
    }


def _links(chain: Chain) -> Iterator[str]:
    """`find_booking.booking_id -> cancel_booking.booking_id`."""
    for step in chain.steps:
        for link in step.links:
            yield f"{chain.steps[link.call].tool.name}.{key_of(link.path)} -> {step.tool.name}.{link.key}"


def _people(model: AgentModel, chains: list[Chain]) -> Iterator[dict[str, Any]]:
    """Everybody whom a tool identifies: what is known of them, and whose examples are about them."""
    for tool in model.tools:
        for call in tool.calls["success"] if tool.effect == "identify" else ():
            about = [
                c.last.tool.name for c in chains if c.person and c.person.call == call and c.last.tool != tool
            ]
            facts = {key_of(path): value for path, value in (*leaves(call.input), *leaves(call.output))}
            yield {"found_by": tool.name, "known": facts, "appears_in": list(dict.fromkeys(about))}
