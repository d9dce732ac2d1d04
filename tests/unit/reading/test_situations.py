"""How a caller gets into the case of a condition, with definite values, and how one tempts an agent."""

from __future__ import annotations

import pytest

from evalgen.reading.acts import Act, act_of_question
from evalgen.reading.blocks import blocks_of
from evalgen.reading.definite import definite
from evalgen.reading.lexicon import lexicon_of
from evalgen.reading.situations import act_of_case, names_its_case
from evalgen.reading.statements import Statement, statements_of
from evalgen.reading.temptations import act_of_permission, act_of_prohibition

ENGLISH, SPANISH = lexicon_of("en"), lexicon_of("es")


def statement(text: str, language: str = "en") -> Statement:
    lexicon = lexicon_of(language)
    return statements_of(
        blocks_of(f"{'Be quick' if language == 'en' else 'Sé breve'}.\n\n- {text}"), [], lexicon
    )[-1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("the parcel is late by up to 3 days", "the parcel is late by 2 days"),
        ("the parcel is late by 4 to 9 days", "the parcel is late by 6 days"),
        ("losses over 5,000 dollars", "losses 6,000 dollars"),
        ("amounts below $25", "amounts $20"),
        ("children younger than 4", "children aged 3"),
        ("the caller has waited longer than 5 hours", "the caller has waited 6 hours"),
        ("the price exceeds 40 euros", "the price exceeds 40 euros"),
        ("there is no limit", "there is no limit"),
    ],
)
def test_a_definite_value_stands_for_a_limit(text: str, said: str) -> None:
    assert definite(text, ENGLISH) == said


def test_definite_values_are_said_as_the_language_writes_them() -> None:
    assert definite("grupos de más de seis personas", SPANISH) == "grupos de 7 personas"
    assert definite("importes superiores a 5.000 euros", SPANISH) == "importes 6.000 euros"


@pytest.mark.parametrize(
    ("text", "kind", "x"),
    [
        ("Refunds above 300 dollars need a supervisor.", "act_raise", "a refund of 360 dollars"),
        ("Groups of 10 or more are handled by the desk.", "act_raise", "a group of 12"),
        ("Complaints about staff go to the manager.", "act_raise", "a complaint about staff"),
        ("Someone who wants to donate books is sent to the desk.", "act_want_to", "donate books"),
        ("Anybody who owes more than 20 dollars has to pay first.", "act_state", "owe 24 dollars"),
        ("If the caller shouts or swears, stay calm.", "act_do", "shout"),
        ("If somebody asks about a claim, look it up.", "act_ask_about", "about a claim"),
        ("No insurance: mention the price of a first exam.", "act_lack_of", "insurance"),
        ("Toothache or broken tooth: ask how long it has hurt.", "act_label", "toothache"),
        ("For airport trips, ask for the flight number.", "act_raise", "an airport trip"),
        ("If anyone is hurt, there is smoke or fire, say to dial 911.", "act_be", "hurt"),
        ("If the caller switches to French, transfer the call.", "act_do", "switch to French"),
        ("Not safe, or they dodge it: apply the first rule.", "act_quote", "not safe"),
        ("If a child or a pet is locked in, call 911.", "act_situation", "a child is locked in"),
    ],
)
def test_a_case_is_brought_up_as_its_subject_names_it(text: str, kind: str, x: str) -> None:
    assert act_of_case(statement(text), ENGLISH) == Act(kind, x)


@pytest.mark.parametrize(
    "text",
    [
        "Not found: ask for the ticket number.",
        "Tool error: apologise once.",
        "No availability on that day: offer another day.",
        "Reschedule: book the new one first.",
        "Otherwise a change costs 75 euros.",
    ],
)
def test_what_only_the_agents_tools_tell_is_no_case_of_a_caller(text: str) -> None:
    assert act_of_case(statement(text), ENGLISH) is None


def test_a_sentence_whose_subject_is_the_case_is_told_whole_and_a_label_is_not() -> None:
    assert names_its_case(statement("Refunds above 300 dollars need a supervisor."))
    assert not names_its_case(statement("Toothache: ask how long it has hurt."))
    assert not names_its_case(statement("If the caller is angry, stay calm."))


@pytest.mark.parametrize(
    ("text", "kind", "x"),
    [
        ("Parts of an order cannot be cancelled.", "do_forbidden", "cancel parts of an order"),
        ("Discount codes may not be applied later.", "do_forbidden", "apply discount codes later"),
        ("Never give legal advice.", "ask_forbidden", "legal advice"),
        ("No advice on routes, weather or avalanches.", "ask_forbidden", "advice on routes"),
    ],
)
def test_a_ban_is_a_temptation_whether_it_is_an_order_a_passive_or_a_bare_no(
    text: str, kind: str, x: str
) -> None:
    assert act_of_prohibition(statement(text), ENGLISH, 0) == Act(kind, x)


def test_a_ban_at_the_end_of_another_rule_is_one_as_well() -> None:
    found = act_of_prohibition(statement("Take the name, and never give legal advice."), ENGLISH, 0)
    assert found == Act("ask_forbidden", "legal advice")


def test_a_passive_permission_is_something_to_ask_for() -> None:
    asked = act_of_permission(statement("A parcel on its way can be redirected once."), ENGLISH)
    assert asked == Act("act_ask_to", "have a parcel on its way redirected once")


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("Ask for the postal code and one landmark.", "for the postal code and one landmark"),
        ("Ask which car it is, then open the request.", "which car it is"),
        ("Ask the caller about the last bill and open it.", "about the last bill"),
    ],
)
def test_a_question_that_the_agent_asks_is_one_that_a_caller_can_take_badly(text: str, x: str) -> None:
    assert act_of_question(statement(text), ENGLISH) == Act("asked", x)


def test_asking_whether_there_is_more_is_no_question_to_take_badly() -> None:
    assert act_of_question(statement("Ask if there is anything else."), ENGLISH) is None
