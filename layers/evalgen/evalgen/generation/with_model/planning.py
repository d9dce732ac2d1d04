"""Tests as a model proposes them, in the order in which it does: more are asked for while they are wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from evalgen.generation.plan.test import Setting, Test
from evalgen.generation.with_model.asking import NoAnswer, ask
from evalgen.generation.with_model.disposing import Disposing, story_of
from evalgen.generation.with_model.forms import Plan, Proposal
from evalgen.generation.with_model.in_language import is_framed
from evalgen.generation.with_model.path import Impossible
from evalgen.generation.with_model.planning_task import task_of
from evalgen.models.port import Model

PER_CALL, PER_CALL_WHOLE = 10, 6
"""Tests that one call is asked for: an answer that a worker can wait for. Whole moments, and letters of which
each is a token, make longer ones."""
RESERVE = 1
"""More than are wanted of each ten: to ask again for one costs more than a test that is not used."""
TOKENS_PER_TEST, TOKENS_PER_TEST_WHOLE = 650, 1_000
AT_ONCE = 10
FRUITLESS = 2
"""Calls in a row without a new test, after which no further ones are asked for."""
MOST_REASONS = 12
_SHARED_BY_ALL = ("identity", "manner")
"""Kinds of sentences that are no planner's own."""


@dataclass
class Ideas:
    """Proposed tests of one language; a paragraph's are kept apart for the slot that is to test it.

    `turned_down` are the tests that were kept out of their slots so far, by their keys, with the reasons: the
    model is told, and may propose them again.
    """

    asked: Model
    disposing: Disposing
    setting: Setting
    missing: Callable[[], int]
    refused: Counter[str]
    turned_down: Callable[[], Mapping[str, str]] = dict
    earlier: Collection[str] = ()
    _told: list[str] = field(default_factory=list)
    _stories: dict[Any, str] = field(default_factory=dict)
    _paragraphs: dict[int, list[Test]] = field(default_factory=dict)
    _free: list[Test] = field(default_factory=list)
    _begun: bool = False

    def tests(self) -> Iterator[Test]:
        """In order; asks again when all have been taken, until that bears no fruit."""
        self._begin()
        fruitless = 0
        while True:
            while self._free:
                fruitless = 0
                yield self._free.pop(0)
            if fruitless == FRUITLESS:
                return
            fruitless += 1
            self._take(
                [self._ask(min(per_call(self.disposing.spoken), self.missing() + 1), "", round_=fruitless)]
            )

    def of_paragraph(self, number: int) -> Iterator[Test]:
        """Those that serve the numbered paragraph, from 1; asks once more where none of them is taken."""
        self._begin()
        yield from self._paragraphs.pop(number, [])
        self._take([self._ask(1, "", paragraph=number)])
        yield from self._paragraphs.pop(number, [])

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        wanted = self.missing()
        calls = -(-wanted // per_call(self.disposing.spoken))
        planned = wanted + RESERVE * -(-wanted // PER_CALL)
        counts = [(planned + at) // calls for at in range(calls)]
        statements = self.disposing.model.prompt.statements
        shared = [one for one in statements if one.kind not in _SHARED_BY_ALL] or statements
        shares = _shares([one.text for one in shared], calls)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            self._take(list(pool.map(self._ask, counts, shares)))

    def _ask(self, count: int, focus: str, round_: int = 0, paragraph: int = 0) -> list[Proposal]:
        turned_down = self.turned_down()
        dropped = [*self._told[-MOST_REASONS:], *list(turned_down.values())[-MOST_REASONS:]]
        earlier = [key for key in self.earlier if key not in turned_down]
        task = task_of(self.disposing, self.setting, count, focus, earlier, dropped, paragraph)
        if round_ > 1:
            task += f"\n\nThis is request {round_}: other stories than before, please."
        tokens = TOKENS_PER_TEST if is_framed(self.disposing.spoken) else TOKENS_PER_TEST_WHOLE
        try:
            plan = ask(self.asked, "plan", self.disposing.material.text, task, Plan, tokens * (count + 1))
        except NoAnswer as fault:
            self.refused[str(fault)] += 1
            return []
        return plan.tests

    def _take(self, answers: Sequence[Sequence[Proposal]]) -> None:
        """One of each answer by turns, so that the first slots are about all parts of the prompt."""
        longest = max(map(len, answers), default=0)
        for at in range(longest):
            for proposals in answers:
                if at < len(proposals):
                    self._dispose(proposals[at])

    def _dispose(self, proposal: Proposal) -> None:
        try:
            test = self.disposing.test_of(proposal)
        except Impossible as reason:
            self.refused[f"proposed, and impossible: {reason}"[:160]] += 1
            self._told.append(f"{proposal.aim[:80]}: {reason}")
            return
        story = story_of(test)
        if story in self._stories and self._stories[story] not in self.turned_down():
            self.refused["proposed twice"] += 1
            self._told.append(f"{proposal.aim[:80]}: the same calls, grounds and moments as another test")
            return
        if test.key in self.earlier and test.key not in self.turned_down():
            self.refused["proposed under a name that is taken"] += 1
            self._told.append(f"{proposal.aim[:80]}: there is another test with this name")
            return
        self._stories[story] = test.key
        self.earlier = {*self.earlier, test.key}
        if 0 < proposal.paragraph <= len(self.disposing.brief.aims):
            self._paragraphs.setdefault(proposal.paragraph, []).append(test)
        else:
            self._free.append(test)


def per_call(language: str) -> int:
    return PER_CALL if is_framed(language) else PER_CALL_WHOLE


def _shares(texts: Sequence[str], calls: int) -> list[str]:
    """The prompt's sentences cut into a share for each call, told by where it begins and ends."""
    if calls < 2:
        return [""] * calls
    size = max(1, -(-len(texts) // calls))
    parts = [texts[at * size : (at + 1) * size] for at in range(calls)]
    return [
        f"{number} of {calls}"
        + (f", from {_begun(part[0])} to the sentence that begins {_begun(part[-1])}" if part else "")
        for number, part in enumerate(parts, 1)
    ]


def _begun(text: str) -> str:
    return f'"{" ".join(text.split()[:7])} …"'
