"""Which sentences may forbid a deed for the records that a call is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from evalgen.generation.languages import load
from evalgen.generation.plan.about import (
    concerns,
    in_section,
    is_of_another_paragraph,
    is_of_another_tool,
    names_verb,
    speaks_of,
)
from evalgen.generation.plan.choices_meant import choices_meant, is_of_no_choice, is_of_others
from evalgen.generation.plan.tasks import Served
from evalgen.generation.plan.things import listed_in
from evalgen.generation.read.chain import Chain, value_at
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.record_fields import Field, fields_of
from evalgen.generation.read.statement import Statement
from evalgen.generation.values import key_words, plain

SHORTEST = 3
"""Letters of words of keys that say something: no `no`, `id`."""


def record_of(chain: Chain, model: AgentModel) -> list[Field]:
    """The fields of the records that a call is about: of who is calling, and of what was chosen."""
    grammar = grammar_of(model.spoken)
    found: list[Field] = []
    for played in chain.calls:
        if played is not chain.last or played.tool.role != "write":
            found += fields_of(played.record)
        for one in played.inputs:
            if thing := listed_in(chain, one, grammar):
                found += fields_of(value_at(chain.calls[thing.call].call.output, thing.place))
    found += fields_of(chain.last.call.input)
    return found


@dataclass(frozen=True)
class Restriction:
    """A sentence that may forbid a deed: where `condition` holds, or, with `only`, where it does not. It says
    nothing of records for which `about` does not hold.
    """

    statement: Statement
    condition: str
    only: bool = False
    about: str = ""


def forbidding(chain: Chain, served: Served, model: AgentModel) -> list[Statement]:
    """The sentences that may forbid the deed for this record: a good agent might not get to it."""
    may_forbid = model.once("forbidding", served.key, lambda: list(_may_forbid(served, model)))
    fields = record_of(chain, model) if may_forbid else []
    holds, both = model.record_rules.holds, load(model.judged, "rules")["both_hold"] if may_forbid else ""
    found = []
    for one in may_forbid:
        if is_of_others(choices_meant(one.statement.text, served.tool), chain.last.call.input):
            continue
        if one.about and holds(one.about, fields, by_states=True) is False:
            continue
        parts = re.split(both, one.condition, flags=re.IGNORECASE) if one.only else [one.condition]
        answers = {holds(part, fields, by_states=one.only) for part in parts}
        answer = False if False in answers else None if None in answers else True
        undecided = answer is None and (not one.only or _is_of_a_choice(one, chain, model))
        if undecided and one.only:
            found.append(one.statement)
            continue
        if answer is (not one.only) or (undecided and _turns_on(one.statement, fields, served, model)):
            found.append(one.statement)
    return found


def _is_of_a_choice(one: Restriction, chain: Chain, model: AgentModel) -> bool:
    """Whether a sentence allows what is chosen only with more that nobody has: `Stolen is free, but only with
    a police reference`.
    """
    if not re.match(load(model.judged, "rules")["only_with"], one.condition, re.IGNORECASE):
        return False
    about = plain(one.about)
    chosen = (plain(str(f.value)).replace("_", " ") for f in fields_of(chain.last.call.input))
    return any(len(v) > SHORTEST and re.search(rf"\b{re.escape(v)}\b", about) for v in chosen)


def _turns_on(statement: Statement, fields: list[Field], served: Served, model: AgentModel) -> bool:
    """Whether a ban of this deed names a number or flag of the record, by a word that the deed has not: how
    it compares is not known.
    """
    own = set(key_words(served.wish)) | set(key_words(served.tool.tool.name))
    counts = {w for f in fields if isinstance(f.value, int | float) for w in f.words if len(w) > SHORTEST}
    rules = load(model.judged, "rules")
    bans = re.finditer(rules["bans"], statement.text, re.IGNORECASE)
    return any(
        ban["verb"].lower() not in rules["of_words"]
        and speaks_of(ban[0], served, model)
        and set(key_words(ban[0])) & counts - own
        for ban in bans
    )


def _may_forbid(served: Served, model: AgentModel) -> Iterator[Restriction]:
    words = load(model.judged, "rules")
    for statement in model.prompt.statements:
        text = statement.text
        asks = re.search(words["only_asks"], text, re.IGNORECASE)
        why = re.match(words["why_they_call"], plain(text))
        if statement.row or asks or why or not re.search(words["restricts"], text, re.IGNORECASE):
            continue
        if is_of_no_choice(text, served.tool, model):
            continue
        subject = re.match(words["limited"], text, re.IGNORECASE)
        if subject and not speaks_of(subject["subject"], served, model):
            continue
        bare = replace(statement, text=re.sub(words["offered"], "", text, flags=re.IGNORECASE))
        name = served.tool.tool.name
        elsewhere = is_of_another_tool(statement, name, model) or (
            bool(served.section) and is_of_another_paragraph(statement, name, model)
        )
        own = not elsewhere or names_verb(bare.text, served.tool, model)
        only = re.search(words["only"], text, re.IGNORECASE)
        opens = only is not None and not text[: only.start()].strip() and in_section(statement, served)
        about = (own and concerns(bare, served, model)) or opens
        if about or re.search(words["of_anyone"], text, re.IGNORECASE):
            behind = text[only.end() :] if only else ""
            allowed = re.search(words["allowed"], behind, re.IGNORECASE)
            limit = re.match(words["limits"], text, re.IGNORECASE)
            rest = re.split(words["parts"], text, maxsplit=1)[1:] if limit else [text]
            condition = statement.condition.text if statement.condition else "".join(rest) or text
            if not only:
                yield Restriction(statement, condition)
                continue
            before = statement.condition.text if statement.condition else text[: only.start()]
            if allowed:
                yield Restriction(statement, before)
                yield Restriction(statement, behind[: allowed.start()], only=True)
            else:
                yield Restriction(statement, behind, only=True, about=before)
