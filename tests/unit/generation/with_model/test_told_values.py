"""Numbers and codes that a model says have to be known from the call, in whatever form people say them."""

from __future__ import annotations

import pytest

from evalgen.generation.with_model.told_values import Known

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
