"""Workflow tests of a request that came with files: by turns with the others, what these say is asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import chain, zip_longest

from evalgen.generation.brief import Brief
from evalgen.generation.plan.knowledge import knowledge_tests
from evalgen.generation.plan.test import Test
from evalgen.generation.read.model import AgentModel


def with_files(
    tests: Iterator[Test], model: AgentModel, brief: Brief, taken: Collection[str] = ()
) -> Iterator[Test]:
    """The tests, and after each one, where there are files, a test about them."""
    if not brief.context:
        return tests
    asked = knowledge_tests(*drawing_on_files(model, brief), taken)
    return (test for test in chain.from_iterable(zip_longest(tests, asked)) if test is not None)


def drawing_on_files(model: AgentModel, brief: Brief) -> tuple[AgentModel, Brief]:
    """The agent with the request's files among its documents, and a brief that draws on these files alone."""
    documents = (*model.definition.documents, *brief.context)
    chosen = tuple(file.id for file in brief.context)
    return (
        replace(model, definition=replace(model.definition, documents=documents)),
        replace(brief, knowledge_base=chosen),
    )
