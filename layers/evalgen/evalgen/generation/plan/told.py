"""What a success tells the caller: a reference, a date or a fee, unless the prompt never says it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.patterns import search
from evalgen.generation.plan.things import facts_in
from evalgen.generation.plan.way import Walk
from evalgen.generation.plan.worked_out import is_a_charge
from evalgen.generation.read.grammar import Grammar, grammar_of, is_sayable
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty
from evalgen.generation.read.words import in_all
from evalgen.generation.values import Path, key_of, key_words, kind_of, leaves, plain, same


@dataclass(frozen=True, slots=True)
class Fact:
    """A value of an answer that a caller can ask for, by the name that it has for people."""

    path: Path
    label: str
    value: str


def reference_in(way: Walk, model: AgentModel) -> Fact | None:
    """The number that a success gives the caller: a confirmation, a reference."""
    grammar = way.script.judged.grammar
    table = grammar.words.tables["facts"]
    output = way.chain.last.call.output
    known = _asked_with(way)
    for path, value in facts_in(output):
        words = key_words(key_of(path))
        if not words or same(value) in known or not is_sayable(value) or never_said(words, model):
            continue
        told = model.once("words of the prompt", (), lambda: _words(model)).intersection(words)
        if told and (set(words) & set(table["references"]) or words[-1] in table["numbers"]):
            return Fact(path, grammar.words.noun_of(key_of(path)), str(value))
        noun = words[:-1]
        if (
            words[-1] == "id"
            and noun
            and grammar.words.numbered(noun).lower() in model.definition.description.lower()
        ):
            return Fact(path, grammar.words.numbered(noun), str(value))
    return _outcome_in(way, model, known)


def _words(model: AgentModel) -> frozenset[str]:
    """The prompt's, as identifiers have them."""
    return frozenset(plain(word) for word in set(re.findall(r"\w+", model.definition.description)))


def _outcome_in(way: Walk, model: AgentModel, known: set[str]) -> Fact | None:
    """What the deed brings with it: a new due date, a fee."""
    grammar = way.script.judged.grammar
    labels = grammar.words.tables["facts"]["brought"]
    for path, value in facts_in(way.chain.last.call.output):
        words = key_words(key_of(path))
        label = labels.get("_".join(words), "")
        day = label and kind_of(key_of(path), value) == "date" and same(value) not in known
        if day and not never_said(words, model):
            return Fact(path, str(label), grammar.said(key_of(path), value))
    return next(iter(sums_in(way, model)), None)


def ordered_fact(duties: Iterable[Duty], way: Walk, model: AgentModel) -> Fact | None:
    """What a duty of the call has the agent tell of the deed's answer by its name: `give the new balance`."""
    grammar, known = way.script.judged.grammar, _asked_with(way) | _heard_before(way)
    texts = [plain(duty.text) for duty in duties]
    for path, value in facts_in(way.chain.last.call.output):
        key = key_of(path)
        label, named = _called(key, texts, grammar)
        if not named or not value or same(value) in known or not is_sayable(value):
            continue
        said = _said(key, value, way, model)
        if said and not isinstance(value, bool) and not never_said(key_words(key), model, whole=True):
            return Fact(path, label, said)
    return None


def _called(key: str, texts: Iterable[str], grammar: Grammar) -> tuple[str, bool]:
    """What a value is called in the texts that name it, and whether any does: a `next_ship_date` may be `the
    new ship date`.
    """
    own = grammar.words.noun_of(key)
    first, _, rest = own.partition(" ")
    also = grammar.words.tables["facts"]["also"].get(first, "")
    for label in (own, f"{also} {rest}") if also and rest else (own,):
        named = re.compile(rf"\b(?:the|its|el|la) {re.escape(plain(label))}\b")
        if any(named.search(text) for text in texts):
            return label, True
    return own, False


def named_before(fact: Fact, text: str, way: Walk, model: AgentModel) -> list[Fact]:
    """What else of the deed's answer a duty names before the fact: `the new expiry and the reference`."""
    said, grammar, known = plain(text), way.script.judged.grammar, _asked_with(way)
    words, found = set(re.findall(r"\w+", said[: max(0, said.rfind(plain(fact.label).split()[-1]))])), []
    for path, value in facts_in(way.chain.last.call.output):
        key, named = key_of(path), set(key_words(key_of(path)))
        if path == fact.path or not named or not named <= words or same(value) in known:
            continue
        if not value or isinstance(value, bool) or not is_sayable(value) or never_said(named, model):
            continue
        told = _said(key, value, way, model)
        found += [Fact(path, grammar.words.noun_of(key), told)] if told else []
    return found


def _said(key: str, value: Any, way: Walk, model: AgentModel) -> str:
    """A value as the agent says it, a sum in its currency; empty where it has none, where a sum is no number,
    and of what is measured in a unit that its name leaves out: `credit_minutes`.
    """
    tables = way.script.judged.grammar.words.tables
    sums, last = tables["facts"]["sums_brought"], (key_words(key) or ("",))[-1]
    measured = set(tables["units"]) - set(tables["facts"]["currencies"]) - {""}
    if last in measured or (last in sums and not any(c.isdigit() for c in str(value))):
        return ""
    said = way.script.judged.grammar.said(key, value)
    return in_currency(value, said, model) if kind_of(key, value) == "money" else said


