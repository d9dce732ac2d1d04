"""What a model would be sent for an agent, without sending it."""

from __future__ import annotations

import json

from evalgen.generation import embedded
from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.read.model import read_agent
from evalgen.generation.with_model import planning, reviewing, writing
from evalgen.generation.with_model.asking import Form, schema_of
from evalgen.generation.with_model.disposing import Disposing
from evalgen.generation.with_model.forms import Plan, Review, Writing
from evalgen.generation.with_model.instructions import Step, version
from evalgen.generation.with_model.material import material_of
from evalgen.generation.write.writer import write

_FORMS: dict[Step, type[Form]] = {"plan": Plan, "write": Writing, "review": Review}


def sent(agent: AgentDefinition, step: Step) -> str:
    """One call of the step, whole; of write and review with the embedded tests in place of the model's."""
    brief = Brief(
        planning.PER_CALL,
        "seed",
        (Personality(1, "Normal", agent.language),),
        generate_expected_outcomes=True,
    )
    model = read_agent(agent)
    told_in = model.prompt.language or agent.language[:2]
    material = material_of(model, told_in)
    setting = embedded.setting_of(model)
    if step == "plan":
        disposing = Disposing(model, material, brief, agent.language, told_in)
        task = planning.task_of(disposing, setting, planning.PER_CALL)
    else:
        tests = dict(enumerate(embedded.plan_model(model, brief).tests))
        worded = {
            slot: writing.Worded(test, write(test, brief, setting, brief.personality_of(slot)))
            for slot, test in tests.items()
        }
        task = writing.task_of(material, tests) if step == "write" else reviewing.task_of(material, worded)
    schema = json.dumps(schema_of(_FORMS[step]), indent=1)
    head = f"instructions {version()}, step {step}"
    return "\n\n".join([f"== {head}: system ==", material.text, "== user ==", task, "== schema ==", schema])
