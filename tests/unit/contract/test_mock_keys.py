"""Keys of mock calls that no parameter of the tool has."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.contract.mock_keys import unknown_keys
from evalgen.contract.problems import in_words

DATE = {"properties": {"date": {"type": "string"}, "time": {}}}


def told(schema: dict[str, Any], *inputs: dict[str, Any]) -> list[str]:
    calls = [{"input": one, "output": None} for one in inputs]
    return [f"{in_words(place)}: {text}" for place, text in unknown_keys("book", schema, calls, ())]


def test_each_key_is_told_once_with_the_nearest_parameters() -> None:
    assert told(DATE, {"date": 1}, {"dates": 1, "party": 2}, {"dates": 3}) == [
        "[1].input.dates: book has no parameter dates; is date meant?",
        "[1].input.party: book has no parameter party; there are date, time.",
    ]
    assert told({"properties": {}}, {"date": 1}) == [
        "[0].input.date: book has no parameter date, nor any other."
    ]


def test_keys_inside_of_parameters_are_looked_at_too() -> None:
    guest: dict[str, Any] = {"properties": {"name": {}, "phone": {}}}
    schema = {
        "properties": {"guest": {"$ref": "#/$defs/guest"}, "all": {"items": guest}},
        "$defs": {"guest": guest},
    }
    assert told(schema, {"guest": {"nmae": 1}, "all": [{"name": 1}, {"phones": 2}]}) == [
        "[0].input.all[1].phones: book has no parameter all.phones; is phone meant?",
        "[0].input.guest.nmae: book has no parameter guest.nmae; is name meant?",
    ]


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"type": "object"},
        {**DATE, "additionalProperties": True},
        {**DATE, "additionalProperties": {"type": "string"}},
        {**DATE, "patternProperties": {"^x": {}}},
        {"oneOf": [DATE, {"properties": {"dat": {}}}]},
        {"allOf": [DATE, {"$ref": "#/$defs/more"}], "$defs": {"more": {"properties": {"dat": {}}}}},
        {**DATE, "if": {"required": ["time"]}, "then": {"properties": {"dat": {}}}},
        {"properties": {"dat": {"anyOf": [{"properties": {"x": {}}}, {"properties": {"y": {}}}]}}},
    ],
)
def test_where_a_schema_lets_it_be_there_nothing_is_said(schema: dict[str, Any]) -> None:
    assert told(schema, {"dat": {"y": 1}}) == []


def test_a_schema_that_leads_into_itself_ends() -> None:
    schema = {"properties": {"part": {"$ref": "#"}}, "allOf": [{"$ref": "#"}]}
    assert told(schema, {"part": {"part": {"prat": 1}}}) == [
        "[0].input.part.part.prat: book has no parameter part.part.prat; is part meant?"
    ]
