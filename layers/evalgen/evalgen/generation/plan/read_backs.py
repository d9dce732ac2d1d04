"""What an agent reads back at the end of an intake, as far as its prompt says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evalgen.generation.languages import load
from evalgen.generation.plan.asked_groups import Asked
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.statement import Statement
from evalgen.generation.values import plain

SAID = ("full_name", "phone")
"""What people say of themselves before they are asked, and what any agent reads back of the details."""


def read_backs_in(model: AgentModel) -> Iterator[Statement]:
    """The sentences that have something read back in every call, also `Once you have all`."""
    table = load(model.judged, "intake")
    for statement in model.prompt.statements:
        ends = statement.condition is None or re.search(table["complete"], plain(statement.condition.text))
        if ends and re.search(table["reads_back"], plain(statement.text)):
            yield statement


def read_back_in(statement: Statement, given: Sequence[Asked], language: str) -> list[Asked]:
    """What of the things given is surely read back: those that the sentence names.

    Where it names none, `the details` are name and number at least; empty where it names something else.
    """
    table = load(language, "intake")
    text = plain(statement.text)
    match = next((m for p in table["read_backs"] if (m := re.search(p, text))), None)
    what = re.sub(table["read_back_tail"], "", match["what"]) if match else ""
    plainly = [one for one in given if "asked_as" not in one.fact]
    if re.search(table["read_back_all"], what):
        return plainly
    parts = re.split(table["split"], what)
    facts = [next((f for f in table["facts"] if re.search(f["asked"], part)), None) for part in parts]
    if named := [one for one in plainly if one.fact in facts]:
        return named
    of_all = re.search(table["read_back_of"], what)
    return [one for one in plainly if one.fact["key"] in SAID] if of_all else []
