"""Which statements of the prompt a scenario states as the agent's duties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evalgen.planning.choice import draw
from evalgen.planning.homes import fits
from evalgen.planning.ideas import Idea
from evalgen.planning.plan import Duty
from evalgen.planning.plays import has_time, is_rule
from evalgen.reading.instructions import starts_instruction
from evalgen.reading.model import AgentModel
from evalgen.reading.records import Step
from evalgen.reading.statements import Statement

MOST_DUTIES = 5
_NOT_DUTIES = ("identity", "fact", "context")
_GENERAL = ("style", "prohibition", "requirement", "step", "order")
_FAILURES = {"error", "no_match", "empty"}


def duties_of(
    idea: Idea,
    steps: Sequence[Step],
    extra: tuple[Statement, ...],
    model: AgentModel,
    stated: Counter[str],
    seed: str,
) -> list[Duty]:
    """The statements that the scenario is made to test, then those that its course puts to the test anyway.

    `extra` are tested beside the idea's own; `stated` counts how often earlier plans stated each.
    """
    policy, asked = model.lexicon.patterns.policy, idea.act is not None
    focus = [s for s in idea.focus if asked or s.kind not in _NOT_DUTIES or policy.search(s.text)][:2]
    focus += [s for s in extra if s not in focus]
    usable = [s for s in model.statements if s not in focus and _usable(s, idea, steps, model)]
    if idea.twist == "emergency":
        usable = []
    usable.sort(key=lambda s: _relevance(s, idea, steps, stated, seed), reverse=True)
    chosen = [s for s in [*focus, *usable[: MOST_DUTIES - len(focus)]] if not s.text.endswith(":")]
    return [_duty(s, idea, model) for s in chosen]


def _usable(statement: Statement, idea: Idea, steps: Sequence[Step], model: AgentModel) -> bool:
    """Whether the statement says by itself what the agent has to do in the course of this call."""
    own_section = statement.section == idea.route.goal.section
    return (
        is_rule(statement, model)
        and statement not in idea.focus
        and (has_time(statement, model) or _happens(statement, idea, steps, model))
        and fits(statement, idea.route, model)
        and (own_section or starts_instruction(statement.duty, model.lexicon))
        and (own_section or not model.lexicon.patterns.anaphora.match(statement.text))
    )


def _relevance(
    statement: Statement, idea: Idea, steps: Sequence[Step], stated: Counter[str], seed: str
) -> tuple[float, int]:
    section = idea.route.goal.section
    same = bool(section) and statement.section[: len(section)] == section
    tools = len(set(statement.tools) & {step.tool.name for step in steps})
    general = not statement.tools and statement.kind in _GENERAL
    score = 3.0 * same + 1.5 * tools + 1.2 * general - 4.0 * stated[statement.id]
    return score, -draw(seed, "duty", (idea.name, statement.id))


def _happens(statement: Statement, idea: Idea, steps: Sequence[Step], model: AgentModel) -> bool:
    """Whether the course of the call fulfils a condition that is not the caller's to bring about."""
    if failures := set(statement.themes) & _FAILURES:
        return bool(failures & {step.outcome for step in steps})
    trigger = statement.trigger.lower()
    if model.lexicon.patterns.picks.search(trigger):
        return any(len(link.path) > 1 for step in steps for link in step.links)
    verb, *_, thing = idea.route.goal.phrase.split()
    return verb in trigger and thing in trigger


def _duty(statement: Statement, idea: Idea, model: AgentModel) -> Duty:
    if not statement.consequence:
        asked = idea.act is not None and idea.act.kind == "ask_fact" and statement in idea.focus
        return Duty(statement.id, statement.text, answer=asked)
    outer, trigger = statement.outer, statement.trigger
    both = model.lexicon.templates.both.format(first=outer, second=trigger) if outer and trigger else ""
    return Duty(statement.id, statement.consequence, both or outer or trigger, statement.opener)
