"""One day that several calls of a chain are asked with: callers say it once, whatever each calls it."""

from __future__ import annotations

from evalgen.generation.plan.way import Walk
from evalgen.generation.read.chain import Input
from evalgen.generation.read.grammar import Grammar
from evalgen.generation.values import MOMENTS, key_words, kind_of, same


def given_before(way: Walk, number: int, one: Input) -> int:
    """The step that gives the day of an input for an earlier call; 0 where none does."""
    grammar = way.script.spoken.grammar
    for (call, where), step in way.given.items():
        for told in way.chain.calls[call].inputs if call < number else ():
            if "/".join(map(str, told.where)) == where and is_one_day(told, one, grammar):
                return step
    return 0


def is_one_day(told: Input, one: Input, grammar: Grammar) -> bool:
    """Whether two inputs are of one day: the `date` of a search is the `move_date` of the price before it."""
    if kind_of(one.key, one.value) != "date" or same(told.value) != same(one.value):
        return False
    table, kept = grammar.words.tables["fields"], grammar.words.tables["keys"]["prefixes"]["kept"]
    words, others = set(key_words(told.key)), set(key_words(one.key))
    if (words | others) & {*table["no_moments"], *table["ends"]}:
        return False
    words, others = (w - {*table["last_of_moments"], *kept} for w in (words, others))
    return words <= others or others <= words


def is_wished(one: Input, grammar: Grammar) -> bool:
    """Whether an input is a day or time that callers would like, and none of something that has been."""
    been = set(grammar.words.tables["fields"]["been"])
    return kind_of(one.key, one.value) in MOMENTS and been.isdisjoint(key_words(one.key))
