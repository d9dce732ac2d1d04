"""Records that hold other records: whose pet a claim is, what a fact is of, in which year it was."""

from __future__ import annotations

import pytest

from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool

TODAY = "It is Thursday, April 16, 2026.\n"
POLICY = {
    "policy_number": "BP117930",
    "holder": "Luis Ferrer",
    "zip": "85004",
    "start_date": "2023-06-01",
    "pets": [{"pet_id": "P-14", "name": "Mochi"}, {"pet_id": "P-15", "name": "Taco"}],
}
LOOK_UP = tool("lookup_policy", ({"policy_number": "BP117930"}, POLICY))
CLAIM = {"claim_number": "CL87733", "pet": "Taco", "status": "paid", "received_date": "2025-01-12"}
GET_CLAIM = tool("get_claim", ({"claim_number": "CL87733"}, CLAIM))
VERIFY = (
    "# Verification\nAsk for the policy number and use lookup_policy. Then ask for the ZIP code and the "
    "pet's name. Both must match.\n# Claims\nUse get_claim and tell them the status: paid is usual.\n"
)


def test_the_pet_that_callers_name_is_the_one_that_their_claim_is_about() -> None:
    listed = tool("list_claims", ({"policy_number": "BP117930"}, {"claims": [CLAIM]}))
    tests = planned(agent(TODAY + VERIFY, LOOK_UP, listed, GET_CLAIM), "fact", "get_claim")
    assert tests and {test.profile.get("pet_name") for test in tests} == {"Taco"}


@pytest.mark.parametrize(("day", "said"), [("2025-01-12", "January 12, 2025"), ("2026-01-12", "January 12")])
def test_a_day_of_another_year_is_told_with_its_year(day: str, said: str) -> None:
    claim = tool("get_claim", ({"claim_number": "CL87733"}, CLAIM | {"received_date": day}))
    tests = planned(
        agent(f"{TODAY}Use get_claim. The received date may be told.", claim), "fact", "get_claim"
    )
    assert any(f"is `{said}`." in line for test in tests for line in outcome(test))


@pytest.mark.parametrize(("start", "asked"), [("2024-02-10", False), ("2023-06-01", True)])
def test_a_fact_that_two_records_have_otherwise_is_not_asked_for_by_its_bare_name(
    start: str, asked: bool
) -> None:
    cover = {"pet_id": "P-14", "start_date": start, "deductible": 250}
    coverage = tool("get_coverage", ({"pet_id": "P-14"}, cover))
    prompt = f"{TODAY}Ask for the policy number, use lookup_policy, then get_coverage. The start date counts."
    keys = {test.key.split("/")[1] for test in planned(agent(prompt, LOOK_UP, coverage), "fact")}
    assert ("start date" in keys) is asked


INVOICE = {"invoice_number": "CR7710245", "due_date": "2026-05-26", "trips": [{"date": "2026-05-18"}]}
GET_INVOICE = tool("get_invoice", ({"invoice_number": "CR7710245"}, INVOICE))
ACCOUNT = {"account_number": "20481137", "last_name": "Oyelaran", "vehicles": [{"plate": "KTR4821"}]}
GET_ACCOUNT = tool("get_account", ({"account_number": "20481137"}, ACCOUNT))
SEARCH = tool("search_plate", ({"plate": "KTR4821"}, {"plate": "KTR4821", "invoices": [INVOICE]}))
TOLLS = (
    f"{TODAY}Invoice callers: ask for the invoice number and open it with get_invoice. Account callers: ask "
    "for the account number and use get_account. A plate is found by search_plate."
)


def test_what_callers_are_asked_for_is_not_found_by_another_way() -> None:
    [test] = planned(agent(TOLLS, GET_ACCOUNT, SEARCH, GET_INVOICE), "listed", "get_invoice")
    assert [name for name, _ in calls(test)] == ["get_invoice"]
    assert steps(test)[0].startswith("Ask which trips are on your invoice ")


@pytest.mark.parametrize(
    "desk", ["the closest queue", "the right team", "the team in charge", "whichever team fits best"]
)
def test_a_desk_that_is_not_said_is_not_demanded(desk: str) -> None:
    down = tool(
        "lookup_policy",
        ({"policy_number": "BP117930"}, POLICY),
        ({"policy_number": "BP130303"}, {"error": "timeout"}),
    )
    close = tool("close_policy", ({"policy_number": "BP117930"}, {"status": "closed"}))
    prompt = f"Ask for the policy number and use lookup_policy.\nIf a tool errors out, transfer to {desk}."
    tests = planned(agent(prompt, down, close), "outage")
    assert tests
    for test in tests:
        assert "The main agent should transfer the call." in outcome(test)
        assert test.steps[-1].moment.what == "about the transfer"


