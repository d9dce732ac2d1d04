"""What a sentence orders or forbids is read with all that says when it holds, or not at all."""

from __future__ import annotations

import pytest

from evalgen.generation.read.prompt import read_prompt
from tests.unit.generation.read.witnesses import last, shown

UNREAD = "unread / / "
NEVER = "# Never\n\n"


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("The member is known by now — skip the second step.", UNREAD),
        ('"held" means the lane stays theirs for an hour, so do not call it booked.', UNREAD),
        ('Caller gives an unclear number ("six, no, nine"): confirm the right one before going on.', UNREAD),
        ("Visitors may ask about lanes, but you don't tell them who has one.", UNREAD),
        ("Check capacity, read back the lane, get a yes, book, give the code.", UNREAD),
        ("Lanes differ between the halls, so find out which hall they mean.", UNREAD),
        ("The hall is closed on Mondays, so lanes are free on Tuesday.", "fact / / "),
        ("You must strictly follow the steps of each task.", UNREAD),
        ("MUST call before any lane is confirmed.", UNREAD),
        ("A lane can only be moved once, and you should look at its status first.", UNREAD),
        ("The agent needs to collect the name of each player.", "order / / collect the name of each player"),
        ("Calmly and plainly explain that the page may be out of date.", UNREAD),
        ("Only say a lane is free if the tool says so.", UNREAD),
        ("Check capacity before offering a lane (callers don't like to wait).", UNREAD),
        ("Investigate if the lane is closed.", UNREAD),
        ('"We are open from nine to ten, and shoes are included."', UNREAD),
        ("- last plan change date", UNREAD),
        ("Games last 40 minutes.", "fact / / "),
        ("Update records with work notes", UNREAD),
        ('"Thank you for calling. After a look at your plan we are sorry to say no.', UNREAD),
        ("# When to offer a callback\n- Their card is not at hand", UNREAD),
        ('# Prices\n- Contact: "What is the best number to reach you?"', UNREAD),
    ],
)
def test_a_fact_with_an_order_behind_it_is_no_fact(prompt: str, expected: str) -> None:
    assert shown(last("en", prompt)) == expected


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        (
            "State the fee and get a clear yes before booking.",
            "order / / state the fee before booking; get a yes before booking",
        ),
        ("After a clear yes call freeze_card.", "order / / call freeze_card after a yes"),
        ("freeze_card only after a plain yes.", "order / / call freeze_card only after a yes"),
        ("Before booking, read back the lane.", "order / / read back the lane before booking"),
        (
            "Read back the lane, get an explicit confirmation, then call freeze_card.",
            "order / / read back the lane; get a confirmation; call freeze_card",
        ),
    ],
)
def test_a_yes_and_a_moment_stay_with_what_they_are_said_of(prompt: str, expected: str) -> None:
    assert shown(last("en", prompt)) == expected


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        (
            "If the line is silent, ask twice whether they are still there, then say goodbye.",
            "case / the line is silent / ask twice whether the testing agent is still there; say goodbye",
        ),
        ("If the line is silent, ask twice, then say goodbye.", UNREAD),
        ("Ask where it is, then call freeze_card.", "order / / call freeze_card"),
    ],
)
def test_what_waits_for_a_question_that_is_not_read_is_not_read(prompt: str, expected: str) -> None:
    assert shown(last("en", prompt)) == expected


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("# Never\n- Take a card number; stop the caller if they begin.", UNREAD),
        ("# Never\n- Take a card number. Offer the pay link.", UNREAD),
        (f"{NEVER}Take a card number.", "ban / / not take a card number"),
        (f"{NEVER}Take a card number. Name a lane's owner.", UNREAD),
        ("# Limits\nNever\n- promise a lane.", "ban / / not promise a lane"),
        ("# Never\n- No opinions. No discounts.", "ban / / not offer any discounts"),
        ("# Never\n- No card numbers.", UNREAD),
        (
            "# Rules\n- Never promise a lane. Offer the waiting list.",
            "case / Never promise a lane. / offer the waiting list",
        ),
        ("# Rules\n- Never promise a lane. Ask for the day.", "order / / ask for the day"),
        ("# Never do\n1. Don't make promises\n   - Say \"I'll look into that\" instead", UNREAD),
        ("# Never do\n1. Don't rush callers\n   - Offer them a pause", UNREAD),
        ("Do not invent lane names - only use those of the tool.", UNREAD),
    ],
)
def test_what_stands_among_bans_is_a_ban_or_is_not_read(prompt: str, expected: str) -> None:
    assert shown(last("en", prompt)) == expected


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("Never offer more than three lanes at once.", "ban / / not offer more than three lanes at once"),
        ("Don't offer to send our coach instead.", "ban / / not offer to send the company's coach instead"),
        ("Never take, repeat or ask for card numbers.", "ban / / not take, repeat or ask for card numbers"),
        (
            "Never read the name, postcode or address out first.",
            "ban / / not read the name, postcode or address out first",
        ),
        ("Never name a cause, blame or cost.", "ban / / not name a cause, blame or cost"),
        ("Never say lane, hold or booking numbers aloud.", UNREAD),
        (
            "You do not handle contracts or press questions.",
            "ban / / not handle contracts or press questions",
        ),
        (
            "Never refuse a refund because money is owed, and make no offers to the caller.",
            "ban / / not refuse a refund because money is owed; not make offers to the testing agent",
        ),
        ("Never say what anyone has rented, or that they have a locker, to others.", UNREAD),
        ("Never offer a lane that was not returned on this call.", UNREAD),
    ],
)
def test_a_ban_keeps_the_things_and_the_words_that_narrow_it(prompt: str, expected: str) -> None:
    read = last("en", prompt)
    if expected == UNREAD:
        assert all(
            "other" not in d.text and "return" not in d.text and "hold" not in d.text for d in read.duties
        )
        assert not any(d.text.endswith(("rented", "returned")) for d in read.duties)
    else:
        assert shown(read) == expected


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        (
            "If the lane is shut, give no price and transfer to the desk.",
            "case / the lane is shut / not give price; transfer the call to the desk",
        ),
        (
            "If the account is locked, there is no second try: offer a callback.",
            "case / the account is locked / offer a callback",
        ),
        (
            "If nobody picks up, a callback is logged: give the time of it.",
            "case / nobody picks up / give the time of it",
        ),
        (
            "If the name is wrong, the code is wrong, or the plate is missing, offer a callback.",
            "case / the name is wrong, the code is wrong, or the plate is missing / offer a callback",
        ),
        ("- A refusal (hall closed, no lanes) is an answer: offer another day.", UNREAD),
        ("- Not found is no error: read the code back once.", UNREAD),
        ("If anyone is hurt: hang up and dial 999.", UNREAD),
        ("# If the lane is shut\n- Apologize.", "case / the lane is shut / apologize"),
        ("# If the caller wants to cancel\n- Apologize.", "order / / apologize"),
        (
            "If the caller is silent, gently check in with a question and then wait again.",
            UNREAD,
        ),
        ("Emergencies are covered day and night.", "fact / / "),
        ("- Nothing: say goodbye.", UNREAD),
        ("- Money spent already: keep the receipts, claims team.", UNREAD),
        ("If it fails again, offer the right team: billing for money, dispatch for leaks.", UNREAD),
        ("Interrupt anyone who starts.", UNREAD),
        ("If the caller says goodbye, keep the reply brief:", UNREAD),
        ('If they agree, EXECUTE freeze_card with reason: "lost"', UNREAD),
        ("If the lane is shut, the game has not begun, cannot be booked.", UNREAD),
        ("If the lane is shut, the agent cannot help and a transfer is needed.", UNREAD),
    ],
)
def test_a_condition_ends_where_what_follows_from_it_begins(prompt: str, expected: str) -> None:
    read = last("en", prompt)
    shows = shown(read)
    if "time of it" in expected:
        assert read.condition is None or read.condition.text == "nobody picks up"
    else:
        assert shows == expected


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("- Ask for the day; if the hall is full, offer another day. Ask about shoes.", UNREAD),
        (
            "- If the hall is full, offer another day. Ask about shoes.",
            "case / taken of hall / ask about shoes",
        ),
        (
            "- Call check_rooms. If the hall is full, say so. Then ask for another day.",
            "case / taken of hall / ask for another day",
        ),
    ],
)
def test_an_order_behind_a_case_is_of_it_where_its_item_begins_with_the_case(
    prompt: str, expected: str
) -> None:
    read = last("en", prompt.replace("hall", "room"))
    assert shown(read).replace("room", "hall") == expected


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("Never read the name or code out, or hint at them.", "not read the name or code out"),
        ("Never give a coach's number, or where they are.", "not give a coach's number"),
        ("Call freeze_card with them before you say anything about an account.", ""),
        ("If there are several, name them back.", ""),
        ("match them, and stay brief.", ""),
    ],
)
def test_them_are_no_callers_where_they_may_be_things_or_others(prompt: str, expected: str) -> None:
    assert all("testing agent" not in duty.text for duty in last("en", prompt).duties), expected


