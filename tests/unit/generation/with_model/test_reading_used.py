"""What a model has read is what the plan is made from, and what the job tells of the prompt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evalgen.generation.definition import AgentDefinition
from evalgen.generation.embedded import plan_job
from evalgen.generation.plan.planned import Planned
from evalgen.generation.read.model import read_agent
from evalgen.generation.with_model.forms import Reading, Wanted
from evalgen.generation.with_model.generator import WithModel
from evalgen.generation.with_model.merging import with_reading
from evalgen.generation.with_model.parts import Part
from tests.agents_on_disk import definition_of
from tests.scripted_model.good_reading import reading_of
from tests.scripted_model.server import Asked
from tests.unit.generation.with_model.kit import AGENT, PROMPT, Answering, planned_by, proposal

KINDS = ["identity", "order", "case", "ban"]
CONDITION = "wenn der Anrufer ausdrücklich zugestimmt hat"
READ: dict[str, Any] = {
    "language": "de",
    "opening": "",
    "statements": [
        {"quote": line, "kind": kind, "when": "", "by": "always", "tools": []}
        for line, kind in zip(PROMPT.split("\n"), KINDS, strict=True)
    ],
    "tasks": [
        {"wish": "einen Termin absagen", "quote": "Sage einen Termin", "tools": ["termin_absagen"]},
    ],
}
READ["statements"][2] |= {"when": CONDITION, "by": "caller"}


def read_and_planned(model: Answering, agent: AgentDefinition = AGENT, **changes: Any) -> Planned:
    generator = WithModel(model)
    generator.read(agent)
    return planned_by(generator, agent, **changes)[1]


def test_a_sentence_that_has_been_read_is_covered_by_the_test_that_rests_on_it() -> None:
    planned = read_and_planned(Answering([proposal()], reading=READ))
    told = [(one.line, one.kind, one.status) for one in planned.ledger.entries if one.about == "statement"]
    assert told == [
        (1, "identity", "not_testable"),
        (2, "order", "not_yet"),
        (3, "case", "covered"),
        (4, "ban", "not_yet"),
    ]
    assert planned.ledger.more == 1
    assert planned.warnings == ()


def test_what_nobody_in_a_call_brings_about_is_out_of_reach() -> None:
    night = {**READ["statements"][2], "by": "other"}
    read = {**READ, "statements": [*READ["statements"][:2], night, READ["statements"][3]]}
    planned = read_and_planned(Answering([], reading=read))
    assert [one.status for one in planned.ledger.entries][:4] == [
        "not_testable", "not_yet", "out_of_reach", "not_yet",
    ]  # fmt: skip


def test_the_planner_is_told_what_callers_want_between_the_marks() -> None:
    model = Answering([proposal()], reading=READ)
    read_and_planned(model)
    plan = next(one for one in model.asked if one.step == "plan")
    assert "what callers want\n- einen Termin absagen: termin_absagen\n<<" in plan.task


def test_a_wish_of_several_parts_has_the_tools_of_all_in_the_longest_order() -> None:
    def reading(*tools: str) -> Reading:
        return Reading(
            language="de",
            opening="",
            statements=[],
            tasks=[Wanted(wish="Einen Termin absagen", quote="Sage einen Termin", tools=list(tools))],
        )

    part = Part(PROMPT, 1, ())
    model = read_agent(AGENT)
    known = [(part, reading("patient_suchen")), (part, reading("patient_suchen", "termin_absagen"))]
    (task,) = with_reading(model, known).prompt.tasks
    assert task.tools == ("patient_suchen", "termin_absagen")


def test_an_agent_that_opens_the_call_by_its_prompt_is_not_greeted_first() -> None:
    read = {**READ, "opening": "Du bist Mia von der Zahnarztpraxis"}
    agent = replace(AGENT, first_message="")
    assert read_and_planned(Answering([proposal()], reading=read), agent).setting.agent_opens
    assert not read_and_planned(Answering([proposal()], reading=READ), agent).setting.agent_opens


def test_outcomes_are_told_in_the_prompts_language_whatever_its_agent_speaks() -> None:
    model = Answering([proposal()], reading=READ)
    planned = read_and_planned(model, replace(AGENT, language="multi"))
    assert [test.told_in for test in planned.tests] == ["de"]
    plan = next(one for one in model.asked if one.step == "plan")
    assert "Statements are written in: German" in plan.task


class Reads(Answering):
    """Reads any part well."""

    def ask(self, question: Any) -> Any:
        asked = Asked(0, question.form, question.schema, question.material, question.task)
        self.reading = reading_of(asked) if question.step == "read" else {}
        return super().ask(question)


def test_embedded_tests_do_not_rest_on_what_a_model_has_read() -> None:
    agent = definition_of("dental_export")
    generator = WithModel(Reads([]))
    generator.read(agent)
    brief, planned = planned_by(generator, agent, num_scenarios=30)
    assert planned.slots == plan_job(agent, brief).slots
    before = plan_job(agent, brief).ledger
    assert {one.kind for one in before.entries} - {one.kind for one in planned.ledger.entries} == {"unread"}


def test_what_no_embedded_test_gets_to_is_left_for_the_model_to_test() -> None:
    agent = replace(AGENT, language="en", description="Never tell a caller who else has called.", tools=())
    planned = planned_by(WithModel(Answering([])), agent)[1]
    by_rules = plan_job(agent, planned_by(WithModel(Answering([])), agent)[0])
    told = [[(one.kind, one.status) for one in p.ledger.entries] for p in (by_rules, planned)]
    assert told == [[("ban", "out_of_reach")], [("ban", "not_yet")]]
    assert planned.ledger.more == by_rules.ledger.more + 1
