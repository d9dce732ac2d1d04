"""A second look at finished scenarios by a model that did not write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evalgen.generation.with_model.asking import NoAnswer, ask
from evalgen.generation.with_model.forms import Judged, Review
from evalgen.generation.with_model.instructions import instruction
from evalgen.generation.with_model.material import Material
from evalgen.generation.with_model.shown import Shown
from evalgen.generation.with_model.writing import Worded
from evalgen.models.port import Model

TOKENS_PER_TEST = 350
UNPASSABLE = "F"


@dataclass
class Reviewer:
    """Of one job."""

    asked: Model
    material: Material

    def verdicts(self, worded: Mapping[int, Worded]) -> dict[int, Judged]:
        """By slot. A slot of which nothing is said has no verdict.

        Raises Throttled and Permanent; without an answer that can be used there are no verdicts.
        """
        if not worded:
            return {}
        try:
            tokens = TOKENS_PER_TEST * (len(worded) + 1)
            task = task_of(self.material, worded)
            review = ask(self.asked, "review", self.material.text, task, Review, tokens)
        except NoAnswer:
            return {}
        return {one.slot: one for one in review.tests if one.slot in worded}


def task_of(material: Material, worded: Mapping[int, Worded]) -> str:
    """What is sent after the material."""
    shown = Shown(material)
    return instruction(
        "review",
        count=len(worded),
        fence=material.fence,
        tests="\n".join(shown.draft(slot, one.test, one.draft) for slot, one in worded.items()),
    )


def why_not(judged: Judged) -> str:
    """Why a test cannot be run as it is; empty where it can."""
    serious = [one for one in judged.defects if one.code == UNPASSABLE]
    if judged.verdict != "REJECT" and not serious:
        return ""
    told = serious if judged.verdict != "REJECT" else judged.defects
    return "; ".join(f"{one.code}: {one.words!r}: {one.why}" for one in told) or "rejected without a reason"
