"""What the prompt asks of a thing that callers say: of a `vehicle` its length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.choices import with_unit
from evalgen.generation.plan.script import Script, reference
from evalgen.generation.read.chain import Input
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.read.words import MOST_KEPT, in_all, singular_of
from evalgen.generation.values import key_of, key_words, leaves, plain, same, snake


def answer_of_things(
    script: Script, asked: Sequence[Statement], taken: Iterable[Input], model: AgentModel
) -> bool:
    """Have callers say with a thing that they give by a word (`vehicle`: `car`) what the statements ask of
    it: what a record has of another such one. False where none has it.
    """
    inputs = list(taken)
    known = {word for one in inputs for word in key_words(one.key)}
    none = in_all("choices", "none")
    for one in inputs:
        if one.by != "caller" or not isinstance(one.value, str) or plain(one.value) in none:
            continue
        for what in _asked_of(key_words(one.key), asked, model):
            if what in known or any(what in key_words(key) for key in script.profile):
                continue
            found = next(_had_by_others(one, what, model), None)
            if found is None:
                return False
            _say_with(script, reference(snake(one.key)), what, *found)
    return True


def _say_with(script: Script, thing: str, what: str, key: str, value: Any) -> None:
    """The step that says a thing, with what is asked of it."""
    grammar = script.spoken.grammar
    for number, step in enumerate(script.steps):
        if thing not in step.action:
            continue
        said = with_unit(script.keep(snake(what), value), Input((key,), key, value, "caller"), grammar)
        if step.action == script.spoken.giving(thing):
            nouns = grammar.listed([step.moment.what, grammar.the(what)])
            moment = replace(step.moment, what=nouns)
            action = script.spoken.giving(grammar.listed([thing, said]))
            script.steps[number] = replace(step, action=action, moment=moment)
            return
        frame = str(script.spoken.frames["mentions"]["first"])
        action = frame.format(action=step.action, value=said, the_input=grammar.the(what), input=what)
        script.steps[number] = replace(step, action=action)
        return


def _asked_of(thing: tuple[str, ...], asked: Iterable[Statement], model: AgentModel) -> Iterator[str]:
    """What is asked of a thing: `length` where it is asked for with its length."""
    for statement in asked:
        for name, what in _asked_with(statement.text, model.judged):
            if name == singular_of(thing[-1]):
                yield from what


@lru_cache(maxsize=MOST_KEPT)
def _asked_with(text: str, language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The things that a text has asked for with something of theirs, each with what that is."""
    table = load(language, "rules")
    return tuple(
        (singular_of(m["thing"]), tuple(re.findall(r"\w+", re.sub(table["asked_with_and"], " ", m["what"]))))
        for m in re.finditer(table["asked_with"], plain(text))
    )


def _had_by_others(one: Input, what: str, model: AgentModel) -> Iterator[tuple[str, Any]]:
    """What the records have of such things, with its key: of `{type: car, length_m: 4.4}` of a vehicle."""
    thing = set(key_words(one.key))
    for tool in model.tools.values():
        for call in tool.tool.mock_data:
            found = list(leaves(call.output))
            for path, value in found:
                if what not in key_words(key_of(path)) or not isinstance(value, str | int | float):
                    continue
                beside = [p for p, v in found if p[:-1] == path[:-1] and same(v) == same(one.value)]
                if any(
                    thing & {word for part in p if isinstance(part, str) for word in key_words(part)}
                    for p in beside
                ):
                    yield key_of(path), value
