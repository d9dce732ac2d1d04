"""What who is called by the agent says on picking up, before the agent says what the call is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evalgen.generation.plan.script import Script
from evalgen.generation.plan.test import MOST_STEPS, ExpectedCall
from evalgen.generation.read.greeting import calls_out
from evalgen.generation.read.identity import is_full_name
from evalgen.generation.read.model import AgentModel


def is_called(model: AgentModel) -> bool:
    """Whether the agent places its calls."""
    return model.once("calls_out", (), lambda: calls_out(model.prompt))


def ends_unknown(calls: Sequence[ExpectedCall], model: AgentModel) -> bool:
    """Whether the call ends before it is known who was called: what it is about may not have been said."""
    made = [call for call in calls if not call.optional]
    return bool(made) and is_called(model) and model.tools[made[-1].tool].role == "identify"


def pick_up(script: Script, model: AgentModel, variables: Mapping[str, Any]) -> None:
    """Add a yes, if it is asked for, of the person whose name an agent that calls was given.

    It stands behind the first step, if there is room.
    """
    if not is_called(model):
        return
    name = next((value for value in variables.values() if is_full_name(value)), None)
    if name is None or len(script.steps) >= MOST_STEPS:
        return
    ref = script.keep("full_name", name)
    script.steps[1:1] = [script.spoken.step("say_who_standing", value=ref)]
    script.assertions[:] = [one.moved(1) for one in script.assertions]
