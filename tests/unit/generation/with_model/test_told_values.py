"""Numbers and codes that a model says have to be known from the call, in whatever form people say them."""

from __future__ import annotations

import pytest

from evalgen.generation.with_model.told_values import Known, lost_in

KNOWN = Known(
    [
        {
            "at": "2026-07-08T14:05:00",
            "code": "CW-9K2M",
            "visit": "CW-5001",
            "fare": 120.5,
            "fee": 15,
            "seats": 4,
        }
    ],
    [
        "Cancel up to 24 hours before. In danger dial 9-1-1. Ten to 15 minutes.",
        "A 5-day pass costs 1,250 dollars.",
        '{"window": "06:00-20:30"}',
    ],
)


@pytest.mark.parametrize(
    "text",
    [
        "July 8 at 2:05 PM", "at 14:05 on the 8th", "on 7/8 in 2026", "the 24-hour rule", "dial 911 or 9-1-1",
        "`CW-9K2M`", "visit CW-5001", "120.50 dollars", "$15", "135.5 in all", "a difference of 105.5",
        "1250 or 1,250 dollars", "a second time, 2 of 3", "the 5 day pass", "no numbers at all",
        "{{test_profile.code_77}}", "from 6 in the morning to 8:30 PM",
    ],
)  # fmt: skip
def test_what_is_known_may_be_said_as_people_say_it(text: str) -> None:
    assert KNOWN.unknown_in(text) == []


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("July 9 at 2:05 PM", "9"),
        ("at 2:06 PM", "2:06"),
        ("the 48-hour rule", "48-hour"),
        ("`CW-9K2N`", "CW-9K2N"),
        ("visit CW-5002", "CW-5002"),
        ("121.50 dollars", "121.50"),
        ("on 7/9", "7/9"),
        ("30 percent off", "30"),
    ],
)
def test_what_is_known_from_nowhere_is_found(text: str, unknown: str) -> None:
    assert KNOWN.unknown_in(text) == [unknown]


def test_what_two_prices_come_to_may_be_said_as_a_price_alone() -> None:
    prices = Known([{"fee": 15}], ["Daycare: $38 a day. Medication: $4 a day."])
    assert prices.unknown_in("a total of $42, or $53 with the fee") == []
    assert prices.unknown_in("42 days, and $44") == ["42", "44"]


NAMED = Known(
    [{"at": "2026-07-08T14:05:00", "name": "Rosa Delgado"}],
    ["Dr. Nair sees patients in October, on Fridays and for twenty minutes. Cancel by 3 May."],
)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Wednesday, July 8 or Friday with Dr. Nair"), ("en", "the 8th of July"), ("en", "in October"),
        ("en", "Rosa may cancel until May 3"), ("en", "twenty minutes, two of three"),
        ("es", "el miércoles 8 de julio con Rosa"), ("de", "Montag, der 8. August mit Frau Weber"),
    ],
)  # fmt: skip
def test_days_names_and_numerals_of_the_call_may_be_said(language: str, text: str) -> None:
    assert NAMED.unknown_in(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "unknown"),
    [
        ("en", "on August 8", "August 8"),
        ("en", "on Thursday, July 8", "Thursday, July 8"),
        ("en", "on Tuesday", "Tuesday"),
        ("en", "in March", "March"),
        ("en", "with Dr. Okafor", "Okafor"),
        ("en", "twenty-five minutes", "twenty-five"),
        ("es", "el 8 de agosto", "8 de agosto"),
        ("es", "el jueves", "jueves"),
        ("es", "con Marta", "Marta"),
        ("es", "cuarenta euros", "cuarenta"),
    ],
)
def test_days_names_and_numerals_from_nowhere_are_found(language: str, text: str, unknown: str) -> None:
    assert unknown in NAMED.unknown_in(text, language)


def test_a_number_is_kept_in_any_form_that_people_say() -> None:
    assert lost_in("on July 8 at 2:05 PM with `CW-9`", "at 2:05 on the 8th, `CW-9`") == ""
    assert lost_in("on July 8 at 2:05 PM", "on July 8 at 3:05 PM") == "2:05"
    assert lost_in("give {{test_profile.code_7}} and 12.50", "give 12") == "12.50"
