"""A test while it is being planned: steps and assertions in frames, values in the profile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.plan.test import Assertion, AssertionKind, Ground, Moment, Step
from evalgen.generation.read.grammar import Grammar, grammar_of
from evalgen.generation.values import is_whole_name, kind_of


@dataclass(frozen=True)
class Speech:
    """The frames and the grammar of one language."""

    language: str

    @property
    def grammar(self) -> Grammar:
        return grammar_of(self.language)

    @property
    def frames(self) -> dict[str, Any]:
        return load(self.language, "plan")

    def joined(self, text: str) -> str:
        """With the contractions of the language: `de el` is `del`."""
        for apart, together in self.grammar.rules["contractions"]:
            text = re.sub(apart, together, text)
        return text

    def step(self, frame: str, **slots: str) -> Step:
        """A step by its frame. Raises KeyError for an unknown frame or a slot that is missing."""
        action, kind, what = self.frames["steps"][frame]
        text = self.joined(action.format(**slots))
        moment = Moment(kind, self.joined(what.format(**slots)), frame.endswith("_standing"))
        return Step(text[:1].upper() + text[1:], moment, frame.startswith("end_"))

    def giving(self, value: str) -> str:
        """The action that gives a value and nothing else."""
        return self.step("give", value=value, the_input="").action

    def answer(self, value: str, noun: str) -> Step:
        """A value that is given if that noun is asked for."""
        return self.step("give_standing", value=value, the_input=self.grammar.the(noun))

    def end(self, moment: Moment) -> Step:
        """The caller ends the call at that."""
        return Step(str(self.frames["moves"]["end"]), moment, last=True)

    @property
    def passed_on(self) -> Moment:
        """When the caller has heard that the call is passed on to nobody by name."""
        return Moment("told", str(self.frames["moves"]["about_transfer"]))

    def outcome(self, frame: str, **slots: str) -> str:
        return self.joined(str(self.frames["outcomes"][frame]).format(**slots))

    def name(self, frame: str, **slots: str) -> str:
        text = self.joined(str(self.frames["names"][frame]).format(**slots))
        return text[:1].upper() + text[1:]


@dataclass
class Script:
    """Steps, assertions and profile in the making; what is spoken and judged may differ in language."""

    spoken: Speech
    judged: Speech
    steps: list[Step] = field(default_factory=list)
    assertions: list[Assertion] = field(default_factory=list)
    profile: dict[str, Any] = field(default_factory=dict)

    def copy(self) -> Script:
        return replace(
            self, steps=list(self.steps), assertions=list(self.assertions), profile=dict(self.profile)
        )

    def say(self, frame: str, **slots: str) -> int:
        """Add a step; answers its number, from 1."""
        return self.add(self.spoken.step(frame, **slots))

    def add(self, step: Step) -> int:
        moment = step.moment
        taken = [s for s in self.steps if (s.moment.kind, s.moment.what) == (moment.kind, moment.what)]
        if taken and not moment.standing:
            moves = self.spoken.frames["moves"]
            begins = moment.kind == "told" and moment.what.startswith(str(moves["that"]))
            again = str(moves["again_that" if begins else "again"]).format(what=moment.what)
            step = replace(step, moment=replace(moment, what=again))
        self.steps.append(step)
        return len(self.steps)

    def expect(
        self, frame: str, kind: AssertionKind, grounds: Sequence[Ground], step: int, **slots: str
    ) -> None:
        """Add a line of the outcome that is caused by a step."""
        self.expect_text(self.judged.outcome(frame, **slots), kind, grounds, step)

    def expect_text(self, text: str, kind: AssertionKind, grounds: Sequence[Ground], step: int) -> None:
        if all(known.text != text for known in self.assertions):
            number = len(self.assertions) + 1
            self.assertions.append(Assertion(f"a{number}", kind, text, tuple(grounds), step))

    def keep(self, key: str, value: Any) -> str:
        """Put a value into the profile, under another key if that one is taken; answers its reference.

        A full name that is there already keeps its key: nobody has two.
        """
        if is_whole_name(key, value):
            key = next((k for k, v in self.profile.items() if v == value and kind_of(k, v) == "name"), key)
        name, number = key, 2
        while name in self.profile and self.profile[name] != value:
            name, number = f"{key}_{number}", number + 1
        self.profile[name] = value
        return reference(name)


def reference(key: str) -> str:
    return f"{{{{test_profile.{key}}}}}"
