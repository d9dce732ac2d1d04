"""The path of a proposed test, executed: which calls it has, and the values that it names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from evalgen.generation.definition import MockCall, Variable
from evalgen.generation.plan.test import ExpectedCall
from evalgen.generation.read.chain import Chain, Input, Played, value_at
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import Path, key_of, key_words, leaves, same
from evalgen.generation.with_model.forms import Made, Proposal
from evalgen.generation.with_model.in_language import hour_said

SHORTEST_LINK = 3
_DAY = len("2026-07-08")
_AWAY = re.compile(r"([+-]\d{1,4})([hd])")


class Impossible(Exception):
    """A proposal that cannot be a test; the text says why, for the model."""


@dataclass(frozen=True)
class TestPath:
    """`calls` in order; `names`: by the name that the proposal gives an example, the id of its call."""

    __test__ = False

    calls: tuple[ExpectedCall, ...]
    names: dict[str, str]
    answers: tuple[str, ...]
    chain: Chain
    language: str
    _examples: Mapping[str, tuple[ToolModel, MockCall]]

    def value(self, source: str, *, off_path: bool = False) -> Any:
        """What stands at `e3/answer/slots/0/provider`; with `#date`, `#time` behind it its day or hour, with
        `#-20h` the moment so long before it. `off_path`: also what an example takes that the test has not: of
        a deed that is refused.

        Raises Impossible.
        """
        source, _, part_of_moment = source.partition("#")
        name, _, rest = source.partition("/")
        part, _, pointer = rest.partition("/")
        is_open = name in self.names or (off_path and part == "input" and name in self._examples)
        if not is_open or part not in ("input", "answer"):
            raise Impossible(f"{source!r} is no path into an example of the test")
        _, call = self._examples[name]
        *way, last = _parts(pointer) or ("",)
        holder = value_at(call.input if part == "input" else call.output, way)
        try:
            value = holder[last] if pointer else holder
        except (KeyError, IndexError, TypeError):
            raise Impossible(f"there is nothing at {source!r}") from None
        return _part(str(value), part_of_moment, self.language) if part_of_moment else value

    def is_told_first(self, source: str) -> bool:
        """Whether it is the answer of a deed that the call has nowhere else: nobody knows it before."""
        _, call = self._examples.get(source.partition("/")[0], (None, None))
        deeds = [p for p in self.chain.calls if p.call is call and p.tool.role == "write"]
        if not deeds or "/answer/" not in source:
            return False
        held = [p.call.input for p in self.chain.calls]
        held += [p.call.output for p in self.chain.calls if p not in deeds]
        return same(self.value(source)) not in {same(value) for _, value in leaves(held)}


def path_of(
    proposal: Proposal, model: AgentModel, examples: Mapping[str, tuple[ToolModel, MockCall]], language: str
) -> TestPath:
    """`language` is the caller's. A call whose answer a claim states has to be made.

    Raises Impossible for calls that there are not, and for proposed ones where the tool has examples.
    """
    stated = {source.partition("/")[0] for claim in proposal.claims for source in claim.answers}
    known = {**examples, **{made.id: _made(made, model) for made in proposal.made}}
    calls: list[ExpectedCall] = []
    names: dict[str, str] = {}
    answers: list[str] = []
    played: list[Played] = []
    for called in proposal.calls:
        if called.example not in known:
            raise Impossible(f"there is no example {called.example!r}")
        if called.example in names:
            continue
        tool, call = known[called.example]
        names[called.example] = f"c{len(calls) + 1}"
        after = tuple(one.id for one in calls if _feeds(one, call))
        calls.append(
            ExpectedCall(
                names[called.example], tool.tool.id, tool.tool.name, call.input, call.output,
                called.optional and called.example not in stated, after,
            )
        )  # fmt: skip
        answers.append(f"{tool.tool.name}:{tool.answer(call)}")
        played.append(Played(tool, call, tuple(_of_variables(call, model.variables)), called.optional))
    return TestPath(tuple(calls), names, tuple(answers), Chain(tuple(played)), language, known)


def _of_variables(call: MockCall, variables: Sequence[Variable]) -> Iterator[Input]:
    """The inputs that a dynamic variable holds, by their names."""
    named = {key_words(one.name): one.name for one in variables}
    for path, value in leaves(call.input):
        if name := named.get(key_words(key_of(path))):
            yield Input(path, key_of(path), value, "variable", variable=name)


def _part(value: str, part: str, language: str) -> str:
    """The day, or a moment so long before or after, as it stands in calls; the hour as it is said."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise Impossible(f"{value!r} is no moment that has a date and a time") from None
    if part in ("date", "time"):
        return at.date().isoformat() if part == "date" else hour_said(at, language)
    if (away := _AWAY.fullmatch(part)) is None:
        raise Impossible(f"#{part} is no part of a moment: #date, #time, #-20h and #+3d are")
    count = int(away[1])
    moment = at + (timedelta(hours=count) if away[2] == "h" else timedelta(days=count))
    return moment.date().isoformat() if len(value) == _DAY and away[2] == "d" else moment.isoformat()


def _made(made: Made, model: AgentModel) -> tuple[ToolModel, MockCall]:
    tool = model.tools.get(made.tool)
    if tool is None:
        raise Impossible(f"there is no tool {made.tool!r}")
    if tool.tool.mock_data and made.tool not in model.invented:
        raise Impossible(f"the tool {made.tool} has examples of its own; use those")
    try:
        given, answer = json.loads(made.input), json.loads(made.answer)
    except ValueError:
        raise Impossible(f"input and answer of {made.id} have to be JSON") from None
    if not isinstance(given, dict):
        raise Impossible(f"the input of {made.id} has to be an object")
    return tool, MockCall(given, answer)


def _feeds(earlier: ExpectedCall, call: MockCall) -> bool:
    """Whether something that is answered earlier goes into the call."""
    told = {same(value) for _, value in leaves(earlier.output)} - {
        same(value) for _, value in leaves(earlier.input)
    }
    return any(
        len(str(value)) >= SHORTEST_LINK and same(value) in told
        for _, value in leaves(call.input)
        if not isinstance(value, bool)
    )


def _parts(pointer: str) -> Path:
    return tuple(int(part) if part.isdigit() else part for part in pointer.split("/") if part)
