"""Bans whose thing stands in the sentence before: `A late fee of $15 is added. You cannot waive it.`"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from evalgen.generation.languages import load
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Duty, Statement


def pointed(model: AgentModel) -> Iterator[Statement]:
    """Each as a ban of the thing that it means, where one is the subject of the sentence before."""
    table = load(model.judged, "attacks")["pointed"]
    for before, statement in pairwise(model.prompt.statements):
        ban = re.fullmatch(table["ban"], statement.text)
        named = re.match(table["before"], before.text)
        if not ban or not named or before.lines != statement.lines or before.condition or before.outer:
            continue
        text = f"{ban['verb']} {table['the'].format(x=named['x'].lower())}"
        duty = Duty(text, ban["verb"].split()[0], ban=True, heard=True)
        yield replace(statement, kind="ban", sure=True, condition=None, duties=(duty,))
