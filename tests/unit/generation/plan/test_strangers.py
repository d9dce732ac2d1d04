"""What readers of agents written by strangers missed or found wrong, as kinds, each with what is right."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import MockCall, Variable
from evalgen.generation.read.answers import answer_of_deed
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel
from evalgen.generation.read.words import words_in
from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool

BOOKING: dict[str, Any] = {"booking_ref": "CS-204817", "lead": "Moira Lennox", "vehicle": "car"}
FOUND = ({"booking_ref": "CS-204817", "phone_last4": "4471"}, BOOKING)
DAY = "2027-06-12"
SAILINGS = [
    {"sailing_id": "AT-0612-0930", "departs": f"{DAY}T09:30:00", "arrives": f"{DAY}T10:25:00"},
    {"sailing_id": "AT-0612-1330", "departs": f"{DAY}T13:30:00", "arrives": f"{DAY}T14:25:00"},
]
CHANGE = "# Changing a booking\nState the amount due, wait for a yes, then call change_booking.\n"


def ferry(changed: dict[str, Any], prompt: str = CHANGE) -> AgentModel:
    return agent(
        "You answer for a ferry. Prices are in £.\n\n# Finding a booking\n"
        "Ask for the booking reference, then for the last four digits of the mobile number. "
        f"Look it up with get_booking.\n\n{prompt}",
        tool("get_booking", FOUND, described={"booking_ref": "Booking reference, CS- and six digits."}),
        tool(
            "search_sailings",
            ({"date": DAY, "vehicle": "none"}, {"sailings": SAILINGS}),
            ({"date": DAY, "vehicle": "car"}, {"sailings": SAILINGS}),
            enums={"vehicle": ["none", "car"]},
        ),
        tool(
            "change_booking",
            ({"booking_ref": "CS-204817", "new_sailing_id": "AT-0612-0930"}, {"status": "changed"} | changed),
            described={"new_sailing_id": "The sailing_id as search_sailings returned it."},
        ),
    )


def test_the_look_up_under_finding_a_booking_identifies_and_its_proof_is_asked_for() -> None:
    done = planned(ferry({}), "done")[0]
    assert steps(done)[1:3] == [
        "Give {{test_profile.booking_ref}} when asked for the booking reference",
        "Give {{test_profile.phone_last_4}} when asked for the last four digits of the phone number",
    ]
    assert calls(done)[0] == ("get_booking", FOUND[0])


def test_a_list_is_searched_with_what_the_record_holds() -> None:
    assert ("search_sailings", {"date": DAY, "vehicle": "car"}) in calls(planned(ferry({}), "done")[0])


def test_of_two_moments_the_first_is_when_it_begins_and_tells_a_thing_apart() -> None:
    done = planned(ferry({}), "done")[0]
    assert any(
        s.startswith("Choose the sailing at {{test_profile.time}} when offered sailings") for s in steps(done)
    )
    assert done.profile["time"] == "9:30 AM"


def test_a_sum_that_the_playbook_has_stated_is_asserted_with_its_value() -> None:
    told = outcome(planned(ferry({"amount_due": 15}), "done")[0])
    assert any("the amount due is `£15` and get a yes before it states" in line for line in told)
    assert "The main agent should state the amount due." not in told


def test_a_sum_that_a_deed_brings_is_asked_for_where_the_playbook_is_silent_and_zero_is_not() -> None:
    silent = "# Changing a booking\nWait for a yes, then call change_booking.\n"
    assert "Ask for the refund if told that the booking is changed, without the refund" in steps(
        planned(ferry({"refund": 172}, silent), "done")[0]
    )
    assert not any("refund" in step for step in steps(planned(ferry({"refund": 0}, silent), "done")[0]))


def test_the_order_to_read_back_more_than_a_sum_stays_beside_it() -> None:
    told = outcome(
        planned(
            ferry(
                {"amount_due": 15},
                "# Changing a booking\nRepeat the new day and the amount due, then call change_booking.\n",
            ),
            "done",
        )[0]
    )
    assert "The main agent should repeat the new day and the amount due." in told
    assert "The main agent should state that the amount due is `£15`." in told


def parking(rule: str = "", **record: Any) -> AgentModel:
    stay = {"confirmation": "TK-38114", "driver": "Renee Alvarado", "rate": "saver"} | record
    given = {"confirmation": "TK-38114", "new_return": "2027-03-31"}
    return agent(
        "You answer for a car park. Prices are in $.\n\n# VERIFYING A STAY\nGet the confirmation code and "
        f"run find_reservation. {rule}\n\n# CHANGING A STAY\nRun change_stay with commit false first, "
        "and only after a yes run it again with commit true.\n",
        tool(
            "find_reservation",
            ({"confirmation": "TK-38114"}, stay),
            (
                {"confirmation": "TK-38402"},
                {"confirmation": "TK-38402", "rate": "standard", "place": "garage"},
            ),
            described={"confirmation": "Confirmation code, TK- and five digits."},
        ),
        tool(
            "change_stay",
            (given | {"commit": False}, {"status": "priced", "new_total": 172.5}),
            (given | {"commit": True}, {"status": "changed", "new_total": 172.5}),
            described={"commit": "false returns the price only, true saves the change."},
        ),
    )


def test_a_call_that_only_prices_is_no_deed_and_may_be_made_before_it() -> None:
    done = planned(parking(), "done")
    assert [c.input["commit"] for c in done[0].calls if c.tool == "change_stay"] == [False, True]
    assert [c.optional for c in done[0].calls if c.tool == "change_stay"] == [True, False]
    assert len(done) == 1
    assert "give the new total `$172.50`" in outcome(done[0])[0]


def test_where_nothing_may_be_changed_the_price_may_still_be_worked_out() -> None:
    declined = planned(parking(), "declined")[0]
    assert [(one.tool, one.input) for one in declined.forbidden] == [("change_stay", {"commit": True})]


@pytest.mark.parametrize(
    "rule",
    [
        'When the record says rate "saver", only the travel arranger may change or cancel.',
        "A minor cannot change anything.",
    ],
)
def test_a_record_of_which_only_somebody_else_may_dispose_gives_no_happy_path(rule: str) -> None:
    assert planned(parking(), "done")
    assert not planned(parking(rule, age=15), "done")


def test_an_age_is_compared_with_the_date_of_birth_on_the_day_of_the_prompt() -> None:
    rule = "Today is Tuesday, September 8, 2026. A driver under 18 cannot change a stay."
    assert planned(parking(rule, date_of_birth="2008-09-08"), "done")
    assert not planned(parking(rule, date_of_birth="2008-09-09"), "done")


def test_a_refusal_that_holds_at_some_time_only_is_none_for_a_record() -> None:
    assert not planned(
        parking("Inside 24 hours of arrival a saver stay can't be changed at all."), "ruled_out"
    )
    assert planned(parking("A saver stay can't be changed at all."), "ruled_out")


def test_what_a_rule_limits_is_what_it_begins_with() -> None:
    assert planned(parking("Jump start: free, once per saver stay, only while parked."), "done")
    assert not planned(parking("Changes: only for a standard stay."), "done")


def college(prompt: str = "") -> AgentModel:
    courses = [
        {"course_code": "SPA-2-TU", "title": "Spanish Level 2", "starts": "2027-09-21", "places_left": 4},
        {"course_code": "FRE-1-TH", "title": "French Level 1", "starts": "2027-09-23", "places_left": 9},
    ]
    return agent(
        "You answer for a college.\n\n# KNOWING WHO IS CALLING\nTake the learner number and call "
        f"find_learner.\n\n# IF THE CALLER WANTS TO ENROL OR TO WAIT\nThere are waiting lists. "
        f"Use search_courses, read back and wait for a yes.\n{prompt}",
        tool("find_learner", ({"learner_number": "HS-40213"}, {"name": "Gwen Attwood", "balance": 0})),
        tool(
            "search_courses",
            ({"subject": "languages", "evening": "any"}, {"courses": courses}),
            enums={"subject": ["languages", "cookery"], "evening": ["any", "monday", "tuesday", "friday"]},
        ),
        tool(
            "enrol_learner",
            ({"learner_number": "HS-40213", "course_code": "SPA-2-TU"}, {"status": "enrolled"}),
            described={"course_code": "As search_courses returned it."},
        ),
        tool(
            "join_waiting_list",
            ({"learner_number": "HS-40213", "course_code": "FRE-1-TH"}, {"status": "on_list"}),
            described={"course_code": "As search_courses returned it."},
        ),
    )


def test_a_deed_to_a_person_is_asked_for_with_the_thing_that_it_is_about() -> None:
    done = planned(college(), "done", "enrol_learner")[0]
    assert steps(done)[0].startswith(
        "Ask to enrol on a course and say that it is for {{test_profile.subject}}"
    )
    assert outcome(done)[0] == "The main agent should state that the enrolment is made."


def test_a_thing_with_a_title_is_chosen_by_it_and_any_choice_is_said_as_such() -> None:
    said = steps(planned(college(), "done", "enrol_learner")[0])
    assert "Choose {{test_profile.title}} when offered courses" in said
    assert "Say that any evening will do if asked for the evening" in said


def test_a_ban_of_the_deed_that_turns_on_a_number_of_the_record_gives_no_happy_path() -> None:
    ban = "\n# Limits\nNever put anyone on a waiting list for a course that still has places.\n"
    assert planned(college(), "done", "join_waiting_list")
    assert not planned(college(ban), "done", "join_waiting_list")


def pharmacy(table: str) -> AgentModel:
    listed = [
        {"rx_number": "7120359", "medication": "metformin", "refills_left": 0},
        {"rx_number": "7120341", "medication": "atorvastatin", "refills_left": 3},
    ]
    return agent(
        "You answer for a pharmacy.\n\n# Who is calling\nTake the phone number and call find_patient.\n\n"
        f"# Refills\nPull the list with list_prescriptions.\n\n{table}",
        tool("find_patient", ({"phone": "9375550143"}, {"patient_id": "P-40117", "name": "Ida Marsh"})),
        tool("list_prescriptions", ({"patient_id": "P-40117"}, {"prescriptions": listed})),
        tool(
            "request_refill",
            ({"rx_number": "7120341"}, {"status": "queued", "order_number": "O-88214"}),
            ({"rx_number": "7120359"}, {"error": "no_refills", "message": "None left."}),
        ),
        tool("ask_prescriber", ({"rx_number": "7120359"}, {"status": "sent"})),
    )


ROWS = (
    "| Record shows | You do |\n|---|---|\n"
    "| refills_left is 0 | offer to message the prescriber with ask_prescriber, reason no_refills |\n"
)


def test_a_row_for_a_state_of_the_record_says_how_a_refusal_goes() -> None:
    refused = planned(pharmacy(ROWS), "refusal")[0]
    assert "The main agent should offer to message the prescriber." in outcome(refused)
    assert steps(refused)[-1] == "End the call when offered to message the prescriber"


def test_a_tool_of_a_row_is_not_needed_for_every_call_of_the_task() -> None:
    assert planned(pharmacy(ROWS), "done", "request_refill")


@pytest.mark.parametrize(
    ("status", "kind"), [("queued", "success"), ("priced", "unclear"), ("withdrawn", "unclear")]
)
def test_what_is_queued_is_taken_and_what_is_priced_is_not_done(status: str, kind: str) -> None:
    assert answer_of_deed(MockCall({"id": "x"}, {"status": status}), "request") == kind
    assert answer_of_deed(MockCall({"id": "x"}, {"status": "withdrawn"}), "withdraw") == "success"


@pytest.mark.parametrize(
    ("plural", "single"),
    [("courses", "course"), ("classes", "class"), ("sizes", "size"), ("boxes", "box"), ("lenses", "lens")],
)
def test_one_of_many(plural: str, single: str) -> None:
    assert words_in("en").singular(plural) == single


def test_words_of_keys_are_said_in_full() -> None:
    assert grammar_of("en").words.noun_of("tenancy_ref") == "tenancy reference"


def test_a_question_in_quotation_marks_whether_callers_are_who_may_is_answered_with_yes() -> None:
    who = '# Finding a stay\nAsk "Are you the lead driver?" and, if they are not, stop.\n'
    assert 'Say yes if asked "Are you the lead driver?"' in steps(planned(parking(who), "done")[0])


def test_a_number_that_the_agent_sees_may_be_confirmed_and_need_not_be_asked_for() -> None:
    told = "You answer for a gym, called from {{caller_number}}.\nAsk for the phone number and the PIN.\n"
    gym = agent(
        told,
        tool("find_member", ({"phone": "2075550134", "pin": "4471"}, {"member_id": "mb_1"})),
        tool("cancel_class", ({"member_id": "mb_1"}, {"status": "cancelled"})),
        variables=[Variable("caller_number", "")],
    )
    done = planned(gym, "done")[0]
    assert "Give {{test_profile.phone}} if asked for the phone number" in steps(done)
    assert any(line.startswith("The main agent should ask for the PIN before") for line in outcome(done))


@pytest.mark.parametrize("key", ["account_holder", "buyer", "lead_passenger"])
def test_the_caller_is_whoever_the_record_is_of_and_not_who_else_may_speak_for_it(key: str) -> None:
    who = "# Finding a stay\nThen ask for the caller's full name and compare it with the record.\n"
    record = {"driver": None, key: "Terrence Boyd", "authorised_users": ["Nora Blake"]}
    done = planned(parking(who, **record), "done")[0]
    assert "Terrence Boyd" in done.profile.values()
    assert "Nora Blake" not in done.profile.values()


def test_an_invented_name_beside_somebody_whom_the_record_names_gives_no_test() -> None:
    who = "# Finding a stay\nThen ask for the caller's full name and compare it with the record.\n"
    assert not planned(parking(who, driver=None, skipper="Terrence Boyd"), "done")


def test_a_sentence_with_the_verbs_of_other_deeds_demands_nothing_of_this_one() -> None:
    store = agent(
        "You answer for a store.\n\n# Who is calling\nBefore you change or cancel a unit, run find_account. "
        "For a reservation callers need not be identified.\n\n# New units\nUse reserve_unit.\n",
        tool("find_account", ({"account_number": "HG40127"}, {"holder": "Ada Rowe"})),
        tool(
            "reserve_unit",
            ({"size": "25"}, {"status": "reserved"}),
            enums={"size": ["25", "50", "75", "100"]},
        ),
        tool("change_unit"),
        tool("cancel_unit"),
    )
    assert calls(planned(store, "done", "reserve_unit")[0]) == [("reserve_unit", {"size": "25"})]


def test_a_look_up_of_every_caller_stays_before_a_deed_whose_playbook_does_not_name_it() -> None:
    desk = agent(
        "You answer for a ski school.\n\n# Who is calling\nTake the phone number, run find_client, then open "
        "the booking with get_booking.\n\n# Cancelling\nOn a yes, cancel_booking.\n",
        tool("find_client", ({"phone": "2075550134"}, {"name": "Ada Rowe", "booking": "VN-70318"})),
        tool("get_booking", ({"booking": "VN-70318"}, {"day": "2027-01-20"})),
        tool("cancel_booking", ({"booking": "VN-70318"}, {"status": "cancelled"})),
    )
    done = planned(desk, "done", "cancel_booking")[0]
    assert [call.tool for call in done.calls] == ["find_client", "get_booking", "cancel_booking"]


def test_what_is_moved_is_rescheduled() -> None:
    assert answer_of_deed(MockCall({"id": "x"}, {"status": "moved"}), "reschedule") == "success"
    assert answer_of_deed(MockCall({"id": "x"}, {"status": "moved"}), "schedule") == "unclear"


def test_a_word_such_as_service_in_a_refusal_makes_no_outage_of_it() -> None:
    refused = {"error": "not_served", "message": "We have no service at that address."}
    assert answer_of_deed(MockCall({"id": "x"}, refused), "book") == "refusal"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("fecha_recogida", "fecha de recogida"),
        ("numero_pie", "número de pie"),
        ("codigo_postal", "código postal"),
        ("altura_cm", "altura"),
    ],
)
def test_two_nouns_of_a_spanish_key_take_a_word_between_them(key: str, said: str) -> None:
    assert grammar_of("es").words.noun_of(key) == said


def test_what_nobody_counts_has_no_article() -> None:
    assert grammar_of("es").a("material") == "material"
    assert grammar_of("en").a("equipment") == "equipment"


def test_what_only_some_things_need_says_nothing_of_others() -> None:
    rule = "We change a garage stay only when the rate is standard."
    assert planned(parking(rule, place="meadow"), "done")
    assert not planned(parking(rule, place="garage"), "done")


def test_a_number_with_a_postcode_identifies_where_nothing_else_does() -> None:
    museum = agent(
        "You answer for a museum. To cancel, the caller must be the organiser named on the booking, so ask "
        "their name.\n\n# Existing bookings\nAsk for the reference and the postcode, and call get_booking.\n"
        "Then cancel_booking.\n",
        tool(
            "get_booking",
            ({"booking_ref": "GV-30462", "postcode": "S11 8PL"}, {"organiser": "Graham Tully", "adults": 16}),
        ),
        tool("cancel_booking", ({"booking_ref": "GV-30462"}, {"status": "cancelled"})),
    )
    done = planned(museum, "done", "cancel_booking")[0]
    assert "Graham Tully" in done.profile.values()


def test_of_a_change_callers_say_what_changes_and_are_not_asked_for_what_stays() -> None:
    record = {"booking_ref": "GV-30462", "phone": "2075550134", "adults": 16, "children": 3}
    changed = {"booking_ref": "GV-30462", "adults": 20, "children": 3}
    museum = agent(
        "You answer for a museum. Ask for the phone number.\n",
        tool("find_booking", ({"phone": "2075550134"}, record)),
        tool("change_booking", (changed, {"status": "changed"})),
    )
    said = steps(planned(museum, "done", "change_booking")[0])
    assert said[0].startswith(
        "Ask to change a booking and give {{test_profile.adults}} as the number of adults"
    )
    assert "Give {{test_profile.children}} if asked for the number of children" in said


def test_what_the_agent_quoted_is_asked_of_nobody_and_certain_only_where_an_answer_says_it() -> None:
    def clinic(**told: Any) -> AgentModel:
        return agent(
            "You answer for a clinic. Ask for the phone number.\n",
            tool("find_patient", ({"phone": "2075550134"}, {"patient_id": "P-40718", **told})),
            tool("book_visit", ({"patient_id": "P-40718", "charge_quoted": 95}, {"status": "booked"})),
        )

    assert not any(
        "quoted" in step for step in steps(planned(clinic(visit_price=95), "done", "book_visit")[0])
    )
    assert not planned(clinic(), "done", "book_visit")


def test_a_day_before_the_first_that_an_answer_names_gives_no_test() -> None:
    def glass(first: str) -> AgentModel:
        return agent(
            "You answer for a garage. Ask for the phone number.\n",
            tool("find_car", ({"phone": "2075550134"}, {"car_id": "V-51207", "available_from": first})),
            tool("book_repair", ({"car_id": "V-51207", "date": "2026-10-17"}, {"status": "booked"})),
        )

    assert planned(glass("2026-10-17"), "done")
    assert not planned(glass("2026-10-19"), "done")
