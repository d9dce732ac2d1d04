"""The calls of a scenario: what is expected, with the answer that is mocked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evalgen.exports.exported import Scenario


@dataclass(frozen=True, slots=True)
class Call:
    """`id` is empty for an answer that is mocked and for which no call is expected."""

    id: str
    tool: str
    input: dict[str, Any]
    output: Any
    optional: bool
    after: tuple[str, ...]


def calls_of(scenario: Scenario) -> Iterator[Call]:
    """In the order of the mocked answers; expected calls without an answer are last."""
    waiting = list(scenario["expected_calls"])
    for entry in scenario["generated_mock_tool_entries"] or ():
        name, mock = entry["tool_name"], entry["new_entry"]
        same = [one for one in waiting if (one["tool"], one["input"]) == (name, mock["input"])]
        if same:
            waiting.remove(same[0])
            yield _expected(same[0], mock["output"])
        else:
            yield Call("", name, mock["input"], mock["output"], True, ())
    for one in waiting:
        yield _expected(one, None)


def _expected(one: dict[str, Any], output: Any) -> Call:
    return Call(one["id"], one["tool"], one["input"], output, one["optional"], tuple(one["after"]))
