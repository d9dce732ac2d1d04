"""The states that a prompt names for records, and in which of them it lets a deed be done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.invented.links import Links
from evalgen.generation.read.invented.parameters import inputs_of
from evalgen.generation.read.invented.promises import promised_in
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import plain


@dataclass(frozen=True)
class States:
    """Those of one prompt, in its own words: `in_transit`, `on hold`."""

    links: Links
    language: str

    @property
    def _words(self) -> dict[str, Any]:
        return load(self.language, "invented")["states"]  # type: ignore[no-any-return]  # a table

    @cached_property
    def all(self) -> list[str]:
        """Every state that the prompt says a status can be, in order; where tools list them, of those."""
        found: list[str] = []
        for match in re.finditer(self._words["named"], self.links.prompt, re.IGNORECASE):
            for word in re.split(self._words["or"], match["states"]):
                state = word.strip(" `\"'*.,;:")
                if state and state.lower() not in self._words["no_states"] and state not in found:
                    found.append(state)
        listed = self._listed
        return [one for one in found if plain(one) in listed] if listed else found

    @cached_property
    def _listed(self) -> set[str]:
        """What the descriptions of tools say that a status can be: `status (ready, on_hold)`."""
        told = (promised_in(t.tool.description, self.language) for t in self.links.tools.values())
        return {plain(str(one)) for fields in told for one in fields.get("status", ())}

    def allowed(self, tool: ToolModel) -> list[str]:
        """The states in which a sentence lets this deed be done; none where no sentence says so."""
        found = []
        for sentence in self._sentences:
            if not re.search(self._words["refuses"], sentence):
                found += [
                    s for s in self._in(sentence) if s not in found and self._is_about(sentence, tool, s)
                ]
        return found

    def described(self, tool: ToolModel) -> list[str]:
        """The states of a record for which a tool is by its own description: `for a parcel that is at a
        depot`; none where it refuses some, answers the record itself, or names none of two words.
        """
        said, own = plain(tool.tool.description), promised_in(tool.tool.description, self.language)
        if own.get("status") or re.search(self._words["refuses"], said):
            return []
        between = self._words["between"]
        spelt = ((one, re.escape(one).replace("_", between)) for one in sorted(self._listed))
        found = [one for one, pattern in spelt if re.search(rf"\b{pattern}\b", said)]
        return found if any("_" in one for one in found) else []

    def begins_from(self, look_up: ToolModel, tool: ToolModel) -> bool:
        """Whether a tool is about the record that a look-up answers: done to it, or asked by its number."""
        if look_up is tool or look_up.role not in ("read", "identify"):
            return False
        numbers = {self.links.identity(look_up, m) for m, _ in inputs_of(look_up) if m.is_id}
        own = {self.links.identity(tool, m) for m, _ in inputs_of(tool) if m.is_id and not m.fact}
        done = any(deed.tool.name == tool.tool.name for deed in self.deeds_on(look_up))
        return done or (tool.role == "read" and bool(own & numbers))

    def of(self, caller: int, deeds: Sequence[ToolModel], default: str) -> str:
        """The state of a caller's record: what the first deed wants; for the second caller, the next one."""
        wanted = [state for tool in deeds for state in self.allowed(tool)[:1]]
        choices = list(dict.fromkeys(wanted)) or ([default] if default in self.all else [])
        if choices:
            return choices[caller % len(choices)]
        return default

    def rules_out(self, tool: ToolModel, output_of: Callable[[str], Any]) -> str:
        """Why a record does not allow a deed, by its state; empty where it does. `output_of` answers what a
        look-up tells, None where that has no answer.
        """
        described = self.described(tool)
        allowed = described or (self.allowed(tool) if tool.role == "write" else [])
        for other in self.links.tools.values() if allowed else ():
            if not self.begins_from(other, tool):
                continue
            output = output_of(other.tool.name)
            state = output.get("status") if isinstance(output, dict) else None
            if (state if described else state in self.all) and state not in allowed:
                return f"the record is {state}"
        return ""

    def deeds_on(self, tool: ToolModel) -> list[ToolModel]:
        """The deeds done to what a look-up answers: they take an id of it, or the one it is looked up by."""
        own = {self.links.identity(tool, m) for m, _ in inputs_of(tool) if m.is_id}
        return [
            other
            for other in self.links.tools.values()
            if other.role == "write"
            and any(
                self.links.identity(other, m) in own or tool.tool.name in self.links.sources_of(other, m)[0]
                for m, _ in inputs_of(other)
                if m.is_id and not m.fact
            )
        ]

    def _in(self, sentence: str) -> Iterator[str]:
        for state in self.all:
            spoken = re.escape(plain(state)).replace("_", "[ _]")
            if re.search(rf"(?<!\w){spoken}(?!\w)", sentence):
                yield state

    @cached_property
    def _sentences(self) -> list[str]:
        return [plain(s) for s in re.split(r"(?<=[.;])\s|\n\s*(?:[-*]|\d+\.)\s", self.links.prompt)]

    def _is_about(self, sentence: str, tool: ToolModel, state: str) -> bool:
        """Whether a sentence speaks of a deed, by other words than the state itself."""
        if plain(tool.tool.name) in sentence:
            return True
        if not tool.name or tool.name.language != self.language:
            return False
        grammar = grammar_of(self.language)
        head = next(iter(self.links.head_of(tool)), "")
        verb = tool.name.verb
        words = {grammar.participle(verb, tool.name.noun), verb} - {plain(state)}
        if head and head not in self._words["common"]:
            words.add(head)
        return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", sentence) for word in words)
