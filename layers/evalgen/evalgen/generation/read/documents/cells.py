"""Facts of tables: what each cell says, asked for in people's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from evalgen.generation.read.documents.fact import Fact
from evalgen.generation.read.documents.layout import Row, Table
from evalgen.generation.read.documents.making import Maker
from evalgen.generation.read.documents.nouns import Phrase, phrase_of, thing
from evalgen.generation.read.documents.rules import Rule, Rules

_UNIT = re.compile(r"^(?P<head>.+?)\s*[(\[](?:in )?(?P<unit>[^()\[\]]+)[)\]]$")
_BARE = re.compile(r"^(?:\d{1,3}(?:,\d{3})+|\d+)(?:[.,]\d+)?$")


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column is about: its rule, what its heading adds to the question, and the unit it gives."""

    rule: Rule
    tail: str = ""
    unit: str = ""
    noun: str = ""
    """What a column of yes and no is about, or the heading where it is asked for by itself."""
    of_size: bool = False
    """Whether it is one of several columns of prices, each for some size, weight or time."""


class Cells:
    """Reads the tables of one document."""

    def __init__(self, rules: Rules, maker: Maker, names: Collection[str]) -> None:
        self._rules, self._maker, self._names = rules, maker, names

    def facts(self, table: Table) -> Iterator[Fact]:
        """A fact for each cell that is not empty, sure where row, column and value are all understood."""
        table = self._upright(table)
        heads = Counter(head.strip().casefold() for head in table.heads)
        columns = [
            self._column(head, table, place) if heads[head.strip().casefold()] == 1 else None
            for place, head in enumerate(table.heads)
        ]
        labels = Counter(row.cells[0].casefold() for row in table.rows)
        for row in table.rows:
            label = row.cells[0]
            is_day = self._rules.rows["day"].match(table.heads[0].strip()) is not None
            if is_day and not any(columns):
                yield from self._day(table, row)
                continue
            phrase = self._day_phrase(label) if is_day else self._phrase(label, table)
            sizes = [n for n, column in enumerate(columns) if column is not None and column.of_size]
            same = len({row.cells[n] for n in sizes}) == 1
            for place in range(1, len(row.cells)):
                column, cell = columns[place], row.cells[place]
                known = {row.cells[n] for n in sizes if n < place}
                if not cell.strip(" -–—") or (place in sizes and cell in known):
                    continue
                if same and column is not None and column.of_size:
                    column = replace(column, tail="")
                if phrase is None or column is None:
                    yield self._unread(row, table, place, "row" if phrase is None else "column")
                elif labels[label.casefold()] > 1:
                    yield self._unread(row, table, place, "row_twice")
                else:
                    yield self._cell(table, row, place, phrase, column)

    def _phrase(self, label: str, table: Table) -> Phrase | None:
        """What a row is called; below a heading that some repeat (`Garden kennel`) they are such things."""
        head = table.heads[0].strip().casefold()
        if phrase := phrase_of(label, head, self._rules, self._names):
            return phrase
        repeated = len(head) > 2 and any(head in row.cells[0].casefold().split()[1:] for row in table.rows)
        return phrase_of(label, "", self._rules, self._names) if repeated else None

    def _day_phrase(self, label: str) -> Phrase | None:
        rule = next(rule for rule in self._rules.labels if rule.name == "hours_on")
        if not rule.pattern.match(label):
            return None
        first, *last = re.split(r"\s?[-–]\s?", label)
        days = self._rules.data["from_to"].format(first, *last) if last else label
        return Phrase(self._rules.data["on_days"].get(days.casefold(), days))

    def _upright(self, table: Table) -> Table:
        """The table with a row for each thing: turned where the first column holds the attributes."""
        if not self._rules.rows["attributes"].match(table.heads[0].strip()):
            return table
        firsts = [row.cells[0] for row in table.rows]
        if sum(any(rule.pattern.match(first) for rule in self._rules.columns) for first in firsts) * 2 < len(
            firsts
        ) or any(any(rule.pattern.match(head) for rule in self._rules.columns) for head in table.heads[1:]):
            return table
        corner = table.section if not table.heads[0] else table.heads[0]
        rows = tuple(
            Row(
                (head, *(row.cells[place] for row in table.rows)),
                table.line,
                " | ".join([head, *(f"{row.cells[0]}: {row.cells[place]}" for row in table.rows)]),
            )
            for place, head in enumerate(table.heads)
            if place
        )
        return Table((corner, *firsts), rows, table.line, table.section)

    def _column(self, head: str, table: Table, place: int) -> _Column | None:
        head, unit = head.strip(), ""
        if not place:
            return None
        if found := _UNIT.match(head):
            unit = self._rules.data["units"].get(found["unit"].casefold(), "")
            if unit:
                head = found["head"]
        lowered = head.casefold()
        qualifiers = self._rules.data["qualifiers"]
        below = [rule for rule in self._rules.columns if self._stands_below(rule, table)]
        for rule in below:
            if found := rule.pattern.match(lowered):
                if rule.texts.get("names_itself"):
                    return _Column(rule, "", unit, lowered)
                named = found.groupdict().get("x")
                noun = thing(named, self._rules, self._names) if named else Phrase("")
                return _Column(rule, "", unit, noun.text) if noun else None
            if not rule.texts.get("qualified"):
                continue
            if lowered in qualifiers and all(
                rule.value.match(row.cells[place]) and not _BARE.match(row.cells[place])
                for row in table.rows
                if row.cells[place].strip(" -–—")
            ):
                return _Column(rule, qualifiers[lowered], unit)
            for qualifier, tail in qualifiers.items():
                rest = _without(lowered, qualifier)
                if rest and rule.pattern.match(rest):
                    return _Column(rule, tail, unit)
            behind = re.match(self._rules.data["heads"]["tail"], lowered)
            if behind and rule.pattern.match(behind["head"]):
                return _Column(rule, behind["tail"], unit)
        return self._of_prices(head, unit)

    def _of_prices(self, head: str, unit: str) -> _Column | None:
        """A column of prices that its heading has for some size, weight or time."""
        heads = self._rules.data["heads"]
        if unit not in heads["currencies"] or not re.match(heads["of_prices"], head, re.IGNORECASE):
            return None
        tail = str(heads["said_of"]).format(head=self._rules.lowered(head, ()))
        return _Column(self._rules.column("price"), tail, unit, of_size=True)

    @staticmethod
    def _stands_below(rule: Rule, table: Table) -> bool:
        return "below" not in rule.texts or bool(
            re.match(rule.texts["below"], table.heads[0].strip(), re.IGNORECASE)
        )

    def _cell(self, table: Table, row: Row, place: int, phrase: Phrase, column: _Column) -> Fact:
        cell, rule = row.cells[place], column.rule
        if column.of_size and not cell.strip("0., "):
            return self._unread(row, table, place, "nothing")
        if column.unit and _BARE.match(cell):
            cell = f"{cell} {column.unit}"
        if re.match(rule.texts.get("not_of", "$^"), row.cells[0], re.IGNORECASE):
            return self._unread(row, table, place, "the label tells the answer")
        if not rule.value.match(cell) or self._rules.indefinite.search(cell):
            return self._unread(row, table, place, "value")
        cell = re.sub(rule.texts.get("unit", "$^"), "", cell, flags=re.IGNORECASE)
        return self._maker.fact(
            rule,
            kind="cell",
            text=row.text,
            line=row.line,
            plural=phrase.plural,
            values={"row": phrase.text, "tail": column.tail, "x": column.noun},
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


def _without(head: str, qualifier: str) -> str:
    """The heading without its qualifier in front of it or behind it; empty: it has none."""
    for pattern in (
        rf"^{re.escape(qualifier)} (?P<r>.+)$",
        rf"^(?P<r>.+?),? (?:\(|for )?{re.escape(qualifier)}\)?$",
    ):
        if found := re.match(pattern, head):
            return found["r"]
    return ""
