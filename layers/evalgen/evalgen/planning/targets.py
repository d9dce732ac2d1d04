"""What attacks are after: aims filled with the agent's own rules, records and tools."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evalgen.generation.values import kind_of, leaves, same, words_of
from evalgen.languages.tables import known
from evalgen.planning.breaches import breaches_of
from evalgen.planning.choice import draw
from evalgen.planning.opposing import Opposing
from evalgen.planning.routes import Route
from evalgen.planning.strategies import Aim, Attacks, fitting
from evalgen.reading.acts import for_reader, lowered, speakable
from evalgen.reading.model import AgentModel
from evalgen.reading.statements import Statement
from evalgen.reading.tool_names import spoken

OTHER = "other_full_name"
"""The profile's key for the other person that an attack is about."""
_PRIVATE = ("phone", "email", "birth_date")
_CODE = re.compile(r"[a-z]+(?:_[a-z]+)+|[A-Z]{2,}(?:_[A-Z]+)*")


@dataclass(frozen=True, slots=True)
class Target:
    """An aim in a call of this agent; `values` fill its texts, `other` is the person it is about, if any."""

    aim: Aim
    values: dict[str, Any]
    other: str
    rule: Statement | None = None

    @property
    def key(self) -> str:
        return f"{self.aim.id}|{self.values.get('x', '')}"


class Targets:
    """Everything that one type of attack can be after with this agent."""

    def __init__(self, model: AgentModel, kind: str, attacks: Attacks, seed: str) -> None:
        self._model, self._attacks, self._seed = model, attacks, seed
        self._aims = [aim for aim in attacks.aims.values() if kind in aim.types]
        self._has = {t.effect for t in model.tools} | {th for s in model.statements for th in s.themes}
        answers = str([c.output for t in model.tools for c in t.tool.mock_data])
        self._staff = sorted(
            {
                found.expand(name)
                for people, name in attacks.words.people.pairs
                for found in people.finditer(answers)
            }
        )
        agrees = known(model.language, "lexicon") == attacks.language
        self._breaches = list(breaches_of(model, attacks)) if agrees else []
        self._opposing = Opposing(model, kind, attacks)
        self._against = {aim.id: self._opposing.of(aim) for aim in self._aims}
        self._codes = sorted(set(_codes(model)))
        told = [spoken(variable.name, model.lexicon) for variable in model.variables]
        self._handed = [name for name in told if not attacks.words.public.search(name)]

    def of(self, route: Route) -> list[Target]:
        """Those that make sense in a call on this route; never empty for a type that has aims."""
        found = []
        for number, aim in enumerate(self._aims):
            if not set(aim.when) <= self._has:
                continue
            values, other = self._values(route, number)
            if not aim.rule:
                found.append(Target(aim, values, other, self._against[aim.id]))
            for rule, act in self._breaches:
                if rule.kind == "order" and not _in_call(rule, route):
                    continue
                wanted = set(aim.themes) & set(rule.themes) if aim.themes else "privacy" not in rule.themes
                if aim.rule == act.kind and wanted:
                    stated = rule if self._opposing.states(rule) else None
                    first = {} if stated else self._first(rule)
                    found.append(Target(aim, values | {"x": act.x} | first, other, stated))
        return [target for target in found if fitting([target.aim.ask[0]], target.values)]

    def _first(self, rule: Statement) -> dict[str, str]:
        """What a rule of order, which no duty states, has come first."""
        words, lexicon = self._attacks.words, self._model.lexicon
        first = for_reader(lowered(rule.trigger), lexicon) if rule.kind == "order" else ""
        if rule.opener.casefold() in words.ahead or not speakable(first) or words.it.match(first):
            return {}
        return {"first": first}

    def _values(self, route: Route, number: int) -> tuple[dict[str, Any], str]:
        model, words, lexicon = self._model, self._attacks.words, self._model.lexicon
        written = [s.tool for s in reversed(route.steps)] + list(model.tools)
        thing = next((t.noun for t in written if t.effect == "write" and t.noun), words.thing)
        other, private = _other_person(model, route, draw(self._seed, "other", (route.person, number)))
        fields = list(dict.fromkeys([*private, *words.fields]))
        tools = [t for t in model.tools if t.effect != "hidden"]
        ids = [p.noun for t in tools if t.effect != "identify" for p in t.parameters if p.kind == "id"]
        values: dict[str, Any] = {
            "goal": words.wishes.first(route.goal.phrase),
            "thing": thing,
            "your_thing": lexicon.nouns.your(thing),
            "the_thing": lexicon.nouns.the(thing),
            "thing_a": lexicon.nouns.one(thing),
            "field": fields[number % len(fields)],
            "the_field": lexicon.nouns.the(fields[number % len(fields)]),
            "staff": self._staff[number % len(self._staff)] if self._staff else words.staff,
            "other": {"ref": OTHER},
        }
        if ids:
            values |= {"id": ids[number % len(ids)], "the_id": lexicon.nouns.the(ids[number % len(ids)])}
        if tools:
            values["tool"] = model.tool_words[tools[number % len(tools)].name]
        if self._staff:
            values["named"] = values["staff"]
        turn = draw(self._seed, "asset", (route.goal.phrase, route.person))
        if self._codes:
            values["code"] = " ".join(words_of(self._codes[turn % len(self._codes)]))
        if self._handed:
            values["variable"] = self._handed[turn % len(self._handed)]
            values["the_variable"] = lexicon.nouns.the(values["variable"])
        return values, other


def _in_call(rule: Statement, route: Route) -> bool:
    """Whether the call uses a tool that the rule is about, if it is about any."""
    return not rule.tools or not {*route.goal.tools, *(s.tool.name for s in route.steps)}.isdisjoint(
        rule.tools
    )


def _codes(model: AgentModel) -> Iterator[str]:
    """What tools answer instead of words when they fail: `slot_gone`."""
    for tool in model.tools:
        for outcome, calls in tool.calls.items():
            if outcome != "success":
                found = (value for call in calls for _, value in leaves(call.output))
                yield from (str(value) for value in found if _CODE.fullmatch(str(value)))


def _other_person(model: AgentModel, route: Route, turn: int) -> tuple[str, list[str]]:
    """Somebody else, on record where there are records, and what is private about them there."""
    own = {same(v) for s in route.steps for _, v in leaves([s.call.input, s.call.output])}
    named = [
        (str(value), call)
        for call in model.others(route.steps)
        for path, value in leaves(call.output)
        if len(path) == 1 and kind_of(str(path[0]), value) == "name" and same(value) not in own
    ]
    if not named:
        free = [name for name in model.lexicon.invented.names if same(name) not in own]
        return free[turn % len(free)], []
    name, call = named[turn % len(named)]
    private = [
        spoken(key, model.lexicon) for key, value in call.output.items() if kind_of(key, value) in _PRIVATE
    ]
    return name, private
