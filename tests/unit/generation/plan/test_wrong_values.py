"""A wrong fact for who is not found: of the same form, and never the right one."""

from __future__ import annotations

import pytest

from evalgen.generation.plan.refusals import wrong_value
from evalgen.generation.read.identity import Compared
from evalgen.generation.read.statement import Statement


def wrong(key: str, value: str, language: str = "en") -> str:
    asked = Statement("s1", (1, 1), "", (), "order", "order", True)
    return wrong_value(Compared((key,), key, key, value, asked), language)


@pytest.mark.parametrize(
    ("key", "value", "language"),
    [
        ("last_name", "Lennox", "en"),
        ("surname", "Lennox", "en"),
        ("family_name", "Lennox", "en"),
        ("first_name", "Moira", "en"),
        ("given_name", "Moira", "en"),
        ("apellidos", "Ruiz", "es"),
    ],
)
def test_a_part_of_a_name_is_wrong_in_that_part_alone(key: str, value: str, language: str) -> None:
    assert wrong(key, value, language) != value
    assert " " not in wrong(key, value, language)


def test_a_whole_name_is_another_whole_name() -> None:
    first, last = wrong("full_name", "Moira Lennox").split()
    assert first != "Moira"
    assert last != "Lennox"


@pytest.mark.parametrize(
    ("key", "value"), [("birth_date", "1984-03-27"), ("booking_ref", "CS-204817"), ("zip", "04401")]
)
def test_a_date_or_a_code_keeps_its_form(key: str, value: str) -> None:
    made = wrong(key, value)
    assert made != value
    assert [c.isdigit() for c in made] == [c.isdigit() for c in value]


def test_what_has_no_digit_has_no_other_value() -> None:
    assert wrong("colour", "blue") == ""
