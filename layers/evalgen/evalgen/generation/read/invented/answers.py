"""Answers that carry the flow: records with the ids that later calls take, lists, what a deed tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.read.answers import answer_of_deed
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.invented.calendar import Calendar
from evalgen.generation.read.invented.forms import filled, form_near
from evalgen.generation.read.invented.layout import Layout, ListOf
from evalgen.generation.read.invented.links import Links
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.moments import NIGHTS, texts_of
from evalgen.generation.read.invented.people import Person
from evalgen.generation.read.invented.texts import Texts
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import kind_of, leaves, plain, same, words_of

Ident = Callable[[str, int], Any]
"""The id of a thing: (its identity, number of the thing in its list)."""
_REFERENCE = "######"


@dataclass(frozen=True)
class Answers:
    """The answers for one caller, number `caller` from 0."""

    caller: int
    person: Person
    calendar: Calendar
    texts: Texts
    links: Links
    ident: Ident
    reference: Callable[[ToolModel, str], Any]
    state: Callable[[ToolModel, str], str] = lambda _, usual: usual
    """The state of the record that a tool answers, and the usual one where the prompt names none."""
    given_day: date | None = None

    @property
    def _things(self) -> dict[str, Any]:
        return load(self.texts.language, "invented_things")

    def read(self, tool: ToolModel, layout: Layout, given: Mapping[str, Any]) -> dict[str, Any]:
        """A record or a list. `given` is the input: what it says of a person is not said again."""
        if day := next((d for k, v in given.items() if (d := _day_of(k, v))), None):
            return replace(self, given_day=day)._read(tool, layout, given)
        return self._read(tool, layout, given)

    def _read(self, tool: ToolModel, layout: Layout, given: Mapping[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for identity, taken in layout.ids.items():
            made[taken.meaning.key] = self.ident(identity, 0)
        thing = self.links.thing_of(tool)
        if not layout.whole:
            known = {same(v) for _, v in leaves(dict(given))}
            self._add_verdict(made, tool)
            self._add_person(made, tool, layout, given)
            if tool.role != "identify" and all(listed.thing != thing for listed in layout.lists.values()):
                self._add_fields(made, self._fields_of(thing, [*made, *given]), 0)
            persons = self._things["persons"]
            more = {f: self._promised(f) for f in layout.fields if f not in made and f not in persons}
            self._add_fields(made, more, 0)
            if "status" in made:
                made["status"] = self.state(tool, str(made["status"]))
                self._add_fields(made, self._things["with_status"].get(made["status"], {}), 0)
            made = {k: v for k, v in made.items() if same(v) not in known or k in layout.ids}
        if layout.whole:
            made |= _echoed(given)
        for key, listed in layout.lists.items():
            made[key] = [
                self._item(listed, number) for number in range(self._count(listed, key == layout.whole))
            ]
        return made

    def _add_verdict(self, made: dict[str, Any], tool: ToolModel) -> None:
        words = load(self.texts.language, "invented")["answers"]
        if tool.name and tool.name.effect == "verify":
            made[words["verified"]] = True
        elif re.search(words["asks_whether_may"], plain(tool.tool.description)):
            made[words["allowed"]] = True

    def _count(self, listed: ListOf, whole: bool) -> int:
        if listed.offered:
            return 3 if self.caller % 2 == 0 else 2
        if listed.thing in self._things["may_be_none"]:
            return (1, 2, 0)[self.caller % 3]
        return 2 if whole else (1, 2, 2)[self.caller % 3]

    def _add_person(
        self, made: dict[str, Any], tool: ToolModel, layout: Layout, given: Mapping[str, Any]
    ) -> None:
        """Whose record it is, and what the prompt compares with it."""
        table = load(self.texts.language, "invented")["record"]
        thing = {plain(word) for word in self.links.thing_of(tool).split()}
        about = tool.role == "identify" or bool(thing & set(self._things["of_people"]))
        asked = {fact for key in given if (fact := Meaning(key).fact)}
        if about or asked & {"phone", "full", "last", "email"}:
            self._add_holder(made, tool, layout)
        if not about and not asked and not any(Meaning(key).is_id for key in given):
            return
        prompt = self.texts.plain_prompt
        for fact, pattern in table["compared"]:
            if re.search(pattern, prompt) and fact not in asked and table[fact] not in layout.fields:
                made.setdefault(table[fact], self.person.fact(fact))

    def _add_holder(self, made: dict[str, Any], tool: ToolModel, layout: Layout) -> None:
        """The name of whose record it is, under the name that the description has for it."""
        table = load(self.texts.language, "invented")["record"]
        promised = next((f for f in layout.fields if f in self._things["persons"]), table["full"])
        holder = table["full"] if tool.role == "identify" else promised
        made.setdefault(holder, self.person.fact("full"))

    def _fields_of(self, thing: str, known: Any) -> dict[str, list[Any]]:
        words = [plain(w) for w in thing.split()]
        own = self._things["things_of"].get(self.texts.trade_name, {})
        tables = [t[w] for w in reversed(words) for t in (own, self._things["things"]) if w in t]
        table = tables[0] if tables else {}
        return {key: values for key, values in table.items() if key not in known}

    def _promised(self, field: str) -> list[Any]:
        meaning = Meaning(field)
        if meaning.fact:
            return [f"@{meaning.fact}"]
        last = field.rsplit("_", maxsplit=1)[-1]
        if values := self._things["fields"].get(self.texts.words.singular(last)):
            return list(values) if not meaning.moment else ["@day+3", "@day+4", "@day+5"]
        return {"date": ["@day+3", "@day+4", "@day+5"], "time": ["@time1", "@time2", "@time3"]}.get(
            meaning.moment or "", []
        )

    def _add_fields(
        self, made: dict[str, Any], fields: Mapping[str, list[Any]], number: int, turned: bool = True
    ) -> None:
        """`turned`: another caller's things begin with another one; what is on offer is the same for all."""
        first = self.caller if turned else 0
        for key, values in fields.items():
            if values:
                made.setdefault(key, self._made(values[(first + number) % len(values)], number))

    def _made(self, value: Any, number: int) -> Any:
        """A value of the tables; one that begins with `@` is made for this caller."""
        if not isinstance(value, str) or not value.startswith("@"):
            return value
        name, _, amount = value[1:].replace("-", "+").partition("+")
        if name == "day":
            return str(self.calendar.day(int(amount)))
        if name == "past":
            return str(self.calendar.past(int(amount) + number))
        if name in ("in", "out"):
            stay = self.given_day or self.calendar.day(3 + self.caller)
            return str(stay + timedelta(days=NIGHTS if name == "out" else 0))
        if name == "provider":
            return self.texts.provider(self.caller + number)
        if name.startswith("time"):
            return self.calendar.clock(int(name[4:])).strftime("%H:%M")
        return self.person.fact(name)

    def _item(self, listed: ListOf, number: int) -> dict[str, Any]:
        made: dict[str, Any] = {t.meaning.key: self.ident(i, number) for i, t in listed.ids.items()}
        moments = dict(listed.moments)
        scheduled = listed.thing in self._things["moment_things"] or listed.offered
        if scheduled and not moments and not self._fields_of(listed.thing, ()):
            own = str(self._things["own_moment"])
            moments[own] = (Meaning(own, "", "date-time"), {})
        moment = self._moment(listed, number)
        for key, (meaning, shape) in moments.items():
            start = moment if not meaning.is_later else moment.replace(hour=min(23, moment.hour + 1))
            made[key] = next(texts_of(start, meaning, str(shape.get("description", ""))))
        self._add_fields(made, self._fields_of(listed.thing, made), number, not listed.offered)
        more = {f: self._promised(f) for f in listed.fields if not set(f.split("_")) & set(made)}
        self._add_fields(made, more, number, not listed.offered)
        if scheduled and not listed.offered and len(made) < 3:
            self._add_fields(made, self._fields_of("own_appointment", made), number)
        return made

    def _moment(self, listed: ListOf, number: int) -> datetime:
        if not listed.offered:
            return self.calendar.moment(self.calendar.day(3 + self.caller + number), number + 1)
        if self.given_day:
            return self.calendar.moment(self.given_day, number)
        return self.calendar.moment(self.calendar.day(self.caller + number), number)

    def write(self, tool: ToolModel, layout: Layout, agent: str) -> dict[str, Any]:
        """A success: its status and the number by which it is known."""
        words = load(self.texts.language, "invented")
        verb = tool.name.verb if tool.name else ""
        made: dict[str, Any] = {"status": words["status_of"].get(verb, words["answers"]["done"])}
        for identity, taken in layout.ids.items():
            made[taken.meaning.key] = self.ident(identity, 0)
        key = self._reference_key(tool, words, verb)
        noun = self.texts.words.noun_of(key)
        form = form_near(noun, self.texts.prompt) or _REFERENCE
        if key and key not in made:
            made[key] = self.reference(tool, key) or filled(form, agent, tool.tool.name, self.caller)
        if tool.name and answer_of_deed(MockCall({}, made), verb) != "success":
            made["status"] = grammar_of(tool.name.language).participle(verb, tool.name.noun)
        return made

    def _reference_key(self, tool: ToolModel, words: dict[str, Any], verb: str) -> str:
        table = words["references"]
        for text in (tool.tool.description, *self.links.lines_of(tool)):
            if match := re.search(table["promised"], plain(text)):
                return "_".join(words_of(match["what"]))
        return str(table.get(verb, ""))

    def none_found(self, tool: ToolModel, layout: Layout, given: Mapping[str, Any]) -> dict[str, Any]:
        """Nobody found, or an empty list of what was asked for."""
        if layout.whole:
            return {**(_echoed(given) or dict(given)), layout.whole: []}
        words = load(self.texts.language, "invented")["answers"]
        if tool.name and tool.name.effect == "verify":
            return {words["verified"]: False, "message": words["not_verified"]}
        return {
            "found": False,
            "message": words["none_found"].format(noun=self.texts.thing(tool, self.links)),
        }

    def out(self) -> dict[str, Any]:
        return {"error": "unavailable", "message": load(self.texts.language, "invented")["answers"]["out"]}


def _echoed(given: Mapping[str, Any]) -> dict[str, Any]:
    """The days of the input, which lists repeat."""
    return {k: v for k, v in given.items() if kind_of(k, v) == "date" and not Meaning(k).fact}


def _day_of(key: str, value: Any) -> date | None:
    """The day that an input asks for."""
    if kind_of(key, value) != "date" or Meaning(key).fact or Meaning(key).is_later:
        return None
    return date.fromisoformat(str(value))
