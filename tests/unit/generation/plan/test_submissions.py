"""Intakes that end in a call: what was asked for goes into it as the caller has said it."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import AgentDefinition, Tool
from evalgen.generation.plan.test import Test
from evalgen.generation.read.model import AgentModel, read_agent
from tests.unit.generation.plan.agents import calls, outcome, planned, steps

SOLAR = """You are the phone agent of Brightfield Solar in Tucson, Arizona.

# Intake
Ask for these, one at a time:
1. Full name
2. Phone number
3. Address of the property
4. Whether they own or rent the home
5. Their average monthly electric bill

Read the name, phone number and address back before you submit anything.
Once they say yes, call submit_lead.
After that, tell the caller that a consultant will call within two business days.
"""
LEAD: dict[str, Any] = {
    "full_name": {"type": "string"},
    "phone": {"type": "string"},
    "address": {"type": "string"},
    "ownership": {"type": "string", "enum": ["own", "rent"]},
    "monthly_bill": {"type": "number"},
}
AVISO = """Eres Nora, la asistente telefónica de Cerrajería Puente, en Zaragoza.

# Datos que debes recoger
- nombre y apellidos
- teléfono
- dirección
- qué ha pasado
- si es urgente

Cuando los tengas, repite el nombre y el teléfono y pregunta si son correctos.
Si la persona dice que sí, llama a crear_aviso.
Después di que un cerrajero llamará en menos de treinta minutos.
"""
TEXT = {"type": "string"}


def _agent(prompt: str, name: str, fields: dict[str, Any], *more: Tool, language: str = "en") -> AgentModel:
    schema = {"type": "object", "properties": fields, "required": list(fields)}
    return read_agent(AgentDefinition("Desk", language, prompt, (Tool(1, name, "", schema, (), ()), *more)))


def _ways(model: AgentModel) -> dict[str, Test]:
    tests = planned(model, "intake")[::-1]
    return {test.key.split(":")[1].rpartition("/")[0]: test for test in tests}


def _call(model: AgentModel) -> dict[str, Any]:
    [(_, given)] = calls(_ways(model)["answered"])
    return given


def test_what_is_said_when_it_is_asked_for_is_what_is_submitted() -> None:
    test = _ways(_agent(SOLAR, "submit_lead", LEAD))["answered"]
    assert steps(test)[4:] == [
        "Answer {{test_profile.ownership}} when asked whether the home is owned or rented",
        "Give {{test_profile.monthly_bill}} when asked for the average monthly electric bill",
        "Say yes when asked whether the details are right",
        "End the call when told that a consultant will call",
    ]
    [(name, given)] = calls(test)
    profile = test.profile
    assert name == "submit_lead"
    assert given == {
        "full_name": profile["full_name"],
        "phone": profile["phone"],
        "address": profile["address"],
        "ownership": "own",
        "monthly_bill": int(profile["monthly_bill"]),
    }
    assert outcome(test)[-1].endswith("read back the name, the phone number and the address.")


def test_nobody_asks_for_the_lead_itself() -> None:
    assert {test.key.split(":")[0] for test in planned(_agent(SOLAR, "submit_lead", LEAD))} == {"intake"}


def test_a_corrected_number_is_submitted_and_the_first_is_not() -> None:
    test = _ways(_agent(SOLAR, "submit_lead", LEAD))["corrected"]
    [(_, given)] = calls(test)
    assert given["phone"] == test.profile["phone"] != test.profile["first_phone"]


def test_a_spanish_intake_ends_in_its_call_with_what_it_is_about() -> None:
    fields = {"nombre": TEXT, "telefono": TEXT, "direccion": TEXT, "descripcion": TEXT}
    model = _agent(AVISO, "crear_aviso", fields | {"urgente": {"type": "boolean"}}, language="es")
    given = _call(model)
    assert given["descripcion"] in {
        "se ha roto una llave dentro de la cerradura",
        "quiere cambiar una cerradura",
        "la puerta de casa no cierra",
    }
    assert given["urgente"] is False
    assert given["nombre"] == _ways(model)["answered"].profile["full_name"]


def test_english_names_of_inputs_are_understood_in_a_spanish_prompt() -> None:
    fields = {"customer_name": TEXT, "phone_number": TEXT, "address": TEXT, "problem": TEXT}
    assert set(_call(_agent(AVISO, "create_ticket", fields, language="es"))) == fields.keys()


def test_parts_of_what_is_said_go_into_their_own_inputs() -> None:
    fields = {"firstName": TEXT, "lastName": TEXT, "phone": TEXT, "street": TEXT, "zip": TEXT}
    model = _agent(SOLAR.replace("5. Their average monthly electric bill\n", ""), "create_lead", fields)
    given, profile = _call(model), _ways(model)["answered"].profile
    assert f"{given['firstName']} {given['lastName']}" == profile["full_name"]
    assert profile["address"] == f"{given['street']}, {given['zip']}"


def test_an_input_of_the_tool_is_asked_for_where_no_table_knows_it() -> None:
    prompt = SOLAR.replace("Their average monthly electric bill", "Policy number (two letters, six digits)")
    fields = {
        "name": TEXT,
        "phone": TEXT,
        "policy_number": {"description": "two letters and six digits"} | TEXT,
    }
    model = _agent(prompt, "log_request", fields)
    test = _ways(model)["answered"]
    assert "Give {{test_profile.policy_number}} when asked for the policy number" in steps(test)
    assert _call(model)["policy_number"] == test.profile["policy_number"]


@pytest.mark.parametrize("missing", ["roof_angle", "installer_code"])
def test_an_input_that_nobody_is_asked_for_leaves_the_deed_as_it_is(missing: str) -> None:
    model = _agent(SOLAR, "submit_lead", LEAD | {missing: {"type": "integer"}})
    assert not planned(model, "intake")


def test_an_agent_that_looks_something_up_has_no_intake() -> None:
    find = Tool(2, "find_customer", "", {"type": "object", "properties": {"phone": TEXT}}, (), ())
    assert not planned(_agent(SOLAR, "submit_lead", LEAD, find), "intake")


def test_who_is_turned_away_is_not_taken_down() -> None:
    rule = "If the caller rents the home, say that only owners can get a quote and do not submit a lead.\n"
    found = _ways(_agent(SOLAR + rule, "submit_lead", LEAD))
    test = next(t for way, t in found.items() if way.startswith("case/ownership"))
    assert test.calls == ()
    assert [one.tool for one in test.forbidden] == ["submit_lead"]
    assert steps(test)[-1] == "End the call when told that only owners can get a quote"


def test_a_yes_or_no_goes_into_a_flag_and_what_comes_with_a_yes_into_a_text() -> None:
    prompt = (
        "Eres la recepcionista de una clínica dental.\n\nRecoge estos datos:\n- Nombre\n- Teléfono\n"
        "- Motivo de la consulta\n- Si ya es paciente de la clínica\n- Si tiene seguro y con qué compañía\n\n"
        "Registra la solicitud con registrar_solicitud.\n"
    )
    fields = {
        "nombre": TEXT,
        "telefono": TEXT,
        "motivo": TEXT | {"enum": ["revision", "limpieza", "dolor"]},
        "es_paciente": {"type": "boolean"},
        "seguro": TEXT,
    }
    model = _agent(prompt, "registrar_solicitud", fields, language="es")
    given = _call(model)
    assert given["es_paciente"] is False
    assert given["motivo"] in ("revision", "limpieza")
    assert _ways(model)["answered"].profile["insurance"] == f"sí, con {given['seguro']}"


def test_a_choice_that_the_answer_does_not_name_gives_no_call() -> None:
    fields = LEAD | {"ownership": {"type": "string", "enum": ["landlord", "guest"]}}
    assert not planned(_agent(SOLAR, "submit_lead", fields), "intake")


def test_what_may_be_left_out_and_nobody_knows_is_left_out() -> None:
    schema = {
        "type": "object",
        "properties": LEAD | {"roof": {"type": "string"}},
        "required": list(LEAD),
    }
    prompt = SOLAR + "Ask about the roof only where the caller speaks of the roof.\n"
    model = read_agent(AgentDefinition("Desk", "en", prompt, (Tool(1, "submit_lead", "", schema, (), ()),)))
    assert not model.warnings
    assert "roof" not in model.tools["submit_lead"].calls["success"][0].input
