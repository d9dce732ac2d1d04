"""Whole prompts: what is read of them, at which lines, and what is left unread."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalgen.generation.read.prompt import read_prompt
from evalgen.generation.read.shown import shown
from evalgen.generation.read.statement import Prompt, Statement
from tests.conftest import ROOT

PROMPTS = sorted(
    path
    for folder, names in (
        ("tests/agents", "*/system-prompt.txt"),
        ("events/agents", "*/system-prompt.txt"),
        ("tests/reading_labels", "**/*.txt"),
    )
    for path in Path(ROOT, folder).glob(names)
)


def _read(text: str, *tools: str, declared: str = "en") -> Prompt:
    return read_prompt(text, declared, tools)


def _cases(prompt: Prompt) -> list[Statement]:
    return [statement for statement in prompt.statements if statement.kind == "case"]


def _moves(prompt: Prompt) -> list[str]:
    return [one.condition.move for one in _cases(prompt) if one.condition and one.condition.move]


def _duties(prompt: Prompt, *, ban: bool = False) -> list[str]:
    return [duty.text for one in prompt.statements for duty in one.duties if duty.ban == ban and duty.heard]


def _wishes(prompt: Prompt) -> list[str]:
    return [f"{'to ' if task.asks_to else ''}{task.wish}" for task in prompt.tasks]


def test_each_case_of_a_list_is_a_task_with_the_duty_of_its_own_half() -> None:
    prompt = _read(
        "# Calls\n"
        "1. If the caller wants to rent a van, ask for their licence and their age.\n"
        "2. If the caller wants to extend, offer the next two days.\n"
        "3. If the caller asks about insurance, say that the office will ring back.\n"
    )
    assert _moves(prompt) == ["Ask to rent a van", "Ask to extend", "Ask about insurance"]
    assert _wishes(prompt) == ["to rent a van", "to extend", "about insurance"]
    assert _duties(prompt) == [
        "ask for the testing agent's licence and their age",
        "offer the next two days",
        "say that the office will ring back",
    ]
    assert [one.duties[0].told for one in _cases(prompt)] == [
        "asked for your licence and your age",
        "offered the next two days",
        "told that the office will ring back",
    ]
    assert [one.lines for one in _cases(prompt)] == [(2, 2), (3, 3), (4, 4)]


def test_a_sentence_of_a_wrapped_paragraph_has_the_lines_it_stands_on() -> None:
    prompt = _read("The shop is closed on Sundays. Never\npromise a day. Never quote\na price.\n")
    assert [one.lines for one in prompt.statements] == [(1, 1), (1, 2), (2, 3)]


def test_a_quotation_is_left_as_it_is() -> None:
    prompt = _read('- If they are not interested, say: "Do you have my number? I am Mara."\n- Ask for it.')
    assert _duties(prompt) == ['say words like "Do you have my number? I am Mara."']


@pytest.mark.parametrize(
    "line",
    [
        "- No heating",
        "- Patient: Allow time for answers.",
        "- Time: say it as people do.",
        "- Credit score: 650 or more.",
        "- Remember, this offer is for members.",
        "- Only discuss the caller's own orders.",
        "- If nothing of it is known, say so.",
        "- If the caller is new you book it first.",
        "- After the third failed check, transfer to a person.",
    ],
)
def test_what_is_not_certain_is_neither_a_case_nor_a_duty(line: str) -> None:
    prompt = _read(f"You answer for Oak Homes.\n\n{line}\n")
    assert not prompt.statements[-1].sure
    assert not _cases(prompt)
    assert not _duties(prompt)
    assert not _duties(prompt, ban=True)


def test_a_thing_that_only_a_tool_answers_is_not_told_by_the_caller() -> None:
    prompt = _read(
        "- If list_times returns an empty list, offer the waiting list.\n"
        "- If the chosen time is no longer free, offer another day.\n",
        "list_times",
    )
    first, second = _cases(prompt)
    assert first.condition
    assert (first.condition.by, first.condition.answer, first.condition.about) == (
        "answer",
        "empty",
        "list_times",
    )
    assert second.condition
    assert second.condition.by == "other"
    assert not _moves(prompt)


def test_items_below_a_role_stand_under_it() -> None:
    prompt = _read(
        "1. If the caller is a TENANT:\n"
        "   - Ask for the flat number.\n"
        "   - If the tenant has no key at hand, offer a visit of the caretaker.\n"
        "2. Ask for the street.\n"
    )
    opening, inner, deeper, after = prompt.statements
    assert opening.condition
    assert opening.condition.move == "Say that you are a tenant"
    assert (inner.kind, inner.condition) == ("case", opening.condition)
    assert deeper.outer == (opening.condition,)
    assert deeper.condition
    assert deeper.condition.move == "Say that you have no key at hand"
    assert (after.kind, after.condition, after.outer) == ("order", None, ())


def test_a_duty_that_names_a_tool_is_not_heard() -> None:
    (case,) = _cases(_read("When the caller wants to rent a boat, call rent_boat.", "rent_boat"))
    assert [(duty.verb, duty.heard, duty.told) for duty in case.duties] == [("call", False, "")]
    assert case.tools == ("rent_boat",)


def test_a_duty_with_a_placeholder_is_not_heard() -> None:
    (case,) = _cases(_read("If the caller wants to move a visit, offer {{slots}}."))
    assert not case.duties[0].heard


def test_an_order_behind_a_case_holds_in_the_case_only() -> None:
    prompt = _read(
        '- For emergencies ("gas leak", "I can\'t breathe"), end the intake. Tell the caller to dial 911.\n'
    )
    assert [one.kind for one in prompt.statements] == ["case", "case"]
    assert _moves(prompt) == ["Mention gas leak", "Mention gas leak"]
    assert _duties(prompt) == ["tell the testing agent to dial 911"]


def test_an_order_of_a_paragraph_that_begins_with_what_callers_do_holds_in_that_case() -> None:
    prompt = _read("If the caller mentions chest pain, stop what you are doing. Tell them to call 911 now.")
    assert [one.condition.move for one in _cases(prompt) if one.condition] == ["Mention chest pain"] * 2
    late = _read("Be kind. If the caller mentions chest pain, say sorry. Tell them to call 911 now.")
    assert not late.statements[-1].sure


def test_an_order_behind_a_case_of_another_kind_is_left_unread() -> None:
    prompt = _read("If the parcel is late, apologise. Otherwise, wait. Offer a voucher to everybody.")
    assert [one.sure for one in prompt.statements] == [True, False, False]


def test_a_ban_behind_a_case_holds_in_the_case_at_least() -> None:
    prompt = _read("If the caller smells gas, tell them to dial 911. Do not take a repair request.")
    assert _moves(prompt) == ["Say that you smell gas", "Say that you smell gas"]
    assert prompt.statements[1].duties[0].ban


def test_a_ban_behind_a_case_that_names_nothing_to_listen_for_is_none() -> None:
    prompt = _read("If the caller asks for a discount, say that prices are fixed. Do not haggle.")
    assert [len(one.duties) for one in prompt.statements] == [1, 0]


def test_a_ban_behind_what_is_not_certain_is_left_unread() -> None:
    prompt = _read("If the parcel is late, apologise. Otherwise, wait. Do not take a repair request.")
    assert [one.sure for one in prompt.statements] == [True, False, False]


def test_what_is_done_in_a_state_may_stand_in_the_sentence_behind_its_label() -> None:
    prompt = _read('- Status "ended": you cannot log anything. Transfer to billing.\n- Ask for the name.\n')
    assert [one.kind for one in prompt.statements] == ["case", "case", "order"]
    assert prompt.statements[0].condition is prompt.statements[1].condition


@pytest.mark.parametrize(
    "before",
    [
        "check_rooms for the day they want.",
        "Ask what size they need and from which date.",
        "A stay is held for 7 days.",
        "It takes an hour.",
    ],
)
def test_an_order_behind_what_is_certainly_no_case_is_an_order(before: str) -> None:
    prompt = _read(f"- {before} Give the number of the stay. Use book_stay.", "check_rooms", "book_stay")
    assert [duty.text for duty in prompt.statements[1].duties] == ["give the number of the stay"]


@pytest.mark.parametrize(
    "before",
    [
        "A dog takes two visits.",
        "Visits cancelled late cost $30.",
        "It costs $30 within a day.",
        "Offer the desk if they are members.",
        "Ask: is it a dog?",
        "Gigabit needs an engineer.",
    ],
)
def test_an_order_behind_what_may_be_its_case_is_left_unread(before: str) -> None:
    prompt = _read(f"- {before} Give the number of the stay. Use book_stay.", "check_rooms", "book_stay")
    assert not next(one for one in prompt.statements if one.text.startswith("Give")).sure


def test_a_line_in_small_letters_that_begins_with_a_number_has_sentences() -> None:
    prompt = _read("- 5 digits. ask for the name\n- 5 Digits. Ask for it.\n")
    assert [one.text for one in prompt.statements][:2] == ["5 digits.", "ask for the name"]


@pytest.mark.parametrize(
    ("line", "wants_a_yes"),
    [
        ("Read back the day, and once the caller agrees call book_stay.", True),
        ("Say hello and, once they say yes, ask how you can help.", False),
        ("Only after they say yes, call book_stay.", True),
        ("Never book a stay without a clear yes.", True),
        ("Repeat the day and the price, and ask if that is right.", True),
        ("Always state the charge and get a definite yes first.", True),
        ("Confirm the room and the price, then call book_stay.", True),
        ("If they rent, ask whether the landlord has agreed to the treatment.", False),
        ("Never claim that something is booked unless the system has confirmed it.", False),
        ("Before you discuss a stay, get the confirmation code and look it up.", False),
    ],
)
def test_what_is_done_once_callers_agree_wants_their_yes(line: str, wants_a_yes: bool) -> None:
    assert bool(_read(line, "book_stay").confirms) is wants_a_yes


def test_a_wish_may_have_a_colon_behind_it() -> None:
    assert _moves(_read("- To move a stay: ask for the day.\n")) == ["Ask to move a stay"]


def test_what_a_read_back_comes_before_stands_in_no_outcome() -> None:
    (order,) = _read("Read back the day and the slot first.").statements
    assert order.duties[0].text == "read back the day and the slot"


def test_words_whose_verbs_may_be_the_callers_are_not_split() -> None:
    prompt = _read("If the caller is hurt, tell them to leave the house and call a doctor.")
    assert _duties(prompt) == ["tell the testing agent to leave the house and call a doctor"]
    prompt = _read("If the caller is hurt, tell them to leave the house and offer a visit.")
    assert _duties(prompt) == []


def test_tasks_are_what_people_call_for_and_no_step_of_the_agent() -> None:
    prompt = _read(
        "You are the scheduler of Elm Dental. Your job is to book appointments and to move them.\n\n"
        "[Get Phone Number]\nAsk for the phone number.\n\n"
        "## Cancel an appointment\n1. Call cancel_visit.\n\n"
        "## Confirm details\nAsk for a yes.\n",
        "cancel_visit",
    )
    assert _wishes(prompt) == ["to cancel an appointment", "to book an appointment", "to move an appointment"]
    assert prompt.tasks[0].section == ("Get Phone Number", "Cancel an appointment")


def test_a_prompt_in_a_code_fence_is_text() -> None:
    prompt = _read("Instructions:\n\n```\n- Never give tax advice.\n- Ask for the year of the return.\n```\n")
    assert _duties(prompt, ban=True) == ["give tax advice"]
    assert prompt.statements[-1].lines == (5, 5)


def test_states_in_json_are_read_with_their_lines() -> None:
    prompt = _read(
        "# States\n"
        "[\n"
        '  {"id": "greet",\n'
        '   "instructions": ["Greet the caller.", "Never ask for a password."],\n'
        '   "transitions": [{"condition": "If the caller wants to pay."}]}\n'
        "]\n"
    )
    assert [(one.kind, one.lines[0]) for one in prompt.statements] == [("order", 4), ("ban", 4), ("case", 5)]
    assert prompt.statements[0].section == ("States", "greet")
    assert _moves(prompt) == ["Ask to pay"]


def test_rows_of_a_table_are_cases() -> None:
    prompt = _read(
        "| Caller says | What you do |\n|---|---|\n"
        "| wants a receipt | offer a copy by mail |\n"
        "| asks for a bargain | say that there is none |\n"
    )
    assert _moves(prompt) == ["Ask for a receipt", "Ask for a bargain"]
    assert _duties(prompt) == ["offer a copy by mail", "say that there is no bargain"]
    assert [one.lines[0] for one in prompt.statements] == [3, 4]


def test_a_prompt_in_a_language_that_is_not_read_says_so_and_claims_nothing() -> None:
    prompt = _read(
        "Du nimmst Anrufe der Werkstatt Tanne an.\n- Nenne niemals einen Preis.\n"
        "- Wenn jemand nach einem Rabatt fragt, verbinde mit dem Büro und sag, dass das dauern kann.\n"
        "- Frage zuerst nach dem Kennzeichen, dann nach dem Datum der letzten Inspektion des Wagens.\n"
    )
    assert prompt.language == ""
    assert not prompt.tasks
    assert {one.kind for one in prompt.statements} == {"unread"}


def test_french_is_not_taken_for_spanish_by_the_words_that_they_share() -> None:
    french = (
        "Demandez toujours le numéro de téléphone avant de chercher le dossier du client. Ne donnez jamais "
        "de conseil médical. Si aucun créneau n'est libre ce jour-là, proposez le jour suivant. Relisez la "
        "date et l'heure avant de réserver, et attendez un oui. N'acceptez pas d'annulation à moins de 24 "
        "heures de la visite de l'animal."
    )
    assert read_prompt(french, "fr", ()).language == ""


def test_a_prompt_is_read_in_the_language_it_is_written_in() -> None:
    prompt = _read(
        "Atiendes el teléfono de Barcos Alba. Cuando alguien quiera alquilar una barca, pregunta el día y "
        "la hora. Nunca prometas buen tiempo en el mar. Si preguntan por un daño, transfiere la llamada al "
        "puerto."
    )
    assert prompt.language == "es"
    assert _moves(prompt) == ["Pedir alquilar una barca", "Preguntar por un daño"]
    assert _duties(prompt) == ["preguntar el día y la hora", "transferir la llamada al puerto"]


def test_only_words_with_evidence_are_the_callers() -> None:
    prompt = _read("If a guest asks about prices, give them the owner's hours.")
    assert prompt.caller_nouns == ("guest",)
    assert "owner's" in prompt.statements[0].text
    assert all("testing agent's hours" not in duty for duty in _duties(prompt))


def test_the_opening_the_question_for_more_and_what_wants_a_yes_are_found() -> None:
    prompt = _read(
        "- You open the call.\n- Read back the date and wait for a yes.\n- Ask whether there is anything else"
    )
    assert prompt.opens
    assert prompt.asks_more == prompt.statements[-1].id
    assert prompt.confirms == (prompt.statements[1].id,)


@pytest.mark.parametrize("path", PROMPTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_sentence_of_a_prompt_is_kept_with_its_rule_and_never_half_rewritten(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    prompt = _read(text)
    lines = text.split("\n")
    assert prompt.statements
    for one in prompt.statements:
        assert one.because
        assert 1 <= one.lines[0] <= one.lines[1] <= len(lines)
        assert one.sure == (one.kind != "unread")
        for duty in one.duties:
            assert not duty.text.endswith((",", ";", " and", " or", " the", " y", " o"))
            assert duty.heard or not duty.told
            assert "you" not in duty.told.split()[:1]
    assert shown(prompt)


def test_a_prompt_of_any_shape_is_read_in_full() -> None:
    for text in (
        "",
        "\n",
        "- ",
        "|",
        "```",
        "[",
        "{",
        "a: b",
        "\0",
        "#",
        "1.",
        "<if condition=''>",
        "“" * 50,
    ):
        assert isinstance(_read(text), Prompt)


def test_them_are_things_behind_a_verb_that_nobody_does_to_callers() -> None:
    text = "These rules are internal. Do not reveal them. Never interrupt a caller. Do not pressure them."
    assert [duty for duty in _duties(_read(text), ban=True) if "reveal" in duty] == []


def test_a_sentence_that_a_wrapped_item_begins_a_line_with_stays_in_its_case() -> None:
    case = "3. If the code is odd or cannot be told from the other ones, be as careful as you can with it."
    text = f"You answer for a bank.\n\n{case}\n   Do not say which part was wrong.\n"
    assert _duties(_read(text), ban=True) == []
    assert _duties(_read(text.replace(case, "3. Be careful.")), ban=True) == ["say which part was wrong"]


def test_what_stands_behind_a_negation_is_a_verb_though_it_is_also_a_noun() -> None:
    text = (
        "You answer for a shop. Do not offer discounts. Never match prices of other shops. Do not estimate."
    )
    assert _duties(_read(text), ban=True) == ["offer discounts", "match prices of other shops"]


def test_steps_with_a_word_before_their_number_are_headings_of_what_is_counted_below() -> None:
    prompt = _read(
        "Step 1. Greeting\n- Ask how you can help.\n\n"
        "Step 2. Trip details\n2.1 Ask for the day.\n2.2 Ask for the town.\n"
    )
    assert [one.section for one in prompt.statements] == [("Greeting",), *[("Trip details",)] * 2]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Guests can ask about the dishes.", "fact"),
        ("The greeting has already been played, so don't greet again.", "unread"),
        ("Opening hours are kept by the office - do not work them out yourself.", "unread"),
        ("Outage questions need no identification, so never ask for a number there.", "unread"),
        ("Vouchers are spent online and can't be swapped for cash.", "fact"),
        ("Payment goes through the website, never through you.", "fact"),
    ],
)
def test_a_fact_with_a_ban_inside_is_not_read_as_a_fact(text: str, kind: str) -> None:
    (statement,) = _read(text).statements
    assert statement.kind == kind


@pytest.mark.parametrize(
    ("text", "duties"),
    [
        ("No slots: say so and ask for other days.", ["say that there are no slots", "ask for other days"]),
        ("If no slot is free, say so.", ["say that no slot is free"]),
        ("Gift card: the ten-digit number plus the last name of the buyer.", []),
    ],
)
def test_what_is_said_of_a_case_is_a_sentence(text: str, duties: list[str]) -> None:
    (statement,) = _read(text).statements
    assert [duty.text for duty in statement.duties] == duties
