"""From a finished walk to a test: calls, forbidden calls, variables, what it covers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from evalgen.generation.plan.at_hand import at_hand
from evalgen.generation.plan.passing_on import SETBACKS, reaches_nobody, transfers
from evalgen.generation.plan.picking_up import ends_unknown, pick_up
from evalgen.generation.plan.said_of_calls import barred, demanded
from evalgen.generation.plan.script import Script, reference
from evalgen.generation.plan.shortening import shorten
from evalgen.generation.plan.test import (
    FEWEST_STEPS,
    MOST_ASSERTIONS,
    MOST_STEPS,
    Assertion,
    ExpectedCall,
    ForbiddenCall,
    Test,
)
from evalgen.generation.plan.variables import variables_of
from evalgen.generation.plan.way import Walk, entry
from evalgen.generation.read.chain import Chain
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.values import key_words, kind_of, same, words_of


def finish(
    script: Script,
    model: AgentModel,
    family: str,
    key: Sequence[str],
    name: str,
    *,
    chain: Chain | None = None,
    calls: Sequence[ExpectedCall] = (),
    forbidden: Sequence[ForbiddenCall] = (),
    covers: Sequence[str] = (),
    tags: Sequence[str] = (),
) -> Test | None:
    """A test of the script; None where it takes more steps than a scenario has, one question has two answers,
    or the call is passed on to whom nobody reaches. `key` says what is tested within its family.
    """
    shorten(script, MOST_STEPS, model)
    if family == "mismatch":
        _forget_names(script)
    if not FEWEST_STEPS <= len(script.steps) <= MOST_STEPS or ends_unknown(calls, model):
        return None
    if family == "no_record" and chain and _is_known_by_its_number(chain):
        return None
    if _answers_twice(script) or (family in SETBACKS and reaches_nobody(script, model)):
        return None
    script.assertions = _the_most_telling(script.assertions)
    grounds = [g.statement for a in script.assertions for g in a.rests_on if g.statement]
    made = {(call.tool, repr(call.input)) for call in calls if not call.optional}
    calls = [*calls, *demanded([*transfers(script, model, calls, family)], script, model)]
    met = {*(call.tool for call in calls), *(call.tool for call in forbidden)}
    forbidden = [*forbidden, *barred(script, model, covers, met)]
    calls = [*calls, *at_hand(calls, model)]
    outcomes = [
        f"{p.tool.tool.name}:{p.answer}"
        for p in (chain.calls if chain else ())
        if (p.tool.tool.name, repr(p.call.input)) in made
    ]
    variables = variables_of(model, chain, script.profile)
    if family != "picks_up":
        pick_up(script, model, variables)
    _forget_repeated(script)
    return Test(
        key=f"{family}:{'/'.join(key)}",
        aim=name,
        language=script.spoken.language,
        told_in=script.judged.language,
        steps=tuple(script.steps),
        assertions=tuple(script.assertions),
        calls=tuple(calls),
        forbidden=tuple(forbidden),
        profile=dict(script.profile),
        variables=variables,
        profile_name=_person(script.profile),
        tags=(family, *tags),
        covers=tuple(dict.fromkeys((*covers, *grounds, *outcomes))),
    )


def _is_known_by_its_number(chain: Chain) -> bool:
    """Whether a look-up takes the number of a variable: whose it is was known before the call."""
    return any(kind_of(one.key, one.value) == "id" for _, one in chain.inputs("variable"))


def _answers_twice(script: Script) -> bool:
    """Whether one question has two answers that are given if it is asked: two postcodes of one caller."""
    plain_answers = {script.spoken.giving(reference(key)) for key in script.profile}
    given = [step for step in script.steps if step.action in plain_answers]
    standing = {step.moment.what for step in given if step.moment.standing}
    return any(len({step.action for step in given if step.moment.what == one}) > 1 for one in standing)


def _the_most_telling(assertions: list[Assertion]) -> list[Assertion]:
    """As many as a scenario may have: what only an order of the prompt wants said goes first, the last of it
    before the others.
    """
    ordered = [a for a in assertions if a.kind == "says" and not any(g.call for g in a.rests_on)]
    over = len(assertions) - MOST_ASSERTIONS
    left_out = [*ordered[::-1], *assertions[:0:-1]][:over] if over > 0 else []
    kept = [one for one in assertions if one not in left_out]
    return [replace(one, id=f"a{number}") for number, one in enumerate(kept, 1)]


def _forget_names(script: Script) -> None:
    """Who gives a wrong fact has no true name to fall back on."""
    said = " ".join(step.action for step in script.steps)
    for key in [k for k, v in script.profile.items() if kind_of(k, v) == "name" and f".{k}}}}}" not in said]:
        del script.profile[key]


def _forget_repeated(script: Script) -> None:
    """Names and phone numbers that no step says and another key holds: `nombre` beside `full_name`."""
    said = " ".join(text for s in script.steps for text in (s.action, s.moment.what))
    said += " ".join(one.text for one in script.assertions)
    for key, value in reversed(list(script.profile.items())):
        kind = kind_of(key, value)
        if kind not in ("name", "phone") or reference(key) in said:
            continue
        others = [v for k, v in script.profile.items() if k != key and kind_of(k, v) == kind]
        bare = key_words(key)[-1:] == key_words(key) and any(" " in str(v) for v in others)
        if bare or any(
            same(value) == same(v) or set(words_of(str(value))) < set(words_of(str(v))) for v in others
        ):
            del script.profile[key]


def entry_key(way: Walk) -> str:
    """The record that a test is about, short."""
    return hashlib.sha256(entry(way.chain).encode()).hexdigest()[:8]


def never(tool: ToolModel) -> ForbiddenCall:
    """No call of the tool that does anything; one that only works out what it would do may be made."""
    return ForbiddenCall(tool.tool.name, dict(tool.commits_by) or None)


def _person(profile: dict[str, Any]) -> str:
    return next((str(v) for k, v in profile.items() if kind_of(k, v) == "name"), "")
