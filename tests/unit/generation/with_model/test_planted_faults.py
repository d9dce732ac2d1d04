"""Answers that are plausible and wrong, each planted in a good one: what code catches, mends, and leaves.

`LEFT_…` is what no check is sure of, and a reviewer is shown; where a check comes to be, its entry is moved.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evalgen.generation.draft import Draft
from evalgen.generation.plan.test import Test
from evalgen.generation.with_model.generator import WithModel
from evalgen.models.port import Answer, Question, Usage
from tests.unit.generation.with_model.kit import Answering, calls, claim, made, moves, planned_by
from tests.unit.generation.with_model.storage_desk import (
    AGENT,
    BOOKED,
    CLAIMS,
    MOVES,
    PROMPT,
    READS_BACK,
    proposal,
    written,
)

FEE = ["A move-out costs a cleaning fee"]
GATE = ["Never tell anyone the gate code"]
RESULT = ["e4/answer/confirmation"]


def claims(
    text: str, quotes: list[str], answers: list[str], kind: str = "says", step: int = 3
) -> dict[str, Any]:
    return {"claims": [claim(text, quotes, answers, step, kind)]}


def request(action: str) -> dict[str, Any]:
    return {"moves": moves((action, "opening", ""), *MOVES[1:])}


REFUSED_DEED = {
    "calls": calls("e2", "e5"),
    "facts": [{"key": "phone", "source": "e2/input/phone"}, {"key": "day", "source": "e5/input/day"}],
    "claims": [
        claim(
            "The main agent should say that it is booked and give `MO-5210`.",
            [],
            ["e5/answer/confirmation"],
            3,
        )
    ],
}
FRENCH = moves(
    ("Demandez de réserver un départ pour le {{test_profile.day}} dans la semaine", "opening", ""),
    ("Donnez {{test_profile.phone}}", "asked", "pour le numéro de téléphone"),
    ("Dites oui", "asked", "pour confirmer le box et le jour"),
    ("", "told", "que le départ est réservé"),
)
PLANS: dict[str, tuple[dict[str, Any], str]] = {
    "a quote with another word": (
        claims(BOOKED, ["Read the unit and the hour back"], []),
        "stands nowhere word for word",
    ),
    "a quote without its never": (
        claims("The main agent should tell the gate code.", ["tell anyone the gate code"], []),
        "leaves out 'Never'",
    ),
    "a ban told as a duty": (
        claims("The main agent should tell the gate code.", GATE, [], "does_not"),
        "what has to happen",
    ),
    "a quote of something else": (
        claims("The main agent should promise free packing boxes.", FEE, []),
        "says nothing of it",
    ),
    "a claim that rests on nothing": (claims(BOOKED, [], []), "rests on nothing"),
    "an invented sum": (
        claims("The main agent should state that parking costs 12 dollars.", FEE, []),
        "has '12'",
    ),
    "an invented sum in words": (
        claims("The main agent should state that the cleaning fee is forty dollars.", FEE, []),
        "has 'forty'",
    ),
    "another month": (claims(BOOKED.replace("July", "August"), [], RESULT), "has 'August 8'"),
    "another weekday": (claims(BOOKED.replace("July", "Monday, July"), [], RESULT), "has 'Monday, July 8'"),
    "somebody who is not in this call": (
        claims(
            "The main agent should confirm that the unit of Marta Jensen is meant.", [], ["e1/answer/unit"]
        ),
        "has 'Marta'",
    ),
    "a code of another record": (claims(BOOKED.replace("4471", "5210"), [], RESULT), "has 'MO-5210'"),
    "a code of this call in another's place": (
        claims(BOOKED.replace("MO-4471", "B14"), [], RESULT),
        "states 'B14'",
    ),
    "an answer of a call that is not made": (
        claims(BOOKED, [], ["e5/answer/status"]),
        "no path into an example",
    ),
    "an answer that there is not": (claims(BOOKED, [], ["e4/answer/fee"]), "there is nothing at"),
    "an example that there is not": ({"calls": calls("e1", "e9")}, "there is no example 'e9'"),
    "a tool that there is not": ({"barred": [{"tool": "charge_card", "until": ""}]}, "no tool 'charge_card'"),
    "a deed that it bars itself": (
        {"barred": [{"tool": "book_move_out", "until": ""}]},
        "book_move_out is barred, and among the calls",
    ),
    "a ban told as something else's duty": (
        claims("The main agent should tell the gate code.", GATE, []),
        "what it quotes forbids something",
    ),
    "an example of its own for a tool that has some": (
        {"made": [{"id": "n1", "tool": "book_move_out", "input": "{}", "answer": "{}"}]},
        "has examples of its own",
    ),
    "the deed before the look-up": (
        {"calls": calls("e4", "e1")},
        "find_tenant has to be called before",
    ),
    "no look-up": ({"calls": calls("e4"), "claims": CLAIMS[:1]}, "find_tenant has to be called before"),
    "the look-up of another caller": (
        {"calls": calls("e3", "e4"), "claims": CLAIMS[:1]},
        "tenant_id='ten_17', which nobody has said",
    ),
    "a deed that the prompt refuses this record": (
        REFUSED_DEED,
        "rules book_move_out out where balance is 84",
    ),
    "a fact of another kind under a key": (
        {"facts": [{"key": "phone", "source": "e1/answer/name"}, {"key": "day", "source": "e4/input/day"}]},
        "phone='5550100200', which nobody has said",
    ),
    "a code that the caller is told later": (
        {
            **request("Ask to move out on {{test_profile.day}} under {{test_profile.code}}"),
            "facts": [*proposal()["facts"], {"key": "code", "source": "e4/answer/confirmation"}],
        },
        "nobody knows 'e4/answer/confirmation' at the opening",
    ),
    "an internal id": (request("Ask to move out on {{test_profile.day}} for ten_17"), "internal id 'ten_17'"),
    "the name of a tool": (request("Ask for find_tenant on {{test_profile.day}}"), "says 'find_tenant'"),
    "a key without a value": (request("Ask to move out of {{test_profile.unit}}"), "not in the test profile"),
    "the caller's number written out": (
        {"moves": moves(MOVES[0], ("Give 5550100200", "asked", "for the phone number"), *MOVES[2:])},
        "instead of a placeholder",
    ),
    "more steps than a call has": (
        {
            "moves": moves(
                *MOVES[:3], *((f"Name a {n} thing", "asked", f"for a {n} one") for n in "abcdefg"), MOVES[3]
            )
        },
        "11 steps",
    ),
    "a step that causes it and is not there": (
        claims(BOOKED, [], RESULT, step=9),
        "step 9, which there is not",
    ),
    "no statements": ({"claims": []}, "0 assertions"),
    "a word of opinion": (claims(BOOKED.replace("say", "politely say"), [], RESULT), "a word of opinion"),
    "a statement of another form": (
        claims("Say that `MO-4471` is booked.", [], RESULT),
        "does not begin as a",
    ),
    "a party in a moment": (
        {"moves": moves(MOVES[0], (MOVES[1][0], "asked", "by the agent for it"), *MOVES[2:])},
        "names a party",
    ),
    "steps in another language": ({"moves": FRENCH}, "the steps are not in the language 'en'"),
}


def planned(*proposals: dict[str, Any]) -> tuple[list[Test], list[str]]:
    """The tests that come of what a model proposes, and what was told of the others."""
    _, plan = planned_by(WithModel(Answering(proposals)), AGENT, num_scenarios=len(proposals))
    return [one for one in plan.tests if one.key.startswith("idea:")], list(plan.kept_out)


def test_the_answer_that_faults_are_planted_in_is_good() -> None:
    tests, _ = planned(proposal())
    assert len(tests) == 1
    draft = made(Answering([proposal()], written()), AGENT)[1]
    assert draft.instructions != as_planned().instructions
    assert draft.expected_outcome == f"{BOOKED}\n{READS_BACK}"


@pytest.mark.parametrize("fault", PLANS)
def test_a_plan_with_a_fault_is_dropped_and_the_planner_is_told_why(fault: str) -> None:
    changes, told = PLANS[fault]
    model = Answering([proposal(**changes)])
    _, plan = planned_by(WithModel(model), AGENT)
    assert [one for one in plan.tests if one.key.startswith("idea:")] == []
    again = [one.task for one in model.asked if one.step == "plan"][1]
    assert told in again.partition("could not be used:")[2]


def test_a_value_that_no_step_gives_is_given_if_it_is_asked_for() -> None:
    silent = {"moves": moves(MOVES[0], *MOVES[2:]), "claims": [{**CLAIMS[0], "caused_by": 2}]}
    ((test,), _) = planned(proposal(**silent))
    assert [(step.action, step.moment.standing) for step in test.steps[:2]] == [
        (MOVES[0][0], False),
        ("Give {{test_profile.phone}}", True),
    ]
    assert test.assertions[0].caused_by_step == 3


def test_a_choice_that_no_step_gives_is_given_as_people_say_it() -> None:
    find, book = AGENT.tools
    size = {"type": "string", "enum": ["small_van", "big_van"]}
    schema = {"type": "object", "properties": {**book.parameters["properties"], "van": size}}  # type: ignore[index]
    calls_with = tuple(replace(one, input={**one.input, "van": "small_van"}) for one in book.mock_data)
    agent = replace(
        AGENT,
        description=f"{PROMPT}\nWe lend a small van or a big van.",
        tools=(find, replace(book, parameters=schema, mock_data=calls_with)),
    )
    told = proposal(facts=[*proposal()["facts"], {"key": "van", "source": "e4/input/van"}])
    _, plan = planned_by(WithModel(Answering([told])), agent)
    assert plan.tests[0].profile["van"] == "small van"
    assert "Give {{test_profile.van}}" in [one.action for one in plan.tests[0].steps]


def test_what_everybody_is_asked_for_is_known_to_a_caller_whom_no_record_has() -> None:
    prompt = PROMPT.replace("You are", "Ask every caller for their full name. You are")
    refusal = claim("The main agent should not tell the gate code.", GATE, [], 2, "does_not")
    asks = (
        ("Ask for the gate code", "opening", ""),
        ("Insist on it", "refused", "the code"),
        ("", "refused", "again"),
    )
    told = proposal(calls=[], facts=[], moves=moves(*asks), claims=[refusal])
    _, plan = planned_by(WithModel(Answering([told])), replace(AGENT, description=prompt))
    test = plan.tests[0]
    given = [step.action for step in test.steps if step.moment.standing]
    assert "Give {{test_profile.full_name}}" in given
    assert " " in test.profile["full_name"]
    assert test.assertions[0].caused_by_step == 2 + len(given)


@pytest.mark.parametrize(
    ("part", "asked"),
    [("# Who is calling\nAsk for the full name and look them up with find_tenant.\n", False), ("", True)],
)
def test_who_is_calling_is_not_told_where_nobody_is_looked_up(part: str, asked: bool) -> None:
    prompt = f"{part or 'Ask every caller for their full name.'}\n# Calls\n{PROMPT}"
    refusal = claim("The main agent should not tell the gate code.", GATE, [], 2, "does_not")
    asks = (("Ask for the gate code", "opening", ""), ("Insist", "refused", "it"), ("", "refused", "again"))
    told = proposal(calls=[], facts=[], moves=moves(*asks), claims=[refusal])
    _, plan = planned_by(WithModel(Answering([told])), replace(AGENT, description=prompt))
    assert ("full_name" in plan.tests[0].profile) is asked


def test_what_a_statement_speaks_of_is_left_to_the_plan() -> None:
    prompt = PROMPT.replace("You are", "Ask every caller for their full name. You are")
    refusal = claim("The main agent should not ask for the full name again.", GATE, [], 2, "does_not")
    asks = (("Ask for the gate code", "opening", ""), ("Insist", "refused", "it"), ("", "refused", "again"))
    told = proposal(calls=[], facts=[], moves=moves(*asks), claims=[refusal])
    _, plan = planned_by(WithModel(Answering([told])), replace(AGENT, description=prompt))
    assert "full_name" not in plan.tests[0].profile


def test_a_fact_that_a_step_is_about_is_left_to_the_plan() -> None:
    prompt = PROMPT.replace("You are", "Ask every caller for their full name. You are")
    moved = moves(MOVES[0], MOVES[1], ("Refuse to give it", "asked", "for the full name"), *MOVES[2:])
    _, plan = planned_by(WithModel(Answering([proposal(moves=moved)])), replace(AGENT, description=prompt))
    assert plan.tests[0].profile.keys() == {"phone", "day"}


def test_a_call_whose_answer_is_stated_has_to_be_made() -> None:
    optional = [{"example": "e1", "optional": True}, {"example": "e4", "optional": True}]
    ((test,), _) = planned(proposal(calls=optional, claims=CLAIMS[:1]))
    assert [call.optional for call in test.calls] == [True, False]


def test_a_deed_before_anybody_is_identified_is_refused_also_where_it_takes_nothing_of_the_record() -> None:
    find, book = AGENT.tools
    by_phone = tuple(replace(one, input={**one.input, "phone": "5550100200"}) for one in book.mock_data)
    agent = replace(AGENT, tools=(find, replace(book, mock_data=by_phone)))
    told = proposal(calls=calls("e4", "e1"), claims=CLAIMS[:1])
    model = Answering(
        [{**told, "facts": [*told["facts"], {"key": "tenant_id", "source": "e4/input/tenant_id"}]}]
    )
    planned_by(WithModel(model), agent)
    again = [one.task for one in model.asked if one.step == "plan"][1]
    assert "find_tenant has to be called before book_move_out" in again


def test_the_same_test_under_another_name_counts_once() -> None:
    again = proposal(aim="Leaves the unit on July 8", moves=moves(MOVES[0], *MOVES[1:]))
    tests, kept_out = planned(proposal(), again)
    assert len(tests) == 1
    assert "proposed twice" in kept_out


def test_too_few_plans_are_asked_for_again_and_then_filled_by_the_embedded_way() -> None:
    model = Answering([proposal()])
    _, plan = planned_by(WithModel(model), AGENT, num_scenarios=3)
    assert [one.key.startswith("idea:") for one in plan.tests] == [True, False, False]
    assert len([one for one in model.asked if one.step == "plan"]) == 3


STEPS, STATEMENTS = written()["steps"], written()["statements"]


def step(number: int, **changes: str) -> dict[str, Any]:
    return {"steps": [{**one, **changes} if at == number else one for at, one in enumerate(STEPS, 1)]}


def said(text: str) -> dict[str, Any]:
    return {"statements": [{"id": "a1", "text": text}, STATEMENTS[1]]}


WORDS: dict[str, dict[str, Any]] = {
    "an invented sum": said(BOOKED.replace(".", " for 20 dollars.")),
    "another value of the call": said(BOOKED.replace("MO-4471", "B14")),
    "another day": said(BOOKED.replace("8", "9")),
    "another month": said(BOOKED.replace("July", "August")),
    "the contrary": said(BOOKED.replace("should say", "should not say")),
    "a value left out": said("The main agent should say that the move-out is booked."),
    "somebody who is not in this call": said(BOOKED.replace("give", "give Marta")),
    "a word of opinion": said(BOOKED.replace("say", "clearly say")),
    "a statement of another id": {"statements": [{"id": "a7", "text": BOOKED}]},
    "a statement twice": {"statements": [STATEMENTS[0], STATEMENTS[0]]},
    "no statements": {"statements": []},
    "a step less": {"steps": STEPS[1:]},
    "a step more": {"steps": [*STEPS, STEPS[2]]},
    "two values exchanged": {
        "steps": [
            {"action": "Ask to move out, number {{test_profile.phone}}", "what": ""},
            {"action": "Give {{test_profile.day}}", "what": "for the phone number"},
            *STEPS[2:],
        ]
    },
    "a value written out": step(2, action="Give 5550100200"),
    "a number that nobody has": step(2, action="Give {{test_profile.phone}} and unit 58"),
    "a key without a value": step(1, action="Ask to leave {{test_profile.unit}} on {{test_profile.day}}"),
    "the name of a tool": step(1, action="Ask for book_move_out on {{test_profile.day}}"),
    "a party": step(1, action="Ask the agent to book a move-out on {{test_profile.day}}"),
    "another language": {
        "steps": [{"action": one["action"], "what": one["what"]} for one in FRENCH],
    },
}


def as_planned() -> Draft:
    """What a writer's silence leaves."""
    return made(Answering([proposal()], written(slot=9)), AGENT)[1]