REASONS = ["customer_request", "operator_cancellation"]


def test_a_refusal_of_a_reason_that_a_good_agent_does_not_give_is_no_test() -> None:
    cancel = tool(
        "cancel_trip",
        ({"policy_number": "BP117930", "reason": "customer_request"}, {"status": "cancelled"}),
        ({"policy_number": "BP117930", "reason": "operator_cancellation"}, {"error": "reason_mismatch"}),
        enums={"reason": REASONS},
    )
    tests = planned(agent("Ask for the policy number, use lookup_policy, then cancel_trip.", LOOK_UP, cancel))
    assert any(test.key.startswith("done:cancel_trip") for test in tests)
    assert not any(test.key.startswith("refusal:") for test in tests)


def test_a_number_that_a_list_gives_is_of_the_list_and_not_the_agents_own() -> None:
    sessions = {
        "sessions": [{"session_id": "LS-1009", "start": "07:00"}, {"session_id": "LS-1010", "start": "19:00"}]
    }
    check = tool("check_sessions", ({"date": "2026-10-09"}, sessions))
    book = tool("book_session", ({"session_id": "LS-1009"}, {"status": "booked"}))
    done = planned(agent("Ask for the day, then use check_sessions.", check, book), "done", "book_session")
    assert [name for name, _ in calls(done[0])] == ["check_sessions", "book_session"]


@pytest.mark.parametrize(("title", "asked"), [("When we cancel", False), ("Good to know", True)])
def test_a_fact_of_a_case_is_not_asked_for_out_of_the_blue(title: str, asked: bool) -> None:
    prompt = f"You answer for a ferry.\n# {title}\nWe don't cover lost rentals.\n"
    assert bool(planned(agent(prompt), "question")) is asked


@pytest.mark.parametrize("rule", ["Never hint what missed.", "Two failed tries in total, then stop."])
def test_what_is_said_of_misses_and_not_read_ends_the_tests_of_them(rule: str) -> None:
    find = tool(
        "get_policy",
        ({"policy_number": "BP117930"}, POLICY),
        ({"policy_number": "BP999999"}, {"error": "not_found"}),
    )
    close = tool("close_policy", ({"policy_number": "BP117930"}, {"status": "closed"}))
    prompt = "Ask for the policy number and use get_policy."
    assert planned(agent(prompt, find, close), "no_record")
    assert not planned(agent(f"{prompt} {rule}", find, close), "no_record")


GOWN = {"ticket_id": "T-7714", "garment": "bridal gown", "status": "in_work", "wedding_date": "2026-06-06"}
SUIT = {"ticket_id": "T-7720", "garment": "suit", "status": "ready"}
FITTINGS = (
    f"{TODAY}Ask for the ticket number, run get_ticket and give the status. In_work and ready are usual.\n"
    "- If the garment is a bridal gown, also ask for the wedding date before you give any detail.\n"
)


def _asked_for_the_status(*tickets: dict[str, str]) -> dict[str, list[str]]:
    get = tool("get_ticket", *(({"ticket_id": one["ticket_id"]}, one) for one in tickets))
    tests = planned(agent(FITTINGS, get), "fact")
    return {str(test.profile["ticket_id"]): steps(test) for test in tests if "/status/" in test.key}


def test_what_some_records_have_asked_besides_is_answered_from_them() -> None:
    asked = _asked_for_the_status(GOWN, SUIT)
    answer = "Give {{test_profile.wedding_date}} if asked for the wedding date"
    assert answer in asked["T-7714"] and answer not in asked["T-7720"]


def test_what_they_have_asked_and_do_not_hold_ends_their_calls() -> None:
    without = {key: value for key, value in GOWN.items() if key != "wedding_date"}
    assert set(_asked_for_the_status(without, SUIT)) == {"T-7720"}


def test_who_is_asked_for_a_name_is_one_of_those_who_may_call() -> None:
    account = {"account_number": "40117", "zip": "02134", "authorized_names": ["Ida Moss", "Per Lund"]}
    find = tool("lookup_account", ({"account_number": "40117"}, account))
    stop = tool("stop_subscription", ({"account_number": "40117"}, {"status": "stopped"}))
    prompt = (
        "# Verify\nAsk for the account number and use lookup_account. Ask for the ZIP code and their name; "
        "both have to match.\n# Stopping\nUse stop_subscription.\n"
    )
    [test] = planned(agent(prompt, find, stop), "done")
    assert "Give {{test_profile.caller_name}} if asked for the full name" in steps(test)
    assert test.profile["caller_name"] == "Ida Moss"


