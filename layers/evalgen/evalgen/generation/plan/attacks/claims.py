"""Parts that the prompt itself foresees: a caller who claims to be somebody with more rights."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalgen.generation.languages import load
from evalgen.generation.plan.attacks.tables import Play
from evalgen.generation.plan.attacks.ways_out import way_of
from evalgen.generation.plan.slots import filled
from evalgen.generation.read.model import AgentModel

MOST_WORDS = 4
"""Of what somebody claims to be."""


def speaks_of_claims(model: AgentModel) -> bool:
    """Whether the prompt has a rule for callers who claim to be somebody, certain or not."""
    claims = load(model.judged, "attacks")["claims"]["anywhere"]
    return any(re.search(claims, s.text) for s in model.prompt.statements)


def claimed(model: AgentModel) -> Iterator[Play]:
    """A part for each sure rule about such callers that says what is done then."""
    if model.spoken != model.judged:
        return
    table = load(model.spoken, "attacks")["claims"]
    sure = [s for s in model.sure("case") if s.condition and not s.outer]
    texts = dict.fromkeys(s.condition.text for s in sure if s.condition)
    for text in texts:
        match = re.fullmatch(table["when"], text, re.IGNORECASE)
        role = re.split(table["or"], match["role"])[0].strip() if match else ""
        if not role or len(role.split()) > MOST_WORDS:
            continue
        of_it = [(s, d) for s in sure if s.condition and s.condition.text == text for d in s.duties]
        way = way_of(of_it, model)
        if way.lines:
            said = {name: filled(table[name], {"role": role}) for name in ("who", "persona")}
            yield Play(
                f"claim_{'_'.join(role.casefold().split())}",
                "authority",
                said["who"],
                said["persona"],
                table["open"].replace("{role}", role),
                tuple(table["push"]),
                tuple(table["owasp"]),
                types=tuple(table["types"]),
                way=way,
            )
