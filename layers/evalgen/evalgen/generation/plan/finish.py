"""From a finished walk to a test: calls, forbidden calls, variables, what it covers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evalgen.generation.plan.script import Script
from evalgen.generation.plan.test import ExpectedCall, ForbiddenCall, Test
from evalgen.generation.plan.variables import variables_of
from evalgen.generation.plan.walk import Walk, entry
from evalgen.generation.read.flow import Chain
from evalgen.generation.read.model import AgentModel

FEWEST_STEPS, MOST_STEPS = 3, 10


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
    """A test of the script; None where it takes more steps than a scenario has. `key` says what is tested within its family."""
    if not FEWEST_STEPS <= len(script.steps) <= MOST_STEPS:
        return None
    grounds = [g.statement for a in script.assertions for g in a.rests_on if g.statement]
    made = {(call.tool, repr(call.input)) for call in calls if not call.optional}
    outcomes = [
        f"{p.tool.tool.name}:{p.answer}"
        for p in (chain.calls if chain else ())
        if (p.tool.tool.name, repr(p.call.input)) in made
    ]
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
        variables=variables_of(model, chain, script.profile),
        profile_name=_person(script.profile),
        tags=(family, *tags),
        covers=tuple(dict.fromkeys((*covers, *grounds, *outcomes))),
    )


def until(way: Walk, call: int) -> list[ExpectedCall]:
    """The expected calls before the chain's call of that number."""
    return [c for n, c in enumerate(way.calls) if n < call or c.optional]


def entry_key(way: Walk) -> str:
    """The record that a test is about, short."""
    import hashlib

    return hashlib.sha256(entry(way.chain).encode()).hexdigest()[:8]


def never(tool: str) -> ForbiddenCall:
    return ForbiddenCall(tool)


def _person(profile: dict[str, Any]) -> str:
    from evalgen.generation.values import kind_of

    return next((str(v) for k, v in profile.items() if kind_of(k, v) == "name"), "")
