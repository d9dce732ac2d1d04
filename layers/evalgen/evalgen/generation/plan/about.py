"""Which sentences of the prompt are about a deed: those of its playbook, and those that name it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from evalgen.generation.languages import load
from evalgen.generation.plan.deed_words import slots_of
from evalgen.generation.plan.tasks import Served
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import head_of, stems_of
from evalgen.generation.values import plain


def in_section(statement: Statement, served: Served) -> bool:
    own = bool(served.section) and statement.section[: len(served.section)] == served.section
    return own and statement.id not in served.elsewhere


def model_sections(model: AgentModel) -> Sequence[tuple[str, ...]]:
    return [task.section for task in model.prompt.tasks if task.section]


def stands_elsewhere(statement: Statement, served: Served, model: AgentModel) -> bool:
    """Whether a sentence stands in the playbook of another task."""
    return statement.id in served.elsewhere or any(
        statement.section[: len(s)] == s for s in model_sections(model) if s != served.section
    )


def stands_in_another_playbook(statement: Statement, served: Served, model: AgentModel) -> bool:
    """Whether a sentence stands in the playbook of another task, or of another tool."""
    return stands_elsewhere(statement, served, model) or is_of_another_tool(
        statement, served.tool.tool.name, model
    )


def is_in_playbook(statement: Statement, tool: str, model: AgentModel) -> bool:
    """Whether a sentence stands in the playbook of the deed of a tool."""
    section = model.playbooks.get(tool, ())
    return bool(section) and statement.section[: len(section)] == section


def is_of_another_tool(statement: Statement, tool: str, model: AgentModel) -> bool:
    """Whether a sentence stands in the playbook of a deed that is not of this tool."""
    return any(is_in_playbook(statement, name, model) for name in model.playbooks if name != tool)


def is_only_of_others(look_up: str, served: Served, model: AgentModel) -> bool:
    """Whether a look-up is named in the playbooks of other deeds alone."""
    sections = model.sections.get(look_up, frozenset())
    others = [own for name, own in model.playbooks.items() if name != served.tool.tool.name]
    return bool(sections) and all(any(s[: len(own)] == own for own in others) for s in sections)


def named_beside(statement: Statement, model: AgentModel) -> frozenset[str]:
    """The tools that the sentences of the same lines name."""
    beside = (s for s in model.prompt.statements if s.lines == statement.lines)
    return model.once("named beside", statement.lines, lambda: frozenset(n for s in beside for n in s.names))


def is_of_another_paragraph(statement: Statement, tool: str, model: AgentModel) -> bool:
    """Whether a sentence stands in a paragraph that calls other deeds, and not the one of this tool."""
    deeds = {one.tool.name for one in model.deeds}
    named = named_beside(statement, model) & deeds
    return bool(named) and tool not in named


def concerns(statement: Statement, served: Served, model: AgentModel) -> bool:
    """Whether a sentence stands in the playbook of the task or speaks of the deed or its thing."""
    if stands_elsewhere(statement, served, model):
        return False
    if in_section(statement, served) or served.tool.tool.name in statement.tools:
        return True
    return speaks_of(statement.text, served, model)


def speaks_of(text: str, served: Served, model: AgentModel) -> bool:
    """Whether a text has the verb of the deed or the word for its thing."""
    slots = slots_of(served.tool, model.judged)
    if slots is None:
        return False
    said, named = plain(text), _named(slots["verb"], slots["noun"], model.judged)
    return any(word in said and re.search(rf"\b{re.escape(word)}s?\b", said) for word in named)


def names_verb(text: str, tool: ToolModel, model: AgentModel) -> bool:
    """Whether a text has the verb of a deed, in one of its forms and not only in a name: `booking number`."""
    slots = slots_of(tool, model.judged)
    if slots is None or tool.name is None:
        return False
    verbs = {form for v in (slots["verb"], tool.name.verb) for form in _forms(v, slots["noun"], model.judged)}
    bare = re.sub(load(model.judged, "rules")["in_a_name"], " ", plain(text))
    return bool(set(re.findall(r"\w+", bare)) & verbs)


def names_stem(text: str, tool: ToolModel, model: AgentModel) -> bool:
    """Whether a text has a word of the deed's verb, also as a noun: `a reservation` for `reserve`."""
    slots = slots_of(tool, model.judged)
    stems = stems_of([slots["verb"]] if slots else [])
    return any(word.startswith(stems) for word in re.findall(r"\w+", plain(text)))


def names_another(text: str, served: Served, model: AgentModel) -> bool:
    """Whether a text has, outside quotation marks, a word of another deed's verb and none of this one's."""
    deeds = (tool for tool in model.tools.values() if tool.role == "write")
    names_one = model.once(
        "names a deed", text, lambda: any(names_stem(_unquoted(text), tool, model) for tool in deeds)
    )
    return names_one and not names_stem(_unquoted(text), served.tool, model)


def _unquoted(text: str) -> str:
    return re.sub(r'["“][^"“”]*["”]', "", text)


@cache
def _forms(verb: str, noun: str, language: str) -> frozenset[str]:
    """A verb and those that mean the same, with their participles and gerunds, as identifiers have them."""
    grammar, tables = grammar_of(language), load(language, "tools")
    group = next((g for g in tables["synonyms"]["verbs"] if g[0] == verb), [verb])
    gerunds = {f"{one.removesuffix('e')}ing" for one in group}
    participles = {grammar.participle(one, noun) for one in group}
    gerunds |= {f"{one.removesuffix('ed')}ing" for one in participles}
    return frozenset(map(plain, {*group, *participles, *(f"{one}ing" for one in group), *gerunds}))


@cache
def _named(verb: str, noun: str, language: str) -> frozenset[str]:
    """The words by which a deed or its thing is spoken of, as identifiers have them; a `move out` as one."""
    last = head_of(noun)
    last = plain(noun) if last in grammar_of(language).rules["particles"] else last
    return _forms(verb, noun, language) | {last, grammar_of(language).words.singular(last)}


def is_of_other_calls(statement: Statement, chain: Chain, model: AgentModel) -> bool:
    """Whether the part that a sentence stands in names tools, and none that the chain calls."""
    named = model.named_under.get(statement.section, frozenset())
    return bool(named) and named.isdisjoint(p.tool.tool.name for p in chain.calls)
