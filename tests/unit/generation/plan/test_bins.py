"""Bins of a household: contacts on the account, choices that want something first, and words of schemas."""

from __future__ import annotations

from evalgen.generation.definition import Tool
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, planned, steps, tool

FIND = tool(
    "find_property",
    ({"street": "14 Banksia Street"}, {"property_id": "P-10432", "pickup_day": "Monday"}),
)
VERIFY = tool(
    "verify_account",
    (
        {"property_id": "P-10432", "assessment_number": "204817"},
        {"verified": True, "contacts": [{"name": "Helen Marsh", "role": "owner"}]},
    ),
    described={"property_id": "The property_id returned by find_property."},
)


def _order(name: str) -> Tool:
    return tool(
        name,
        *(
            ({"property_id": "P-10432", "job": job}, {"status": "ordered", "reference": f"BW-{number}"})
            for number, job in enumerate(("replace_damaged", "replace_stolen", "swap"), 33026)
        ),
        described={"property_id": "The property_id returned by find_property."},
        enums={"job": ["replace_damaged", "replace_stolen", "swap"]},
    )


PROMPT = """You answer for the bins of a shire.
# Who is calling
- Ask for the street and call find_property. Ask for the assessment number and call verify_account.
- Ask for the caller's full name. The name must be among the contacts.
# New bins
- Ask what is to be done. Check the account with verify_account, then call {name}. {rule}
"""


def shire(rule: str = "", name: str = "order_new_bin") -> AgentModel:
    return agent(PROMPT.format(rule=rule, name=name), FIND, VERIFY, _order(name))


def test_the_caller_is_one_of_the_contacts_whom_the_account_lists() -> None:
    done = planned(shire(), "done")
    names = {v for test in done for k, v in test.profile.items() if k.endswith("name")}
    assert done and names == {"Helen Marsh"}


def test_an_id_that_a_look_up_returns_is_given_by_nobody() -> None:
    assert not any("property_id" in step for test in planned(shire()) for step in steps(test))


def test_a_deed_whose_playbook_puts_a_question_that_the_caller_cannot_answer_is_not_played() -> None:
    assert not planned(shire("Which lid do they have? Red lids are replaced on Mondays."))
    assert planned(shire("Which job is it? Swaps are made on Mondays."), "done")


def test_what_is_added_to_a_booking_makes_no_booking() -> None:
    model = agent(
        "You answer for a campsite.\n# Adding\nAsk for the reference. Get a yes, then call add_to_booking.",
        tool("add_to_booking", ({"reference": "LM4821", "item": "dog"}, {"status": "added"})),
    )
    said = steps(planned(model, "done")[0])
    assert said[0].startswith("Ask to add an extra")
    assert said[-1] == "End the call when told that the extra is added"


def test_a_choice_for_which_a_label_wants_something_is_not_played() -> None:
    labelled = "Stolen bin: ask for the police event number. Without it, no order."
    free, bound = (
        {test.calls[-1].input["job"] for test in planned(shire(rule), "done")} for rule in ("", labelled)
    )
    assert free - bound == {"replace_stolen"}


def test_nobody_orders_a_work() -> None:
    said = "Bin work takes up to ten days."
    assert planned(shire(said), "done") and not planned(shire(said, "order_bin_work"), "done")


def _cards(*states: str) -> AgentModel:
    calls = [
        ({"card_number": f"GC{n}5550190"}, {"status": state, "balance": 35.0 + n})
        for n, state in enumerate(states, 1)
    ]
    look_up = tool("check_card", *calls, described={"card_number": "GC and eight digits."})
    return agent("You answer for a bank. Ask for the card number and call check_card.", look_up)


def test_what_is_expired_in_some_record_has_no_status_that_people_ask_for() -> None:
    asked = {test.aim for test in planned(_cards("active", "blocked"), "fact")}
    assert any("status" in aim for aim in asked)
    assert not any("status" in test.aim for test in planned(_cards("active", "expired"), "fact"))


def test_a_made_up_number_ends_as_the_record_says() -> None:
    booking = (
        {"booking_ref": "LAN-4830"},
        {"member_name": "Kwame Osei", "mobile_last3": "190", "total": 15.2},
    )
    refund = ({"booking_ref": "LAN-4830"}, {"status": "refunded"})
    prompt = (
        "You answer for a cinema. Ask for the booking reference and call find_booking. Before a refund ask"
        " for the phone number and compare its last three digits. Then call refund_booking."
    )
    model = agent(prompt, tool("find_booking", booking), tool("refund_booking", refund))
    phones = {str(v) for test in planned(model, "done") for k, v in test.profile.items() if "phone" in k}
    assert phones and all(phone.endswith("190") for phone in phones)


def test_how_many_people_there_are_is_asked_where_the_part_of_the_prompt_has_a_call_of_this_deed() -> None:
    hall = tool("log_enquiry", ({"day": "2026-12-04"}, {"status": "logged"}))
    prompt = PROMPT.format(rule="", name="order_new_bin")
    parts = {
        "another": f"{prompt}# Hall\n- Ask how many people there will be and call log_enquiry.\n",
        "this": prompt.replace("Ask what is to be done.", "Ask how many people live there."),
    }
    asked = {
        part: [
            s
            for t in planned(agent(text, FIND, VERIFY, _order("order_new_bin"), hall), "done")
            for s in steps(t)
        ]
        for part, text in parts.items()
    }
    assert not any("two of you" in step for step in asked["another"])
    assert any("two of you" in step for step in asked["this"])
