"""The ids of a caller's things: the same in every call, in the strictest form that is stated of them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evalgen.generation.languages import load, written
from evalgen.generation.read.invented.forms import filled, form_in, form_near
from evalgen.generation.read.invented.links import Links, Taken
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.patterns import text_for
from evalgen.generation.read.invented.picks import digits, picker
from evalgen.generation.read.invented.shapes import Shape
from evalgen.generation.read.invented.texts import Texts
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import plain

NEW = 7
"""The number of a thing that a deed makes, beside those that are there already."""


@dataclass(frozen=True)
class Ids:
    """`agent` is its name: other agents have other ids."""

    agent: str
    tools: Mapping[str, ToolModel]
    links: Links
    texts: Texts

    def stated(self, meaning: Meaning) -> str:
        """The form of an id by its description, or by the prompt where it is a caller's."""
        if meaning.words[-1:] == ("id",) and any(name in meaning.about for name in self.tools):
            return form_in(meaning.about)
        described = form_in(meaning.about)
        told = form_near(self.texts.words.noun_of(meaning.key), self.texts.prompt)
        return told if len(told) == len(described) else described or told

    def of(self, identity: str, number: int, caller: int) -> Any:
        """The id of a caller's thing, the same in all calls."""
        seed = (self.agent, identity, caller, number)
        for _, shape in self._forms.get(identity, ()):
            if shape.get("type") in ("integer", "number"):
                return int(digits(5, *seed))
            if isinstance(pattern := shape.get("pattern"), str) and (
                text := text_for(pattern, picker(*seed))
            ):
                return text
            if shape.get("format") == "uuid":
                return str(uuid.UUID(int=int(digits(36, *seed)) % 2**128, version=4))
        given = [taken for taken in self.links.taken if self._identity(taken) == identity]
        for taken in given:
            if form := self.stated(taken.meaning):
                return filled(form, *seed)
        meaning = next((taken.meaning for taken in given), Meaning(identity))
        if not any(t.certain for t in given) and self.links.known_to_caller(meaning, ""):
            short = set(meaning.words) & {
                w for c in written("invented") for w in load(c, "invented")["short"]
            }
            return filled("###" if short else "########", *seed)
        return f"{plain(meaning.concept[-1])}_{digits(4, *seed)}"

    def _identity(self, taken: Taken) -> str:
        return self.links.identity(self.tools[taken.tool], taken.meaning)

    def reference(self, tool: ToolModel, key: str, caller: int) -> Any:
        """A new number of a kind that other tools take; None where none does."""
        identity = self.links.identity(tool, Meaning(key))
        return self.of(identity, NEW, caller) if identity in self._forms else None

    @cached_property
    def _forms(self) -> dict[str, list[tuple[Meaning, Shape]]]:
        found: dict[str, list[tuple[Meaning, Shape]]] = {}
        for taken in self.links.taken:
            found.setdefault(self._identity(taken), []).append((taken.meaning, taken.shape))
        return found
