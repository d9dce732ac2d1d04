"""Answers that carry the flow: records with the ids that later calls take, lists, what a deed tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.invented.asked import as_asked, day_of, echoed, in_time, time_of, told_apart
from evalgen.generation.read.invented.calendar import Calendar
from evalgen.generation.read.invented.limits import Limits
from evalgen.generation.read.invented.links import Links
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.moments import texts_of
from evalgen.generation.read.invented.own_hours import start_of
from evalgen.generation.read.invented.parameters import finds_people, is_about_one, is_worked_out
from evalgen.generation.read.invented.parts import Layout, ListOf
from evalgen.generation.read.invented.people import Person
from evalgen.generation.read.invented.places import clocks_near
from evalgen.generation.read.invented.promises import status_of_none
from evalgen.generation.read.invented.results import Results
from evalgen.generation.read.invented.settling import settle
from evalgen.generation.read.invented.texts import Texts
from evalgen.generation.read.invented.things import Either, Ident, Things, Values
from evalgen.generation.read.invented.windows import windows_taken, without_windows
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import leaves, plain, same

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
    wanted: time | None = None
    """The time that was asked for."""
    places: Mapping[str, Calendar] = field(default_factory=dict)
    """By the choice of a place its own calendar."""

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
        asked = next((t for k, v in given.items() if (t := time_of(k, v))), None)
        at = self._at(given)
        return replace(at, given_day=day, clocks=tuple(clocks), wanted=asked)._read(tool, layout, given)

    def _at(self, thing: Mapping[str, Any]) -> Answers:
        """The same at the place that an input or a thing names, on its days and in its hours."""
        own = next((self.places[v] for v in thing.values() if isinstance(v, str) and v in self.places), None)
        calendar = replace(own, first=self.calendar.first) if own else self.calendar
        return self if calendar == self.calendar else replace(self, calendar=calendar)

    def _read(self, tool: ToolModel, layout: Layout, given: Mapping[str, Any]) -> dict[str, Any]:
        made = {taken.meaning.bare: self.ident(identity, 0) for identity, taken in layout.ids.items()}
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
                settle(made, self.texts.language)
            made = {k: v for k, v in made.items() if same(v) not in known or k in layout.ids}
        if layout.whole:
            made |= echoed(given)
        for key, listed in layout.lists.items():
            numbers = range(self._count(listed, key == layout.whole))
            found = (as_asked(self._item(listed, number, layout.either), given) for number in numbers)
            items = in_time(found, given, self._table["rides"])
            made[key] = told_apart(items) if listed.offered else list(items)
            if key != layout.whole and made[key] and not any(made[key]):
                del made[key]
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
        made = self._made(listed, number, either)
        at = self._at(made)
        return made if at is self else at._made(listed, number, either)

    def _made(self, listed: ListOf, number: int, either: Either) -> dict[str, Any]:
        made: dict[str, Any] = {t.meaning.bare: self.ident(i, number) for i, t in listed.ids.items()}
        things, moments = self.things, dict(listed.moments)
        promised = things.named(things.promised(listed.fields, listed.thing), listed.thing)
        promised = things.one_of(either, promised, number)
        has = {} if len(promised) >= _ENOUGH else self._own_fields(listed)
        told = set(self._table["state_keys"]) if promised.keys() & {*self._table["state_keys"]} else set()
        has = {k: v for k, v in has.items() if k not in told}
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
            start = start_of(moment, meaning, number, self.texts.prompt, self.texts.language)
            made[key] = next(texts_of(start, meaning, shape))
        things.add(made, {k: v for k, v in has.items() if k not in made}, number, not listed.offered)
        things.add(made, promised, number, not listed.offered)
        if scheduled and not listed.offered and len(made) < _ENOUGH and self.texts.has_providers:
            things.add(made, things.usual("own_appointment"), number)
        settle(made, self.texts.language)
        return made

    def _own_fields(self, listed: ListOf) -> Values:
        """What a thing of a list has; what is on offer has nothing that callers say when they take it."""
        return self.things.usual(listed.thing) if listed.offered else self.things.fields_of(listed.thing, ())

    def _moment(self, listed: ListOf, number: int) -> datetime:
        if not listed.offered:
            return self.calendar.moment(self.calendar.held(3 + self.caller + number), number + 1)
        day = self.given_day or self.calendar.day(self.caller + number)
        near = clocks_near(self.wanted, self.calendar) if self.wanted else ()
        if near:
            return datetime.combine(day, near[number % len(near)])
        return self.calendar.moment(day, self.clocks[number % len(self.clocks)] if self.clocks else number)

    def write(
        self, tool: ToolModel, layout: Layout, agent: str, known: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """What a deed that succeeds answers."""
        at = self._at(known or {})
        return Results(at.things, self.reference, agent).of(tool, layout, known or {})

    def none_found(self, tool: ToolModel, layout: Layout, given: Mapping[str, Any]) -> dict[str, Any]:
        """Nobody found, or an empty list of what was asked for."""
        if layout.whole:
            return {**(echoed(given) or dict(given)), layout.whole: []}
        words, said = load(self.texts.language, "invented")["answers"], tool.tool.description
        if state := status_of_none(said, self.texts.language):
            return {"status": state}
        if tool.name and tool.name.effect == "verify":
            return {words["verified"]: False, "message": words["not_verified"]}
        noun = self.texts.thing(tool, self.links)
        return {"found": False, "message": words["none_found"].format(noun=noun)}

    def out(self) -> dict[str, Any]:
        return {"error": "unavailable", "message": load(self.texts.language, "invented")["answers"]["out"]}
