"""A no to what the playbook of a deed has the agent offer every caller in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from evalgen.generation.languages import load
from evalgen.generation.plan.about import names_verb
from evalgen.generation.plan.confirming import deeds_of_its_paragraph
from evalgen.generation.plan.deed_words import slots_of
from evalgen.generation.plan.test import Step
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement


def keep_to_it(way: Walk, asked: Sequence[Statement], model: AgentModel, place: int) -> int:
    """Add the no behind step number `place`: `Offer to move it instead, once.`, `Offer a pause once.`

    Answers how many steps came in.
    """
    if model.spoken != model.judged:
        return 0
    step = next(_refusals(way, (s for s in asked if _is_here(s, way, model)), model), None)
    if step:
        way.script.steps.insert(place, step)
    return int(step is not None)


def _is_here(statement: Statement, way: Walk, model: AgentModel) -> bool:
    """Whether a sentence stands in the playbook of the deed, or in a paragraph that names no other."""
    if way.served.section:
        return statement.section == way.served.section
    return deeds_of_its_paragraph(statement, model) == {way.served.tool.tool.name}


def _refusals(way: Walk, asked: Iterator[Statement], model: AgentModel) -> Iterator[Step]:
    table, verb = load(model.judged, "rules"), way.slots["verb"]
    for statement in asked:
        mentioned = re.search(table["mentions_instead"], statement.text, re.IGNORECASE)
        instead = _instead(mentioned.groupdict(), model) if mentioned else ""
        if instead and not names_verb(instead, way.served.tool, model):
            yield way.script.spoken.step("keep_to_it_standing", **way.slots | {"verb": instead.lower()})
        if not _is_for_all(statement, model):
            continue
        deed = re.search(table["offers_instead"], statement.text, re.IGNORECASE)
        if deed and not names_verb(deed["verb"], way.served.tool, model):
            yield way.script.spoken.step("keep_to_it_standing", **way.slots | {"verb": deed["verb"]})
        thing = re.search(table["offers_a_thing"], statement.text, re.IGNORECASE)
        if thing and verb in table["ends"]:
            yield way.script.spoken.step("refuse_offer_standing", what=thing["what"].lower())


def _instead(mentioned: Mapping[str, str | None], model: AgentModel) -> str:
    """The verb of what is mentioned in place of the deed; empty where it is not known."""
    if gerund := mentioned.get("gerund"):
        named = (slots_of(one, model.spoken) for one in model.deeds if names_verb(gerund, one, model))
        base = load(model.judged, "tasks")["bases"].get(gerund.lower(), "")
        return next((slots["verb"] for slots in named if slots), str(base))
    return mentioned["verb"] or mentioned["noun"] or ""


def _is_for_all(statement: Statement, model: AgentModel) -> bool:
    """Whether nothing but orders stands before it in its line: facts, bans and cases say whom it is for."""
    before = model.prompt.statements[: model.place_of(statement)]
    opens = load(model.judged, "prompt")["parts"]["opens_case"]
    if re.match(opens, statement.text, re.IGNORECASE):
        return False
    return all(s.kind == "order" and not s.condition for s in before if s.lines[1] == statement.lines[0])
