"""How calls fit together: which answer feeds which input, and who knows each of the others.

A chain is played against the mock data. Of every input of every call it says who knows it: the caller, an
earlier answer, a dynamic variable, or the agent itself. A chain with an input that nobody knows is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from evalgen.generation.definition import MockCall, Variable
from evalgen.generation.languages import load, written
from evalgen.generation.read.chain import (
    EXTRA,
    Chain,
    Input,
    Played,
    contradicts_record,
    is_internal,
    value_at,
)
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import all_words
from evalgen.generation.values import Path, is_listed, key_of, key_words, kind_of, leaves, same

MOST_DEPTH = 5
MOST_PRODUCERS = 60
SHORTEST_KEY = 4
MOST_ROUNDS = 3
FEWEST_SHARED = 2
_PERSONAL = ("phone", "email", "name", "birth_date")


@dataclass
class Flow:
    """The links between all mocked calls of an agent."""

    tools: dict[str, ToolModel]
    variables: Sequence[Variable] = ()
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
        key = (tool.tool.name, id(call))
        if key not in self._chains:
            self._chains[key] = self._chain(tool, call, start)
        return self._chains[key]

    def _chain(self, tool: ToolModel, call: MockCall, start: Sequence[Played]) -> Chain | None:
        calls = list(start)
        call = self._with_free_text(tool, call)
        if self._add(calls, tool, call, MOST_DEPTH) is None:
            return None
        calls = self._identified(calls)
        chain = Chain(tuple(calls))
        return None if self._skips_a_record(chain) or contradicts_record(chain) else chain

    def _skips_a_record(self, chain: Chain) -> bool:
        """Whether the caller would have to say a number that only a look-up tells, and none is made."""
        if chain.last.tool.role != "write" or any(p.tool.role in ("read", "identify") for p in chain.calls):
            return False
        said = {
            key_words(one.key) for _, one in chain.inputs("caller") if kind_of(one.key, one.value) == "id"
        }
        return any(key in self._listed_keys - self._asked_keys for key in said)

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

    def _with_free_text(self, tool: ToolModel, call: MockCall) -> MockCall:
        """With a text for each free parameter that examples leave out, where mock data have such texts."""
        more = {}
        for name in tool.tool.freetext_params:
            if name in call.input or tool.decided_by_agent(name, ""):
                continue
            own = [c.input[name] for c in tool.calls.get("success", []) if isinstance(c.input.get(name), str)]
            if kind_of(name, "") in _PERSONAL:
                continue
            reasons = {word for words in all_words() for word in words.tables["agent_decides"]["reasons"]}
            if texts := own or ([] if set(key_words(name)) & reasons else self.texts.get(key_words(name))):
                more[name] = texts[len(repr(call.input)) % len(texts)]
        return MockCall({**call.input, **more}, call.output) if more else call

    @cached_property
    def texts(self) -> dict[tuple[str, ...], list[str]]:
        """The texts that stand under each key in the mock data, in order."""
        found: dict[tuple[str, ...], list[str]] = {}
        for tool in self.tools.values():
            for call in tool.calls.get("success", []):
                for path, value in leaves(call.output):
                    if isinstance(value, str) and kind_of(key_of(path), value) == "text":
                        known = found.setdefault(key_words(key_of(path)), [])
                        if value not in known:
                            known.append(value)
        return found

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
            self._whole[id(chain)] = (chain, self._with_lookups(chain))
        return self._whole[id(chain)][1]

    def _with_lookups(self, chain: Chain) -> Chain | None:
        last = chain.calls[-1]
        deed = last.tool.role == "write"
        before = list(chain.calls[:-1] if deed else chain.calls)
        roles = ("read", "identify") if deed else ("identify",)
        asked = {(key_words(one.key), same(one.value)) for _, one in chain.inputs("caller")}
        for _ in range(MOST_ROUNDS):
            known = _known([*before, *((last,) if deed else ())], last if deed else None)
            made = {p.tool.tool.name for p in (*before, last)}
            more = [
                Played(tool, call, inputs, optional=True)
                for tool in self.tools.values()
                if tool.role in roles and tool.tool.name not in made
                for call, inputs in self._lookups(tool, known, asked)
            ]
            if not more:
                break
            before += more
        told = {
            same(v) for p in before if p.optional for _, v in leaves(p.call.output) if not isinstance(v, bool)
        }
        whole = Chain((*before, *((_told_by(last, told),) if deed else ())))
        return None if contradicts_record(whole) else whole

    def _lookups(
        self, tool: ToolModel, known: dict[str, set[str]], asked: set[tuple[tuple[str, ...], str]]
    ) -> Iterator[tuple[MockCall, tuple[Input, ...]]]:
        """The calls of a read of which something is known, and what the caller has to say for them."""
        found = []
        for call in tool.tool.mock_data:
            given = [(path, key_of(path), value) for path, value in leaves(call.input)]
            extra = [one for one in given if not set(key_words(one[1])) & known.get(same(one[2]), set())]
            telling = [one for one in given if one not in extra and len(str(one[2])) >= SHORTEST_KEY]
            answer = tool.answer(call)
            dated = any(kind_of(key, value) == "date" for _, key, value in telling)
            listed = all("enum" in tool.properties.get(str(p[0]), {}) for p, _, _ in extra)
            offered = bool(extra) and dated and listed
            if extra and not offered and not any(_is_personal(key, value) for _, key, value in telling):
                continue
            if (
                not given
                or not (telling or not extra)
                or answer == "outage"
                or (extra and answer != "success")
            ):
                continue
            inputs = [Input(p, k, v, "caller") for p, k, v in given if (key_words(k), same(v)) in asked]
            said = {one.where for one in inputs}
            for path, key, value in given if tool.role == "identify" else ():
                if (
                    path not in said
                    and self.sayable(tool, str(path[0]), key, value)
                    and not self._variable(key)
                ):
                    inputs.append(Input(path, key, value, "caller", EXTRA))
                    said.add(path)
            for path, key, value in (one for one in extra if one[0] not in said):
                parameter = str(path[0])
                if tool.decided_by_agent(parameter, value):
                    continue
                if not (offered or _is_personal(key, value)) or not self.sayable(tool, parameter, key, value):
                    break
                inputs.append(Input(path, key, value, "caller", EXTRA))
            else:
                found.append((len(extra), call, tuple(inputs)))
        complete = [(call, inputs) for extra, call, inputs in found if not extra]
        yield from complete
        partial = [(call, inputs) for extra, call, inputs in found if extra]
        if not complete and len(partial) == 1:
            yield partial[0]

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
        if value is None or value == "" or tool.decided_by_agent(parameter, value):
            return Input(path, key, value, "agent")
        if variable := self._variable(key):
            return Input(path, key, value, "variable", variable=variable)
        said = Input(path, key, value, "caller") if self.sayable(tool, parameter, key, value) else None
        source = self._source(calls, tool, call, parameter, key, value)
        source = source if source or said else self._repeated(tool, parameter, value)
        if source is None or (said and tool.role == "identify" and source[0].role != "identify"):
            return said
        producer, made, place = source
        before = len(calls)
        index = self._add(calls, producer, made, depth - 1)
        if index is None:
            del calls[before:]
            return said
        return Input(path, key, value, "answer", index, place)

    def _variable(self, key: str) -> str:
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
        if any(last in words.tables["agent_decides"]["unsayable"] for words in all_words()):
            return False
        return not (kind_of(key, value) == "id" and is_internal(value))

    def _source(
        self, calls: list[Played], tool: ToolModel, call: MockCall, parameter: str, key: str, value: Any
    ) -> tuple[ToolModel, MockCall, Path] | None:
        about, wanted, kind = tool.about(parameter), same(value), kind_of(key, value)
        started = {(p.tool.tool.name, repr(p.call.input)) for p in calls}
        if "enum" in tool.properties.get(parameter, {}):
            return self._offered(call, key, value)
        identified = any(p.tool.role == "identify" for p in calls)
        given = {(name, same(v)) for name, v in call.input.items()}
        known = {same(v) for p in calls for _, v in leaves(p.call.input)}
        options = []
        for producer, made, place in self._made.get(wanted, ()):
            if producer is tool:
                continue
            in_chain = (producer.tool.name, repr(made.input)) in started
            if producer.role == "identify" and identified and not in_chain:
                continue
            mentioned = producer.tool.name.lower() in about
            equal = key_words(key_of(place)) == key_words(key)
            if not _linked(kind, str(value), equal, mentioned, in_chain, place):
                continue
            if kind == "number" and is_listed(place) and not mentioned and not _of_a_thing(call, made, place):
                continue
            options.append(
                (
                    not in_chain,
                    not mentioned,
                    not equal,
                    ("identify", "read", "write", "inward").index(producer.role),
                    -any(kind_of(name, v) == "phone" for name, v in made.input.items()),
                    -sum((name, same(v)) in given or same(v) in known for name, v in made.input.items()),
                    (producer, made, place),
                )
            )
        if not options:
            return self._at_its_time(call, str(value)) if kind == "datetime" else None
        best = min(options, key=lambda o: o[:6])
        if best[3] < 2:
            return best[6]
        undoes = tool.name is not None and tool.name.undoes
        return None if best[1] or undoes else best[6]

    def _at_its_time(self, call: MockCall, moment: str) -> tuple[ToolModel, MockCall, Path] | None:
        """The list of times that a day and time is chosen from: a read of its day that agrees otherwise."""
        for producer, made, place in self._made.get(same(moment[11:16]), ()):
            asked = made.input.items()
            agrees = all(same(call.input[name]) == same(v) for name, v in asked if name in call.input)
            if producer.role == "read" and is_listed(place) and moment[:10] in made.input.values() and agrees:
                return producer, made, place
        return None

    def _offered(self, call: MockCall, key: str, value: Any) -> tuple[ToolModel, MockCall, Path] | None:
        """The list that a choice was offered in: a read of the same day and of one thing more of the call."""
        given = {(name, same(v)) for name, v in call.input.items()}
        for producer, made, place in self._made.get(same(value), ()):
            shared = [(name, v) for name, v in made.input.items() if (name, same(v)) in given]
            dated = any(kind_of(name, v) == "date" for name, v in shared)
            listed = is_listed(place) and key_words(key_of(place)) == key_words(key)
            if producer.role == "read" and dated and len(shared) >= FEWEST_SHARED and listed:
                return producer, made, place
        return None

    def _repeated(
        self, tool: ToolModel, parameter: str, value: Any
    ) -> tuple[ToolModel, MockCall, Path] | None:
        """Where an answer of the tool that the schema names repeats what that tool was asked with."""
        about, wanted = tool.about(parameter), same(value)
        for producer in self.tools.values():
            if producer is tool or producer.tool.name.lower() not in about or producer.role == "write":
                continue
            for call in producer.calls.get("success", []):
                for path, one in leaves(call.output):
                    if same(one) == wanted:
                        return producer, call, path
        return None

    def _identified(self, calls: list[Played]) -> list[Played]:
        """With the call that says who is calling before the rest, where its data agree with the chain's."""
        if any(p.tool.role == "identify" for p in calls):
            return calls
        known = {
            same(v)
            for p in calls
            for path, v in (*leaves(p.call.input), *leaves(p.call.output))
            if kind_of(key_of(path), v) in ("id", *_PERSONAL)
        }
        for tool in self.tools.values():
            for call in tool.calls.get("success", []) if tool.role == "identify" else ():
                if any(same(v) in known for _, v in (*leaves(call.input), *leaves(call.output))):
                    before: list[Played] = []
                    if self._add(before, tool, call, MOST_DEPTH) is not None:
                        moved = len(before)
                        return before + [_shifted(p, moved) for p in calls]
        return calls


