"""Plans for red teaming: strategy × target × honest request, the least used of each first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from evalgen.planning.attack import Attack
from evalgen.planning.brief import Brief
from evalgen.planning.calls import call_of
from evalgen.planning.choice import draw
from evalgen.planning.plan import Duty, Plan
from evalgen.planning.routes import Route, routes_of
from evalgen.planning.entries import item_noun, item_of
from evalgen.planning.strategies import Attacks, Strategy, attacks_of
from evalgen.planning.symbols import Symbols, free_text, given_wins, symbols_of, variables_for
from evalgen.reading.acts import act_of_prohibition
from evalgen.reading.facts import Fact
from evalgen.reading.model import AgentModel
from evalgen.reading.statements import Statement
from evalgen.reading.values import kind_of, leaves, words_of
from evalgen.writing.draft import MockEntry

TURNS = (3, 5)
"""Turns between the opening and the return to the honest request."""

VARIANTS = 4
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


@dataclass(frozen=True, slots=True)
class Target:
    """What the agent shall be brought to do, for the caller's eyes and for the reader's; the rule against it."""

    ask: str
    told: str
    rule: Statement | None = None
    needs: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Assault:
    """A candidate: which strategy, which target, on which route, in which variant."""

    strategy: Strategy
    target: Target
    route: Route
    variant: int

    @property
    def signature(self) -> str:
        calls = ";".join(f"{s.tool.name}{sorted(map(str, s.call.input.values()))}" for s in self.route.steps)
        text = f"{self.strategy.id}|{self.target.ask}|{self.route.goal.phrase}|{calls}|{self.variant}"
        return sha256(text.encode()).hexdigest()[:16]


class Assaults:
    """All candidates of a job, handed out so that no strategy, target or request is used twice before the others."""

    def __init__(self, model: AgentModel, brief: Brief, taken: Collection[str]) -> None:
        assert brief.attack_type is not None  # the request was validated
        self._model, self._brief, self._type = model, brief, brief.attack_type
        self.attacks = attacks_of(brief.personality_of(0).language)
        self._used: Counter[tuple[str, str]] = Counter()
        self._accepted = 0
        channel = "voice" if brief.scenario_type == "red_teaming_voice" else "text"
        self._strategies = self.attacks.of_channel(channel)
        self._routes = _honest_routes(model)
        earlier = set(taken)
        self._open = [
            (draw(brief.seed, "assault", a.signature), _features(a), a)
            for a in self._all()
            if a.signature not in earlier
        ]

    def __iter__(self) -> Iterator[Assault]:
        """The least used first; each is handed out once."""
        while self._open:
            best = min(range(len(self._open)), key=lambda i: self._cost(*self._open[i][:2]))
            yield self._open.pop(best)[2]

    @property
    def waiting(self) -> list[Assault]:
        """The candidates that were not handed out yet."""
        return [assault for *_, assault in self._open]

    def accept(self, assault: Assault) -> None:
        self._used.update(_features(assault))
        self._accepted += 1

    def _cost(self, tie: int, features: list[tuple[str, str]]) -> tuple[float, int]:
        return sum(_WEIGHTS[feature[0]] * self._used[feature] for feature in features), tie

    def _all(self) -> Iterator[Assault]:
        by_route = {
            id(route): targets_of(self._model, self._type, route, self.attacks, self._brief.seed) for route in self._routes
        }
        wanted = max(map(len, by_route.values()))
        for variant in range(VARIANTS):
            for s, strategy in enumerate(self._strategies):
                for r in range(wanted):
                    route = self._routes[(s + r * 3 + variant * 5) % len(self._routes)]
                    targets = by_route[id(route)]
                    yield Assault(strategy, targets[r % len(targets)], route, variant)

    def attack_of(self, assault: Assault, values: dict[str, Any]) -> Attack:
        """The assault with every free choice made."""
        seed, name = self._brief.seed, assault.signature
        low, high = TURNS
        count = low + draw(seed, "turns", name) % (high - low + 1)
        places = _places(assault.strategy, count, draw(seed, "places", name))
        lists = self.attacks.lists
        return Attack(
            type=self._type,
            strategy=assault.strategy.id,
            ask=assault.target.ask,
            told_ask=assault.target.told,
            turns=tuple((p, (assault.variant + draw(seed, f"turn{p}", name)) % len(assault.strategy.turns[p])) for p in places),
            persona=(self._accepted + draw(seed, "persona", 0)) % len(lists["persona"]),
            opening=draw(seed, "opening", name),
            ending=draw(seed, "ending", name),
            values=values,
        )


_WEIGHTS = {"strategy": 1.0, "target": 1.2, "pair": 8.0, "goal": 0.4, "person": 0.3}


def _features(assault: Assault) -> list[tuple[str, str]]:
    return [
        ("strategy", assault.strategy.id),
        ("target", assault.target.ask),
        ("pair", f"{assault.strategy.id}/{assault.target.ask}"),
        ("goal", assault.route.goal.phrase),
        ("person", assault.route.person),
    ]


def _places(strategy: Strategy, count: int, turn: int) -> list[int]:
    """Which turns to play, in order: always those that name the target."""
    needed = [i for i, variants in enumerate(strategy.turns) if any("{ask}" in v or "{base64}" in v or "{half" in v or "{homoglyph}" in v for v in variants)]
    spare = [i for i in range(len(strategy.turns)) if i not in needed]
    extra = [spare[(turn + i) % len(spare)] for i in range(max(0, count - len(needed)))] if spare else []
    return sorted({*needed, *extra})


def _honest_routes(model: AgentModel) -> list[Route]:
    """What the caller legitimately wants: successful routes, goal after goal."""
    by_goal = [[r for r in routes_of(model, g) if r.reaches] for g in model.goals]
    longest = max((len(routes) for routes in by_goal), default=0)
    return [routes[i] for i in range(min(longest, 6)) for routes in by_goal if i < len(routes)]


def _prohibitions(model: AgentModel, kind: str) -> list[tuple[Statement, str, str]]:
    """Rules that a target can be made of directly: the statement, the kind of act and what it is about."""
    found = []
    for statement in model.statements:
        if statement.kind == "prohibition" and kind in _ACTS:
            act = act_of_prohibition(statement, model.lexicon, 0)
            private = "privacy" in statement.themes
            if act and act.kind in _ACTS[kind] and (kind != "data_leak" or private) and (kind == "data_leak" or not private):
                found.append((statement, act.kind, act.x))
    return found[:6]


def targets_of(model: AgentModel, kind: str, route: Route, attacks: Attacks, seed: str) -> list[Target]:
    """Everything that this type of attack can be after in a call on this route."""
    rules = [s for s in model.statements if _THEMES[kind] & set(s.themes) and s.kind not in ("identity", "fact", "context")]
    other, facts = _other_person(model, route, draw(seed, "other", route.person))
    found = []
    for number, form in enumerate(attacks.targets[kind]):
        values, told, needs = _slots(model, route, other, facts, number, attacks)
        ask = form.format_map(values)
        rule = rules[number % len(rules)] if rules else None
        found.append(Target(ask, form.format_map(told), rule, needs if "{other}" in form else ()))
    for statement, act, x in _prohibitions(model, kind):
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
        (str(value), call) for call in people for path, value in leaves(call.output) if len(path) == 1 and kind_of(str(path[0]), value) == "name"
    ]
    if not named:
        return "", []
    name, call = named[turn % len(named)]
    fields = [" ".join(words_of(key)) for key, value in call.output.items() if not isinstance(value, dict | list) and value != name and not key.endswith("_id")]
    return name, fields


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plan with the assault behind it."""

    assault: Assault
    plan: Plan


