"""Answers to what a good agent may ask for although the call ends before the deed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from evalgen.generation.plan.script import reference
from evalgen.generation.plan.test import MOST_STEPS, Step, Test
from evalgen.generation.plan.way import Choice, Walk, records_of
from evalgen.generation.values import is_first_name, is_whole_name, kind_of, leaves, snake


def stand_by_for_the_rest(way: Walk, example: Walk) -> None:
    """What the deed takes behind the record, as it goes where it succeeds; as far as ten steps allow."""
    record = records_of(example.chain)[0]
    numbers = {step for (number, _), step in example.given.items() if number > record}
    numbers |= {
        choice.step for choice in example.choices if choice.thing.offered and _is_for_all(choice, example)
    }
    added: dict[str, Any] = {}
    mentioned = [_mentioned(where, example) for (_, where), step in example.given.items() if step == 1]
    later = [standing(example.script.steps[number - 1]) for number in sorted(numbers - {1})]
    for step in (*mentioned, *later):
        if any(one.moment.what == step.moment.what for one in way.script.steps):
            continue
        used = _of_this_record(_used(step, example), way, example)
        if used is None:
            continue
        if len(way.script.steps) < MOST_STEPS - 2 and used.keys().isdisjoint(way.script.profile):
            way.script.steps.append(step)
            added |= used
    way.script.profile |= added


def _is_for_all(choice: Choice, example: Walk) -> bool:
    """Whether what is offered does not hang on the record, as the slots of its own branch do."""
    inputs = example.chain.calls[choice.thing.call].inputs
    return all(one.by != "answer" or kind_of(one.key, one.value) == "id" for one in inputs)


def _of_this_record(used: dict[str, Any], way: Walk, example: Walk) -> dict[str, Any] | None:
    """The values, those that the example's record holds as this caller's record has them at the same place;
    None where it holds nothing there, or another kind of thing.
    """
    theirs = dict(leaves(example.chain.calls[records_of(example.chain)[0]].call.output))
    own = dict(leaves(way.chain.calls[records_of(way.chain)[0]].call.output))
    found = {}
    for key, value in used.items():
        places = [
            path for path, held in theirs.items() if kind_of(key, value) in ("date", "id") and held == value
        ]
        values = [own[path] for path in places if own.get(path)]
        if places and not values:
            return None
        found[key] = values[0] if values else value
    return found


def with_answers_before(test: Test, whole: Walk | None, number: int) -> Test:
    """The test of a look-up that fails, with what the caller chooses of lists that come before it, and what
    the agent asks for beside the look-up to compare it with the record.
    """
    if whole is None:
        return test
    given = max((step for (call, _), step in whole.given.items() if call == number), default=0)
    for step in _compared(whole, number):
        test = _with(test, step, given or len(test.steps) - 1, whole)
    for step in _chosen_before(whole, number):
        test = _with(test, step, len(test.steps) - 1, whole)
    return test


def _with(test: Test, step: Step, after: int, whole: Walk) -> Test:
    """The test with one step more behind so many others, if that says nothing that it has already."""
    used = {key: _own_name(key, value, test) for key, value in _used(step, whole).items()}
    asked = any(one.moment.what == step.moment.what for one in test.steps)
    named = any(is_whole_name(k, v) for k, v in test.profile.items())
    two = named and any(is_whole_name(k, v) and v not in test.profile.values() for k, v in used.items())
    if asked or two or len(test.steps) >= MOST_STEPS or not used.keys().isdisjoint(test.profile):
        return test
    moved = tuple(one.moved(after) for one in test.assertions)
    steps = (*test.steps[:after], step, *test.steps[after:])
    return replace(test, steps=steps, assertions=moved, profile={**test.profile, **used})


def _own_name(key: str, value: Any, test: Test) -> Any:
    """A part of a name as the caller of the test has it, where the test says who that is."""
    full = next((str(v) for k, v in test.profile.items() if is_whole_name(k, v)), "")
    if not full or kind_of(key, value) != "name" or " " in str(value):
        return value
    return full.split()[0 if is_first_name(key) else -1]


def _chosen_before(whole: Walk, number: int) -> Iterator[Step]:
    for choice in whole.choices:
        if choice.thing.offered and choice.thing.call < number:
            yield standing(whole.script.steps[choice.step - 1])


def _compared(whole: Walk, number: int) -> Iterator[Step]:
    if whole.chain.calls[number].tool.role == "identify":
        for fact in whole.compared:
            ref = reference(fact.key)
            yield from (s for s in whole.script.steps if s.moment.standing and ref in s.action)


def _used(step: Step, whole: Walk) -> dict[str, Any]:
    said = step.action + step.moment.what
    return {k: v for k, v in whole.script.profile.items() if reference(k) in said}


def _mentioned(where: str, example: Walk) -> Step:
    """What the example's request says beside its wish, as an answer of its own."""
    key = snake(where.rpartition("/")[2])
    speech = example.script.spoken
    return speech.answer(reference(key), speech.grammar.words.noun_of(key))


def standing(step: Step) -> Step:
    return replace(step, moment=replace(step.moment, standing=True))
