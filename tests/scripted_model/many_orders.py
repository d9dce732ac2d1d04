"""An agent with one tool without examples, and a model that has as many ideas about it as are wanted.

One of its sentences is read by no rule.
"""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from tests.scripted_model.good_answers import agreed, as_written, shown_in, wanted
from tests.scripted_model.good_reading import reading_of
from tests.scripted_model.server import Asked, Reply

AGENT: dict[str, Any] = {
    "name": "Order desk",
    "language": "en",
    "description": "You answer calls about orders.\nAsk for the order number and look it up."
    "\nSay when the order arrives. Never promise a refund."
    "\nWith islands it is the depot alone that has a say in the matter.",
    "mock_tools": [
        {
            "name": "get_order",
            "description": "Finds an order.",
            "parameters": {
                "type": "object",
                "properties": {"order_number": {"type": "string"}},
                "required": ["order_number"],
            },
            "mock_data": [],
        }
    ],
}
CLAIM = "The main agent should state that the order arrives in {days} days."


class ManyOrders:
    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self, asked: Asked) -> Reply:
        if asked.form == "reading":
            return Reply(json.dumps(reading_of(asked)))
        if asked.form == "plan":
            return _reply([_proposal(next(self._numbers)) for _ in range(wanted(asked))])
        if asked.form == "writing":
            return _reply([as_written(plan) for plan in shown_in(asked)])
        return _reply(agreed(asked))


def _reply(tests: list[dict[str, Any]]) -> Reply:
    return Reply(json.dumps({"tests": tests}))


def _proposal(number: int) -> dict[str, Any]:
    made = {
        "id": "n1",
        "tool": "get_order",
        "input": json.dumps({"order_number": f"NL-{4000 + number}"}),
        "answer": json.dumps({"days": number}),
    }
    moves = [
        ("Ask when the order arrives", "opening", ""),
        ("Give {{test_profile.order_number}}", "asked", "for the order number"),
        ("", "told", "when the order arrives"),
    ]
    claim = {
        "kind": "says",
        "text": CLAIM.format(days=number),
        "quotes": ["Say when the order arrives"],
        "answers": ["n1/answer/days"],
        "caused_by": 2,
    }
    return {
        "paragraph": 0,
        "aim": f"Asks when an order arrives that takes {number} days",
        "task": "order state",
        "persona": "",
        "tactic": "",
        "made": [made],
        "calls": [{"example": "n1", "optional": False}],
        "facts": [{"key": "order_number", "source": "n1/input/order_number"}],
        "moves": [{"action": action, "when": when, "what": what} for action, when, what in moves],
        "claims": [claim],
        "barred": [],
    }