def _linked(kind: str, value: str, equal: bool, mentioned: bool, in_chain: bool, place: Path) -> bool:
    """Whether an equal value in an answer is surely where an input comes from."""
    if mentioned and (equal or len(value) >= 3):
        return True
    if kind in _PERSONAL:
        return in_chain and equal
    if kind in ("id", "datetime"):
        return len(value) >= 3 or (in_chain and equal)
    listed = is_listed(place)
    if kind in ("date", "time"):
        return in_chain and equal and listed
    return equal and in_chain and (listed or len(value) >= 3)


def _of_a_thing(call: MockCall, made: MockCall, place: Path) -> bool:
    """Whether a call is also about the id of the listed thing that a number stands in, as its nights."""
    given = {same(v) for path, v in leaves(call.input) if kind_of(key_of(path), v) == "id"}
    thing = value_at(made.output, place[:-1])
    return any(kind_of(key_of(path), v) == "id" and same(v) in given for path, v in leaves(thing))


def _known(calls: Sequence[Played], deed: Played | None) -> dict[str, set[str]]:
    """The words of the keys under which each value is known before the deed."""
    known: dict[str, set[str]] = {}
    for played in calls:
        answered = leaves(played.call.output) if played is not deed else ()
        for path, value in (*leaves(played.call.input), *answered):
            known.setdefault(same(value), set()).update(key_words(key_of(path)))
            if kind_of(key_of(path), value) == "datetime":
                known.setdefault(str(value)[:10], set()).update(key_words(key_of(path)))
    return known


def _is_personal(key: str, value: Any) -> bool:
    """Whether a value says who somebody is: a name, a date of birth, a ZIP code, a PIN, a card number."""
    asked = {word for code in written("identity") for word in load(code, "identity")["facts"]}
    return kind_of(key, value) in ("id", *_PERSONAL) or bool(set(key_words(key)) & asked)


def _told_by(played: Played, told: set[str]) -> Played:
    inputs = tuple(
        replace(one, by="agent")
        if one.by == "caller"
        and kind_of(one.key, one.value) in ("money", "number")
        and same(one.value) in told
        else one
        for one in played.inputs
    )
    return replace(played, inputs=inputs)


def _shifted(played: Played, by: int) -> Played:
    inputs = tuple(
        Input(i.where, i.key, i.value, i.by, i.call + by if i.call >= 0 else -1, i.path, i.variable)
        for i in played.inputs
    )
    return Played(played.tool, played.call, inputs, played.optional)
