"""Why a job has no further scenario: what of its material could be read, and what would give more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evalgen.generation.brief import Brief
from evalgen.generation.definition import Document
from evalgen.generation.plan.identity_asked import unanswered
from evalgen.generation.read.documents import Knowledge
from evalgen.generation.read.model import AgentModel

MORE = "say in the description what happens in more cases"
NAMED = 3
"""So many things are named, the others counted."""


def shortfall(
    model: AgentModel,
    brief: Brief,
    done: int,
    earlier: int,
    unfit: int,
    knowledge: Knowledge,
    kept_out: Mapping[str, int],
) -> str:
    """In words. `earlier` tests are those of earlier jobs, `unfit` ones do not hold for the given profile,
    `knowledge` is of the documents that the job draws on, `kept_out` counts by what a check found in a test.
    """
    known = list(_known(model, brief, knowledge))
    if earlier:
        known.append(f"the {earlier} tests of earlier jobs are not repeated")
    if unfit:
        known.append(f"{unfit} tests do not hold for the given test profile")
    if kept_out:
        often = max(kept_out, key=lambda reason: kept_out[reason])
        known.append(f"checks kept out {sum(kept_out.values())} more ({often})")
    lacking = [*_lacking(model, brief, knowledge), *(["leave the test profile out"] if unfit else [])]
    advice = ", ".join([*(lacking or [MORE]), "or ask for fewer scenarios"])
    return (
        f"{done} of {brief.num_scenarios} scenarios are certain: {', '.join(known)}. "
        f"{advice[0].upper()}{advice[1:]}."
    )


def _documents(model: AgentModel, brief: Brief) -> Sequence[Document]:
    """Those that a job draws on: files of the request, or, where it is about them, the agent's."""
    if brief.scenario_type == "workflow":
        return brief.context
    if brief.scenario_type != "knowledge_base":
        return ()
    chosen = brief.knowledge_base
    return [one for one in model.definition.documents if not chosen or one.id in chosen]


def _known(model: AgentModel, brief: Brief, knowledge: Knowledge) -> Iterator[str]:
    if brief.scenario_type != "knowledge_base":
        statements, tools = model.prompt.statements, model.definition.tools
        sure = sum(one.sure for one in statements)
        mocked = sum(bool(one.mock_data) and one.name not in model.invented for one in tools)
        yield f"{sure} of the description's {len(statements)} statements are read with certainty"
        yield f"{mocked} of {len(tools)} tools have mock data"
    documents = _documents(model, brief)
    kind = "documents" if brief.scenario_type == "knowledge_base" else "files"
    if documents or kind == "documents":
        silent = _silent(documents, knowledge)
        none = f" (none in {_some(silent)})" if silent else ""
        read = len(documents) - len(silent)
        yield f"facts are read with certainty in {read} of {len(documents)} {kind}{none}"


def _lacking(model: AgentModel, brief: Brief, knowledge: Knowledge) -> Iterator[str]:
    if brief.scenario_type != "knowledge_base":
        yield from _lacking_of_agent(model)
    documents = _documents(model, brief)
    if silent := _silent(documents, knowledge):
        yield f"say one fact in a sentence, or a row of a table, of its own in {_some(silent)}"
    elif brief.scenario_type == "knowledge_base":
        yield "give documents with more facts"


def _lacking_of_agent(model: AgentModel) -> Iterator[str]:
    if not all(one.sure for one in model.prompt.statements):
        yield "generate with a model, which reads more"
        yield "put conditions and orders of the description in sentences of their own"
    bare = [
        tool.name
        for tool in model.definition.tools
        if not tool.mock_data or tool.name in model.invented
        if model.tools[tool.name].role != "inward"
    ]
    if bare:
        yield f"add mock data to {_some(bare)}"
    for tool, fact in dict(unanswered(model)).items():
        yield f"say in the answers of {tool} what the caller's {fact} is"


def _silent(documents: Sequence[Document], knowledge: Knowledge) -> list[str]:
    """The names of those that say nothing a test can rest on."""
    speaking = {fact.file for fact in knowledge.sure}
    return [one.file_name for one in documents if one.file_name not in speaking]


def _some(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
