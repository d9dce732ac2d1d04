"""A model names where a value stands; code fills it in as people say it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from evalgen.generation.brief import Brief, Personality
from evalgen.generation.definition import AgentDefinition, MockCall, Tool, Variable
from evalgen.generation.plan.test import Ground, Test
from evalgen.generation.read.model import read_agent
from evalgen.generation.with_model.disposing import Disposing
from evalgen.generation.with_model.forms import Proposal
from evalgen.generation.with_model.material import material_of
from evalgen.generation.with_model.path import Impossible
from tests.unit.generation.with_model.kit import STEPS, calls, claim, moves, proposal

PROMPT = """Heute ist {{heute}}. Frage nach Nachname und Behandlung: Manuelle Therapie oder eine Massage.
Sage einen Termin erst ab, wenn der Anrufer ausdrücklich zugestimmt hat, und grüße nie zu förmlich."""
FIND = Tool(
    1,
    "suchen",
    parameters={
        "type": "object",
        "properties": {"name": {"type": "string"}, "art": {"enum": ["manuelle_therapie", "massage"]}},
    },
    mock_data=(
        MockCall(
            {"name": "Brandt", "art": "manuelle_therapie"},
            {
                "zeit": "2026-07-08T14:05:00",
                "seit": "2026-07-01",
                "verordnung": None,
                "price": 72.0,
                "fee": 15.2,
                "kwh": 0.4,
            },
        ),
    ),
)
AGENT = AgentDefinition(
    "Praxis", "de", PROMPT, (FIND,), (Variable("heute", "Tag und Uhrzeit, etwa Montag, 6. Juli, 9:00 Uhr"),)
)


def disposed(language: str = "de", **changes: Any) -> Test:
    model = read_agent(replace(AGENT, language=language))
    brief = Brief(1, "seed", (Personality(1, "Plain", language),))
    told = proposal(**{"calls": calls("e1"), "claims": [], "facts": [], **changes})
    return Disposing(model, material_of(model, "de"), brief, language, "de").test_of(
        Proposal.model_validate(told)
    )


def data(source: str, key: str = "wert", language: str = "de") -> tuple[dict[str, Any], dict[str, Any]]:
    used = moves(*STEPS, (f"Sagt {{{{test_profile.{key}}}}}", "asked", "nach dem Wert"))
    test = disposed(language, facts=[{"key": key, "source": source}], moves=used)
    return test.profile, test.variables


@pytest.mark.parametrize(
    ("source", "language", "value"),
    [
        ("e1/answer/zeit#date", "de", "2026-07-08"),
        ("e1/answer/zeit#time", "de", "14:05"),
        ("e1/answer/zeit#time", "en", "2:05 PM"),
        ("e1/answer/zeit#-20h", "de", "2026-07-07T18:05:00"),
        ("e1/answer/zeit#+3d", "de", "2026-07-11T14:05:00"),
        ("e1/answer/seit#+3d", "de", "2026-07-04"),
        ("e1/input/art", "de", "Manuelle Therapie"),
        ("text/Montag, 6. Juli, 9:00 Uhr", "de", "Montag, 6. Juli, 9:00 Uhr"),
        ("text/eine Massage", "de", "eine Massage"),
    ],
)
def test_a_value_is_filled_in_as_it_is_said(source: str, language: str, value: str) -> None:
    assert data(source, language=language)[0] == {"wert": value}


def test_a_day_that_no_step_speaks_of_is_not_in_the_callers_hands() -> None:
    sources = {"ab": "e1/answer/zeit#+3d", "preis": "e1/answer/price"}
    facts = [{"key": key, "source": source} for key, source in sources.items()]
    assert disposed(facts=facts).profile == {"preis": 72}


def test_a_fact_with_the_name_of_a_variable_sets_it() -> None:
    assert data("e1/answer/zeit#-20h", "heute") == ({}, {"heute": "2026-07-07T18:05:00"})


def test_what_is_made_up_twice_is_two_values_and_an_address_has_its_code() -> None:
    facts = [{"key": key, "source": "new/address"} for key in ("wert", "neuer_wert")]
    said = [(f"Gives {{{{test_profile.{one['key']}}}}}", "asked", "for the address") for one in facts]
    made = disposed("en", facts=facts, moves=moves(*STEPS, *said)).profile
    assert made["wert"] != made["neuer_wert"]
    assert all(re.fullmatch(r"[^,]+, [^,]+, \d{5}", address) for address in made.values())


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("e1/answer/zeit#-20m", "#date, #time, #-20h and #+3d are"),
        ("e1/input/name#date", "is no moment"),
        ("text/Dienstag", "stands neither in the prompt nor"),
        ("new/name", "write it out in the step"),
        ("e1/answer/verordnung", "is no single value"),
        ("e1/answer/zeit/tag", "there is nothing at"),
    ],
)
def test_what_no_value_can_be_made_of_is_refused_with_the_reason(source: str, told: str) -> None:
    with pytest.raises(Impossible) as refused:
        data(source)
    assert told in str(refused.value)


def test_that_an_answer_has_nothing_in_a_place_is_something_to_rest_on() -> None:
    text = "Der Hauptagent soll den Termin ohne Rezept ablehnen."
    stated = claim(text, [], ["e1/answer/verordnung"], 3, "refuses")
    (assertion,) = disposed(claims=[stated]).assertions
    assert assertion.rests_on == (Ground(call="c1", path="/verordnung"),)


@pytest.mark.parametrize(("key", "value"), [("price", 72), ("fee", "15.20"), ("kwh", 0.4)])
def test_an_amount_stands_as_people_write_it_behind_its_sign(key: str, value: Any) -> None:
    assert data(f"e1/answer/{key}", key)[0] == {key: value}
