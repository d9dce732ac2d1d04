"""What an agent works for, where its name or its first sentence leave no doubt."""

from __future__ import annotations

import pytest

from evalgen.generation.read.organisation import organisation_of


@pytest.mark.parametrize(
    ("name", "prompt", "language", "organisation"),
    [
        (
            "Desk",
            "# Identity\nYou are Ava, the assistant for Cedarwood Family Clinic. You book.",
            "en",
            "the clinic",
        ),
        ("Kittiwake Hotel reception", "You answer the telephone.", "en", "the hotel"),
        ("Desk", "You answer the phone of a bicycle shop.", "en", "the shop"),
        ("Desk", "You work at the library in Leeds.", "en", "the library"),
        ("Travel", "You take calls about hotel bookings.", "en", ""),
        ("Travel", "You take calls for hotel guests.", "en", ""),
        ("Harbour Clinic", "You answer for the Harbour Hotel.", "en", ""),
        ("Desk", "You are Ava. You help the clinic of Dr. Lee.", "en", ""),
        ("Desk", "", "en", ""),
        ("Recepción", "Eres Lucía, de la Clínica Dental Azahar, en Valencia.", "es", "la clínica"),
        ("Recepción", "Atiendes el teléfono del hotel Miramar.", "es", "el hotel"),
        ("Viajes", "Respondes a preguntas sobre hoteles.", "es", ""),
        ("Desk", "You answer the phone of a bicycle shop.", "", ""),
        ("Desk", "You answer the phone of a bicycle shop.", "ja", ""),
    ],
)
def test_the_organisation_is_told_where_it_is_sure(
    name: str, prompt: str, language: str, organisation: str
) -> None:
    assert organisation_of(name, prompt, language) == organisation
