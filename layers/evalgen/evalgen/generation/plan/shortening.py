"""Scripts of more steps than a scenario has: two things given one after the other are given together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evalgen.generation.plan.script import Script, Speech
from evalgen.generation.plan.test import Step
from evalgen.generation.read.model import AgentModel
from evalgen.generation.values import plain

SHORTEST_NOUN = 3
_VALUE = r"\{\{test_profile\.\w+\}\}"


def shorten(script: Script, most: int, model: AgentModel) -> None:
    """Join neighbouring answers until at most `most` steps are left: first those that the prompt asks for in
    one sentence.
    """
    texts = [plain(s.text) for s in model.prompt.statements]
    while len(script.steps) > most:
        pairs = [n for n in range(1, len(script.steps)) if _joined(script, n) is not None]
        if not pairs:
            return
        place = max(pairs, key=lambda n: (_asked_together(script, n, texts), n))
        joined = _joined(script, place)
        assert joined is not None
        script.steps[place - 1 : place + 1] = [joined]
        script.assertions[:] = [one.moved(place, -1) for one in script.assertions]


def pairs_in(script: Script) -> int:
    """How many steps fewer there may be: neighbouring answers, each counted once."""
    count, place = 0, 1
    while place < len(script.steps):
        joins = _joined(script, place) is not None
        count, place = count + joins, place + 1 + joins
    return count


def _joined(script: Script, place: int) -> Step | None:
    """Steps number `place` and `place + 1` as one, where both give a single value that is asked for."""
    steps = script.steps[place - 1 : place + 1]
    parts = [_given(step, script.spoken) for step in steps]
    if len(parts) < 2 or any(part is None for part in parts):
        return None
    if len(standing := {step.moment.standing for step in steps}) > 1:
        return None
    (first, one), (second, other) = (part for part in parts if part)
    grammar = script.spoken.grammar
    return script.spoken.step(
        "give_standing" if standing == {True} else "give",
        value=grammar.listed([first, second]),
        the_input=grammar.listed([one, other]),
    )


def _asked_together(script: Script, place: int, texts: Sequence[str]) -> bool:
    parts = [_given(step, script.spoken) for step in script.steps[place - 1 : place + 1]]
    words = [[w for w in plain(part[1]).split() if len(w) > SHORTEST_NOUN] for part in parts if part]
    return any(all(any(w in text for w in said) for said in words) for text in texts)


def _given(step: Step, speech: Speech) -> tuple[str, str] | None:
    """The value that a step gives and the words for which it is asked."""
    units = "|".join(speech.grammar.words.tables["measured"]["units"].values())
    value = re.search(rf"{_VALUE}(?: (?:{units})$)?", step.action)
    if not value or step.action != speech.giving(value[0]):
        return None
    pattern = re.escape(str(speech.frames["steps"]["give"][2])).replace(r"\{the_input\}", "(.+)")
    asked = re.fullmatch(pattern, step.moment.what) if step.moment.kind == "asked" else None
    return (value[0], asked[1]) if asked else None
