"""The ids of a caller's things: the same in every call, in the strictest form that is stated of them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations
from typing import Any

from evalgen.generation.languages import in_every, load, written
from evalgen.generation.read.invented.forms import filled, form_in, form_told
from evalgen.generation.read.invented.links import Links, Taken
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.patterns import text_for
from evalgen.generation.read.invented.picks import digits, picker
from evalgen.generation.read.invented.shapes import Shape
from evalgen.generation.read.invented.texts import Texts
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import plain, words_of

NEW = 7
"""The number of a thing that a deed makes, beside those that are there already."""


def reference_key(tool: ToolModel, links: Links, texts: Texts) -> str:
    """The key of the number by which what a deed makes is known, as tools or prompt have it; else empty."""
    table = load(texts.language, "invented")["references"]
    for text in (tool.tool.description, *links.lines_of(tool)):
        if match := re.search(table["promised"], plain(text)):
            return "_".join(words_of(match["what"]))
    for text in links.behind(tool):
        if match := re.search(table["told"], plain(text)):
            return "_".join(words_of(match["what"]))
    usual = str(table.get(tool.name.verb if tool.name else "", ""))
    return usual if usual and usual.replace("_", " ") in texts.plain_prompt else ""


@dataclass(frozen=True)
class Ids:
    """`agent` is its name: other agents have other ids."""

    agent: str
    tools: Mapping[str, ToolModel]
    links: Links
    texts: Texts
    _told: dict[str, str] = field(default_factory=dict, compare=False)

    def stated(self, meaning: Meaning) -> str:
        """The form of an id by its description, or by the prompt where it is a caller's."""
        if meaning.words[-1:] == ("id",) and any(name in meaning.about for name in self.tools):
            return form_in(meaning.about)
        described = form_in(meaning.about)
        told = self.told(meaning.key)
        return told if len(told) == len(described) else described or told

    def told(self, key: str) -> str:
        """The form that the prompt or a tool's description states of what a key is called."""
        if key not in self._told:
            said = [tool.tool.description for tool in self.tools.values()]
            self._told[key] = form_told(self.texts.words.noun_of(key), [self.texts.prompt, *said])
        return self._told[key]

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
        orders = permutations(identity.split("_")) if not given else ()
        if form := next((form for words in orders if (form := self.told("_".join(words)))), ""):
            return filled(form, *seed)
        meaning = next((taken.meaning for taken in given), Meaning(identity))
        if not any(t.certain for t in given) and self.links.known_to_caller(meaning, ""):
            short = in_every("invented", "short") & set(meaning.words)
            return filled(self._usual(meaning) or ("###" if short else "########"), *seed)
        return f"{plain(meaning.concept[-1])}_{digits(4, *seed)}"

    def _usual(self, meaning: Meaning) -> str:
        """The form that such a number has: a flight, or where callers have cars a plate."""
        subjects = ("forms_of_all", *(["usual_forms"] if self.texts.speaks_of_cars else []))
        forms = (load(code, "invented")[one] for code in written("invented") for one in subjects)
        return next((form for one in forms for word, form in one.items() if word in meaning.words), "")

    def _identity(self, taken: Taken) -> str:
        return self.links.identity(self.tools[taken.tool], taken.meaning)

    def reference(self, tool: ToolModel, key: str, caller: int) -> Any:
        """A new number of a kind that other tools take, or whose form is stated; else None."""
        identity = self.links.identity(tool, Meaning(key))
        if identity in self._forms:
            return self.of(identity, NEW, caller)
        form = self.told(key)
        return filled(form, self.agent, tool.tool.name, caller) if form else None

    @cached_property
    def _forms(self) -> dict[str, list[tuple[Meaning, Shape]]]:
        found: dict[str, list[tuple[Meaning, Shape]]] = {}
        for taken in self.links.taken:
            found.setdefault(self._identity(taken), []).append((taken.meaning, taken.shape))
        return found
