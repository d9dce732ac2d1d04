"""Everything that the page shows, in the order in which it shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from evalgen.exports.exported import Scenario
from evalgen.generation.definition import Tool
from evalgen.generation.ledger import Left
from evalgen.generation.read.answers import Answer
from evalgen.report.lines import Line, Said, State, lines_by_scenario, lines_of, said_in
from evalgen.report.reported import Item, Reported

ABOUT = {
    "statement": "statements of the prompt",
    "limit": "limits of rules",
    "tool_outcome": "answers of tools",
    "fact": "facts of the documents",
}
LEFT: dict[Left, str] = {
    "not_yet": "Not tested yet",
    "out_of_reach": "Out of reach",
    "not_testable": "Nothing to test",
}


@dataclass(frozen=True, slots=True)
class Share:
    """How much of one kind of thing is tested, of what a call can test."""

    name: str
    tested: int
    total: int


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to cover: `place` is a line of the prompt or of a document, 0 for none."""

    text: str
    place: int
    scenarios: tuple[int, ...]
    status: str
    why: str


@dataclass(frozen=True, slots=True)
class ToolRow:
    """`cells[i]` belongs to column i of the grid; None where the tool is not mocked to answer so."""

    name: str
    invented: bool
    cells: tuple[Thing | None, ...]


@dataclass(frozen=True, slots=True)
class View:
    reported: Reported
    shares: tuple[Share, ...]
    lines: tuple[Line, ...]
    states: dict[State, int]
    said: tuple[Said, ...]
    lines_by_scenario: dict[int, list[int]]
    families: tuple[str, ...]
    outcomes: tuple[str, ...]
    tools: tuple[ToolRow, ...]
    documents: dict[str, tuple[Thing, ...]]
    left: tuple[tuple[str, str, tuple[Thing, ...]], ...]
    invented: tuple[Tool, ...]
    shortfall: tuple[tuple[str, int], ...]
    """Why scenarios could not be made, with how many of them."""

    @property
    def variations(self) -> int:
        return sum(bool(one["variation_of"]) for one in self.reported.scenarios)


def view_of(reported: Reported) -> View:
    said = said_in(reported)
    lines = lines_of(reported, said)
    outcomes = _outcomes(reported.items)
    answers = {str(item["id"]): item for item in reported.items if item["about"] == "tool_outcome"}
    model = reported.model
    return View(
        reported,
        tuple(_shares(reported.items)),
        tuple(lines),
        dict(Counter(line.state for line in lines)),
        tuple(said),
        lines_by_scenario(lines),
        tuple(sorted({family_of(one) for one in reported.scenarios})),
        outcomes,
        tuple(_row(reported, tool, outcomes, answers) for tool in model.definition.tools),
        _documents(reported),
        _left(reported),
        tuple(tool for tool in model.definition.tools if tool.name in model.invented),
        tuple(Counter(str(one["reason"]) for one in reported.failures).most_common()),
    )


def family_of(scenario: Scenario) -> str:
    """What kind of test it is, as its key begins."""
    return str(scenario["key"] or scenario["generation_type"]).partition(":")[0]


def _shares(items: Iterable[Item]) -> list[Share]:
    kinds: dict[str, list[str]] = {}
    for item in items:
        if item["status"] != "not_testable":
            kinds.setdefault(str(item["about"]), []).append(str(item["status"]))
    return [
        Share(name, kinds[about].count("covered"), len(kinds[about]))
        for about, name in ABOUT.items()
        if about in kinds
    ]


def _outcomes(items: Iterable[Item]) -> tuple[str, ...]:
    """The columns of the grid: the kinds of answers that there are, in the order of their type."""
    kinds = {str(item["kind"]) for item in items if item["about"] == "tool_outcome"}
    return tuple(kind for kind in get_args(Answer) if kind in kinds)


def _row(reported: Reported, tool: Tool, outcomes: tuple[str, ...], answers: Mapping[str, Item]) -> ToolRow:
    """`answers` are what tools are mocked to answer, by id."""
    cells = [answers.get(f"{tool.name}:{outcome}") for outcome in outcomes]
    invented = tool.name in reported.model.invented
    return ToolRow(tool.name, invented, tuple(_thing(reported, cell) if cell else None for cell in cells))


def _documents(reported: Reported) -> dict[str, tuple[Thing, ...]]:
    """By name of a document its facts; none where the scenarios do not draw on it."""
    facts = [item for item in reported.items if item["about"] == "fact"]
    names = [document.file_name for document in reported.agent.documents]
    return {
        name: tuple(_thing(reported, item) for item in facts if item["kind"] == name)
        for name in dict.fromkeys([*names, *(item["kind"] for item in facts)])
    }


def _left(reported: Reported) -> tuple[tuple[str, str, tuple[Thing, ...]], ...]:
    """What no scenario tests, by status and reason, the largest group of a status first."""
    groups: dict[tuple[Left, str], list[Thing]] = {}
    for item in reported.items:
        if item["status"] in LEFT:
            key = item["status"], str(item["reason"])
            groups.setdefault(key, []).append(_thing(reported, item))
    order: tuple[Left, ...] = get_args(Left)
    keys = sorted(groups, key=lambda key: (order.index(key[0]), -len(groups[key])))
    return tuple((LEFT[status], why, tuple(groups[status, why])) for status, why in keys)


def _thing(reported: Reported, item: Item) -> Thing:
    """A fact's line is one of a document, and no place in the prompt."""
    place = 0 if item["about"] == "fact" else int(item["line"] or 0)
    numbers = tuple(reported.numbers_of(item))
    return Thing(str(item["text"]), place, numbers, str(item["status"]), str(item["reason"]))
