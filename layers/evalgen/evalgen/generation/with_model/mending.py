"""What a reviewer would have said otherwise, put into a test: as strictly checked as a plan's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evalgen.generation.plan.test import Step, Test
from evalgen.generation.with_model.claims import turns_round
from evalgen.generation.with_model.disposing import bare_of, moment_of
from evalgen.generation.with_model.forms import Judged, MendedStep
from evalgen.generation.with_model.in_language import is_framed


class NotMended(Exception):
    """A mend that cannot be made; the text says why."""


def mended(test: Test, judged: Judged) -> Test:
    """With the steps and statements that the reviewer gives. Raises NotMended."""
    return _with_statements(_with_steps(test, judged.steps), judged)


def _with_statements(test: Test, judged: Judged) -> Test:
    """One that planner and reviewer have the contrary way is struck."""
    texts = {one.id: one.text.strip() for one in judged.statements}
    if unknown := texts.keys() - {one.id for one in test.assertions}:
        raise NotMended(f"there is no statement {min(unknown)!r}")
    for one in test.assertions:
        if turns_round(one.text, texts.get(one.id) or one.text, test.told_in):
            texts[one.id] = ""
    kept = tuple(
        replace(one, text=texts.get(one.id, one.text)) for one in test.assertions if texts.get(one.id, "+")
    )
    if not kept:
        raise NotMended("no statement is left")
    return replace(test, assertions=kept)


def _with_steps(test: Test, mends: Sequence[MendedStep]) -> Test:
    """From the last step on, so that the numbers of those before it hold."""
    steps, assertions = list(test.steps), test.assertions
    for mend in sorted(mends, key=lambda one: (-one.number, one.how == "before")):
        if not 0 < mend.number <= len(test.steps):
            raise NotMended(f"there is no step {mend.number}")
        at, ends = mend.number - 1, mend.number in (1, len(test.steps))
        if mend.how == "strike" and ends:
            raise NotMended("the first and the last step stay")
        if mend.how == "before" and mend.number == 1:
            raise NotMended("nothing comes before the request")
        if mend.how == "strike":
            del steps[at]
            assertions = tuple(one.moved(at, -1) for one in assertions)
        elif mend.how == "before":
            steps.insert(at, _step(mend, test, last=False))
            assertions = tuple(one.moved(at) for one in assertions)
        else:
            steps[at] = _step(mend, test, last=steps[at].last)
    return replace(test, steps=tuple(steps), assertions=assertions)


def _step(mend: MendedStep, test: Test, *, last: bool) -> Step:
    framed = is_framed(test.language)
    return Step("" if framed and last else bare_of(mend.action), moment_of(mend, framed=framed), last)
