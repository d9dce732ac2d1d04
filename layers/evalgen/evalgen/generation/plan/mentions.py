"""What callers choose in the sentence that says what they call for: `book a class at the Kirkstall club`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.choices import choices_of
from evalgen.generation.plan.test import Step
from evalgen.generation.plan.way import Walk, changes
from evalgen.generation.read.chain import Played
from evalgen.generation.read.grammar import Grammar
from evalgen.generation.values import snake, words_of


def is_said_first(parameter: str, grammar: Grammar) -> bool:
    """Whether callers choose it with their request; kinds of fee or of place are answers to a question, and
    so is what has two words and no frame of its own (`service level`): nobody would say it like that.
    """
    words, table = set(words_of(parameter)), grammar.words.tables["wishes"]
    asked = not words.isdisjoint(table["kinds"]) and not words.isdisjoint(table["asked_kinds"])
    frames = load(grammar.language, "plan")["mentions"]["said"]
    sayable = len(words) == 1 or any(_is_for(one, parameter) for one in frames)
    return sayable and not asked and not words.isdisjoint(table["said_first"])


def with_choice(way: Walk, played: Played, parameter: str, ref: str, noun: str, prompt: str) -> Step:
    """The request with the choice in it: in the place of another one that the wish names, else beside it."""
    step = way.script.steps[0]
    choices = choices_of(played, parameter, way.script.spoken.grammar, prompt)
    named = next((c for c in choices if re.search(rf"\b{re.escape(c)}\b", step.action)), "")
    if named:
        return replace(step, action=re.sub(rf"\b{re.escape(named)}\b", ref, step.action, count=1))
    return _mention(way, step, parameter, ref, noun, plainly=_is_a_kind(way, parameter, prompt))


def _is_a_kind(way: Walk, parameter: str, prompt: str) -> bool:
    """Whether a choice says nothing without its thing: `local` of `move_type`, where the prompt has local
    moves.
    """
    words, value = words_of(parameter), str(way.script.profile.get(snake(parameter), ""))
    thing = re.escape(words[-2]) if len(words) > 1 else "(?!)"
    told = rf"\b{re.escape(value)} {thing}|\b{thing}$"
    return re.search(told, f"{prompt}\n{value}", re.IGNORECASE) is not None


def _mention(way: Walk, step: Step, parameter: str, value: str, noun: str, *, plainly: bool) -> Step:
    """The step, saying one thing more; a place before everything else. `plainly`: by what it is asked as."""
    frames: dict[str, Any] = way.script.spoken.frames["mentions"]
    own = next((one for one in frames["said"] if _fits(one, parameter, way)), frames)
    said = frames if plainly and own.get("kind") else own
    mark = re.search(frames["mark"], step.action)
    slots = {"value": value, "the_input": way.script.spoken.grammar.the(noun), "input": noun}
    if "more" in said:
        return replace(step, action=said["more" if mark else "first"].format(action=step.action, **slots))
    end = mark.start() if mark else len(step.action)
    request, beside = step.action[:end], step.action[end:]
    return replace(step, action=said["first"].format(action=request, **slots) + beside)


def _fits(one: dict[str, Any], parameter: str, way: Walk) -> bool:
    """A place of what is moved may be that of the old one or the new one: it is not `at` it."""
    of_new = not one.get("new") or not changes(way)
    return of_new and _is_for(one, parameter)


def _is_for(one: dict[str, Any], parameter: str) -> bool:
    return re.search(one["key"], " ".join(words_of(parameter))) is not None
