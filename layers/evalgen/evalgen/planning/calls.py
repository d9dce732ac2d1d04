"""Expected calls as an outcome tells of them."""

from __future__ import annotations

from typing import Any

from evalgen.planning.plan import Call
from evalgen.planning.script import item_noun, item_of, reference_of
from evalgen.reading.records import Step


def call_of(index: int, step: Step, steps: tuple[Step, ...]) -> Call:
    item: dict[str, Any] = {}
    noun = ""
    for link in step.links:
        if link.call < index and not item:
            item, noun = item_of(steps[link.call].call.output, link), item_noun(link.path)
    reference = reference_of(step) if step.outcome == "success" and step.tool.effect == "write" else ""
    said = {
        p.noun: step.call.input[p.name]
        for p in step.tool.parameters
        if p.name in step.said() and not p.freetext
    }
    value = str(step.call.output[reference]) if reference else ""
    return Call(
        step.tool.verb, step.tool.noun, step.tool.effect, step.outcome, said, item, noun, reference, value
    )
