"""Documents that are data: csv, and JSON and XML as lists of records."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

from evalgen.generation.read.documents.layout import Answered, Labelled, Part, Row, Table
from evalgen.generation.values import words_of

DELIMITERS = ",;\t|"
_VALUE = re.compile(r"[\W_]*\d[\W\d_]*")
"""What stands in no heading alone: a number, an amount, a day."""


def csv_parts(text: str, asks: frozenset[str], answers: frozenset[str]) -> Iterator[Part]:
    """The table, or its questions and answers; nothing without a heading line. Raises csv.Error."""
    lines = text.splitlines()
    try:
        dialect: Any = csv.Sniffer().sniff("\n".join(lines[:20]), DELIMITERS)
    except csv.Error:
        dialect = csv.excel
    reader = csv.reader(lines, dialect)
    heads = tuple(cell.strip() for cell in next(reader, []))
    if len(heads) < 2 or any(map(_VALUE.fullmatch, heads)) or len(set(heads)) < len(heads):
        return
    rows = []
    for cells in reader:
        stripped = tuple(" ".join(cell.split()) for cell in cells)
        if len(stripped) == len(heads):
            rows.append(Row(stripped, reader.line_num, lines[reader.line_num - 1]))
    yield from _of_records(Table(heads, tuple(rows), 1, ""), asks, answers)


def json_parts(text: str, asks: frozenset[str], answers: frozenset[str]) -> Iterator[Part]:
    """Lists of flat records as tables, and the values of an object as labelled ones. Raises ValueError."""
    yield from _of_value(json.loads(text), "", text.splitlines(), asks, answers)


def xml_parts(text: str, asks: frozenset[str], answers: frozenset[str]) -> Iterator[Part]:
    """As JSON; a document with a type declaration is left out. Raises ValueError."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("it declares a document type")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - no declaration, so no entity to expand
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from None
    yield from _of_value(_as_value(root), "", text.splitlines(), asks, answers)


def _as_value(element: ElementTree.Element) -> Any:
    if not len(element):
        return (element.text or "").strip()
    names = [child.tag for child in element]
    if len(names) > 1 and len(set(names)) == 1:
        return [_as_value(child) for child in element]
    return {child.tag: _as_value(child) for child in element}


def _of_value(
    value: Any, name: str, lines: list[str], asks: frozenset[str], answers: frozenset[str]
) -> Iterator[Part]:
    if isinstance(value, Mapping):
        if _is_flat(value):
            table = Table(tuple(map(str, value)), (_row(value, lines),), 1, name)
            pairs = list(_of_records(table, asks, answers))
            if any(isinstance(part, Answered) for part in pairs):
                yield from pairs
                return
        for key, inner in value.items():
            if isinstance(inner, Mapping | list):
                yield from _of_value(inner, _words(key), lines, asks, answers)
            elif inner not in (None, "") and not isinstance(inner, bool):
                text = str(inner)
                yield Labelled(_words(key), text, _line_of(text, lines), f"{key}: {text}", name)
    elif isinstance(value, list):
        records = [record for record in value if isinstance(record, Mapping) and _is_flat(record)]
        shapes = {tuple(record) for record in records}
        if len(shapes) == 1 and len(records) == len(value) and len(records[0]) > 1:
            heads = tuple(_words(key) for key in records[0])
            rows = tuple(_row(record, lines) for record in records)
            yield from _of_records(Table(heads, rows, rows[0].line, name), asks, answers)
        else:
            for inner in value:
                if isinstance(inner, Mapping | list):
                    yield from _of_value(inner, name, lines, asks, answers)


def _of_records(table: Table, asks: frozenset[str], answers: frozenset[str]) -> Iterator[Part]:
    heads = [head.casefold() for head in table.heads]
    asked = next((i for i, head in enumerate(heads) if head in asks), None)
    said = next((i for i, head in enumerate(heads) if head in answers), None)
    if asked is None or said is None:
        yield table
        return
    for row in table.rows:
        yield Answered(row.cells[asked], row.cells[said], row.line, table.section)


def _is_flat(record: Mapping[str, Any]) -> bool:
    return bool(record) and not any(isinstance(value, Mapping | list) for value in record.values())


def _row(record: Mapping[str, Any], lines: list[str]) -> Row:
    cells = tuple("" if value is None else str(value) for value in record.values())
    return Row(cells, _line_of(cells[0], lines), ", ".join(f"{k}: {v}" for k, v in record.items()))


def _words(key: str) -> str:
    return " ".join(words_of(str(key))).capitalize() or str(key)


def _line_of(text: str, lines: list[str]) -> int:
    return next((number for number, line in enumerate(lines, 1) if text and text in line), 1)
