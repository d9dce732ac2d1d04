"""Who is calling: what finds their record, what is compared with it, what else the deed requires of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.facts_of_people import fact_of
from evalgen.generation.plan.input_nouns import input_noun
from evalgen.generation.plan.script import reference
from evalgen.generation.plan.things import listed_in
from evalgen.generation.plan.way import Walk, entry, records_of
from evalgen.generation.read.chain import Played, is_internal
from evalgen.generation.read.described import first_example_in
from evalgen.generation.read.identity import is_full_name, key_of_person
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import in_all
from evalgen.generation.schemas import pattern_of
from evalgen.generation.values import (
    PERSONAL,
    is_half_told,
    is_listed,
    is_whole_name,
    key_of,
    key_words,
    kind_of,
    leaves,
    names_person,
    same,
    snake,
    words_of,
)


def add_way_in(way: Walk, played: Played, model: AgentModel) -> None:
    """A standing answer for what finds the record, where another answer holds it too, and the schema does not
    say that it comes from there.
    """
    said = {same(v) for v in way.script.profile.values()} | {
        same(one.value) for one in played.inputs if one.by != "answer"
    }
    for path, value in leaves(played.call.input) if played.tool.role == "identify" else ():
        key, about = key_of(path), played.tool.about(str(path[0]))
        if any(name.lower() in about for name in model.tools if name != played.tool.tool.name):
            continue
        if same(value) not in said and kind_of(key, value) == "id" and not is_internal(value):
            noun = input_noun(key, value, way.script.spoken.grammar)
            ref = way.script.keep(snake(key), value)
            way.script.add(way.script.spoken.answer(ref, noun))


def add_compared(way: Walk, played: Played, model: AgentModel) -> None:
    """Standing answers for what the agent compares with the record."""
    given = {same(i.value) for i in played.inputs}
    about = {
        same(v)
        for p in way.chain.calls
        for path, v in leaves(p.call.input)
        if kind_of(key_of(path), v) == "id"
    }
    for one in (i for p in way.chain.calls for i in p.inputs if i.by == "answer"):
        if thing := listed_in(way.chain, one, way.script.spoken.grammar):
            about |= {same(v) for path, v in leaves(thing.one) if kind_of(key_of(path), v) in ("id", "name")}
    told = leaves(way.chain.calls[-1].call.output)
    about |= {same(v) for path, v in told if isinstance(v, str) and not is_listed(path)}
    way.compared = model.compared(played.call.output, given, about)
    for fact in way.compared:
        way.script.add(way.script.spoken.answer(way.script.keep(fact.key, fact.value), fact.noun))


def add_required(way: Walk, model: AgentModel) -> bool:
    """Standing answers for what the deed's schema requires and its example leaves out; False where one is
    unknown.
    """
    tool, script = way.chain.last.tool, way.script
    undoes = tool.name is not None and tool.name.undoes
    for name in tool.required if tool.role == "write" else ():
        given = name in way.chain.last.call.input
        if given or tool.decided_by_agent(name, "") or _may_be_empty(tool.about(name)):
            continue
        value = _held(name, script.profile) or _example_of(tool, name)
        if value is None:
            facts = _facts_named(name, tool.about(name), model, undoes=undoes)
            value = next((fact_of(k, script, model, entry(way.chain)) for k in facts), None)
        if value is None or not _fits(value, tool.properties.get(name, {})):
            return False
        ref = script.keep(snake(name), value)
        if not any(ref in step.action for step in script.steps):
            script.add(script.spoken.answer(ref, input_noun(name, value, script.spoken.grammar)))
    return True


def _may_be_empty(about: str) -> bool:
    """Whether a description says that a text may be left out: `Empty if nothing`."""
    return any(hint in about for hint in in_all("agent_decides", "may_be_empty"))


def _fits(value: Any, schema: Mapping[str, Any]) -> bool:
    """Whether an invented value keeps to the range or the pattern of a parameter."""
    if not isinstance(value, int):
        pattern = pattern_of(dict(schema))
        return pattern is None or bool(pattern.search(str(value)))
    return bool(schema.get("minimum", value) <= value <= schema.get("maximum", value))


def _held(name: str, profile: dict[str, Any]) -> Any:
    """What the caller has of the kind of a parameter; no part of a name for a whole one."""
    kind = kind_of(name, "")
    whole = snake(name).startswith("full_")
    same_kind = (
        v
        for k, v in profile.items()
        if kind in PERSONAL and kind_of(k, v) == kind and (not whole or is_whole_name(k, v))
    )
    return profile.get(snake(name)) or next(same_kind, None)


def _example_of(tool: ToolModel, name: str) -> Any:
    """The example that the schema gives for a parameter."""
    schema = tool.properties.get(name, {})
    if "enum" in schema:
        return None
    listed = schema.get("examples")
    if example := schema.get("example"):
        return example
    if isinstance(listed, list) and listed:
        return listed[0]
    return first_example_in(str(schema.get("description", "")))


def _facts_named(name: str, about: str, model: AgentModel, *, undoes: bool) -> Iterator[str]:
    """The facts that a parameter is, by its key, its kind, or, of a bare `number`, its description."""
    key, kind = snake(name), kind_of(name, "")
    facts = load(model.spoken, "facts_of_people")["facts"]
    told = {name: fact for name, fact in facts.items() if undoes or not fact.get("undoing")}
    yield from (name for name, fact in told.items() if key in fact["keys"])
    yield from (name for name, fact in told.items() if fact["kind"] and fact["kind"] == kind)
    if len(key_words(key)) == 1 and key_words(key)[0] in in_all("facts", "numbers"):
        yield from (name for name, fact in told.items() if re.search(fact["asked"], about))


def is_nobody_known(way: Walk) -> bool:
    """Whether the caller gives names that no answer has, where the record names somebody under a key that is
    not understood: the agent may compare the two.
    """
    known = {same(v) for p in way.chain.calls for _, v in (*leaves(p.call.input), *leaves(p.call.output))}
    said = " ".join(step.action for step in way.script.steps)
    given = [v for k, v in way.script.profile.items() if kind_of(k, v) == "name" and reference(k) in said]
    if not given or any(same(v) in known for v in given):
        return False
    return any(
        is_full_name(v) and not is_listed(path)
        for number in records_of(way.chain)
        for path, v in leaves(way.chain.calls[number].call.output)
        if kind_of(key_of(path), v) == "text"
    )


def keep_person(way: Walk) -> None:
    """Who is calling, as far as the answers say: name, phone, date of birth."""
    records = records_of(way.chain)
    if not records:
        return
    played = way.chain.calls[records[0]]
    for path, value in (*leaves(played.call.output), *leaves(played.call.input)):
        if not names_person(path) or value in (None, "") or is_half_told(key_of(path), str(value)):
            continue
        key = key_of_person(path, value)
        named = key in ("name", "nombre") and played.tool.role != "identify"
        if kind_of(key, value) in PERSONAL and not named and key not in way.script.profile:
            way.script.profile[key] = value
    if not any(kind_of(key, value) == "name" for key, value in way.script.profile.items()):
        only = [
            (snake(str(path[-1])), value)
            for path, value in leaves(played.call.output)
            if kind_of(key_of(path), value) == "name" and not is_listed(path)
            if played.tool.role == "identify" or len(words_of(key_of(path))) > 1
        ]
        if len(only) == 1:
            way.script.profile.setdefault(*only[0])
