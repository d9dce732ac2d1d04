"""Whether the calls before a deed are those of its playbook: `Call list_slots with service "delivery"`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.languages import load
from evalgen.generation.plan.about import in_section
from evalgen.generation.plan.tasks import Served
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement

Choice = tuple[str, str, frozenset[str]]
"""A tool, a parameter of it, and the values that a playbook has it called with."""


def is_of_another_task(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether a call takes another choice than the one that the playbook of the deed names for its tool: the
    deed is then done for another task.
    """
    named = model.once("choices named", served.key, lambda: tuple(_named(served, model)))
    return any(
        played.tool.tool.name == tool and str(played.call.input.get(parameter, "")) not in values
        for tool, parameter, values in named
        for played in chain.calls
        if parameter in played.call.input
    )


def _named(served: Served, model: AgentModel) -> Iterator[Choice]:
    found: dict[tuple[str, str], set[str]] = {}
    for statement in model.prompt.statements:
        if in_section(statement, served) and not _is_for_some(statement, model):
            for name in statement.names:
                for parameter in model.tools[name].properties:
                    choices = model.tools[name].choices(parameter)
                    found.setdefault((name, parameter), set()).update(
                        choice for choice in choices if _is_quoted(str(choice), statement.text)
                    )
    yield from ((*key, frozenset(values)) for key, values in found.items() if values)


def _is_for_some(statement: Statement, model: AgentModel) -> bool:
    """Whether a sentence holds in a case only."""
    if statement.condition is not None:
        return statement.condition.by != "call"
    opens = load(model.judged, "prompt")["parts"]["opens_case"]
    return re.match(opens, statement.text, re.IGNORECASE) is not None


def _is_quoted(choice: str, text: str) -> bool:
    return re.search(rf"[\"`'“«]{re.escape(choice)}[\"`'”»]", text) is not None
