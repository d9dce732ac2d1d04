"""What a reviewer would say otherwise is put into the test, checked like a plan's own words."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from evalgen.generation.draft import Draft
from evalgen.generation.plan.test import Test
from evalgen.models.port import Answer, Question, Usage
from tests.scripted_model.good_answers import UNMENDED
from tests.unit.generation.with_model.kit import Answering, made
from tests.unit.generation.with_model.storage_desk import AGENT, BOOKED, READS_BACK, proposal, written

DEFECT = {"code": "C", "words": "the day", "why": "it is asked for first"}


@dataclass
class Mending(Answering):
    """Has something to say of the first version of a test, and nothing of later ones."""

    mends: dict[str, Any] = field(default_factory=dict)

    def ask(self, question: Question) -> Answer:
        if question.step != "review" or "review" in [one.step for one in self.asked]:
            return super().ask(question)
        self.asked.append(question)
        told = {**UNMENDED, "slot": 0, "verdict": "EDIT", "defects": [DEFECT], **self.mends}
        return Answer(json.dumps({"tests": [told]}), "end", Usage(1))


def reviewed(**mends: Any) -> tuple[Test, Draft, list[str]]:
    """The test, its scenario, and the steps that the model was asked for."""
    model = Mending([proposal()], written(), mends=mends)
    test, draft = made(model, AGENT)
    return test, draft, [one.step for one in model.asked if one.step != "read"]


def step(number: int, how: str, action: str = "", when: str = "asked", what: str = "") -> dict[str, Any]:
    return {"number": number, "how": how, "action": action, "when": when, "what": what}


def lines(draft: Draft) -> list[str]:
    return [line.partition(". ")[2] for line in draft.instructions.splitlines()]


OPENING = "Ask to book a move-out for {{test_profile.day}} when asked how it can help"
PHONE = "Give {{test_profile.phone}} when asked for the phone number of the rental"
YES = "Say yes when asked to confirm the unit and the day"
END = "End the call when told that the move-out is booked"


@pytest.mark.parametrize(
    ("mends", "told"),
    [
        (
            [step(3, "before", "Say that nothing is left in it", "if_asked", "whether the unit is empty")],
            [OPENING, PHONE, "Say that nothing is left in it if asked whether the unit is empty", YES, END],
        ),
        (
            [step(3, "replace", "Agree", "asked", "whether the unit and the day are right")],
            [OPENING, PHONE, "Agree when asked whether the unit and the day are right", END],
        ),
        ([step(2, "strike")], [OPENING, YES, END]),
        (
            [step(4, "replace", "", "told", "that it is booked"), step(2, "strike")],
            [OPENING, YES, "End the call when told that it is booked"],
        ),
    ],
    ids=["a missing answer", "another moment", "a step too many", "two at once"],
)
def test_a_step_is_mended_without_being_written_again(mends: list[dict[str, Any]], told: list[str]) -> None:
    _, draft, asked = reviewed(steps=mends)
    assert lines(draft) == told
    assert asked == ["plan", "write", "review"]
    assert draft.reviewed == "model"


def test_statements_are_mended_or_struck_and_stay_with_what_causes_them() -> None:
    text = BOOKED.replace("say", "state")
    added = step(2, "before", "Say hello", "if_asked", "who is calling")
    _, draft, _ = reviewed(statements=[{"id": "a1", "text": text}, {"id": "a2", "text": ""}], steps=[added])
    assert draft.expected_outcome.splitlines() == [text]
    assert [one.caused_by_step for one in draft.assertions] == [4]


@pytest.mark.parametrize(
    "mends",
    [
        {"steps": [step(4, "strike")]},
        {"steps": [step(1, "before", "Say hello", "asked", "who is calling")]},
        {"steps": [step(9, "strike")]},
        {"steps": [step(2, "replace", "Give 5550100999", "asked", "for the phone number")]},
        {"steps": [step(2, "replace", "Give {{test_profile.pin}}", "asked", "for the PIN")]},
        {"statements": [{"id": "a9", "text": READS_BACK}]},
        {"statements": [{"id": "a1", "text": ""}, {"id": "a2", "text": ""}]},
        {"statements": [{"id": "a1", "text": BOOKED.replace("MO-4471", "MO-4472")}]},
    ],
    ids=[
        "the end is struck",
        "something before the request",
        "a step that there is not",
        "a number from nowhere",
        "data that there is not",
        "a statement that there is not",
        "no statement is left",
        "another code",
    ],
)
def test_a_mend_that_cannot_be_is_left_and_a_small_defect_passes(mends: dict[str, Any]) -> None:
    _, draft, asked = reviewed(**mends)
    assert lines(draft) == [OPENING, PHONE, YES, END]
    assert draft.expected_outcome.splitlines() == [BOOKED, READS_BACK]
    assert asked == ["plan", "write", "review"]


def test_a_statement_that_planner_and_reviewer_have_the_contrary_way_is_struck() -> None:
    turned = {"id": "a1", "text": BOOKED.replace("should say", "should not say")}
    _, draft, asked = reviewed(statements=[turned])
    assert draft.expected_outcome == READS_BACK
    assert asked == ["plan", "write", "review"]


def test_a_false_statement_without_a_mend_that_can_be_is_written_again() -> None:
    false = {**DEFECT, "code": "F"}
    _, _, asked = reviewed(defects=[false], statements=[{"id": "a9", "text": READS_BACK}])
    assert asked == ["plan", "write", "review", "write", "review"]


def test_a_rejected_test_that_the_reviewer_mends_is_as_it_would_have_it() -> None:
    _, draft, asked = reviewed(verdict="REJECT", statements=[{"id": "a2", "text": ""}])
    assert draft.expected_outcome == BOOKED
    assert asked == ["plan", "write", "review"]
