"""What a success tells the caller: a reference, a date or a fee, unless the prompt never says it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.things import facts_in
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.grammar import grammar_of, is_sayable
from evalgen.generation.read.model import AgentModel
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
    known = {same(v) for p in way.chain.calls for _, v in leaves(p.call.input)}
    for path, value in facts_in(output):
        words = key_words(key_of(path))
        if not words or same(value) in known or not is_sayable(value) or never_said(words, model):
            continue
        told = set(words) & {plain(w) for w in re.findall(r"\w+", model.definition.description)}
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


def _outcome_in(way: Walk, model: AgentModel, known: set[str]) -> Fact | None:
    """What the deed brings with it: a new due date, a fee."""
    grammar = way.script.judged.grammar
    labels = grammar.words.tables["facts"]["brought"]
    for path, value in facts_in(way.chain.last.call.output):
        words = key_words(key_of(path))
        label, kind = labels.get("_".join(words), ""), kind_of(key_of(path), value)
        if not label or same(value) in known or never_said(words, model):
            continue
        said = grammar.said(key_of(path), value)
        if kind != "date":
            said = in_currency(value, said, model) if isinstance(value, int | float) and value else ""
        if said:
            return Fact(path, str(label), said)
    return None


def in_currency(value: Any, said: str, model: AgentModel) -> str:
    """A sum in the one currency of the prompt; empty where it has none or several, or the sum is owed."""
    signs = set(re.findall(r"[$£€]", model.definition.description))
    if len(signs) != 1 or not isinstance(value, int | float) or value < 0:
        return ""
    sign = signs.pop()
    return f"{said} {sign}" if sign == "€" else f"{sign}{said}"


def never_said(words: Collection[str], model: AgentModel) -> bool:
    """Whether a sentence of the prompt may forbid to say what has this name."""
    pattern, own = (
        load(model.judged, "rules")["never_say"],
        {w for w in words if w not in ("id", "number", "code")},
    )
    singular = grammar_of(model.judged).words.singular
    return any(
        own & {singular(w) for w in re.findall(r"\w+", plain(s.text))}
        for s in model.prompt.statements
        if re.search(pattern, s.text, re.IGNORECASE)
    )


def pointer(path: Path) -> str:
    """A JSON pointer."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
