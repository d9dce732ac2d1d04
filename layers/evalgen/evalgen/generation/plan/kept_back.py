"""What the prompt does not have told of a record: nobody who asks just hears it."""

from __future__ import annotations

import re
from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import fields_of
from evalgen.generation.read.statement import Duty, Statement
from evalgen.generation.values import kind_of, plain


def ruling(call: MockCall, model: AgentModel) -> list[Statement]:
    """The cases of the prompt that pass on what this record is about, have something of it not told, or do
    not say for certain what is done.
    """
    cases = [s for s in model.sure("case") if s.condition and s.condition.is_not_played and not s.outer]
    ruled = [s for s in cases if not s.duties or any(_keeps_back(d, model) for d in s.duties)]
    fields = list(fields_of(call.output)) if ruled else []
    return [s for s in ruled if s.condition and model.record_rules.may_hold(s.condition.text, fields)]


def is_over_by_a_rule(call: MockCall, model: AgentModel) -> bool:
    """Whether the prompt has a case of its own for the state that this record is over with: `Expired: say so,
    and …`. A fact of it alone is half of the answer.
    """
    over = set(load(model.judged, "rules")["over"]) if model.judged else set[str]()
    states = (s.condition.text for s in model.sure("case") if s.condition and not s.outer)
    named = {state for state in states if plain(state) in over}
    fields = list(fields_of(call.output)) if named else []
    return any(model.record_rules.holds(state, fields) is True for state in named)


def surely_ruling(call: MockCall, model: AgentModel) -> list[Statement]:
    """Those of them that surely hold: their condition says nothing more, as `a chip repair that has spread`
    does.
    """
    more, fields = load(model.judged, "rules")["says_more_of_it"], list(fields_of(call.output))
    said = ((s, s.condition.text) for s in ruling(call, model) if s.condition and s.duties)
    return [s for s, text in said if model.record_rules.holds(text, fields) and not re.search(more, text)]


def _keeps_back(duty: Duty, model: AgentModel) -> bool:
    if duty.ban:
        return duty.verb in load(model.judged, "rules")["of_words"]
    return duty.verb in load(model.judged, "plan")["moves"]["passes_on"]


def tells_it_himself(key: str, value: Any, model: AgentModel) -> bool:
    """Whether a text on record is what callers tell where it is made: the place that they name."""
    makes = load(model.judged, "invented_things")["makes"] if model.judged else ()
    return kind_of(key, value) == "text" and any(
        key in tool.properties and tool.name and tool.name.verb in makes for tool in model.tools.values()
    )
