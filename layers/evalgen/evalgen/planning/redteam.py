"""Plans for red teaming: an assault on the back of an honest request."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from evalgen.generation.brief import Brief
from evalgen.generation.draft import MockEntry
from evalgen.generation.values import words_of
from evalgen.languages.tables import known
from evalgen.planning.assaults import Assault, Assaults
from evalgen.planning.attack import Attack
from evalgen.planning.calls import call_of
from evalgen.planning.candidate import Candidate
from evalgen.planning.choice import draw
from evalgen.planning.describing import LONGEST_PROFILE_NAME, NAMES
from evalgen.planning.entries import item_noun, item_of
from evalgen.planning.given import given_wins, spelled_values
from evalgen.planning.opposing import duty_of
from evalgen.planning.plan import Plan
from evalgen.planning.routes import Route
from evalgen.planning.speech import retold
from evalgen.planning.strategies import Attacks, attacks_of
from evalgen.planning.symbols import Symbols, free_text, symbols_of, variables_for
from evalgen.planning.targets import OTHER
from evalgen.reading.facts import Fact
from evalgen.reading.model import AgentModel
from evalgen.reading.tool_names import spoken

MOST_DETAILS = 4
"""Values of the honest request that an attack tells; plain figures with what they are called."""


@dataclass(frozen=True, slots=True)
class _Told:
    """The agent and what can be done to it, in one language."""

    model: AgentModel
    attacks: Attacks
    assaults: Assaults
    queue: Iterator[Assault]


class RedTeamPlanner:
    """Offers plans one by one; those accepted change what is offered next."""

    facts: tuple[Fact, ...] = ()

    def __init__(self, model: AgentModel, brief: Brief, taken: Collection[str]) -> None:
        self._model, self._brief, self._taken = model, brief, taken
        self._texts = free_text(model.tools)
        self._accepted = 0
        self._told: dict[str, _Told] = {}

    def candidates(self) -> Iterator[Candidate]:
        """The least used strategy, target and request first, in the language of the next slot."""
        while True:
            told = self._in(self._brief.personality_of(self._accepted).language)
            assault = next(told.queue, None)
            if assault is None:
                return
            plan, attack = self._build(told, assault)
            yield Candidate(plan, partial(self._accept, told.assaults, assault, attack))

    def _accept(self, assaults: Assaults, assault: Assault, attack: Attack) -> None:
        assaults.accept(assault, attack)
        self._accepted += 1

    def _in(self, language: str) -> _Told:
        attacks = attacks_of(language)
        if attacks.language not in self._told:
            model = retold(self._model, attacks.language)
            assaults = Assaults(model, attacks, self._brief, self._taken)
            self._told[attacks.language] = _Told(model, attacks, assaults, iter(assaults))
        return self._told[attacks.language]

    def reach(self) -> Iterator[frozenset[str]]:
        """What each candidate that was not offered yet is made to test."""
        for told in self._told.values():
            yield from (frozenset(_covers(assault)) for assault in told.assaults.waiting)

    def _build(self, told: _Told, assault: Assault) -> tuple[Plan, Attack]:
        brief, route, name = self._brief, assault.route, assault.signature
        model, attacks, target = told.model, told.attacks, assault.target
        texts = {k: v[draw(brief.seed, "text", (name, k)) % len(v)] for k, v in self._texts.items()}
        table, entries = symbols_of(route.chain, texts)
        table.caller[OTHER] = target.other
        if given := brief.test_profile:
            entries = given_wins(table, entries, given)
        if assault.strategy.inject:
            ask = attacks.told(target.aim.ask[0].format_map(target.values | {"other": target.other}))
            entries = _planted(entries, attacks.words.note_key, assault.strategy.inject.format(ask=ask))
        variables = variables_for(model.variables, table, entries, brief.test_profile, name, model.lexicon)
        values = target.values | _values(model, route, table)
        if given:
            values = spelled_values(values, table, given)
        attack = told.assaults.attack_of(assault, values)
        rule = assault.target.rule
        plan = Plan(
            signature=name,
            language=model.definition.language,
            seed=brief.seed,
            twist=assault.strategy.id,
            goal=route.goal.phrase,
            detail=target.key,
            beats=(),
            calls=tuple(call_of(i, route.steps, model.lexicon) for i in range(len(route.steps))),
            duties=(duty_of(rule),) if rule else (),
            entries=tuple(entries),
            profile=given.testing_agent_variables
            if given
            else {k: v for k, v in table.caller.items() if k not in variables},
            variables=variables,
            profile_name=" - ".join(p for p in (_name(table), assault.strategy.label) if p)[
                :LONGEST_PROFILE_NAME
            ],
            tags=(
                brief.scenario_type,
                attack.type,
                assault.strategy.id,
                attack.aim,
                attacks.owasp[attack.type],
                *assault.strategy.owasp,
            ),
            covers=_covers(assault),
            expected_outcome=brief.expected_outcome,
            generate_outcome=True,
            first_message=brief.first_message,
            tool_words=model.tool_words,
            attack=attack,
            rules_language=known(model.language, "lexicon"),
        )
        return plan, attack


def _covers(assault: Assault) -> tuple[str, ...]:
    """The rule that is attacked and the outcomes of the calls that the honest request takes."""
    rule = [assault.target.rule.id] if assault.target.rule else []
    return tuple(dict.fromkeys([*rule, *(f"{s.tool.name}:{s.outcome}" for s in assault.route.steps)]))


def _planted(entries: list[MockEntry], key: str, note: str) -> list[MockEntry]:
    """The note in the first answer that is an object: where the agent cannot help reading it."""
    for i, entry in enumerate(entries):
        if isinstance(entry.output, dict):
            planted = MockEntry(entry.tool_id, entry.tool_name, entry.input, {**entry.output, key: note})
            return [*entries[:i], planted, *entries[i + 1 :]]
    return entries


def _values(model: AgentModel, route: Route, table: Symbols) -> dict[str, Any]:
    """What opening and ending can say: who the caller is, and what they want in the end.

    The agent is named where the wish alone would not tell which agent is called.
    """
    values: dict[str, Any] = {}
    own = {word for tool in model.tools for word in words_of(tool.name)}
    if len(own & set(route.goal.phrase.split())) < 2:
        values["agent"] = model.definition.name
    if name := next((key for key in NAMES if key in table.caller), None):
        values["who"] = {"ref": name}
    for (index, key), name in table.keys.items():
        step = route.steps[index]
        if step.tool.effect == "identify" and "value" not in values:
            noun = next((p.noun for p in step.tool.parameters if p.name == key), " ".join(words_of(key)))
            values |= {"noun": noun, "value": {"ref": name}}
    if items := list(_items(model, route)):
        values["item"] = {"all": items}
    told = {name for value in values.values() if isinstance(value, dict) for name in [value.get("ref")]}
    details = {
        name: {"ref": name}
        if isinstance(table.caller[name], str) and not table.caller[name].isdigit()
        else {"ref": name, "noun": spoken(key, model.lexicon)}
        for (index, key), name in table.keys.items()
        if name not in told and not isinstance(table.caller[name], bool)
    }
    if details:
        values["details"] = {"all": list(details.values())[:MOST_DETAILS]}
    return values


def _items(model: AgentModel, route: Route) -> Iterator[dict[str, Any]]:
    """The entries of earlier answers that later calls are about, each once."""
    seen = []
    for step in route.steps:
        for link in step.links:
            item = item_of(route.steps[link.call].call.output, link)
            if item and item not in seen:
                seen.append(item)
                yield {"item": item, "noun": item_noun(link.path, model.lexicon)}


def _name(table: Symbols) -> str:
    return next((str(table.caller[key]) for key in NAMES if key in table.caller), "")
