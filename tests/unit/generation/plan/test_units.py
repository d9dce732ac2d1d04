"""Numbers whose keys have a unit behind what they measure."""

from __future__ import annotations

import pytest

from evalgen.generation.read.grammar import grammar_of
from tests.unit.generation.plan.agents import agent, planned, steps, tool


@pytest.mark.parametrize(
    ("key", "noun", "unit"),
    [
        ("height_in", "height", "inches"),
        ("pet_weight_kg", "pet weight", "kilos"),
        ("distance_in_miles", "distance", "miles"),
        ("check_in", "check-in date", ""),
        ("signed_in", "signed in", ""),
    ],
)
def test_the_unit_behind_what_is_measured_is_no_part_of_its_noun(key: str, noun: str, unit: str) -> None:
    words = grammar_of("en").words
    assert (words.noun_of(key), words.unit_of(key)) == (noun, unit)


def test_a_measured_number_is_said_with_its_unit() -> None:
    made = {"full_name": "Ida Moss", "height_in": 66, "weight_kg": 1}
    fitting = tool("book_fitting", (made, {"status": "booked", "fitting_code": "FT-2290"}))
    done = planned(agent("You book fittings. Ask for the name and the height.", fitting), "done")[0]
    assert "Give {{test_profile.height_in}} inches when asked for the height" in steps(done)
    assert "Give {{test_profile.weight_kg}} kilo when asked for the weight" in steps(done)
