"""Which tests serve what a request asks for in its own words."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from evalgen.generation.brief import Brief
from evalgen.generation.plan.asked_for import share_of, words_in
from evalgen.generation.plan.test import Test
from evalgen.generation.plan.workflow import workflow_candidates
from evalgen.generation.read.model import AgentModel

ENOUGH = 0.6
"""The share of a paragraph's own words that a test has to have for it to be certain that it serves it."""


def aimed_tests(model: AgentModel, brief: Brief, aim: str, taken: Collection[str]) -> Iterator[Test]:
    """Tests that serve a paragraph, the best first; none where no test has enough of its words."""
    wanted = words_in(aim, model.spoken or "en")
    found = [
        (share, test)
        for test in workflow_candidates(model, brief.seed)
        if test.key not in taken and (share := share_of(wanted, test, model)) >= ENOUGH
    ]
    found.sort(key=lambda one: (-one[0], len(words_in(one[1].aim, one[1].language)), one[1].key))
    yield from (test for _, test in found)
