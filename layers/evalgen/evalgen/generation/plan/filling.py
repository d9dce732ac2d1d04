"""The slots of a job are filled in order: with the next test of its planner that passes every check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.check.scenario import Checker
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.draft import Draft
from evalgen.generation.plan.test import Setting, Shortfall, Test
from evalgen.generation.read.statement import Prompt
from evalgen.generation.write.frames import written_in
from evalgen.generation.write.given import under_given
from evalgen.generation.write.names import name_of
from evalgen.generation.write.placeholders import filled
from evalgen.generation.write.writer import write

Tests = Callable[[Brief, Collection[str]], Iterator[Test]]
"""The tests of a planner in order; those with these keys are not repeated."""
Aimed = Callable[[Brief, str, Collection[str]], Iterator[Test]]
"""The tests that serve a paragraph of the request, the best first."""


class Filling:
    """`taken` are the keys of the agent's earlier tests; planners get a brief with personalities of one
    language only, by the code that scenarios are written in, which `language_of` says for a caller's and the
    prompt's."""

    def __init__(
        self,
        definition: AgentDefinition,
        prompt: Prompt,
        brief: Brief,
        setting: Setting,
        taken: Collection[str],
        tests: Tests,
        aimed: Aimed,
        language_of: Callable[[str, str], str] = written_in,
        checker: Checker | None = None,
    ) -> None:
        self._prompt = prompt
        self._brief = brief
        self._setting = setting
        self._checker = checker or Checker(definition)
        self._tests = tests
        self._aimed = aimed
        self._language_of = language_of
        self._keys = set(taken)
        self._names: set[str] = set()
        self._texts: set[str] = set()
        self._streams: dict[str, Iterator[Test]] = {}
        self.refused = Counter[str]()
        """How many tests each problem has kept out."""
        self.turned_down: dict[str, str] = {}
        """By the key of a test that was kept out, its name and why."""
        self.unfit_for_profile = 0

    def slot(self, number: int) -> Test | Shortfall | None:
        """What the slot is planned to be; None where its planner has no further test."""
        personality = self._brief.personality_of(number)
        language = self._language_of(personality.language, self._prompt.language)
        if not language:
            return Shortfall(f"Scenarios cannot be written in the language {personality.language}.")
        if number < len(self._brief.aims):
            aim = self._brief.aims[number]
            tests = self._aimed(self._brief_in(language), aim, frozenset(self._keys))
            return self._next(tests, personality) or Shortfall(
                "no path through this agent is certain to test this paragraph.", aim
            )
        return self._next(self._stream(language), personality)

    def left(self, number: int) -> Iterator[Test]:
        """The tests that would come next, as they are planned."""
        language = self._language_of(self._brief.personality_of(number).language, self._prompt.language)
        return self._stream(language) if language else iter(())

    def _stream(self, language: str) -> Iterator[Test]:
        if language not in self._streams:
            self._streams[language] = self._tests(self._brief_in(language), frozenset(self._keys))
        return self._streams[language]

    def _brief_in(self, language: str) -> Brief:
        speakers = [
            replace(one, language=language)
            for one in self._brief.personalities
            if self._language_of(one.language, self._prompt.language) == language
        ]
        return replace(self._brief, personalities=tuple(speakers))

    def _next(self, tests: Iterator[Test], personality: Personality) -> Test | None:
        accepted = (self._accepted(test, personality) for test in tests)
        return next((test for test in accepted if test), None)

    def _accepted(self, test: Test, personality: Personality) -> Test | None:
        """The test under its name and the given profile, if it passes and is not there yet."""
        if test.key in self._keys:
            return None
        if test.language != self._language_of(personality.language, self._prompt.language):
            self.refused["planned in another language"] += 1
            return None
        if self._brief.test_profile:
            fitting = under_given(test, self._brief.test_profile)
            if fitting is None:
                self.unfit_for_profile += 1
                return None
            test = fitting
        test = replace(test, aim=name_of(test.aim, self._names))
        draft = write(test, self._brief, self._setting, personality)
        problems = self._checker.problems_of(test, draft, self._setting)
        text = _as_played(test, draft)
        if text in self._texts:
            problems.append("another scenario of the job says the same")
        self.refused.update(problems)
        if problems:
            self.turned_down[test.key] = f"{test.aim}: {'; '.join(problems)}"
            self.unfit_for_profile += self._brief.test_profile is not None
            return None
        self._keys.add(test.key)
        self._names.add(test.aim.casefold())
        self._texts.add(text)
        return test


def _as_played(test: Test, draft: Draft) -> str:
    """Steps and statements with the caller's values in them."""
    told = "\n".join((draft.instructions, *(one.text for one in test.assertions)))
    return filled(told, {**test.variables, **test.profile})
