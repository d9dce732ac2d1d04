"""What the assertions of a test, and the text that is made of them, have to satisfy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.check.words import Words, is_foreign, reads_as
from evalgen.generation.plan.test import MOST_ASSERTIONS, Ground, Test
from evalgen.generation.write.placeholders import without_placeholders

WORDS = (4, 45)
_QUOTED = re.compile(r'"[^"]*"|`[^`]*`|«[^»]*»|“[^”]*”')


def lines(test: Test, words: Words) -> Iterator[str]:
    if not 1 <= len(test.assertions) <= MOST_ASSERTIONS:
        yield f"{len(test.assertions)} assertions; 1 to {MOST_ASSERTIONS} are allowed"
    for one in test.assertions:
        count = len(one.text.split())
        if not WORDS[0] <= count <= WORDS[1]:
            yield f"assertion {one.id} has {count} words; {WORDS[0]} to {WORDS[1]} are allowed"
        if "\n" in one.text or not words.outcome_check("statement").match(one.text):
            yield f"assertion {one.id} does not begin as a statement: {one.text[:60]!r}"
        if found := words.outcome_check("opinions").search(_QUOTED.sub("", one.text)):
            yield f"assertion {one.id} has a word of opinion: {found[0]!r}"
    texts = [one.text.casefold() for one in test.assertions]
    if len(set(texts)) < len(texts):
        yield "two assertions are the same"


def grounds(test: Test, _: Words) -> Iterator[str]:
    """Ids resolve: every assertion rests on something that is there, and has a step that causes it."""
    ids = [one.id for one in test.assertions]
    if len(set(ids)) < len(ids):
        yield "two assertions have the same id"
    outputs = {call.id: call.output for call in test.calls}
    for one in test.assertions:
        if not 1 <= one.caused_by_step <= len(test.steps):
            yield f"assertion {one.id} is caused by step {one.caused_by_step}, which there is not"
        if not one.rests_on:
            yield f"assertion {one.id} rests on nothing"
        for ground in one.rests_on:
            if problem := _problem(ground, outputs):
                yield f"assertion {one.id} rests on {problem}"


def _problem(ground: Ground, outputs: dict[str, object]) -> str:
    if ground.call:
        if ground.call not in outputs:
            return f"a call {ground.call!r}, which there is not"
        return "" if _is_there(outputs[ground.call], ground.path) else f"{ground.path!r}, which no answer has"
    if ground.lines is None and not ground.statement and not ground.attack:
        return "nothing"
    if ground.lines is not None and not 1 <= ground.lines[0] <= ground.lines[1]:
        return f"lines {ground.lines}, which there are not"
    return ""


def _is_there(value: object, pointer: str) -> bool:
    """Whether the JSON pointer (RFC 6901) leads to something."""
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        else:
            return False
    return True


def languages(test: Test, words: Words) -> Iterator[str]:
    """Name and steps in the language that is spoken, the outcome in the one that it is judged in."""
    for text in (test.aim, *words.lines):
        if not reads_as(_QUOTED.sub("", text), words.language):
            yield f"not in the language {words.language!r}: {text[:60]!r}"
    told = " ".join(f"{step.action} {step.moment.what}" for step in test.steps)
    if is_foreign(_QUOTED.sub("", without_placeholders(told)), words.language):
        yield f"the steps are not in the language {words.language!r}"
    for one in test.assertions:
        if not reads_as(_QUOTED.sub("", one.text), words.told_in):
            yield f"assertion {one.id} is not in the language {words.told_in!r}"


CHECKS = (lines, grounds, languages)
