"""Which facts are asked for in one call: cells of a table, sentences of a section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations, zip_longest

from evalgen.generation.read.documents import Fact
from evalgen.generation.read.documents.columns import NAMED

A_CALL = 2
MOST = 3

Group = tuple[Fact, ...]


def cells_in_groups(facts: Sequence[Fact]) -> list[Group]:
    """Two cells of one table, of two columns and rows where it can be, of one row where they are asked for by
    their headings; tables by turns, each once.
    """
    tables = _by(((fact.file, fact.table), fact) for fact in facts if fact.row)
    turns = zip_longest(*(_of_table(table) for table in tables))
    groups = [group for turn in turns for group in turn if group]
    alone = [fact for group in groups if len(group) == 1 for fact in group]
    return [*(group for group in groups if len(group) > 1), *_chunks(alone)]


def _of_table(cells: Sequence[Fact]) -> Iterator[Group]:
    """The pairs of columns by turns, of the rows in order."""
    columns = {column[0].column: column for column in _by((fact.column, fact) for fact in cells)}
    together: Counter[frozenset[str]] = Counter()
    while left := [name for name, column in columns.items() if column]:
        pairs = [frozenset(pair) for pair in combinations(left, 2)] or [frozenset(left)]
        names = min(pairs, key=lambda pair: (together[pair], -sum(len(columns[name]) for name in pair)))
        together[names] += 1
        first, *others = sorted(names, key=left.index)
        one = columns[first].pop(0)
        column = columns[others[0] if others else first]
        if not column:
            yield (one,)
            continue
        of_the_same = one.because == NAMED
        another = next((fact for fact in column if (fact.row == one.row) == of_the_same), column[0])
        column.remove(another)
        yield (one, another)


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


def in_pairs(facts: Sequence[Fact]) -> list[Group]:
    """Each with one that stands half of them further on; the one in the middle alone."""
    half = (len(facts) + 1) // 2
    pairs = zip_longest(facts[:half], facts[half:])
    return [tuple(fact for fact in pair if fact) for pair in pairs]


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
