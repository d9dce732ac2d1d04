"""Answers that carry the flow: records with the ids that later calls take, lists, what a deed tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.read.answers import answer_of_deed
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.invented.asked import as_asked, day_of, echoed, in_time, told_apart
from evalgen.generation.read.invented.calendar import Calendar
from evalgen.generation.read.invented.forms import filled
from evalgen.generation.read.invented.ids import NEW, reference_key
from evalgen.generation.read.invented.layout import Layout, ListOf
from evalgen.generation.read.invented.limits import Limits
from evalgen.generation.read.invented.links import Links
from evalgen.generation.read.invented.meaning import Meaning, prefixes
from evalgen.generation.read.invented.moments import texts_of
from evalgen.generation.read.invented.parameters import finds_people, is_about_one, is_worked_out
from evalgen.generation.read.invented.people import Person
from evalgen.generation.read.invented.texts import Texts
from evalgen.generation.read.invented.things import Either, Ident, Things, Values
from evalgen.generation.read.invented.windows import windows_taken, without_windows
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import kind_of, leaves, plain, same

_REFERENCE = "######"
_ENOUGH, _TOLD = 3, 2
"""So many promised fields are all that a thing of a list has, and so many beside ids a record."""


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
    clocks: tuple[int, ...] = ()
    """The numbers of the times of day that fit what was asked for; none where nothing was."""

    @property
    def _table(self) -> dict[str, Any]:
        return load(self.texts.language, "invented_things")

    @property
    def things(self) -> Things:
        return Things(
            self.caller, self.person, self.calendar, self.texts, self.links, self.ident, self.given_day
        )

    def read(self, tool: ToolModel, layout: Layout, given: Mapping[str, Any]) -> dict[str, Any]:
        """A record or a list. `given` is the input: what it says of a person is not said again."""
        day = next((d for k, v in given.items() if (d := day_of(k, v))), None)
        parts: dict[str, list[int]] = self._table["parts_of_day"]
        clocks = next(
            (parts[plain(v)] for v in given.values() if isinstance(v, str) and plain(v) in parts), ()
        )
        return replace(self, given_day=day, clocks=tuple(clocks))._read(tool, layout, given)

    def _read(self, tool: ToolModel, layout: Layout, given: Mapping[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for identity, taken in layout.ids.items():
            made[taken.meaning.bare] = self.ident(identity, 0)
        thing, things = self.links.thing_of(tool), self.things
        if not layout.whole:
            known = {same(v) for _, v in leaves(dict(given))}
            self._add_verdict(made, tool)
            about_one = any(map(is_about_one, map(Meaning, given)))
            if about_one or not given:
                self._add_person(made, tool, layout, given)
            own = [k for k in layout.fields if Meaning(k).moment and self.texts.states(Meaning(k))]
            promised = things.promised({k: v for k, v in layout.fields.items() if k not in own}, thing)
            listed_too = any(listed.thing == thing for listed in layout.lists.values())
            told = sum(not Meaning(key).is_id for key in promised)
            tells = about_one or is_worked_out(tool)
            if tool.role != "identify" and tells and not listed_too and told < _TOLD:
                things.add(made, things.fields_of(thing, [*made, *given, *promised]), 0)
            things.add(made, things.one_of(layout.either, promised, 0), 0)
            if "status" in made:
                made["status"] = self.state(tool, str(made["status"]))
                things.add(made, self._table["with_status"].get(made["status"], {}), 0)
                things.settle(made)
            made = {k: v for k, v in made.items() if same(v) not in known or k in layout.ids}
        if layout.whole:
            made |= echoed(given)
        for key, listed in layout.lists.items():
            numbers = range(self._count(listed, key == layout.whole))
            found = (as_asked(self._item(listed, number, layout.either), given) for number in numbers)
            items = in_time(found, given, self._table["rides"])
            made[key] = told_apart(items) if listed.offered else list(items)
        return made

    def _add_verdict(self, made: dict[str, Any], tool: ToolModel) -> None:
        words = load(self.texts.language, "invented")["answers"]
        if tool.name and tool.name.effect == "verify":
            made[words["verified"]] = True
        elif re.search(words["asks_whether_may"], plain(tool.tool.description)):
            made[words["allowed"]] = True

    def _count(self, listed: ListOf, whole: bool) -> int:
        if listed.offered:
            most = Limits(self.texts.prompt, self.texts.language).offered(listed.thing)
            return min(3 if self.caller % 2 == 0 else 2, most or 3)
        if listed.thing in self._table["may_be_none"] and not listed.alone:
            return (1, 2, 0)[self.caller % 3]
        return 1 if listed.alone else 2 if whole else (1, 2, 2)[self.caller % 3]

    def _add_person(
        self, made: dict[str, Any], tool: ToolModel, layout: Layout, given: Mapping[str, Any]
    ) -> None:
        """Whose record it is, and what the prompt compares with it."""
        table = load(self.texts.language, "invented")["record"]
        thing = {plain(word) for word in self.links.thing_of(tool).split()}
        about = tool.role == "identify" or bool(thing & set(self._table["of_people"]))
        asked = {fact for key in given if (fact := Meaning(key).fact)}
        if about or asked & {"phone", "full", "last", "email"}:
            self._add_holder(made, tool, layout)
        if tool.role != "identify" and not asked and finds_people(self.links.tools.values()):
            return
        if not about and not asked and not any(Meaning(key).is_id for key in given):
            return
        prompt = self.texts.plain_prompt
        for key, pattern, values in table["prompted"] if tool.role == "identify" else ():
            told = {Meaning(field).words[-1] for field in layout.fields}
            if re.search(pattern, prompt) and Meaning(key).words[-1] not in told:
                made.setdefault(key, values[self.caller % len(values)])
        for fact, pattern in table["compared"]:
            listed = any(Meaning(f).fact == fact for one in layout.lists.values() for f in one.fields)
            own = any(Meaning(field).fact == fact for field in layout.fields)
            known = fact in asked or listed or own
            if re.search(pattern, prompt) and not known:
                made.setdefault(table[fact], self.person.fact(fact))

    def _add_holder(self, made: dict[str, Any], tool: ToolModel, layout: Layout) -> None:
        """The name of whose record it is, under the name that the description has for it."""
        table = load(self.texts.language, "invented")["record"]
        has = (*layout.fields, *self.things.fields_of(self.links.thing_of(tool), ()))
        named = next((f for f in has if Meaning(f).fact == "full"), "")
        promised = next((f for f in layout.fields if f in self._table["persons"]), table["full"])
        holder = named or (table["full"] if tool.role == "identify" else promised)
        made.setdefault(holder, self.person.fact("full"))

    def _item(self, listed: ListOf, number: int, either: Either) -> dict[str, Any]:
        made: dict[str, Any] = {t.meaning.bare: self.ident(i, number) for i, t in listed.ids.items()}
        things, moments = self.things, dict(listed.moments)
        promised = things.named(things.promised(listed.fields, listed.thing), listed.thing)
        promised = things.one_of(either, promised, number)
        has = {} if len(promised) >= _ENOUGH else self._own_fields(listed)
        has = {k: v for k, v in has.items() if not (listed.visit and Meaning(k).fact)}
        if any(meaning.moment == "datetime" for meaning, _ in moments.values()):
            has, promised = (without_windows(one, self.texts.language) for one in (has, promised))
        scheduled = listed.visit or listed.thing in self._table["moment_things"]
        scheduled = scheduled or (listed.offered and not (promised or has))
        undated = scheduled and not moments and not any(Meaning(k).moment for k in (*promised, *has))
        windows = windows_taken(self.links, self.texts.language) if undated and listed.offered else None
        if windows:
            made[windows[0]] = windows[1][(self.caller + number) % len(windows[1])]
        elif undated:
            own = str(self._table["own_moment"])
            moments[own] = (Meaning(own, "", "date-time"), {})
        moment = self._moment(listed, number)
        for key, (meaning, shape) in moments.items():
            start = moment if not meaning.is_later else moment.replace(hour=min(23, moment.hour + 1))
            made[key] = next(texts_of(start, meaning, shape))
        things.add(made, {k: v for k, v in has.items() if k not in made}, number, not listed.offered)
        things.add(made, promised, number, not listed.offered)
        if scheduled and not listed.offered and len(made) < _ENOUGH and self.texts.has_providers:
            things.add(made, things.usual("own_appointment"), number)
        things.settle(made)
        return made

    def _own_fields(self, listed: ListOf) -> Values:
        """What a thing of a list has; what is on offer has nothing that callers say when they take it."""
        return self.things.usual(listed.thing) if listed.offered else self.things.fields_of(listed.thing, ())

    def _moment(self, listed: ListOf, number: int) -> datetime:
        if not listed.offered:
            return self.calendar.moment(self.calendar.held(3 + self.caller + number), number + 1)
        clock = self.clocks[number % len(self.clocks)] if self.clocks else number
        return self.calendar.moment(self.given_day or self.calendar.day(self.caller + number), clock)

    def write(
        self, tool: ToolModel, layout: Layout, agent: str, known: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """A success: its status and the number by which it is known. `known` is what the deed is about: the
        opening that was chosen, what was asked for.
        """
        words = load(self.texts.language, "invented")
        verb = tool.name.verb if tool.name else ""
        said = re.search(words["says_status"], tool.tool.description, re.IGNORECASE)
        usual = words["status_of"].get(verb, words["answers"]["done"])
        made: dict[str, Any] = {"status": said["status"].lower() if said else usual}
        number = NEW if verb in self._table["makes"] else 0
        for identity, taken in layout.ids.items():
            made[taken.meaning.bare] = self.ident(identity, number)
        key = reference_key(tool, self.links, self.texts)
        if key and key not in made:
            made[key] = self.reference(tool, key) or filled(_REFERENCE, agent, tool.tool.name, self.caller)
        for meaning in map(Meaning, layout.fields):
            if meaning.words[-1:] == (self._table["id"],) and meaning.key not in made:
                made[meaning.key] = self.ident(self.links.identity(tool, meaning), NEW)
        facts = {k: v for k, v in self.things.promised(layout.fields, "").items() if not Meaning(k).is_id}
        told = {k: v for k, v in facts.items() if k != "status" and not Meaning(k).fact}
        told = self._sure(told, known or {}, self.links.thing_of(tool))
        if tool.choice:
            made = {key: value for key, value in made.items() if key not in (known or {})}
        notice = replace(self.calendar, first=self.calendar.notice)
        replace(self, calendar=notice).things.add(made, told, 0)
        if tool.name and answer_of_deed(MockCall({}, made), verb) != "success":
            made["status"] = grammar_of(tool.name.language).participle(verb, tool.name.noun)
        return made

    def _sure(self, told: Values, known: Mapping[str, Any], thing: str) -> Values:
        """What a deed tells, as it was chosen or asked for; without amounts where the prompt has its own."""
        own, made = {plain(word) for word in thing.split()}, Values()
        for key, values in told.items():
            words = [w for w in Meaning(key).words if w not in own | prefixes()]
            given = [v for k, v in known.items() if k == key or (words and list(Meaning(k).words) == words)]
            new = Meaning(key).words[0] in load(self.texts.language, "invented")["new_words"]
            amounts = kind_of(key, values[0]) == "money" and (new or self.texts.names_amounts)
            if given or not amounts:
                made[key] = given[:1] * 3 or values
        return made

    def none_found(self, tool: ToolModel, layout: Layout, given: Mapping[str, Any]) -> dict[str, Any]:
        """Nobody found, or an empty list of what was asked for."""
        if layout.whole:
            return {**(echoed(given) or dict(given)), layout.whole: []}
        words = load(self.texts.language, "invented")["answers"]
        if tool.name and tool.name.effect == "verify":
            return {words["verified"]: False, "message": words["not_verified"]}
        noun = self.texts.thing(tool, self.links)
        return {"found": False, "message": words["none_found"].format(noun=noun)}

    def out(self) -> dict[str, Any]:
        return {"error": "unavailable", "message": load(self.texts.language, "invented")["answers"]["out"]}
