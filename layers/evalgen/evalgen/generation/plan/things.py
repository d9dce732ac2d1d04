"""The things that answers list (openings, appointments, transactions), as people tell them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evalgen.generation.read.chain import Chain, Input, Played, value_at
from evalgen.generation.read.grammar import Grammar
from evalgen.generation.values import (
    OF_ONE,
    Path,
    is_listed,
    key_of,
    key_words,
    kind_of,
    leaves,
    words_of,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing of a list in the answer of the chain's call number `call`.

    `item` and `items` are what one and all are called; `offered` says that it is on offer and not yet the
    caller's own.
    """

    call: int
    place: Path
    item: str
    items: str
    one: Any
    others: tuple[Any, ...]
    offered: bool


def listed_in(chain: Chain, one: Input, grammar: Grammar) -> Listed | None:
    """The listed thing that an input belongs to, if its value stands inside a list of an answer."""
    positions = [index for index, part in enumerate(one.path) if isinstance(part, int)]
    if one.by != "answer" or not positions:
        return None
    cut = positions[0]
    place = one.path[: cut + 1]
    played = chain.calls[one.call]
    whole = value_at(played.call.output, one.path[:cut])
    if not isinstance(whole, list):
        return None
    named = next((str(p) for p in reversed(one.path[:cut]) if isinstance(p, str)), "")
    noun = " ".join(words_of(named)) or (played.tool.name.noun if played.tool.name else "")
    if not noun:
        return None
    nouns = grammar.words.tables["nouns"]
    parts = list(key_words(noun))
    offered = played.tool.role == "read" and (
        bool(set(parts) & set(nouns["offers"])) or is_open_to_all(played)
    )
    parts = [part for part in parts if part not in nouns["list_words"]] or _called_by(one) or parts
    items = " ".join(parts)
    position = int(place[-1])
    others = tuple(item for number, item in enumerate(whole) if number != position)
    said, single = grammar.words.written(items), grammar.words.written(grammar.words.singular(items))
    return Listed(one.call, place, single, said, whole[position], others, offered)


def _called_by(one: Input) -> list[str]:
    """What a list without a name of its own holds, by the key of its ids (`lesson_id`) or of a text of one
    word that is chosen of it (`session`).
    """
    words = key_words(one.key)
    nouns = [word for word in words if word not in ("id", "number", "no", "ref", "code")]
    is_said = len(words) == 1 and kind_of(one.key, one.value) == "text"
    return [*nouns[:-1], f"{nouns[-1]}s"] if nouns and (is_said or len(nouns) < len(words)) else []


def is_open_to_all(played: Played) -> bool:
    """Whether a list was asked for by its day or by choices alone, and not by anybody's number or name."""
    kinds = {kind_of(key_of(path), value) for path, value in leaves(played.call.input)}
    chosen = [key for key in played.call.input if "enum" in played.tool.properties.get(key, {})]
    of_choices = bool(chosen) and len(chosen) == len(played.call.input)
    dated = bool(kinds & {"date", "datetime"})
    return (dated or of_choices) and kinds.isdisjoint(OF_ONE)


def facts_in(output: Any) -> Iterator[tuple[Path, Any]]:
    """The values of an answer that stand outside lists."""
    for path, value in leaves(output):
        if not is_listed(path):
            yield path, value


def names_superlative(text: str, grammar: Grammar) -> bool:
    return any(re.search(p, text, re.IGNORECASE) for p in grammar.words.tables["fields"]["superlatives"])
