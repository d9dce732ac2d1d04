"""Intakes of Spanish prompts: the same ways as of English ones, in Spanish of their own."""

from __future__ import annotations

import re

import pytest

from evalgen.generation.languages import load, written
from evalgen.generation.plan.test import Test
from evalgen.generation.values import plain
from tests.unit.generation.plan.agents import agent, outcome, planned, steps

FONTANERO = """# Quién eres
Eres Lucas, el recepcionista telefónico de Fontanería Río Claro, en Valencia.

# En cada llamada
Pregunta, una cosa cada vez:
- el nombre y los apellidos
- el teléfono de contacto
- la dirección
- qué ha pasado
- desde cuándo ocurre

Repite el nombre y el teléfono para confirmarlos.
Al final di que un técnico llamará en menos de dos horas.
"""
MUDANZAS = """Usted es la asistente telefónica de Mudanzas del Bajío, en León, México.

## Datos que debe pedir
1. Nombre completo
2. Dirección de origen
3. Dirección de destino
4. Si hay objetos pesados o frágiles

Cuando tenga todo, lea todos los datos y pregunte si son correctos. Luego diga: "Un asesor se comunicará con
usted mañana con la cotización."
"""


def _ways(prompt: str) -> dict[str, Test]:
    tests = planned(agent(prompt, language="es"), "intake")[::-1]
    return {test.key.split(":")[1].rpartition("/")[0]: test for test in tests}


def test_everything_is_answered_to_the_end_that_the_prompt_has() -> None:
    test = _ways(FONTANERO)["answered"]
    assert steps(test)[1:] == [
        "Dar {{test_profile.full_name}} when asked por el nombre",
        "Dar {{test_profile.phone}} when asked por el teléfono",
        "Dar {{test_profile.address}} when asked por la dirección",
        "Responder {{test_profile.since}} when asked desde cuándo pasa",
        "Decir que sí when asked si los datos son correctos",
        "Terminar la llamada when told que un técnico llamará",
    ]
    assert outcome(test) == [
        "El agente principal debe decir que un técnico llamará en menos de dos horas.",
        "El agente principal debe preguntar por el nombre y el teléfono.",
        "El agente principal debe preguntar por la dirección.",
        "El agente principal debe preguntar desde cuándo pasa.",
        "El agente principal debe repetir el nombre y el teléfono.",
    ]
    assert str(test.profile["address"]).endswith(", Valencia")


def test_a_quoted_end_is_said_of_the_caller_and_what_is_read_behind_all_of_it_is_read_back() -> None:
    test = _ways(MUDANZAS)["answered"]
    assert steps(test)[-1] == "Terminar la llamada when told que un asesor se comunicará contigo"
    assert outcome(test)[0] == (
        "El agente principal debe decir que un asesor se comunicará con el agente de pruebas mañana con la "
        "cotización."
    )
    assert outcome(test)[-1] == (
        "El agente principal debe repetir el nombre, la dirección de origen y la dirección de destino."
    )


@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("Pide el nombre, el teléfono y la dirección, y di que una auxiliar les llamará hoy.", "te llamará"),
        ('Pide el nombre, el teléfono y la dirección.\nTermina con "Le llamaremos mañana."', "te llamará"),
        (
            'Pida nombre, teléfono y dirección.\nDespués: "Nos pondremos en contacto con usted hoy."',
            "la empresa se pondrá en contacto contigo",
        ),
    ],
)
def test_who_will_call_is_told_in_the_words_of_the_caller(end: str, told: str) -> None:
    last = steps(_ways(f"Eres la recepcionista de un taller mecánico.\n\n{end}")["answered"])[-1]
    assert last.startswith("Terminar la llamada when told que")
    assert last.endswith(told)


def test_the_ways_of_an_intake_are_those_of_english() -> None:
    assert _ways(FONTANERO).keys() == {"answered", "volunteered", "corrected", "pressed", "again"}


def test_who_rents_is_asked_for_the_owner() -> None:
    prompt = FONTANERO.replace("desde cuándo ocurre", "si la vivienda es propia o de alquiler") + (
        "Si la persona vive de alquiler, pide el nombre y el teléfono del propietario.\n"
    )
    found = next(t for way, t in _ways(prompt).items() if way.startswith("case/ownership"))
    assert found.profile["ownership"] == "de alquiler"
    assert "landlord" in found.profile


@pytest.mark.parametrize("changed", ["el modelo del contador", "el número de serie", "el nombre del médico"])
def test_a_question_that_nobody_knows_an_answer_to_gives_no_intake(changed: str) -> None:
    assert not _ways(FONTANERO.replace("desde cuándo ocurre", changed))


@pytest.mark.parametrize(
    "beside",
    ["Pregunta en qué puedes ayudar.", "Pregunta si son correctos.", "Recoge los datos de la lista."],
)
def test_what_asks_for_nothing_of_the_caller_leaves_an_intake_whole(beside: str) -> None:
    assert "answered" in _ways(FONTANERO.replace("Repite el nombre", f"{beside}\nRepite el nombre"))


def test_on_the_way_a_caller_asks_how_to_mend_it() -> None:
    beside = next(t for t in _ways(FONTANERO + "No expliques cómo reparar nada.").items() if "beside" in t[0])
    assert beside[1].steps[1].action == "Preguntar cómo arreglarlo sin esperar a nadie"


def test_a_part_of_a_prompt_about_a_request_is_one() -> None:
    prompt = "Eres la recepcionista de un taller mecánico.\n\n# Presupuestos\nPide el nombre y el teléfono.\n"
    found = planned(agent(prompt, language="es"), "intake")
    assert "Pedir un presupuesto when opening" in {steps(test)[0] for test in found}


def test_every_language_says_the_same_things_of_intakes() -> None:
    tables = [load(language, "intake") for language in written("intake")]
    assert written("intake") == written("prompt")
    for table in tables:
        assert table.keys() == tables[0].keys()
        assert table["names"].keys() == tables[0]["names"].keys()


def test_facts_are_looked_for_as_plain_texts_have_them() -> None:
    for fact in load("es", "intake")["facts"]:
        pattern = re.sub(r"\\[A-Za-z]", "", str(fact["asked"]))
        assert pattern == plain(pattern), fact["key"]