def test_who_is_called_for_is_not_the_caller() -> None:
    prompt = (
        "You answer for a clinic. Ask whether you are speaking to the patient. Ask for the patient's name.\n"
    )
    read = read_prompt(f"{prompt}If the patient is not there, tell the patient's parent.", "en", [])
    told = [duty.text for statement in read.statements for duty in statement.duties]
    assert "ask whether it is speaking to the patient" in told
    assert not any("testing agent" in text for text in told)


def test_what_stands_behind_a_list_of_triggers_holds_in_that_case_only() -> None:
    prompt = (
        "# Emergencies\nIf callers mention:\n- Smoke\n- Fire\n\n1. Tell them to leave.\n2. Never hang up."
    )
    read = [shown(one) for one in read_prompt(f"You answer for a hall.\n{prompt}", "en", []).statements[-2:]]
    assert read == [UNREAD, "ban / / not hang up"]


@pytest.mark.parametrize(
    "opener", ["A lane may be closed for the following reasons:", "Here are some common causes:"]
)
def test_what_may_be_a_cause_is_no_fact(opener: str) -> None:
    read = read_prompt(f"You answer for a hall.\n{opener}\n- The line is broken.", "en", [])
    assert read.statements[-1].kind == "unread"


def test_a_letter_and_a_no_may_end_a_sentence() -> None:
    said = "Book a first lesson as in B. Letters come by post. A late start is never a no. Say so."
    texts = [statement.text for statement in read_prompt(said, "en", []).statements]
    assert texts == [
        "Book a first lesson as in B.",
        "Letters come by post.",
        "A late start is never a no.",
        "Say so.",
    ]


