"""What a deed lacks that the prompt wants of it: a look-up, who is calling, a field, a story."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from evalgen.generation.languages import load
from evalgen.generation.plan.about import concerns, in_section
from evalgen.generation.plan.tasks import Served
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.words import all_words
from evalgen.generation.values import key_of, leaves, same, snake


def lacks_a_read(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether the playbook of the task names a look-up that the chain has no mocked answer for."""
    return not demanded(served, model) <= {p.tool.tool.name for p in chain.calls}


def demanded(served: Served, model: AgentModel) -> frozenset[str]:
    """The look-ups that the prompt names for this deed in every call of it."""
    return model.once("demanded", served.tool.tool.name, lambda: frozenset(_demanded(served, model)))


def _demanded(served: Served, model: AgentModel) -> Iterator[str]:
    for s in model.prompt.statements:
        if s.kind == "case" or not (in_section(s, served) or concerns(s, served, model)):
            continue
        if not _is_of_another_deed(s, served, model):
            yield from (t for t in s.tools if t in s.text and model.tools[t].role in ("read", "identify"))


def with_demanded(chain: Chain, served: Served, model: AgentModel) -> Chain:
    """The chain with the look-ups that a good agent makes in any case as such, and without those that the
    prompt names for other tasks alone.
    """
    wanted = demanded(served, model)
    others = model.once("elsewhere", served.tool.tool.name, lambda: frozenset(_elsewhere(served, model)))
    last = max((one.call for p in chain.calls for one in p.inputs if one.by == "answer"), default=-1)
    spared = [n for n, p in enumerate(chain.calls) if p.optional and n > last and p.tool.tool.name in others]
    return Chain(
        tuple(
            replace(p, optional=p.optional and p.tool.tool.name not in wanted)
            for n, p in enumerate(chain.calls)
            if n not in spared
        )
    )


def _elsewhere(served: Served, model: AgentModel) -> Iterator[str]:
    """The look-ups that the prompt names, and none of whose sentences is about this deed."""
    for name, tool in model.tools.items():
        naming = [s for s in model.prompt.statements if name in s.tools and name in s.text]
        if tool.role == "read" and naming and not any(_is_for(s, served, model) for s in naming):
            yield name


def _is_for(statement: Statement, served: Served, model: AgentModel) -> bool:
    return in_section(statement, served) or concerns(statement, served, model)


def _is_of_another_deed(statement: Statement, served: Served, model: AgentModel) -> bool:
    deeds = {t for t in statement.tools if t in statement.text and model.tools[t].role == "write"}
    return bool(deeds) and served.tool.tool.name not in deeds


def lacks_identity(chain: Chain, model: AgentModel) -> bool:
    """Whether the agent finds its callers by a look-up and none of its answers is in the chain, or one that
    the deed takes nothing of while some deeds need none.
    """
    apart = model.apart.get(chain.last.tool.tool.name, ())
    finds = any(
        t.role == "identify" and t.calls.get("success") and name not in apart
        for name, t in model.tools.items()
    )
    number = next((n for n, p in enumerate(chain.calls) if p.tool.role == "identify"), None)
    if number is None:
        return finds
    takes = any(one.by == "answer" and one.call == number for p in chain.calls for one in p.inputs)
    said = {same(v) for p in chain.calls if p is not chain.calls[number] for _, v in leaves(p.call.input)}
    asked = {same(v) for _, v in leaves(chain.calls[number].call.input)}
    open_to_all = load(model.judged, "identity")["needs_none"]
    return not (takes or said & asked) and bool(
        re.search(open_to_all, model.definition.description, re.IGNORECASE)
    )


def lacks_fields(chain: Chain, served: Served, model: AgentModel) -> bool:
    """Whether the prompt decides by fields of a record that no answer has."""
    named = {
        name
        for s in model.prompt.statements
        if in_section(s, served) or concerns(s, served, model)
        for name in re.findall(r"\b[a-z]+(?:_[a-z]+)+\b|\b[a-z]+[A-Z]\w*\b", s.text)
    }
    known = {key_of(path) for p in chain.calls for path, _ in (*leaves(p.call.input), *leaves(p.call.output))}
    return bool(named - known - model.names)


def lacks_a_story(served: Served) -> bool:
    """Whether the deed takes what only the caller's own story can fill, and nothing says what that is."""
    tool = served.tool
    stories = {w for words in all_words() for w in words.tables["agent_decides"]["stories"]}
    told = {key for call in tool.calls.get("success", []) for key in call.input}
    names = (set(tool.properties) | set(tool.tool.freetext_params)) - tool.asked_for
    return any(snake(n) in stories and (n not in told or tool.decided_by_agent(n, "")) for n in names)


def is_urgent(served: Served, model: AgentModel) -> bool:
    """Whether the prompt has the deed done before anything else, identification included."""
    name = served.tool.tool.name
    pattern = load(model.judged, "rules")["before_all"]
    return any(name in s.text and re.search(pattern, s.text, re.IGNORECASE) for s in model.prompt.statements)
