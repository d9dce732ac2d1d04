"""A run for the sample agent with its questions and answers: made with a model, replayed without.

`PYTHONPATH=layers/evalgen python -m tests.kept_run.run` makes it again, by the embedded planner's own tests
in place of a model's; with GENERATOR and MODEL_ID set (docs/models.md) by that model.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from evalgen.generation.assignment import Assignment
from evalgen.generation.brief import Brief, Personality
from evalgen.generation.draft import Draft
from evalgen.generation.plan.test import Test
from evalgen.generation.with_model.generator import WithModel
from evalgen.generation.with_model.instructions import version
from evalgen.models.opening import open_model
from evalgen.models.port import Answer, Model, Question, Usage
from evalgen.models.settings import model_settings
from tests.agents_on_disk import definition_of
from tests.scripted_model.good_answers import GoodModel
from tests.scripted_model.server import Asked

AGENT = "roadside"
COUNT = 8
ANSWERS = Path(__file__).with_name("answers.json")
SCENARIOS = Path(__file__).with_name("scenarios.json")
KEPT = (
    "name", "instructions", "expected_outcome", "first_message", "language", "tags",
    "testing_agent_variables", "main_agent_variables", "mock_entries", "expected_calls", "forbidden_calls",
    "writer", "reviewed",
)  # fmt: skip


class Changed(Exception):
    """A question that no answer is kept for."""


@dataclass
class Scripted:
    """The scripted model without a server."""

    good: GoodModel
    name: str = "scripted"

    def ask(self, question: Question) -> Answer:
        asked = Asked(0, question.form, question.schema, question.material, question.task)
        return Answer(self.good(asked).text, "end", Usage(1))


@dataclass
class Keeping:
    """Asks a model and keeps what it answers; without one, answers what is kept."""

    asked: Model | None
    kept: dict[str, dict[str, str]] = field(default_factory=dict)
    name: str = "kept"

    def ask(self, question: Question) -> Answer:
        if self.asked is not None:
            answer = self.asked.ask(question)
            self.kept[question.digest] = {"step": question.step, "answer": answer.text}
            return answer
        if question.digest not in self.kept:
            raise Changed(
                f"What is sent for {question.step} has changed (instructions {version()}): look at it with "
                f"`make prompt STEP={question.step}`, then make the run again as {Path(__file__).name} says."
            )
        return Answer(self.kept[question.digest]["answer"], "end", Usage())


def scenarios(model: Keeping) -> str:
    """What comes of the run, as text."""
    agent = definition_of(AGENT)
    brief = Brief(COUNT, "kept", (Personality(1, "Plain", "en"),), generate_expected_outcomes=True)
    generator = WithModel(model)
    generator.read(agent)
    planned = generator.plan_job(agent, brief)
    tests = {slot: test for slot, test in enumerate(planned.slots) if isinstance(test, Test)}
    written = generator.write_slots(Assignment(tests, {}, brief, planned.setting, lambda: agent))
    told = [_told(draft) for _, draft in sorted(written, key=lambda one: one[0])]
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def _told(draft: Draft | Exception) -> dict[str, Any]:
    if not isinstance(draft, Draft):
        raise draft
    return {name: value for name, value in asdict(draft).items() if name in KEPT}


def main() -> None:
    settings = model_settings(os.environ)
    chosen = (
        Scripted(GoodModel(definition_of(AGENT))) if settings.provider == "embedded" else open_model(settings)
    )
    model = Keeping(chosen)
    SCENARIOS.write_text(scenarios(model), encoding="utf-8")
    ANSWERS.write_text(json.dumps(model.kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
