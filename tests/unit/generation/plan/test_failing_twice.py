"""What is ordered where a tool fails, and fails again: whom the call goes to, and what is said of it."""

from __future__ import annotations

import pytest

from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool

FIND = tool(
    "find_order",
    ({"order_code": "CK-4471", "last_name": "Lund"}, {"order_code": "CK-4471", "last_name": "Lund"}),
    ({"order_code": "CK-4999", "last_name": "Sorens"}, {"error": "timeout", "message": "No answer."}),
)
AGAIN = (
    "If a tool fails, apologize and try one more time. If it fails again, transfer to the front desk and say "
    "that nothing has been cancelled."
)
FUNCTIONS = (
    "When one of your functions fails, say that there is a problem and try again once; if it fails a second "
    "time, take the caller to the front desk."
)
CANCEL = tool("cancel_order", ({"order_code": "CK-4471"}, {"status": "cancelled"}))


def failing(rule: str, desk_tool: str = "transfer_call") -> tuple[list[str], list[str], list[str]]:
    """Outcome, steps and names of the calls where the look-up of a cake shop fails."""
    desk = tool(desk_tool, ({"desk": "front"}, {"status": "connected"}), enums={"desk": ["front", "bakery"]})
    prompt = f"You answer for a cake shop. Find the order with find_order first.\n\n# Trouble\n{rule}\n"
    test = planned(agent(prompt, FIND, CANCEL, desk), "outage", "cancel_order")[0]
    return outcome(test), steps(test), [name for name, _ in calls(test)]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            AGAIN,
            ["transfer the call to the front desk", "say that nothing has been cancelled"],
        ),
        (
            FUNCTIONS,
            ["say that there is a problem", "transfer the call to the front desk"],
        ),
        (
            "If one of your systems does not answer, say so, try once more, and then offer the same.",
            ["say that the system does not answer"],
        ),
    ],
)
def test_both_orders_of_what_fails_again_are_expected(rule: str, said: list[str]) -> None:
    told, _, made = failing(rule)
    assert told[:-1] == [f"The main agent should {one}." for one in said]
    assert told[-1] == "The main agent should not state that the order is cancelled."
    assert made[:2] == ["find_order", "find_order"]


def test_a_transfer_is_heard_where_the_tool_for_it_is_called_by_that_word() -> None:
    rule = "If a tool fails, try once more. If it fails again, transfer to the front desk."
    told, played, made = failing(rule, "transfer")
    assert told[0] == "The main agent should transfer the call to the front desk."
    assert played[-1] == "End the call when told about the transfer to the front desk"
    assert made[-1] == "transfer"


def test_a_desk_behind_an_infinitive_keeps_what_follows_with_the_caller() -> None:
    rule = "If a tool fails, try again. If that fails too, ask them to go to the desk and say what they want."
    desk = tool("transfer_call", ({"desk": "front"}, {"status": "connected"}))
    model = agent(f"You answer for a shop.\n\n# Trouble\n{rule}\n", FIND, CANCEL, desk)
    assert not any("say what they want" in d.text for s in model.prompt.statements for d in s.duties)


def test_a_ban_before_the_second_try_hides_neither_it_nor_what_comes_after_it() -> None:
    rule = (
        "If one of your systems gives an error, do not blame the caller: try it a second time, and if it "
        'fails again hand over to "front".'
    )
    told, _, made = failing(rule)
    assert told[0] == "The main agent should transfer the call."
    assert made[:2] == ["find_order", "find_order"]


def test_nothing_is_expected_of_an_error_where_the_sentence_about_it_is_not_read() -> None:
    rule = "A tool that reports trouble or an error gets one retry, and the desk the rest."
    prompt = f"You answer for a cake shop. Find the order with find_order first.\n\n# Trouble\n{rule}\n"
    assert planned(agent(prompt, FIND, CANCEL), "outage", "cancel_order") == []


def test_a_sentence_about_wrong_facts_is_none_about_errors() -> None:
    rule = "After the second failure you say which details the code and the bill have, unless they are known."
    prompt = f"You answer for a cake shop. Find the order with find_order first.\n\n# Trouble\n{rule}\n"
    assert planned(agent(prompt, FIND, CANCEL), "outage", "cancel_order")
