"""The agent's dynamic variables, filled from the record that a call is about."""

from __future__ import annotations

import re
from typing import Any

from evalgen.generation.definition import Variable
from evalgen.generation.read.chain import Chain, facts_of
from evalgen.generation.read.described import example_in, is_phone, may_be_empty, options_in, word_for_none
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.invented.variables import is_now, variable_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.words import in_all
from evalgen.generation.values import (
    is_whole_name,
    key_of,
    key_words,
    kind_of,
    kind_words,
    leaves,
    number_of,
    same,
)

PHONE = "2025550143"
"""Of callers whose number no record has: one of those that are kept for fiction."""
_YEAR = re.compile(r"\b20\d\d\b")
_DIGITS = re.compile(r"\+?[\d ().-]{7,}")


def variables_of(model: AgentModel, chain: Chain | None, profile: dict[str, Any]) -> dict[str, Any]:
    """A value for each variable of the prompt: from the call's record, the caller's profile, its description.

    What may be empty is empty where no record holds it. A variable for which nothing is known is left out.
    """
    if chain is None or not any(True for _ in chain.inputs("variable")):
        chain = model.flow.with_variables or chain
    used = {i.variable: i.value for _, i in chain.inputs("variable")} if chain else {}
    known = related_facts(model, chain) if chain else {}
    for key, value in profile.items():
        known.setdefault(key_words(key), value)
    filled = {v.name: _value(v.name, _about(v, model), known, used, profile) for v in model.variables}
    number = number_of(repr(sorted(profile.items(), key=repr)))
    prompt = model.definition.description
    for one in model.variables:
        if filled[one.name] is None:
            day = model.first_asked_day
            filled[one.name] = variable_of(one.name, one.description, prompt, model.spoken, number, day)
    return {name: value for name, value in filled.items() if value is not None}


def _about(variable: Variable, model: AgentModel) -> str:
    """What is said of a variable; nothing where an example would put today into another year than the days of
    invented data: of such an example only the form is meant.
    """
    if not (model.invented and model.spoken and _YEAR.search(variable.description)):
        return variable.description
    return "" if is_now(variable.name, variable.description, model.spoken) else variable.description


def related_facts(model: AgentModel, chain: Chain) -> dict[tuple[str, ...], Any]:
    """What the chain's answers, and those of other calls with one of its ids, say outside lists, by key."""
    records = [p.call for p in chain.calls]
    ids = {v for call in records for p, v in leaves(call.input) if kind_of(key_of(p), v) == "id"}
    known: dict[tuple[str, ...], Any] = {}
    for call in records:
        for key, value in facts_of(call).items():
            known.setdefault(key, value)
    related = [
        (place, key)
        for value in ids
        if isinstance(value, str | int)
        for key, place in model.asked_with.get(value, {}).items()
    ]
    for (_, _, value), key in sorted(related, key=lambda found: found[0][:2]):
        known.setdefault(key, value)
    return known


def _value(
    name: str,
    about: str,
    known: dict[tuple[str, ...], Any],
    used: dict[str, Any],
    profile: dict[str, Any],
) -> Any:
    if name in used:
        return used[name]
    words = key_words(name)
    if words in known:
        return known[words]
    if len(words) > 1 and words[0] in in_all("nouns", "people") and words[1:] in known:
        return known[words[1:]]
    if options := options_in(about):
        held = {same(value) for value in known.values()}
        return next((one for one in options if same(one) in held), options[0])
    full = next((v for k, v in known.items() if is_whole_name("_".join(k), v)), None)
    if set(words) & {"first", "nombre"} and full:
        return str(full).split()[0] if "first" in words else full
    kind = kind_of(name, "")
    kind = "phone" if kind == "text" and is_phone(about) else kind
    if kind == "phone" or _is_the_callers_number(name):
        asked = {key_words(key): value for key, value in profile.items()}
        found = [number for held in (asked, known) for number in _numbers(held)]
        if found or kind == "phone":
            shown = (example_in(about) or "").strip(" ,")
            return found[0] if found else shown if _DIGITS.fullmatch(shown) else PHONE
    if kind in ("email", "birth_date", "name"):
        alike = (v for k, v in known.items() if kind_of("_".join(k), v) == kind)
        if (value := next(alike, None)) is not None:
            return value
    if example := example_in(about):
        return "" if may_be_empty(about) else example
    if none := word_for_none(about):
        return none
    return "" if may_be_empty(about) else None


def _is_the_callers_number(name: str) -> bool:
    """Whether it is the number that a call comes from: `caller_id`, `call.from_number`."""
    own = name.rsplit(".", 1)[-1]
    return Meaning(own).fact == "phone" and key_words(own)[0] != "to"


def _numbers(held: dict[tuple[str, ...], Any]) -> list[Any]:
    """The phone numbers among what is held: first those that are nothing but a person's number."""
    plainly = kind_words("phone") | kind_words("person") | {"number", "numero", "no"}
    found = {
        key: value
        for key, value in held.items()
        if kind_of("_".join(key), value) == "phone" and _DIGITS.fullmatch(str(value))
    }
    return [found[key] for key in sorted(found, key=lambda words: not set(words) <= plainly)]
