"""From a finished walk to a test: calls, forbidden calls, variables, what it covers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.plan.at_hand import at_hand
from evalgen.generation.plan.picking_up import ends_unknown, pick_up
from evalgen.generation.plan.said_of_calls import barred, demanded, words_passed_to
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
from evalgen.generation.read.words import all_words, in_all
from evalgen.generation.values import key_words, kind_of, plain, same, words_of

SETBACKS = frozenset({"no_record", "not_verified", "outage", "refusal", "mismatch", "ruled_out", "lacking"})
"""Families in which a good agent may pass the call on."""
NOT_IDENTIFIED = frozenset({"not_verified", "mismatch"})


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
    """A test of the script; None where it takes more steps than a scenario has, or one question has two
    answers. `key` says what is tested within its family.
    """
    shorten(script, MOST_STEPS, model)
    if family == "mismatch":
        _forget_names(script)
    if not FEWEST_STEPS <= len(script.steps) <= MOST_STEPS or ends_unknown(calls, model):
        return None
    if _answers_twice(script):
        return None
    script.assertions = _the_most_telling(script.assertions)
    grounds = [g.statement for a in script.assertions for g in a.rests_on if g.statement]
    made = {(call.tool, repr(call.input)) for call in calls if not call.optional}
    calls = [*calls, *demanded([*_transfers(script, model, calls, family)], script, model)]
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


def _transfers(
    script: Script, model: AgentModel, calls: Sequence[ExpectedCall], family: str
) -> Iterator[ExpectedCall]:
    """The mocked transfers to those whom the assertions name; to `anyone` where a good agent may give up."""
    made, anyone = {call.tool for call in calls}, family in SETBACKS
    told = " ".join(plain(a.text) for a in script.assertions if a.kind != "does_not")
    words = set(re.findall(r"\w+", told))
    failing = model.failing_words if anyone else frozenset()
    rules = {g.statement for a in script.assertions for g in a.rests_on if g.statement}
    texts = [s.text for s in model.prompt.statements if s.id in rules]
    if family in NOT_IDENTIFIED:
        finds = [name for name, tool in model.tools.items() if tool.role == "identify"]
        sections = {section for name in finds for section in model.sections[name]}
        texts += [s.text for s in model.prompt.statements if s.section in sections]
    words |= {w for one in rules for w in words_passed_to(model.by_id.get(one), script)}
    passes_to = load(model.judged, "rules")["passes_to"] if model.judged else "(?!)"
    passed_to = {w for text in texts for m in re.finditer(passes_to, text) for w in plain(m["x"]).split()}
    passes = any(known.effect(word) == "inward" for known in all_words() for word in words)
    to_nobody = any(a.text == script.judged.outcome("transfers") for a in script.assertions)
    for tool in model.tools.values():
        if tool.role != "inward" or tool.tool.name in made:
            continue
        if anyone and not _to_anyone(tool):
            continue
        calls_of_tool = tool.calls.get("success", [])
        ordered = [call for call in calls_of_tool if _is_ordered(tool, call, texts)]
        ordered = ordered or [call for call in calls_of_tool if _named(call, words | passed_to)]
        fit = ordered or [
            call
            for call in calls_of_tool
            if _is_meant(call, words, passes) or (anyone and _gives_up(call, failing))
        ]
        fit = fit or (calls_of_tool if (to_nobody or anyone) and _to_anyone(tool) else [])
        for number, call in enumerate(calls_of_tool, 1):
            if call in fit:
                yield ExpectedCall(
                    f"t{number}", tool.tool.id, tool.tool.name, call.input, call.output, optional=True
                )


def _is_meant(call: MockCall, words: set[str], passes: bool) -> bool:
    """Whether the words of an outcome name whom a call is passed to, or what for."""
    return any(passes or len(words_of(target)) > 1 for target in _named(call, words))


def _gives_up(call: MockCall, failing: frozenset[str]) -> bool:
    """Whether a call is passed on where the agent may give up: to whom rules about that name, or anyone."""
    targets = _targets(call)
    return not targets or any(set(key_words(target)) <= failing for target in targets)


def _targets(call: MockCall) -> list[str]:
    return [value for value in call.input.values() if isinstance(value, str)]


def _named(call: MockCall, words: set[str]) -> list[str]:
    """Whom a call is passed to, as far as an assertion names them: the records desk is `records`."""
    return [target for target in _targets(call) if target and set(key_words(target)) <= words]


def _is_ordered(tool: ToolModel, call: MockCall, texts: Sequence[str]) -> bool:
    """Whether a rule behind an assertion names what this call is made for, with the tool or as a code."""
    chosen = [v for k, v in call.input.items() if "enum" in tool.properties.get(k, {}) and isinstance(v, str)]
    return any(
        value in text and (tool.tool.name in text or "_" in value) for text in texts for value in chosen
    )


def _to_anyone(tool: ToolModel) -> bool:
    """Whether a transfer is to people at large, and not for another matter: `transfer_to_billing`."""
    to = [w for w in words_of(tool.tool.name) if all(known.effect(w) != "inward" for known in all_words())]
    return set(to) <= in_all("nouns", "anyone")


def entry_key(way: Walk) -> str:
    """The record that a test is about, short."""
    return hashlib.sha256(entry(way.chain).encode()).hexdigest()[:8]


def never(tool: ToolModel) -> ForbiddenCall:
    """No call of the tool that does anything; one that only works out what it would do may be made."""
    return ForbiddenCall(tool.tool.name, dict(tool.commits_by) or None)


def _person(profile: dict[str, Any]) -> str:
    return next((str(v) for k, v in profile.items() if kind_of(k, v) == "name"), "")
