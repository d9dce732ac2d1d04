"""What a model would be sent for an agent, without sending it."""

from __future__ import annotations

import json
from collections import Counter

from evalgen.generation import embedded
from evalgen.generation.brief import Brief, Personality
from evalgen.generation.check.scenario import Checker
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.read.model import read_agent
from evalgen.generation.with_model.asking import Form, schema_of
from evalgen.generation.with_model.disposing import Disposing
from evalgen.generation.with_model.forms import Plan, Review, Writing
from evalgen.generation.with_model.instructions import Step, version
from evalgen.generation.with_model.material import material_of
from evalgen.generation.with_model.planning import PER_CALL, Ideas
from evalgen.generation.with_model.reviewing import Reviewer
from evalgen.generation.with_model.writing import Writer
from evalgen.models.port import Answer, Question

_FORMS: dict[Step, type[Form]] = {"plan": Plan, "write": Writing, "review": Review}


class _Nobody:
    name = "nobody"

    def ask(self, question: Question) -> Answer:
        raise NotImplementedError


def sent(agent: AgentDefinition, step: Step) -> str:
    """One call of the step, whole; of write and review with the embedded tests in place of the model's."""
    brief = Brief(
        PER_CALL, "seed", (Personality(1, "Normal", agent.language),), generate_expected_outcomes=True
    )
    model = read_agent(agent)
    told_in = model.prompt.language or agent.language[:2]
    material = material_of(model, told_in)
    setting = embedded.setting_of(model)
    if step == "plan":
        disposing = Disposing(model, material, brief, agent.language, told_in)
        task = Ideas(_Nobody(), disposing, setting, lambda: 0, Counter()).task(PER_CALL)
    else:
        tests = dict(enumerate(embedded.plan_model(model, brief).tests))
        writer = Writer(
            _Nobody(),
            material,
            Checker(model.definition, in_own_words=True),
            brief,
            setting,
            [agent.description],
        )
        worded = {slot: writer.as_planned(slot, test) for slot, test in tests.items()}
        task = writer.task(tests) if step == "write" else Reviewer(_Nobody(), material).task(worded)
    schema = json.dumps(schema_of(_FORMS[step]), indent=1)
    head = f"instructions {version()}, step {step}"
    return "\n\n".join([f"== {head}: system ==", material.text, "== user ==", task, "== schema ==", schema])
