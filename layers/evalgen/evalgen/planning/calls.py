"""Expected calls as an outcome tells of them."""

from __future__ import annotations

from typing import Any

from evalgen.planning.entries import item_noun, item_of, reference_of
from evalgen.planning.plan import Call
from evalgen.reading.lexicon import Lexicon
from evalgen.reading.records import Step
from evalgen.reading.tool_names import spoken


def call_of(index: int, steps: tuple[Step, ...], lexicon: Lexicon) -> Call:
    """The call number `index` as the outcome tells of it."""
    step = steps[index]
    item: dict[str, Any] = {}
    noun = ""
    for link in step.links:
        if link.call < index and not item:
            item, noun = item_of(steps[link.call].call.output, link), item_noun(link.path, lexicon)
    told = step.said()
    reference = reference_of(step) if step.outcome == "success" and step.tool.effect == "write" else ""
    return Call(
        verb=step.tool.verb,
        noun=step.tool.noun,
        effect=step.tool.effect,
        outcome=step.outcome,
        said={p.noun: told[p.name] for p in step.tool.parameters if p.name in told and not p.freetext},
        item=item,
        item_noun=noun,
        reference=spoken(reference, lexicon) if reference else "",
        reference_value=str(step.call.output[reference]) if reference else "",
        action=step.tool.action,
    )
