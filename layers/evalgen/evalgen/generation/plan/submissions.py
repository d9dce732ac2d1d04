"""The call at the end of an intake: what has been asked for goes into it, as the caller has said it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load, written
from evalgen.generation.plan.asked_facts import facts_in
from evalgen.generation.plan.asked_groups import Asked
from evalgen.generation.plan.choices import said_choice
from evalgen.generation.plan.takers import takers_of
from evalgen.generation.plan.test import ExpectedCall
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.invented.meaning import Meaning
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.schemas import NoSchema, validator_of
from evalgen.generation.values import plain, words_of

PERSONS = {
    "full": ("full", "first", "last"),
    "whole": ("whole_address", "street", "city", "state", "zip", "zip_area", "country"),
    "phone": ("phone",),
    "email": ("email",),
    "zip": ("zip", "zip_area"),
    "birth": ("birth",),
}
"""What of a person is said with a fact that is asked for: the whole address has its ZIP code."""
SHORTEST_STEM = 3


@dataclass(frozen=True)
class Submission:
    """`asked` has the inputs of the tool that a caller is asked for, `matter` those for what it is about in
    the words of the agent, and `decided` others that the agent decides.
    """

    model: AgentModel
    tool: ToolModel
    asked: Mapping[str, Asked]
    matter: tuple[str, ...]
    decided: tuple[str, ...]

    def said(self, fact: Mapping[str, Any], usual: str, number: int) -> str:
        """What the caller says of a fact so that it fits the tool: the usual answer where it does."""
        names = [name for name, one in self.asked.items() if one.fact is fact]
        own = self._call(number).input
        if len(names) == 1:
            known = self.fitting(names[0], usual, number)
            listed = "enum" in self.tool.properties[names[0]] and "parameter" not in fact
            told = own.get(names[0]) if known is None and not listed else None
            return usual if told is None else self._in_words(names[0], told)
        parts = [str(own[name]) for name in names if name in own]
        return ", ".join(parts) if fact.get("person") == "whole" and parts else usual

    def fitting(self, name: str, said: str, number: int) -> Any:
        """The value of an input by what has been said; None where it would be another one."""
        rule, own = self.tool.properties[name], self._call(number).input.get(name)
        table = load(self.model.judged, "intake")
        fact = self.asked[name].fact
        if "enum" in rule:
            return _member(said, rule["enum"]) if "parameter" not in fact else self._same(name, said, own)
        if rule.get("type") == "boolean":
            yes, no = (re.match(table[key], plain(said)) for key in ("affirms", "denies"))
            return bool(yes) if yes or no else None
        if "parameter" in fact or rule.get("type") in ("number", "integer"):
            return self._same(name, said, own)
        if self._is_a_part(name, fact):
            return own if own is not None and str(own) in said else None
        if "asked_as" in fact and re.match(table["denies"], plain(said)):
            return None
        said = re.sub(table["affirmed"], "", said) if "asked_as" in fact else said
        free = rule.get("type") == "string" and not self._problem(name, said) and fact["key"] != "phone"
        return said if free else self._same(name, said, own)

    def _is_a_part(self, name: str, fact: Mapping[str, Any]) -> bool:
        """Whether an input takes a part of what is said: the first name, the city of an address."""
        several = sum(one.fact is fact for one in self.asked.values()) > 1
        part = Meaning(name, self.tool.about(name)).fact
        return bool(fact.get("person")) and (several or part in ("first", "last"))

    def call(self, profile: Mapping[str, Any], number: int, action: str) -> ExpectedCall | None:
        """The call with what the profile says; None where a value of it would not be certain."""
        made = self._call(number)
        given = {name: made.input[name] for name in self.decided if name in made.input}
        for name, one in self.asked.items():
            value = self.fitting(name, str(profile.get(one.fact["key"], "")), number)
            if value is None:
                return None
            given[name] = value
        given |= dict.fromkeys(self.matter, self._noted(action))
        order = {name: given[name] for name in self.tool.properties if name in given}
        return ExpectedCall("c1", self.tool.tool.id, self.tool.tool.name, order, made.output)

    def _noted(self, action: str) -> str:
        """What the call is about, as an agent writes it down: without who says it."""
        for pattern, gives in load(self.model.judged, "intake")["noted"]:
            action = re.sub(pattern, gives, action)
        return action

    def _call(self, number: int) -> MockCall:
        calls = self.tool.calls["success"]
        return calls[number % len(calls)]

    def _same(self, name: str, said: str, own: Any) -> Any:
        return own if own is not None and said == self._in_words(name, own) else None

    def _in_words(self, name: str, value: Any) -> str:
        grammar, prompt = grammar_of(self.model.judged), self.model.definition.description
        if isinstance(value, str) and "enum" in self.tool.properties[name]:
            return said_choice(name, value, grammar, prompt) or value
        return str(value)

    def _problem(self, name: str, value: Any) -> str:
        try:
            return validator_of(self.tool.properties[name])(value)
        except NoSchema:
            return ""


def submission_in(model: AgentModel, asked: Sequence[Asked]) -> Submission | None:
    """The one tool all of whose inputs are asked for, known from the request, or the agent's to decide."""
    found = [one for tool in takers_of(model) if (one := _submission(tool, asked, model))]
    found.sort(key=lambda one: -len(one.asked))
    first = found[:1] if len(found) < 2 or len(found[0].asked) > len(found[1].asked) else []
    return next(iter(first), None)


