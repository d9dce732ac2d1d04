"""What the prompt orders before a deed, or decides it by, and an invented flow does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.languages import load
from evalgen.generation.plan.about import concerns, in_section, names_verb, stands_elsewhere
from evalgen.generation.plan.tasks import Served
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.invented.parameters import required_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import key_of, key_words, leaves, plain, same

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def is_out_of_reach(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether a good agent does not get to an invented deed: a look-up that it is told to make first is in no
    call, or the deed takes a sum that the prompt has it work out.
    """
    if served.tool.tool.name not in model.invented:
        return False
    made = {played.tool.tool.name for played in chain.calls}
    return not _ordered_for(served, model) <= made or _has_a_guessed_sum(chain, model)


def _ordered_for(served: Served, model: AgentModel) -> frozenset[str]:
    return model.once("ordered_for", served.key, lambda: frozenset(_ordered(served, model)))


def _ordered(served: Served, model: AgentModel) -> Iterator[str]:
    """The look-ups of which the prompt says that they come first, for this deed or for whatever is made."""
    first = load(model.judged, "rules")["comes_first"]
    for statement in model.prompt.statements:
        if statement.row or not re.search(first, statement.text, re.IGNORECASE):
            continue
        if _is_about(statement, served, model):
            yield from (n for n in statement.names if _looks_up(model.tools[n], model))


def _looks_up(tool: ToolModel, model: AgentModel) -> bool:
    """Whether a read is asked about a thing, and not in the words of a question."""
    asked = load(model.judged, "rules")["question_words"]
    return tool.role == "read" and not all(set(key_words(key)) & set(asked) for key in required_of(tool))


def _is_about(statement: Statement, served: Served, model: AgentModel) -> bool:
    name = served.tool.tool.name
    if stands_elsewhere(statement, served, model):
        return False
    deeds = [tool for tool in model.tools.values() if tool.role == "write" and tool.name]
    own = next((t for t in deeds if t.tool.name in statement.names), None)
    if own:
        return name in statement.names
    if in_section(statement, served) or names_verb(statement.text, served.tool, model):
        return True
    others = any(names_verb(statement.text, tool, model) for tool in deeds if tool is not served.tool)
    return not others and _makes(served.tool, model)


def _makes(tool: ToolModel, model: AgentModel) -> bool:
    """Whether a deed makes something new, and is the only one that does."""
    verbs = load(model.judged, "invented_things")["makes"]
    made = [t for t in model.tools.values() if t.role == "write" and t.name and t.name.verb in verbs]
    return made == [tool]


def _has_a_guessed_sum(chain: Chain, model: AgentModel) -> bool:
    """Whether the prompt has prices, and the deed takes a sum that neither an answer nor the prompt tells."""
    text = model.definition.description
    rules = load(model.judged, "rules")
    if len(set(re.findall(rules["prices"], text))) <= 1:
        return False
    told = {same(v) for p in chain.calls if p is not chain.last for _, v in leaves(p.call.output)}
    sums = [
        value
        for path, value in leaves(chain.last.call.input)
        if isinstance(value, int | float)
        and not isinstance(value, bool)
        and set(key_words(key_of(path))) & set(rules["sums"])
    ]
    return any(same(value) not in told for value in sums)


def is_undecided(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether what an invented deed costs turns on hours or days from a moment that no record has."""
    if served.tool.tool.name not in model.invented:
        return False
    rules = model.once("timed", served.key, lambda: list(_timed(served, model)))
    before = [p for p in chain.calls if p.tool.role in ("read", "identify")]
    days = any(_DAY.search(str(v)) for p in before for _, v in leaves(p.call.output))
    return bool(rules) and bool(before) and not days


def _timed(served: Served, model: AgentModel) -> Iterator[Statement]:
    rules = load(model.judged, "rules")
    for statement in model.prompt.statements:
        text = plain(statement.text)
        timed = re.search(rules["counted_from"], text) and re.search(rules["costs"], text)
        if timed and concerns(statement, served, model):
            yield statement
