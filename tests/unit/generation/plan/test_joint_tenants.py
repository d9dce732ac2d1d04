"""Tenancies whose record lists who may speak for them, and what is said of some of their tenants alone."""

from __future__ import annotations

import pytest

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

FIND = tool(
    "find_tenancy",
    (
        {"site": "mill-lane", "plot_number": "18", "postcode": "LS7 3EW"},
        {"tenancy_id": "T-2840", "tenant_names": ["Peter Lind", "Jane Lind"], "status": "active"},
    ),
    enums={"site": ["mill-lane", "long-meadow"]},
)
ACCOUNT = tool(
    "get_rent_account",
    ({"tenancy_id": "T-2840"}, {"tenancy_id": "T-2840", "account_status": "in_order", "balance": 12.0}),
    about="The rent account of a tenancy. Only after the caller has been identified.",
    described={"tenancy_id": "From the find_tenancy answer. Never guessed."},
)
TRANSFER = tool("transfer_call", ({"desk": "office"}, {"status": "transferring"}), enums={"desk": ["office"]})


def allotments(rule: str) -> AgentModel:
    return agent(
        "You answer for the allotments of a town, Mill Lane and Long Meadow.\n# Who is calling\n- Ask for the"
        " site, the plot number and the full name. Call find_tenancy and compare the name with the names in"
        " the record.\n# Rent\n- Always call get_rent_account before you say anything about rent. Amounts are"
        f" in pounds.\n# Rules\n- {rule}\n",
        FIND,
        ACCOUNT,
        TRANSFER,
    )


def test_whoever_is_identified_gives_one_of_the_names_on_record_and_choices_as_the_prompt_has_them() -> None:
    [test] = planned(allotments("Rent already paid is not refunded."), "question")
    assert "Give {{test_profile.full_name}} if asked for the full name" in steps(test)
    assert test.profile == {
        "site": "Mill Lane",
        "plot_number": "18",
        "postcode": "LS7 3EW",
        "full_name": "Peter Lind",
    }


def test_what_goes_on_about_callers_of_the_sentence_before_holds_for_them_alone() -> None:
    then = "that they cannot pay, transfer to the office."
    [test] = planned(allotments(f"If a caller says {then}"), "case")
    assert outcome(test) == ["The main agent should transfer the call to the office."]
    before = "A caller who does not qualify for a later date is told the reason kindly."
    assert not planned(allotments(f"{before} If they say {then}"), "case")


@pytest.mark.parametrize("rest", ["", ", or another holder's number", " or another holder's number"])
def test_a_clause_in_a_list_of_what_is_never_told_ends_before_its_comma(rest: str) -> None:
    [test] = planned(allotments(f"Never tell anyone where a spare key is kept{rest}."), "ban")
    assert outcome(test) == [
        "The main agent should not say where a spare key is kept, even after the second question."
    ]


def test_who_says_that_somebody_has_died_is_not_the_one_on_record() -> None:
    rule = "If a caller says that a tenant has died, transfer to the office."
    [test] = planned(allotments(rule), "case")
    assert steps(test)[0].startswith("Say that a tenant has died")
    assert "Peter Lind" not in test.profile.values() and not any(c.tool == "find_tenancy" for c in test.calls)
