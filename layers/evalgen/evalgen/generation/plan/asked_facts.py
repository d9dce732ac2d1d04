"""Facts of a caller that a prompt has its agent ask for, with what a caller without a record answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from evalgen.generation.languages import load, written
from evalgen.generation.plan.script import Script
from evalgen.generation.read.invented.people import Person, people_in, states_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty
from evalgen.generation.values import plain

OF_EVERYBODY = {"full_name", "phone"}
CALLERS = 3
"""So many values has each fact of the table."""
DIGITS_OF_ONE = 4
"""At the end of a phone number; those before it are the same in a place."""
HEAD = 400
"""Characters at the beginning of a prompt that say whose calls are answered."""


def facts_in(text: str, table: dict[str, Any]) -> list[dict[str, Any]] | None:
    """The facts of a list in the prompt's words, in order; None where one of them is not known."""
    found: list[dict[str, Any]] = []
    if whole := next((f for f in table["facts"] if f.get("whole") and re.search(f["asked"], text)), None):
        return [whole]
    for part in re.split(table["split"], text):
        fact = next((f for f in table["facts"] if re.search(f["asked"], part)), None)
        if fact is None:
            return None
        if all(known is not fact for known in found):
            found.append(fact)
    return found


def is_known(fact: dict[str, Any], model: AgentModel) -> bool:
    """Whether a caller has an answer: a service is one that the prompt has a price for, the reason for a
    visit one of the trade.
    """
    if fact["key"] in trade_of(model):
        return True
    return not fact.get("of_trade") and (not fact.get("priced") or bool(priced_in(model)))


def trade_of(model: AgentModel) -> dict[str, Any]:
    """What people call such an agent about; empty where its trade is not known.

    `says` are the matters of three callers, other keys are facts that go with the trade.
    """
    return model.once("trade", (), lambda: _trade(model))


def _trade(model: AgentModel) -> dict[str, Any]:
    text = plain(model.definition.description)
    calls = load(model.judged, "intake")["calls"]
    return next((c for head in (text[:HEAD], text) for c in calls if re.search(c["words"], head)), {})


def priced_in(model: AgentModel) -> str:
    """The first thing that the prompt names with its price: `full groom`."""
    return next((match["x"] for match in _priced(model)), "")


def _priced(model: AgentModel) -> Iterator[re.Match[str]]:
    pattern = re.compile(load(model.judged, "intake")["priced"])
    return (match for s in model.sure("fact") if (match := pattern.search(s.text)))


def whose(fact: dict[str, Any], number: int, model: AgentModel) -> Person:
    """The person that a fact is of: the caller of this number, or somebody else, who is the next of them."""
    return people_in(model.definition.description, model.judged)[number + bool(fact.get("other"))]


def answer_of(
    fact: dict[str, Any], person: Person, number: int, model: AgentModel, section: tuple[str, ...] = ()
) -> str:
    """An address lies in the place that the prompt names, in a city of it where that is a state: elsewhere an
    agent may not serve the caller.

    Days are those that the section names.
    """
    table = load(model.judged, "intake")
    place = place_in(model.definition.description, table)
    named = fact.get("person")
    if named == "whole":
        return (
            f"{person.fact('street')}, {place}"
            if place and place not in states_of(model.judged)
            else f"{person.fact('whole_address')} {person.fact('zip')}"
        )
    if named:
        return person.fact(named)
    values = trade_of(model).get(fact["key"]) or fact["values"]
    value = str(values[number % CALLERS])
    text = " ".join(s.text for s in model.prompt.statements if s.section == section)
    days = [*dict.fromkeys(re.findall(table["days"], text))]
    first, other = days[:2] if len(days) > 1 else table["other_days"]
    own = {"first": person.fact("first"), "line": person.fact("phone")[:-DIGITS_OF_ONE]}
    return value.format(**own, priced=priced_in(model), day=first, other=other)


def place_in(prompt: str, table: dict[str, Any]) -> str:
    """Where an agent's callers live."""
    found = (re.search(pattern, prompt) for pattern in table["places"])
    return next((match["place"] for match in found if match), "")


def takes_details(duties: list[Duty], model: AgentModel) -> bool:
    """Whether what the duties ask for is name and number alone, which everybody has."""
    if model.judged not in written("intake"):
        return False
    table = load(model.judged, "intake")
    asked = [m["what"] for d in duties if (m := re.search(table["asked_duty"], plain(d.text)))]
    facts = [{f["key"] for f in facts_in(what, table) or ()} for what in asked]
    return bool(facts) and all("full_name" in keys and keys <= OF_EVERYBODY for keys in facts)


def answer_duties(script: Script, duties: list[Duty], model: AgentModel, number: int) -> bool:
    """Add standing answers to what the duties ask for; whether all of it is known, and something is asked."""
    if model.judged not in written("intake"):
        return False
    table = load(model.judged, "intake")
    asked: list[dict[str, Any]] = []
    for duty in duties:
        if match := re.search(table["asked_duty"], plain(duty.text)):
            facts = facts_in(match["what"], table)
            if facts is None or any(fact.get("said") or not is_known(fact, model) for fact in facts):
                return False
            asked += facts
    prompt = model.definition.description
    person = people_in(prompt, model.judged)[number % CALLERS]
    for fact in asked:
        named = fact.get("person") == "full" and any(" name" in step.moment.what for step in script.steps)
        if named or fact["key"] in script.profile:
            continue
        ref = script.keep(fact["key"], answer_of(fact, person, number, model))
        script.add(script.spoken.answer(ref, fact["noun"]))
    return bool(asked)
