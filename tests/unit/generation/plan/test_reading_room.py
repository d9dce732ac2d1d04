"""Members of a library: identifiers of two kinds, ends of phone numbers, codes of branches, expired cards."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.plan.fact_questions import fact_question
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool


def _member(card: str, name: str, **more: Any) -> dict[str, Any]:
    return {
        "found": True,
        "member_id": f"M-{card[-4:]}",
        "card_number": card,
        "name": name,
        "account_type": "adult",
        "date_of_birth": "1988-03-07",
        "membership_status": "active",
        "mobile_on_record": "ends 644",
        "loans": [],
        **more,
    }


GET = tool(
    "get_account",
    (
        {"identifier": "20418837"},
        _member(
            "20418837",
            "Priya Venkat",
            loans=[{"loan_id": "L-70311", "title": "The Salt Road North", "due": "2026-10-16"}],
        ),
    ),
    ({"identifier": "20399014"}, _member("20399014", "Arthur Blenkin", membership_status="expired")),
    (
        {"identifier": "30112645"},
        _member(
            "30112645",
            "Teo Marchetti",
            account_type="junior",
            loans=[{"loan_id": "L-70601", "title": "Owls"}],
        ),
    ),
    ({"identifier": "20411111"}, {"found": False, "message": "No account with that number."}),
    described={"identifier": "Digits only. Either the 8-digit card number or the mobile number."},
)
RENEW = tool("renew_loan", ({"loan_id": "L-70311"}, {"status": "renewed", "new_due": "2026-11-03"}))
ROOMS = tool(
    "check_rooms",
    (
        {"branch": "CEN", "date": "2026-10-15"},
        {"branch": "CEN", "date": "2026-10-15", "slots": []},
    ),
    described={"branch": "Where. CEN Central, MKT Market Hall, RIV Riverside."},
    enums={"branch": ["CEN", "MKT", "RIV"]},
)
PROMPT = """You answer for a library. Today is 2026-10-13.
<identity>
1. Ask for the library card number and call get_account. Then ask for the date of birth and compare it with
the record.
2. Ask for the mobile number on the account.
{junior}
</identity>
<renew>
Ask which loan it is, get a yes, then call renew_loan. {rule}
</renew>
"""


def library(rule: str = "", junior: str = "") -> AgentModel:
    return agent(PROMPT.format(rule=rule, junior=junior), GET, RENEW, ROOMS)


def test_an_identifier_is_asked_for_as_what_the_record_calls_it() -> None:
    said = [step for test in planned(library()) for step in steps(test)]
    assert any("{{test_profile.card_number}} when asked for the card number" in step for step in said)
    assert not any("identifier" in step for step in said)


def test_the_end_of_a_phone_number_is_not_given_as_the_number() -> None:
    profiles = [test.profile for test in planned(library(), "done")]
    assert profiles and not any("ends 644" in profile.values() for profile in profiles)
    assert all(str(profile["phone"]).endswith("644") for profile in profiles)


def test_who_is_shut_out_is_not_told_that_there_is_nothing_on_record() -> None:
    assert planned(library(), "nothing_on_file")
    assert not planned(library("Membership expired: no renewals by phone."), "nothing_on_file")


def test_what_is_asked_of_the_cards_of_one_state_is_not_asked_of_others() -> None:
    junior = "3. {} The caller must give the child's name."
    assert planned(library(junior=junior.format('Junior cards (account_type "junior") differ.')), "done")
    assert not planned(library(junior=junior.format("All cards are checked.")), "done")


def test_a_case_of_words_that_no_caller_says_does_not_close_a_deed() -> None:
    closes = "If {}, say which of them cannot be renewed."
    assert planned(library(closes.format('the caller says "renew everything"')), "done")


@pytest.mark.parametrize("about", ["Where. {}", "{}", "Branches: {}"])
def test_a_code_is_said_by_the_name_that_stands_behind_it_in_a_row(about: str) -> None:
    codes = about.format("CEN Central, MKT Market Hall, MOB mobile library.")
    book = tool(
        "book_room",
        ({"branch": "MKT", "last_name": "Marsh"}, {"status": "booked"}),
        described={"branch": codes},
        enums={"branch": ["CEN", "MKT", "MOB"]},
    )
    prompt = "You answer for a library.\nAsk for the last name and the branch, then call book_room."
    assert any("Market Hall" in test.profile.values() for test in planned(agent(prompt, book), "done"))


def test_nobody_calls_to_ask_how_soon_an_answer_comes() -> None:
    for fact, asked in (
        ("An answer comes within 3 days.", False),
        ("The test results come within 3 days.", True),
    ):
        model = agent(f"You answer for a clinic. Ask for the test results.\n- {fact}\n")
        found = [fact_question(s, "en", model.definition.description) for s in model.prompt.statements]
        assert any(found) is asked


FIND = tool(
    "find_booking",
    ({"search_by": "reference", "value": "LM4821"}, {"reference": "LM4821", "mobile": "07700900418"}),
    ({"search_by": "mobile", "value": "07700900142"}, {"reference": "LM3097", "mobile": "07700900142"}),
    ({"search_by": "reference", "value": "LM4812"}, {"error": "NOT_FOUND"}),
    enums={"search_by": ["reference", "mobile"]},
)
CANCEL = tool("cancel_booking", ({"reference": "LM4821"}, {"status": "cancelled"}))


def test_whom_no_record_has_gives_no_number_by_which_somebody_is_found() -> None:
    prompt = """You answer for a campsite.
# Who is calling
Ask for the booking reference and call find_booking. Then ask for the mobile number on the booking and compare
it with the record.
# Cancelling
Get a yes, then call cancel_booking.
"""
    test = planned(agent(prompt, FIND, CANCEL), "no_record")[0]
    assert any(step.startswith("Say that you do not have the phone number to hand") for step in steps(test))
    assert "mobile" not in test.profile


PLAN = tool(
    "change_plan",
    ({"member_id": "M-1", "new_plan": "annual"}, {"status": "changed"}),
    enums={"new_plan": ["monthly", "annual"]},
)
MEMBERS = tool(
    "get_member",
    ({"phone": "4145550163"}, {"member_id": "M-1", "plan": "monthly", "account_status": "active"}),
    ({"phone": "4145550186"}, {"member_id": "M-2", "plan": "annual", "account_status": "suspended"}),
)


def test_who_is_refused_does_not_ask_for_what_the_record_has_already() -> None:
    prompt = """You answer for a club.
Ask for the phone number and call get_member.
# Plans
- Account suspended: the plan cannot be changed.
- Ask for the new plan, get a yes, then call change_plan.
"""
    refused = planned(agent(prompt, MEMBERS, PLAN), "ruled_out")
    assert refused and all(test.profile.get("new_plan") == "monthly" for test in refused)
    assert outcome(refused[0])
