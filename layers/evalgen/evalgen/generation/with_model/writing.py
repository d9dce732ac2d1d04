"""A chunk of tests is put into words by a model; what it changed beyond words is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.check.scenario import Checker
from evalgen.generation.draft import Draft
from evalgen.generation.plan.test import Assertion, Setting, Step, Test
from evalgen.generation.with_model.asking import ask
from evalgen.generation.with_model.claims import turns_round
from evalgen.generation.with_model.disposing import bare_of
from evalgen.generation.with_model.forms import Judged, Writing, Written, WrittenStep
from evalgen.generation.with_model.in_language import beginning, is_framed, language_named
from evalgen.generation.with_model.instructions import instruction
from evalgen.generation.with_model.material import Material
from evalgen.generation.with_model.mending import NotMended, mended
from evalgen.generation.with_model.shown import Shown
from evalgen.generation.with_model.told_values import Known, lost_in
from evalgen.generation.write.frames import greeting
from evalgen.generation.write.placeholders import REFERENCE
from evalgen.generation.write.writer import write
from evalgen.models.port import Model

TOKENS_PER_TEST = 650
MODEL = "model"


@dataclass(frozen=True)
class Worded:
    """A test in its final words, and the scenario made of it; `problems` say why it cannot be used, `unused`
    why it has the plan's words and not the model's."""

    test: Test
    draft: Draft
    greeting: str = ""
    problems: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


@dataclass
class Writer:
    """Of one job."""

    asked: Model
    material: Material
    checker: Checker
    brief: Brief
    setting: Setting
    texts: Sequence[str]
    """What values may come from beside a test's own: the prompt and the documents."""

    def worded(
        self, tests: Mapping[int, Test], rejected: Mapping[int, str] | None = None
    ) -> dict[int, Worded]:
        """Those that the model wrote. Raises NoAnswer, Throttled and Permanent."""
        tokens = TOKENS_PER_TEST * (len(tests) + 1)
        opens = not (self.setting.agent_opens or self.brief.first_message)
        task = task_of(self.material, tests, rejected, caller_opens=opens)
        writing = ask(self.asked, "write", self.material.text, task, Writing, tokens)
        return {one.slot: self._applied(one, tests[one.slot]) for one in writing.tests if one.slot in tests}

    def as_planned(self, slot: int, test: Test) -> Worded:
        """In the words of the plan."""
        return self._checked(slot, test, "")

    def mended(self, one: Worded, judged: Judged) -> Worded | None:
        """As the reviewer would have it; None where that cannot be used, or is nothing else."""
        try:
            test = mended(one.test, judged)
        except NotMended:
            return None
        if test == one.test:
            return None
        steps = [f"{step.action} {step.moment.what}" for step in test.steps]
        told = [
            *((text, test.language) for text in steps),
            *((a.text, test.told_in) for a in test.assertions),
        ]
        known = self._known(one.test)
        if any(known.unknown_in(text, language) for text, language in told):
            return None
        again = self._checked(judged.slot, test, one.greeting)
        return None if again.problems else again

    def _applied(self, words: Written, test: Test) -> Worded:
        """What of it cannot be used has the plan's words."""
        if misfit := _misfit(words, test):
            return replace(self.as_planned(words.slot, test), problems=(misfit,))
        known, unused = self._known(test), list[str]()
        steps: list[Step] = []
        for number, (step, said) in enumerate(zip(test.steps, words.steps, strict=True), 1):
            unknown = known.unknown_in(f"{said.action} {said.what}", test.language)
            if fault := _lost(step, said) or _nowhere(unknown):
                unused.append(f"its step {number} {fault}")
            steps.append(step if fault else _step(step, said, test.language))
        planned, statements = {one.id: one for one in test.assertions}, list[Assertion]()
        for worded in words.statements:
            one = planned[worded.id]
            unknown = known.unknown_in(worded.text, test.told_in)
            if fault := _turned_or_lost(one.text, worded.text, test.told_in) or _nowhere(unknown):
                unused.append(f"its statement {one.id} {fault}")
            statements.append(one if fault else replace(one, text=worded.text.strip()))
        statements.sort(key=lambda one: [*planned].index(one.id))
        made = replace(test, steps=tuple(steps), assertions=tuple(statements))
        return replace(self._checked(words.slot, made, words.greeting), unused=tuple(unused))

    def _checked(self, slot: int, test: Test, greeting: str) -> Worded:
        draft = write(test, self.brief, self.setting, self._personality(slot), greeting)
        problems = tuple(self.checker.problems_of(test, draft, self.setting))
        return Worded(test, replace(draft, writer=MODEL), greeting, problems)

    def _personality(self, slot: int) -> Personality:
        return self.brief.personality_of(slot)

    def _known(self, test: Test) -> Known:
        """What may be said in a test: its values, the words of its plan, and where values come from."""
        values = [test.profile, test.variables, *([call.input, call.output] for call in test.calls)]
        planned = [test.aim, *(f"{step.action} {step.moment.what}" for step in test.steps)]
        planned += [one.text for one in test.assertions]
        return Known(values, [*self.texts, *planned])


