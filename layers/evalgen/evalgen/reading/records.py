"""Calls that fit together: which output value is the input of another tool, followed call by call.

A chain is executed against the mock data: every input of every call is either something that the caller
says or a value that an earlier call of the same chain has answered.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.values import Path, key_of, kind_of, leaves, same
from evalgen.reading.tools import Outcome, ToolModel, outcome_of

_PREFERENCE = ("identify", "read", "write", "hidden")
_PLACE = re.compile(r"zip|postal|country|currency|area", re.IGNORECASE)
_Produced = tuple[ToolModel, MockCall, Path]
MOST_DEPTH = 4
MOST_LINKED = 40


@dataclass(frozen=True, slots=True)
class Link:
    """Input `key` of a call is the value at `path` in the output of the chain's call number `call`."""

    key: str
    call: int
    path: Path


@dataclass(frozen=True)
class Step:
    """One call of a chain; inputs without a link are what the caller says (free text excepted)."""

    tool: ToolModel
    call: MockCall
    links: tuple[Link, ...] = ()

    @cached_property
    def outcome(self) -> Outcome:
        return outcome_of(self.call)

    def said(self) -> dict[str, Any]:
        linked = {link.key for link in self.links}
        return {key: value for key, value in self.call.input.items() if key not in linked}


@dataclass(frozen=True, slots=True)
class Chain:
    """Calls in order; the last one is what the chain is for."""

    steps: tuple[Step, ...]

    @property
    def last(self) -> Step:
        return self.steps[-1]

    @property
    def person(self) -> Step | None:
        """The call that identifies the caller."""
        return next((s for s in self.steps if s.tool.effect == "identify" and s.outcome == "success"), None)


