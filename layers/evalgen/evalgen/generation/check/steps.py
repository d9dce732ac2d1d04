"""What the steps of a scenario have to satisfy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.check.words import Words, whole
from evalgen.generation.plan.test import FEWEST_STEPS, MOST_STEPS, Test
from evalgen.generation.values import key_of, kind_of, leaves
from evalgen.generation.write.frames import action_of
from evalgen.generation.write.placeholders import REFERENCE, value_of, without_placeholders

MOST_WORDS = 45
_SHORTEST_IDENTITY = 4
_IDENTITY = ("phone", "email", "birth_date", "name", "id")
_INTERNAL = re.compile(r"^[A-Za-z]+(?:_[A-Za-z0-9]+)*_\w*\d\w*$")
"""`p_1002`, `slot_0830`: the form of ids that no caller is given."""


def count(test: Test, words: Words) -> Iterator[str]:
    if not FEWEST_STEPS <= len(test.steps) <= MOST_STEPS:
        yield f"{len(test.steps)} steps; {FEWEST_STEPS} to {MOST_STEPS} are allowed"
    lines = [line.casefold() for line in words.lines]
    if len(set(lines)) < len(lines):
        yield "two steps are the same"


def moments(test: Test, words: Words) -> Iterator[str]:
    for number, step in enumerate(test.steps, 1):
        what = step.moment.what
        if step.moment.kind == "opening":
            if number > 1:
                yield f"step {number} is at the opening, which is over by then"
        elif words.check("bare").match(what.strip()) and not (step.moment.kind == "refused" and what):
            yield f"step {number} has no moment that says when: {what!r}"


def actions(test: Test, words: Words) -> Iterator[str]:
    for number, step in enumerate(test.steps, 1):
        action = action_of(step, test.language)
        if not action or words.check("unplayable").match(action):
            yield f"step {number} cannot be played: {action!r}"
    for number, line in enumerate(words.lines, 1):
        if "{" in without_placeholders(line) or len(line.split()) > MOST_WORDS or "\n" in line:
            yield f"step {number} cannot be played: {line[:80]!r}"


def parties(_: Test, words: Words) -> Iterator[str]:
    for number, line in enumerate(words.lines, 1):
        if found := words.check("parties").search(without_placeholders(line)):
            yield f"step {number} names a party: {found[0]!r}"


def ending(test: Test, words: Words) -> Iterator[str]:
    if not test.steps:
        return
    if not (test.steps[-1].last and words.check("ends_call").match(words.lines[-1])):
        yield "the last step does not end the call"
    if any(step.last for step in test.steps[:-1]):
        yield "a step before the last one ends the call"


def references(test: Test, words: Words) -> Iterator[str]:
    known = {**test.variables, **test.profile}
    persona = test.attack.persona if test.attack else ""
    for text in (*words.lines, *(one.text for one in test.assertions), persona):
        for match in REFERENCE.finditer(text):
            if value_of(match, known) in (None, ""):
                yield f"{match[0]} is not in the test profile"


def identity(test: Test, words: Words) -> Iterator[str]:
    text = words.said
    for path, value in leaves({**test.variables, **test.profile}):
        told = str(value).strip().casefold()
        if (
            kind_of(key_of(path), value) in _IDENTITY
            and len(told) >= _SHORTEST_IDENTITY
            and len(told.split()) <= 4
            and whole(told).search(text)
        ):
            yield f"the {key_of(path)} stands in a step instead of a placeholder"


def internals(test: Test, words: Words) -> Iterator[str]:
    """Names that only the agent's makers know, and ids that nobody gives a caller."""
    for name in sorted(words.internal_names):
        if whole(name).search(words.said):
            yield f"a step says {name!r}, a name of a tool or of what goes into it"
    known = {**test.variables, **test.profile}
    placeholders = (value_of(match, known) for line in words.lines for match in REFERENCE.finditer(line))
    spoken = {value for value in placeholders if isinstance(value, str) and _INTERNAL.match(value)}
    answered = {str(value) for call in test.calls for _, value in leaves(call.output)}
    spoken |= {value for value in answered if _INTERNAL.match(value) and value.casefold() in words.said}
    for value in sorted(spoken):
        yield f"a step says the internal id {value!r}"


def copying(_: Test, words: Words) -> Iterator[str]:
    for line in words.lines:
        if copied := words.copied_from_prompt(line):
            yield f"a step repeats the prompt: {copied!r}"


CHECKS = (count, moments, actions, parties, ending, references, identity, internals, copying)
