"""Which facts are asked for in one call: those of a row, of a column, of a section."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from evalgen.generation.read.documents import Fact

A_CALL = 2
MOST = 3

Group = tuple[Fact, ...]


def cells_in_groups(facts: Sequence[Fact]) -> list[Group]:
    """Cells by row where one has several, the others by column; each cell once."""
    rows = _by(((fact.file, fact.table, fact.row), fact) for fact in facts if fact.row)
    groups: list[Group] = []
    single: list[Fact] = []
    for row in rows:
        if len(row) == 1:
            single += row
        else:
            groups += _chunks(row)
    alone: list[Fact] = []
    for column in _by(((fact.file, fact.table, fact.column), fact) for fact in single):
        if len(column) == 1:
            alone += column
        else:
            groups += _chunks(column)
    return [*groups, *_chunks(alone)]


def prose_in_groups(facts: Sequence[Fact]) -> list[Group]:
    """What is not in a table by section, each once; sections with one fact are put together."""
    groups: list[Group] = []
    alone: list[Fact] = []
    for section in _by(((fact.file, fact.section), fact) for fact in facts if not fact.row):
        if len(section) == 1:
            alone += section
        else:
            groups += _chunks(section)
    if len(alone) == 1 and groups and len(groups[-1]) < MOST:
        return [*groups[:-1], (*groups[-1], *alone)]
    return [*groups, *_chunks(alone)]


def pairs_of_others(facts: Sequence[Fact], turn: int) -> Sequence[Group]:
    """Each fact with one that stands further on, another one each turn."""
    distance = len(facts) // (turn + 1)
    if distance < 2:
        return []
    further = [facts[(place + distance) % len(facts)] for place in range(len(facts))]
    return list(zip(facts, further, strict=True))[::2]


def _by(keyed: Iterable[tuple[Hashable, Fact]]) -> list[list[Fact]]:
    groups: dict[Hashable, list[Fact]] = {}
    for key, fact in keyed:
        groups.setdefault(key, []).append(fact)
    return list(groups.values())


def _chunks(facts: Sequence[Fact]) -> list[Group]:
    """So many at a time; one that is left goes with those before it."""
    groups = [tuple(facts[i : i + A_CALL]) for i in range(0, len(facts), A_CALL)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return groups
