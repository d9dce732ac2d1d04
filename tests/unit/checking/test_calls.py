"""Expected calls fit the tools' schemas, and nothing in them comes out of the air."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.checking.calls import CallChecker
from evalgen.generation.definition import Tool
from evalgen.generation.draft import Draft, MockEntry
from tests.unit.checking.drafts import GOOD, spoiled

BOOK = {
    "type": "object",
    "properties": {
        "patient_id": {"type": "string", "pattern": "^P-"},
        "day": {"type": "string"},
        "kind": {"type": "string", "enum": ["checkup", "urgent"]},
        "note": {"type": "string"},
        "first": {"type": "boolean"},
    },
    "required": ["patient_id", "note"],
    "additionalProperties": False,
}
CHECKER = CallChecker((Tool(1, "find_patient"), Tool(2, "book_visit", "", BOOK, ("note",))))


def booking(**given: Any) -> Draft:
    return spoiled(mock_entries=(*GOOD.mock_entries, MockEntry(2, "book_visit", given, {"ok": True})))


def test_values_of_the_profile_of_earlier_answers_and_of_the_steps_are_known() -> None:
    draft = booking(patient_id="P-100", day="next week", kind="urgent", note="anything", first=True)
    assert CHECKER.problems_of(draft) == []


def test_a_phone_number_is_the_same_however_it_is_written() -> None:
    entry = MockEntry(1, "find_patient", {"phone": "(555) 010-0142"}, {"patient_id": "P-100"})
    assert CHECKER.problems_of(spoiled(mock_entries=(entry,))) == []


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"patient_id": "P-200"}, "patient_id"),
        ({"patient_id": "P-100", "day": "2026-07-08"}, "day"),
        ({"patient_id": 100}, "schema"),
        ({"patient_id": "P-100", "kind": "other"}, "schema"),
        ({"patient_id": "P-100", "colour": "next week"}, "schema"),
        ({"day": "next week"}, "schema"),
    ],
)
def test_a_call_that_nobody_could_make_is_a_problem(given: dict[str, Any], problem: str) -> None:
    problems = CHECKER.problems_of(booking(**given))
    assert problems
    assert any("book_visit" in text and problem in text for text in problems)


def test_an_answer_is_known_only_after_its_call() -> None:
    late = MockEntry(2, "book_visit", {"patient_id": "P-100"}, {})
    assert CHECKER.problems_of(spoiled(mock_entries=(late, *GOOD.mock_entries)))


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "banana"},
        {"$ref": "#/nope"},
        {"properties": {"phone": {"pattern": "[("}}},
        {"properties": 5},
        {"required": 7},
        {"$ref": "#"},
        {"required": [None, 1]},
    ],
)
def test_what_is_no_schema_forbids_nothing(schema: dict[str, Any]) -> None:
    assert CallChecker((Tool(1, "find_patient", "", schema),)).problems_of(GOOD) == []
