"""Which look-up identifies callers, and with what it is asked."""

from __future__ import annotations

from evalgen.generation.read.model import read_agent
from evalgen.generation.read.words import words_in
from tests.unit.generation.plan.agents import agent, calls, planned, steps, tool

TENANCY = ({"phone": "5035550111"}, {"tenancy_id": "T-3108", "unit": "4B", "leaseholders": ["Priya Raman"]})


def test_the_look_up_for_which_callers_are_asked_who_they_are_identifies_them() -> None:
    look_up = tool("find_tenancy", TENANCY)
    look_up.parameters["required"] = ["phone"]  # type: ignore[index]  # it has a schema
    house = agent(
        "You answer for a house. Ask for the phone number and look it up with find_tenancy.", look_up
    )
    quiet = agent("You answer for a house. Tenancies are in find_tenancy.", look_up)
    assert house.tools["find_tenancy"].role == "identify"
    assert quiet.tools["find_tenancy"].role == "read"


def test_what_another_parameter_says_that_a_value_is_that_is_asked_for() -> None:
    found = {"account_id": "410027", "account_holder": "Denise Marchetti"}
    model = agent(
        "You answer for a fuel dealer that moves deliveries. Ask for the phone number.",
        tool(
            "find_account",
            ({"lookup_by": "phone", "value": "8025550114"}, found),
            enums={"lookup_by": ["phone", "account_number"]},
        ),
        tool("move_delivery", ({"account_id": "410027"}, {"status": "moved"})),
    )
    test = planned(model, "done")[0]
    assert any("{{test_profile.phone}} when asked for the phone number" in step for step in steps(test))
    assert not any("lookup" in step or "value" in step for step in steps(test))
    assert calls(test)[0] == ("find_account", {"lookup_by": "phone", "value": "8025550114"})


def test_the_record_of_what_a_deed_is_done_to_may_be_looked_up_though_another_part_names_the_look_up() -> (
    None
):
    customer = {"customer_id": "C-81", "orders": [{"order_number": "LM-40218", "date": "2027-03-13"}]}
    model = agent(
        "You answer for a grocer.\n\n# Callers\nAsk for the phone number and call find_customer."
        "\n\n# Status\nUse get_order before you speak of an order."
        "\n\n# Cancelling\nCancel with cancel_order.",
        tool("find_customer", ({"phone": "6125550114"}, customer)),
        tool("get_order", ({"order_number": "LM-40218"}, {"locks_at": "13:00"})),
        tool("cancel_order", ({"order_number": "LM-40218"}, {"status": "cancelled"})),
    )
    test = planned(model, "done", "cancel_order")[0]
    assert [call.tool for call in test.calls if call.optional] == ["get_order"]


def test_a_key_that_says_for_whom_something_is_names_that() -> None:
    assert words_in("en").noun_of("for_person") == "person that it is for"
    assert words_in("es").noun_of("para_persona") == "persona para quien es"


def test_all_days_on_which_nobody_works_are_left_out_of_what_is_invented() -> None:
    from tests.unit.generation.read.invented_agents import agent as bare
    from tests.unit.generation.read.invented_agents import tool as given

    prompt = (
        "Today is Friday, May 8, 2026. We are open Tuesday through Saturday and closed Sundays and Mondays. "
        "Renata works Tuesday to Saturday and is away from Tuesday, May 12 through Saturday, May 16. "
        "Theo works Wednesday through Saturday. Lucas is in Thursday through Saturday."
    )
    text = {"type": "string"}
    model = read_agent(
        bare(
            prompt,
            given("find_openings", about="Open times on a date.", date=text),
            given("book_visit", about="Books a visit.", full_name=text, date=text, start=text),
        )
    )
    days = {str(call.input["date"]) for call in model.tools["find_openings"].calls["success"]}
    assert days and days <= {"2026-05-21", "2026-05-22", "2026-05-28", "2026-05-29", "2026-06-04"}
