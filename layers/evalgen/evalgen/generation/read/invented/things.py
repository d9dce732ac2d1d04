"""What the things of an answer have: the fields of each, with values for a caller's things in turn."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.invented.calendar import Calendar
from evalgen.generation.read.invented.children import FACTS, child_fact, of_child
from evalgen.generation.read.invented.flags import going_on, options_of, told_by
from evalgen.generation.read.invented.links import Links
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.moments import NIGHTS
from evalgen.generation.read.invented.openings import openings_of
from evalgen.generation.read.invented.own_hours import clocks_of
from evalgen.generation.read.invented.parameters import with_day
from evalgen.generation.read.invented.people import Person
from evalgen.generation.read.invented.promises import Fields
from evalgen.generation.read.invented.spacing import longer_ago
from evalgen.generation.read.invented.sums import may_stand, of_rate
from evalgen.generation.read.invented.texts import Texts
from evalgen.generation.read.invented.windows import is_window, windows_of
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import in_all
from evalgen.generation.values import kind_of, plain

Ident = Callable[[str, int], Any]
"""The id of a thing: (its identity, number of the thing in its list)."""
Values = dict[str, list[Any]]
"""By key, what stands there for each of three things; a text that begins with `@` is made for the caller."""
Either = Collection[tuple[str, str]]
_WINDOW = timedelta(hours=2)


def _moments(meaning: Meaning) -> list[Any]:
    """Days ahead; the end of something that takes days comes after its beginning."""
    return [f"@{meaning.moment}+{n + NIGHTS * meaning.is_return}" for n in (3, 4, 5)]


@dataclass(frozen=True)
class Things:
    """Those of one caller, number `caller` from 0."""

    caller: int
    person: Person
    calendar: Calendar
    texts: Texts
    links: Links
    ident: Ident
    given_day: date | None = None

    @property
    def _table(self) -> dict[str, Any]:
        return load(self.texts.language, "invented_things")

    def fields_of(self, thing: str, known: Collection[str]) -> Values:
        """What the tool that makes such a thing takes, its next values, else the usual fields; none known."""
        usual, maker = self.usual(thing), self.links.made_by(thing)
        made: Values = {}
        for name in maker.required if maker else ():
            shape = maker.properties.get(name, {}) if maker else {}
            meaning = Meaning(name, str(shape.get("description", "")), str(shape.get("format", "")))
            if (meaning.is_id and not meaning.fact) or (maker and maker.decided_by_agent(name, "")):
                continue
            if meaning.moment and not meaning.fact:
                made[name] = _moments(with_day(meaning, maker) if maker else meaning)
            elif values := self._of(meaning, thing):
                made[name] = [*values[1:], *values[:1]]
        found = made | {k: v for k, v in usual.items() if k == "status"} if made else usual
        found |= self._counted_from(maker, (*found, *known))
        sums = any(kind_of(key, 0) == "money" for key in known) or (made and self.texts.names_amounts)
        return {
            key: values
            for key, values in found.items()
            if key not in known and not (sums and kind_of(key, 0) == "money")
        }

    def _counted_from(self, maker: ToolModel | None, found: Iterable[str]) -> Values:
        """The day and the window that rules of the prompt count from: `free up to 4 hours before`."""
        rules = load(self.texts.language, "rules")
        windows = [
            n for n in (maker.properties if maker else ()) if is_window(Meaning(n), self.texts.language)
        ]
        dated = any(Meaning(key).moment for key in found)
        if dated or not windows or not re.search(rules["counted_from"], self.texts.plain_prompt):
            return {}
        return {
            self._table["own_day"]: _moments(Meaning(self._table["own_day"])),
            windows[0]: ["@window"] * 3,
        }

    def usual(self, thing: str) -> Values:
        words = [plain(w) for w in thing.split()]
        own = self._table["things_of"].get(self.texts.trade_name, {})
        tables = [t[w] for w in reversed(words) for t in (own, self._table["things"]) if w in t]
        goods = self._table["goods_are"] if set(words) & set(self._table["goods"]) - own.keys() else ()
        told = dict(tables[0]) if tables else {}
        return {k: v for k in told if (v := list(self.texts.goods(told[k])) if k in goods else told[k])}

    def promised(self, fields: Fields, thing: str) -> Values:
        """The promised fields for which there is a value."""
        prompt, table, language = self.texts.prompt, self._table, self.texts.language
        fields = {key: options_of(key, listed, table, prompt) for key, listed in fields.items()}
        found = {
            key: told_by(key, options, table, self.links.said)
            or (self._long_ago(Meaning(key)) if list(options) == table["past_days"] else list(options))
            or self._as_named(key)
            or self._of(self.links.parameter(key)[0], thing)
            for key, options in fields.items()
        }
        made = {
            key: values
            for key, values in found.items()
            if values and may_stand(key, values[0], prompt, language)
        }
        return made | self._without_hindrance(fields, made)

    def _as_named(self, key: str) -> list[Any]:
        """The windows and plans of the company, as the tools or the prompt name them."""
        if plans := self.texts.plans if Meaning(key).words[-1] in self._table["plan_keys"] else ():
            return [plans[0]] * 3
        return list(windows_of(self.links.parameter(key)[0], self.links, self.texts.language))

    def _without_hindrance(self, fields: Fields, made: Values) -> Values:
        """What lets a deed be done: a record that may be past due owes nothing, a plan has begun."""
        settled = Values()
        named = (*made, *(plain(str(one)) for options in fields.values() for one in options))
        for states, in_prompt, key, values in self._table["settled"]:
            stated = any(re.fullmatch(states, one) for one in named)
            if key in made and (stated or re.search(in_prompt, self.texts.plain_prompt, re.IGNORECASE)):
                settled[key] = list(values)
        return settled

    def one_of(self, either: Either, fields: Values, number: int) -> Values:
        """Without the other one of two fields of which a thing has one, for the next caller the first."""
        without = {
            pair[(self.caller + number + 1) % 2] for pair in either if all(key in fields for key in pair)
        }
        return {key: values for key, values in fields.items() if key not in without}

    def named(self, fields: Values, thing: str) -> Values:
        """With the name of a listed thing as its own: a class is not called like the caller, nor a pet."""
        people = in_all("nouns", "people") | set(self._table["dependants"])
        own = {k: self.usual(thing).get(k, []) for k in fields if Meaning(k).words == (self._table["name"],)}
        if plain(thing) in people and not any(own.values()):
            return fields
        return {k: v for k, v in (fields | own).items() if v}

    def _of(self, meaning: Meaning, thing: str) -> list[Any]:
        """A fact of the person, what such a thing has, what a schema lists, what people say."""
        usual, fields = self.usual(thing), self._table["fields"]
        if "_" in meaning.snake and meaning.snake in fields:
            return list(fields[meaning.snake])
        singulars = [self.texts.words.singular(word) for word in meaning.words]
        last = self._word_of(meaning, singulars)
        own = meaning.fact in FACTS or set(thing.split()) & set(self._table["dependants"])
        if own and (child := meaning.fact if meaning.fact in FACTS else of_child(meaning.fact)):
            return [f"@{child}"]
        if meaning.words[-1:] and meaning.words[-1] in self._table["written"]:
            return []
        if meaning.fact and not (meaning.fact == "ssn4" and usual):
            return [f"@{'other ' if self.texts.is_new(meaning) else ''}{meaning.fact}"]
        if dated := self._dated(meaning, thing, singulars[-1]):
            return dated
        listed = [v for v in self.links.parameter(meaning.key)[1].get("enum", ()) if v is not None]
        listed = going_on(listed, self._table) or listed
        told = clocks_of(meaning, self.texts.prompt, self.texts.language)
        if values := told or usual.get(meaning.key) or usual.get(meaning.snake) or usual.get(last) or listed:
            return list(values)
        counted = [next(self.texts.numbers(meaning, n), None) for n in range(3)]
        if self.links.parameter(meaning.key)[1].get("type") in ("integer", "number") and None not in counted:
            return list(counted)
        if last in fields and (not meaning.moment or last in self._table["windows"]["keys"]):
            return list(fields[last])
        if meaning.moment == "time":
            return ["@time1", "@time2", "@time3"]
        if meaning.moment:
            return _moments(meaning)
        if meaning.is_id and not meaning.text:
            return [f"@id {meaning.key}"]
        said = [next(self.texts.of(meaning, n, ""), None) for n in range(3)]
        return next((list(v) for v in (counted, said) if None not in v), [])

    def _word_of(self, meaning: Meaning, singulars: Sequence[str]) -> str:
        """The word that says what a field holds; a person is none but as the last: not in `customer_id`."""
        singulars = of_rate(singulars, self._table["per"])
        fields, own = self._table["fields"], singulars[-1]
        known = (w for w in reversed(singulars) if w in fields and w not in self._table["persons"])
        return own if own in fields or meaning.is_id else next(known, own)

    def _dated(self, meaning: Meaning, thing: str, last: str) -> list[Any]:
        """The days of what comes next, is to come or is over by its name; empty where it says nothing."""
        words, ahead = set(meaning.words), set(self._table["ahead"])
        if meaning.words[0] in self._table["upcoming"] and self._is_visit(last):
            return _moments(replace(meaning, format="date-time"))
        if meaning.moment != "date" or not words & (ahead | set(self._table["past"] if thing else ())):
            return []
        return _moments(meaning) if words & ahead else self._long_ago(meaning)

    def _long_ago(self, meaning: Meaning) -> list[Any]:
        return longer_ago(meaning, self.texts.prompt, self.texts.language)

    def _is_visit(self, thing: str) -> bool:
        """Whether such a thing has a day and time."""
        language = self.texts.language
        return thing in self._table["moment_things"] or bool(openings_of(thing, self.links, language))

    def add(
        self, made: dict[str, Any], fields: Mapping[str, list[Any]], number: int, turned: bool = True
    ) -> None:
        """`turned`: another caller's things begin with another one; what is on offer is the same for all."""
        first = self.caller if turned else 0
        for key, values in fields.items():
            if values:
                made.setdefault(key, self._made(values[(first + number) % len(values)], number))

    def _made(self, value: Any, number: int) -> Any:
        if not isinstance(value, str) or not value.startswith("@"):
            return value
        name, _, amount = value[1:].replace("-", "+").partition("+")
        if name.startswith("id "):
            return self.ident(self.links.identity_of(Meaning(name[3:])), number)
        if name.startswith("other "):
            return self.texts.another(self.person, 1).fact(name[6:])
        if name in ("day", "date"):
            return str(self.given_day or self.calendar.held(int(amount)))
        if name == "past":
            return str(self.calendar.past(int(amount) + number))
        if name == "datetime":
            moment = self.calendar.moment(self.calendar.held(int(amount)), int(amount) + number)
            return moment.strftime("%Y-%m-%dT%H:%M:%S")
        if name in ("in", "out"):
            stay = self.given_day or self.calendar.held(3 + self.caller)
            return str(stay + timedelta(days=NIGHTS if name == "out" else 0))
        if name == "window":
            start = self.calendar.moment(self.calendar.today, number)
            return f"{start:%H:%M}-{start + _WINDOW:%H:%M}"
        if name == "provider":
            return self.texts.provider(self.caller + number)
        if name.startswith("time"):
            return self.calendar.clock(int(name[4:] or amount)).strftime("%H:%M")
        if name in FACTS:
            return child_fact(
                name, self.person, self.caller + number, self.calendar.today, self.texts.language
            )
        return self.person.fact(name)
