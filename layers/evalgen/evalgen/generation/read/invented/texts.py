"""Free texts and numbers that people say: by the prompt's trade and lists, and by what a key counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.invented.limits import Limits
from evalgen.generation.read.invented.links import Links
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.people import Person, people_in
from evalgen.generation.read.invented.trades import is_of_shop, is_plainly, told_in, trade_in
from evalgen.generation.read.record_fields import plain_text
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import Words, words_in
from evalgen.generation.values import plain

LONGEST = 60


@dataclass(frozen=True)
class Texts:
    """Those of one prompt, in the language that its agent speaks."""

    prompt: str
    language: str
    code: frozenset[str] = frozenset()
    """The names of the agent's tools, and their choices behind the names of their parameters: no texts."""
    ends: frozenset[str] = frozenset()
    """The parameters that are of another place than the caller's home."""

    @cached_property
    def _found(self) -> dict[str, list[list[str]]]:
        return {}

    @cached_property
    def _words(self) -> dict[str, Any]:
        return load(self.language, "invented")

    @cached_property
    def _texts(self) -> dict[str, Any]:
        return load(self.language, "invented_texts")

    @cached_property
    def words(self) -> Words:
        return words_in(self.language)

    @cached_property
    def plain_prompt(self) -> str:
        return plain_text(self.prompt)

    @property
    def trade(self) -> dict[str, Any]:
        return dict(self._texts["trades"][self.trade_name])

    @cached_property
    def trade_name(self) -> str:
        return trade_in(self.prompt, self._texts["trades"])

    @cached_property
    def _is_plain_trade(self) -> bool:
        return is_plainly(self.trade_name, self.prompt, self._texts["trades"])

    def of(self, meaning: Meaning, number: int, verb: str) -> Iterator[str]:
        """Texts for a parameter, the ones that the prompt itself lists first."""
        options, name = self.listed(meaning), meaning.text
        yield from [one for one in self._of_vehicle(name, meaning)[:1] if one in options]
        if options:
            yield options[number % len(options)]
        if verb == self._texts["hands_on"] and name in ("problem", "reason"):
            yield str(self._texts["values"]["handed_on"][0])
        if (
            name == "reason"
            and verb in self._words["status_of"]
            and self._words["status_of"][verb] == self._cancelled
        ):
            name = "cancel_reason"
        values = self.trade.get(name) or self._texts["values"].get(name) or self._of_vehicle(name, meaning)
        if name in self._texts["of_one_trade"] and name not in self.trade:
            values = self.told_of(values or ())
        if name in self._texts["of_shops"] and self.trade_name == self._texts["shops"]:
            values = self.goods(values or ())
        if name in self._texts["stories"]:
            values = told_in(self.flat_prompt, values or (), self._is_plain_trade)
        if values:
            yield str(values[number % len(values)])

    def told_of(self, values: Sequence[Any]) -> list[Any]:
        """Those of which the prompt speaks."""
        return [one for one in values if plain(str(one)) in self.flat_prompt]

    def goods(self, values: Sequence[Any]) -> Sequence[Any]:
        """Things that are sold: all where the prompt is plainly one of a shop, else those it speaks of."""
        is_shop = self._is_plain_trade and is_of_shop(self.prompt, self._texts)
        return values if is_shop else self.told_of(values)

    def _of_vehicle(self, name: str, meaning: Meaning) -> Sequence[str]:
        """What is told of a car where callers have one: one car for a caller in all its parts."""
        table = self._texts["vehicles"]
        named = re.search(table["words"], f"{meaning.snake} {meaning.said}".replace("_", " "))
        is_one = named or self.speaks_of_cars
        return table.get(name) or () if is_one and "make" not in self.trade else ()

    @cached_property
    def speaks_of_cars(self) -> bool:
        return re.search(self._texts["vehicles"]["words"], self.flat_prompt) is not None

    @property
    def _cancelled(self) -> str:
        return str(self._words["status_of"][self._texts["cancels"]])

    def listed(self, meaning: Meaning) -> Sequence[str]:
        """The values that the description lists, or the prompt behind the parameter's noun."""
        found = re.search(self._words["one_of"], meaning.about, re.IGNORECASE)
        if found and len(options := self._split(found[1])) > 1:
            return options
        if meaning.moment or meaning.fact or meaning.is_id:
            return ()
        nouns = {self.words.noun_of(meaning.key), meaning.text} - {""}
        for noun in sorted(nouns & set(self._words["places"])):
            if match := re.search(self._words["places_in"].format(noun=noun), self.prompt):
                return self._split(match[1])
        for noun in sorted(nouns):
            for pattern in ("listed_near", "listed_after"):
                said = self._words[pattern].format(noun=re.escape(noun))
                for options in self._lists_in_prompt(said):
                    if len(options) > 1 and not any(map(self._is_code, options)):
                        return options
        return ()

    def _lists_in_prompt(self, said: str) -> Sequence[list[str]]:
        if said not in self._found:
            found = re.finditer(said, self.prompt, re.IGNORECASE)
            self._found[said] = [self._split(match[1]) for match in found]
        return self._found[said]

    def _is_code(self, option: str) -> bool:
        """Whether it is written for a machine: a tool's name, `reason "other`, `key=value`."""
        return re.search(r"[\"“”`_=:<>{}\[\]]", option) is not None or plain(option) in self.code

    def _split(self, text: str) -> list[str]:
        parts = [p.strip(" .,;:`\"'") for p in re.split(self._words["list_split"], text)]
        parts = [p for p in parts if p]
        return parts if all(len(p.split()) <= 4 and len(p) <= LONGEST for p in parts) else []

    def numbers(self, meaning: Meaning, number: int) -> Iterator[float]:
        """What a key counts or measures."""
        for pattern, values in self._texts["numbers"]:
            if re.search(pattern, meaning.snake):
                yield Limits(self.prompt, self.language).within(values[number % len(values)], meaning)

    def provider(self, number: int) -> str:
        """One of those whom the prompt names, else an invented one."""
        things = load(self.language, "invented_things")
        names = list(dict.fromkeys(m["name"] for m in re.finditer(things["providers"], self.prompt)))
        names = [n for n in names if not any({*n.split()} < {*other.split()} for other in names)]
        for match in re.finditer(things["provider_lists"], self.prompt, re.IGNORECASE):
            names += [n for n in re.split(r",? (?:and|y) |, ", match["names"]) if n not in names]
        usual = (
            "provider_of_people" if self.trade_name in self._texts["with_providers"] else "person_of_staff"
        )
        names = names or list(self._texts["values"][usual])
        return str(names[number % len(names)])

    @property
    def has_providers(self) -> bool:
        """Whether those who see callers have names here: by the trade, or since the prompt names some."""
        named = load(self.language, "invented_things")["providers"]
        return self.trade_name in self._texts["with_providers"] or re.search(named, self.prompt) is not None

    def thing(self, tool: ToolModel, links: Links) -> str:
        """What a look-up looks for, as people call it."""
        return links.thing_of(tool)

    @cached_property
    def names_amounts(self) -> bool:
        """Whether the prompt says what something costs."""
        return re.search(self._words["amounts"], self.prompt, re.IGNORECASE) is not None

    def states(self, meaning: Meaning) -> bool:
        """Whether the prompt itself says a day or number for what a key is about: `due on the first`."""
        told = set(meaning.words) - set(self._words["plain_words"])
        sentences = re.split(r"(?<=[.;:])\s|\n", self.flat_prompt)
        stated = (s for s in sentences if re.search(self._words["stated"], s))
        return bool(told) and any(told <= set(re.findall(r"\w+", sentence)) for sentence in stated)

    def is_new(self, meaning: Meaning) -> bool:
        """Whether a fact is to be another one than on record or beside it: `new_address`, `to_zip`."""
        words, said = set(meaning.words), self._words
        other = bool(words & set(said["other_words"])) and re.search(said["two_places"], self.plain_prompt)
        return bool(words & set(said["new_words"])) or bool(other) or meaning.snake in self.ends

    def agrees(self, meaning: Meaning) -> bool:
        """Whether a caller says yes to it: a consent, or what the prompt has the agent ask."""
        if re.search(self._texts["yes"], f"{meaning.snake} {meaning.said}"):
            return True
        stems = {word[:5] for word in meaning.words if len(word) > 3}
        return any(
            stems & {word[:5] for word in re.findall(r"\w+", match[0])}
            for match in re.finditer(self._words["asks_whether"], self.flat_prompt)
        )

    @cached_property
    def flat_prompt(self) -> str:
        return plain(self.prompt)

    @cached_property
    def _asked(self) -> list[str]:
        return [match[0] for match in re.finditer(self._words["asks_what"], self.flat_prompt)]

    def is_asked(self, meaning: Meaning, listed: Sequence[Any]) -> bool:
        """Whether the prompt has the agent ask for it: by its noun, or by two of its values."""
        noun = re.escape(self.words.noun_of(meaning.key))
        values = [plain(str(v)).replace("_", " ") for v in listed if isinstance(v, str)]
        for text in self._asked:
            said = sum(re.search(rf"\b{re.escape(v)}s?\b", text) is not None for v in values)
            if re.search(rf"\b{noun}\b", text, re.IGNORECASE) or said > 1:
                return True
        return False

    def is_named(self, meaning: Meaning) -> bool:
        """Whether all words of its name stand in one line of the prompt."""
        return any(set(meaning.words) <= words for words in self._lines)

    @cached_property
    def _lines(self) -> list[set[str]]:
        return [set(re.findall(r"\w+", line)) for line in self.flat_prompt.splitlines()]

    @cached_property
    def plans(self) -> list[str]:
        """The plans that the prompt calls by name: `the Quarterly Plan`."""
        named = load(self.language, "invented_things")["plans"]
        return list(dict.fromkeys(match["name"] for match in re.finditer(named, self.prompt)))

    def is_of_known(self, meaning: Meaning) -> bool:
        """Whether it is the id of people who are on record: `leave out for new patients`."""
        return meaning.is_id and re.search(self._words["of_known"], meaning.said) is not None

    def calm_first(self, listed: Sequence[Any]) -> list[Any]:
        """Choices that an agent makes itself, the usual one first."""
        return sorted(listed, key=lambda v: re.search(self._words["calm"], plain(str(v))) is None)

    def wants_code(self, meaning: Meaning) -> bool:
        return re.search(self._words["is_e164"], meaning.said) is not None

    def singular(self, key: str) -> str:
        words = key.split("_")
        return "_".join([*words[:-1], self.words.singular(words[-1])])

    def another(self, person: Person, place: int) -> Person:
        """The person, or for a further place of a list another one."""
        if place == 0:
            return person
        people = people_in(self.prompt, self.language)
        return people[(people.index(person) + place) % len(people)]