def test_names_in_a_choice_are_written_as_the_prompt_has_them() -> None:
    routes = ["port_ansel_to_orrin", "orrin_to_port_ansel"]
    book = tool(
        "book_crossing",
        ({"route": routes[0]}, {"status": "booked"}),
        ({"route": routes[1]}, {"status": "booked"}),
        enums={"route": routes},
    )
    prompt = "You book crossings between Port Ansel on the mainland and Orrin Island."
    tests = planned(agent(prompt, book), "done")
    assert {test.profile["route"] for test in tests} == {"Port Ansel to Orrin", "Orrin to Port Ansel"}


STOP = tool("stop_delivery", ({"policy_number": "BP117930"}, {"status": "stopped"}))


@pytest.mark.parametrize(
    ("rule", "refused"),
    [
        ('Status "suspended": the delivery has stopped because of the balance.', False),
        ('Status "suspended": the delivery cannot be stopped.', True),
    ],
)
def test_what_has_been_done_to_a_record_refuses_nothing(rule: str, refused: bool) -> None:
    held = tool("lookup_policy", ({"policy_number": "BP117930"}, POLICY | {"status": "suspended"}))
    prompt = f"Ask for the policy number, use lookup_policy, then stop_delivery.\n- {rule}"
    assert bool(planned(agent(prompt, held, STOP), "ruled_out")) is refused


def test_a_rule_in_the_part_of_another_deed_that_does_not_name_this_one_forbids_nothing() -> None:
    held = tool("lookup_policy", ({"policy_number": "BP117930"}, POLICY | {"open_claims": 2}))
    rush = tool("rush_claim", ({"policy_number": "BP117930"}, {"status": "rushed"}))
    prompt = (
        "Ask for the policy number and use lookup_policy.\n# Stopping\nUse stop_delivery.\n"
        "# Rushing\nUse rush_claim. Only deliveries with one of the open claims can be rushed.\n"
    )
    assert planned(agent(prompt, held, STOP, rush), "done", "stop_delivery")


def test_a_word_that_the_prompt_has_in_small_letters_too_is_no_acronym() -> None:
    stop = tool(
        "stop_delivery",
        ({"policy_number": "BP117930", "when": "now"}, {"status": "stopped"}),
        ({"policy_number": "BP117931", "when": "later"}, {"status": "stopped"}),
        enums={"when": ["now", "later"]},
    )
    prompt = "NOW: Thursday.\nAsk for the policy number, then stop_delivery. It can be now or later."
    done = planned(agent(prompt, LOOK_UP, stop), "done")
    assert "now" in {test.profile["when"] for test in done}


PATIENT = {"mobile": "07700900142", "date_of_birth": "2016-01-30", "patient_id": "p-7"}
FIND_PATIENT = tool("find_patient", ({"mobile": "07700900142", "date_of_birth": "2016-01-30"}, PATIENT))
CANCEL_VISIT = tool("cancel_visit", ({"patient_id": "p-7"}, {"status": "cancelled"}))


@pytest.mark.parametrize(
    ("day", "rule", "said"),
    [
        ("2016-01-30", "Parents may act for a child under 16.", True),
        ("1986-01-30", "Parents may act for a child under 16.", False),
        ("2016-01-30", "", False),
    ],
)
def test_who_calls_about_a_child_says_so_where_parents_may(day: str, rule: str, said: bool) -> None:
    given = {"mobile": "07700900142", "date_of_birth": day}
    find = tool("find_patient", (given, PATIENT | given))
    prompt = f"{TODAY}Ask for the mobile number and the date of birth, use find_patient. {rule}"
    [test] = planned(agent(prompt, find, CANCEL_VISIT), "done")
    assert ("Say that you are calling for your child if asked who is calling" in steps(test)) is said


def test_why_somebody_cancels_is_answered() -> None:
    prompt = (
        f"{TODAY}Ask for the mobile number and the date of birth, use find_patient.\n"
        "# Cancelling\nAsk why, once.\nUse cancel_visit."
    )
    [test] = planned(agent(prompt, FIND_PATIENT, CANCEL_VISIT), "done")
    assert "Say that you would rather not say if asked why" in steps(test)


def test_who_is_found_by_one_of_two_numbers_does_not_make_up_the_other() -> None:
    account = {"account_number": "40117", "zip": "02134", "status": "active"}
    find = tool(
        "lookup_account",
        ({"account_number": "40117"}, account),
        ({"phone": "7575550190"}, {"error": "multiple"}),
    )
    stop = tool("stop_subscription", ({"account_number": "40117"}, {"status": "stopped"}))
    prompt = (
        "# Verify\nAsk for the phone number on the account, or the account number, and use lookup_account.\n"
        "# Stopping\nUse stop_subscription.\n"
    )
    tests = planned(agent(prompt, find, stop), "done")
    assert tests and not any("phone" in test.profile for test in tests)