def _submission(tool: ToolModel, asked: Sequence[Asked], model: AgentModel) -> Submission | None:
    calls = tool.calls.get("success", [])
    given: dict[str, Asked] = {}
    matter, decided = list[str](), list[str]()
    for name in tool.properties:
        one = _asked_for(name, tool, asked)
        about = one.fact.get("said") if one else any(fact.get("said") for fact in _meant(name, tool))
        left_out = name not in tool.required and all(name not in call.input for call in calls)
        if one and left_out and one.fact.get("person"):
            continue
        if one and not about:
            given[name] = one
        elif (about or (name in tool.required and tool.decided_by_agent(name, ""))) and _is_text(name, tool):
            matter.append(name)
        elif name in tool.required and tool.decided_by_agent(name, ""):
            decided.append(name)
        elif name in tool.required:
            return None
    return Submission(model, tool, given, tuple(matter), tuple(decided)) if given and calls else None


def _asked_for(name: str, tool: ToolModel, asked: Sequence[Asked]) -> Asked | None:
    """What is asked for that goes into an input: by its own name, by the fact of a person that it is, else by
    its words or by what is said of it.
    """
    if own := next((one for one in asked if one.fact.get("parameter") == name), None):
        return own
    if fact := Meaning(name, tool.about(name)).fact:
        persons = [key for key, parts in PERSONS.items() if fact in parts]
        found = [one for one in asked if one.fact.get("person") in persons and not one.fact.get("other")]
        return min(found, key=lambda one: persons[::-1].index(one.fact["person"]), default=None)
    meant = [fact["key"] for fact in _meant(name, tool)]
    if own := next((one for key in meant for one in asked if one.fact["key"] == key), None):
        return own
    said = [words_of(choice) for choice in tool.choices(name)]
    for words in ([words_of(name)], said if len(said) > 1 else []):
        wanted = {plain(word) for group in words for word in group}
        alike = [one for one in asked if wanted and wanted <= set(re.findall(r"\w+", one.item))]
        if len(alike) == 1:
            return alike[0]
    return None


def _is_text(name: str, tool: ToolModel) -> bool:
    rule = tool.properties[name]
    return rule.get("type") == "string" and not {"enum", "const", "format", "pattern"} & rule.keys()


def _meant(name: str, tool: ToolModel) -> Iterator[dict[str, Any]]:
    """What an input is by its name and then by what is said of it, in the words of any language."""
    for text in (plain(" ".join(words_of(name))), plain(tool.about(name))):
        for code in written("intake") if text else ():
            yield from (facts_in(text, load(code, "intake")) or ())[:1]


def _member(said: str, choices: Sequence[Any]) -> str | None:
    """The one choice all of whose words are said: `own` in `owned`."""
    words = re.findall(r"\w+", plain(said))
    named = {one: re.findall(r"[^\W_]+", plain(one)) for one in choices if isinstance(one, str)}
    found = [one for one, parts in named.items() if all(_is_said(part, words) for part in parts)]
    return found[0] if len(found) == 1 else None


def _is_said(word: str, said: Sequence[str]) -> bool:
    """As it stands, or with another ending."""
    stems = [one for one in said if min(len(word), len(one)) >= SHORTEST_STEM]
    return word in said or any(word.startswith(one) or one.startswith(word) for one in stems)
