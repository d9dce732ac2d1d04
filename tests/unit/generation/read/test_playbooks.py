"""Which section is the playbook of a deed, and what a prompt does for anybody."""

from __future__ import annotations

import pytest

from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.open_to_all import needs_nobody
from tests.unit.generation.plan.agents import agent, tool

SUBSCRIPTION = {"subscription_id": "S-1"}
PAUSE = tool("pause_subscription", ({**SUBSCRIPTION, "weeks": 4}, {"status": "paused"}))
CANCEL = tool("cancel_subscription", (SUBSCRIPTION, {"status": "cancelled"}))
SKIP = tool("skip_delivery", ({**SUBSCRIPTION, "ship_date": "2026-06-12"}, {"status": "skipped"}))
ADDRESS = tool("update_address", ({**SUBSCRIPTION, "street": "1 Elm Street"}, {"status": "updated"}))


def food(*titles: str) -> AgentModel:
    sections = "".join(f"## {title}\n- Read it back and wait for a yes.\n" for title in titles)
    return agent(f"You answer for a pet food service.\n{sections}", PAUSE, CANCEL, SKIP, ADDRESS)


@pytest.mark.parametrize(
    ("title", "deed"),
    [
        ("Skip a delivery", "skip_delivery"),
        ("Pause", "pause_subscription"),
        ("Cancellations", "cancel_subscription"),
        ("Change of address", "update_address"),
        ("Addresses", "update_address"),
    ],
)
def test_a_section_is_the_playbook_of_the_deed_that_its_title_means(title: str, deed: str) -> None:
    assert food(title).playbooks == {deed: (title,)}


@pytest.mark.parametrize("title", ["Subscriptions", "Who you are", "Pausing and what comes of it later"])
def test_a_title_that_means_no_deed_or_several_is_the_playbook_of_none(title: str) -> None:
    assert not food(title).playbooks


def test_a_title_in_capitals_is_a_wish_in_small_letters_whatever_stands_in_parentheses() -> None:
    tasks = food("PAUSE A SUBSCRIPTION (same plan, one at a time)").prompt.tasks
    assert [task.wish for task in tasks if "subscription" in task.wish.lower()] == ["pause a subscription"]


def test_what_is_named_behind_a_yes_is_asked_of_nobody() -> None:
    reasons = {"reason": ["passenger", "disruption"]}
    made = tool("cancel_trip", ({"trip": "T-1", "reason": "passenger"}, {"status": "done"}), enums=reasons)
    said = 'Get a clear yes, then call cancel_trip with reason "passenger".'
    assert not agent(said, made).tools["cancel_trip"].asked_for
    assert agent("Ask for the reason.", made).tools["cancel_trip"].asked_for == {"reason"}


def test_a_deed_with_two_titles_has_no_playbook() -> None:
    assert not food("Pause", "Pausing").playbooks


def test_a_section_that_names_a_deed_is_its_playbook_whatever_its_title() -> None:
    text = "You answer for a pet food service.\n## Pause\n- Call cancel_subscription.\n"
    assert agent(text, PAUSE, CANCEL).playbooks == {"cancel_subscription": ("Pause",)}


TICKET = tool("lookup_ticket", ({"ticket_number": "4400718235"}, {"status": "open"}))
CONTEST = tool("file_contest", ({"ticket_number": "4400718235"}, {"status": "filed"}))
PERMIT = tool("renew_permit", ({"permit_number": "RP-1"}, {"status": "renewed"}))


@pytest.mark.parametrize(
    ("rule", "open_to_all"),
    [
        ("Tickets need no identification.", {"lookup_ticket", "file_contest"}),
        ("For permits and visitor passes, identify the resident.", {"lookup_ticket", "file_contest"}),
        ("Renewals are done without identification.", {"renew_permit"}),
        ("Questions about parking need no identification, so never ask for a permit number there.", set()),
        ("General questions need no permit and no identification.", set()),
        (
            "No identification is needed for tickets, because permits are checked.",
            {"lookup_ticket", "file_contest"},
        ),
        ("A second permit needs no new identification.", set()),
        ("For a permit just renewed go on without identifying again.", set()),
        ("For everybody's safety, identify the caller before you renew a permit or contest a ticket.", set()),
        ("Identify the resident first.", set()),
    ],
)
def test_what_is_done_for_anybody_is_known_by_its_thing_or_its_verb(rule: str, open_to_all: set[str]) -> None:
    model = agent(f"You answer for a parking office. {rule}", TICKET, CONTEST, PERMIT)
    assert {name for name, one in model.tools.items() if needs_nobody(one, model.prompt)} == open_to_all


STEPS = (
    "You answer for a parking office. The call goes like this.\n\n"
    "1. Greet the caller. Say your name.\n\n2. Permit renewals. Read it back and wait for a yes.\n\n"
    "3. Contests of tickets. Take a statement.\n\n4. Lost property. Send them to the counter.\n"
)


def test_a_step_of_a_flow_that_begins_with_a_bare_title_is_a_playbook() -> None:
    assert agent(STEPS, CONTEST, PERMIT).playbooks == {
        "renew_permit": ("Permit renewals",),
        "file_contest": ("Contests of tickets",),
    }


def test_two_such_titles_make_no_playbooks_and_an_order_is_no_title() -> None:
    assert not agent(STEPS.replace("4. Lost property.", "4. Say goodbye."), CONTEST, PERMIT).playbooks
