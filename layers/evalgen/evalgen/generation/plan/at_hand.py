"""Answers that a good agent may want besides: its other look-ups of what the call's own answers speak of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from evalgen.generation.definition import MockCall
from evalgen.generation.plan.test import ExpectedCall
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.words import in_all
from evalgen.generation.values import key_of, key_words, kind_of, leaves, same

MOST = 8
"""So many more answers lie beside those of the test's own calls."""


def at_hand(calls: Sequence[ExpectedCall], model: AgentModel) -> Iterator[ExpectedCall]:
    """The examples of other look-ups that may be made: asked with nothing but values of these calls, among
    them an id that one of their answers has (a caller's own only where nothing is done for them); or those of
    callers with some of their facts alone.
    """
    known = {same(v) for one in calls for _, v in (*leaves(one.input), *leaves(one.output))}
    done = any(model.tools[one.tool].role == "write" for one in calls)
    told = {
        same(value)
        for one in calls
        for path, value in leaves(one.output)
        if kind_of(key_of(path), value) == "id"
        and not (done and not in_all("nouns", "people").isdisjoint(key_words(key_of(path))))
    }
    made = {one.tool for one in calls}
    found = [
        (tool, call)
        for name, tool in model.tools.items()
        if tool.role == "read" and name not in made
        for call in tool.calls.get("success", ())
        if _is_of(call, known, told)
    ]
    found += [(model.tools[one.tool], call) for one in calls for call in _asked_with_less(one, model)]
    for number, (tool, call) in enumerate(islice(found, MOST), 1):
        yield ExpectedCall(f"h{number}", tool.tool.id, tool.tool.name, call.input, call.output, optional=True)


def _asked_with_less(one: ExpectedCall, model: AgentModel) -> Iterator[MockCall]:
    """Of a look-up of callers the examples with some of its inputs alone: an agent may try those first."""
    tool = model.tools[one.tool]
    for call in tool.tool.mock_data if tool.role == "identify" else ():
        if call.input.items() < one.input.items():
            yield call


def _is_of(call: MockCall, known: Collection[str], told: Collection[str]) -> bool:
    asked = {same(value) for _, value in leaves(call.input)}
    return asked <= set(known) and not asked.isdisjoint(told)
