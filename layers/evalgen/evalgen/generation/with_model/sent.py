"""What a model would be sent for an agent, without sending it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from evalgen.generation import embedded
from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.read.model import read_agent
from evalgen.generation.with_model import planning, planning_task, reading, reviewing, writing
from evalgen.generation.with_model.asking import Form, schema_of
from evalgen.generation.with_model.disposing import Disposing
from evalgen.generation.with_model.forms import Plan, Reading, Review, Writing
from evalgen.generation.with_model.instructions import Step, version
from evalgen.generation.with_model.material import language_told_in, material_of
from evalgen.generation.write.writer import write

_FORMS: dict[Step, type[Form]] = {"read": Reading, "plan": Plan, "write": Writing, "review": Review}


def sent(agent: AgentDefinition, step: Step) -> str:
    """One call of the step, whole, or all of those that read the agent. What a model would have read or
    planned before is that of the embedded way."""
    model = read_agent(agent)
    if step == "read":
        parts = reading.parts_to_read(model)
        return _told(step, reading.material_text(model), [reading.task_of(part, model) for part in parts])
    count = planning.per_call(agent.language)
    brief = Brief(
        count,
        "seed",
        (Personality(1, "Normal", agent.language),),
        generate_expected_outcomes=True,
    )
    told_in = language_told_in(model)
    material = material_of(model, told_in)
    setting = embedded.setting_of(model)
    if step == "plan":
        disposing = Disposing(model, material, brief, agent.language, told_in)
        task = planning_task.task_of(disposing, setting, count)
    else:
        tests = dict(enumerate(embedded.plan_model(model, brief).tests))
        worded = {
            slot: writing.Worded(test, write(test, brief, setting, brief.personality_of(slot)))
            for slot, test in tests.items()
        }
        task = writing.task_of(material, tests) if step == "write" else reviewing.task_of(material, worded)
    return _told(step, material.text, [task])


def _told(step: Step, material: str, tasks: Sequence[str]) -> str:
    if not tasks:
        return f"step {step}: nothing is sent, as the rules read all of this prompt."
    users = [part for task in tasks for part in ("== user ==", task)]
    schema = json.dumps(schema_of(_FORMS[step]), indent=1)
    head = f"== instructions {version()}, step {step}: system =="
    return "\n\n".join([head, material, *users, "== schema ==", schema])
