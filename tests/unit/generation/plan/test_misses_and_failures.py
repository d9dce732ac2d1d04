"""What callers meet whom no record has, or whose look-up fails, where the prompt says how it goes on then."""

from __future__ import annotations

from dataclasses import replace

from evalgen.generation.definition import AgentDefinition, Tool
from evalgen.generation.plan.test import Test
from evalgen.generation.plan.workflow import workflow_candidates
from evalgen.generation.read.model import AgentModel, read_agent
from tests.unit.generation.plan.agents import outcome, steps
from tests.unit.generation.read.invented_agents import tool

TEXT = {"type": "string"}
FIND = replace(
    tool(
        "find_customer",
        None,
        "Looks up a customer. Returns customer_id.",
        (),
        phone=TEXT,
        postcode=TEXT,
        surname=TEXT,
    ),
    parameters={
        "type": "object",
        "properties": {"phone": TEXT, "postcode": TEXT, "surname": TEXT},
        "required": [],
    },
)
CANCEL = tool(
    "cancel_plan", None, "Cancels a plan.", (), customer_id={**TEXT, "description": "from find_customer"}
)
TRANSFER = tool("transfer_call", None, "", (), reason={**TEXT, "enum": ["new_customer", "system", "other"]})
WHO = """# Who is it?
Start with find_customer. Ask for the phone number. """
OTHERWISE = "If that brings nothing, ask for the postcode and surname and try again."
NEW = (
    "Not on file at all → they are new. Tell them new customers are set up by the office, "
    'and transfer_call with reason "new_customer".'
)
FAILS = """
# If a system call fails
Try a second time.
Fails again: say that the system is slow today and transfer_call with reason "system".
"""


def _model(prompt: str, *tools: Tool) -> AgentModel:
    return read_agent(AgentDefinition("Hartwell", "en", prompt, tools or (FIND, CANCEL, TRANSFER)))


def _of(model: AgentModel, family: str) -> list[Test]:
    return [test for test in workflow_candidates(model, "seed") if test.key.startswith(f"{family}:")]


def test_who_is_not_found_is_looked_for_by_the_facts_that_the_prompt_asks_for_then() -> None:
    [test] = _of(_model(f"{WHO}{OTHERWISE}\n\n{NEW}\n"), "no_record")
    assert steps(test)[1:] == [
        "Give {{test_profile.phone}} when asked for the phone number",
        "Give {{test_profile.postcode}} when asked for the postcode",
        "Give {{test_profile.surname}} when asked for the last name",
        "End the call when told that new customers are set up by the office",
    ]
    assert [set(call.input) for call in test.calls[:2]] == [{"phone"}, {"postcode", "surname"}]


def test_the_end_of_both_look_ups_is_what_the_prompt_orders_with_the_transfer_that_it_names() -> None:
    [test] = _of(_model(f"{WHO}{OTHERWISE}\n\n{NEW}\n"), "no_record")
    assert "The main agent should ask for the postcode and surname." in outcome(test)
    assert "set up by the office" in outcome(test)[1]
    passed = [call for call in test.calls if call.tool == "transfer_call"]
    assert [(call.input, call.optional) for call in passed] == [({"reason": "new_customer"}, False)]


def test_a_second_way_without_an_end_that_is_read_gives_no_test() -> None:
    assert not _of(_model(f"{WHO}{OTHERWISE}\n"), "no_record")


def test_without_a_rule_the_caller_is_told_that_no_record_is_found() -> None:
    [test] = _of(_model(WHO), "no_record")
    assert "no record" in outcome(test)[0]


def test_a_heading_that_is_a_failure_is_the_condition_of_what_stands_below_it() -> None:
    outages = _of(_model(WHO + FAILS), "outage")
    assert outages
    for test in outages:
        assert "The main agent should say that the system is slow today." in outcome(test)
        assert not any("all the same" in step for step in steps(test))


def test_a_call_that_is_made_a_second_time_stands_twice_among_the_calls() -> None:
    [test] = _of(_model(WHO + FAILS), "outage")
    assert [call.tool for call in test.calls] == ["find_customer", "find_customer", "transfer_call"]
    assert test.calls[0].input == test.calls[1].input
    assert test.calls[2].input == {"reason": "system"}


def test_a_failure_that_only_ends_in_a_transfer_is_a_transfer() -> None:
    rule = "\n# Tool errors\nFails again: transfer to the desk with a summary.\n"
    [test] = _of(_model(WHO + rule), "outage")
    assert outcome(test)[0] == "The main agent should transfer the call."


def test_parts_counted_by_letters_have_headings() -> None:
    model = _model("(A) Who is it?\nAsk for the phone number.\n\n(B) Cancelling\nUse cancel_plan.\n")
    assert [s.section for s in model.prompt.statements] == [("Who is it?",), ("Cancelling",)]


def test_a_list_by_letters_has_no_headings() -> None:
    model = _model("Ask for:\n(A) The name\n(B) The phone\n(C) The day\n")
    assert not any(s.section for s in model.prompt.statements)


def test_a_heading_may_say_that_something_fails() -> None:
    rule = "\n# If something fails\nIf it fails again, say that nothing has been saved.\n"
    [test] = _of(_model(WHO + rule), "outage")
    assert outcome(test)[0] == "The main agent should say that nothing has been saved."


def test_what_only_an_id_tells_apart_is_not_chosen_of_an_offer() -> None:
    rates = tool(
        "check_rates", None, "Rates of a day. Each has a quote_id.", (), date={**TEXT, "format": "date"}
    )
    quote = {**TEXT, "description": "quote_id from check_rates", "pattern": "^Q-[0-9]{4}$"}
    book = tool("book_stay", None, "Books a stay.", (), quote_id=quote)
    model = _model("You answer for a parking firm.", rates, book)
    assert all("quote_id" not in step for test in workflow_candidates(model, "seed") for step in steps(test))


def test_callers_keep_to_what_they_want_where_the_playbook_offers_something_else() -> None:
    model = _model(WHO + "\n# Cancelling a plan\nOffer to pause it instead, once. Then use cancel_plan.\n")
    done = next(t for t in workflow_candidates(model, "seed") if t.key.startswith("done:cancel_plan"))
    assert "Say no if offered to pause the plan instead" in steps(done)