@pytest.mark.parametrize("fault", WORDS)
def test_words_with_a_fault_leave_the_plans_own(fault: str) -> None:
    told = written(**WORDS[fault])
    draft, plain = made(Answering([proposal()], told), AGENT)[1], as_planned()
    assert draft.expected_outcome == plain.expected_outcome
    lines = draft.instructions.splitlines()
    faulty = [one for one in told["steps"] if one not in written()["steps"]]
    assert not [one for one in faulty if any(one["action"] in li and one["what"] in li for li in lines)]


def test_words_without_a_fault_stand_beside_a_statement_that_has_the_plans_own() -> None:
    draft = made(Answering([proposal()], written(**said(BOOKED.replace("8", "9")))), AGENT)[1]
    assert "for the phone number of the rental" in draft.instructions
    assert BOOKED in draft.expected_outcome


LEFT_PLANS: dict[str, dict[str, Any]] = {
    "a duty of the prompt in a call that has no use for it": {
        "claims": [*CLAIMS, claim("The main agent should state the cleaning fee of 35 dollars.", FEE, [], 3)]
    },
    "a rule of the prompt told wrong in its own words": claims(
        "The main agent should add a cleaning fee of 35 dollars when the office is open.", FEE, []
    ),
    "a moment that need not come": {
        "moves": moves(MOVES[0], MOVES[1], ("Say yes", "asked", "for the pet's name"), MOVES[3])
    },
}
LEFT_WORDS: dict[str, dict[str, Any]] = {
    "another wish in the same form": step(1, action="Ask to put off a move-out on {{test_profile.day}}"),
}


