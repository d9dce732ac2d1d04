"""A chain of calls with their answers: who knows each input."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from evalgen.generation.definition import MockCall
from evalgen.generation.read.answers import Answer
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import (
    PERSONAL,
    Path,
    is_listed,
    key_of,
    key_words,
    kind_of,
    leaves,
    only_record,
    same,
)

EXTRA = -2
"""In place of a call's number: an input that only a look-up takes, which the caller says if asked."""
_INTERNAL = re.compile(r"[a-z][a-z0-9]*[_-]\w+$|[0-9a-f]{8}-[0-9a-f]{4}-|[a-z0-9]{16,}$")
KnownBy = Literal["caller", "answer", "variable", "agent"]


@dataclass(frozen=True, slots=True)
class Input:
    """One value of a call. An `answer` stands at `path` in the output of the chain's call number `call`."""

    where: Path
    key: str
    value: Any
    by: KnownBy
    call: int = -1
    path: Path = ()
    variable: str = ""

    @property
    def inner_places(self) -> list[int]:
        """Where in the path of an answer the things of lists inside other lists stand."""
        return [n for n, part in enumerate(self.path) if isinstance(part, int)][1:]


@dataclass(frozen=True, slots=True)
class Played:
    """One call of a chain with its answer."""

    tool: ToolModel
    call: MockCall
    inputs: tuple[Input, ...]
    optional: bool = False

    @property
    def answer(self) -> Answer:
        return self.tool.answer(self.call)

    @property
    def record(self) -> Any:
        """The answer; of a look-up of callers that lists only one, that one."""
        return record_in(self.call.output) if self.tool.role == "identify" else self.call.output

    def alike_but_for(self, parameters: Collection[str]) -> Iterator[MockCall]:
        """The other successful examples of the tool that have all else of this call's input."""
        rest = {key: value for key, value in self.call.input.items() if key not in parameters}
        others = (call for call in self.tool.calls.get("success", ()) if call is not self.call)
        return (call for call in others if rest.items() <= call.input.items())

    def is_made_otherwise(self, parameters: Collection[str]) -> bool:
        """Whether another successful example that has all else of this call's input is not the same call."""
        return any(other.input != self.call.input for other in self.alike_but_for(parameters))

    def renumbered(self, numbers: Mapping[int, int]) -> Played:
        """With its answers from calls that have other numbers now."""
        inputs = (replace(one, call=numbers[one.call]) if one.call >= 0 else one for one in self.inputs)
        return replace(self, inputs=tuple(inputs))

    def has_another_id(self, call: MockCall) -> bool:
        """Whether a call of the tool has another number than the one here that an answer before holds: nobody
        is asked for it.
        """
        told = {one.where for one in self.inputs if one.by in ("caller", "variable")}
        ids = ((path, v) for path, v in leaves(self.call.input) if kind_of(key_of(path), v) == "id")
        return any(path not in told and same(value_at(call.input, path)) != same(v) for path, v in ids)


@dataclass(frozen=True, slots=True)
class Chain:
    """Calls in order; the last one that is not optional is what the chain is for."""

    calls: tuple[Played, ...]

    @property
    def last(self) -> Played:
        return next(played for played in reversed(self.calls) if not played.optional)

    @property
    def identifying(self) -> Played | None:
        return next((p for p in self.calls if p.tool.role == "identify"), None)

    @property
    def asked_before(self) -> set[str]:
        """The values with which all calls but the last are made."""
        return {same(value) for p in self.calls[:-1] for _, value in leaves(p.call.input)}

    def inputs(self, by: KnownBy) -> Iterator[tuple[Played, Input]]:
        for played in self.calls:
            if not played.optional:
                for one in played.inputs:
                    if one.by == by:
                        yield played, one

    def is_known(self, played: Played) -> bool:
        """Whether all that a call takes is said by somebody, or stands in another call."""
        said = {one.where for one in played.inputs}
        others = (p.call for p in self.calls if p is not played)
        known = {same(v) for call in others for _, v in (*leaves(call.input), *leaves(call.output))}
        return all(path in said or same(value) in known for path, value in leaves(played.call.input))


POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}"
"""Of the United Kingdom: its first half is a district, whatever a parameter calls that."""


def is_begun(calls: Iterable[Played], key: str, value: Any) -> bool:
    """Whether a record tells a value as the first word of a longer one: the area of a postcode."""
    return any(
        isinstance(one, str)
        and one.startswith(f"{value} ")
        and (set(key_words(key_of(path))) & set(key_words(key)) or re.fullmatch(POSTCODE, one))
        for played in calls
        if played.tool.role == "identify" and kind_of(key, value) not in PERSONAL
        for path, one in leaves(played.call.output)
    )


def is_internal(value: Any) -> bool:
    """Whether a value is a system's own and not one that people read from a letter: `p_1002`, a UUID."""
    return _INTERNAL.match(str(value)) is not None


def value_at(value: Any, path: Iterable[str | int]) -> Any:
    """What stands at a path, or None."""
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def record_in(answer: Any) -> Any:
    """The only record that an answer lists, or else the answer."""
    return value_at(answer, only_record(answer))


def facts_of(call: MockCall) -> dict[tuple[str, ...], Any]:
    """What a call says outside lists, its answer first, by the words of the keys."""
    found: dict[tuple[str, ...], Any] = {}
    for path, value in (*leaves(call.output), *leaves(call.input)):
        if not is_listed(path) and value is not None:
            found.setdefault(key_words(key_of(path)), value)
    return found


def merged(calls: Sequence[Played], found: Sequence[Played]) -> list[Played]:
    """A chain with the calls that `found` has behind its reads, right behind those whose answers they take:
    a lift is looked up once, for its windows and for its account.
    """
    reads = len(calls) - 1
    more = found[reads:]
    taken = [one.call for played in more for one in played.inputs if one.call < reads]
    first = 1 + max(taken, default=-1)
    moved = {n: n if n < first else n + len(more) for n in range(len(calls))}
    moved |= {reads + n: first + n for n in range(len(more))}
    before = [played.renumbered(moved) for played in (*found[:first], *more, *found[first:reads])]
    return [*before, calls[-1].renumbered(moved)]
