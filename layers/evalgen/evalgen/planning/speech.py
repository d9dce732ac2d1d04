"""The language in which a caller's scenario is told, which need not be the one of the prompt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from evalgen.languages.tables import known
from evalgen.planning.ideas import Idea
from evalgen.planning.routes import Route
from evalgen.reading.goal_words import wanted_of_tool
from evalgen.reading.goals import Goal
from evalgen.reading.lexicon import Lexicon, lexicon_of
from evalgen.reading.model import AgentModel
from evalgen.reading.records import Chain, Records
from evalgen.reading.tool_names import english_of
from evalgen.reading.tools import ToolModel, model_tool


@dataclass(frozen=True, slots=True)
class Speech:
    """`agrees`: this is the prompt's language, so that words of the prompt can stand in the caller's steps.

    `tools` are the agent's, worded in it.
    """

    lexicon: Lexicon
    tools: Mapping[str, ToolModel]
    agrees: bool

    def told(self, idea: Idea) -> Idea:
        """The idea with its goals and tools in this language."""
        if self.agrees:
            return idea
        return replace(idea, route=self._route(idea.route), second=idea.second and self._route(idea.second))

    def _route(self, route: Route) -> Route:
        steps = tuple(replace(step, tool=self.tools[step.tool.name]) for step in route.steps)
        return replace(route, goal=self.goal(route.goal), chain=Chain(steps) if route.chain else None)

    def goal(self, goal: Goal) -> Goal:
        """By what the goal does to what its last tool handles; a goal without tools keeps its own words."""
        if not goal.tools:
            return replace(goal, phrase=self.lexicon.templates.foreign_goal.format(goal=goal.phrase))
        tool = self.tools[goal.tools[-1]]
        writing = [t for name in goal.tools if (t := self.tools[name]).effect == "write"]
        action = english_of(goal.phrase.split()[0])
        if writing and action in self.lexicon.tool_goals:
            tool = replace(writing[0], action=action)
        return replace(goal, phrase=wanted_of_tool(tool, self.lexicon))


def speech_of(language: str, model: AgentModel) -> Speech:
    """The speech of a scenario in this language: with its own phrases, else with those of the default one."""
    written = known(language, "phrases")
    if written == model.language:
        return Speech(model.lexicon, _by_name(model.tools), True)
    lexicon = lexicon_of(written)
    return Speech(lexicon, _by_name(model_tool(t.tool, lexicon) for t in model.tools), False)


def retold(model: AgentModel, language: str) -> AgentModel:
    """The model with goals and tools in another language; its statements stay as they are."""
    speech = speech_of(language, model)
    if speech.agrees:
        return model
    tools = tuple(speech.tools[tool.name] for tool in model.tools)
    goals = tuple(dict.fromkeys(speech.goal(goal) for goal in model.goals))
    return replace(model, lexicon=speech.lexicon, tools=tools, goals=goals, records=Records(tools))


def _by_name(tools: Iterable[ToolModel]) -> dict[str, ToolModel]:
    return {tool.name: tool for tool in tools}