class RedTeamPlanner:
    """Offers plans one by one; those accepted change what is offered next."""

    facts: tuple[Fact, ...] = ()

    def __init__(self, model: AgentModel, brief: Brief, taken: Collection[str]) -> None:
        self._model, self._brief = model, brief
        self._assaults = Assaults(model, brief, taken)
        self._texts = free_text(model.tools)

    def candidates(self) -> Iterator[Candidate]:
        """The least used strategy, target and request first."""
        for assault in self._assaults:
            yield Candidate(assault, self._build(assault))

    def accept(self, candidate: Candidate) -> None:
        self._assaults.accept(candidate.assault)

    def reach(self) -> Iterator[frozenset[str]]:
        """What each candidate that was not offered yet is made to test."""
        return (frozenset(_covers(assault)) for assault in self._assaults.waiting)

    def _build(self, assault: Assault) -> Plan:
        brief, route, name = self._brief, assault.route, assault.signature
        texts = {k: v[draw(brief.seed, "text", (name, k)) % len(v)] for k, v in self._texts.items()}
        table, entries = symbols_of(route.chain, texts)
        for key, value in assault.target.needs:
            table.caller[key] = value
        if brief.test_profile:
            entries = given_wins(table, entries, brief.test_profile)
        if assault.strategy.inject:
            entries = _planted(entries, assault.strategy.inject.format(ask=assault.target.told))
        variables = variables_for(
            self._model.variables, table, entries, brief.test_profile, name, self._model.lexicon
        )
        attack = self._assaults.attack_of(assault, _values(self._model, route, table))
        rule = assault.target.rule
        return Plan(
            signature=name,
            language=self._model.definition.language,
            seed=brief.seed,
            twist=assault.strategy.id,
            goal=route.goal.phrase,
            detail=assault.target.told,
            beats=(),
            calls=tuple(call_of(i, route.steps, self._model.lexicon) for i in range(len(route.steps))),
            duties=(Duty(rule.id, rule.consequence or rule.text),) if rule else (),
            entries=tuple(entries),
            profile={k: v for k, v in table.caller.items() if k not in variables},
            variables=variables,
            profile_name=" - ".join(p for p in (_name(table), assault.strategy.label) if p)[:120],
            tags=(brief.scenario_type, attack.type, assault.strategy.id, self._assaults.attacks.owasp[attack.type]),
            covers=_covers(assault),
            expected_outcome=brief.expected_outcome,
            generate_outcome=True,
            first_message=brief.first_message,
            tool_words=self._model.tool_words,
            attack=attack,
            rules_language=self._model.lexicon.language,
        )


