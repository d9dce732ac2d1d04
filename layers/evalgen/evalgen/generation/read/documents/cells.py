"""Facts of tables: what each cell says, asked for in people's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from evalgen.generation.read.documents.branches import Branches
from evalgen.generation.read.documents.columns import (
    BARE,
    NAMED,
    Column,
    Columns,
    is_excepted,
    is_narrowed,
    unit_of,
)
from evalgen.generation.read.documents.fact import Fact
from evalgen.generation.read.documents.joined import (
    by_days,
    named_by,
    upright,
    with_days,
    with_spoken_heads,
)
from evalgen.generation.read.documents.layout import Row, Table
from evalgen.generation.read.documents.making import Maker
from evalgen.generation.read.documents.nouns import Phrase, definite, is_plural, phrase_of
from evalgen.generation.read.documents.rules import Rules


class Cells:
    """Reads the tables of one document."""

    def __init__(
        self,
        rules: Rules,
        maker: Maker,
        names: Collection[str],
        places: Mapping[str, str] = MappingProxyType({}),
        currency: str = "",
    ) -> None:
        """`places` are names with the word that stands before them, `currency` the only one that is named."""
        self._rules, self._maker, self._names, self._currency = rules, maker, names, currency
        self._columns = Columns(rules, names, places, currency)
        self._branches = Branches(rules, maker, names)

    def facts(self, table: Table) -> Iterator[Fact]:
        """A fact for each cell that is not empty, sure where row, column and value are all understood."""
        for joined in (upright, with_spoken_heads, named_by, by_days, with_days):
            table = joined(table, self._rules)
        towns = self._rules.rows["towns"].match(table.heads[0].strip()) is not None
        columns = self._columns.of(table, towns)
        is_day = self._rules.rows["day"].match(table.heads[0].strip()) is not None
        labels = Counter(row.cells[0].casefold() for row in table.rows)
        keyed = sum(count for count in labels.values() if count > 1) * 2 >= len(table.rows)
        for row in table.rows:
            if is_day and not any(columns):
                yield from self._day(table, row)
                continue
            phrase = self._day_phrase(row.cells[0]) if is_day else self._phrase(row.cells[0], table)
            for place, column in _of_row(columns, row):
                if column is None:
                    yield self._unread(row, table, place, "row" if phrase is None else "column")
                elif keyed or labels[row.cells[0].casefold()] > 1:
                    yield self._unread(row, table, place, "row_twice")
                elif column.of_places:
                    fact = self._branches.fact(table, row, place, column, self._columns.days(row.cells[0]))
                    yield self._unread(row, table, place, fact) if isinstance(fact, str) else fact
                elif phrase is None or (phrase.is_town and column.rule.name != NAMED):
                    yield self._unread(row, table, place, "row")
                else:
                    yield self._cell(table, row, place, self._open(phrase, column, row, table), column)

    def _phrase(self, label: str, table: Table) -> Phrase | None:
        """What a row is called; below a heading that some repeat (`Garden kennel`) they are such things."""
        head = table.heads[0].strip().casefold()
        if phrase := phrase_of(label, head, self._rules, self._names):
            return phrase
        repeated = len(head) > 2 and any(head in row.cells[0].casefold().split()[1:] for row in table.rows)
        return phrase_of(label, "", self._rules, self._names) if repeated else None

    def _open(self, phrase: Phrase, column: Column, row: Row, table: Table) -> Phrase:
        """What is open is one that everybody knows: `the shop`, where its table has no heading for it."""
        known = column.rule.texts.get("of_days") and not table.heads[0].strip()
        return definite(row.cells[0], self._rules, self._names) or phrase if known else phrase

    def _day_phrase(self, label: str) -> Phrase | None:
        rule = next(rule for rule in self._rules.labels if rule.name == "hours_on")
        if not rule.pattern.match(label):
            return None
        first, *last = re.split(r"\s?[-–]\s?", label)
        days = self._rules.data["from_to"].format(first, *last) if last else label
        return Phrase(self._rules.data["on_days"].get(days.casefold(), days))

    def _cell(self, table: Table, row: Row, place: int, phrase: Phrase, column: Column) -> Fact:
        cell, rule = row.cells[place], column.rule
        if column.of_size and not cell.strip("0., "):
            return self._unread(row, table, place, "nothing")
        unit = unit_of(row, table, self._rules) if rule.name == "price" else ("", "")
        if unit is None:
            return self._unread(row, table, place, "unit")
        if rule.texts.get("of_days") and is_narrowed(row, table, self._rules, "hours_narrow"):
            return self._unread(row, table, place, "the note may change it")
        money = column.unit or (rule.name == "price" and (unit[0] or self._currency))
        if money and BARE.match(cell):
            cell = f"{cell} {money}"
        if is_excepted(row, table, self._rules):
            return self._unread(row, table, place, "it has exceptions")
        if re.match(rule.texts.get("not_of", "$^"), row.cells[0], re.IGNORECASE):
            return self._unread(row, table, place, "the label tells the answer")
        if not rule.value.match(cell) or self._rules.indefinite.search(cell):
            return self._unread(row, table, place, "value")
        cell = re.sub(rule.texts.get("unit", "$^"), "", cell, flags=re.IGNORECASE)
        named = rule.name == NAMED
        return self._maker.fact(
            rule,
            kind="cell",
            text=row.text,
            line=row.line,
            plural=is_plural(column.noun, self._rules) if named else phrase.plural,
            values={"row": phrase.text, "tail": f"{unit[1]}{column.tail}", "x": column.noun},
            value=cell,
            said=phrase.text,
            section=table.section,
            table=str(table.line),
            row=row.cells[0],
            column=table.heads[place],
        )

    def _day(self, table: Table, row: Row) -> Iterator[Fact]:
        """A row of opening hours: from one cell, or from two that say when it opens and closes."""
        rule = next(rule for rule in self._rules.labels if rule.name == "hours_on")
        cells = [cell for cell in row.cells[1:] if cell.strip(" -–—")]
        value = self._rules.data["from_to"].format(*cells) if len(cells) == 2 else cells[0] if cells else ""
        match = rule.pattern.match(row.cells[0])
        if len(row.cells) > 3 or not match or not rule.value.match(value):
            yield self._unread(row, table, 1, "value")
            return
        yield self._maker.label_fact(rule, match, value, row.text, row.line, table.section)

    def _unread(self, row: Row, table: Table, place: int, because: str) -> Fact:
        text = f"{row.cells[0]}, {table.heads[place]}: {row.cells[place]}"
        return self._maker.unread(text, row.line, because, table.section)


def _of_row(columns: Sequence[Column | None], row: Row) -> Iterator[tuple[int, Column | None]]:
    """The cells that say something, with their columns: of columns for several sizes or places that say the
    same it is said once, and of none of them where all do.
    """
    for place, column in enumerate(columns):
        if not place or not row.cells[place].strip(" -–—"):
            continue
        alike = [n for n, other in enumerate(columns) if column and other and _are_alike(column, other)]
        same = len(alike) > 1 and len({row.cells[n] for n in alike}) == 1
        earlier = [n for n in alike if n < place and row.cells[n] == row.cells[place]]
        if column and earlier and (same or column.of_size):
            continue
        yield place, replace(column, tail="", place="") if column and same else column


def _are_alike(one: Column, other: Column) -> bool:
    return (one.of_size and other.of_size) or (one.of_places and other.of_places)
