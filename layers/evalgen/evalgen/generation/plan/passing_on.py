"""To whom a call is passed on: the mocked transfers that an outcome names, or to anyone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evalgen.generation.definition import MockCall
from evalgen.generation.languages import load
from evalgen.generation.plan.said_of_calls import words_passed_to
from evalgen.generation.plan.script import Script
from evalgen.generation.plan.test import ExpectedCall
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.tools import ToolModel
from evalgen.generation.read.words import all_words, in_all
from evalgen.generation.values import key_words, plain, words_of

SETBACKS = frozenset({"no_record", "not_verified", "outage", "refusal", "mismatch", "ruled_out", "lacking"})
"""Families in which a good agent may pass the call on."""
NOT_IDENTIFIED = frozenset({"not_verified", "mismatch"})


def transfers(
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
    words |= _passed_to(script, model)
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


def reaches_nobody(script: Script, model: AgentModel) -> bool:
    """Whether a rule of the outcome passes the call on to a desk that the mock data do not reach; what comes
    then is another test.
    """
    words = _passed_to(script, model)
    for tool in (t for t in model.tools.values() if t.role == "inward" and words):
        reached = {target for call in tool.calls.get("success", ()) for target in _named(call, words)}
        others = [call for call in tool.tool.mock_data if call not in tool.calls.get("success", ())]
        to_whoever_fits = words & set(load(model.judged, "rules")["whoever_fits"])
        if not reached and others and (to_whoever_fits or any(_named(call, words) for call in others)):
            return True
    return False


def _passed_to(script: Script, model: AgentModel) -> set[str]:
    rules = {g.statement for a in script.assertions for g in a.rests_on if g.statement}
    return {w for one in rules for w in words_passed_to(model.by_id.get(one), script)}


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
