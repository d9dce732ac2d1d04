"""Which answer an input surely comes from, where equal values alone would not say so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.read.chain import Played, is_begun, value_at
from evalgen.generation.read.tools import ToolModel, mentions
from evalgen.generation.read.words import singular_of
from evalgen.generation.values import PERSONAL, Path, is_listed, key_of, key_words, kind_of, leaves, same

FEWEST_SHARED = 2
Source = tuple[ToolModel, MockCall, Path]


@dataclass(frozen=True)
class Sources:
    """`made` are the answers that hold each value which they were not asked with."""

    tools: dict[str, ToolModel]
    made: dict[str, list[Source]]

    def of(
        self, calls: list[Played], tool: ToolModel, call: MockCall, parameter: str, key: str, value: Any
    ) -> Source | None:
        about, wanted, kind = tool.about(parameter), same(value), kind_of(key, value)
        started = {(p.tool.tool.name, repr(p.call.input)) for p in calls}
        chosen = _chosen_in(calls)
        if "enum" in tool.properties.get(parameter, {}):
            return self._offered(calls, call, key, value) or _as_on_record(calls, about, value)
        identified = any(p.tool.role == "identify" for p in calls)
        given = {(name, same(v)) for name, v in call.input.items()}
        known = {same(v) for p in calls for _, v in leaves(p.call.input)}
        told = self._told_of(call)
        reads = (name for name, t in self.tools.items() if t.role in ("identify", "read"))
        looks_up = any(name.lower() in about for name in reads)
        options = []
        for producer, made, place in self.made.get(wanted, ()):
            if producer.tool.name == tool.tool.name:
                continue
            in_chain = (producer.tool.name, repr(made.input)) in started
            if producer.role == "identify" and identified and not in_chain:
                continue
            if producer.role == "identify" and kind == "text" and is_listed(place) and _makes(tool):
                continue
            mentioned = producer.tool.name.lower() in about
            equal = key_words(key_of(place)) == key_words(key)
            if not _linked(kind, str(value), equal, mentioned, in_chain, place):
                continue
            if kind == "id" and looks_up and not (mentioned or in_chain):
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
                    -sum((key_words(name), same(v)) in told for name, v in made.input.items()),
                    (producer.tool.name, *_thing_at(place)) not in chosen,
                    (producer, made, place),
                )
            )
        if not options:
            return self._at_its_time(call, str(value)) if kind == "datetime" else None
        *best, source = min(options, key=lambda o: o[:-1])
        if best[3] < 2:
            return source
        undoes = tool.name is not None and tool.name.undoes
        return None if best[1] or undoes else source

    def _told_of(self, call: MockCall) -> set[tuple[tuple[str, ...], str]]:
        """What the look-ups of the things that a call is about answer of them, by the words of its keys."""
        ids = (same(value) for path, value in leaves(call.input) if kind_of(key_of(path), value) == "id")
        return {
            (key_words(key_of(path)), same(value))
            for one in ids
            for made in self._looked_up[one]
            for path, value in leaves(made.output)
        }

    @cached_property
    def _looked_up(self) -> defaultdict[str, list[MockCall]]:
        """The successes of look-ups by each id that they are asked with."""
        found: defaultdict[str, list[MockCall]] = defaultdict(list)
        for tool in self.tools.values():
            for call in tool.calls.get("success", ()) if tool.role in ("identify", "read") else ():
                for path, value in leaves(call.input):
                    if kind_of(key_of(path), value) == "id":
                        found[same(value)].append(call)
        return found

    def _at_its_time(self, call: MockCall, moment: str) -> Source | None:
        """The list of times that a day and time is chosen from: a read of its day that agrees otherwise."""
        for producer, made, place in self.made.get(same(moment[11:16]), ()):
            asked = made.input.items()
            agrees = all(same(call.input[name]) == same(v) for name, v in asked if name in call.input)
            if producer.role == "read" and is_listed(place) and moment[:10] in made.input.values() and agrees:
                return producer, made, place
        return None

    def _offered(self, calls: list[Played], call: MockCall, key: str, value: Any) -> Source | None:
        """The list that a choice was offered in: a read of the same day and of one thing more of the call, or
        of what the record of its thing says.
        """
        given = {(name, same(v)) for name, v in call.input.items()}
        days = {same(v) for name, v in call.input.items() if kind_of(name, v) == "date"}
        answers = (leaf for p in calls for leaf in leaves(p.call.output))
        told = self._told_of(call) | {(key_words(key_of(path)), same(v)) for path, v in answers}
        for producer, made, place in self.made.get(same(value), ()):
            if producer.role != "read" or not is_listed(place) or not _names_alike(key_of(place), key):
                continue
            asked = made.input.items()
            shared = [(name, v) for name, v in asked if (name, same(v)) in given]
            dated = any(kind_of(name, v) == "date" for name, v in shared)
            known = len(asked) >= FEWEST_SHARED and all(
                (key_words(name), same(v)) in told
                or (kind_of(name, v) == "date" and same(v) in days)
                or is_begun(calls, name, v)
                for name, v in asked
            )
            if (
                dated and len(shared) >= FEWEST_SHARED and key_words(key_of(place)) == key_words(key)
            ) or known:
                return producer, made, place
        return None

    def repeated(
        self, calls: list[Played], tool: ToolModel, call: MockCall, parameter: str, value: Any
    ) -> Source | None:
        """Where an answer of the tool that the schema names repeats what that tool was asked with; of who is
        calling, where that is known, and never of another day or thing than this call is about.
        """
        about, wanted = tool.about(parameter), same(value)
        known = [p.call for p in calls if p.tool.role == "identify"]
        for producer in self.tools.values():
            if (
                producer.tool.name == tool.tool.name
                or producer.tool.name.lower() not in about
                or producer.role == "write"
            ):
                continue
            found = producer.calls.get("success", [])
            own = [made for made in found if made in known]
            for made in own if known and producer.role == "identify" else found:
                if any(same(call.input.get(name, v)) != same(v) for name, v in made.input.items()):
                    continue
                for path, one in leaves(made.output):
                    if same(one) == wanted:
                        return producer, made, path
        return None


def _names_alike(listed: str, key: str) -> bool:
    """`open_windows` and `new_window`."""
    return [singular_of(word) for word in key_words(listed)[-1:]] == [
        singular_of(word) for word in key_words(key)[-1:]
    ]


def _as_on_record(calls: list[Played], about: str, value: Any) -> Source | None:
    """The one field that holds a choice in what is known by then, where the schema has it from a field that
    it names: `exactly as on the record: booking_level`.
    """
    found = [
        (p.tool, p.call, path)
        for p in calls
        if p.tool.role in ("identify", "read")
        for path, held in leaves(p.call.output)
        if "_" in key_of(path) and same(held) == same(value) and mentions(about, key_of(path).lower())
    ]
    return found[0] if len({(made.tool.name, *_thing_at(path)) for made, _, path in found}) == 1 else None


def _chosen_in(calls: list[Played]) -> set[tuple[Any, ...]]:
    """The things of lists that calls take something of already, each with the tool that answers its list."""
    taken = ((calls[one.call], one) for p in calls for one in p.inputs if one.by == "answer")
    return {(made.tool.tool.name, *_thing_at(one.path)) for made, one in taken if is_listed(one.path)}


def _thing_at(path: Path) -> Path:
    """The place of the listed thing that something stands in."""
    return path[: 1 + max((n for n, part in enumerate(path) if isinstance(part, int)), default=-1)]


def _linked(kind: str, value: str, equal: bool, mentioned: bool, in_chain: bool, place: Path) -> bool:
    """Whether an equal value in an answer is surely where an input comes from."""
    if mentioned and (equal or len(value) >= 3):
        return True
    if kind in PERSONAL:
        return in_chain and equal
    if kind in ("id", "datetime"):
        named = len(key_words(key_of(place))) > 1
        return len(value) >= 3 or (equal and (in_chain or named))
    listed = is_listed(place)
    if kind in ("date", "time"):
        return in_chain and equal and listed
    if kind == "money" == kind_of(key_of(place), float(value)):
        return in_chain and (equal or not listed)
    return equal and in_chain and (listed or len(value) >= 3)


def _makes(tool: ToolModel) -> bool:
    """Whether a tool makes something anew: what callers have of that kind already says nothing of it."""
    name = tool.name
    return name is not None and name.verb in load(name.language, "invented_things")["makes"]


def _of_a_thing(call: MockCall, made: MockCall, place: Path) -> bool:
    """Whether a call is also about the id of the listed thing that a number stands in, as its nights."""
    given = {same(v) for path, v in leaves(call.input) if kind_of(key_of(path), v) == "id"}
    thing = value_at(made.output, place[:-1])
    return any(kind_of(key_of(path), v) == "id" and same(v) in given for path, v in leaves(thing))
