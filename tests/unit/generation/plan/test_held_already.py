"""What the prompt allows a caller only once is not done for one who has it already."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import CANCEL, LOOKUP, PROMPT, SLOTS, agent, planned, tool

PERMIT = {"permit_id": "pm_3", "type": "resident", "zone": "North"}


def town(rule: str, *, language: str = "en", **held: Any) -> AgentModel:
    """A desk for permits: two residents, of whom Ben has what `held` says."""
    people: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"phone": "2075550134"}, {"resident_id": "rs_1", "full_name": "Ada Rowe", "permits": []}),
        ({"phone": "2075550161"}, {"resident_id": "rs_2", "full_name": "Ben Stahl", **held}),
    ]
    return agent(
        "You answer for a town hall. Ask for the phone number and call find_resident.\n"
        f"# Ordering a permit\n- Ask which type of permit they want: resident or visitor.\n- {rule}\n",
        tool("find_resident", *people),
        tool(
            "order_permit",
            *(
                ({"resident_id": one["resident_id"], "type": "visitor"}, {"status": "ordered"})
                for _, one in people
            ),
            described={"resident_id": "From find_resident"},
            enums={"type": ["resident", "visitor"]},
        ),
    )


def served(model: AgentModel) -> set[str]:
    """Whom some test lets have the permit, or nearly: phone numbers of those."""
    return {
        str(t.profile["phone"])
        for t in planned(model)
        if t.key.split(":")[0] in ("done", "declined", "aside")
    }


@pytest.mark.parametrize(
    "rule",
    [
        "A resident may hold only one permit.",
        "Only one permit per household.",
        "Nobody may hold more than one permit at a time.",
        "Each resident can have at most one permit. If there is one already, offer to change it.",
        "A resident cannot have two permits.",
    ],
)
def test_who_has_one_already_gets_no_second_one(rule: str) -> None:
    assert served(town(rule, permits=[PERMIT])) == {"2075550134"}
    assert served(town(rule, permits=[])) == {"2075550134", "2075550161"}


@pytest.mark.parametrize(
    "rule",
    [
        "A resident may hold two permits.",
        "Name only one permit at a time.",
        "Residents may hold more than one permit.",
        "Only one car per permit.",
    ],
)
def test_a_rule_that_counts_something_else_forbids_nothing(rule: str) -> None:
    assert served(town(rule, permits=[PERMIT])) == {"2075550134", "2075550161"}


def test_what_is_over_or_surely_of_another_kind_does_not_count() -> None:
    rule = "A resident may hold only one permit of the same type."
    both = {"2075550134", "2075550161"}
    assert served(town(rule, permits=[PERMIT])) == both
    assert served(town(rule, permits=[PERMIT | {"type": "visitor"}])) == {"2075550134"}
    assert served(town(rule, permits=[{"permit_id": "pm_3"}])) == {"2075550134"}
    assert served(town("Only one permit per resident.", permits=[PERMIT | {"status": "expired"}])) == both


def test_a_single_value_of_that_name_counts_too() -> None:
    assert served(town("Only one permit per resident.", current_permit="pm_3")) == {"2075550134"}
    assert served(town("Only one permit per resident.", current_permit=None)) == {"2075550134", "2075550161"}


@pytest.mark.parametrize(("rule", "is_tested"), [("", True), ("Only one appointment per patient.", False)])
def test_nor_is_anything_told_such_a_caller_of_what_is_free(rule: str, is_tested: bool) -> None:
    booked = ({"patient_id": "p_1", "datetime": "2026-07-08T09:00:00"}, {"status": "booked"})
    model = agent(f"{PROMPT}\n{rule}\n", LOOKUP, SLOTS, tool("book_appointment", booked), CANCEL)
    assert bool(planned(model, "nothing_free", "book_appointment")) is is_tested
    assert planned(model, "no_record", "book_appointment")


@pytest.mark.parametrize("rule", ["Cada paciente puede tener una sola cita.", "Solo una cita por paciente."])
def test_in_spanish_likewise(rule: str) -> None:
    appointment = {"codigo": "c_7", "fecha": "2026-07-03"}
    people: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"telefono": "600123123"}, {"id_paciente": "p_1", "nombre": "Ana Ruiz", "cita_pendiente": None}),
        (
            {"telefono": "600123456"},
            {"id_paciente": "p_2", "nombre": "Luis Mora", "cita_pendiente": appointment},
        ),
    ]
    clinic = agent(
        "Atiendes el teléfono de una clínica. Pide el teléfono y llama a buscar_paciente.\n"
        f"# Reservar una cita\n- Pregunta para qué día la quiere.\n- {rule}\n",
        tool("buscar_paciente", *people),
        tool(
            "reservar_cita",
            *(
                ({"id_paciente": one["id_paciente"], "fecha": "2026-07-08"}, {"estado": "reservada"})
                for _, one in people
            ),
            described={"id_paciente": "De buscar_paciente"},
        ),
        language="es",
    )
    assert {test.profile["telefono"] for test in planned(clinic, "done")} == {"600123123"}
