"""Records that a rule of the prompt shuts out of a deed: the call ends in the refusal, whatever mocks say."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.plan.choices_meant import is_of_no_choice
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, outcome, planned, steps, tool

ADA: dict[str, Any] = {"member_id": "mb_1", "full_name": "Ada Rowe", "plan": "Plus", "late_cancels_30d": 0}
BEN: dict[str, Any] = {"member_id": "mb_2", "full_name": "Ben Stahl", "plan": "Basic", "late_cancels_30d": 3}
PHONES = {"phone": "2075550134"}, {"phone": "2075550161"}
CLASSES = [
    {"class_id": "cl_1", "start": "2026-03-14T09:00"},
    {"class_id": "cl_2", "start": "2026-03-14T11:00"},
]


def gym(rule: str, **ben: Any) -> AgentModel:
    return agent(
        "You answer for a gym.\nAsk for the phone number and call find_member.\n"
        f"# Booking a class\n- {rule}\n",
        tool("find_member", (PHONES[0], ADA), (PHONES[1], BEN | ben)),
        tool("list_classes", ({"date": "2026-03-14"}, {"classes": CLASSES})),
        tool("book_class", ({"member_id": "mb_1", "class_id": "cl_1"}, {"status": "booked"})),
    )


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        ("`late_cancels_30d` of 3 or more: class booking is paused.", "late cancels 30d is 3"),
        ("If plan is Basic, booking is not possible.", "plan is Basic"),
        ("Not for `Basic` plans.", "plan is Basic"),
        ("No booking while late_cancels_30d is above 2.", "late cancels 30d is 3"),
    ],
)
def test_a_record_with_which_a_rule_refuses_the_deed_is_refused(rule: str, named: str) -> None:
    tests = planned(gym(rule), "ruled_out")
    assert [test.aim for test in tests] == [f"Book a class where the {named}"]
    assert outcome(tests[0]) == [
        "The main agent should state that the class cannot be booked.",
        "The main agent should not state that the class is booked.",
    ]
    assert [call.tool for call in tests[0].forbidden] == ["book_class"]
    assert tests[0].profile["phone"] == PHONES[1]["phone"]


@pytest.mark.parametrize(
    "rule",
    [
        "`late_cancels_30d` of 4 or more: class booking is paused.",
        "If the class is advanced and the member's plan is Basic, do not book.",
        "Basic plans are not refunded.",
        "Basic plans cannot be refunded, and you must make this clear.",
        "If plan is Basic, no booking unless a manager agrees.",
        "If plan is Basic and there are two bookings already: no third booking.",
        "The end date of a Basic booking can't be changed.",
        "If plan is Basic, tell the member that the sauna is free.",
        "If a Basic member has no class yet, say so and book one.",
    ],
)
def test_a_rule_that_does_not_surely_refuse_the_deed_for_a_record_makes_no_test(rule: str) -> None:
    assert planned(gym(rule), "ruled_out") == []


@pytest.mark.parametrize(("allowed", "done"), [("Plus", True), ("Basic", False)])
def test_a_deed_that_only_some_may_do_is_done_by_one_of_them(allowed: str, done: bool) -> None:
    rule = f'Others (plan "Basic") may ask for the hours, but only a "{allowed}" member may book a class.'
    assert bool(planned(gym(rule), "done")) is done


@pytest.mark.parametrize(
    ("rule", "is_shut_out"),
    [
        ("A Basic class cannot be moved.", True),
        ("A Basic class cannot be moved to another day.", True),
        ("A Basic class cannot be moved until the fee is paid.", True),
        ("A Basic class cannot be moved to a Saturday or the week of February 14 to 22.", False),
        ("A Basic class cannot be moved to a Saturday. Offer a weekday instead.", False),
        ("If plan is Basic, the class cannot be moved beyond March 20.", False),
        ("A Basic class cannot be moved by more than a week.", False),
    ],
)
def test_what_a_thing_may_not_be_changed_into_shuts_no_record_out(rule: str, is_shut_out: bool) -> None:
    held = [{"class_id": "cl_1", "start": "2026-03-11T09:00"}]
    studio = agent(
        f"You answer for a gym. Ask for the phone number and call find_member.\n# Moving a class\n{rule}\n",
        tool("find_member", (PHONES[0], ADA | {"classes": held}), (PHONES[1], BEN | {"classes": held})),
        tool(
            "move_class",
            *(({"member_id": m, "new_date": "2026-03-14"}, {"status": "moved"}) for m in ("mb_1", "mb_2")),
            described={"member_id": "From find_member"},
        ),
    )
    assert bool(planned(studio, "ruled_out")) is is_shut_out
    assert {test.profile["phone"] for test in planned(studio, "done")} == {PHONES[0]["phone"]}


GOGGLES = "Helmets are 8 dollars, poles are free, and goggles are for sale only, so they cannot be added."


@pytest.mark.parametrize(
    ("rule", "of_no_choice"),
    [
        (GOGGLES, True),
        ("Helmets are 8 dollars, and goggles cannot be added.", True),
        ("Helmets are free, and poles cannot be added.", False),
        ("Goggles are free, but helmets cannot be added.", False),
        ("Junior packages cannot be added to.", False),
    ],
)
def test_what_is_no_choice_of_the_deed_may_be_refused_beside_its_choices(
    rule: str, of_no_choice: bool
) -> None:
    model = agent(
        f"You answer for a shop. Ask for the phone number and call find_member.\n# Adding an item\n{rule}\n",
        tool("find_member", (PHONES[0], ADA | {"status": "booked"})),
        tool(
            "add_item",
            ({"member_id": "mb_1", "item": "poles"}, {"status": "added"}),
            described={"member_id": "From find_member"},
            enums={"item": ["helmet", "poles"]},
        ),
    )
    assert is_of_no_choice(rule, model.tools["add_item"], model) is of_no_choice
    assert not of_no_choice or planned(model, "done")


def test_what_the_agent_may_ask_before_it_refuses_stands_ready() -> None:
    test = planned(gym("`late_cancels_30d` of 3 or more: class booking is paused."), "ruled_out")[0]
    assert steps(test)[:4] == [
        "Ask to book a class when opening",
        "Give {{test_profile.phone}} when asked for the phone number",
        "Ask for {{test_profile.date}} if asked for the day",
        "Choose the class at {{test_profile.time}} if offered classes on {{test_profile.date}}",
    ]
    assert {"date", "time"} <= test.profile.keys()


def test_a_flag_of_the_record_shuts_out_by_its_value() -> None:
    assert planned(gym("on_hold is true: no booking here.", on_hold=True), "ruled_out")
    assert not planned(gym("on_hold is true: no booking here.", on_hold=False), "ruled_out")


def test_what_the_rule_wants_instead_is_asserted() -> None:
    test = planned(gym("late_cancels_30d is 3: offer a call from the desk instead."), "ruled_out")[0]
    assert outcome(test) == [
        "The main agent should offer a call from the desk.",
        "The main agent should not state that the class is booked.",
    ]


def test_the_thing_that_a_rule_shuts_out_is_the_one_that_the_caller_chooses() -> None:
    loans = [
        {"loan_id": "ln_1", "title": "Emma", "renewals": 0},
        {"loan_id": "ln_2", "title": "Ulysses", "renewals": 2},
    ]
    library = agent(
        "You answer for a library.\nAsk for the phone number.\n"
        "# Renewing a loan\n- If renewals is 2, it cannot be renewed.\n",
        tool("find_member", (PHONES[0], ADA | {"loans": loans})),
        tool(
            "renew_loan",
            ({"loan_id": "ln_1"}, {"status": "renewed"}),
            described={"loan_id": "From find_member"},
        ),
    )
    test = planned(library, "ruled_out")[0]
    assert test.profile["title"] == "Ulysses"
    assert "Choose {{test_profile.title}} when asked which loan to renew" in steps(test)


def test_spanish_rules_shut_out_by_denied_states_sums_and_flags() -> None:
    receipts = [
        {"id_recibo": "r_1", "objeto": "calle Sol 15", "estado": "voluntaria", "importe": 320.5},
        {"id_recibo": "r_2", "objeto": "calle Luna 3", "estado": "pagado", "importe": 410},
        {"id_recibo": "r_3", "objeto": "calle Mar 8", "estado": "voluntaria", "importe": 92.4},
    ]
    office = agent(
        "Atiendes el teléfono de una oficina. Pide el NIF a quien llama y llama a identificar_cliente.\n"
        "# Fraccionamiento\n- El recibo no está en «voluntaria»: no se puede fraccionar aquí.\n"
        "- Importe inferior a 150 euros: no se fracciona.\n",
        tool("identificar_cliente", ({"nif": "12345678Z"}, {"id_cliente": "c_1", "recibos": receipts})),
        tool(
            "solicitar_fraccionamiento",
            ({"id_recibo": "r_1"}, {"estado": "solicitado"}),
            described={"id_recibo": "De identificar_cliente"},
        ),
        language="es",
    )
    assert sorted(test.aim for test in planned(office, "ruled_out")) == [
        "Solicitar un fraccionamiento donde estado es pagado",
        "Solicitar un fraccionamiento donde importe es 92,40 euros",
    ]


def test_a_row_that_says_no_in_the_column_of_a_deed_shuts_its_state_out() -> None:
    couriers = agent(
        "You answer for a courier.\nAsk for the phone number.\n\n"
        "| Status | Say | Reschedule |\n|---|---|---|\n"
        "| at_depot | the date | yes |\n| delivered | the time | no |\n",
        tool(
            "find_parcel",
            ({"phone": "2075550134"}, {"parcel_id": "p_1", "status": "at_depot"}),
            ({"phone": "2075550161"}, {"parcel_id": "p_2", "status": "delivered"}),
        ),
        tool("reschedule_parcel", ({"parcel_id": "p_1", "date": "2026-11-20"}, {"status": "rescheduled"})),
    )
    assert [test.aim for test in planned(couriers, "ruled_out")] == [
        "Reschedule a parcel where the status is delivered"
    ]


def test_who_is_refused_has_no_look_ups_of_another_record() -> None:
    order, days = {"order_number": "AL-440127", "zip_code": "80205"}, ["2026-10-13", "2026-10-15"]
    late = {"order_number": "AL-438905", "zip_code": "80214"}
    model = agent(
        "You answer for a furniture shop.\nAsk for the order number and the ZIP code and call find_order.\n"
        "# Moving a delivery\n- Call list_days and offer the days.\n"
        "- If status is shipped, moving is not possible.",
        tool(
            "find_order",
            (order, {"buyer": "Ada Rowe", "status": "packed", "birth_date": "1980-01-02"}),
            (late, {"buyer": "Ben Stahl", "status": "shipped", "birth_date": "1984-05-06"}),
        ),
        tool("list_days", ({"order_number": "AL-440127"}, {"days": days})),
        tool("list_areas", ({"zip_code": "80205"}, {"areas": ["Denver", "Golden"]})),
        tool(
            "move_delivery",
            ({"order_number": "AL-440127", "date": "2026-10-13"}, {"status": "moved"}),
        ),
    )
    [done] = planned(model, "done")[:1]
    assert {"list_days", "list_areas"} <= {call.tool for call in done.calls}
    [refused] = planned(model, "ruled_out")
    assert [call.tool for call in refused.calls] == ["find_order"]
