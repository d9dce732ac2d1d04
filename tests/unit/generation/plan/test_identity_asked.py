"""What the prompt may ask of callers before it goes on is answered, or their matter gives no test."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.explain import explained
from evalgen.generation.plan.identity_asked import unanswered
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, planned, steps, tool

ACCOUNT = {
    "account_id": "acc_4",
    "holder": "Denise Halloran",
    "service_address": {"house_number": "88", "zip": "43119"},
}


def hauler(rules: str, given: dict[str, str] | None = None, **more: Any) -> AgentModel:
    found = tool(
        "find_account",
        (given or {"phone": "6145550132"}, ACCOUNT | more),
        free=("ticket_number",),
    )
    order = tool("order_bin", ({"account_id": "acc_4"}, {"status": "ordered", "ticket": "BN-9410"}))
    return agent(
        f"You answer for a hauler and order bins.\n\n# Who is calling\n{rules}\n\n# Bins\nUse order_bin.",
        found,
        order,
    )


def bin_steps(rules: str, **more: Any) -> list[str]:
    return [step for test in planned(hauler(rules, **more), "done", "order_bin") for step in steps(test)]


ASKED = "Ask for the phone number and run find_account."


def test_the_name_of_a_thing_on_record_is_not_the_callers() -> None:
    model = hauler(f"{ASKED} The caller must also give their name.", plan={"name": "essential"})
    assert "essential" not in planned(model, "done", "order_bin")[0].profile.values()


@pytest.mark.parametrize(
    ("rule", "answers"),
    [
        (
            "Then have the caller tell you the house number and ZIP code of the service address.",
            ("{{test_profile.house_number}} if asked for the house number", "{{test_profile.zip}} if asked"),
        ),
        ("The caller must also give their name.", ("{{test_profile.full_name}} if asked",)),
        ("You need one of these: the house number or the booking number.", ("house_number}} if asked",)),
    ],
)
def test_what_may_be_asked_in_any_words_has_an_answer_from_the_record(
    rule: str, answers: tuple[str, ...]
) -> None:
    said = "\n".join(bin_steps(f"{ASKED} {rule}"))
    assert all(answer in said for answer in answers)


@pytest.mark.parametrize(
    "rule",
    [
        "Then have the caller tell you their date of birth.",
        "Ask for the security word too.",
        "You need the phone number and the ticket number.",
    ],
)
def test_what_the_record_does_not_hold_or_the_look_up_was_not_given_leaves_nothing_certain(rule: str) -> None:
    assert not planned(hauler(f"{ASKED} {rule}"), "done")


@pytest.mark.parametrize(
    "rule",
    [
        "Never ask for the security word.",
        "If the number is not found, ask for the security word.",
        "Don't read out the date of birth.",
        "The caller may give the security word.",
    ],
)
def test_bans_and_cases_ask_nothing_of_every_caller(rule: str) -> None:
    assert planned(hauler(f"{ASKED} {rule}"), "done", "order_bin")


def test_what_is_asked_where_a_wish_is_told_first_is_asked_of_every_caller() -> None:
    rule = "When somebody wants to order, ask for the phone number and look them up with find_account."
    said = "\n".join(bin_steps(f"{rule} Have them tell you the house number."))
    assert "Give {{test_profile.house_number}} if asked for the house number" in said


def test_three_words_that_begin_large_are_no_name_unless_their_key_says_whose() -> None:
    said = "\n".join(bin_steps(f"{ASKED} The caller must give their name.", street="Linden Hollow Road"))
    assert "full_name}} if asked" in said and "street}}" not in said


def test_a_list_of_ways_is_closed_where_the_look_up_took_none_of_them_whole() -> None:
    ways = "You need one of these:\n\na) the ticket number and the name; or\nb) the email and the name.\n"
    assert not planned(hauler(f"{ways}\nUse find_account."), "done")
    assert planned(hauler(f"{ways}\nUse find_account.", email="d@example.com"), "done", "order_bin")


def test_in_spanish_the_postcode_is_answered_too() -> None:
    model = agent(
        "Atiendes las llamadas de una empresa de contenedores y pides contenedores.\n\n# Identificación\n"
        "Pide el teléfono y llama a buscar_cliente. La persona debe decir el código postal.\n\n"
        "# Contenedores\nUsa pedir_contenedor.",
        tool("buscar_cliente", ({"telefono": "612345018"}, {"cliente_id": "CL-4", "codigo_postal": "28410"})),
        tool("pedir_contenedor", ({"cliente_id": "CL-4"}, {"estado": "pedido", "numero_pedido": "PD-18"})),
        language="es",
    )
    said = [step for test in planned(model, "done") for step in steps(test)]
    assert any("{{test_profile.codigo_postal}} if asked" in step for step in said)


def test_a_case_before_it_in_the_same_paragraph_hides_no_question() -> None:
    rule = "If nothing is found, ask once more. Once you have a record, ask for the house number."
    assert "{{test_profile.house_number}} if asked" in "\n".join(bin_steps(f"{ASKED} {rule}"))


def test_who_is_new_is_asked_for_more_and_nobody_else() -> None:
    rule = "If nothing is found, offer to register them. You need the security word and the email."
    assert planned(hauler(f"{ASKED} {rule}"), "done", "order_bin")


def test_a_row_of_a_table_asks_too_and_digits_are_those_of_the_number_on_record() -> None:
    rows = "| For | Needed |\n|---|---|\n| Ordering | The last 4 digits of the mobile, given by the caller |"
    said = "\n".join(bin_steps(f"{ASKED}\n\n{rows}", mobile="6145550132"))
    assert "{{test_profile.phone_last4}} if asked for the last four digits" in said


def test_the_last_digits_that_a_listed_booking_has_are_those_that_its_caller_gives() -> None:
    rule = "Ask for the last name and the last four digits of the mobile number; both must match."
    said = planned(hauler(f"{ASKED} {rule}", bins=[{"last_name": "Marsh", "mobile_last4": "0149"}]), "done")
    assert said and all(test.profile["mobile_last_4"] == "0149" for test in said)
    assert not any("phone_last4" in test.profile for test in said)


def test_an_address_that_begins_with_a_number_holds_the_house_number() -> None:
    held = {"phone": "6145550132"}, {"account_id": "acc_4", "address": "214 Quarry Lane"}
    model = agent(
        "You answer for a hauler and order bins.\n\n# Who is calling\nAsk for the phone number and run "
        "find_account. Ask for the house number and street.\n",
        tool("find_account", held),
        tool("order_bin", ({"account_id": "acc_4"}, {"status": "ordered"})),
    )
    said = [step for test in planned(model, "done") for step in steps(test)]
    assert said.count("Give {{test_profile.address}} if asked for the address") == len(planned(model, "done"))


def test_the_name_of_a_child_is_asked_beside_that_of_the_adult_and_neither_is_the_other() -> None:
    rule = "Have them tell you the name of the adult on the account plus one swimmer's first name."
    said = bin_steps(f"{ASKED} {rule}", swimmers=[{"first_name": "Jonas"}, {"first_name": "Pim"}])
    assert "Give {{test_profile.full_name}} if asked for the full name" in said
    assert any("{{test_profile.swimmer_first_name}} if asked" in step for step in said)


def test_answers_that_are_given_if_asked_are_joined_where_there_are_too_many_steps() -> None:
    rule = "Ask for the email, the ZIP code, the house number, the unit number, the plate and the name."
    more = {"email": "d@example.com", "unit": "4B", "plate": "8KTR214", "pin": "4182", "dob": "1984-03-12"}
    rule = f"{rule} Then ask for the PIN, the date of birth and the last four digits of the phone number."
    said = bin_steps(f"{ASKED} {rule}", **more)
    assert len(said) <= 10 and any(" and {{" in step and " if asked" in step for step in said)


def test_what_a_look_up_answers_to_some_of_the_facts_alone_lies_beside_it() -> None:
    several = {"last_name": "Marsh"}, {"status": "multiple_matches"}
    one = {"last_name": "Marsh", "phone_last4": "0142"}, {"account_id": "acc_4", "holder": "Ida Marsh"}
    model = agent(
        "You answer for a hauler and order bins. Ask for the last name and the last four digits of the phone "
        "number and run find_account.",
        tool("find_account", one, several),
        tool("order_bin", ({"account_id": "acc_4"}, {"status": "ordered"})),
    )
    test = planned(model, "done")[0]
    assert [call.input for call in test.calls if call.optional] == [{"last_name": "Marsh"}]


def test_what_is_asked_and_held_by_no_record_is_told_to_the_owner() -> None:
    model = hauler(f"{ASKED} Ask for the security word too.")
    assert list(unanswered(model)) == [("find_account", "PIN or password")]
    assert not list(unanswered(hauler(f"{ASKED} Ask for the house number.")))
    pets = hauler(f"{ASKED} Ask for the pet's name.", pets=[{"name": "Biscuit"}])
    assert not list(unanswered(pets))
    [advice] = [text for text in explained(model.definition)["advice"] if "find_account tells" in text]
    assert advice.startswith("tools: callers may be asked for their PIN or password")


ORDERS = tool(
    "find_orders",
    ({"phone": "0871234567"}, {"orders": [{"order_number": "48210", "ordered_on": "2026-04-11"}]}),
    ({"phone": "0879876543"}, {"found": False}),
)
ORDER = tool(
    "get_order",
    ({"order_number": "48210"}, {"order_number": "48210", "surname": "Nolan", "eircode": "W91 K4P8"}),
)
CANCEL = tool("cancel_order", ({"order_number": "48210"}, {"status": "cancelled", "reference": "CX-114"}))


def nursery(identity: str) -> AgentModel:
    rules = f"# Identity\n{identity}\n\n# Cancelling\nUse cancel_order."
    return agent(f"You answer for a nursery and cancel orders.\n\n{rules}", ORDERS, ORDER, CANCEL)


def test_the_record_of_a_later_look_up_answers_what_the_first_one_does_not_hold() -> None:
    model = nursery(
        "Ask for the phone number and call find_orders. Call get_order, then ask for the surname on the "
        "order. Before you cancel, also ask for the Eircode of the delivery address."
    )
    said = "\n".join(steps(planned(model, "done", "cancel_order")[0]))
    assert "{{test_profile.surname}} if asked" in said
    assert "{{test_profile.eircode}} if asked" in said


def test_what_an_order_under_identity_asks_for_and_no_record_has_leaves_nothing_certain() -> None:
    asked = "Ask for the order number and call get_order. Before you cancel, also ask for the security word."
    assert not planned(nursery(asked), "done")


def test_a_look_up_for_callers_without_their_number_is_no_way_in() -> None:
    model = nursery(
        "1. Order number. If the caller doesn't have it, ask for the phone number and use find_orders.\n"
        "2. Call get_order, then ask for the surname on the order."
    )
    assert model.tools["get_order"].role == "identify"
    test = planned(model, "done", "cancel_order")[0]
    assert "{{test_profile.order_number}}" in "\n".join(steps(test))
    assert [call.tool for call in test.calls if not call.optional] == ["get_order", "cancel_order"]


def test_what_callers_may_do_after_two_tries_asks_nothing_of_the_others() -> None:
    rule = "Two goes, then you have to leave it: they can write to us from the email address on the booking."
    assert planned(hauler(f"{ASKED} {rule}"), "done", "order_bin")


def test_what_needs_only_some_facts_is_one_matter_of_several() -> None:
    rule = "Damage reports need only the security word and the reporter's name."
    assert planned(hauler(f"{ASKED} {rule}"), "done", "order_bin")
