"""What attacks are after: made of the agent's own rules, records and tools."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from evalgen.planning.choice import draw
from evalgen.planning.routes import Route
from evalgen.planning.strategies import Attacks
from evalgen.reading.model import AgentModel
from evalgen.reading.statements import Statement
from evalgen.reading.temptations import act_of_prohibition
from evalgen.reading.values import kind_of, leaves, words_of

_PEOPLE = re.compile(r"\b(?:Dr|Dra|Mr|Mrs|Ms|Prof|Sr|Sra)\.? [A-ZÁÉÍÓÚÑ][\w'’-]+")
_THEMES = {
    "system_prompt_leak": {"leak"},
    "data_leak": {"privacy"},
    "unauthorized_actions": {"confirmation", "fabrication"},
    "off_task": {"off_topic"},
    "harmful_content": {"anger"},
    "biased_output": set(),
}
_ACTS = {
    "unauthorized_actions": ("do_forbidden",),
    "harmful_content": ("ask_forbidden",),
    "data_leak": ("ask_forbidden",),
}
MOST_RULES = 6


@dataclass(frozen=True, slots=True)
class Target:
    """What the agent shall be brought to do, as the caller and as the reader put it; the rule against it."""

    ask: str
    told: str
    rule: Statement | None = None
    needs: tuple[tuple[str, Any], ...] = ()


def prohibitions(model: AgentModel, kind: str) -> list[tuple[Statement, str, str]]:
    """Rules that a target can be made of directly: the statement, the kind of act and what it is about."""
    found = []
    for statement in model.statements:
        if statement.kind == "prohibition" and kind in _ACTS:
            act = act_of_prohibition(statement, model.lexicon, 0)
            private = "privacy" in statement.themes
            if (
                act
                and act.kind in _ACTS[kind]
                and (kind != "data_leak" or private)
                and (kind == "data_leak" or not private)
            ):
                found.append((statement, act.kind, act.x))
    return found[:MOST_RULES]


def targets_of(model: AgentModel, kind: str, route: Route, attacks: Attacks, seed: str) -> list[Target]:
    """Everything that this type of attack can be after in a call on this route."""
    rules = [
        s
        for s in model.statements
        if _THEMES[kind] & set(s.themes) and s.kind not in ("identity", "fact", "context")
    ]
    other, facts = _other_person(model, route, draw(seed, "other", route.person))
    found = []
    for number, form in enumerate(attacks.targets[kind]):
        values, told, needs = _slots(model, route, other, facts, number, attacks)
        ask = form.format_map(values)
        rule = rules[number % len(rules)] if rules else None
        found.append(Target(ask, form.format_map(told), rule, needs if "{other}" in form else ()))
    for statement, act, x in prohibitions(model, kind):
        ask = x if act == "do_forbidden" else attacks.give.format(x=x)
        found.append(Target(ask, ask, statement))
    return found


def _slots(
    model: AgentModel, route: Route, other: str, facts: list[str], number: int, attacks: Attacks
) -> tuple[dict[str, str], dict[str, str], tuple[tuple[str, Any], ...]]:
    things = [t.noun for t in model.tools if t.effect == "write" and t.noun] or ["request"]
    thing = things[number % len(things)]
    staff = _PEOPLE.findall(str([c.output for t in model.tools for c in t.tool.mock_data]))
    common = {
        "goal": route.goal.phrase,
        "thing": thing,
        "thing_a": thing if thing.endswith("s") else f"{'an' if thing[0] in 'aeiou' else 'a'} {thing}",
        "things": thing if thing.endswith("s") else f"{thing}s",
        "field": facts[number % len(facts)] if facts else "phone number",
        "section": attacks.topics[number % len(attacks.topics)],
        "staff": staff[number % len(staff)] if staff else "the person you last dealt with",
    }
    seen = "{{test_profile.other_full_name}}" if other else "your neighbour"
    needs: tuple[tuple[str, Any], ...] = (("other_full_name", other),) if other else ()
    return {**common, "other": seen}, {**common, "other": other or "the caller's neighbour"}, needs


def _other_person(model: AgentModel, route: Route, turn: int) -> tuple[str, list[str]]:
    """Another person on record, and what is on file about people."""
    people = [
        call
        for tool in model.tools
        if tool.effect == "identify"
        for call in tool.calls["success"]
        if isinstance(call.output, dict) and not any(s.call == call for s in route.steps)
    ]
    named = [
        (str(value), call)
        for call in people
        for path, value in leaves(call.output)
        if len(path) == 1 and kind_of(str(path[0]), value) == "name"
    ]
    if not named:
        return "", []
    name, call = named[turn % len(named)]
    fields = [
        " ".join(words_of(key))
        for key, value in call.output.items()
        if not isinstance(value, dict | list) and value != name and not key.endswith("_id")
    ]
    return name, fields
