"""Tables brought into the form that their cells are read in: named by their things, days before hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from evalgen.generation.read.documents.columns import is_narrowed, stands_below
from evalgen.generation.read.documents.layout import Row, Table
from evalgen.generation.read.documents.rules import Rule, Rules


def upright(table: Table, rules: Rules) -> Table:
    """The table with a row for each thing: turned where the first column holds the attributes."""
    columns = [rule for rule in rules.columns if "below" not in rule.texts]
    firsts = [row.cells[0] for row in table.rows]
    known = sum(_is_one_of(columns, first) for first in firsts)
    turned = rules.rows["attributes"].match(table.heads[0].strip()) and known * 2 >= len(firsts)
    if not turned or any(_is_one_of(columns, head) for head in table.heads[1:]):
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


def with_spoken_heads(table: Table, rules: Rules) -> Table:
    """Headings as people write them: `charge_eur` is a charge in euros."""
    units = rules.data["units"]

    def spoken(head: str) -> str:
        words = head.split("_")
        unit = len(words) > 1 and units.get(words[-1].casefold(), "") in rules.data["heads"]["currencies"]
        return f"{' '.join(words[:-1])} ({words[-1]})" if unit else " ".join(words)

    return replace(table, heads=tuple(spoken(head) if "_" in head else head for head in table.heads))


def named_by(table: Table, rules: Rules) -> Table:
    """The table without a first column of codes or groups, where the next one names each row."""
    names = Counter(row.cells[1].casefold() for row in table.rows)
    head = table.heads[0].strip()
    coded = rules.rows["codes"].match(head) or rules.rows["groups"].match(head)
    if not coded or len(table.heads) < 3 or any(count > 1 for count in names.values()):
        return table
    rows = tuple(replace(row, cells=row.cells[1:]) for row in table.rows)
    return replace(table, heads=table.heads[1:], rows=rows)


def by_days(table: Table, rules: Rules) -> Table:
    """A row for each place with its hours of all days, of a table that has a row for each place and days."""
    names = ("days", "opens", "closes")
    at = {name: n for n, head in enumerate(table.heads) for name in names if _is(name, head, rules)}
    labels = Counter(row.cells[0] for row in table.rows)
    if len(at) < 3 or max(labels.values()) < 2:
        return table
    days = list(dict.fromkeys(row.cells[at["days"]] for row in table.rows))
    hours: dict[str, dict[str, str]] = {}
    for row in table.rows:
        opens, closes = row.cells[at["opens"]], row.cells[at["closes"]]
        told = opens if opens == closes else f"{opens}-{closes}"
        if is_narrowed(row, table, rules, "hours_narrow"):
            told = ""
        hours.setdefault(row.cells[0], {})[row.cells[at["days"]]] = told
    lines = {row.cells[0]: row for row in reversed(table.rows)}
    rows = tuple(
        Row((label, *(told.get(day, "") for day in days)), lines[label].line, lines[label].text)
        for label, told in hours.items()
    )
    return Table((table.heads[0], *days), rows, table.line, table.section)


def with_days(table: Table, rules: Rules) -> Table:
    """The table with its days in front of its hours, where both have a column and no note changes them."""
    names = [
        next((r.name for r in rules.columns if stands_below(r, table) and r.pattern.match(head.strip())), "")
        for head in table.heads
    ]
    if names.count("days") != 1 or names.count("hours") != 1:
        return table
    days, hours = names.index("days"), names.index("hours")
    is_days, is_hours = rules.column("days").value, rules.column("open_days").value
    rows = []
    for row in table.rows:
        cells = list(row.cells)
        plain = is_days.match(cells[days]) and is_hours.match(cells[hours])
        told = plain and not is_narrowed(row, table, rules, "hours_narrow")
        cells[hours] = f"{cells[days]}, {cells[hours]}" if told else ""
        cells[days] = ""
        rows.append(replace(row, cells=tuple(cells)))
    return replace(table, rows=tuple(rows))


def _is(name: str, head: str, rules: Rules) -> bool:
    if name == "days":
        return rules.column("days").pattern.match(head.strip().casefold()) is not None
    return rules.rows[name].match(head.strip()) is not None


def _is_one_of(columns: Sequence[Rule], head: str) -> bool:
    return any(rule.pattern.match(head) for rule in columns)
