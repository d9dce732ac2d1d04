"""Who brings a condition about: a caller does what no words of the prompt are certain to say, too."""

from __future__ import annotations

import pytest

from tests.unit.generation.read.witnesses import last


@pytest.mark.parametrize(
    "condition",
    [
        "they refuse",
        "they want a specific coach",
        "a caller starts reading out a card",
        "the caller gives a date range",
        "the caller is silent",
        "they confirm it",
        "asked",
    ],
)
def test_what_callers_do_is_brought_about_by_them_though_nothing_is_certain_to_say(condition: str) -> None:
    read = last("en", f"If {condition}, offer a callback.").condition
    assert read is not None
    assert (read.by, read.move, read.is_not_played) == ("caller", "", True)


@pytest.mark.parametrize(
    "condition", ["the line is silent", "they are on a plan", "they refuse, or the hall is shut"]
)
def test_what_others_bring_about_too_is_not_the_callers(condition: str) -> None:
    read = last("en", f"If {condition}, offer a callback.").condition
    assert read is not None
    assert read.by == "other"
