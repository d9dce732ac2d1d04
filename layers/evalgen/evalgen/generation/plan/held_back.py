"""What a caller whom no record has does not give: the phone number or e-mail by which somebody is found."""

from __future__ import annotations

from dataclasses import replace

from evalgen.generation.definition import MockCall
from evalgen.generation.plan.script import Speech, reference
from evalgen.generation.plan.test import Step, Test
from evalgen.generation.read.chain import Played
from evalgen.generation.values import key_of, kind_of, leaves, same

BY_WHICH = ("phone", "email")
"""Kinds of facts by which alone a record is found, and that nobody has to have to hand."""


def held_back(test: Test, look_up: Played) -> Test:
    """The test of a look-up that finds nobody, without what it finds others by than in this call: its answer
    to that would be somebody's record, or none that is known. Where the prompt has its own way on, it may
    want just that.
    """
    spared = test.is_ruled or look_up.tool.role != "identify"
    kinds = set[str]() if spared else _kinds_that_find_others(look_up)
    spoken = Speech(test.language)
    for key in [key for key, value in test.profile.items() if kind_of(key, value) in kinds]:
        given = spoken.giving(reference(key))
        steps = tuple(
            _without(s, spoken) if s.action == given and s.moment.standing else s for s in test.steps
        )
        if steps != test.steps:
            profile = {name: value for name, value in test.profile.items() if name != key}
            test = replace(test, steps=steps, profile=profile)
    return test


def _kinds_that_find_others(look_up: Played) -> set[str]:
    own = _kinds_of(look_up.call)
    found = [_kinds_of(call) for call in look_up.tool.calls.get("success", ())]
    return {kind for kinds in found if not kinds & own for kind in kinds}


def _kinds_of(call: MockCall) -> set[str]:
    """Those of what a look-up is asked with, as its answer calls it."""
    told = {same(value): key_of(path) for path, value in leaves(call.output)}
    asked = [(told.get(same(value), key_of(path)), value) for path, value in leaves(call.input)]
    return set(BY_WHICH).intersection(kind_of(key, value) for key, value in asked)


def _without(step: Step, spoken: Speech) -> Step:
    the_input = step.moment.what.removeprefix(str(spoken.frames["moves"]["asked_for"]))
    return replace(step, action=spoken.step("give_nothing", the_input=the_input).action)
