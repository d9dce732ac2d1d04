"""A donor line: what a good agent has to know or to hear before a deed, and stops at where it is not so."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import Tool
from evalgen.generation.plan.stories import costs_something
from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool

DONOR: dict[str, Any] = {"donor_id": "D-2103", "standing": "active", "upcoming_visits": []}
BUSY = DONOR | {"upcoming_visits": [{"visit_id": "V-8830", "date": "2026-10-09"}]}
KINDS = {"visit_type": ["regular", "annual_physical"]}
WANTED = {"donor_number": "2103", "visit_type": "regular", "date": "2026-10-12"}
BOOK = tool("book_visit", (WANTED, {"status": "booked"}), enums=KINDS)
PROMPT = (
    "You book visits for donors. It is Thursday, October 8, 2026.\n"
    "Ask for the donor number, use get_donor, then book_visit.\n"
)
FAILS = "If a tool errors out, transfer to the supervisor."


def _get_donor(record: dict[str, Any]) -> Tool:
    return tool("get_donor", ({"donor_number": "2103"}, record))


def test_what_is_repeated_back_is_read_back_once() -> None:
    rule = "Repeat back the day and the kind of visit, and wait for a yes before book_visit."
    told = outcome(planned(agent(PROMPT + rule, _get_donor(DONOR), BOOK), "done", "book_visit")[0])
    assert any("read back the day and the kind of visit" in line for line in told)


@pytest.mark.parametrize(("record", "booked"), [(DONOR, True), (BUSY, False)])
def test_who_holds_all_that_they_may_hold_books_no_other(record: dict[str, Any], booked: bool) -> None:
    rule = "A donor can hold one upcoming visit at a time."
    refused = tool(
        "book_visit",
        (WANTED, {"status": "booked"}),
        (WANTED | {"date": "2026-10-13"}, {"error": "not_allowed"}),
        enums=KINDS,
    )
    model = agent(PROMPT + rule, _get_donor(record), refused)
    assert bool(planned(model, "done", "book_visit")) is booked
    assert bool(planned(model, "refusal", "book_visit")) is booked


@pytest.mark.parametrize(("error", "refused"), [("wrong_visit_type", False), ("not_allowed", True)])
def test_a_choice_that_a_good_agent_makes_otherwise_is_no_refusal(error: str, refused: bool) -> None:
    book = tool(
        "book_visit",
        (WANTED, {"status": "booked"}),
        (WANTED | {"date": "2026-10-13"}, {"error": error}),
        enums=KINDS,
    )
    assert bool(planned(agent(PROMPT, _get_donor(DONOR), book), "refusal", "book_visit")) is refused


def test_a_deed_before_which_callers_are_asked_what_they_cannot_answer_is_silent() -> None:
    asks = "Ask all three, one after another."
    assert planned(agent(PROMPT, _get_donor(DONOR), BOOK), "done")
    assert not planned(agent(f"{PROMPT.strip()} {asks}", _get_donor(DONOR), BOOK), "done")


@pytest.mark.parametrize(("days", "booked"), [(20, False), (3, True)])
def test_what_is_chosen_in_a_case_is_chosen_where_the_case_holds(days: int, booked: bool) -> None:
    fitting = tool(
        "book_fitting",
        ({"ticket": "4410", "kind": "recheck"}, {"status": "booked"}),
        enums={"kind": ["first_fitting", "recheck"]},
    )
    ticket = {"ticket": "4410", "days_since_pick_up": days}
    get = tool("get_ticket", ({"ticket": "4410"}, ticket))
    prompt = (
        "Ask for the ticket and use get_ticket, then book_fitting.\n"
        "If days since pick up is under 14, book a recheck, free of charge.\n"
    )
    assert bool(planned(agent(prompt, get, fitting), "done", "book_fitting")) is booked


def test_what_records_make_callers_need_is_not_chosen_by_them() -> None:
    kinds = {"visit_type": ["regular", "return_screening"]}
    given = [WANTED, WANTED | {"visit_type": "return_screening"}]
    book = tool("book_visit", *((one, {"status": "booked"}) for one in given), enums=kinds)
    rule = "Who has lapsed is not a new donor, but they need a return_screening visit."
    tests = planned(agent(PROMPT + rule, _get_donor(DONOR), book), "done", "book_visit")
    assert {given["visit_type"] for test in tests for name, given in calls(test) if name == "book_visit"} == {
        "regular"
    }


def test_a_second_number_is_not_told_only_that_it_is_not_found() -> None:
    seen = {"registration": "YK19LMO", "vehicle": "Ford Focus"}
    look = tool("lookup_vehicle", ({"registration": "YK19LMO"}, seen))
    jobs = tool(
        "find_job",
        ({"registration": "YK19LMO"}, {"registration": "YK19LMO", "jobs": []}),
        ({"registration": "YE22ZZF"}, {"error": "not_found"}),
    )
    book = tool("book_job", ({"registration": "YK19LMO", "day": "2026-10-12"}, {"status": "booked"}))
    prompt = "Ask for the registration, use lookup_vehicle and find_job, then book_job."
    for test in planned(agent(prompt, look, jobs, book)):
        assert len({given["registration"] for _, given in calls(test) if "registration" in given}) < 2


@pytest.mark.parametrize(
    ("rule", "told"),
    [("If the check comes back with an error, don't say why; transfer to claims.", False), ("", True)],
)
def test_an_error_of_a_tool_that_has_its_own_sentence_is_not_told_by_the_common_one(
    rule: str, told: bool
) -> None:
    check = tool(
        "check_policy",
        ({"policy_number": "BP117930"}, {"policy_number": "BP117930", "zip": "85004"}),
        ({"policy_number": "BP130303"}, {"error": "timeout"}),
    )
    close = tool("close_policy", ({"policy_number": "BP117930"}, {"status": "closed"}))
    prompt = f"Ask for the policy number and use check_policy. {rule}\n{FAILS}"
    assert bool(planned(agent(prompt, check, close), "outage")) is told


def test_what_is_the_companys_to_waive_is_asked_to_be_waived() -> None:
    look = tool("lookup_member", ({"member_number": "40117"}, {"member_number": "40117", "late_fee": 5}))
    waive = tool("waive_fee", ({"member_number": "40117"}, {"status": "waived"}))
    [test] = planned(
        agent("Ask for the member number, use lookup_member, then waive_fee.", look, waive), "done"
    )
    assert steps(test)[0].startswith("Ask to have a fee waived")


@pytest.mark.parametrize(("status", "asked"), [("in the workshop", True), ("picked up", False)])
def test_nobody_calls_to_hear_what_is_over(status: str, asked: bool) -> None:
    get = tool("get_ticket", ({"ticket_number": "4410"}, {"ticket_number": "4410", "status": status}))
    prompt = "You answer for a workshop. Ask for the ticket number and use get_ticket."
    assert bool(planned(agent(prompt, get), "fact", "get_ticket/status")) is asked


@pytest.mark.parametrize(
    ("opening", "prompt", "costs"),
    [
        ({"time": "07:30"}, "Each donation brings forty dollars.", False),
        ({"time": "07:30", "price": 40}, "", True),
        ({"time": "07:30"}, "A first visit is $40.", True),
    ],
)
def test_a_deed_costs_something_where_a_sum_is_on_offer_or_in_the_prompt(
    opening: dict[str, Any], prompt: str, costs: bool
) -> None:
    account = {"donor_number": "2103", "last_payment": {"amount": 40}}
    openings = {"openings": [{"opening_id": "O-411"} | opening]}
    model = agent(
        f"Ask for the donor number and use get_donor, then list_openings and book_visit. {prompt}",
        _get_donor(account),
        tool("list_openings", ({"date": "2026-10-09"}, openings)),
        tool("book_visit", ({"donor_number": "2103", "opening_id": "O-411"}, {"status": "booked"})),
    )
    [deed] = model.deeds
    chain = model.flow.chain(deed, deed.calls["success"][0])
    assert chain is not None
    assert costs_something(chain, model) is costs


@pytest.mark.parametrize(("key", "asked"), [("limit", False), ("branch", True)])
def test_a_word_that_says_nothing_alone_is_asked_for_by_nobody(key: str, asked: bool) -> None:
    get = tool("get_ticket", ({"ticket_number": "4410"}, {"ticket_number": "4410", key: "Leeds"}))
    prompt = "You answer for a workshop. Ask for the ticket number and use get_ticket."
    assert bool(planned(agent(prompt, get), "fact")) is asked
