"""Quantities become limits by the words on either side of them, in English and in Spanish."""

from __future__ import annotations

import pytest

from evalgen.reading.lexicon import lexicon_of
from evalgen.reading.limits import limits_of, placed_limits


def read(text: str, language: str = "en") -> list[tuple[str, float, str]]:
    return [(limit.side, limit.value, limit.unit) for limit in limits_of(text, lexicon_of(language))]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("Rooms for 12 or more guests need a deposit.", ("at_least", 12, "guests")),
        ("Bring luggage of 23 kg or less.", ("at_most", 23, "kg")),
        ("You may call back three times at most.", ("at_most", 3, "times")),
        ("Stays run from 14 nights on.", ("at_least", 14, "nights")),
        ("Tables for six or more are booked by mail.", ("at_least", 6, "people")),
        ("Riders must be 18 or over.", ("at_least", 18, "years")),
        ("A visit takes no longer than 20 working minutes.", ("at_most", 20, "minutes")),
        ("Hold up to four open tickets.", ("at_most", 4, "tickets")),
        ("Reply within the hour.", ("at_most", 1, "hour")),
        ("Parking is free for the first two hours.", ("at_most", 2, "hours")),
        ("Loans over EUR 10,000 wait.", ("at_least", 10000, "")),
        ("65+ travel free.", ("at_least", 65, "")),
        ("if it is colder than 4 degrees", ("at_most", 4.0, "degrees")),
        ("if it is wetter than 40 percent", ("at_least", 40.0, "%")),
        ("if the buyer is under 18", ("at_most", 18.0, "years")),
    ],
)
def test_a_bound_may_stand_before_or_behind_its_number(text: str, limit: tuple[str, float, str]) -> None:
    assert read(text) == [limit]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("Do not offer more than three dates.", ("at_most", 3, "dates")),
        ("Never insist on a name more than twice.", ("at_most", 2, "times")),
        ("Nothing heavier than 30 kilos is carried.", ("at_most", 30, "kilos")),
        ("Speeds must not exceed 30 mph.", ("at_most", 30, "mph")),
        ("We take no groups of more than nine people.", ("at_least", 9, "people")),
        ("The fee falls due no later than two days after the visit.", ("at_most", 2, "days")),
        ("Guests can cancel up to 48 hours before arrival.", ("at_least", 48, "hours")),
        ("Cancel no later than two days before the visit.", ("at_least", 2, "days")),
        ("Straps must not stay here beyond 72 hours.", ("at_most", 72.0, "hours")),
        ("Keep nobody waiting for longer than 2 minutes.", ("at_least", 2.0, "minutes")),
        ("Do not keep anyone on hold for more than 2 minutes.", ("at_most", 2.0, "minutes")),
        ("Do not buy straps that took more than 2 minutes.", ("at_least", 2.0, "minutes")),
        ("It should never run past 25 words.", ("at_most", 25.0, "words")),
    ],
)
def test_a_negation_or_a_moment_ahead_turns_the_side_round(text: str, limit: tuple[str, float, str]) -> None:
    assert read(text) == [limit]


def test_a_range_of_things_is_two_limits_and_one_of_hours_or_dates_is_none() -> None:
    assert read("Deliveries take 2-4 working days.") == [("at_least", 2, "days"), ("at_most", 4, "days")]
    assert read("Calls last between 5 and 9 minutes.") == [
        ("at_least", 5, "minutes"),
        ("at_most", 9, "minutes"),
    ]
    assert read("Parts come within 3 to 6 weeks.") == [("at_most", 6, "weeks")]
    assert read("We open from 9 to 18, and from 9 am to 5 pm, between 2 June and 8 July.") == []


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("Los mayores de 65 años viajan gratis.", ("at_least", 65, "años")),
        ("Con 16 años o más puede entrar solo.", ("at_least", 16, "años")),
        ("No se puede aplazar más de una vez.", ("at_most", 1, "veces")),
        ("La espera no supera los 20 minutos.", ("at_most", 20, "minutos")),
        ("Puede cambiarla hasta 24 horas antes del viaje.", ("at_least", 24, "horas")),
        ("Para importes superiores a 1.000 euros hace falta permiso.", ("at_least", 1000, "euros")),
        ("Se guarda, como mucho, tres semanas.", ("at_most", 3, "semanas")),
        ("Grupos de 15 o más llaman antes.", ("at_least", 15, "personas")),
    ],
)
def test_spanish_bounds_are_read_alike(text: str, limit: tuple[str, float, str]) -> None:
    assert read(text, "es") == [limit]


