"""The question with which an agent opens a call."""

from __future__ import annotations

import pytest

from evalgen.generation.read.greeting import asks_otherwise, calls_out
from evalgen.generation.read.prompt import read_prompt


@pytest.mark.parametrize(
    ("first_message", "prompt", "otherwise"),
    [
        ("Penrose Motors. Can I take your registration, please?", "You book services.", True),
        ("Cedarwood Clinic, how can I help?", "Your greeting has asked for the registration.", False),
        ("Harbour Stays. Are you calling about a booking, or a new stay?", "You book stays.", True),
        ("", 'You book services.\nOpen the call with: "Harbour Desk. What is your member number?"', True),
        ("", 'You book services.\nGreet the caller with "Harbour Desk, how can I help?"', False),
        ("", "You book services.\n1. Your greeting has already asked for the registration.", True),
        ("", "You book services. Ask for the registration.", True),
        ("", "You book services. Your greeting has asked how you can help.", False),
        ("¿Me dice su matrícula?", "Reservas revisiones de coches para quien llama por teléfono.", True),
        ("", 'Reservas citas.\nAbre la llamada con "Taller Sur, ¿en qué puedo ayudarle?"', False),
    ],
)
def test_a_greeting_is_told_from_an_offer_of_help(first_message: str, prompt: str, otherwise: bool) -> None:
    code = "es" if "Reservas" in prompt else "en"
    assert asks_otherwise(first_message, read_prompt(prompt, code, ())) is otherwise


@pytest.mark.parametrize(
    ("prompt", "out"),
    [
        ("You are Riley, calling on behalf of Northgate Orthopedics. Ask for the date of birth.", True),
        ("You book visits.\nIf somebody asks for it, tell them that you call customers on Monday.", False),
        ("Eres Leo y llamas de parte de la clínica para recordar las citas de los pacientes.", True),
        ("Atiendes las llamadas de los pacientes de la clínica.", False),
    ],
)
def test_an_agent_that_calls_is_told_from_one_that_is_called(prompt: str, out: bool) -> None:
    code = "es" if "pacientes" in prompt else "en"
    assert calls_out(read_prompt(prompt, code, ())) is out
