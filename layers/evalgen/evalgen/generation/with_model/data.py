"""The values of a proposed test: a model names where each one stands, and code fills it in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from evalgen.generation.plan.choices import said_choice
from evalgen.generation.plan.variables import variables_of
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.invented.people import Person, people_in
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import kind_of
from evalgen.generation.with_model.forms import Fact
from evalgen.generation.with_model.in_language import is_framed
from evalgen.generation.with_model.path import Impossible, TestPath

_NEW = {
    "name": "full", "full_name": "full", "first_name": "first", "last_name": "last", "birth_date": "birth",
    "date_of_birth": "birth", "email": "email", "zip": "zip", "address": "whole_address", "phone": "phone",
}  # fmt: skip


def data_of(
    facts: Sequence[Fact], path: TestPath, model: AgentModel, spoken: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The profile and the variables; a fact with the name of a variable is that one. Raises Impossible."""
    names, choices = {one.name for one in model.variables}, _choices(model)
    profile: dict[str, Any] = {}
    given: dict[str, Any] = {}
    made: Counter[str] = Counter()
    for fact in facts:
        if not re.fullmatch(r"[A-Za-z]\w{0,63}", fact.key):
            raise Impossible(f"{fact.key!r} is no key: letters, digits and _ are allowed")
        value = _value(fact.source, path, model, spoken, made)
        if isinstance(value, dict | list) or value in (None, ""):
            raise Impossible(f"{fact.source!r} is no single value")
        if fact.key in names:
            given[fact.key] = value
        else:
            said = _said(fact.key, value, model, spoken) if value in choices else value
            profile[fact.key] = _as_written(fact.key, said)
    variables = {**variables_of(model, path.chain, profile), **given} if names else {}
    return profile, variables


def _as_written(key: str, value: Any) -> Any:
    """An amount as people write it behind its sign: `$72`, `$15.20`."""
    if not isinstance(value, float):
        return value
    cents = kind_of(key, value) == "money" and not value.is_integer()
    return f"{value:.2f}" if cents else int(value) if value.is_integer() else value


def _value(source: str, path: TestPath, model: AgentModel, spoken: str, made: Counter[str]) -> Any:
    kind, _, rest = source.partition("/")
    if kind == "text":
        about = [model.definition.description, *(one.description for one in model.variables)]
        if not any(rest in text for text in about):
            raise Impossible(f"{rest!r} stands neither in the prompt nor in what is said of a variable")
        return rest
    if kind == "new":
        if not is_framed(spoken):
            raise Impossible(f"{source!r} cannot be made up in this language: write it out in the step")
        return _made_up(rest, people_in(model.definition.description, spoken), made)
    return path.value(source, off_path=True)


def _made_up(kind: str, people: Sequence[Person], made: Counter[str]) -> str:
    """A fact of somebody whom no example knows; a second of that kind is another's."""
    if kind not in _NEW:
        raise Impossible(f"nothing can be made up for 'new/{kind}'; there are {', '.join(_NEW)}")
    fact = _NEW[kind]
    made[fact] += 1
    if made[fact] > len(people):
        raise Impossible(f"only {len(people)} can be made up for 'new/{kind}'")
    person = people[-made[fact]]
    if fact == "whole_address":
        return ", ".join(filter(None, (person.fact(fact), person.fact("zip"))))
    return next(person.phones) if fact == "phone" else person.fact(fact)


def _choices(model: AgentModel) -> Collection[Any]:
    """What the schemas let choose from."""
    schemas = (one for tool in model.tools.values() for one in tool.properties.values())
    listed = (one["enum"] for one in schemas if isinstance(one.get("enum"), list))
    return {choice for choices in listed for choice in choices if isinstance(choice, str)}


def _said(key: str, choice: str, model: AgentModel, spoken: str) -> str:
    """As people say it, and the prompt writes it."""
    grammar = grammar_of(spoken) if is_framed(spoken) else None
    return said_choice(key, choice, grammar, model.definition.description) or choice
