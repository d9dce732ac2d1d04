"""One day that several calls of a chain are asked with: callers say it once, whatever each calls it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from evalgen.generation.definition import MockCall
from evalgen.generation.plan.way import Walk
from evalgen.generation.read.chain import Chain, Input, Played, value_at
from evalgen.generation.read.grammar import Grammar
from evalgen.generation.values import key_words, kind_of, same


def given_before(way: Walk, number: int, one: Input) -> int:
    """The step that gives the day of an input for an earlier call; 0 where none does."""
    grammar = way.script.spoken.grammar
    for (call, where), step in way.given.items():
        for told in way.chain.calls[call].inputs if call < number else ():
            if "/".join(map(str, told.where)) == where and _is_one_day(told, one, grammar):
                return step
    return 0


def _is_one_day(told: Input, one: Input, grammar: Grammar) -> bool:
    """Whether two inputs are of one day: the `date` of a search is the `move_date` of the price before it."""
    if kind_of(one.key, one.value) != "date" or same(told.value) != same(one.value):
        return False
    table, kept = grammar.words.tables["fields"], grammar.words.tables["keys"]["prefixes"]["kept"]
    words, others = set(key_words(told.key)), set(key_words(one.key))
    if (words | others) & {*table["no_moments"], *table["ends"]}:
        return False
    words, others = (w - {*table["last_of_moments"], *kept} for w in (words, others))
    return words <= others or others <= words


def on_another_day(chain: Chain, number: int, call: MockCall, grammar: Grammar) -> list[Played] | None:
    """The calls before number `number` where that is asked with another day in `call`: those about the same
    day are, too. None where the data hold no such answer.
    """
    days = [
        (i, value_at(call.input, i.where)) for i in chain.calls[number].inputs if i.by == "caller" and i.value
    ]
    days = [(one, day) for one, day in days if day and same(day) != same(one.value)]
    found = []
    for played in chain.calls[:number]:
        moved = {i.where: day for i in played.inputs for one, day in days if _is_one_day(i, one, grammar)}
        other = next(_asked_with(played, moved), None) if moved else played
        if other is None:
            return None
        found.append(other)
    return found


def _asked_with(played: Played, moved: dict[tuple[str | int, ...], str]) -> Iterator[Played]:
    """The call as the data hold it with these values instead of its own."""
    inputs = tuple(replace(one, value=moved.get(one.where, one.value)) for one in played.inputs)
    for call in played.tool.calls.get("success", ()):
        if call.input.keys() == played.call.input.keys() and all(
            same(value_at(call.input, one.where)) == same(one.value) for one in inputs
        ):
            yield replace(played, call=call, inputs=inputs)