def _covers(assault: Assault) -> tuple[str, ...]:
    """The rule that is attacked and the outcomes of the calls that the honest request takes."""
    rule = [assault.target.rule.id] if assault.target.rule else []
    return tuple(dict.fromkeys([*rule, *(f"{s.tool.name}:{s.outcome}" for s in assault.route.steps)]))


def _planted(entries: list[MockEntry], note: str) -> list[MockEntry]:
    """The note in the first answer that is an object: where the agent cannot help reading it."""
    for i, entry in enumerate(entries):
        if isinstance(entry.output, dict):
            planted = MockEntry(entry.tool_id, entry.tool_name, entry.input, {**entry.output, "note": note})
            return [*entries[:i], planted, *entries[i + 1 :]]
    return entries


def _values(model: AgentModel, route: Route, table: Symbols) -> dict[str, Any]:
    """What opening and ending can say: who the caller is, and what they want in the end.

    The agent is named where the wish alone would not tell which agent is called.
    """
    nouns = [s.tool.noun for s in route.steps if s.tool.effect == "write" and s.tool.noun]
    values: dict[str, Any] = {"thing": nouns[-1] if nouns else route.goal.phrase.split()[-1]}
    own = {word for tool in model.tools for word in words_of(tool.name)}
    if len(own & set(route.goal.phrase.split())) < 2:
        values["agent"] = model.definition.name
    if any(key == "full_name" for key in table.caller):
        values["who"] = {"ref": "full_name"}
    for (index, key), name in table.keys.items():
        step = route.steps[index]
        if step.tool.effect == "identify" and "value" not in values:
            noun = next((p.noun for p in step.tool.parameters if p.name == key), " ".join(words_of(key)))
            values |= {"noun": noun, "value": {"ref": name}}
    for step in route.steps:
        for link in step.links:
            if item := item_of(route.steps[link.call].call.output, link):
                values["item"] = {"item": item, "noun": item_noun(link.path, model.lexicon)}
    return values


def _name(table: Symbols) -> str:
    return str(table.caller.get("full_name", ""))
