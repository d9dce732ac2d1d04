"""What attacks are after: aims filled with the agent's own rules, records and tools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evalgen.languages.tables import known
from evalgen.planning.choice import draw
from evalgen.planning.plan import Duty
from evalgen.planning.routes import Route
from evalgen.planning.strategies import Aim, Attacks, fitting
from evalgen.reading.acts import Act, act_of_limit
from evalgen.reading.lexicon import lexicon_of
from evalgen.reading.model import AgentModel
from evalgen.reading.statements import Statement
from evalgen.reading.temptations import act_of_prohibition
from evalgen.reading.tool_names import spoken
from evalgen.reading.values import kind_of, leaves, same, words_of
from evalgen.writing.duties import rule_of

OTHER = "other_full_name"
"""The profile's key for the other person that an attack is about."""
MOST_RULES = 4
_PRIVATE = ("phone", "email", "birth_date")
_KINDS = ("prohibition", "order", "requirement", "condition", "step")


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
        self._acts = list(_acts(model)) if agrees else []

    @cached_property
    def _rules(self) -> list[Statement]:
        return [
            s for s in self._model.statements if s.themes and s.kind in _KINDS and _statable(s, self._model)
        ]

    @cached_property
    def _against(self) -> dict[str, Statement | None]:
        return {aim.id: self._rule(aim) for aim in self._aims}

    def of(self, route: Route) -> list[Target]:
        """Those that make sense in a call on this route; never empty for a type that has aims."""
        found = []
        for number, aim in enumerate(self._aims):
            if not set(aim.when) <= self._has:
                continue
            values, other = self._values(route, number)
            if not aim.rule:
                found.append(Target(aim, values, other, self._against[aim.id]))
            for rule, act in self._acts:
                wanted = set(aim.themes) & set(rule.themes) if aim.themes else "privacy" not in rule.themes
                if aim.rule == act.kind and wanted:
                    stated = rule if _statable(rule, self._model) else None
                    found.append(Target(aim, values | {"x": act.x}, other, stated))
        return [target for target in found if fitting([target.aim.ask[0]], target.values)]

    def _rule(self, aim: Aim) -> Statement | None:
        """The prompt's rule against it: prohibitions first, then the one that shares most words with it."""
        wanted = set(words_of(" ".join([*aim.ask, *aim.probes, aim.forbid])))
        rules = [
            (s.kind == "prohibition", len(wanted & set(words_of(s.text))), -n, s)
            for n, s in enumerate(self._rules)
            if set(aim.themes) & set(s.themes)
        ]
        return max(rules, key=lambda entry: entry[:3])[3] if rules else None

    def _values(self, route: Route, number: int) -> tuple[dict[str, Any], str]:
        model, words, lexicon = self._model, self._attacks.words, self._model.lexicon
        written = [s.tool for s in reversed(route.steps)] + list(model.tools)
        thing = next((t.noun for t in written if t.effect == "write" and t.noun), words.thing)
        other, private = _other_person(model, route, draw(self._seed, "other", (route.person, number)))
        fields = list(dict.fromkeys([*private, *words.fields]))
        tools = [t for t in model.tools if t.effect != "hidden"]
        ids = [p.noun for t in tools if t.effect != "identify" for p in t.parameters if p.kind == "id"]
        values: dict[str, Any] = {
            "goal": route.goal.phrase,
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
        return values, other


def _statable(rule: Statement, model: AgentModel) -> bool:
    """Whether an outcome can state the rule as a duty, without leaving out its condition."""
    if rule.opener in model.lexicon.words.dropped_openers:
        return False
    lexicon = lexicon_of(known(model.language, "lexicon"))
    stated = rule_of(duty_of(rule), lexicon, model.tool_words, {})
    if stated is None or stated.form == "holds":
        return False
    return rule.opener not in lexicon.words.kept_openers or f" {rule.opener} " in stated.duty


def duty_of(rule: Statement) -> Duty:
    """The rule as an outcome states it."""
    if not rule.consequence:
        return Duty(rule.id, rule.text)
    return Duty(rule.id, rule.consequence, rule.trigger, rule.opener)


def _acts(model: AgentModel) -> Iterator[tuple[Statement, Act]]:
    """Rules that an aim can be made of, and how a caller tempts the agent to break them."""
    counts: Counter[str] = Counter()
    for statement in model.statements:
        if statement.opener not in model.lexicon.words.dropped_openers and (act := _act(statement, model)):
            counts[act.kind] += 1
            if counts[act.kind] <= MOST_RULES:
                yield statement, act


def _act(statement: Statement, model: AgentModel) -> Act | None:
    """A thing with an article that must not be given is a `commitment`, unless the agent is for it."""
    if statement.kind != "prohibition":
        return act_of_limit(statement, model.lexicon, 1)
    act = act_of_prohibition(statement, model.lexicon, 0)
    if act is None or act.kind != "ask_forbidden":
        return act
    its_own = {t.noun for t in model.tools if t.effect == "write"} & set(act.x.split())
    if "leak" in statement.themes or its_own:
        return None
    return Act("commitment", act.x) if model.lexicon.patterns.determined.match(act.x) else act


def _other_person(model: AgentModel, route: Route, turn: int) -> tuple[str, list[str]]:
    """Somebody else, on record where there are records, and what is private about them there."""
    people = [
        call
        for tool in model.tools
        if tool.effect == "identify"
        for call in tool.calls["success"]
        if isinstance(call.output, dict) and not any(s.call == call for s in route.steps)
    ]
    own = {same(v) for s in route.steps for _, v in leaves([s.call.input, s.call.output])}
    named = [
        (str(value), call)
        for call in people
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