def test_a_limit_knows_where_its_words_stand() -> None:
    text = "Parcels of at least two working kilos wait."
    ((limit, (start, end)),) = placed_limits(text, lexicon_of("en"))
    assert text[start:end] == limit.text == "at least two working kilos"


@pytest.mark.parametrize(
    ("language", "text", "limit"),
    [
        ("en", "Don't hand out more than three keys.", ("at_most", 3, "keys")),
        ("en", "Never sell a visitor more than two straps.", ("at_most", 2, "straps")),
        ("en", "Nobody may carry more than five keys.", ("at_most", 5, "keys")),
        ("en", "None of the queues should be longer than ten people.", ("at_most", 10, "people")),
        ("en", "No strap may be less than 30 cm.", ("at_least", 30, "cm")),
        ("en", "We do not cut straps of more than 90 cm.", ("at_least", 90, "cm")),
        ("en", "Straps cannot be sent back more than 60 days after the sale.", ("at_least", 60, "days")),
        ("en", "Do not admit visitors under 18.", ("at_most", 18, "years")),
        ("en", "Not everyone over 60 gets the discount.", ("at_least", 60, "years")),
        ("es", "No ofrezca al visitante más de dos llaves.", ("at_most", 2, "llaves")),
        ("es", "Ninguna correa puede superar los 90 cm.", ("at_most", 90, "cm")),
        ("es", "Nadie puede llevar más de dos llaves.", ("at_most", 2, "llaves")),
        ("es", "No deje esperando más de un minuto a nadie.", ("at_most", 1, "minuto")),
    ],
)
def test_a_negation_turns_a_number_of_things_round_from_before_the_verb_and_its_object(
    language: str, text: str, limit: tuple[str, float, str]
) -> None:
    assert read(text, language) == [limit]


@pytest.mark.parametrize(
    ("language", "text", "side"),
    [
        ("en", "If the line has no answer for more than 20 seconds, hang up.", "at_least"),
        ("en", "The line is not held for more than 20 seconds.", "at_most"),
        ("es", "Si no ha pagado en más de 20 días, cierre la cuenta.", "at_least"),
        ("es", "La mesa no se guarda más de 20 días.", "at_most"),
    ],
)
def test_what_has_not_happened_for_long_is_a_case_and_no_bound_of_a_duty(
    language: str, text: str, side: str
) -> None:
    assert [found for found, _, _ in read(text, language)] == [side]


@pytest.mark.parametrize(
    ("language", "text", "limit"),
    [
        ("en", "The limit for each strap is 90 cm.", ("at_most", 90, "cm")),
        ("en", "The minimum stay is two nights.", ("at_least", 2, "nights")),
        ("en", "Luggage up to and including 23 kg is free.", ("at_most", 23, "kg")),
        ("es", "El plazo máximo es de 10 días.", ("at_most", 10, "días")),
        ("es", "El importe mínimo es de 15 euros.", ("at_least", 15, "euros")),
    ],
)
def test_a_noun_may_say_that_a_quantity_is_a_bound(
    language: str, text: str, limit: tuple[str, float, str]
) -> None:
    assert read(text, language) == [limit]


@pytest.mark.parametrize(
    ("language", "text", "limits"),
    [
        ("en", "Under 21: decline the booking.", [("at_most", 21, "years")]),
        ("en", "Under 21:30 nothing runs.", []),
        ("en", "Groups bigger than eight sit outside.", [("at_least", 8, "people")]),
        ("es", "Por debajo de los 14 no se admite a nadie.", [("at_most", 14, "años")]),
    ],
)
def test_an_age_or_a_group_needs_no_unit(
    language: str, text: str, limits: list[tuple[str, float, str]]
) -> None:
    assert read(text, language) == limits


def test_a_bound_without_a_unit_counts_what_the_one_right_behind_it_counts() -> None:
    days = [("at_least", 3, "days"), ("at_most", 5, "days")]
    assert read("It takes at least three and at most five days.") == days
    assert read("Tarda al menos tres y como máximo cinco días.", "es") == [
        ("at_least", 3, "días"),
        ("at_most", 5, "días"),
    ]
    assert read("Anyone under the age of 16 must wait.") == [("at_most", 16, "years")]
