"""What blind readers found wrong, each with what is right: a test that is not certain is not made."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evalgen.generation.definition import MockCall, Tool
from evalgen.generation.plan.choices import name_of_code
from evalgen.generation.plan.fact_questions import fact_question
from evalgen.generation.read.answers import answer_of, answer_of_deed
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

MEMBER = {
    "memberId": "M-10482",
    "firstName": "Paula",
    "dateOfBirth": "1994-05-16",
    "bookings": [{"bookingId": "BK-6620", "start": "2026-08-06T12:15:00"}],
}
PROMPT = "You answer for a gym.\nAsk for the member number.\n"


def gym(cancelled: dict[str, Any], *more: Tool, prompt: str = PROMPT, booking: str = "BK-6620") -> AgentModel:
    return agent(
        prompt,
        tool("getMember", ({"memberId": "M-10482"}, MEMBER)),
        tool("cancelBooking", ({"bookingId": booking}, cancelled), described={"bookingId": "From getMember"}),
        *more,
    )


@pytest.mark.parametrize(
    ("answer", "verb", "kind"),
    [
        ({"renewed": False, "reason": "RENEWAL_LIMIT"}, "renew", "refusal"),
        ({"renewed": True, "due": "2026-05-30"}, "renew", "success"),
        ({"state": "WAITLISTED", "position": 2}, "book", "unclear"),
        ({"state": "FULL"}, "book", "unclear"),
        ({"status": "blocked"}, "block", "success"),
        ({"status": "moved"}, "schedule", "unclear"),
        ({"estado": "pendiente_senal", "senal": {"pagada": False}}, "crear", "unclear"),
        ({"result": "recorded", "flag": "high_usage"}, "submit", "unclear"),
    ],
)
def test_a_deed_is_done_only_where_its_answer_says_so(answer: dict[str, Any], verb: str, kind: str) -> None:
    assert answer_of_deed(MockCall({"id": "x"}, answer), verb) == kind


@pytest.mark.parametrize(("about", "kind"), [("Report it and refund the card.", "success"), ("", "unclear")])
def test_what_a_description_says_that_a_tool_does_is_its_deed_too(about: str, kind: str) -> None:
    assert answer_of_deed(MockCall({"id": "x"}, {"status": "refunded"}), "report", about) == kind


@pytest.mark.parametrize(
    ("name", "taken", "said"),
    [("report_machine", "store", True), ("open_repair", "side", True), ("report_gear", "kind", False)],
)
def test_what_is_wrong_with_a_thing_is_said_where_the_tool_names_a_thing(
    name: str, taken: str, said: bool
) -> None:
    verb = name.partition("_")[0]
    deed = tool(
        name,
        ({taken: "left"}, {"status": f"{verb}ed"}),
        free=["problem"],
        described={"problem": "what is wrong"},
    )
    required = replace(deed, parameters={**(deed.parameters or {}), "required": ["problem"]})
    found = planned(agent("You answer for a shop.", required), "done")
    assert bool(found) is said and all("problem" in test.profile for test in found)


def test_an_object_with_an_empty_list_is_an_empty_answer_and_no_missing_record() -> None:
    assert answer_of(MockCall({"date": "2026-09-25"}, {"slots": []})) == "empty"


def test_a_waitlisted_booking_is_no_happy_path() -> None:
    assert planned(gym({"state": "CANCELLED"}), "done")
    assert not planned(gym({"state": "WAITLISTED"}), "done")


def test_a_record_that_does_not_list_what_the_call_is_about_gives_no_test() -> None:
    assert not planned(gym({"state": "CANCELLED"}, booking="BK-9999"), "done")


def test_the_caller_gives_the_first_name_of_the_record_where_the_agent_compares_it() -> None:
    prompt = PROMPT + "Then ask them for their first name and check that it matches.\n"
    test = planned(gym({"state": "CANCELLED"}, prompt=prompt), "done")[0]
    assert "Give {{test_profile.first_name}} if asked for the first name" in steps(test)
    assert test.profile["first_name"] == "Paula"


def test_what_the_prompt_never_says_aloud_is_not_asked_for() -> None:
    done = {"state": "CANCELLED", "cancellationNumber": "CN-4471"}
    number = "the cancellation number"
    asked = f"Ask for {number} if told that the booking is cancelled, without {number}"
    open_prompt = PROMPT + "Give the cancellation number.\n"
    assert asked in steps(planned(gym(done, prompt=open_prompt), "done")[0])
    secret = PROMPT + "Never read out cancellation numbers.\n"
    assert asked not in steps(planned(gym(done, prompt=secret), "done")[0])


def test_what_a_deed_brings_with_it_is_asked_for_and_asserted() -> None:
    dated = planned(gym({"state": "CANCELLED", "nextBillOn": "2026-09-01"}), "done")[0]
    assert "give the date of the next bill `September 1`" in outcome(dated)[0]
    charged = {"state": "CANCELLED", "charge": 10}
    priced = planned(gym(charged, prompt=PROMPT + "A late cancellation costs $10.\n"), "done")[0]
    assert "give the charge `$10`" in outcome(priced)[0]
    assert not any("charge" in line for line in outcome(planned(gym(charged), "done")[0]))


def test_a_task_without_a_second_confirmation_has_none() -> None:
    confirmed = "# Cancel a booking\nRead the booking back and get a yes before you cancel the booking.\n"
    certain = planned(gym({"state": "CANCELLED"}, prompt=PROMPT + confirmed), "done")[0]
    assert any("get a yes" in line for line in outcome(certain))
    without = confirmed + "No need to ask for a second confirmation.\n"
    test = planned(gym({"state": "CANCELLED"}, prompt=PROMPT + without), "done")[0]
    assert not any("get a yes" in line for line in outcome(test))


def test_the_result_that_is_heard_again_is_told_again() -> None:
    test = planned(gym({"state": "CANCELLED"}), "repeated")[0]
    assert steps(test)[-1] == "End the call when told again that the booking is cancelled"
    assert any("should state again, when asked to repeat it, that" in line for line in outcome(test))


def test_a_deed_without_the_look_up_of_its_caller_is_left_out() -> None:
    meter = tool("submitReading", ({"meterSerial": "S18C4"}, {"status": "submitted"}))
    assert not planned(gym({"state": "CANCELLED"}, meter), "done", "submitReading")


def test_a_required_value_that_nobody_knows_leaves_the_deed_out_and_an_example_serves() -> None:
    def reserve(about: str) -> AgentModel:
        made = tool(
            "book_visit",
            ({"day": "2026-06-10"}, {"status": "booked"}),
            free=["pickup"],
            described={"pickup": about},
        )
        schema = {**(made.parameters or {}), "required": ["day", "pickup"]}
        return agent("You book visits.", Tool(1, made.name, "", schema, made.freetext_params, made.mock_data))

    assert not planned(reserve("Where to meet"), "done")
    test = planned(reserve("UK postcode, e.g. S7 2DT"), "done")[0]
    assert test.profile["pickup"] == "S7 2DT"
    assert "Give {{test_profile.pickup}} if asked for the pickup" in steps(test)


@pytest.mark.parametrize(
    ("code", "prompt", "name"),
    [
        ("EG", "Sites: Eastgate (EG), Millrace (MR)", "Eastgate"),
        ("G1000", "- Gig (code G1000) - $80/mo", "Gig"),
        ("B200", "- Basic 200 (code B200) - $45/mo", "Basic 200"),
        ("XX", "Sites: Eastgate (EG)", None),
    ],
)
def test_a_code_is_said_by_the_name_that_the_prompt_gives_it(
    code: str, prompt: str, name: str | None
) -> None:
    assert name_of_code(code, prompt) == name


def test_a_fact_whose_subject_was_named_before_it_is_not_asked_for() -> None:
    alone = agent("You answer for a library.\n- The answer takes ten days.\n")
    inside = agent("You answer for a library.\n- A patron can fill in the form. The answer takes ten days.\n")
    for model, asked in ((alone, True), (inside, False)):
        facts = [s for s in model.prompt.statements if s.kind == "fact"]
        found = [f for s in facts if (f := fact_question(s, "en", model.definition.description))]
        assert bool(found) is asked


def _office() -> AgentModel:
    """Tests of cars and lorries; one driver with a car."""
    driver = {"driver_id": "d_1", "full_name": "Ada Rowe", "vehicle": "car"}
    return agent(
        "You answer for a test centre. Ask for the phone number and the day.",
        tool("find_driver", ({"phone": "2075550134"}, driver)),
        tool(
            "find_times",
            ({"vehicle": "car", "date": "2026-09-24"}, {"times": ["09:07", "13:22"]}),
            ({"vehicle": "lorry", "date": "2026-09-29"}, {"error": "timeout"}),
        ),
        tool(
            "book_test",
            ({"driver_id": "d_1", "datetime": "2026-09-24T13:22"}, {"status": "booked"}),
        ),
    )


def test_a_day_and_time_is_chosen_from_the_times_of_that_day() -> None:
    done = planned(_office(), "done")[0]
    assert "Choose the time at {{test_profile.time}} when offered times on {{test_profile.date}}" in steps(
        done
    )
    assert [call.tool for call in done.calls] == ["find_driver", "find_times", "book_test"]


def test_a_look_up_that_fails_for_something_else_than_the_record_says_is_not_played() -> None:
    assert not planned(_office(), "outage")


def test_a_choice_is_offered_by_the_list_of_its_day() -> None:
    desk = agent(
        "You answer for a building. Ask for the phone number and the day.",
        tool("find_member", ({"phone": "2075550134"}, {"member_id": "m_1", "full_name": "Ada Rowe"})),
        tool(
            "search_rooms",
            (
                {"date": "2026-09-18", "minutes": 60, "people": 5},
                {"rooms": [{"room": "lantern"}, {"room": "tidewater"}]},
            ),
        ),
        tool(
            "book_room",
            (
                {"member_id": "m_1", "room": "lantern", "date": "2026-09-18", "minutes": 60},
                {"status": "booked"},
            ),
            enums={"room": ["lantern", "tidewater"]},
        ),
    )
    done = planned(desk, "done")[0]
    assert [call.tool for call in done.calls] == ["find_member", "search_rooms", "book_room"]
    assert "Choose {{test_profile.room}} when offered rooms" in steps(done)


@pytest.mark.parametrize(
    ("text", "asked", "fact"),
    [
        (
            "We do not take Medicaid or Davis Vision.",
            "whether they take Davis Vision",
            "the company does not take Davis Vision",
        ),
        (
            "We don't move grand pianos or hot tubs.",
            "whether they move hot tubs",
            "the company does not move hot tubs",
        ),
    ],
)
def test_of_what_is_not_done_the_last_thing_is_asked_about_by_its_name(
    text: str, asked: str, fact: str
) -> None:
    model = agent(f"You answer for a shop.\n{text}")
    found = fact_question(model.prompt.statements[-1], "en", model.definition.description)
    assert found is not None and (found.question, found.fact) == (asked, fact)


@pytest.mark.parametrize(("record", "spared"), [({}, False), ({"stock": "none"}, True)])
def test_a_deed_whose_refusal_only_its_answer_tells_is_called_for(
    record: dict[str, str], spared: bool
) -> None:
    ben = {"customer_id": "cu_2", "full_name": "Ben Rowe", **record}
    model = agent(
        "You answer for a shop.\nAsk for the phone number and call find_customer.\n",
        tool(
            "find_customer",
            ({"phone": "2075550134"}, {"customer_id": "cu_1", "full_name": "Ada Rowe"}),
            ({"phone": "2075550135"}, ben),
        ),
        tool(
            "order_supplies",
            ({"customer_id": "cu_1", "size": "large"}, {"status": "ordered"}),
            ({"customer_id": "cu_2", "size": "small"}, {"error": "out_of_stock"}),
            enums={"size": ["large", "small"]},
        ),
    )
    (last,) = [call for call in planned(model, "refusal")[0].calls if call.tool == "order_supplies"]
    assert last.optional is spared