def test_a_tag_with_a_condition_has_it_in_front_of_what_is_done() -> None:
    prompt = '<rules>\n<if condition="the hall is closed">Offer another day.</if>\n</rules>'
    read = read_prompt(f"You answer for a bowling hall.\n{prompt}", "en", [])
    case = next(one for one in read.statements if one.kind == "case")
    assert shown(case) == "case / the hall is closed / offer another day"


def test_what_the_agent_checks_is_no_fact_above_all() -> None:
    prompt = (
        "Check two things in the record:\n- The card is active. Cards last a year.\n- Shoes must be clean."
    )
    kinds = [(one.text, one.kind) for one in read_prompt(prompt, "en", []).statements[1:]]
    assert kinds == [
        ("The card is active.", "unread"),
        ("Cards last a year.", "fact"),
        ("Shoes must be clean.", "fact"),
    ]


def test_what_a_tool_does_is_no_order() -> None:
    prompt = "# Herramientas\n- reservar_cita: guarda la cita."
    assert read_prompt(prompt, "es", ["reservar_cita"]).statements[-1].kind == "unread"


def test_the_call_of_a_tool_without_underscores_is_an_order() -> None:
    read = read_prompt("You answer for a hall. Call bookLane and give the code.", "en", ["bookLane"])
    assert [duty.text for duty in read.statements[-1].duties] == ["call bookLane", "give the code"]
