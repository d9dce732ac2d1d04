"""Where invented callers live: the country that a prompt is of."""

from __future__ import annotations

import pytest

from evalgen.generation.read.invented.people import people_in


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
