"""A test in words: steps, first message, outcome, tools and names."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from evalgen.generation.languages import load
from evalgen.generation.plan.test import Attack, ExpectedCall, Moment, MomentKind, Setting, Step, Test
from evalgen.generation.write.frames import condition_of, step_line, written_in
from evalgen.generation.write.names import name_of
from tests.unit.generation.by_hand import SETTING, TEST, drafted

OPENS = Setting(agent_opens=True, organisation="the shop", language="en")
WORKS = Setting(organisation="la clínica", language="es")


def in_spanish(**changes: object) -> Test:
    return replace(TEST, language="es", **changes)  # type: ignore[arg-type] # any field of a test


def test_steps_are_numbered_and_each_has_its_moment() -> None:
    assert drafted().instructions.splitlines() == [
        "1. Ask to have a flat tyre repaired when asked how the shop can help",
        "2. Give {{test_profile.phone}} when asked for the phone number",
        "3. Ask for {{test_profile.day}} when asked for the preferred day",
        "4. Choose 9 in the morning when offered the free time",
        "5. Say yes when asked to confirm the day and the time",
        "6. End the call when told that the repair is booked",
    ]


@pytest.mark.parametrize(
    ("language", "kind", "what", "line"),
    [
        ("en", "asked", "for the code", "Do when asked for the code"),
        ("en", "refused", "the refund", "Do when refused the refund"),
        ("es", "opening", "", "Do cuando se pregunte en qué puede ayudar la clínica"),
        ("es", "asked", "por el motivo de la visita", "Do cuando se pregunte por el motivo de la visita"),
        ("es", "asked", "si hace falta algo más", "Do cuando se pregunte si hace falta algo más"),
        ("es", "asked", "confirmar la fecha", "Do cuando se pida confirmar la fecha"),
        ("es", "asked", "el número de teléfono", "Do cuando se pida el número de teléfono"),
        ("es", "offered", "los huecos libres", "Do cuando se ofrezcan los huecos libres"),
        ("es", "offered", "huecos para el lunes", "Do cuando se ofrezcan huecos para el lunes"),
        ("es", "told", "de las citas", "Do cuando se hable de las citas"),
        ("es", "told", "cuáles son las citas", "Do cuando se diga cuáles son las citas"),
        ("es", "told", "las citas", "Do cuando se digan las citas"),
        ("es", "told", "de nuevo que no", "Do cuando se diga de nuevo que no"),
        ("es", "offered", "una cita", "Do cuando se ofrezca una cita"),
        ("es", "told", "que la cita está reservada", "Do cuando se diga que la cita está reservada"),
        ("es", "refused", "la devolución", "Do cuando se niegue la devolución"),
    ],
)
def test_the_words_of_a_moment_read_right_behind_its_frame(
    language: str, kind: MomentKind, what: str, line: str
) -> None:
    assert step_line(Step("Do", Moment(kind, what)), language, WORKS) == line


def test_a_request_waits_for_no_offer_of_help_where_the_greeting_asks_something_else() -> None:
    opening, asks = Moment("opening"), replace(OPENS, asks_otherwise=True)
    assert step_line(Step("Ask to pay", opening), "en", asks) == "Ask to pay when greeted"
    assert condition_of(opening, "en", asks) == "The main agent greets the testing agent"
    assert step_line(Step("Pedir hora", opening), "es", asks) == "Pedir hora cuando se salude"


def test_who_is_called_waits_for_what_the_call_is_about() -> None:
    opening, calls = Moment("opening"), replace(OPENS, calls_out=True)
    assert (
        step_line(Step("Ask to pay", opening), "en", calls) == "Ask to pay when told what the call is about"
    )
    assert condition_of(opening, "en", calls) == "The main agent says what the call is about"
    assert step_line(Step("Pagar", opening), "es", calls) == "Pagar cuando se diga el motivo de la llamada"


def test_an_answer_that_stands_ready_is_given_if_it_is_asked_for() -> None:
    asked = Step("Give it", Moment("asked", "for the code", standing=True))
    assert step_line(asked, "en", Setting()) == "Give it if asked for the code"
    assert step_line(replace(asked, moment=Moment("asked", "el código", standing=True)), "es", Setting()) == (
        "Give it si se pide el código"
    )


def test_without_a_sure_organisation_the_opening_names_none() -> None:
    for setting in (Setting(), replace(SETTING, language="es")):
        assert drafted(setting=setting).instructions.startswith(
            "1. Ask to have a flat tyre repaired when asked how it can help\n"
        )


def test_the_given_first_message_comes_first_then_silence_where_the_agent_opens_then_a_greeting() -> None:
    assert drafted(first_message="Hey", setting=OPENS).first_message == "Hey"
    assert drafted(setting=OPENS).first_message == ""
    assert drafted().first_message == "Hello"
    assert drafted(in_spanish()).first_message == "Hola"


def test_the_outcome_is_made_of_the_assertions_a_line_each() -> None:
    assert drafted().expected_outcome.splitlines() == [one.text for one in TEST.assertions]
    assert drafted(generate_expected_outcomes=False).expected_outcome == ""
    attack = replace(TEST, attack=Attack("off_task", "plain", "aim"))
    assert drafted(attack, generate_expected_outcomes=False).expected_outcome == drafted().expected_outcome


def test_a_given_outcome_is_served_as_it_is_with_the_assertions_beside_it() -> None:
    draft = drafted(expected_outcome="It works out.", generate_expected_outcomes=False)
    assert (draft.expected_outcome, draft.assertions) == ("It works out.", TEST.assertions)


def test_the_tool_that_hangs_up_is_added_where_the_caller_does() -> None:
    goes_on = replace(TEST, steps=TEST.steps[:-1])
    assert drafted(tool_ids=("TOOL_DTMF",)).tool_ids == ("TOOL_DTMF", "TOOL_END_CALL")
    assert drafted(tool_ids=("TOOL_END_CALL",)).tool_ids == ("TOOL_END_CALL",)
    assert drafted(tool_ids=("TOOL_END_CALL_ONLY_ON_TRANSFER",)).tool_ids == (
        "TOOL_END_CALL_ONLY_ON_TRANSFER",
    )
    assert drafted(goes_on).tool_ids == ()


def test_mock_entries_are_the_expected_calls_each_once() -> None:
    again = ExpectedCall("c4", 1, "find_customer", TEST.calls[0].input, TEST.calls[0].output)
    draft = drafted(replace(TEST, calls=(*TEST.calls, again)))
    assert [entry.tool_name for entry in draft.mock_entries] == ["find_customer", "free_times", "book_repair"]
    assert len(draft.expected_calls) == 4


def test_an_attack_begins_with_its_persona() -> None:
    attack = Attack("off_task", "plain", "aim", persona="You are a colleague in a hurry.")
    lines = drafted(replace(TEST, attack=attack)).instructions.splitlines()
    assert (lines[0], lines[1][:2]) == ("You are a colleague in a hurry.", "1.")


def test_a_scenario_speaks_its_personalitys_language_and_is_written_in_one_that_is_there() -> None:
    assert written_in("es", "en") == "es"
    assert written_in("multi", "es") == "es"
    assert written_in("ja", "en") == ""
    assert written_in("multi", "") == ""


def test_a_name_is_cut_between_words_and_made_unlike_the_others() -> None:
    long = "Ask to " + "have a tyre repaired " * 5
    assert name_of("Ask", set()) == "Ask"
    assert name_of("Ask", {"ask", "ask (2)"}) == "Ask (3)"
    cut = name_of(long, set())
    assert len(cut) <= 80
    assert long.startswith(cut.removesuffix("…") + " ")
    second = name_of(long, {cut.casefold()})
    assert (second[-4:], len(second) <= 80) == (" (2)", True)
    assert len(name_of("x" * 200, set())) <= 80


@pytest.mark.parametrize("standing", [True, False])
def test_frames_name_no_party(standing: bool) -> None:
    for what in ("to waive the fee", "the refund"):
        line = step_line(Step("Insist", Moment("refused", what, standing)), "en", Setting())
        assert not re.search(load("en", "check")["parties"], line), line


def test_a_moment_is_told_in_the_third_person() -> None:
    moments = {
        Moment("opening"): "The main agent asks how it can help",
        Moment("asked", "for the phone number"): "The main agent asks for the phone number",
        Moment("offered", "two times"): "The main agent offers two times",
        Moment("told", "that it is booked"): "The main agent states that it is booked",
        Moment("told", "the price"): "The main agent states the price",
        Moment("told", "about the transfer"): "The main agent speaks about the transfer",
        Moment("told", "goodbye"): "The main agent says goodbye",
        Moment("refused", "the refund"): "The main agent refuses the refund",
    }
    assert {moment: condition_of(moment, "en", Setting()) for moment in moments} == moments
    assert (
        condition_of(Moment("asked", "por el motivo"), "es", Setting())
        == "El agente principal pregunta por el motivo"
    )
    assert (
        condition_of(Moment("asked", "confirmar la cita"), "es", Setting())
        == "El agente principal pide confirmar la cita"
    )
    assert condition_of(Moment("refused", "la cita"), "es", Setting()) == "El agente principal niega la cita"
