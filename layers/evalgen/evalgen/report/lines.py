"""The agent's prompt, line by line, with how each line is tested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from evalgen.exports.exported import Scenario
from evalgen.generation.ledger import Left
from evalgen.report.reported import Reported

State = Literal["tested", "partly", Left, "plain"]
"""partly: one statement of the line is tested and another is not. plain: nothing that could be tested."""

LEGEND: dict[State, str] = {
    "tested": "tested",
    "partly": "tested in part",
    "not_yet": "not tested yet",
    "out_of_reach": "out of reach",
    "not_testable": "nothing to test",
}


@dataclass(frozen=True, slots=True)
class Line:
    """`scenarios` are the numbers of those that test it."""

    number: int
    text: str
    state: State
    scenarios: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of the prompt; `why` says why no scenario tests it."""

    first: int
    last: int
    kind: str
    status: str
    why: str
    scenarios: tuple[int, ...]


def said_in(reported: Reported) -> list[Said]:
    """The statements in the order of the prompt, each with what covers it.

    A reading that is not the one of the items (of another version) still leaves their first lines.
    """
    read = {(one.id, one.lines[0]): one.lines for one in reported.model.prompt.statements}
    found = []
    for item in reported.items:
        if item["about"] != "statement":
            continue
        line = int(item["line"])
        first, last = read.get((str(item["id"]), line), (line, line))
        numbers = tuple(reported.numbers_of(item))
        found.append(Said(first, last, str(item["kind"]), str(item["status"]), str(item["reason"]), numbers))
    return found


def lines_of(reported: Reported, said: Iterable[Said]) -> list[Line]:
    """`said` are its statements (`said_in`)."""
    texts = reported.agent.description.split("\n")
    on_line: dict[int, list[Said]] = {}
    for statement in said:
        for number in range(statement.first, statement.last + 1):
            on_line.setdefault(number, []).append(statement)
    resting: dict[int, set[int]] = {}
    for scenario, one in enumerate(reported.scenarios, 1):
        for first, last in _grounds(one):
            for number in range(first, last + 1):
                resting.setdefault(number, set()).add(scenario)
    return [_line(n, text, on_line.get(n, []), resting.get(n, set())) for n, text in enumerate(texts, 1)]


def lines_by_scenario(lines: list[Line]) -> dict[int, list[int]]:
    """By number of a scenario the lines that it tests."""
    found: dict[int, list[int]] = {}
    for line in lines:
        for scenario in line.scenarios:
            found.setdefault(scenario, []).append(line.number)
    return found


def _line(number: int, text: str, said: list[Said], resting: set[int]) -> Line:
    tests = resting | {one for statement in said for one in statement.scenarios}
    return Line(number, text, _state([one.status for one in said], bool(tests)), tuple(sorted(tests)))


def _state(statuses: list[str], tested: bool) -> State:
    if tested:
        return "partly" if {"not_yet", "out_of_reach"} & set(statuses) else "tested"
    order: tuple[Left, ...] = get_args(Left)
    return next((state for state in order if state in statuses), "plain")


def _grounds(scenario: Scenario) -> Iterator[tuple[int, int]]:
    """The lines of the prompt that its assertions rest on, first and last."""
    for assertion in scenario["assertions"]:
        for ground in assertion["rests_on"]:
            if ground.get("lines") and not ground.get("document"):
                yield ground["lines"][0], ground["lines"][1]
