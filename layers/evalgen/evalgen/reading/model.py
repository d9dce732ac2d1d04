"""The agent model: everything that planning knows of an agent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from evalgen.generation.definition import AgentDefinition, MockCall, Variable
from evalgen.reading.blocks import blocks_of
from evalgen.reading.cases import Cases
from evalgen.reading.goals import Goal, goals_of
from evalgen.reading.invented import with_invented
from evalgen.reading.language import language_of
from evalgen.reading.lexicon import Lexicon, lexicon_of
from evalgen.reading.records import Records, Step
from evalgen.reading.statements import Statement, statements_of
from evalgen.reading.tools import ToolModel, model_tool

_FOLLOWING = ("step", "permission", "order")
_VARIABLE = re.compile(r"\{\{\s*([A-Za-z_]\w*)\s*\}\}")


@dataclass(frozen=True)
class AgentModel:
    """`goals` is never empty; `variables` are those declared and those found in the prompt, by name.

    `language` is the one that the prompt is written in, which need not be the one that the agent speaks.
    """

    definition: AgentDefinition
    language: str
    lexicon: Lexicon
    statements: tuple[Statement, ...]
    tools: tuple[ToolModel, ...]
    goals: tuple[Goal, ...]
    variables: tuple[Variable, ...]
    records: Records

    @cached_property
    def by_id(self) -> dict[str, Statement]:
        return {s.id: s for s in self.statements}

    @cached_property
    def cases(self) -> Cases:
        """Which conditions of the prompt the tools' answers fulfil."""
        return Cases(self.statements, self.tools, self.lexicon)

    @cached_property
    def followers(self) -> dict[str, tuple[Statement, ...]]:
        """The instructions behind a condition in its own paragraph or item, which hold in its case only."""
        found: dict[str, tuple[Statement, ...]] = {}
        leader: Statement | None = None
        for statement in self.statements:
            standing = statement.opener in self.lexicon.words.standing_openers
            if statement.trigger and statement.kind != "order" and not standing:
                leader = statement if statement.consequence else None
            elif (
                leader is None
                or statement.lines != leader.lines
                or not (standing or self._follows(statement))
            ):
                leader = None
            else:
                found[leader.id] = (*found.get(leader.id, ()), statement)
        return found

    def _follows(self, statement: Statement) -> bool:
        """Whether it goes on with the case before it: `do not …` does, `never …` holds in every call."""
        if statement.kind == "prohibition":
            return bool(self.lexicon.patterns.single_ban.match(statement.text))
        return statement.kind in _FOLLOWING

    @cached_property
    def led(self) -> frozenset[str]:
        """The ids of all followers."""
        return frozenset(s.id for following in self.followers.values() for s in following)

    @cached_property
    def tool_words(self) -> dict[str, str]:
        """How a sentence says that a tool is used, by its name."""
        the = self.lexicon.nouns.the
        return {t.name: f"{t.verb} {the(t.noun)}" if t.noun else t.verb for t in self.tools}

    def others(self, steps: Sequence[Step]) -> list[MockCall]:
        """The calls that identify other people than the one of these steps."""
        return [
            call
            for tool in self.tools
            if tool.effect == "identify"
            for call in tool.calls["success"]
            if isinstance(call.output, dict) and not any(step.call == call for step in steps)
        ]

    def tool(self, name: str) -> ToolModel:
        return next(tool for tool in self.tools if tool.name == name)


def read_agent(definition: AgentDefinition) -> AgentModel:
    """Read a definition. Never raises: what is not understood is context or missing."""
    language = language_of(definition.description, definition.language)
    lexicon = lexicon_of(language)
    definition = replace(definition, tools=with_invented(definition.tools, lexicon))
    tools = tuple(model_tool(tool, lexicon) for tool in definition.tools)
    statements = tuple(
        statements_of(blocks_of(definition.description, lexicon), [t.name for t in tools], lexicon)
    )
    records = Records(tools)
    return AgentModel(
        definition=definition,
        language=language,
        lexicon=lexicon,
        statements=statements,
        tools=tools,
        goals=tuple(goals_of(statements, tools, records.helpers(), lexicon)),
        variables=variables_of(definition),
        records=records,
    )


def variables_of(definition: AgentDefinition) -> tuple[Variable, ...]:
    """Declared variables and those that the prompt names, each once, in order of their names."""
    named = {name: Variable(name) for name in _VARIABLE.findall(definition.description)}
    declared = {variable.name: variable for variable in definition.variables}
    return tuple(sorted((named | declared).values(), key=lambda v: v.name))
