"""Which statements of the prompt a scenario states as the agent's duties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property

from evalgen.planning.choice import draw
from evalgen.planning.homes import fits
from evalgen.planning.ideas import Idea
from evalgen.planning.plan import Duty
from evalgen.planning.plays import has_time, is_rule
from evalgen.reading.clauses import starts_instruction
from evalgen.reading.model import AgentModel
from evalgen.reading.records import Step
from evalgen.reading.statements import Statement
from evalgen.reading.values import words_of

MOST_DUTIES = 5
MOST_STANDING = 1
"""So many rules that hold in every call are told beside those that this one is about."""

_NOT_DUTIES = ("identity", "fact", "context")
_STANDING = ("style", "prohibition")
_FAILURES = {"error", "no_match", "empty"}
_ROOT = 5


def duties_of(
    idea: Idea,
    steps: Sequence[Step],
    tested: Collection[Statement],
    model: AgentModel,
    stated: Counter[str],
    seed: str,
) -> list[Duty]:
    """The statements that the scenario is made to test, then those that its course puts to the test anyway.

    `tested` are brought into play beside the idea's own; `stated` counts how often earlier plans stated each.
    """
    policy, asked = model.lexicon.patterns.policy, idea.act is not None
    focus = [s for s in idea.focus if asked or s.kind not in _NOT_DUTIES or policy.search(s.text)][:2]
    focus += [s for s in tested if s not in focus]
    if idea.twist != "emergency":
        course = _Course(idea, steps, model)
        usable = [s for s in model.statements if s not in focus and course.usable(s)]
        usable.sort(key=lambda s: (-course.relevance(s, stated), draw(seed, "duty", (idea.name, s.id))))
        own = [s for s in usable if course.is_about(s)]
        standing = [s for s in usable if not course.is_about(s)][:MOST_STANDING]
        focus += [*own, *standing][: max(0, MOST_DUTIES - len(focus))]
    answers = {s.id for s in (*tested, *(idea.focus if asked else ())) if s.kind == "fact"}
    return [_duty(s, model, s.id in answers) for s in focus if not s.text.endswith(":")]


class _Course:
    """The course of one call, and which rules it puts to the test without being made for them."""

    def __init__(self, idea: Idea, steps: Sequence[Step], model: AgentModel) -> None:
        self._idea, self._steps, self._model = idea, steps, model
        self._tools = {step.tool.name for step in steps}
        self._writes = any(step.tool.effect == "write" for step in steps)
        told = [idea.route.goal.phrase, *(s.tool.noun for s in steps if s.tool.effect != "identify")]
        fillers = model.lexicon.words.goal_fillers | model.lexicon.words.determiners
        self._words = {w[:_ROOT] for text in told for w in words_of(text) if len(w) > 3 and w not in fillers}

    def usable(self, statement: Statement) -> bool:
        """Whether the statement says by itself what the agent has to do in the course of this call."""
        model = self._model
        patterns = model.lexicon.patterns
        return (
            is_rule(statement, model)
            and statement.id not in model.led
            and "emergency" not in statement.themes
            and (self._writes or "confirmation" not in statement.themes)
            and (has_time(statement, model) or self._happens(statement))
            and fits(statement, self._idea.route, model)
            and (self._in_section(statement) or starts_instruction(statement.duty, model.lexicon))
            and not patterns.anaphora.match(statement.duty)
            and not (patterns.internal.search(statement.text) and not statement.trigger)
            and (self.is_about(statement) or statement.kind in _STANDING)
            and self._gets_to(statement)
        )

    def is_about(self, statement: Statement) -> bool:
        """Whether it speaks of the task, a tool or a failure of this call."""
        words = {w[:_ROOT] for w in words_of(statement.duty)}
        return (
            self._in_section(statement)
            or bool(self._tools & set(statement.tools))
            or bool(self._words & words)
            or self._happens(statement)
        )

    def relevance(self, statement: Statement, stated: Counter[str]) -> float:
        tools = len(self._tools & set(statement.tools))
        return 3.0 * self._in_section(statement) + 1.5 * tools - 4.0 * stated[statement.id]

    def _in_section(self, statement: Statement) -> bool:
        section = self._idea.route.goal.section
        return bool(section) and statement.section[: len(section)] == section

    def _gets_to(self, statement: Statement) -> bool:
        """Whether the call gets as far as this step of its task, where it does not reach its goal."""
        if self._idea.route.reaches or statement.kind != "step" or self._happens(statement):
            return True
        return len(self._steps) > 1 and statement.lines[0] <= self._end

    @cached_property
    def _end(self) -> int:
        """The line that the call ends at: of the rule that stops it, else where its last tool is told of."""
        idea, last = self._idea, self._steps[-1].tool.name
        if idea.route.ending == "stopped" and idea.focus:
            return idea.focus[0].lines[0]
        told = (s.lines[0] for s in self._model.statements if last in s.tools and self._in_section(s))
        return max(told, default=0)

    def _happens(self, statement: Statement) -> bool:
        """Whether the course of the call fulfils a condition that is not the caller's to bring about."""
        if not statement.trigger:
            return False
        if failures := set(statement.themes) & _FAILURES:
            return bool(failures & {step.outcome for step in self._steps})
        trigger = statement.trigger.lower()
        if self._model.lexicon.patterns.picks.search(trigger):
            return any(len(link.path) > 1 for step in self._steps for link in step.links)
        verb, *_, thing = self._idea.route.goal.phrase.split()
        return verb in trigger and thing in trigger


def _duty(statement: Statement, model: AgentModel, answer: bool) -> Duty:
    if not statement.consequence:
        return Duty(statement.id, statement.text, answer=answer)
    outer, trigger = statement.outer, statement.trigger
    both = model.lexicon.templates.both.format(first=outer, second=trigger) if outer and trigger else ""
    return Duty(statement.id, statement.consequence, both or outer or trigger, statement.opener)
