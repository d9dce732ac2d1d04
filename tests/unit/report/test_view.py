"""What the report shows of an agent, its scenarios, and what they cover."""

from __future__ import annotations

from typing import Any

from evalgen.generation.definition import AgentDefinition, Document, MockCall, Tool
from evalgen.generation.kept import kept_model
from evalgen.report.calls import calls_of
from evalgen.report.lines import Line, lines_by_scenario, lines_of, said_in
from evalgen.report.reported import Reported
from evalgen.report.view import view_of
from tests.unit.exports.sample import scenario

PROMPT = "# Desk\n\nNever give advice. Always ask\nfor the name.\n\nBe kind."
TOOLS = (
    Tool(1, "find", mock_data=(MockCall({"phone": "613"}, {"id": "p1"}),)),
    Tool(2, "get_hours", parameters={"type": "object", "properties": {"day": {"type": "string"}}}),
)
AGENT = AgentDefinition("Clinic", "en", PROMPT, TOOLS, documents=(Document(1, "a.md", "x"),))


def item(name: str, line: int | None, status: str, *scenarios: int, **other: str) -> dict[str, Any]:
    about = {"about": "statement", "kind": "ban", "text": f"text of {name}", "reason": "", **other}
    return {"id": name, "line": line, "status": status, "scenarios": list(scenarios), **about}


ITEMS = [
    item("s1", 3, "covered", 7),
    item("s2", 3, "out_of_reach", reason="no test"),
    item("s3", 6, "not_testable", kind="manner", reason="it says how to speak"),
    item("find:success", None, "covered", 7, about="tool_outcome", kind="success"),
    item("find:outage", None, "not_yet", about="tool_outcome", kind="outage"),
    item("fact:1", 2, "covered", 7, about="fact", kind="a.md"),
]


def reported(**changes: Any) -> Reported:
    rested = [{"lines": [4, 4], "statement": "s2"}, {"call": "c1", "path": ""}]
    claim = {**scenario()["assertions"][0], "rests_on": rested}
    return Reported(AGENT, [scenario(assertions=[claim])], ITEMS, **changes)


def lines_in(one: Reported) -> list[Line]:
    return lines_of(one, said_in(one))


def test_an_agent_that_was_read_last_is_not_read_again_for_its_report() -> None:
    read = kept_model(AGENT)
    assert reported().model is read


def test_each_line_says_how_it_is_tested_and_by_what() -> None:
    lines = lines_in(reported())
    assert [(line.state, line.scenarios) for line in lines] == [
        ("plain", ()),
        ("plain", ()),
        ("partly", (1,)),
        ("partly", (1,)),
        ("plain", ()),
        ("not_testable", ()),
    ]
    assert lines_by_scenario(lines) == {1: [3, 4]}


def test_statements_of_another_reading_keep_their_first_line() -> None:
    moved = [item("s9", 6, "covered", 7)]
    assert [line.state for line in lines_in(Reported(AGENT, [scenario()], moved))].count("tested") == 3


def test_tools_are_shown_with_the_answers_that_they_are_mocked_to_give() -> None:
    view = view_of(reported())
    assert view.outcomes == ("success", "outage")
    find, hours = view.tools
    success, outage = find.cells
    assert success is not None and outage is not None
    assert (success.scenarios, outage.status) == ((1,), "not_yet")
    assert (hours.cells, hours.invented) == ((None, None), True)
    assert [tool.name for tool in view.invented] == ["get_hours"]


def test_what_is_left_is_grouped_by_why() -> None:
    view = view_of(reported())
    assert [(status, why, [one.text for one in things]) for status, why, things in view.left] == [
        ("Not tested yet", "", ["text of find:outage"]),
        ("Out of reach", "no test", ["text of s2"]),
        ("Nothing to test", "it says how to speak", ["text of s3"]),
    ]
    assert [(one.name, one.tested, one.total) for one in view.shares] == [
        ("statements of the prompt", 1, 2),
        ("answers of tools", 1, 2),
        ("facts of the documents", 1, 1),
    ]
    assert [fact.scenarios for fact in view.documents["a.md"]] == [(1,)]


def test_reasons_of_failures_are_counted() -> None:
    failures = [{"slot": n, "reason": "why"} for n in (1, 2)]
    assert view_of(reported(failures=failures)).shortfall == (("why", 2),)


def test_calls_stand_with_their_answers() -> None:
    one = scenario()
    one["expected_calls"] = [one["expected_calls"][1], {**one["expected_calls"][0], "input": {"phone": "9"}}]
    assert [(call.id, call.tool, call.output) for call in calls_of(one)] == [
        ("", "find", {"id": "p1"}),
        ("c2", "cancel", {"ok": True}),
        ("c1", "find", None),
    ]
