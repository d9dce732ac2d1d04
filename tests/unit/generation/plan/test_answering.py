"""Who picks up where an agent calls: somebody else, another household, a machine."""

from __future__ import annotations

import re
from typing import Any

import pytest

from evalgen.generation.definition import Tool, Variable
from evalgen.generation.languages import load, with_witnesses
from evalgen.generation.plan.test import Test
from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool

LIBRARY = """You are Wren, calling on behalf of Lakeview Library. You call members whose books are overdue.

Ask whether you are speaking with {{member_name}}.
Never mention the books before you know that you are speaking with {{member_name}}.
"""
ELSE = "- If someone else answers, ask when {{member_name}} can be reached and end the call.\n"
WRONG = "- If it is a wrong number, apologize and say that the number will be removed from the list.\n"
MACHINE = (
    "- If you reach a voicemail, leave a message with the number 218-555-0163. Do not mention the books.\n"
)
RECIBOS = """Eres Bruno y llamas de parte de la academia Puente Verde para recordar recibos pendientes.

- Pregunta si hablas con {{nombre_cliente}}.
- Si contesta otra persona, pregunta a qué hora puedes encontrar a {{nombre_cliente}} y despídete.
- Si salta el buzón de voz, deja un mensaje con el teléfono 958 000 112. No menciones el recibo.
"""


def _picked_up(prompt: str, *tools: Tool, language: str = "en", name: str = "member_name") -> list[Test]:
    model = agent(prompt, *tools, language=language, variables=[Variable(name)])
    return planned(model, "picks_up")


def test_somebody_else_is_asked_for_the_person_and_hears_nothing() -> None:
    [test] = _picked_up(LIBRARY + ELSE)
    name = "{{test_profile.member_name}}"
    assert steps(test) == [
        f"Say that you are not {name} when asked whether you are {name}",
        f"Answer that tomorrow after five is a good time when asked when {name} can be reached",
        f"Say that {name} is not there if asked to speak with {name}",
        "End the call when told goodbye",
    ]
    assert outcome(test) == [
        "The main agent should ask when {{test_profile.member_name}} can be reached.",
        "The main agent should not mention the books.",
    ]


def test_who_picks_up_is_not_the_person_that_the_agent_was_given() -> None:
    [test] = _picked_up(LIBRARY + ELSE)
    assert test.variables["member_name"] == test.profile["member_name"]
    assert test.profile_name == ""


def test_under_a_wrong_number_the_call_ends_in_what_the_prompt_says() -> None:
    noted = tool("mark_wrong_number", ({}, {"status": "ok"}))
    [test] = _picked_up(LIBRARY + WRONG.replace("apologize", "call mark_wrong_number, apologize"), noted)
    assert steps(test)[-1] == "End the call when told that the number will be removed from the list"
    assert calls(test) == [("mark_wrong_number", {})]


def test_a_voicemail_gets_the_message_and_no_more() -> None:
    [test] = _picked_up(LIBRARY + MACHINE)
    assert steps(test)[0].startswith('Say "This is the voicemail of {{test_profile.member_name}}')
    assert outcome(test) == [
        "The main agent should leave a message with the number 218-555-0163.",
        "The main agent should not mention the books.",
    ]


def test_spanish_rules_about_who_picks_up_are_tested_too() -> None:
    other, machine = _picked_up(RECIBOS, language="es", name="nombre_cliente")[::-1]
    if "buzón" in other.aim:
        other, machine = machine, other
    assert outcome(other) == [
        "El agente principal debe preguntar cuándo se puede encontrar a {{test_profile.nombre_cliente}}."
    ]
    assert outcome(machine) == [
        "El agente principal debe dejar un mensaje con el teléfono 958 000 112.",
        "El agente principal debe evitar mencionar el recibo.",
    ]


@pytest.mark.parametrize(
    "prompt",
    [
        LIBRARY,
        (LIBRARY + ELSE).replace("calling on behalf of", "the phone agent of").replace("You call", "Help"),
        LIBRARY + "- If you reach a voicemail, hang up.\n",
        LIBRARY.partition("Never")[0] + "- If it is the wrong person, be polite.\n",
    ],
    ids=["no rule", "who is called", "no message", "nothing that is heard"],
)
def test_nobody_else_picks_up_where_the_prompt_does_not_say_what_happens_then(prompt: str) -> None:
    assert not _picked_up(prompt)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_forms_of_who_picks_up_find_their_witnesses(language: str) -> None:
    table: dict[str, Any] = with_witnesses(language, "called")
    for form in table["picks_up"]:
        assert all(re.search(form["case"], text, re.IGNORECASE) for text in form["finds"])
        assert not any(re.search(form["case"], text, re.IGNORECASE) for text in form["spares"])
    for text, kept in table["kept_back_shows"]:
        match = re.search(table["kept_back"], text, re.IGNORECASE)
        assert match is not None
        assert match["x"] == kept
    assert not any(re.search(table["kept_back"], one, re.IGNORECASE) for one in table["kept_back_spares"])


def test_every_language_has_the_same_forms() -> None:
    english, spanish = load("en", "called"), load("es", "called")
    assert english.keys() == spanish.keys()
    assert [form["kind"] for form in english["picks_up"]] == [form["kind"] for form in spanish["picks_up"]]
