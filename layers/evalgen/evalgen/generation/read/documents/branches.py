"""Cells below the name of a place: what something costs there, and when it is open."""

from __future__ import annotations

from collections.abc import Collection

from evalgen.generation.read.documents.columns import BARE, Column, is_narrowed, unit_of
from evalgen.generation.read.documents.fact import Fact
from evalgen.generation.read.documents.layout import Row, Table
from evalgen.generation.read.documents.making import Maker
from evalgen.generation.read.documents.nouns import Phrase, definite
from evalgen.generation.read.documents.rules import Rule, Rules


class Branches:
    """Reads the columns of one document that are headed by places."""

    def __init__(self, rules: Rules, maker: Maker, names: Collection[str]) -> None:
        self._rules, self._maker, self._names = rules, maker, names
        self._heads = rules.data["heads"]

    def fact(self, table: Table, row: Row, place: int, column: Column, days: str) -> Fact | str:
        """What the cell says of its place, `days` (` on Mondays`) where the row is some; or what is not
        understood of it.
        """
        if is_narrowed(row, table, self._rules, "hours_narrow" if days else "notes_narrow"):
            return "the note may change it"
        if days:
            hours = self._rules.column("open_at")
            return self._made(table, row, place, hours, Phrase(days), column, row.cells[place])
        phrase = definite(row.cells[0], self._rules, self._names)
        if phrase is None:
            return "row"
        unit = unit_of(row, table, self._rules)
        if unit is None:
            return "unit"
        currency, tail = unit
        cell = row.cells[place]
        if BARE.match(cell):
            cell = f"{cell} {currency}" if currency and cell.strip("0., ") else ""
        return self._made(table, row, place, column.rule, phrase, column, cell, tail)

    def _made(
        self,
        table: Table,
        row: Row,
        place: int,
        rule: Rule,
        phrase: Phrase,
        column: Column,
        cell: str,
        tail: str = "",
    ) -> Fact | str:
        if not rule.value.match(cell):
            return "value"
        return self._maker.fact(
            rule,
            kind="cell",
            text=row.text,
            line=row.line,
            plural=phrase.plural,
            values={"row": phrase.text, "tail": tail, "at": column.place, "x": table.heads[place].strip()},
            value=cell,
            said=f"{phrase.text}{column.place}",
            section=table.section,
            table=str(table.line),
            row=row.cells[0],
            column=rule.name,
        )
