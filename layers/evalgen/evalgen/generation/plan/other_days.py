"""Another day than the one asked for: what the agent has to know of it, and the calls before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.plan.about import in_section
from evalgen.generation.plan.days import is_one_day
from evalgen.generation.plan.reactions import Reaction
from evalgen.generation.plan.tasks import Served
from evalgen.generation.read.chain import Chain, Played, value_at
from evalgen.generation.read.grammar import Grammar
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import Path, key_of, kind_of, leaves, plain, same


def has_to_know_other_days(reaction: Reaction, model: AgentModel) -> bool:
    """Whether the prompt has the agent offer other days where a day has nothing: it makes a call more to know
    one.
    """
    pattern = load(model.judged, "rules")["other_days"]
    return any(re.search(pattern, s.text, re.IGNORECASE) for s in reaction.all)


def is_too_far(chain: Chain, number: int, served: Served, model: AgentModel) -> bool:
    """Whether call number `number` asks about a day that is further from every day of the records before it
    than the prompt has the deed's new day be (`at most 14 days from the current date`): a good agent refuses
    it without the call.
    """
    limit = model.once("moved within", served.key, lambda: _moved_within(served, model))
    if limit is None:
        return False
    held = list(_days_in(leaf for p in chain.calls[:number] for leaf in leaves(p.call.output)))
    asked = _days_in((one.where, one.value) for one in chain.calls[number].inputs if one.by == "caller")
    return any(all(abs(day - one) > limit for one in held) for day in asked)


def _moved_within(served: Served, model: AgentModel) -> timedelta | None:
    """How far the new day of a deed may be from the one that it replaces; None where no rule says so."""
    pattern = load(model.judged, "rules")["moved_within"]
    rules = (s for s in model.prompt.statements if in_section(s, served))
    found = next((m for s in rules if (m := re.search(pattern, plain(s.text)))), None)
    most = model.record_rules.number(found["n"]) if found else None
    return timedelta(days=most * (7 if found["weeks"] else 1)) if found and most is not None else None


def _days_in(found: Iterable[tuple[Path, Any]]) -> Iterator[date]:
    for path, value in found:
        if kind_of(key_of(path), value) in ("date", "datetime"):
            yield date.fromisoformat(str(value)[:10])


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
