"""What the agent has to ask for before it does anything for a caller."""

from __future__ import annotations

from typing import Any

from evalgen.generation.plan.giving import shows_the_number
from evalgen.generation.plan.script import reference
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import kind_of


def asked_of_callers(way: Walk, model: AgentModel) -> tuple[str, int, str] | None:
    """What the call that identifies takes from the caller, where each is asked for in a step of its own: the
    call, the last of those steps, and what they ask for. A number that the agent sees may be confirmed only.
    """
    number = next((n for n, p in enumerate(way.chain.calls) if p.tool.role == "identify"), None)
    if number is None or way.script.spoken.language != way.script.judged.language:
        return None
    inputs = {"/".join(map(str, one.where)): one for one in way.chain.calls[number].inputs}
    seen = shows_the_number(model.definition.description)
    given = [
        step
        for (call, where), step in way.given.items()
        if call == number and not (seen and kind_of(inputs[where].key, inputs[where].value) == "phone")
    ]
    if not all(
        _gives(way, step, inputs[where].value) for (c, where), step in way.given.items() if c == number
    ):
        return None
    asked = [way.script.steps[step - 1].moment for step in given if step > 1]
    mark = str(way.script.judged.frames["moves"]["asked_for"])
    if not asked or len(asked) != len(given) or any(m.standing or m.kind != "asked" for m in asked):
        return None
    things = [m.what.removeprefix(mark) for m in asked if m.what.startswith(mark)]
    if len(things) != len(asked):
        return None
    return way.calls[number].id, max(given), way.script.judged.grammar.listed(things)


def _gives(way: Walk, step: int, value: Any) -> bool:
    """Whether a step gives a value: steps may have been joined since."""
    action = way.script.steps[step - 1].action
    return any(v == value and reference(k) in action for k, v in way.script.profile.items())
