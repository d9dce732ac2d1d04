"""Lines for berths and tables, without mock data: what look-ups take, and what answers hold."""

from __future__ import annotations

import pytest

from tests.unit.generation.read.invented_agents import agent, calls, invented, tool

TEXT = {"type": "string"}
YARD = "You take calls for a boat yard."


@pytest.mark.parametrize(
    ("prompt", "about"),
    [
        (
            YARD,
            "Upcoming berths by last name plus phone or code. Returns berths.",
        ),
        (YARD, "Finds berths by last name and phone. Returns berths."),
        (
            f"{YARD}\nLast name plus either the mobile number on the berth or the code.",
            "",
        ),
        (f"{YARD}\nAsk for last name and phone number. Both have to match.", ""),
    ],
)
def test_a_look_up_takes_all_that_is_said_to_be_wanted_at_once(prompt: str, about: str) -> None:
    look_up = tool("find_berths", ["last_name"], about, last_name=TEXT, phone=TEXT, confirmation_code=TEXT)
    made = calls(invented(agent(prompt, look_up)), "find_berths")
    assert made and all(list(call.input) == ["last_name", "phone"] for call in made)


@pytest.mark.parametrize(
    "about", ["Finds berths by last name or phone.", "By phone, or by code and last name."]
)
def test_a_look_up_takes_one_of_what_may_be_wanted_instead(about: str) -> None:
    look_up = tool("find_berths", ["last_name"], about, last_name=TEXT, phone=TEXT)
    made = calls(invented(agent(YARD, look_up)), "find_berths")
    assert made and all(list(call.input) == ["last_name"] for call in made)


def test_a_spanish_look_up_takes_all_that_is_said_to_be_wanted_at_once() -> None:
    look_up = tool(
        "buscar_reserva",
        ["apellido"],
        "Busca reservas por apellido junto con teléfono o código.",
        apellido=TEXT,
        telefono=TEXT,
    )
    made = calls(invented(agent("Atiendes llamadas de un puerto.", look_up, language="es")), "buscar_reserva")
    assert made and all(list(call.input) == ["apellido", "telefono"] for call in made)
