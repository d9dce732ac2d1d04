"""What a Spanish prompt has its agent say in a case is when the caller ends the call."""

from __future__ import annotations

from evalgen.generation.plan.test import Moment, Setting, Step, Test
from evalgen.generation.write.frames import step_line
from tests.unit.generation.plan.agents import agent, outcome, planned

CLINIC = """Atiendes las llamadas de una clínica dental de Bilbao.

# Casos
- Si la persona tiene dificultad para respirar, dile que llame al 112.
- Si piden hablar con una persona, di que en recepción atienden de 9:30 a 14:00.
"""


def _case(prompt: str, words: str) -> list[Test]:
    return [t for t in planned(agent(prompt, language="es"), "case") if words in " ".join(outcome(t))]


def test_a_case_ends_with_what_the_caller_is_sent_to_do() -> None:
    (test,) = _case(CLINIC, "112")
    end = test.steps[-1]
    assert outcome(test) == ["El agente principal debe decir al agente de pruebas que llame al 112."]
    assert step_line(end, "es", Setting()) == "Terminar la llamada cuando se pida que llames al 112"


def test_what_the_prompt_says_to_the_agent_is_no_moment_of_the_caller() -> None:
    told = CLINIC.replace("dile que llame al 112", "di que no puedes atender urgencias")
    assert not any("no puedes" in step.moment.what for t in _case(told, "urgencias") for step in t.steps)


def test_a_question_is_asked_and_a_wish_is_asked_for() -> None:
    asked = {
        "qué día prefieres": "cuando se pregunte qué día prefieres",
        "otra fecha": "cuando se pida otra fecha",
    }
    for what, line in asked.items():
        assert step_line(Step("Decir el lunes", Moment("asked", what)), "es", Setting()).endswith(line)
