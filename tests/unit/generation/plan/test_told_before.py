"""What a deed costs or brings back is told, or agreed to, before it where the prompt wants that."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

ADA = {"full_name": "Ada Rowe", "booking_id": "bk_1", "date": "2027-03-09"}
CANCELLED = "before it states that the booking is cancelled."


def cancelling(rule: str, **answer: Any) -> AgentModel:
    return agent(
        "You answer for a ski shop; prices are in dollars.\nAsk for the phone number and call find_booking.\n"
        f"# Cancelling a booking\n- {rule}\n- Then call cancel_booking.\n- Wax costs 12 dollars.\n",
        tool("find_booking", ({"phone": "2075550134"}, ADA)),
        tool("cancel_booking", ({"booking_id": "bk_1"}, {"status": "cancelled", **answer})),
    )


def told(model: AgentModel, family: str = "done") -> list[str]:
    return [a.text.removeprefix("The main agent should ") for a in planned(model, family)[0].assertions]


@pytest.mark.parametrize(
    "rule",
    [
        "Inside 48 hours a cancellation costs 15 dollars; tell the caller before you cancel.",
        "State the fee before cancelling.",
        "A booking cancelled on the day costs 15 dollars, and the caller has to be told.",
    ],
)
def test_a_fee_is_told_before_the_deed(rule: str) -> None:
    lines = told(cancelling(rule, fee=15))
    assert f"state that the fee is `15 dollars` {CANCELLED}" in lines
    assert "state that the booking is cancelled." in lines


@pytest.mark.parametrize(
    "rule",
    [
        "Tell the caller the fee before you cancel and get a clear yes.",
        "Say the date and the fee, and wait for the caller to agree.",
        "Tell the caller the fee before they agree.",
    ],
)
def test_a_fee_that_wants_a_yes_is_agreed_to_and_can_be_refused(rule: str) -> None:
    model = cancelling(rule, fee=15)
    assert f"state that the fee is `15 dollars` and get a yes {CANCELLED}" in told(model)
    refused = planned(model, "declined")[0]
    no = "Say that you would rather not cancel the booking then when told the fee"
    assert no in steps(refused) and refused.forbidden
    assert told(model, "declined")[-1] == "state that the fee is `15 dollars`."


@pytest.mark.parametrize(
    "rule",
    [
        "Inside 48 hours a cancellation costs 15 dollars. Tell the caller before you cancel and get a yes.",
        "Without the plan there is a fee of 15 dollars; say this and get a yes before cancelling.",
    ],
)
def test_no_fee_is_no_yes(rule: str) -> None:
    model = cancelling(rule, fee=0)
    assert not any("fee" in line or "yes" in line for line in told(model))
    assert not planned(model, "declined")


@pytest.mark.parametrize(
    ("refund", "line"), [(38, "the refund is `38 dollars`"), (0, "there is no refund")], ids=str
)
def test_what_comes_back_is_told_before_even_if_it_is_nothing(refund: int, line: str) -> None:
    rule = "Say what the caller will get back before cancelling, and ask if they would rather move it."
    model = cancelling(rule, refund=refund)
    assert f"state that {line} {CANCELLED}" in told(model)
    assert "Say no if offered to move the booking instead" in steps(planned(model, "done")[0])


@pytest.mark.parametrize(
    "rule",
    [
        "Tell the caller the fee.",
        "Tell the caller the fee before you rent anything out.",
        "Moving costs 40 dollars; tell the caller before you cancel.",
        "Tell the price before you cancel.",
    ],
)
def test_a_sum_that_no_sentence_has_told_before_this_deed_is_not(rule: str) -> None:
    assert not any(CANCELLED in line and "fee" in line for line in told(cancelling(rule, fee=15)))


def test_a_ban_that_holds_in_one_case_keeps_no_sum_back_and_none_is_told_of_nothing() -> None:
    rule = "State the charge before you cancel. If the caller is ill, do not mention charges."
    assert f"state that the charge is `15 dollars` {CANCELLED}" in told(cancelling(rule, charge=15))
    assert not any("charge" in line for line in told(cancelling(f"{rule} State the charge again.", charge=0)))


def test_a_yes_to_one_deed_is_none_to_another() -> None:
    model = agent(
        "You answer for a ski shop.\nAsk for the phone number and call find_booking.\n\n"
        "1. Read back the day and wait for a clear yes.\n2. Then call book_visit.\n"
        "3. To cancel, call cancel_booking.\n",
        tool("find_booking", ({"phone": "2075550134"}, ADA)),
        tool("book_visit", ({"booking_id": "bk_1", "date": "2027-03-12"}, {"status": "booked"})),
        tool("cancel_booking", ({"booking_id": "bk_1"}, {"status": "cancelled"})),
    )
    done = {test.key.split("/")[0]: outcome(test) for test in planned(model, "done")}
    assert any("get a yes" in line for line in done["done:book_visit"])
    assert not any("get a yes" in line for line in done["done:cancel_booking"])


def test_the_lines_that_count_least_give_way() -> None:
    orders = " ".join(
        f"Tell the caller that {thing} {is_so}."
        for thing, is_so in (("boots", "stay here"), ("poles", "are free"), ("helmets", "are lent"))
    )
    rule = f"Tell the caller the fee and the refund before you cancel and get a clear yes. {orders}"
    lines = told(cancelling(rule, fee=15, refund=20))
    assert len(lines) <= 6 and sum("get a yes" in line for line in lines) == 2


def test_a_spanish_fee_is_told_before_the_deed() -> None:
    model = agent(
        "Atiendes el teléfono de una tienda de esquí y hablas con los clientes. Los precios son en euros: "
        "una limpieza cuesta 12 €.\nPide el teléfono y llama a buscar_reserva.\n"
        "# Cancelar una reserva\n- Avisa del recargo antes de cancelar y espera un sí.\n"
        "- Después llama a cancelar_reserva.\n",
        tool("buscar_reserva", ({"telefono": "600123123"}, {"nombre": "Ada Ruiz", "reserva_id": "bk_1"})),
        tool("cancelar_reserva", ({"reserva_id": "bk_1"}, {"estado": "cancelada", "recargo": 15})),
        language="es",
    )
    lines = [a.text for a in planned(model, "done")[0].assertions]
    assert any("el recargo es `15 €` y obtener un sí antes de decir" in line for line in lines)


def test_of_two_rules_that_want_a_yes_the_one_that_says_what_is_read_back_counts() -> None:
    model = agent(
        "You answer for a ski shop.\nAsk for the phone number and call find_booking.\n"
        "# Moving a booking\n- Ask for the new day.\n- Only after they say yes, call move_booking.\n"
        "- Read back the new day and the total and wait for a yes.\n",
        tool("find_booking", ({"phone": "2075550134"}, ADA)),
        tool("move_booking", ({"booking_id": "bk_1", "new_date": "2027-03-12"}, {"status": "moved"})),
    )
    assert any(line.startswith("read back the new day and the total and get a yes") for line in told(model))


def test_the_question_for_the_yes_is_the_prompts_own() -> None:
    model = cancelling(
        'Read the booking back. Ask: "Is all of that right?" Only after they say yes, go on.', fee=0
    )
    assert 'Say yes when asked "Is all of that right?"' in steps(planned(model, "done")[0])
    assert any(
        line.startswith('ask in words like "Is all of that right?" and get a yes') for line in told(model)
    )
    refused = steps(planned(model, "declined")[0])
    assert (
        'Say that you would rather not cancel the booking after all when asked "Is all of that right?"'
        in refused
    )


def test_what_comes_back_is_given_beside_what_was_told_before() -> None:
    lines = told(cancelling("Tell the caller the charge before you cancel.", charge=10, refund=34))
    assert lines[0] == "state that the booking is cancelled, and give the refund `34 dollars`."
    assert f"state that the charge is `10 dollars` {CANCELLED}" in lines