def task_of(
    material: Material,
    tests: Mapping[int, Test],
    rejected: Mapping[int, str] | None = None,
    *,
    caller_opens: bool = False,
) -> str:
    """What is sent after the material. All tests are of one language."""
    first, shown = next(iter(tests.values())), Shown(material)
    greeted = caller_opens and not greeting(first.language)
    return instruction(
        "write",
        count=len(tests),
        what=instruction("write_framed" if is_framed(first.language) else "write_whole"),
        greeting="what a person who is called says first, in the caller's language."
        if greeted
        else "an empty text.",
        spoken=language_named(first.language),
        told=language_named(first.told_in),
        begins=beginning(first.told_in),
        fence=material.fence,
        plans="\n".join(shown.plan(slot, test) for slot, test in tests.items()),
        rejected="\n".join(
            ["A reviewer rejected the last version of these:"]
            + [f"- {slot}: {why}" for slot, why in rejected.items()]
        )
        if rejected
        else "",
    )


def _step(step: Step, words: WrittenStep, language: str) -> Step:
    """In the languages of ours the frames say the opening and the end."""
    ours = is_framed(language)
    moment, action = step.moment, bare_of(words.action)
    what = "" if ours and moment.kind == "opening" else bare_of(words.what)
    return replace(
        step, action=step.action if ours and step.last else action, moment=replace(moment, what=what)
    )


def _misfit(words: Written, test: Test) -> str:
    """Why nothing of it can be used; empty where it has the steps and statements of the plan."""
    if len(words.steps) != len(test.steps):
        return f"it has {len(words.steps)} steps where the plan has {len(test.steps)}"
    told = [one.id for one in words.statements]
    if not told or not set(told) <= {one.id for one in test.assertions} or len(set(told)) < len(told):
        return "its statements are not those of the plan"
    return ""


def _lost(step: Step, words: WrittenStep) -> str:
    """What was to stay of a step, and has not."""
    before, after = f"{step.action} {step.moment.what}", f"{words.action} {words.what}"
    used = {match[0] for match in REFERENCE.finditer(step.action)}
    if missing := used - {match[0] for match in REFERENCE.finditer(after)}:
        return f"lacks {min(missing)}"
    lost = lost_in(before, after)
    return f"lacks {lost!r}" if lost else ""


def _turned_or_lost(planned: str, written: str, told_in: str) -> str:
    if lost := lost_in(planned, written):
        return f"lacks {lost!r}"
    return "says the contrary of the plan's" if turns_round(planned, written, told_in) else ""


def _nowhere(unknown: Sequence[str]) -> str:
    return f"has {unknown[0]!r}, which is nowhere in this call" if unknown else ""
