"""The look-ups that a good agent may also make before a deed, beside those that it takes something of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import in_every
from evalgen.generation.read.chain import (
    EXTRA,
    Chain,
    Input,
    Played,
)
from evalgen.generation.read.contradictions import contradicts_record
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import PERSONAL, key_of, key_words, kind_of, leaves, same

MOST_ROUNDS = 3
SHORTEST_KEY = 4
SMALL = 100
"""Numbers below it are equal by chance."""


class Known(Protocol):
    """What the flow knows: its tools, which are called apart, and what of an input can be said."""

    tools: dict[str, ToolModel]
    apart: Mapping[str, frozenset[str]]

    def sayable(self, tool: ToolModel, parameter: str, key: str, value: Any) -> bool: ...

    def variable_of(self, key: str) -> str: ...


def with_lookups(flow: Known, chain: Chain) -> Chain | None:
    """With the reads whose inputs are all known by then. A number that one of them answers is not asked of
    the caller. None where one of them contradicts the chain.
    """
    last = chain.calls[-1]
    deed = last.tool.role == "write"
    before = list(chain.calls[:-1] if deed else chain.calls)
    roles = ("read", "identify") if deed else ("identify",)
    asked = {(key_words(one.key), same(one.value)) for _, one in chain.inputs("caller")}
    apart = flow.apart.get(last.tool.tool.name, frozenset())
    for _ in range(MOST_ROUNDS):
        known = _known([*before, *((last,) if deed else ())], last if deed else None)
        made = {p.tool.tool.name for p in (*before, last)} | flow.apart.get(last.tool.tool.name, frozenset())
        more = [
            Played(tool, call, inputs, optional=True)
            for tool in flow.tools.values()
            if tool.role in roles and tool.tool.name not in made | apart
            for call, inputs in _lookups(flow, tool, known, asked)
        ]
        if not more:
            break
        before += more
    if deed and (preview := last.tool.preview_of(last.call)):
        before.append(replace(last, call=preview, optional=True))
    told: dict[str, set[str]] = {}
    for path, value in (leaf for p in before if p.optional for leaf in leaves(p.call.output)):
        if not isinstance(value, bool):
            told.setdefault(same(value), set()).update(key_words(key_of(path)))
    whole = Chain((*before, *((_told_by(last, told),) if deed else ())))
    return None if contradicts_record(whole) else whole


def _lookups(
    flow: Known, tool: ToolModel, known: dict[str, set[str]], asked: set[tuple[tuple[str, ...], str]]
) -> Iterator[tuple[MockCall, tuple[Input, ...]]]:
    """The calls of a read of which something is known, and what the caller has to say for them."""
    found = []
    for call in tool.tool.mock_data:
        given = [(path, key_of(path), value) for path, value in leaves(call.input)]
        extra = [one for one in given if not _is_known(one[1], one[2], known)]
        telling = [one for one in given if one not in extra and len(str(one[2])) >= SHORTEST_KEY]
        answer = tool.answer(call)
        dated = any(kind_of(key, value) == "date" for _, key, value in telling)
        listed = all("enum" in tool.properties.get(str(p[0]), {}) for p, _, _ in extra)
        offered = bool(extra) and dated and listed
        if extra and not offered and not any(_is_personal(key, value) for _, key, value in telling):
            continue
        if not given or not (telling or not extra) or answer == "outage" or (extra and answer != "success"):
            continue
        inputs = [Input(p, k, v, "caller") for p, k, v in given if (key_words(k), same(v)) in asked]
        said = {one.where for one in inputs}
        for path, key, value in given if tool.role == "identify" else ():
            if (
                path not in said
                and flow.sayable(tool, str(path[0]), key, value)
                and not flow.variable_of(key)
            ):
                inputs.append(Input(path, key, value, "caller", EXTRA))
                said.add(path)
        for path, key, value in (one for one in extra if one[0] not in said):
            parameter = str(path[0])
            if tool.decided_by_agent(parameter, value):
                continue
            if not (offered or _is_personal(key, value)) or not flow.sayable(tool, parameter, key, value):
                break
            inputs.append(Input(path, key, value, "caller", EXTRA))
        else:
            found.append((len(extra), call, tuple(inputs)))
    complete = [(call, inputs) for extra, call, inputs in found if not extra]
    yield from complete
    partial = [(call, inputs) for extra, call, inputs in found if extra]
    if not complete and len(partial) == 1:
        yield partial[0]


def _is_known(key: str, value: Any, known: Mapping[str, set[str]]) -> bool:
    """Whether a value is known under a key like this, or a day under any: a stay's `check_out` is the
    `start_date` of a longer one.
    """
    names = known.get(same(value))
    return names is not None and (kind_of(key, value) == "date" or not names.isdisjoint(key_words(key)))


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
    """Whether a value says who somebody is: a name, a date of birth, an address, a PIN, a card number."""
    asked = in_every("identity", "facts") | in_every("identity", "places")
    return kind_of(key, value) in ("id", *PERSONAL) or bool(set(key_words(key)) & asked)


def _told_by(played: Played, told: dict[str, set[str]]) -> Played:
    """The deed with the numbers of the look-ups before it as the agent's own, small ones by their names."""
    inputs = tuple(replace(one, by="agent") if _is_told(one, told) else one for one in played.inputs)
    return replace(played, inputs=inputs)


def _is_told(one: Input, told: dict[str, set[str]]) -> bool:
    kind, names = kind_of(one.key, one.value), told.get(same(one.value))
    if one.by != "caller" or names is None or kind not in ("money", "number"):
        return False
    small = kind == "number" and abs(float(one.value)) < SMALL
    return not small or not names.isdisjoint(key_words(one.key))
