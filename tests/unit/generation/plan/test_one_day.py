"""A day that several calls of one flow take, each under a name of its own."""

from __future__ import annotations

from evalgen.generation.definition import AgentDefinition
from evalgen.generation.plan.test import Test
from evalgen.generation.plan.workflow import workflow_candidates
from evalgen.generation.read.model import read_agent
from tests.unit.generation.plan.agents import agent, planned, steps, tool
from tests.unit.generation.read import invented_agents

WINDOWS = [{"window_id": "W-1", "time": "10:00"}, {"window_id": "W-2", "time": "14:00"}]
BOOK = tool("book_move", ({"estimate_id": "E-1", "window_id": "W-1"}, {"status": "booked"}))
PROMPT = "You book moves. Callers book a move. If a date is full, say so and ask for another date."
DAY = {"type": "string", "format": "date"}


def _tests(
    search_key: str, estimate_key: str = "move_date", full: str = "2026-05-13", beside: str = ""
) -> list[Test]:
    estimate = tool(
        "get_estimate",
        ({estimate_key: "2026-05-12"}, {"estimate_id": "E-1", "total": 400}),
        ({estimate_key: "2026-05-14"}, {"estimate_id": "E-9", "total": 420}),
    )
    search = tool(
        "search_dates",
        ({search_key: "2026-05-12"}, {"windows": WINDOWS}),
        ({search_key: full}, {"windows": []} | ({beside: True} if beside else {})),
    )
    return planned(agent(PROMPT, estimate, search, BOOK), "")


def _asks_of(test: Test) -> int:
    return sum("date}}" in step and "windows" not in step for step in steps(test))


def test_one_day_under_two_names_is_said_once() -> None:
    for key in ("date", "preferred_date", "move_date"):
        done = [test for test in _tests(key) if test.key.startswith("done")]
        assert done
        assert [_asks_of(test) for test in done] == [1] * len(done)


def test_two_days_of_different_things_are_both_said() -> None:
    done = [test for test in _tests("survey_date") if test.key.startswith("done")]
    assert [_asks_of(test) for test in done] == [2] * len(done)


def test_where_nothing_is_free_on_a_day_the_calls_before_are_about_that_day() -> None:
    [test] = [t for t in _tests("date", full="2026-05-14") if t.key.startswith("nothing_free")]
    assert [call.input for call in test.calls] == [{"move_date": "2026-05-14"}, {"date": "2026-05-14"}]


def test_a_flag_that_says_why_there_is_nothing_is_not_told_as_nothing_free() -> None:
    found = {
        beside: [
            t.key
            for t in _tests("date", full="2026-05-14", beside=beside)
            if t.key.startswith("nothing_free")
        ]
        for beside in ("found", "closed")
    }
    assert found["found"] and not found["closed"]


def test_a_day_on_which_the_call_before_has_no_answer_is_not_tried() -> None:
    assert not [t for t in _tests("date") if t.key.startswith(("nothing_free", "alternative"))]


def test_invented_data_price_the_day_on_which_nothing_is_free() -> None:
    made = invented_agents.tool
    price = made("get_quote", None, "Returns quote_id and price.", (), ship_date=DAY)
    slots = made("find_slots", None, "List free slots. Returns slot_id and time.", (), date=DAY)
    book = made(
        "book_pickup",
        None,
        "",
        (),
        quote_id={"type": "string", "description": "From get_quote"},
        slot_id={"type": "string", "description": "From find_slots"},
    )
    model = read_agent(AgentDefinition("Swift", "en", "You book pickups.", (price, slots, book)))
    found = [t for t in workflow_candidates(model, "seed") if t.key.startswith("nothing_free")]
    assert found
    for test in found:
        days = {call.input.get("date") or call.input["ship_date"] for call in test.calls}
        assert len(days) == 1
