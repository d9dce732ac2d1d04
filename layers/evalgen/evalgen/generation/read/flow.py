"""How calls fit together: which answer feeds which input, and who knows each of the others.

A chain is played against the mock data. Of every input of every call it says who knows it: the caller, an
earlier answer, a dynamic variable, or the agent itself. A chain with an input that nobody knows is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from evalgen.generation.definition import MockCall, Variable
from evalgen.generation.read.chain import (
    Chain,
    Input,
    Played,
    is_begun,
    is_internal,
    merged,
)
from evalgen.generation.read.contradictions import is_contradicted
from evalgen.generation.read.entries import Entry, as_asked, source_as_asked
from evalgen.generation.read.free_texts import FreeTexts
from evalgen.generation.read.lookups import with_lookups
from evalgen.generation.read.on_record import with_choices_on_record
from evalgen.generation.read.selectors import key_held, key_selected, selection_in
from evalgen.generation.read.sources import Sources
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import in_all
from evalgen.generation.values import PERSONAL, Path, key_of, key_words, kind_of, leaves, same

MOST_DEPTH = 5
MOST_PRODUCERS = 60


@dataclass
class Flow:
    """The links between all mocked calls of an agent."""

    tools: dict[str, ToolModel]
    variables: Sequence[Variable] = ()
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By the name of a tool, those that identify callers of other matters only."""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """By the name of a tool that finds callers or a thing of theirs, what they are asked for first."""
    _chains: dict[tuple[str, int], Chain | None] = field(init=False, default_factory=dict)
    _whole: dict[int, tuple[Chain, Chain | None]] = field(init=False, default_factory=dict)
    _made: dict[str, list[tuple[ToolModel, MockCall, Path]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for tool in self.tools.values():
            for call in tool.calls.get("success", []):
                given = {same(value) for _, value in leaves(call.input)}
                for path, value in leaves(call.output):
                    if value is not None and not isinstance(value, bool) and same(value) not in given:
                        found = self._made.setdefault(same(value), [])
                        if len(found) < MOST_PRODUCERS:
                            found.append((tool, call, path))

    def chain(self, tool: ToolModel, call: MockCall, start: Sequence[Played] = ()) -> Chain | None:
        """The call with those before it, or None where an input is known by nobody."""
        if start:
            return self._chain(tool, call, start)
        key = (tool.key, id(call))
        if key not in self._chains:
            self._chains[key] = self._chain(tool, call, start)
        return self._chains[key]

    def _chain(self, tool: ToolModel, call: MockCall, start: Sequence[Played]) -> Chain | None:
        calls = list(start)
        succeeds = call in (*tool.calls.get("success", ()), *tool.calls.get("empty", ()))
        call = self._free_texts.lend(tool, call)
        if self._add(calls, tool, call, MOST_DEPTH) is None:
            return None
        chain = with_choices_on_record(Chain(tuple(self._identified(calls))))
        return None if self._skips_a_record(chain) or is_contradicted(chain, succeeds) else chain

    def _skips_a_record(self, chain: Chain) -> bool:
        """Whether the caller would have to say a number that only a look-up tells, and none is made."""
        if chain.last.tool.role != "write" or any(p.tool.role in ("read", "identify") for p in chain.calls):
            return False
        said = {
            key_words(one.key) for _, one in chain.inputs("caller") if kind_of(one.key, one.value) == "id"
        }
        return any(key in self._listed_keys - self._asked_keys for key in said)

    @cached_property
    def _sources(self) -> Sources:
        return Sources(self.tools, self._made)

    @cached_property
    def _free_texts(self) -> FreeTexts:
        return FreeTexts(self.tools)

    @cached_property
    def _said_of_callers(self) -> frozenset[tuple[tuple[str, ...], str]]:
        """What look-ups are asked with that identify callers, or that people read off a thing: each value
        with the words of its key.
        """
        reads = (tool for tool in self.tools.values() if tool.role in ("identify", "read"))
        return frozenset(
            (key_words(key_of(path)), same(value))
            for tool in reads
            for call in tool.calls.get("success", [])
            for path, value in leaves(call.input)
            if tool.role == "identify" or tool.is_seen(str(path[0]))
        )

    @cached_property
    def _listed_keys(self) -> frozenset[tuple[str, ...]]:
        """The keys of what reads answer beyond what they are asked with."""
        made = (one for producers in self._made.values() for one in producers)
        return frozenset(
            key_words(key_of(path)) for tool, _, path in made if tool.role in ("read", "identify")
        )

    @cached_property
    def _asked_keys(self) -> frozenset[tuple[str, ...]]:
        """The keys that reads are asked with."""
        reads = (tool for tool in self.tools.values() if tool.role in ("read", "identify"))
        return frozenset(
            key_words(key_of(path))
            for t in reads
            for call in t.tool.mock_data
            for path, _ in leaves(call.input)
        )

    @cached_property
    def with_variables(self) -> Chain | None:
        """The first chain that takes dynamic variables: whom a call without any is about."""
        for tool in self.tools.values():
            for call in tool.calls.get("success", []) if self.variables else ():
                if (chain := self.chain(tool, call)) and any(True for _ in chain.inputs("variable")):
                    return chain
        return None

    def with_lookups(self, chain: Chain) -> Chain | None:
        """With the reads that a good agent may also make before the deed: all that they take is known by
        then.

        A number that one of them answers is not asked of the caller. None where one of them contradicts the
        chain.
        """
        if id(chain) not in self._whole:
            self._whole[id(chain)] = (chain, with_lookups(self, chain))
        return self._whole[id(chain)][1]

    def _add(self, calls: list[Played], tool: ToolModel, call: MockCall, depth: int) -> int | None:
        for index, played in enumerate(calls):
            if played.tool is tool and played.call == call:
                return index
        if depth == 0:
            return None
        inputs = []
        for path, value in leaves(call.input):
            one = self._input(calls, tool, call, path, value, depth)
            if one is None:
                return None
            inputs.append(one)
        calls.append(Played(tool, call, tuple(inputs)))
        return len(calls) - 1

    def _input(
        self, calls: list[Played], tool: ToolModel, call: MockCall, path: Path, value: Any, depth: int
    ) -> Input | None:
        parameter, key = str(path[0]), key_of(path)
        selector, selected = selection_in(tool, call) or ("", "")
        if parameter == selected:
            key = key_selected(str(call.input[selector]), value)
        elif not selector:
            key = key_held(tool, parameter, value) or key
        made = kind_of(key, value) == "id" and same(value) in self._made
        own = tool.decided_by_agent(parameter, value) and not made
        if value is None or value == "" or parameter == selector or own:
            return Input(path, key, value, "agent")
        if variable := self.variable_of(key):
            return Input(path, key, value, "variable", variable=variable)
        said = Input(path, key, value, "caller") if self.sayable(tool, parameter, key, value) else None
        known = (key_words(key), same(value)) in self._said_of_callers
        if said and (known or self._free_texts.lends(tool, parameter)):
            return said
        source = self._sources.of(calls, tool, call, parameter, key, value)
        source = source if source or said else self._sources.repeated(calls, tool, call, parameter, value)
        is_asked = said and kind_of(key, value) == "id" and parameter in tool.asked_for
        if is_asked and source and source[0].role != "identify":
            return said
        entry = self.entries.get(tool.tool.name)
        asked_first = said and entry is not None and key in entry.way
        if asked_first and source and source[1] not in (p.call for p in calls):
            return said
        if source is None and said and is_begun(calls, key, value):
            return Input(path, key, value, "agent")
        if source is None or (said and tool.role == "identify" and source[0].role != "identify"):
            return said
        producer, found, place = source_as_asked(source, value, self.entries)
        before = len(calls)
        index = self._add(calls, producer, found, depth - 1)
        if index is None:
            del calls[before:]
            return said
        return Input(path, key, value, "answer", index, place)

    def variable_of(self, key: str) -> str:
        wanted = key_words(key)
        for variable in self.variables:
            named = key_words(variable.name)
            if named == wanted:
                return variable.name
        return ""

    def sayable(self, tool: ToolModel, parameter: str, key: str, value: Any) -> bool:
        """Whether a caller can know and say the value: no id of a system, nothing that a tool gives."""
        about = tool.about(parameter)
        if any(name.lower() in about for name in self.tools if name != tool.tool.name):
            return False
        last = (key_words(key) or ("",))[-1]
        if last in in_all("agent_decides", "unsayable"):
            return False
        return not (kind_of(key, value) == "id" and is_internal(value))

    def _identified(self, calls: list[Played]) -> list[Played]:
        """With the call that says who is calling before the rest, where its data agree with the chain's."""
        if any(p.tool.role == "identify" for p in calls):
            return calls
        known = {
            same(v)
            for p in calls
            for path, v in (*leaves(p.call.input), *leaves(p.call.output))
            if kind_of(key_of(path), v) in ("id", *PERSONAL)
        }
        apart = self.apart.get(calls[-1].tool.tool.name, frozenset()) if calls else frozenset()
        for tool in self.tools.values():
            who = tool.role == "identify" and tool.tool.name not in apart
            for call in tool.calls.get("success", []) if who else ():
                if any(same(v) in known for _, v in (*leaves(call.input), *leaves(call.output))):
                    found = self._with(calls, tool, as_asked(tool, call, self.entries))
                    if found is not None:
                        return found
        return calls

    def _with(self, calls: list[Played], tool: ToolModel, call: MockCall) -> list[Played] | None:
        """With a call and those that it takes something of, which the reads of the chain may be."""
        found = calls[:-1]
        return None if self._add(found, tool, call, MOST_DEPTH) is None else merged(calls, found)
