"""Two suites compared: the agents that they were made from, and their scenarios by what each tests."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from evalgen_cli.suite import Suite

NOT_COMPARED = {"id", "agent", "test_profile", "test_profile_data", "covers"}
"""Ids are numbers of a place; what they stand for is compared."""


@dataclass(frozen=True, slots=True)
class Difference:
    """`prompt`: (line, "- old" or "+ new"), by the lines of the agent that has them; `tools`: (name, what);
    `fields` of the agent; names of scenarios `added`, `removed` and `changed` (with the fields)."""

    prompt: list[tuple[int, str]]
    tools: list[tuple[str, str]]
    fields: list[str]
    added: list[str]
    removed: list[str]
    changed: list[tuple[str, list[str]]]
    same: int

    def __bool__(self) -> bool:
        return any((self.prompt, self.tools, self.fields, self.added, self.removed, self.changed))

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def compared(old: Suite, new: Suite) -> Difference:
    before, after = ({one["key"]: one for one in suite.scenarios} for suite in (old, new))
    changed = [(one["name"], list(_changes(before[key], one))) for key, one in after.items() if key in before]
    apart = {"description", "mock_tools"}
    return Difference(
        list(_lines(old.agent["description"], new.agent["description"])),
        list(_tools(old.agent, new.agent)),
        [
            name
            for name in {**old.agent, **new.agent}
            if name not in apart and old.agent.get(name) != new.agent.get(name)
        ],
        [one["name"] for key, one in after.items() if key not in before],
        [one["name"] for key, one in before.items() if key not in after],
        [(name, what) for name, what in changed if what],
        sum(not what for _, what in changed),
    )


def _lines(old: str, new: str) -> Iterator[tuple[int, str]]:
    before, after = old.splitlines(), new.splitlines()
    for what, a, b, c, d in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if what != "equal":
            yield from ((number + 1, f"- {before[number]}") for number in range(a, b))
            yield from ((number + 1, f"+ {after[number]}") for number in range(c, d))


def _tools(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, str]]:
    before, after = ({tool["name"]: tool for tool in agent.get("mock_tools", [])} for agent in (old, new))
    for name in {**before, **after}:
        if name not in after:
            yield name, "removed"
        elif name not in before:
            yield name, "added"
        elif before[name] != after[name]:
            keys = {**before[name], **after[name]}
            yield name, ", ".join(key for key in keys if before[name].get(key) != after[name].get(key))


def _changes(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for name, value in new.items():
        if name not in NOT_COMPARED and old.get(name) != value:
            yield name
    profiles = [(one["test_profile_data"] or {}).get("information") for one in (old, new)]
    if profiles[0] != profiles[1]:
        yield "test_profile_data"