@dataclass
class Records:
    """The links between all mock calls of an agent."""

    tools: Sequence[ToolModel]
    _producers: dict[str, list[_Produced]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for tool in self.tools:
            for call in tool.calls["success"]:
                given = {same(v) for _, v in leaves(call.input)}
                for path, value in leaves(call.output):
                    if linkable(key_of(path), value) and same(value) not in given:
                        found = self._producers.setdefault(same(value), [])
                        if len(found) < MOST_LINKED:
                            found.append((tool, call, path))

    def chain(self, tool: ToolModel, call: MockCall) -> Chain:
        """The call with those before it that answer its inputs."""
        steps: list[Step] = []
        self._append(steps, tool, call, MOST_DEPTH)
        return Chain(tuple(steps))

    def chains(self, tool: ToolModel, outcome: Outcome) -> list[Chain]:
        return [self.chain(tool, call) for call in tool.calls[outcome]]

    def helpers(self) -> set[str]:
        """The tools from whose answers other tools' inputs are taken."""
        chains = [self.chain(tool, call) for tool in self.tools for call in tool.calls["success"][:3]]
        return {
            chain.steps[link.call].tool.name
            for chain in chains
            for step in chain.steps
            for link in step.links
        }

    def _append(self, steps: list[Step], tool: ToolModel, call: MockCall, depth: int) -> int:
        for index, step in enumerate(steps):
            if step.tool.name == tool.name and step.call == call:
                return index
        links = []
        for key, value in call.input.items():
            source = self._source(tool, call, key, steps) if depth and linkable(key, value) else None
            if source is not None:
                producer, made, path = source
                links.append(Link(key, self._append(steps, producer, made, depth - 1), path))
        steps.append(Step(tool, call, tuple(links)))
        return len(steps) - 1

    def _source(self, tool: ToolModel, call: MockCall, key: str, steps: Sequence[Step]) -> _Produced | None:
        """The call to take an input from: one of the chain, else a reading one, else one that writes it.

        Among equals the one whose own inputs agree with this call's comes first. A chain is about one
        person: no second identifying call is drawn in.
        """
        wanted = same(call.input[key])
        given = {(name, same(value)) for name, value in call.input.items()}
        if any(p.name == key and p.choices for p in tool.parameters):
            return None
        for step in steps:
            for path, answered in leaves(step.call.output):
                if same(answered) == wanted and not any(
                    same(v) == wanted for _, v in leaves(step.call.input)
                ):
                    return step.tool, step.call, path
        identified = any(step.tool.effect == "identify" for step in steps)
        options = [
            p
            for p in self._producers.get(wanted, ())
            if p[0].name != tool.name and not (identified and p[0].effect == "identify")
        ]
        ranked = sorted(
            options,
            key=lambda p: (
                _PREFERENCE.index(p[0].effect),
                -sum((name, same(value)) in given for name, value in p[1].input.items()),
            ),
        )
        if ranked and (ranked[0][0].effect in ("identify", "read") or tool.effect != "identify"):
            return ranked[0]
        return None


def linkable(key: str, value: Any) -> bool:
    """Values worth linking: identifiers and moments, which mean the same wherever they stand."""
    return kind_of(key, value) in ("id", "datetime") and len(str(value)) >= 3 and not _PLACE.search(key)


def merge(first: Chain, second: Chain) -> Chain:
    """Both chains as one; calls that both make appear once, and links are renumbered."""
    steps = list(first.steps)
    moved: dict[int, int] = {}
    for index, step in enumerate(second.steps):
        known = next(
            (i for i, s in enumerate(steps) if s.tool.name == step.tool.name and s.call == step.call), None
        )
        if known is not None:
            moved[index] = known
            continue
        moved[index] = len(steps)
        steps.append(
            Step(step.tool, step.call, tuple(Link(k.key, moved[k.call], k.path) for k in step.links))
        )
    return Chain(tuple(steps))


def retarget(chain: Chain, person: Step, tools: Sequence[ToolModel]) -> Chain | None:
    """The same calls for somebody else: linked values follow, what the tools would newly issue is made anew.

    None where the other person's record lacks what the calls need. Calls of the mock data stay as they are.
    """
    steps: list[Step] = []
    for step in chain.steps:
        if step.tool.effect == "identify":
            steps.append(person)
            continue
        given = dict(step.call.input)
        for link in step.links:
            if link.call >= len(steps):
                return None
            value = value_at(steps[link.call].call.output, link.path)
            if value is None:
                return None
            given[link.key] = value
        known = next(
            (
                call
                for tool in tools
                if tool.name == step.tool.name
                for call in tool.tool.mock_data
                if call.input == given
            ),
            None,
        )
        if known is not None and outcome_of(known) != step.outcome:
            return None
        steps.append(Step(step.tool, known or MockCall(given, _reissued(step, given)), step.links))
    return Chain(tuple(steps))


def value_at(value: Any, path: Path) -> Any:
    """What stands at a path, or None."""
    for part in path:
        named = isinstance(value, dict) and isinstance(part, str) and part in value
        counted = isinstance(value, list) and isinstance(part, int) and part < len(value)
        if not (named or counted):
            return None
        value = value[part]
    return value


def _reissued(step: Step, given: dict[str, Any]) -> Any:
    """The step's output for other inputs: echoed inputs follow, identifiers of its own are new."""
    echoed = {same(old): given[key] for key, old in step.call.input.items()}
    stamp = "".join(str(v) for v in given.values())

    def changed(key: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: changed(name, inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [changed(key, inner) for inner in value]
        if isinstance(value, str | int) and not isinstance(value, bool):
            if same(value) in echoed:
                return echoed[same(value)]
            if isinstance(value, str) and kind_of(key, value) == "id":
                return _fresh(value, stamp)
        return value

    return changed("", step.call.output)


def _fresh(identifier: str, stamp: str) -> str:
    """Another identifier of the same shape: its last run of digits and capitals is replaced."""
    head, tail = re.match(r"^(.*?)([0-9A-Z]*)$", identifier, re.DOTALL).groups()  # type: ignore[union-attr]  # always matches
    digest = hashlib.sha256(f"{identifier}{stamp}".encode()).hexdigest()
    made = "".join(
        str(int(digest[i], 16) % 10) if c.isdigit() else chr(ord("A") + int(digest[i : i + 2], 16) % 26)
        for i, c in enumerate(tail)
    )
    return head + made
