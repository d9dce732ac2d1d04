"""A change of an agent, and what becomes of its tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evalgen.generation.definition import AgentDefinition, MockCall, Tool
from evalgen.generation.suite_diff import HOLDS, STATUSES, suite_diff

PROMPT = """You answer the phone for a library.

- Never give legal advice.
- If the caller asks about a lost card, tell them to come to the desk.
- If the caller asks about parking, tell them to use the yard behind the house.
"""
FIND = Tool(
    1,
    "find_loan",
    "Finds a loan by its number.",
    {"type": "object", "properties": {"loan_number": {"type": "string"}}, "required": ["loan_number"]},
    (),
    (MockCall({"loan_number": "L-204"}, {"status": "found", "title": "Emma", "due_date": "2026-12-03"}),),
)
AGENT = AgentDefinition("Library", "en", PROMPT, (FIND,))


def keys(diff: dict[str, Any], status: str) -> list[str]:
    return [one["key"] for one in diff["scenarios"] if one["status"] == status]


def statement(diff: dict[str, Any], text: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = [one for one in diff["statements"] if text in one["text"]]
    assert len(found) == 1
    return found[0]


@pytest.fixture(scope="module")
def same() -> dict[str, Any]:
    return suite_diff(AGENT, AGENT)


def test_nothing_changes_between_an_agent_and_itself(same: dict[str, Any]) -> None:
    assert len(same["scenarios"]) >= 3
    assert {one["status"] for one in same["scenarios"]} == {HOLDS}
    assert (same["complete"], same["summary"]["untested"]) == (True, 0)
    assert {one["status"] for one in (*same["statements"], *same["tools"])} == {"same"}


def test_a_statement_that_has_moved_keeps_its_tests(same: dict[str, Any]) -> None:
    moved = replace(AGENT, description="Speak slowly.\n\n" + PROMPT)
    diff = suite_diff(AGENT, moved)
    assert not keys(diff, "void")
    assert not keys(diff, "new")
    parking = statement(diff, "parking")
    assert (parking["status"], parking["id"] != parking["old_id"]) == ("same", True)
    (test,) = parking["holds"]
    (one,) = [one for one in diff["scenarios"] if one["key"] == test]
    assert one["new_key"] != test


def test_a_rule_that_goes_takes_its_tests_along_and_no_other(same: dict[str, Any]) -> None:
    gone = replace(AGENT, description="".join(PROMPT.splitlines(keepends=True)[:-1]))
    diff = suite_diff(AGENT, gone)
    removed = statement(diff, "parking")
    assert (removed["status"], removed["id"]) == ("removed", None)
    assert keys(diff, "void") == removed["void"] != []
    assert set(keys(diff, HOLDS)) == set(keys(same, HOLDS)) - set(removed["void"])


def test_a_new_rule_is_untested_until_there_is_a_scenario_for_it() -> None:
    more = replace(
        AGENT, description=PROMPT + "- If the caller asks about fines, tell them to ask at the desk.\n"
    )
    diff = suite_diff(AGENT, more)
    added = statement(diff, "fines")
    assert (added["status"], added["untested"]) == ("added", True)
    assert keys(diff, "new") == added["new"] != []
    again = suite_diff(more, more, [*keys(diff, HOLDS), *added["new"]])
    assert not statement(again, "fines")["untested"]


def test_what_a_rule_says_otherwise_changes_its_tests() -> None:
    other = replace(AGENT, description=PROMPT.replace("come to the desk", "come to the entrance"))
    diff = suite_diff(AGENT, other)
    (changed,) = keys(diff, "changes")
    assert statement(diff, "lost card")["changes"] == [changed]
    (one,) = [one for one in diff["scenarios"] if one["key"] == changed]
    assert "assertions" in one["differs"]


def test_only_what_is_kept_is_compared_and_what_nobody_planned_is_unknown(same: dict[str, Any]) -> None:
    first = same["scenarios"][0]["key"]
    diff = suite_diff(AGENT, AGENT, [first, "by-hand"])
    assert (keys(diff, HOLDS), keys(diff, "unknown")) == ([first], ["by-hand"])
    assert len(keys(diff, "new")) == len(same["scenarios"]) - 1
    assert diff["summary"].keys() == {*STATUSES, "untested"}


def test_a_tool_that_answers_otherwise_changes_or_voids_what_uses_it() -> None:
    call = replace(
        FIND.mock_data[0], output={"status": "found", "title": "Persuasion", "due_date": "2026-12-03"}
    )
    diff = suite_diff(AGENT, replace(AGENT, tools=(replace(FIND, mock_data=(call,)),)))
    (tool,) = diff["tools"]
    assert tool["status"] == "changed"
    assert not tool["holds"]
