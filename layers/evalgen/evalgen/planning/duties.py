"""Which statements of the prompt a scenario states as the agent's duties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property

from evalgen.generation.values import words_of
from evalgen.planning.choice import draw
from evalgen.planning.homes import duty_of, fits
from evalgen.planning.ideas import Idea
from evalgen.planning.plan import Duty
from evalgen.planning.plays import has_time, is_rule, only_a_call
from evalgen.reading.instructions import starts_instruction
from evalgen.reading.model import AgentModel
from evalgen.reading.records import Step
from evalgen.reading.statements import Statement

MOST_DUTIES = 5
MOST_STANDING = 1
"""So many rules that hold in every call are told beside those that this one is about."""

_NOT_DUTIES = ("identity", "fact", "context")
_STANDING = ("style", "prohibition")
_COURSE = ("step", "order")
_FAILURES = {"error", "no_match", "empty"}
_ROOT = 5


class Duties:
    """Chooses them; what can be said of a statement without a call is found out once."""

    def __init__(self, model: AgentModel, seed: str) -> None:
        self._model, self._seed = model, seed
        self._rules = [_Rule(s, model) for s in model.statements if _stands_alone(s, model)]

    def of(
        self, idea: Idea, steps: Sequence[Step], tested: Collection[Statement], stated: Counter[str]
    ) -> list[Duty]:
        """The statements that the scenario is made to test, then those that its course tests anyway.

        `tested` are brought into play beside the idea's own; `stated` counts how often earlier plans stated
        each statement.
        """
        policy, asked = self._model.lexicon.patterns.policy, idea.act is not None
        focus = [
            s
            for s in idea.focus
            if (asked or s.kind not in _NOT_DUTIES or policy.search(s.text)) and not only_a_call(s)
        ][:2]
        focus += [s for s in tested if s not in focus]
        if idea.twist != "emergency":
            focus += self._of_course(_Course(idea, steps, self._model), focus, stated, idea.name)
        answers = {s.id for s in (*tested, *(idea.focus if asked else ())) if s.kind == "fact"}
        return [duty_of(s, self._model, s.id in answers) for s in focus if not s.text.endswith(":")]

    def _of_course(
        self, course: _Course, told: Collection[Statement], stated: Counter[str], name: str
    ) -> list[Statement]:
        usable = [r for r in self._rules if r.statement not in told and course.puts_to_test(r)]
        usable.sort(
            key=lambda r: (
                4.0 * stated[r.statement.id] - course.relevance(r.statement),
                draw(self._seed, "duty", (name, r.statement.id)),
            )
        )
        own = [r.statement for r in usable if course.is_about(r)]
        standing = [r.statement for r in usable if not course.is_about(r)][:MOST_STANDING]
        return [*own, *standing][: max(0, MOST_DUTIES - len(told))]


class _Rule:
    """A statement with the roots of its words, and whether it is put as an instruction."""

    def __init__(self, statement: Statement, model: AgentModel) -> None:
        self.statement = statement
        self.words = {word[:_ROOT] for word in words_of(statement.duty)}
        self.instructs = starts_instruction(statement.duty, model.lexicon)


def _stands_alone(statement: Statement, model: AgentModel) -> bool:
    """Whether the statement binds the agent and needs no other beside it to be understood."""
    patterns = model.lexicon.patterns
    return (
        is_rule(statement, model)
        and statement.kind != "permission"
        and statement.id not in model.led
        and "emergency" not in statement.themes
        and not patterns.anaphora.search(statement.duty)
        and not (patterns.internal.search(statement.text) and not statement.trigger)
    )


class _Course:
    """The course of one call, and which rules it puts to the test without being made for them."""

    def __init__(self, idea: Idea, steps: Sequence[Step], model: AgentModel) -> None:
        self._idea, self._steps, self._model = idea, steps, model
        self._tools = {step.tool.name for step in steps}
        self._writes = any(step.tool.effect == "write" for step in steps)
        told = [idea.route.goal.phrase, *(s.tool.noun for s in steps if s.tool.effect != "identify")]
        fillers = model.lexicon.words.goal_fillers | model.lexicon.words.determiners
        self._words = {w[:_ROOT] for text in told for w in words_of(text) if len(w) > 3 and w not in fillers}

    def puts_to_test(self, rule: _Rule) -> bool:
        """Whether the course of this call shows if the agent keeps to the rule."""
        statement = rule.statement
        return (
            (self.is_about(rule) or statement.kind in _STANDING)
            and (rule.instructs or self._in_section(statement))
            and (self._writes or "confirmation" not in statement.themes)
            and (has_time(statement, self._model) or self._happens(statement))
            and fits(statement, self._idea.route, self._model)
            and self._gets_to(statement)
        )

    def is_about(self, rule: _Rule) -> bool:
        """Whether it speaks of the task, a tool or a failure of this call."""
        return (
            self._in_section(rule.statement)
            or bool(self._tools & set(rule.statement.tools))
            or bool(self._words & rule.words)
            or self._happens(rule.statement)
        )

    def relevance(self, statement: Statement) -> float:
        tools = len(self._tools & set(statement.tools))
        return 3.0 * self._in_section(statement) + 1.5 * tools

    def _in_section(self, statement: Statement) -> bool:
        section = self._idea.route.goal.section
        return bool(section) and statement.section[: len(section)] == section

    def _gets_to(self, statement: Statement) -> bool:
        """Whether the call gets as far as this step of its task, where it does not reach its goal."""
        if self._idea.route.reaches or statement.kind not in _COURSE or self._happens(statement):
            return True
        last = self._steps[-1]
        undone = last.tool.effect == "write" and last.outcome == "no_match"
        return (
            len(self._steps) > 1
            and statement.lines[0] <= self._end
            and not (undone and last.tool.name in statement.tools)
        )

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
