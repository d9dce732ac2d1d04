"""What a column of a table is about: a rule of its heading, and what that adds to the question."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from evalgen.generation.read.documents.layout import Row, Table
from evalgen.generation.read.documents.nouns import Phrase, thing
from evalgen.generation.read.documents.rules import Rule, Rules

BARE = re.compile(r"^(?:\d{1,3}(?:,\d{3})+|\d+)(?:[.,]\d+)?$")
_UNIT = re.compile(r"^(?P<head>.+?)\s*[(\[](?:in )?(?P<unit>[^()\[\]]+)[)\]]$")
FEWEST_PLACES = 2
NAMED = "named"
"""The rule of columns that are asked for by their heading alone."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column is about: its rule, what its heading adds to the question, and the unit it gives."""

    rule: Rule
    tail: str = ""
    unit: str = ""
    noun: str = ""
    """What a column of yes and no is about, or the heading where it is asked for by itself."""
    of_size: bool = False
    """Whether it is one of several columns of prices, each for some size, weight or time."""
    of_places: bool = False
    """Whether it is one of several columns that are headed by places."""
    place: str = ""
    """The place of whose prices it is: ` at Dockside`."""


class Columns:
    """Reads the headings of tables; `places` are names with the word that stands before them: `at`."""

    def __init__(
        self, rules: Rules, names: Collection[str], places: Mapping[str, str], currency: str
    ) -> None:
        self._rules, self._names, self._places, self._currency = rules, names, places, currency

    def of(self, table: Table, of_towns: bool = False) -> list[Column | None]:
        """The column of each heading; None of the first, of one that stands there twice, of an unread one.

        `of_towns`: the rows are towns, for which a price is one of something else.
        """
        heads = [head.strip().casefold() for head in table.heads]
        places = self._of_places(table)
        return [
            None
            if not place or heads.count(head) > 1
            else places.get(place) or self._column(table.heads[place].strip(), table, place, of_towns)
            for place, head in enumerate(heads)
        ]

    def _of_places(self, table: Table) -> dict[int, Column]:
        """The columns that are headed by names of places, where there are several."""
        at = self._rules.data["at_places"]
        said = {
            place: self._places[head.strip()]
            for place, head in enumerate(table.heads)
            if place and self._places.get(head.strip()) in at
        }
        if len(said) < FEWEST_PLACES:
            return {}
        rule = self._rules.column("price_at")
        return {
            place: Column(rule, of_places=True, place=f" {before} {table.heads[place].strip()}")
            for place, before in said.items()
        }

    def days(self, head: str) -> str:
        """Days as they stand behind a question: ` on Sundays`, ` from Monday to Friday`; empty: none."""
        table = self._rules.data["days_of_columns"]
        parts = re.split(table["range"], head.strip())
        days = [table["names"].get(day.casefold().rstrip("."), "") for day in parts]
        if not all(days) or len(days) > 2:
            return ""
        return str(table["on" if len(days) == 1 else "from_to"]).format(*days)

    def _column(self, head: str, table: Table, place: int, of_towns: bool) -> Column | None:
        unit = ""
        if found := _UNIT.match(head):
            unit = self._rules.data["units"].get(found["unit"].casefold(), "")
            if unit:
                head = found["head"]
        lowered = head.casefold()
        cells = [row.cells[place] for row in table.rows if row.cells[place].strip(" -–—")]
        for rule in self._rules.columns:
            if not stands_below(rule, table) or (of_towns and rule.name != NAMED):
                continue
            if rule.texts.get("of_days"):
                if days := self.days(head):
                    return Column(rule, days)
                continue
            if found := rule.pattern.match(lowered):
                return self._named(rule, found.groupdict().get("x"), unit, lowered)
            if rule.texts.get("qualified") and (column := self._qualified(rule, lowered, unit, cells)):
                return column
        return self._of_prices(head, unit, cells)

    def _named(self, rule: Rule, named: str | None, unit: str, head: str) -> Column | None:
        if rule.texts.get("names_itself"):
            for short, long in self._rules.data["heads"]["in_full"]:
                head = re.sub(short, long, head)
            return Column(rule, "", unit, head)
        noun = thing(named, self._rules, self._names) if named else Phrase("")
        return Column(rule, "", unit, noun.text) if noun else None

    def _qualified(self, rule: Rule, head: str, unit: str, cells: Iterable[str]) -> Column | None:
        """A heading that says of whom or when a price is: `Weekend price`, `Members`, `Price per hour`."""
        qualifiers = self._rules.data["qualifiers"]
        explained = re.match(self._rules.data["heads"]["explained"], head)
        head = explained["head"] if explained else head
        if head in qualifiers and all(map(self._is_price, cells)):
            return Column(rule, qualifiers[head], unit, of_size=True)
        for qualifier, tail in qualifiers.items():
            rest = _without(head, qualifier)
            if rest and rule.pattern.match(rest):
                return Column(rule, tail, unit, of_size=True)
        behind = re.match(self._rules.data["heads"]["tail"], head)
        if behind and rule.pattern.match(behind["head"]):
            return Column(rule, behind["tail"], unit)
        return None

    def _is_price(self, cell: str) -> bool:
        """An amount with its currency, a bare one with cents where one currency is named, or no amount."""
        bare = BARE.match(cell) is not None
        priced = self._rules.begins_with_money(cell) or cell.casefold() == self._rules.data["free"]
        return (bool(self._currency) and "." in cell) if bare else priced or not re.search(r"\d", cell)

    def _of_prices(self, head: str, unit: str, cells: Iterable[str]) -> Column | None:
        """A column of prices that its heading has for some size, weight or time."""
        heads = self._rules.data["heads"]
        amounts = [cell for cell in cells if re.search(r"\d", cell)]
        in_money = bool(amounts) and all(map(self._rules.begins_with_money, amounts))
        priced = unit in heads["currencies"] or in_money
        named = re.match(heads["of_prices"], head, re.IGNORECASE)
        if not priced or not named or self._rules.begins_with_money(head):
            return None
        tail = str(heads["said_of"]).format(head=self._rules.lowered(head, ()))
        return Column(self._rules.column("price"), tail, unit, of_size=True)


