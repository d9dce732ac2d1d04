"""How callers answer the question for a yes before a deed, and the one whether they agree to its price."""

from __future__ import annotations

import re
from dataclasses import replace

from evalgen.generation.languages import load
from evalgen.generation.plan.confirming import asked_here, confirming, deeds_of_its_paragraph, question_of
from evalgen.generation.plan.test import MOST_STEPS
from evalgen.generation.plan.way import Walk, done_slots
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement


def confirm(way: Walk, model: AgentModel, standing: bool = False) -> int:
    """The read-back and the yes, where the prompt wants them; answers the step that causes what follows."""
    rule = confirming(model, way.served)
    if len(way.script.steps) <= MOST_STEPS - 4 and _agrees_to_a_price(way, rule, model):
        way.script.say("agree_to_the_price_standing")
    if rule is None:
        step = way.last_step
        if step <= MOST_STEPS - 2:
            way.script.say("say_yes_standing", **way.slots)
        return step
    return answer_question(way, rule, model, "say_yes_standing" if standing else "say_yes")


def answer_question(way: Walk, rule: Statement, model: AgentModel, frame: str, the_one: str = "") -> int:
    """The step that answers the question for a yes, in the prompt's own words where it has some; `the_one` is
    what is asked about, where another thing has been before.
    """
    question = question_of(rule, model) if model.spoken == model.judged else ""
    frame = "say_no_after_all" if question and frame == "say_no" else frame
    slots = done_slots(way, way.slots, way.script.spoken)
    step = way.script.spoken.step(frame, **way.slots, the_one=the_one)
    asked = f'"{question}"' if question else step.moment.what + ("" if the_one else slots["to"])
    return way.script.add(replace(step, moment=replace(step.moment, what=asked)))


def _agrees_to_a_price(way: Walk, rule: Statement | None, model: AgentModel) -> bool:
    """Whether the prompt may have a price agreed to beside the deed: for some records, at some time."""
    pattern = load(model.judged, "rules")["yes_to_a_price"]
    asking = (model.by_id[name] for name in model.prompt.confirms if name in model.by_id)
    return any(
        s is not rule and asked_here(s, way.served, model) and not _is_of_another_deed(s, way, model)
        for s in asking
        if re.search(pattern, s.text, re.IGNORECASE)
    )


def _is_of_another_deed(statement: Statement, way: Walk, model: AgentModel) -> bool:
    """Whether the paragraph of a sentence names deeds by their tools, and not this one."""
    deeds = deeds_of_its_paragraph(statement, model)
    return bool(deeds) and way.served.tool.tool.name not in deeds
