"""All invented calls of an agent: three callers who go through its tools, a stranger, an outage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from evalgen.generation.definition import AgentDefinition, MockCall
from evalgen.generation.languages import load
from evalgen.generation.read.invented.always import tied_choices
from evalgen.generation.read.invented.answers import Answers
from evalgen.generation.read.invented.calendar import Calendar, calendar_of
from evalgen.generation.read.invented.handed import Handed, NoCall
from evalgen.generation.read.invented.ids import Ids
from evalgen.generation.read.invented.layout import Layout, layout_of
from evalgen.generation.read.invented.links import Links
from evalgen.generation.read.invented.parameters import chosen_of, code_in, inputs_of
from evalgen.generation.read.invented.people import Person, people_in
from evalgen.generation.read.invented.shapes import in_small_letters, shapes_of
from evalgen.generation.read.invented.states import States
from evalgen.generation.read.invented.texts import Texts
from evalgen.generation.read.invented.values import NoValue, Values
from evalgen.generation.read.invented.ways import asked_for, first_way, other_ways, reasons, whether
from evalgen.generation.read.placeholders import variables_in
from evalgen.generation.read.statement import AnswerKind
from evalgen.generation.read.tools import ToolModel, model_tools, ordered_in, orders
from evalgen.generation.schemas import NoSchema, validator_of

CALLERS = 3
STRANGER, UNLUCKY = 3, 4
"""The number of the caller whom no record has, and of the one whose look-up fails."""
OTHER_DAY, OUTAGE_DAY = 5, 8
NEW = 7
"""The number of a thing that a deed makes, beside those that are there already."""


@dataclass
class World:
    """What is invented for one agent. The same definition makes the same calls in every process."""

    definition: AgentDefinition
    language: str
    without: frozenset[AnswerKind] = frozenset()
    """Answers that are not invented."""
    _calls: dict[tuple[str, int], MockCall | str] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)

    @cached_property
    def tools(self) -> dict[str, ToolModel]:
        return ordered_in(self.definition.description, model_tools(self.definition.tools))

    @cached_property
    def links(self) -> Links:
        return Links(self.tools, self.definition.description, variables_in(self.definition))

    @cached_property
    def texts(self) -> Texts:
        return Texts(self.definition.description, self.language, code_in(self.tools.values()))

    @cached_property
    def calendar(self) -> Calendar:
        return calendar_of(self.definition.description, self.language)

    @cached_property
    def people(self) -> list[Person]:
        return people_in(self.definition.description, self.language)

    @cached_property
    def ids(self) -> Ids:
        return Ids(self.definition.name, self.tools, self.links, self.texts)

    @cached_property
    def _handed(self) -> Handed:
        return Handed(self.tools, self.links, self.ids, self.language, self.call, self._open)

    @cached_property
    def layouts(self) -> dict[str, Layout]:
        return {name: layout_of(tool, self.links, self.language) for name, tool in self.tools.items()}

    def calls_of(self, tool: ToolModel) -> tuple[MockCall, ...]:
        """The calls of a tool without mock data. Raises NoCall where not even one can be made."""
        made: list[MockCall] = []
        reason = ""
        alike = (
            tool.role == "inward"
            and not tool.takes_down
            and not any("enum" in rule for rule in tool.properties.values())
        )
        for caller in range(1 if alike else CALLERS):
            try:
                call = self.call(tool.tool.name, caller)
            except NoCall as error:
                reason = reason or str(error)
            else:
                if all(known.input != call.input for known in made):
                    made.append(call)
        if not made:
            raise NoCall(reason)
        if tool.role in ("read", "identify"):
            made += [c for c in self._setbacks(tool) if all(known.input != c.input for known in made)]
        for name, reason in reasons(tool):
            made += [replace(made[0], input=made[0].input | {name: reason})] * all(
                known.input.get(name) != reason for known in made
            )
        return tuple(made)

    def call(self, name: str, caller: int) -> MockCall:
        """A caller's call that succeeds. Raises NoCall."""
        known = self._calls.get((name, caller))
        if known is None:
            known = self._calls[name, caller] = self._called(self.tools[name], caller)
        if isinstance(known, str):
            raise NoCall(known)
        return known

    def _called(self, tool: ToolModel, caller: int) -> MockCall | str:
        if own := tool.calls.get("success", []):
            return own[caller % len(own)]
        if tool.tool.mock_data:
            return "its mock data hold no success"
        name = tool.tool.name
        if name in self._open:
            return "its input comes out of a tool that needs its own answer"
        self._open.add(name)
        try:
            given = self.input_of(tool, self._values(tool, caller))
        except (NoValue, NoCall) as error:
            return str(error)
        finally:
            self._open.discard(name)
        if reason := self._is_ruled_out(tool, caller):
            return reason
        answers, layout = self._answers(caller), self.layouts[name]
        if tool.role in ("read", "identify"):
            told = layout.ids or layout.lists or layout.fields
            answer = (not told and whether(tool, self.language)) or answers.read(tool, layout, given)
            return MockCall(given, answer) if answer else "nothing says what it answers"
        if tool.role == "inward":
            return MockCall(given, {"status": load(self.language, "invented")["answers"]["done"]})
        known = given | self._handed.chosen(name, caller)
        return MockCall(given, answers.write(tool, layout, self.definition.name, known))

    def input_of(self, tool: ToolModel, values: Values) -> dict[str, Any]:
        """An input that the tool's schema accepts. Raises NoCall, NoValue."""
        root = tool.tool.parameters or {"type": "object"}
        try:
            problem_in = validator_of(in_small_letters(root))
        except NoSchema as error:
            raise NoCall(f"its parameters are no schema: {error}") from None
        reason = "its schema allows no value"
        chosen = tuple(
            name for name in self._chosen_of(tool) if not tool.takes_down or values.has(name, root)
        )
        for shape in shapes_of(root, root):
            try:
                made = values.object(shape, root, 0, chosen) if shape.get("properties") else {}
            except NoValue as error:
                reason = str(error)
                continue
            if not (problem := problem_in(made)):
                return made
            reason = f"its schema refuses what it asks for: {problem}"
        raise NoCall(reason)

    def _chosen_of(self, tool: ToolModel) -> tuple[str, ...]:
        """Those that need not be there and are: without which a call says nothing, or that are asked for."""
        asked = asked_for(tool, self.texts) if tool.role in ("read", "write") or tool.takes_down else ()
        first = first_way(tool, self.definition.description, self.language)
        return first or tuple(dict.fromkeys((*chosen_of(tool), *asked)))

    def _values(self, tool: ToolModel, caller: int, alone: bool = False, other_day: int = 0) -> Values:
        verb = tool.name.verb if tool.name else ""
        verb = load(self.language, "invented_texts")["hands_on"] if tool.role == "inward" else verb
        given = partial(self._handed.given, tool, caller, alone)
        calendar = replace(self.calendar, first=self.calendar.notice)
        ordered = {name: orders(self.definition.description, tool, name) for name in tool.ordered}
        tied = tied_choices(self.tools.values(), self.definition.description, self.language, caller)
        known = self.people[caller], calendar, self.texts
        return Values(caller, *known, given, verb, other_day, ordered, tied)

    def _answers(self, caller: int) -> Answers:
        ident = partial(self.ids.of, caller=caller)
        reference = partial(self.ids.reference, caller=caller)
        state = partial(self.state_of, caller=caller)
        people, calendar = self.people, self.calendar
        return Answers(caller, people[caller], calendar, self.texts, self.links, ident, reference, state)

    @cached_property
    def states(self) -> States:
        return States(self.links, self.language)

    def state_of(self, tool: ToolModel, usual: str, caller: int) -> str:
        """The state of a caller's record, as the deeds want it that begin from it."""
        return self.states.of(caller, self._deeds_on(tool), usual)

    def _deeds_on(self, tool: ToolModel) -> list[ToolModel]:
        """The deeds done to what a look-up answers: they take an id of it, or the one it is looked up by."""
        own = {self.links.identity(tool, m) for m, _ in inputs_of(tool) if m.is_id}
        return [
            other
            for other in self.tools.values()
            if other.role == "write"
            and any(
                self.links.identity(other, m) in own or tool.tool.name in self.links.sources_of(other, m)[0]
                for m, _ in inputs_of(other)
                if m.is_id and not m.fact
            )
        ]

    def _is_ruled_out(self, tool: ToolModel, caller: int) -> str:
        """Why the record of a caller does not allow a deed, by its state; empty where it does."""
        allowed = self.states.allowed(tool) if tool.role == "write" else []
        for other in self.tools.values() if allowed else ():
            if other.role in ("read", "identify") and tool in self._deeds_on(other):
                try:
                    output = self.call(other.tool.name, caller).output
                except NoCall:
                    continue
                state = output.get("status") if isinstance(output, dict) else None
                if state in self.states.all and state not in allowed:
                    return f"the record is {state}"
        return ""

    def _setbacks(self, tool: ToolModel) -> Iterator[MockCall]:
        """Nothing found and an outage, of callers or days of their own."""
        answers, layout = self._answers(0), self.layouts[tool.tool.name]
        dated = bool(layout.whole) and any(m.moment and not m.fact for m, _ in inputs_of(tool))
        plainly = self.call(tool.tool.name, 0).output == whether(tool, self.language)
        for caller, day, found in ((STRANGER, OTHER_DAY, True), (UNLUCKY, OUTAGE_DAY, False))[plainly:]:
            if ("no_match" if found else "error") in self.without and not (found and layout.whole):
                continue
            try:
                values = self._values(tool, 0 if dated else caller, not dated, day if dated else 0)
                given = self.input_of(tool, values)
                yield MockCall(given, answers.none_found(tool, layout, given) if found else answers.out())
            except (NoCall, NoValue):
                continue
        for way in other_ways(tool, self.definition.description, self.language):
            try:
                given = self._values(tool, STRANGER).object(
                    tool.tool.parameters or {}, tool.tool.parameters, 0, way
                )
                yield MockCall(given, answers.none_found(tool, layout, given))
            except NoValue:
                continue
