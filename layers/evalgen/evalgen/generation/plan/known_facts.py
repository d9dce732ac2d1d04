"""The facts of a look-up that callers ask for, by the names that they have for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.plan.kept_back import tells_it_himself
from evalgen.generation.plan.things import facts_in
from evalgen.generation.plan.told import in_currency, never_said
from evalgen.generation.read.chain import Chain, value_at
from evalgen.generation.read.grammar import Grammar, is_sayable
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import PERSONAL, Path, key_of, key_words, kind_of, leaves, plain, same

LONGEST_LABEL = 3
SHORTEST_WORD = 3
"""A state in so few letters (`on`) says nothing to a caller."""


@dataclass(frozen=True, slots=True)
class Known:
    """A fact of a look-up: what people call it, and its value as it is said."""

    path: Path
    label: str
    value: str


def facts_of(call: MockCall, chain: Chain, model: AgentModel, grammar: Grammar) -> Iterator[Known]:
    table = grammar.words.tables["facts"]
    given = {same(v) for p in chain.calls for _, v in leaves(p.call.input)}
    banned = {plain(w.strip(".,;:")) for s in model.sure("ban") for w in s.text.split()}
    sums = () if any(names_one(p, v) for p, v in leaves(call.input)) else table["sums"]
    for path, value in facts_in(call.output):
        words = _named(path, grammar)
        if not words or same(value) in given or not is_sayable(value):
            continue
        label = table["labels"].get("_".join(words)) or (
            " ".join(words) if words[-1] in table["heads"] and _is_said(words, model, table) else ""
        )
        key, kind = key_of(path), kind_of(key_of(path), value)
        if (
            not label
            or (words[-1] in sums and _has_prices(model))
            or set(words) & banned
            or never_said(words, model)
            or tells_it_himself(key, value, model)
            or kind in ("id", *PERSONAL)
            or (kind == "money" and value == 0)
            or (len(path) == 1 and plain(str(value)) in table["of_calls"])
            or (kind == "text" and not model.says(str(value)) and _is_always(path, value, chain))
        ):
            continue
        said = _said(key, value, model.record_rules.today, grammar)
        if kind in ("money", "number") and words[-1] in table["sums"]:
            said = in_currency(value, said, model)
        if said and (len(said) > SHORTEST_WORD or any(c.isdigit() for c in said)):
            yield Known(path, label, said)


def _named(path: Path, grammar: Grammar) -> tuple[str, ...]:
    """The words of a fact's key; of a bare amount those above it: `{"balance": {"amount": 84}}`."""
    words, table = key_words(key_of(path)), grammar.words.tables
    within = key_words(path[-2]) if len(path) > 1 and isinstance(path[-2], str) else ()
    bare = words[-1:] == words and set(words) & set(table["facts"]["bare"])
    return within if bare and within and within[-1] not in table["nouns"]["list_words"] else words


def _is_said(words: tuple[str, ...], model: AgentModel, table: Mapping[str, Any]) -> bool:
    """Whether people have such a name for a fact: one clear word, a usual one, a few of the prompt."""
    name = " ".join(words)
    if len(words) == 1:
        return name not in table["vague"]
    return name in table["usual"] or (len(words) <= LONGEST_LABEL and model.says(name))


def _is_always(path: Path, value: Any, chain: Chain) -> bool:
    """Whether several records all have this value: it tells none of them from another."""
    found = [value_at(one.output, path) for one in chain.last.tool.calls.get("success", ())]
    return len(found) > 1 and all(one == value for one in found)


def _has_prices(model: AgentModel) -> bool:
    """Whether the prompt speaks of money."""
    return "$" in model.definition.description or bool(in_currency(1, "1", model))


def names_one(path: Path, value: Any) -> bool:
    """Whether an input says whose record is meant; a price that is only worked out is the prompt's own."""
    return kind_of(key_of(path), value) in ("id", *PERSONAL)


def _said(key: str, value: Any, today: date | None, grammar: Grammar) -> str:
    """A value as it is said: a day of another year than today's with its year."""
    if today and kind_of(key, value) == "date" and (day := date.fromisoformat(str(value))).year != today.year:
        return grammar.date_of_year(day)
    text = grammar.said(key, value)
    return text.lower() if text.isupper() and text.isalpha() and len(text) > 3 else text
