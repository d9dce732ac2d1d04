"""Days on which nothing is free, where the prompt has the agent offer others by itself."""

from __future__ import annotations

from evalgen.generation.definition import AgentDefinition
from evalgen.generation.plan.test import Test
from evalgen.generation.plan.workflow import workflow_candidates
from evalgen.generation.read.model import read_agent
from tests.unit.generation.plan.agents import agent, outcome, planned, tool
from tests.unit.generation.read import invented_agents

NEXT = "If nothing is free on that day, offer the next day with openings."
CLOSEST = "If nothing is free on that day, offer the two closest dates."
ASKS = "If nothing is free on that day, ask for another day."
TEXT = {"type": "string"}
PROMPT = (
    "You book rides. Ask for the phone number and call find_member.\n# Booking\n"
    "- Ask for the day and call find_slots. {rule}\n- Then call book_ride."
)


def _tests(rule: str, full: str) -> list[str]:
    free = [{"slot_id": "S-1", "time": "10:00"}, {"slot_id": "S-2", "time": "14:00"}]
    slots = tool(
        "find_slots",
        ({"date": "2026-05-13"}, {"slots": free}),
        ({"date": full}, {"slots": []}),
    )
    book = tool("book_ride", ({"member_id": "M-1", "slot_id": "S-1"}, {"status": "booked"}))
    member = tool("find_member", ({"phone": "2075550134"}, {"member_id": "M-1", "name": "Ada Rowe"}))
    found: list[Test] = planned(agent(PROMPT.format(rule=rule), member, slots, book), "")
    return sorted({test.key.split(":")[0] for test in found} & {"alternative", "nothing_free"})


def test_a_day_that_the_agent_has_to_offer_itself_is_tested_where_the_data_hold_the_next_one() -> None:
    assert _tests(NEXT, "2026-05-12") == ["alternative"]


def test_without_an_answer_for_the_next_day_there_is_no_test_of_it() -> None:
    assert _tests(NEXT, "2026-05-20") == []
    assert _tests(CLOSEST, "2026-05-20") == []


def test_where_the_agent_asks_for_another_day_any_day_will_do() -> None:
    assert _tests(ASKS, "2026-05-20") == ["alternative", "nothing_free"]


def test_invented_data_have_nothing_on_the_day_before_the_one_that_is_offered_next() -> None:
    made = invented_agents.tool
    member = made("find_member", None, "Find a member. Returns member_id.", (), phone=TEXT)
    slots = made(
        "find_slots", None, "List free slots. Returns slot_id and time.", (), date={**TEXT, "format": "date"}
    )
    chosen = {**TEXT, "description": "From find_slots"}
    book = made("book_ride", None, "Books a ride.", (), member_id=TEXT, slot_id=chosen)
    prompt = PROMPT.format(rule=NEXT)
    model = read_agent(AgentDefinition("Swift", "en", prompt, (member, slots, book)))
    [test, *_] = [t for t in workflow_candidates(model, "seed") if t.key.startswith("alternative")]
    days = [call.input["date"] for call in test.calls if call.tool == "find_slots"]
    assert days == ["2027-03-08", "2027-03-09"]
    assert "The main agent should offer the next day with openings." in outcome(test)
