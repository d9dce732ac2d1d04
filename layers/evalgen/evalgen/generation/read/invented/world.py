"""All invented calls of an agent: three callers who go through its tools, a stranger, an outage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from evalgen.generation.definition import AgentDefinition, MockCall
from evalgen.generation.languages import load
from evalgen.generation.read.deeds import deeds_of, not_done
from evalgen.generation.read.invented.always import choices_of_callers
from evalgen.generation.read.invented.answers import Answers
from evalgen.generation.read.invented.calendar import Calendar, calendar_of, next_is_offered
from evalgen.generation.read.invented.changes import changes_nothing
from evalgen.generation.read.invented.handed import Handed, NoCall
from evalgen.generation.read.invented.ids import Ids
from evalgen.generation.read.invented.lacking import lacking
from evalgen.generation.read.invented.layout import layout_of
from evalgen.generation.read.invented.left_out import without_left_out
from evalgen.generation.read.invented.links import Links
from evalgen.generation.read.invented.of_place import at_their_places
from evalgen.generation.read.invented.parameters import code_in, far_ends, is_dated, is_worked_out
from evalgen.generation.read.invented.parts import Layout
from evalgen.generation.read.invented.people import Person, people_in
from evalgen.generation.read.invented.places import calendar_at, calendars_of
from evalgen.generation.read.invented.shapes import in_small_letters, shapes_of
from evalgen.generation.read.invented.spans import of_one_day
from evalgen.generation.read.invented.states import States
from evalgen.generation.read.invented.texts import Texts
from evalgen.generation.read.invented.values import NoValue, Values
from evalgen.generation.read.invented.ways import asked_for, for_reasons, other_ways, whether
from evalgen.generation.read.invented.wishes import fit_to_wishes
from evalgen.generation.read.placeholders import variables_in
from evalgen.generation.read.statement import AnswerKind
from evalgen.generation.read.tool_choices import ordered_in, orders
from evalgen.generation.read.tools import ToolModel, model_tools
from evalgen.generation.schemas import NoSchema, validator_of

CALLERS = 3
STRANGER, UNLUCKY = 3, 4
"""The number of the caller whom no record has, and of the one whose look-up fails."""
OTHER_DAY, OUTAGE_DAY = 5, 8


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
        tools = self.tools.values()
        return Texts(self.definition.description, self.language, code_in(tools), far_ends(tools))

    @cached_property
    def calendar(self) -> Calendar:
        return calendar_of(self.definition.description, self.language)

    @cached_property
    def places(self) -> dict[str, Calendar]:
        return calendars_of(self.tools.values(), self.texts.prompt, self.language, self.calendar)

    @cached_property
    def people(self) -> list[Person]:
        return people_in(self.definition.description, self.language)

    @cached_property
    def _choices(self) -> list[tuple[dict[str, str], set[str]]]:
        return choices_of_callers(list(self.tools.values()), self.texts, self.people, self.calendar.today)

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
        made, reason = list[MockCall](), ""
        varied = tool.takes_down or any("enum" in rule for rule in tool.properties.values())
        for caller in range(1 if tool.role == "inward" and not varied else CALLERS):
            try:
                call = self.call(tool.tool.name, caller)
            except NoCall as error:
                reason = reason or str(error)
            else:
                if all(known.input != call.input for known in made):
                    made.append(call)
        for deed in not_done(tool, made):
            made += [c for n in range(CALLERS) if isinstance(c := self._called(deed, n), MockCall)][:1]
        if not made:
            raise NoCall(reason)
        if tool.role in ("read", "identify"):
            more = (*self._on_other_days(tool), *self._setbacks(tool, made[0].output))
            made += [c for c in more if all(known.input != c.input for known in made)]
        return (*made, *for_reasons(tool, made))

    def call(self, name: str, caller: int) -> MockCall:
        """A caller's call that succeeds. Raises NoCall."""
        known, tool = self._calls.get((name, caller)), self.tools[name]
        if known is None:
            deeds = (tool,) if tool.tool.mock_data else deeds_of(tool)
            known = self._calls[name, caller] = self._called(deeds[caller % len(deeds)], caller)
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
        told = partial(self._output, caller=caller)
        if no := self.states.rules_out(tool, told) or changes_nothing(tool, given, self.links, told):
            return no
        answers, layout = self._answers(caller), self.layouts[name]
        if tool.role in ("read", "identify"):
            answer = (layout.is_empty and whether(tool, self.language)) or answers.read(tool, layout, given)
            if not layout.whole:
                answer = fit_to_wishes(answer, self.tools, caller, self._choices[caller])
            answer = at_their_places(answer, given, self.texts)
            return lacking(answer, layout, self.definition.description) or MockCall(given, answer)
        if tool.role == "inward":
            return MockCall(given, {"status": load(self.language, "invented")["answers"]["done"]})
        answer = answers.write(tool, layout, self.definition.name, given | self._handed.chosen(name, caller))
        return MockCall(given, answer) if answer else "no state that it lists says that it is done"

    def input_of(self, tool: ToolModel, values: Values) -> dict[str, Any]:
        """An input that the tool's schema accepts. Raises NoCall, NoValue."""
        root = tool.tool.parameters or {"type": "object"}
        try:
            problem_in = validator_of(in_small_letters(root))
        except NoSchema as error:
            raise NoCall(f"its parameters are no schema: {error}") from None
        reason = "its schema allows no value"
        chosen = tuple(
            name for name in asked_for(tool, self.texts) if not tool.takes_down or values.has(name, root)
        )
        for shape in shapes_of(root, root):
            try:
                made = values.object(shape, root, 0, chosen) if shape.get("properties") else {}
            except NoValue as error:
                reason = str(error)
                continue
            made = of_one_day(without_left_out(made, shape, self.language), tool, self.links)
            if not (problem := problem_in(made)):
                return made
            reason = f"its schema refuses what it asks for: {problem}"
        raise NoCall(reason)

    def _values(self, tool: ToolModel, caller: int, alone: bool = False, other_day: int = 0) -> Values:
        hands_on = load(self.language, "invented_texts")["hands_on"]
        verb = hands_on if tool.role == "inward" else tool.name.verb if tool.name else ""
        given = partial(self._handed.given, tool, caller, alone)
        ordered = {name: orders(self.definition.description, tool, name) for name in tool.ordered}
        known = self.people[caller], replace(self.calendar, first=self.calendar.notice), self.texts
        day = other_day + (self._full[1] < 0 and caller == CALLERS - 1)
        values = Values(caller, *known, given, verb, day, ordered, *self._choices[caller])
        at = calendar_at(tool, values.choices, self.places)
        return replace(values, calendar=replace(at, first=at.notice)) if at else values

    def _answers(self, caller: int) -> Answers:
        known = self.people[caller], self.calendar, self.texts, self.links
        made = partial(self.ids.of, caller=caller), partial(self.ids.reference, caller=caller)
        return Answers(caller, *known, *made, partial(self.state_of, caller=caller), places=self.places)

    @cached_property
    def states(self) -> States:
        return States(self.links, self.language)

    def state_of(self, tool: ToolModel, usual: str, caller: int) -> str:
        """The state of a caller's record, as the deeds want it that begin from it."""
        return self.states.of(caller, self.states.deeds_on(tool), usual)

    def _output(self, name: str, caller: int) -> Any:
        """What a look-up answers a caller; None where it has no answer."""
        with suppress(NoCall):
            return self.call(name, caller).output
        return None

    @cached_property
    def _full(self) -> tuple[int, int]:
        """The caller and the day of a list that has nothing: their own day before, if the next is offered."""
        follows = next_is_offered(self.definition.description, self.language)
        return (CALLERS - 1, -1) if follows else (0, OTHER_DAY)

    def _on_other_days(self, tool: ToolModel) -> Iterator[MockCall]:
        """What is told of the days on which a list has nothing: a price comes before what is free."""
        lists = (self.tools[name] for name, layout in self.layouts.items() if layout.whole)
        if self.layouts[tool.tool.name].whole or not (is_dated(tool) and any(map(is_dated, lists))):
            return
        for caller, day in (self._full, (0, OUTAGE_DAY)):
            with suppress(NoCall, NoValue):
                given = self.input_of(tool, self._values(tool, caller, other_day=day))
                yield MockCall(given, self._answers(caller).read(tool, self.layouts[tool.tool.name], given))

    def _setbacks(self, tool: ToolModel, answer: Any) -> Iterator[MockCall]:
        """Nothing found and an outage, of callers or days of their own; `answer` is one that succeeds."""
        answers, layout = self._answers(0), self.layouts[tool.tool.name]
        dated = bool(layout.whole) and is_dated(tool)
        miss, outage = (self._full, (0, OUTAGE_DAY)) if dated else ((STRANGER, 0), (UNLUCKY, 0))
        checked = layout.is_verdict(answer)
        finds = layout.whole or not ("no_match" in self.without or is_worked_out(tool))
        if finds and not checked and answer != whether(tool, self.language):
            with suppress(NoCall, NoValue):
                given = self.input_of(tool, self._values(tool, miss[0], not dated, miss[1]))
                yield MockCall(given, answers.none_found(tool, layout, given))
        if not checked and "error" not in self.without:
            with suppress(NoCall, NoValue):
                given = self.input_of(tool, self._values(tool, outage[0], not dated, outage[1]))
                yield MockCall(given, answers.out())
        for way in other_ways(tool, self.definition.description, self.language):
            with suppress(NoValue):
                schema = tool.tool.parameters or {}
                given = self._values(tool, STRANGER).object(schema, schema, 0, way)
                yield MockCall(given, answers.none_found(tool, layout, given))
