"""Another day than the one asked for: what the agent has to know of it, and the calls before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.plan.days import is_one_day
from evalgen.generation.plan.reactions import Reaction
from evalgen.generation.read.chain import Chain, Played, value_at
from evalgen.generation.read.grammar import Grammar
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import same


def has_to_know_other_days(reaction: Reaction, model: AgentModel) -> bool:
    """Whether the prompt has the agent offer other days where a day has nothing: it makes a call more to know
    one.
    """
    pattern = load(model.judged, "rules")["other_days"]
    return any(re.search(pattern, s.text, re.IGNORECASE) for s in reaction.all)


def is_next_day(day: str, other: str) -> bool:
    return date.fromisoformat(other) - date.fromisoformat(day) == timedelta(days=1)


def on_another_day(chain: Chain, number: int, call: MockCall, grammar: Grammar) -> list[Played] | None:
    """The calls before number `number` where that is asked with another day in `call`: those about the same
    day are, too. None where the data hold no such answer.
    """
    days = [
        (i, value_at(call.input, i.where)) for i in chain.calls[number].inputs if i.by == "caller" and i.value
    ]
    days = [(one, day) for one, day in days if day and same(day) != same(one.value)]
    found = []
    for played in chain.calls[:number]:
        moved = {i.where: day for i in played.inputs for one, day in days if is_one_day(i, one, grammar)}
        other = next(_asked_with(played, moved), None) if moved else played
        if other is None:
            return None
        found.append(other)
    return found


def _asked_with(played: Played, moved: dict[tuple[str | int, ...], str]) -> Iterator[Played]:
    """The call as the data hold it with these values instead of its own."""
    inputs = tuple(replace(one, value=moved.get(one.where, one.value)) for one in played.inputs)
    for call in played.tool.calls.get("success", ()):
        if call.input.keys() == played.call.input.keys() and all(
            same(value_at(call.input, one.where)) == same(one.value) for one in inputs
        ):
            yield replace(played, call=call, inputs=inputs)
