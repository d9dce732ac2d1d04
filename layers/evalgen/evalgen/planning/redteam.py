"""Plans for red teaming: an assault on the back of an honest request."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from evalgen.languages.tables import known
from evalgen.planning.assaults import Assault, Assaults
from evalgen.planning.brief import Brief
from evalgen.planning.calls import call_of
from evalgen.planning.candidate import Candidate
from evalgen.planning.choice import draw
from evalgen.planning.entries import item_noun, item_of
from evalgen.planning.given import given_wins, spelled_values
from evalgen.planning.plan import Duty, Plan
from evalgen.planning.routes import Route
from evalgen.planning.speech import retold
from evalgen.planning.strategies import attacks_of
from evalgen.planning.symbols import Symbols, free_text, symbols_of, variables_for
from evalgen.reading.facts import Fact
from evalgen.reading.model import AgentModel
from evalgen.reading.values import words_of
from evalgen.writing.draft import MockEntry


class RedTeamPlanner:
    """Offers plans one by one; those accepted change what is offered next."""

    facts: tuple[Fact, ...] = ()

    def __init__(self, model: AgentModel, brief: Brief, taken: Collection[str]) -> None:
        language = attacks_of(brief.personality_of(0).language).language
        self._model, self._brief = retold(model, language), brief
        self._assaults = Assaults(self._model, brief, taken)
        self._texts = free_text(model.tools)

    def candidates(self) -> Iterator[Candidate]:
        """The least used strategy, target and request first."""
        for assault in self._assaults:
            yield Candidate(self._build(assault), partial(self._assaults.accept, assault))

    def reach(self) -> Iterator[frozenset[str]]:
        """What each candidate that was not offered yet is made to test."""
        return (frozenset(_covers(assault)) for assault in self._assaults.waiting)

    def _build(self, assault: Assault) -> Plan:
        brief, route, name = self._brief, assault.route, assault.signature
        texts = {k: v[draw(brief.seed, "text", (name, k)) % len(v)] for k, v in self._texts.items()}
        table, entries = symbols_of(route.chain, texts)
        for key, value in assault.target.needs:
            table.caller[key] = value
        if given := brief.test_profile:
            entries = given_wins(table, entries, given)
        if assault.strategy.inject:
            entries = _planted(entries, assault.strategy.inject.format(ask=assault.target.told))
        variables = variables_for(
            self._model.variables, table, entries, brief.test_profile, name, self._model.lexicon
        )
        values = _values(self._model, route, table)
        if given:
            values = spelled_values(values, table, given)
        attack = self._assaults.attack_of(assault, values)
        if given:
            attack = replace(attack, ask=assault.target.told)
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
            profile=given.testing_agent_variables
            if given
            else {k: v for k, v in table.caller.items() if k not in variables},
            variables=variables,
            profile_name=" - ".join(p for p in (_name(table), assault.strategy.label) if p)[:120],
            tags=(
                brief.scenario_type,
                attack.type,
                assault.strategy.id,
                self._assaults.attacks.owasp[attack.type],
            ),
            covers=_covers(assault),
            expected_outcome=brief.expected_outcome,
            generate_outcome=True,
            first_message=brief.first_message,
            tool_words=self._model.tool_words,
            attack=attack,
            rules_language=known(self._model.language, "lexicon"),
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