@pytest.mark.parametrize("fault", LEFT_PLANS)
def test_what_only_a_reader_can_see_in_a_plan_is_shown_to_the_reviewer(fault: str) -> None:
    model = Answering([proposal(**LEFT_PLANS[fault])], written(slot=9))
    made(model, AGENT)
    (review,) = [one.task for one in model.asked if one.step == "review"]
    assert LEFT_PLANS[fault].get("claims", CLAIMS)[-1]["text"] in review


@pytest.mark.parametrize("fault", LEFT_WORDS)
def test_what_only_a_reader_can_see_in_words_is_shown_to_the_reviewer(fault: str) -> None:
    model = Answering([proposal()], written(**LEFT_WORDS[fault]))
    made(model, AGENT)
    (review,) = [one.task for one in model.asked if one.step == "review"]
    assert LEFT_WORDS[fault]["steps"][0]["action"] in review


TORN = ["", "Sorry, I cannot say.", '{"tests": [', '{"tests": [{"aim": 3}]}', "banana", '{"plans": []}']


@pytest.mark.parametrize("text", TORN)
def test_what_is_no_answer_is_asked_for_once_more_and_then_left(text: str) -> None:
    class Torn(Answering):
        def ask(self, question: Question) -> Answer:
            self.asked.append(question)
            return Answer(text, "end", Usage(1))

    model = Torn([])
    _, plan = planned_by(WithModel(model), AGENT)
    assert [one.key.startswith("idea:") for one in plan.tests] == [False]
    asked = [one.task for one in model.asked if one.step == "plan"]
    assert len(asked) == 2 * 3
    assert "Your last answer could not be used" in asked[1]
