"""What deeds answer that succeed: the state they leave, the numbers of what they make, what they tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.read.answers import answer_of_deed, unfinished_state
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.invented.forms import filled
from evalgen.generation.read.invented.ids import NEW, reference_key
from evalgen.generation.read.invented.meaning import Meaning, prefixes
from evalgen.generation.read.invented.parts import Layout
from evalgen.generation.read.invented.things import Things, Values
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import kind_of, plain

_REFERENCE = "######"


@dataclass(frozen=True)
class Results:
    """Those of one caller; `reference` makes a new number under a key, `agent` is the agent's name."""

    things: Things
    reference: Callable[[ToolModel, str], Any]
    agent: str

    @property
    def _words(self) -> dict[str, Any]:
        return load(self.things.texts.language, "invented")

    @property
    def _table(self) -> dict[str, Any]:
        return load(self.things.texts.language, "invented_things")

    def of(self, tool: ToolModel, layout: Layout, known: Mapping[str, Any]) -> dict[str, Any]:
        """A success: its status and the number by which it is known; empty where nothing says what it is.
        `known` is what the deed is about: the opening that was chosen, what was asked for.
        """
        verb = tool.name.verb if tool.name else ""
        status = self._status(tool, layout, verb)
        made: dict[str, Any] = {"status": status} if status else {}
        made |= self._numbers(tool, layout, verb)
        facts = {k: v for k, v in self.things.promised(layout.fields, "").items() if not Meaning(k).is_id}
        told = {k: v for k, v in facts.items() if k != "status" and not Meaning(k).fact}
        told = self._sure(told, known, self.things.links.thing_of(tool)) | self._counted(told, verb)
        if tool.choice:
            made = {key: value for key, value in made.items() if key not in known}
        told = {k: v for k, v in told.items() if k not in self._either_sum(layout)}
        told |= self._spared(layout, known)
        notice = replace(self.things.calendar, first=self.things.calendar.notice)
        replace(self.things, calendar=notice).add(made, told, 0)
        if tool.name and status and answer_of_deed(MockCall({}, made), verb) != "success":
            made["status"] = grammar_of(tool.name.language).participle(verb, tool.name.noun)
        return made

    def _status(self, tool: ToolModel, layout: Layout, verb: str) -> str:
        """The state in which the description says that the deed leaves its thing; of several it lists the one
        in which it is done, empty where that is not certain; the usual one where it lists none.
        """
        usual = str(self._words["status_of"].get(verb, self._words["answers"]["done"]))
        listed = [str(one) for one in layout.fields.get("status", ()) if isinstance(one, str)]
        if len(listed) > 1:
            return next((one for one in (usual, *self._done(listed, verb)) if one in listed), "")
        said = re.search(self._words["says_status"], tool.tool.description, re.IGNORECASE)
        return said["status"].lower() if said else usual

    def _done(self, listed: list[str], verb: str) -> Iterator[str]:
        for one in listed:
            call = MockCall({}, {"status": one})
            if answer_of_deed(call, verb) == "success" and not unfinished_state(call):
                yield one

    def _numbers(self, tool: ToolModel, layout: Layout, verb: str) -> dict[str, Any]:
        """The ids that later calls take, and each number that the description promises of what is made."""
        makes, links = verb in self._table["makes"], self.things.links
        number = NEW if makes else 0
        made = {taken.meaning.bare: self.things.ident(i, number) for i, taken in layout.ids.items()}
        promised = [one for one in map(Meaning, layout.fields) if one.key not in made]
        told = [one.key for one in promised if makes and self._is_reference(one)]
        for key in told or [reference_key(tool, links, self.things.texts)]:
            if key and key not in made:
                made[key] = self._new(tool, key)
        for meaning in promised:
            if meaning.words[-1:] == (self._table["id"],) and meaning.key not in made:
                made[meaning.key] = self.things.ident(links.identity(tool, meaning), NEW)
        return made

    def _is_reference(self, meaning: Meaning) -> bool:
        """Whether a promised field is a number by which what is made is known: a confirmation code."""
        told = f"{self._words['references']['returned']} {plain(' '.join(meaning.words))}"
        match = re.search(self._words["references"]["promised"], told)
        return meaning.is_id and not meaning.fact and match is not None and told.endswith(f" {match['what']}")

    def _new(self, tool: ToolModel, key: str) -> Any:
        made = self.reference(tool, key)
        return made or filled(_REFERENCE, self.agent, tool.tool.name, self.things.caller)

    def _either_sum(self, layout: Layout) -> list[str]:
        """The sums of which a description lists nothing and something: `fee (0 or 20)`."""
        return [key for key, listed in layout.fields.items() if len(listed) > 1 and 0 in listed]

    def _spared(self, layout: Layout, known: Mapping[str, Any]) -> Values:
        """Those of them that are nothing, since the deed is done without them: `late_fee_accepted` is no."""
        no = {word for key, value in known.items() if value is False for word in Meaning(key).words}
        return {key: [0] for key in self._either_sum(layout) if no & set(Meaning(key).words)}

    def _counted(self, told: Values, verb: str) -> Values:
        """The counts of what a deed does, one more than on record."""
        counts = self._table["counted_up"]
        keys = [key for key in told if verb in counts["verbs"] and Meaning(key).snake in counts["keys"]]
        return {key: [number + 1 for number in told[key]] for key in keys}

    def _sure(self, told: Values, known: Mapping[str, Any], thing: str) -> Values:
        """What a deed tells, as it was chosen or asked for; without amounts where the prompt has its own."""
        own, made = {plain(word) for word in thing.split()}, Values()
        for key, values in told.items():
            words = [w for w in Meaning(key).words if w not in own | prefixes()]
            given = [v for k, v in known.items() if k == key or (words and list(Meaning(k).words) == words)]
            new = Meaning(key).words[0] in self._words["new_words"]
            amounts = kind_of(key, values[0]) == "money" and (new or self.things.texts.names_amounts)
            if given or not amounts:
                made[key] = given[:1] * 3 or values
        return made
