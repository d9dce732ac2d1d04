"""Where invented callers live: the prompt's country and state, and both ends of a move."""

from __future__ import annotations

import pytest

from evalgen.generation.read.invented.people import people_in
from evalgen.generation.read.words import words_in
from tests.unit.generation.read.invented_agents import agent, calls, invented, tool

ZIP = {"type": "string", "pattern": "^[0-9]{5}$"}


@pytest.mark.parametrize(
    ("prompt", "language", "country"),
    [
        ("We move homes in Pittsburgh, PA. Basic protection is 60 cents per pound per item.", "en", "+1"),
        ("Ask for the ZIP code. A bag holds 15 pounds a side. New England only.", "en", "+1"),
        ("A visit is $40, and a tank up to 200 pounds per axle is towed.", "en", "+1"),
        ("Please tell us what you need.", "en", "+1"),
        ("A visit is forty pounds a month. Tell us when it suits.", "en", "+44"),
        ("Ask for the postcode. A visit is £40, or about $50 for visitors.", "en", "+44"),
        ("La visita cuesta 30 €. Los viajes a México son aparte.", "es", "+34"),
        ("La visita cuesta 300 pesos.", "es", "+52"),
    ],
)
def test_callers_are_of_the_country_of_which_the_prompt_says_most(
    prompt: str, language: str, country: str
) -> None:
    assert list(people_in(prompt, language)[0].phones)[1].startswith(country)


@pytest.mark.parametrize(
    ("prompt", "start"),
    [
        ("We move pianos in Pittsburgh, PA.", "152"),
        ("We are based in Pittsburgh and serve Pennsylvania, Ohio and West Virginia.", "152"),
        ("We serve homes in West Virginia and, from next year, Virginia.", "2"),
        ("Our yard is in Erie, PA.", "1"),
        ("We take Visa, OR Mastercard in Oklahoma.", "7"),
    ],
)
def test_zip_codes_are_of_the_place_that_the_prompt_names(prompt: str, start: str) -> None:
    assert all(person.fact("zip").startswith(start) for person in people_in(prompt, "en"))


@pytest.mark.parametrize(
    ("first", "second"),
    [("pickup_zip", "dropoff_zip"), ("from_zip", "to_zip"), ("zip_origin", "zip_destination")],
)
def test_both_ends_of_a_way_have_zip_codes_of_their_own(first: str, second: str) -> None:
    quote = tool("get_quote", None, "Returns price.", (), **{first: ZIP, second: ZIP})
    for call in calls(invented(agent("You quote pallets in Pittsburgh, PA.", quote)), "get_quote"):
        assert call.input[first].startswith("152")
        assert call.input[second].startswith("152")
        assert call.input[first] != call.input[second]


def test_what_is_dropped_off_at_one_place_alone_is_dropped_off_at_the_caller_s() -> None:
    wash = tool("book_wash", None, "", (), delivery_zip=ZIP)
    made = calls(invented(agent("You wash clothes in Pittsburgh, PA.", wash)), "book_wash")
    assert made[0].input["delivery_zip"] == people_in("Pittsburgh, PA.", "en")[0].fact("zip")


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("dropoff_zip", "drop-off ZIP code"),
        ("drop_off_zip_code", "drop-off ZIP code"),
        ("from_zip", "starting ZIP code"),
        ("zip_destination", "destination ZIP code"),
        ("to_city", "destination city"),
    ],
)
def test_the_ends_of_a_way_are_called_as_people_call_them(key: str, said: str) -> None:
    words = words_in("en")
    assert words.in_full(words.noun_of(key)) == said
