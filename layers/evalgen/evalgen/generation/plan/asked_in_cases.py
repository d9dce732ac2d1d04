"""What is asked besides of callers with some records: `If it is a gown, also ask for the wedding date`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evalgen.generation.languages import load
from evalgen.generation.plan.restrictions import record_of
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import Field
from evalgen.generation.values import plain, snake


def answer_in_cases(way: Walk, model: AgentModel, place: int) -> int | None:
    """Add standing answers behind step `place` for what the cases that hold for these records have asked for.

    Answers how many came in; None where a record has no such fact: the call does not get further.
    """
    fields, script, added = record_of(way.chain, model), way.script, 0
    for what in dict.fromkeys(_asked(fields, model)):
        if any(step.moment.what.endswith(what) for step in script.steps if step.moment.kind == "asked"):
            continue
        words = set(re.findall(r"\w+", plain(what)))
        found = next((one for one in fields if one.words and set(one.words) == words), None)
        if found is None:
            return None
        value = script.keep(snake("_".join(found.words)), found.value)
        script.steps.insert(place + added, script.spoken.answer(value, what))
        added += 1
    return added


def _asked(fields: Sequence[Field], model: AgentModel) -> Iterator[str]:
    """What is asked for in the cases that hold: `wedding date`."""
    asked = model.once("asked in cases", (), lambda: list(_in_cases(model)))
    holds = model.record_rules.holds
    return (what for condition, what in asked if holds(condition, fields, by_states=True) is True)


def _in_cases(model: AgentModel) -> Iterator[tuple[str, str]]:
    """(the condition of a state of a record, what is asked for then, without its article)."""
    if model.spoken != model.judged or not model.judged:
        return
    asks = re.compile(load(model.judged, "rules")["asks_for_a_fact"])
    for statement in model.sure("case"):
        if statement.condition and statement.condition.is_not_played and not statement.outer:
            for duty in statement.duties:
                if not duty.ban and (match := asks.match(duty.text)):
                    yield statement.condition.text, match["what"]
