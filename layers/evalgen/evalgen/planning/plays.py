"""How a call puts a statement to the test, or why none does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evalgen.planning.ideas import BY_THEME, PLAYED, caller_act
from evalgen.reading.acts import Act
from evalgen.reading.model import AgentModel
from evalgen.reading.statements import Statement

_OUTCOMES = ("error", "no_match", "empty")
_TIMES = ("before", "after", "only after", "until", "unless")
_BARE = {
    "identity": "it says who the agent is",
    "context": "it says nothing of its own",
    "fact": "no caller's question could be made of it",
}


@dataclass(frozen=True, slots=True)
class Play:
    """Who brings a statement into play: the caller by `act` or by the twist `name`, a tool by the outcome `name`,
    or any call whose course gets there. Nobody: `why` says what is missing."""

    by: Literal["caller", "twist", "tool", "course", "nobody"]
    act: Act | None = None
    name: str = ""
    why: str = ""


def play_of(statement: Statement, model: AgentModel) -> Play:
    """By what the statement is tested, as far as its own words and the tools' examples tell."""
    if statement.text.endswith(":"):
        return Play("nobody", why="it opens the lines below it")
    twist = next((BY_THEME[theme] for theme in statement.themes if theme in PLAYED), "")
    if twist and statement.kind != "prohibition":
        return Play("twist", name=twist)
    for choice in range(2):
        if act := caller_act(statement, model, choice):
            return Play("caller", act)
    if statement.kind in _BARE:
        return Play("nobody", why=_BARE[statement.kind])
    outcome = next((theme for theme in statement.themes if theme in _OUTCOMES), "")
    if statement.trigger and outcome:
        answered = any(outcome in tool.outcomes for tool in model.tools)
        missing = f"no tool has an example that answers so ({outcome.replace('_', ' ')})"
        return Play("tool", name=outcome) if answered else Play("nobody", why=missing)
    if statement.trigger and statement.opener not in _TIMES:
        return Play("nobody", why="neither a caller's words nor a tool's answer bring its case about")
    return Play("course")