def sums_in(way: Walk, model: AgentModel) -> list[Fact]:
    """The sums that a deed brings with it: a fee, a refund, what is due."""
    grammar, known = way.script.judged.grammar, _asked_with(way)
    table, found = grammar.words.tables["facts"], list[Fact]()
    for path, value in facts_in(way.chain.last.call.output):
        words = _without_currency(key_words(key_of(path)), table)
        is_sum = words and words[-1] in table["sums_brought"] and isinstance(value, int | float)
        if not is_sum or isinstance(value, bool) or not value or same(value) in known:
            continue
        if never_said(words, model):
            continue
        label = table["brought"].get("_".join(words)) or grammar.words.noun_of("_".join(words))
        if said := in_currency(value, grammar.said(key_of(path), value), model):
            found.append(Fact(path, str(label), said))
    return found or list(_charged(way, model))


def _charged(way: Walk, model: AgentModel) -> Iterator[Fact]:
    """The charges that the agent works out for the deed and its answer does not repeat."""
    grammar = way.script.judged.grammar
    charges = in_all("facts", "charged")
    for one in way.chain.last.inputs:
        if one.by == "agent" and one.value and is_a_charge(one):
            words = key_words(one.key)
            last = max(n for n, word in enumerate(words) if word in charges)
            said = in_currency(one.value, grammar.said(one.key, one.value), model)
            if said and not never_said(words, model):
                yield Fact((), grammar.words.noun_of("_".join(words[: last + 1])), said)


def the_sum(duty: Duty, sums: Sequence[Fact]) -> Fact | None:
    """The one sum that a duty has the agent tell, by the last word of its name."""
    said = set(re.findall(r"\w+", plain(duty.text)))
    named = [fact for fact in sums if set(plain(fact.label).split()[-1:]) <= said]
    return named[0] if len(named) == 1 else None


def names_nothing(duty: Duty, way: Walk) -> bool:
    """Whether a duty has the agent tell a sum that is nothing in this call: `state the charge`."""
    sums = way.script.judged.grammar.words.tables["facts"]["sums_brought"]
    return any(nothing_in(way, set(re.findall(r"\w+", plain(duty.text))).intersection(sums)))


def nothing_in(way: Walk, names: Collection[str]) -> Iterator[Path]:
    """Where the deed's answer has a sum that is nothing, of those whose last word is one of these."""
    for path, value in facts_in(way.chain.last.call.output):
        words = key_words(key_of(path))
        if words and words[-1] in names and value == 0 and not isinstance(value, bool):
            yield path


def _asked_with(way: Walk) -> set[str]:
    """What the calls are made with; not the charges that the agent works out itself."""
    own = {one.where for one in way.chain.last.inputs if one.by == "agent" and is_a_charge(one)}
    return {
        same(v)
        for p in way.chain.calls
        for path, v in leaves(p.call.input)
        if p is not way.chain.last or path not in own
    }


def _heard_before(way: Walk) -> set[str]:
    """The texts of earlier answers: who hears them again with the deed is told nothing new."""
    return {same(v) for p in way.chain.calls[:-1] for _, v in leaves(p.call.output) if isinstance(v, str)}


def _without_currency(words: tuple[str, ...], table: Mapping[str, Any]) -> tuple[str, ...]:
    return words[:-1] if words and words[-1] in table["currencies"] else words


def in_currency(value: Any, said: str, model: AgentModel) -> str:
    """A sum in the one currency of the prompt; empty where it has none or several, or the sum is owed."""
    if not isinstance(value, int | float) or value < 0:
        return ""
    signs = set(re.findall(r"[$£€]", model.definition.description))
    if not signs:
        words = grammar_of(model.judged).words.tables["facts"]["spoken_currencies"]
        spoken = [w for w in words if re.search(rf"\b{w}\b", model.definition.description)]
        priced = len(spoken) == 1 and re.search(rf"\d {spoken[0]}\b", model.definition.description)
        return f"{said} {spoken[0]}" if priced else ""
    if len(signs) != 1:
        return ""
    sign = signs.pop()
    return f"{said} {sign}" if sign == "€" else f"{sign}{said}"


def never_said(words: Collection[str], model: AgentModel, *, whole: bool = False) -> bool:
    """Whether a sentence of the prompt that holds in every call may forbid to say what has this name: one
    word of it is enough, unless the `whole` is looked for, as of what the prompt has told by that name.
    """
    opens = load(model.judged, "prompt")["parts"]["opens_case"] if model.judged else "(?!)"
    table = load(model.judged, "rules")
    own = {w for w in words if w not in ("id", "number", "code")}
    singular, but = grammar_of(model.judged).words.singular, table["but_for"]
    banned = (
        own & {singular(w) for w in re.findall(r"\w+", plain(re.sub(but, "", text)))}
        for text in _bans_of_saying(model, table)
        if not re.match(opens, text, re.IGNORECASE)
    )
    return any(found and (not whole or found == own) for found in banned)


def _bans_of_saying(model: AgentModel, table: Mapping[str, Any]) -> Iterator[str]:
    """What the prompt has never said; with the sentence before where that tells what: `Never say them.`"""
    statements = model.prompt.statements
    for number, one in enumerate(statements):
        if match := search(table["never_say"], one.text, re.IGNORECASE):
            leans = re.match(table["what_was_named"], one.text[match.end() :], re.IGNORECASE)
            yield f"{statements[number - 1].text} {one.text}" if leans and number else one.text


def pointer(path: Path) -> str:
    """A JSON pointer."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
