"""How a call puts a statement to the test, or why none does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from evalgen.planning.homes import caller_act, is_tellable
from evalgen.planning.themes import played, twists_of
from evalgen.reading.acts import Act
from evalgen.reading.model import AgentModel
from evalgen.reading.statements import Statement

_NO_RULES = ("identity", "fact", "context")
_BRACKETS = re.compile(r"\([^)]*\)")
_OUTCOMES = ("error", "no_match", "empty")
_NO_DUTY = "its words make no duty that an outcome could state"
_NO_QUESTION = "no caller's question could be made of it"
_NO_CASE = "neither a caller's words nor a tool's answer bring its case about"
_BARE = {"identity": "it says who the agent is", "context": "it says nothing of its own"}


@dataclass(frozen=True, slots=True)
class Play:
    """Who brings a statement into play: the caller by `act`, or by the twist `name`; a tool by the outcome or
    the record `name`; or any call whose course gets there.

    Nothing: a call could test it, but nothing that is generated does. Nobody: no call can. `why` says it.
    """

    by: Literal["caller", "twist", "tool", "course", "nothing", "nobody"]
    act: Act | None = None
    name: str = ""
    why: str = ""


def _by_caller(statement: Statement, model: AgentModel) -> Play | None:
    """An act made of its words, else the twist that plays what it is about."""
    if not (played(statement, model.lexicon) and statement.kind != "prohibition"):
        for choice in range(2):
            if act := caller_act(statement, model, choice):
                return Play("caller", act)
    twist = next(twists_of(statement, model.lexicon), "")
    return Play("twist", name=twist) if twist else None


def _by_its_case(statement: Statement, model: AgentModel) -> Play | None:
    """A record that is in the case, or what leads to the case that the statement follows."""
    if model.cases.decide(statement):
        return Play("tool", name="a record in this case")
    return Play("course") if statement.id in model.led else None


def is_rule(statement: Statement, model: AgentModel) -> bool:
    """Whether the course of a call can put the statement to the test, with no act or twist made for it."""
    return (
        statement.kind not in _NO_RULES
        and len(statement.text.split()) >= 4
        and not statement.text.endswith((":", "?"))
        and not played(statement, model.lexicon)
        and not only_a_call(statement)
    )


def has_time(statement: Statement, model: AgentModel) -> bool:
    """Whether its trigger says when, and not in which case."""
    return not statement.trigger or statement.opener in model.lexicon.words.standing_openers


def play_of(statement: Statement, model: AgentModel) -> Play:
    """By what the statement is tested, as far as its own words and the tools' examples tell."""
    if statement.text.endswith(":"):
        return Play("nobody", why="it opens the lines below it")
    if statement.kind in _BARE:
        return Play("nobody", why=_BARE[statement.kind])
    if not is_tellable(statement, model):
        return Play("nothing", why=_NO_DUTY)
    if found := _by_its_case(statement, model) or _by_caller(statement, model):
        return found
    if statement.kind == "fact":
        return Play("nothing", why=_NO_QUESTION)
    if not is_rule(statement, model):
        return Play("nothing", why=_NO_CASE)
    outcome = next((theme for theme in statement.themes if theme in _OUTCOMES), "")
    if statement.trigger and outcome:
        answered = any(outcome in tool.outcomes for tool in model.tools)
        missing = f"no tool has an example that answers so ({outcome.replace('_', ' ')})"
        return Play("tool", name=outcome) if answered else Play("nothing", why=missing)
    if not has_time(statement, model):
        return Play("nothing", why=_NO_CASE)
    return Play("course")


def only_a_call(statement: Statement) -> bool:
    """`Call book_appointment(patient_id).` says no more than the course of the calls does."""
    rest = statement.text
    for name in statement.tools:
        rest = rest.replace(name, " ")
    return bool(statement.tools) and len(_BRACKETS.sub(" ", rest).split()) < 4
