"""The look-ups that the prompt has made for a deed, by their names or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evalgen.generation.languages import load
from evalgen.generation.plan.about import concerns, in_section, is_only_of_others, names_verb
from evalgen.generation.plan.tasks import Served
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import key_words, words_of


def demanded(served: Served, model: AgentModel) -> frozenset[str]:
    """The look-ups that the prompt names for this deed in every call of it."""
    return model.once("demanded", served.key, lambda: frozenset(_demanded(served, model)))


def _demanded(served: Served, model: AgentModel) -> Iterator[str]:
    again = load(model.judged, "rules")["tried_again"]
    apart = model.apart.get(served.tool.tool.name, frozenset())
    of_others = {section for name in apart for section in model.sections.get(name, ())}
    for s in about_deed(served, model):
        here = in_section(s, served)
        if (s.section in of_others and not here) or re.search(again, s.text, re.IGNORECASE):
            continue
        by_the_way = served.section and not here and not names_verb(s.text, served.tool, model)
        if by_the_way and served.tool.tool.name not in s.names:
            continue
        if s.kind != "case" and not s.row and not _is_of_another_deed(s, served, model):
            names = s.names or (_looked_up(s, model) if here else ())
            for name in names:
                if _looks_up(model.tools[name], model.judged) and not is_only_of_others(name, served, model):
                    yield name


def _looks_up(tool: ToolModel, language: str) -> bool:
    """Whether a tool only looks, and leaves nothing with people as an `office_callback` does."""
    left = re.search(load(language, "rules")["left_with_people"], " ".join(words_of(tool.tool.name)))
    return tool.role in ("read", "identify") and not (left and tool.name is None)


def _looked_up(statement: Statement, model: AgentModel) -> Iterator[str]:
    """The one tool for what a sentence has looked up without a name: `Look up the booking as above.`; or the
    one whose name it begins with in words: `Check space from the first day on` for `check_space`.
    """
    begun = [name for name, tool in model.tools.items() if _begins_with(statement, tool)]
    if begun:
        yield from begun
        return
    match = re.search(load(model.judged, "rules")["looks_up"], statement.text, re.IGNORECASE)
    singular = grammar_of(model.judged).words.singular
    thing = singular(key_words(match["x"])[-1]) if match and key_words(match["x"]) else ""
    reads = ((name, tool.name) for name, tool in model.tools.items() if tool.role in ("read", "identify"))
    named = [name for name, said in reads if said and said.noun and singular(said.noun.split()[-1]) == thing]
    yield from named if len(named) == 1 else ()


def _begins_with(statement: Statement, tool: ToolModel) -> bool:
    words = words_of(tool.tool.name)
    return tool.role == "read" and len(words) > 1 and words_of(statement.text)[: len(words)] == words


def about_deed(served: Served, model: AgentModel) -> Sequence[Statement]:
    """The sentences about the deed, in the prompt's order."""
    return model.once(
        "about", served.key, lambda: [s for s in model.prompt.statements if _is_for(s, served, model)]
    )


def _is_for(statement: Statement, served: Served, model: AgentModel) -> bool:
    """Whether a sentence is about the deed, as one outside all headings is where it is the only deed."""
    alone = not statement.section and sum(tool.role == "write" for tool in model.tools.values()) == 1
    return alone or in_section(statement, served) or concerns(statement, served, model)


def _is_of_another_deed(statement: Statement, served: Served, model: AgentModel) -> bool:
    """Whether a sentence names other deeds and not this one: their tools, or elsewhere than in its playbook
    their verbs.
    """
    deeds = {name for name in statement.names if model.tools[name].role == "write"}
    if deeds or in_section(statement, served):
        return bool(deeds) and served.tool.tool.name not in deeds
    named = {tool.tool.name for tool in model.deeds if names_verb(statement.text, tool, model)}
    return bool(named) and served.tool.tool.name not in named
