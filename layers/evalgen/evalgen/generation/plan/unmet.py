"""What the prompt orders before a deed, or decides it by, and an invented flow does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.languages import load
from evalgen.generation.plan.about import in_section, names_stem, names_verb, stands_elsewhere
from evalgen.generation.plan.tasks import Served
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import key_words, leaves, plain

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def is_out_of_reach(served: Served, model: AgentModel) -> bool:
    """Whether a good agent does not get to a deed: a look-up that it is told to make first has no answer, or
    callers have to describe or prove something first, in words that are not known.
    """
    proved = model.once("proved_first", served.key, lambda: _is_proved_first(served, model))
    return proved or bool(_ordered_for(served, model))


def _is_proved_first(served: Served, model: AgentModel) -> bool:
    proof = load(model.judged, "rules")["proof"]
    return any(
        re.search(proof, s.text, re.IGNORECASE) and not stands_elsewhere(s, served, model)
        for s in model.prompt.statements
        if in_section(s, served) or not served.section
    )


def _ordered_for(served: Served, model: AgentModel) -> frozenset[str]:
    return model.once("ordered_for", served.key, lambda: frozenset(_ordered(served, model)))


def _ordered(served: Served, model: AgentModel) -> Iterator[str]:
    """The look-ups without any answer of which the prompt says that they come first, for this deed or for
    whatever is made.
    """
    first = load(model.judged, "rules")["comes_first"]
    for statement in model.prompt.statements:
        if statement.row or not re.search(first, statement.text, re.IGNORECASE):
            continue
        if _is_about(statement, served, model):
            yield from (n for n in statement.names if _is_missing(model.tools[n], model))


def _is_missing(tool: ToolModel, model: AgentModel) -> bool:
    """Whether a read without answers is asked about a thing, and not in the words of a question."""
    asked = load(model.judged, "rules")["question_words"]
    answers = tool.calls.get("success") or tool.role != "read"
    return not answers and not all(set(key_words(key)) & set(asked) for key in tool.required)


def _is_about(statement: Statement, served: Served, model: AgentModel) -> bool:
    name = served.tool.tool.name
    if stands_elsewhere(statement, served, model):
        return False
    if any(tool.tool.name in statement.names for tool in model.deeds if tool.name):
        return name in statement.names
    if in_section(statement, served) or names_verb(statement.text, served.tool, model):
        return True
    others = any(names_verb(statement.text, tool, model) for tool in model.deeds if tool is not served.tool)
    return not others and _makes(served.tool, model)


def _makes(tool: ToolModel, model: AgentModel) -> bool:
    """Whether a deed makes something new, and is the only one that does."""
    verbs = load(model.judged, "invented_things")["makes"]
    made = [t for t in model.deeds if t.name and t.name.verb in verbs]
    return made == [tool]


def lacks_a_moment(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether what a deed costs turns on hours or days from a moment that no record has."""
    rules = model.once("timed", served.key, lambda: list(_timed(served, model)))
    before = [p for p in chain.calls if p.tool.role in ("read", "identify")]
    days = any(_DAY.search(str(v)) for p in before for _, v in leaves(p.call.output))
    return bool(rules) and bool(before) and not days


def _names(statement: Statement, served: Served, model: AgentModel) -> bool:
    named = served.tool.tool.name in statement.tools or names_stem(statement.text, served.tool, model)
    return named and not stands_elsewhere(statement, served, model)


def _timed(served: Served, model: AgentModel) -> Iterator[Statement]:
    rules = load(model.judged, "rules")
    for statement in model.prompt.statements:
        text = plain(statement.text)
        timed = re.search(rules["counted_from"], text) and re.search(rules["costs"], text)
        if timed and (in_section(statement, served) or _names(statement, served, model)):
            yield statement