def is_excepted(row: Row, table: Table, rules: Rules) -> bool:
    """Whether a column of exceptions has one for the row."""
    return any(
        rules.rows["exceptions"].match(head) and cell.strip(" -–—")
        for head, cell in zip(table.heads, row.cells, strict=True)
    )


def is_narrowed(row: Row, table: Table, rules: Rules, by: str = "notes_narrow") -> bool:
    """Whether a note beside a row may change what its other cells say; of hours only a few words do."""
    narrows, rows = rules.data["heads"][by], rules.rows
    notes = [cell for head, cell in zip(table.heads, row.cells, strict=True) if rows["notes"].match(head)]
    return any(re.search(narrows, note, re.IGNORECASE) and not rows["harmless"].match(note) for note in notes)


def unit_of(row: Row, table: Table, rules: Rules) -> tuple[str, str] | None:
    """The currency and what a price is for, of the column that says so; None where that is not plain."""
    at = next((n for n, head in enumerate(table.heads) if rules.rows["unit"].match(head.strip())), None)
    if at is None or not row.cells[at]:
        return "", ""
    heads = rules.data["heads"]
    found = re.match(heads["unit_cell"], row.cells[at], re.IGNORECASE)
    if not found:
        return None
    currency = rules.data["units"].get((found["currency"] or "").casefold(), "")
    bare = " ".join(heads["per"].format(one.lower()) for one in (found["bare"] or "").split("/") if one)
    tail = f" {found['tail'] or bare}" if found["tail"] or bare else ""
    return None if found["currency"] and not currency else (currency, tail)


def stands_below(rule: Rule, table: Table) -> bool:
    """Whether a rule of columns holds below the first heading of a table."""
    return "below" not in rule.texts or bool(
        re.match(rule.texts["below"], table.heads[0].strip(), re.IGNORECASE)
    )


def _without(head: str, qualifier: str) -> str:
    """The heading without its qualifier in front of it or behind it; empty: it has none."""
    for pattern in (
        rf"^{re.escape(qualifier)} (?P<r>.+)$",
        rf"^(?P<r>.+?),? (?:\(|for )?{re.escape(qualifier)}\)?$",
    ):
        if found := re.match(pattern, head):
            return found["r"]
    return ""
