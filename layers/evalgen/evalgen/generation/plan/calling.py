"""Who asks a document's questions: somebody whom the agent can identify, where it does that first or the call
would have too few turns.
"""

from __future__ import annotations

import re
from dataclasses import replace

from evalgen.generation.languages import load
from evalgen.generation.plan.caller import caller_of, identifies_first
from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.test import FEWEST_STEPS, Test
from evalgen.generation.plan.variables import variables_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import plain_text


class Calling:
    """The callers of one agent, in the language that it speaks."""

    def __init__(self, model: AgentModel, seed: str) -> None:
        self._model, self._seed = model, seed
        self._identifies = bool(model.spoken) and identifies_first(model) and not _answers_anybody(model)

    def identified(self, test: Test) -> Test:
        """The test with the agent's variables, and answers to who is calling behind its first question."""
        short = bool(self._model.spoken) and len(test.steps) < FEWEST_STEPS
        if not (self._identifies or short):
            return replace(test, variables=variables_of(self._model, None, {}))
        caller = caller_of(self._model, f"{self._seed}/{test.key}")
        script = Script(Speech(self._model.spoken), Speech(self._model.spoken))
        caller.answer(script)
        return replace(
            test,
            steps=(test.steps[0], *script.steps, *test.steps[1:]),
            assertions=tuple(one.moved(1, len(script.steps)) for one in test.assertions),
            calls=tuple(caller.calls),
            profile=dict(script.profile),
            variables=variables_of(self._model, caller.chain, script.profile),
        )


def _answers_anybody(model: AgentModel) -> bool:
    """Whether the prompt says that questions need nobody identified."""
    anybody = load(model.judged, "identity")["questions_of_anybody"] if model.judged else "$^"
    return re.search(anybody, plain_text(model.definition.description)) is not None
