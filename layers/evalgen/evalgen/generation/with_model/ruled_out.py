"""Deeds of a plan that surely are not done: a rule refuses them for this record, or nobody is identified."""

from __future__ import annotations

from collections.abc import Sequence

from evalgen.generation.plan.choices_meant import is_of_others
from evalgen.generation.plan.restrictions import record_of
from evalgen.generation.plan.shutting import shutting
from evalgen.generation.plan.tasks import served_by
from evalgen.generation.read.chain import Chain, Played
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.values import key_of, kind_of, leaves, same
from evalgen.generation.with_model.merging import BY_A_MODEL


def unidentified(chain: Chain, model: AgentModel) -> str:
    """A deed before any call that says who is calling, or what the deed is done to, where one has to be made
    for it.
    """
    for number, played in enumerate(chain.calls):
        if played.tool.role != "write" or played.optional or played.answer != "success":
            continue
        whole = model.flow.chain(played.tool, played.call)
        needed = whole and whole.identifying
        before = chain.calls[:number]
        if needed and not (Chain(before).identifying or _is_found(played, before)):
            return f"{needed.tool.tool.name} has to be called before {played.tool.tool.name}"
    return ""


def _is_found(deed: Played, before: Sequence[Played]) -> bool:
    """Whether a look-up before it has answered an id that it takes."""
    taken = {same(v) for path, v in leaves(deed.call.input) if kind_of(key_of(path), v) == "id"}
    return any(same(v) in taken for p in before if p.tool.role == "read" for _, v in leaves(p.call.output))


def _is_of_records(rule: Statement) -> bool:
    """Whether a rule is read by rules, or a model has it depend on an answer: not on an hour or a wish."""
    return rule.because != BY_A_MODEL or (rule.condition is not None and rule.condition.by == "answer")


def refused_deed(chain: Chain, model: AgentModel) -> str:
    """The rule and the field of the record by which it refuses; empty where none is sure to.

    Only of the first deed: what it does may change the record.
    """
    for number, played in enumerate(chain.calls):
        if played.tool.role != "write" or played.optional:
            continue
        served = served_by(played.tool, model, grammar_of(model.judged)) if model.judged else None
        if served is None or played.answer != "success":
            return ""
        fields = record_of(Chain(chain.calls[: number + 1]), model)
        for shut in shutting(served, model, fields):
            if _is_of_records(shut.rule) and not is_of_others(shut.meant, played.call.input):
                name, line = played.tool.tool.name, shut.rule.lines[0]
                return (
                    f"line {line} of the prompt rules {name} out where {shut.label} is {shut.value}: "
                    "the call has to end in the refusal"
                )
        return ""
    return ""
