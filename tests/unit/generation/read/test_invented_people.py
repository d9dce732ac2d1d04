"""Whom invented data are about: callers, their children, and how agents without mock data find them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from evalgen.generation.definition import AgentDefinition, Tool
from evalgen.generation.plan.test import Test
from evalgen.generation.plan.workflow import workflow_candidates
from evalgen.generation.read.model import AgentModel, read_agent
from tests.unit.generation.plan.agents import outcome, steps
from tests.unit.generation.read.invented_agents import agent, calls, invented, tool

TEXT = {"type": "string"}
DAY = {**TEXT, "format": "date"}


def _by(*names: str) -> dict[str, Any]:
    return {"type": "object", "properties": dict.fromkeys(names, TEXT), "required": []}


def _finds(name: str, about: str, *by: str) -> Tool:
    return replace(tool(name, None, about), parameters=_by(*by))


FAMILY = _finds(
    "lookup_family",
    "Finds a family by email or mobile. Response: family_id, parent_name, children (array of objects with "
    "child_id, first_name, date_of_birth, level).",
    "mobile",
    "email",
)
WITHDRAW = tool(
    "withdraw_child",
    None,
    "Response: last_lesson.",
    (),
    child_id={**TEXT, "description": "child_id of lookup_family"},
)
CATCH_UP = tool(
    "book_catchup",
    None,
    "Books a lesson. Response: catchup_date, fee.",
    (),
    child_id={**TEXT, "description": "child_id of lookup_family"},
    date=DAY,
)
SCHOOL = """You answer for a swim school. A catch-up costs £8. Today's date is 2 June 2026.
We ask for two weeks' notice.

Finding the family. Use lookup_family. You need the parent's email. Nothing under that email? Try once with
the mobile number. If neither turns anything up, say you can't see a family under those details.
Ask for the child's date of birth and check it against the record.

Leaving. Use withdraw_child.

Catching up. Use book_catchup with the date they'd like.
"""
TENANT = _finds(
    "findTenant",
    "Find a tenant by phone. Returns leaseId, tenantName, status (current, late) and accessCode.",
    "phone",
)
NOTICE = tool(
    "submitNotice", None, "", (), leaseId={**TEXT, "description": "leaseId from findTenant"}, moveOutDate=DAY
)
RESERVE = tool("reserveUnit", None, "Reserve a unit.", (), fullName=TEXT, moveInDate=DAY)
STORAGE = """# Tasks
## 1. Verify the tenant
1. Ask for the phone number and call `findTenant`.
2. Ask for the access code and compare it with the one on the lease.
## 2. Give notice
1. Verify the tenant.
2. Ask for the move-out date, then call `submitNotice`.
## 3. Rent a unit
1. Ask for the full name and the move-in date and call `reserveUnit`.
"""


def _school() -> AgentModel:
    return read_agent(AgentDefinition("School", "en", SCHOOL, (FAMILY, WITHDRAW, CATCH_UP)))


def _of(model: AgentModel, family: str) -> list[Test]:
    return [test for test in workflow_candidates(model, "seed") if test.key.startswith(family)]


def _families() -> list[Any]:
    made = invented(agent(SCHOOL, FAMILY, WITHDRAW, CATCH_UP))
    return [call.output for call in calls(made, "lookup_family") if "children" in call.output]


def test_children_of_a_record_have_names_and_birthdays_of_children() -> None:
    for output in _families():
        parent = output["parent_name"].split()[0]
        for child in output["children"]:
            assert child["first_name"] != parent
            assert 2 <= 2026 - date.fromisoformat(child["date_of_birth"]).year <= 17
        assert "date_of_birth" not in output
        assert "child_id" not in output


def test_a_child_is_told_by_its_name_and_its_birthday_is_compared() -> None:
    found = _of(_school(), "done:withdraw_child")
    several = next(test for test in found if any("which child" in step for step in steps(test)))
    assert "Choose {{test_profile.first_name}} when asked which child to withdraw" in steps(several)
    assert any(step.endswith("if asked for the child's date of birth") for step in steps(several))


def test_people_are_found_by_what_the_prompt_asks_for_first_and_then_by_the_other_fact() -> None:
    test = _of(_school(), "no_record:")[0]
    assert [list(call.input) for call in test.calls[:2]] == [["email"], ["mobile"]]
    assert "The main agent should say it can't see a family under those details." in outcome(test)


def test_a_deed_tells_the_day_that_was_asked_for_and_no_amount_where_the_prompt_has_its_own() -> None:
    for call in calls(invented(agent(SCHOOL, FAMILY, WITHDRAW, CATCH_UP)), "book_catchup"):
        assert call.output["catchup_date"] == call.input["date"]
        assert "fee" not in call.output


def test_a_last_lesson_is_a_day_behind_the_notice() -> None:
    for call in calls(invented(agent(SCHOOL, FAMILY, WITHDRAW, CATCH_UP)), "withdraw_child"):
        assert date.fromisoformat(call.output["last_lesson"]) >= date(2026, 6, 16)


def test_a_playbook_that_does_not_send_to_the_identification_needs_none() -> None:
    model = read_agent(AgentDefinition("Lockbarn", "en", STORAGE, (TENANT, NOTICE, RESERVE)))
    rented, gone = _of(model, "done:reserveUnit"), _of(model, "done:submitNotice")
    assert rented
    assert gone
    assert all(call.tool != "findTenant" for test in rented for call in test.calls)
    assert all(any(call.tool == "findTenant" for call in test.calls) for test in gone)


def test_an_access_code_of_the_record_is_given_when_asked_for() -> None:
    model = read_agent(AgentDefinition("Lockbarn", "en", STORAGE, (TENANT, NOTICE, RESERVE)))
    assert any(
        step.endswith("asked for the access code") for step in steps(_of(model, "done:submitNotice")[0])
    )


def test_no_outage_is_invented_where_the_prompt_speaks_of_one_that_is_not_read() -> None:
    unread = (
        STORAGE + "\n## 4. Trouble\nShould the lookup time out on you, that is for the site team alone.\n"
    )
    for prompt, failing in ((STORAGE, True), (unread, False)):
        made = calls(invented(agent(prompt, TENANT, NOTICE, RESERVE)), "findTenant")
        assert any("error" in call.output for call in made) is failing


def test_a_day_that_the_prompt_itself_states_is_not_invented() -> None:
    balance = tool(
        "getBalance",
        None,
        "Get what is owed. Returns balance and dueDate.",
        (),
        leaseId={**TEXT, "description": "leaseId from findTenant"},
    )
    for more, keys in (("", {"balance", "dueDate"}), ("\nRent is due on the first.\n", {"balance"})):
        made = calls(invented(agent(STORAGE + more, TENANT, balance)), "getBalance")
        assert set(made[0].output) == keys
