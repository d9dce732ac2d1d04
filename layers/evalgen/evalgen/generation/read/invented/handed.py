"""What calls hand on: ids and moments out of earlier answers, else what callers have on paper."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.read.invented.ids import Ids
from evalgen.generation.read.invented.links import Links
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.openings import offers_for
from evalgen.generation.read.invented.values import NoValue
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import is_listed, key_of, leaves


class NoCall(Exception):
    """A tool cannot be given a valid call; the text says why."""


OWN = 9
"""The number of the thing by which a caller is found: it is none of those that a list offers."""


@dataclass
class Handed:
    """`call` answers a caller's call of a tool or raises NoCall; `open` are the tools being called."""

    tools: Mapping[str, ToolModel]
    links: Links
    ids: Ids
    language: str
    call: Callable[[str, int], MockCall]
    open: Collection[str]
    _chosen: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    _recorded: set[tuple[str, int]] = field(default_factory=set)
    """The calls whose chosen thing is one that is on record, and no opening."""

    def given(self, tool: ToolModel, caller: int, alone: bool, meaning: Meaning) -> Iterator[Any]:
        """Ids and moments out of earlier answers, else those that the caller has. Raises NoValue."""
        name = tool.tool.name
        identity = self.links.identity(tool, meaning)
        if meaning.moment:
            yield from self._offered_moment(tool, caller, meaning)
            return
        if self.links.variable(meaning):
            yield self.ids.of(identity, 0, caller)
            return
        sources, certain = self.links.sources_of(tool, meaning)
        verifies = tool.name is not None and tool.name.effect == "verify"
        own = tool.role == "identify" and not verifies
        if own and sources and not any(name in meaning.about for name in sources):
            yield self.ids.of(identity, OWN, caller)
            return
        known = self.links.known_to_caller(meaning, self.ids.stated(meaning))
        known = known and not (sources and meaning.words[-1] == "id")
        if sources and (certain or not known):
            if alone:
                raise NoValue(f"{meaning.key}: it comes out of {sources[0]}")
            reason = ""
            for source in sources:
                try:
                    answer = self.call(source, caller)
                except NoCall as error:
                    reason = reason or f"{meaning.key}: {source} has no answer that holds it ({error})"
                    continue
                held = self._held(answer.output, identity, source)
                if held:
                    place = (caller + 1) % len(held) if len(held) > 2 else 0
                    _, thing, value = held[(place + self._is_other(meaning)) % len(held)]
                    if thing is not None:
                        self._chosen[name, caller] = thing
                        if source not in offers_for(tool, self.links, self.language):
                            self._recorded.add((name, caller))
                    yield value
                    return
            raise NoValue(reason or f"{meaning.key}: no answer of {sources[0]} holds it")
        if known:
            yield self.ids.of(identity, 0, caller)
            return
        only = next((t for t in self.tools if t in meaning.about), "")
        told = (
            f"only {only} gives it, in the same call"
            if only
            else "nothing gives this id to the agent or the caller"
        )
        raise NoValue(f"{meaning.key}: {told}")

    def chosen(self, tool: str, caller: int) -> dict[str, Any]:
        """The thing of a list that a caller's call is about; empty where none was chosen."""
        return self._chosen.get((tool, caller), {})

    def _is_other(self, meaning: Meaning) -> bool:
        """Whether an id is the second of two of one kind: `to_account_id`."""
        return bool(set(meaning.words) & set(load(self.language, "invented")["others"]))

    def _offered_moment(self, tool: ToolModel, caller: int, meaning: Meaning) -> Iterator[Any]:
        """The moment of the opening that the deed chooses; never a new one of the record it changes."""
        offers = offers_for(tool, self.links, self.language)
        thing = self._chosen.get((tool.tool.name, caller))
        prefixes = load(self.language, "invented")["prefixes"]
        wanted = [w for w in meaning.words if w not in prefixes]
        on_record = (tool.tool.name, caller) in self._recorded and len(wanted) < len(meaning.words)
        thing = None if on_record else thing
        if thing is None and offers and tool.tool.name not in set(self.open) - {tool.tool.name}:
            try:
                answer = self.call(offers[0], caller).output
            except NoCall:
                return
            lists = (
                [v for v in answer.values() if isinstance(v, list)] if isinstance(answer, dict) else [answer]
            )
            things = [
                one for found in lists if isinstance(found, list) for one in found if isinstance(one, dict)
            ]
            if things:
                thing = things[(caller + 1) % len(things)]
                self._chosen.setdefault((tool.tool.name, caller), thing)
        for key, value in (thing or {}).items():
            if list(Meaning(key).words) == wanted:
                yield value

    def _held(self, output: Any, identity: str, source: str) -> list[tuple[Any, dict[str, Any] | None, Any]]:
        """The places of an answer where an id stands, with the listed thing around it; those in lists only
        where it stands nowhere else.
        """
        found: list[tuple[Any, dict[str, Any] | None, Any]] = []
        for path, value in leaves(output):
            if value is None or self.links.identity(self.tools[source], Meaning(key_of(path))) != identity:
                continue
            thing: Any = output
            for part in path[:-1]:
                thing = thing[part]
            listed = is_listed(path)
            found.append((path, thing if listed and isinstance(thing, dict) else None, value))
        return [one for one in found if not is_listed(one[0])] or found
