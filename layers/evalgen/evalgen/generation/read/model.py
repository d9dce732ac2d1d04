"""The agent model: everything that planning knows of an agent."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, cast

from evalgen.generation.definition import AgentDefinition, MockCall, Variable
from evalgen.generation.languages import load, written
from evalgen.generation.read.chain import facts_of
from evalgen.generation.read.deeds import deeds_of
from evalgen.generation.read.entries import entries_in
from evalgen.generation.read.flow import Flow
from evalgen.generation.read.identity import Compared, compared_in
from evalgen.generation.read.invented import with_invented
from evalgen.generation.read.open_to_all import apart_in
from evalgen.generation.read.placeholders import variables_in
from evalgen.generation.read.playbooks import playbooks_in
from evalgen.generation.read.prompt import read_prompt
from evalgen.generation.read.record_fields import known_values
from evalgen.generation.read.record_rules import RecordRules, today_in
from evalgen.generation.read.statement import Prompt, Statement, Task
from evalgen.generation.read.told_of_tools import told_by
from evalgen.generation.read.tool_choices import ordered_in, with_choices
from evalgen.generation.read.tools import ToolModel, model_tools
from evalgen.generation.values import key_of, kind_of, leaves, plain

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class AgentModel:
    """Each is equal to itself alone, so that what is made of one can be kept.

    `language` is the one that the agent speaks, `prompt.language` the one that its prompt is written in.

    `definition` has invented mock data for the tools named in `invented`; `warnings` are about tools.
    """

    definition: AgentDefinition
    prompt: Prompt
    tools: dict[str, ToolModel]
    variables: tuple[Variable, ...]
    invented: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    _done: dict[tuple[str, Hashable], Any] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )
    """Of this copy alone: what planning works out depends on the language of the call."""

    def once(self, what: str, of: Hashable, work: Callable[[], T]) -> T:
        """The result of some work on a thing, done the first time that it is asked for."""
        if (what, of) not in self._done:
            self._done[what, of] = work()
        return cast("T", self._done[what, of])

    @property
    def only_talks(self) -> bool:
        """Whether no tool looks anything up or does what callers ask for."""
        return all(tool.role == "inward" for tool in self.tools.values())

    @cached_property
    def deeds(self) -> tuple[ToolModel, ...]:
        """The tools that write, those that do one of several things as one for each."""
        return tuple(d for tool in self.tools.values() for d in deeds_of(tool) if d.role == "write")

    @cached_property
    def flow(self) -> Flow:
        return Flow(self.tools, self.variables, self.apart, entries_in(self.prompt, self.tools))

    @cached_property
    def sections(self) -> dict[str, frozenset[tuple[str, ...]]]:
        """By the name of a tool, the sections of the prompt that name it."""
        found: dict[str, set[tuple[str, ...]]] = {name: set() for name in self.tools}
        for statement in self.prompt.statements:
            for name, sections in found.items():
                if statement.section and name in statement.text:
                    sections.add(statement.section)
        return {name: frozenset(sections) for name, sections in found.items()}

    @cached_property
    def named_under(self) -> dict[tuple[str, ...], frozenset[str]]:
        """By section, the tools that its sentences name; nothing of one that names none."""
        found: dict[tuple[str, ...], set[str]] = {}
        for statement in self.prompt.statements:
            if names := statement.names:
                found.setdefault(statement.section, set()).update(names)
        return {section: frozenset(names) for section, names in found.items()}

    @cached_property
    def mentioned(self) -> dict[str, int]:
        """The tools that the prompt names, with their places in the order of their first mention."""
        found: dict[str, int] = {}
        for statement in self.prompt.statements:
            for name in sorted(statement.names, key=statement.text.index):
                found.setdefault(name, len(found))
        return found

    @cached_property
    def apart(self) -> dict[str, frozenset[str]]:
        return apart_in(self.tools, self.prompt, self.judged)

    @cached_property
    def record_rules(self) -> RecordRules:
        """Conditions of the prompt's language over records, with the values that the mock data know."""
        outputs = [call.output for tool in self.tools.values() for call in tool.tool.mock_data]
        today = today_in(self.definition.description, self.judged)
        return RecordRules(self.judged, known_values(outputs), today)

    def compared(
        self, record: Any, given: Collection[str], about: Collection[str] = ()
    ) -> tuple[Compared, ...]:
        """As `compared_in`, of this prompt. Each test of a caller asks for it again."""
        said, meant = frozenset(given), frozenset(about)
        statements, language = self.prompt.statements, self.prompt.language
        return self.once(
            "compared",
            (repr(record), said, meant),
            lambda: tuple(compared_in(record, said, statements, language, meant)),
        )

    @cached_property
    def failing_words(self) -> frozenset[str]:
        """The words of the sentences about what fails, and of those that name whom calls are passed to."""
        if not self.judged:
            return frozenset()
        fails = re.compile(load(self.judged, "rules")["fails"], re.IGNORECASE)
        found = (s.text for s in self.prompt.statements if fails.search(s.text))
        return frozenset(word for text in found for word in re.findall(r"[^\W_]+", plain(text)))

    @cached_property
    def names(self) -> frozenset[str]:
        """What the tools, their parameters and choices, their answers and the variables are called."""
        found = {variable.name for variable in self.variables}
        for tool in self.tools.values():
            found |= {tool.tool.name, *tool.properties}
            found |= {
                str(v) for r in tool.properties.values() if isinstance(r.get("enum"), list) for v in r["enum"]
            }
        for call in self.mocked:
            for path, value in leaves(call.output):
                found |= {str(value), *map(str, path)}
        return frozenset(found)

    @cached_property
    def asked_with(self) -> dict[str | int, dict[tuple[str, ...], tuple[int, int, Any]]]:
        """What calls say outside lists, by the values that they are asked with.

        Of each key the first call that has it counts: its number in `mocked`, the key's place, the value.
        """
        found: dict[str | int, dict[tuple[str, ...], tuple[int, int, Any]]] = {}
        for number, call in enumerate(self.mocked):
            said = facts_of(call)
            for value in {v for _, v in leaves(call.input) if isinstance(v, str | int)}:
                known = found.setdefault(value, {})
                for place, (key, one) in enumerate(said.items()):
                    known.setdefault(key, (number, place, one))
        return found

    @cached_property
    def mocked(self) -> tuple[MockCall, ...]:
        return tuple(call for tool in self.tools.values() for call in tool.tool.mock_data)

    @cached_property
    def first_asked_day(self) -> date | None:
        """The first day that the mock data are asked with, birthdays aside."""
        asked = (leaf for call in self.mocked for leaf in leaves(call.input))
        days = [
            str(value)[:10] for path, value in asked if kind_of(key_of(path), value) in ("date", "datetime")
        ]
        return date.fromisoformat(min(days)) if days else None

    @cached_property
    def playbooks(self) -> dict[str, tuple[str, ...]]:
        return playbooks_in(self.prompt, self.tools)

    @cached_property
    def titled(self) -> dict[str, tuple[str, ...]]:
        """The playbooks of each of several things that a tool does, by their titles: `Cancelling`."""
        deeds = {tool.key: tool for tool in self.deeds}
        found = playbooks_in(self.prompt, deeds)
        return {key: section for key, section in found.items() if deeds[key].choice}

    @cached_property
    def by_id(self) -> dict[str, Statement]:
        return {statement.id: statement for statement in self.prompt.statements}

    def place_of(self, statement: Statement) -> int:
        """Its place among the statements of the prompt. Raises KeyError for one that is not of them."""
        return self._places[statement.id]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {statement.id: place for place, statement in enumerate(self.prompt.statements)}

    @property
    def spoken(self) -> str:
        """The language of names and steps; empty where it cannot be written."""
        language = self.definition.language[:2].lower()
        return language if language in written("plan") else ""

    @property
    def judged(self) -> str:
        """The language of outcomes: the prompt's; empty where it cannot be written."""
        return self.prompt.language if self.prompt.language in written("plan") else ""

    def says(self, words: str) -> bool:
        """Whether the prompt, its names for tools and fields aside, or a description has these words, each in
        any of its forms: `moving out` for `move out`.
        """
        stems = (rf"{re.escape(word.removesuffix('e'))}\w*" for word in plain(words).split())
        pattern = rf"\b{'[ -]'.join(stems)}"
        return self.once("says", pattern, lambda: re.search(pattern, self._texts) is not None)

    @cached_property
    def _texts(self) -> str:
        told = [self.definition.description, *(tool.tool.description for tool in self.tools.values())]
        return plain(re.sub(r"\b\w+_\w+\b", " ", " ".join(told)))

    def sure(self, *kinds: str) -> Iterator[Statement]:
        return (s for s in self.prompt.statements if s.sure and s.kind in kinds)

    def lines_of(self, task: Task) -> list[Statement]:
        """The statements of a task's playbook and those that name it."""
        named = set(task.statements)
        return [
            s
            for s in self.prompt.statements
            if s.id in named or (task.section and s.section[: len(task.section)] == task.section)
        ]


def read_agent(definition: AgentDefinition) -> AgentModel:
    """Read a definition; tools without mock data get invented ones. What is not understood is unread."""
    text, names = definition.description, [tool.name for tool in definition.tools]
    invented = with_invented(definition, prompt := read_prompt(text, definition.language, names))
    return AgentModel(
        invented.definition,
        prompt,
        ordered_in(text, told_by(prompt, model_tools(with_choices(invented.definition.tools, text)))),
        variables_in(definition),
        invented.made,
        invented.warnings,
    )
