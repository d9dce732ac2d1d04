"""What callers say of what they choose, what they are asked for, and what a test is called."""

from __future__ import annotations

import pytest

from evalgen.generation.plan.ruled_out_by import name_of_ruled
from evalgen.generation.plan.script import Speech
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, planned, steps, tool

DAY = "2027-06-12"


def salon(verb: str = "book", **chosen: str) -> AgentModel:
    """A desk that looks for free times by what was chosen, and gives one of them away."""
    enums = {key: [value, "another one", "a third one", "a fourth one"] for key, value in chosen.items()}
    slots = {"slots": [{"slot_id": "sl_1", "time": "10:00"}, {"slot_id": "sl_2", "time": "15:00"}]}
    return agent(
        "You answer for a sports club. Callers book sessions.\n\n# Sessions\nAsk for the day.\n",
        tool("find_slots", ({"date": DAY, **chosen}, slots), enums=enums),
        tool(f"{verb}_session", ({"slot_id": "sl_1"}, {"status": f"{verb}ed", "confirmation": "KF-204"})),
    )


def request(**chosen: str) -> str:
    return steps(planned(salon(**chosen), "done")[0])[0]


def test_a_place_that_is_chosen_is_where_something_new_is() -> None:
    assert request(branch="riverside").startswith(
        "Ask to book a session at the {{test_profile.branch}} branch"
    )


def test_what_is_moved_is_not_said_to_be_at_a_place_that_may_be_the_new_one() -> None:
    first, *later = steps(planned(salon("move", branch="riverside"), "done")[0])
    assert first == "Ask to move a session when opening"
    assert "Give {{test_profile.branch}} if asked for the branch" in later


def test_a_service_and_a_kind_are_what_it_is_for() -> None:
    assert "session and say that it is for {{test_profile.service}} when" in request(service="sauna")
    assert "session and say that it is for {{test_profile.session_type}} when" in request(
        session_type="sauna"
    )


def test_a_place_stands_before_what_else_is_said_whichever_is_asked_for_first() -> None:
    both = "at the {{test_profile.branch}} branch and say that it is for {{test_profile.service}}"
    assert both in request(service="sauna", branch="riverside")
    assert both in request(branch="riverside", service="sauna")


def test_a_kind_of_fee_or_of_place_is_an_answer_and_not_said_with_the_request() -> None:
    told = steps(planned(salon(location_type="indoors"), "done")[0])
    assert told[0].startswith("Ask to book a session when")
    assert any("location_type" in step and " if " in step for step in told[1:])


@pytest.mark.parametrize(
    ("verb", "asked"), [("request", "Ask for a refill when"), ("renew", "Ask to renew a refill when")]
)
def test_nobody_asks_to_request_a_thing(verb: str, asked: str) -> None:
    desk = agent(
        "You answer for a pharmacy. Callers want refills.\n",
        tool("find_patient", ({"phone": "2075550134"}, {"patient_id": "pt_1", "name": "Ada Rowe"})),
        tool(f"{verb}_refill", ({"patient_id": "pt_1"}, {"status": "queued"})),
    )
    assert steps(planned(desk, "done")[0])[0].startswith(asked)


@pytest.mark.parametrize(
    ("noun", "whole"),
    [
        ("item count", "number of items"),
        ("location type", "kind of location"),
        ("move in date", "move-in date"),
        ("vessel reg", "vessel registration number"),
        ("number of amount pounds", "amount in pounds"),
        ("account phone", "phone number on the account"),
        ("boxes per eye", "number of boxes per eye"),
    ],
)
def test_nouns_of_keys_are_said_in_full(noun: str, whole: str) -> None:
    assert grammar_of("en").words.in_full(noun) == whole


@pytest.mark.parametrize(
    "noun", ["blood type", "discount", "account number", "regular visit", "phone number"]
)
def test_nouns_that_people_say_stay_as_they_are(noun: str) -> None:
    assert grammar_of("en").words.in_full(noun) == noun


@pytest.mark.parametrize(
    ("key", "label", "value", "name"),
    [
        ("refills_left", "refills left", 0, "Request a refill with no refills left"),
        ("balance", "balance", 84, "Request a refill where the balance is £84"),
        ("points", "points", 3, "Request a refill with 3 points"),
        ("days_overdue", "days overdue", 17, "Request a refill with 17 days overdue"),
        ("is_locked", "is locked", True, "Request a refill marked as locked"),
        ("verified", "verified", False, "Request a refill not marked as verified"),
        ("status", "status", "on stop", "Request a refill where the status is on stop"),
    ],
)
def test_a_test_is_called_after_what_rules_the_deed_out(
    key: str, label: str, value: object, name: str
) -> None:
    desk = agent("You answer for a pharmacy. A delivery costs £4.\n")
    assert name_of_ruled("Request a refill", key, label, value, Speech("en"), desk) == name


def test_a_choice_with_a_number_is_said_without_marks() -> None:
    model = agent(
        "You answer for a club. Callers redeem points.\n",
        tool(
            "redeem_points",
            ({"member_id": "MB-1042", "reward": "gift_card_10"}, {"status": "redeemed"}),
            enums={"reward": ["gift_card_10", "movie_pair"]},
        ),
    )
    assert planned(model, "done")[0].profile["reward"] == "gift card 10"


def test_a_call_does_not_end_before_all_of_a_long_order_is_heard() -> None:
    order = "open the windows of the house, leave the building and ring the gas emergency line"
    model = agent(f"You answer for a landlord.\nIf the caller smells gas, tell them to {order}.")
    assert steps(planned(model, "case")[0])[-1] == "End the call when told to ring the gas emergency line"
