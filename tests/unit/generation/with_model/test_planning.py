"""What is asked of planners, and what they are told of their proposals."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from evalgen.generation.definition import AgentDefinition
from evalgen.generation.with_model.generator import WithModel
from evalgen.models.port import Answer, Question
from tests.unit.generation.with_model.kit import AGENT, CLAIM, Answering, claim, planned_by, proposal

WHO = claim(
    "Der Hauptagent sollte nach der Telefonnummer fragen.", ["Frage nach der Telefonnummer"], [], 1, "asks"
)
OPINION = CLAIM.replace("Der Hauptagent sollte", "Der Hauptagent sollte\n")


class Twice(Answering):
    """Proposes something else each time."""

    def __init__(self, *rounds: list[dict[str, Any]]) -> None:
        super().__init__([])
        self._rounds = list(rounds)

    def ask(self, question: Question) -> Answer:
        if question.step == "plan":
            self.proposals = self._rounds.pop(0) if self._rounds else []
            self.asked = [one for one in self.asked if one.step != "plan"]
        return super().ask(question)


def plans_asked(agent: AgentDefinition, count: int) -> list[str]:
    model = Answering([])
    planned_by(WithModel(model), agent, num_scenarios=count)
    tasks = (one.task for one in model.asked if one.step == "plan")
    parts = {int(part[1]): task for task in tasks if (part := re.search(r"yours is part (\d+)", task))}
    return [parts[number] for number in sorted(parts)]


def bad() -> dict[str, Any]:
    return proposal(claims=[{**proposal()["claims"][0], "text": OPINION}])


def test_a_test_that_a_check_keeps_out_is_told_by_name_and_may_come_again() -> None:
    model = Twice([bad()], [proposal()])
    _, planned = planned_by(WithModel(model), AGENT)
    (test,) = planned.tests
    assert test.assertions[0].text == CLAIM
    (again,) = [one.task for one in model.asked if one.step == "plan"]
    assert "- Sagt den Termin am 8. Juli ab: assertion a1 does not begin as a statement" in again
    assert "There are already tests with these names" not in again


def test_a_paragraph_whose_plan_is_dropped_is_asked_for_once_more_with_the_reason() -> None:
    dropped = {**bad(), "paragraph": 2, "aim": "Fragt vor der Absage nach"}
    moved = {**proposal(paragraph=2), "calls": proposal()["calls"][:1], "claims": [WHO], "aim": "Fragt nach"}
    model = Twice([proposal(paragraph=1), dropped], [moved])
    _, planned = planned_by(WithModel(model), AGENT, num_scenarios=2, aims=("Wird abgesagt.", "Fragt nach."))
    assert [test.aim for test in planned.tests] == ["Sagt den Termin am 8. Juli ab", "Fragt nach"]
    (again,) = [one.task for one in model.asked if one.step == "plan"]
    assert "- Fragt vor der Absage nach: the same calls, grounds and moments as another test" in again
    assert "2. Fragt nach." in again and "1. Wird abgesagt." not in again


def test_another_test_under_a_name_that_is_taken_is_told_and_not_lost_silently() -> None:
    other = {**proposal(), "calls": proposal()["calls"][:1], "claims": [WHO]}
    model = Twice([proposal(), other], [{**other, "aim": "Fragt nach"}])
    _, planned = planned_by(WithModel(model), AGENT, num_scenarios=2)
    assert [test.aim for test in planned.tests] == ["Sagt den Termin am 8. Juli ab", "Fragt nach"]
    (again,) = [one.task for one in model.asked if one.step == "plan"]
    assert "- Sagt den Termin am 8. Juli ab: there is another test with this name" in again


def test_facts_of_the_prompt_are_in_the_share_of_a_planner() -> None:
    prompt = "Never give discounts.\nAlways ask for the name.\nThe shop is open from 9 to 5."
    shares = plans_asked(AgentDefinition("Shop", "en", prompt), 11)
    assert len(shares) == 2
    assert 'the sentence that begins "The shop is open from 9 to …"' in shares[-1]


def test_of_languages_in_which_whole_moments_are_written_a_call_is_asked_for_fewer_tests() -> None:
    assert [len(plans_asked(replace(AGENT, language=code), 12)) for code in ("de", "en")] == [2, 2]
    assert [len(plans_asked(replace(AGENT, language=code), 20)) for code in ("de", "en")] == [4, 2]


def test_one_test_of_ten_is_planned_in_reserve() -> None:
    asked = [int(task.split()[3]) for task in plans_asked(AGENT, 20)]
    assert sorted(asked) == [5, 5, 6, 6]
