"""A claims line: who holds a plan, tools that do several things, and yeses that hang on the day."""

from __future__ import annotations

from evalgen.generation.definition import Variable
from evalgen.generation.plan.temptations import temptation
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool
from tests.unit.generation.plan.statements import ban

PLAN = tool(
    "find_account",
    ({"plan_number": "HL-448120"}, {"plan_id": "p_1", "holder": "Denise Okafor", "status": "active"}),
    ({"plan_number": "HL-507733"}, {"found": False, "message": "No plan was found."}),
    ({"plan_number": "HL-000911"}, {"error": "timeout", "message": "No answer."}),
)
WINDOWS = tool(
    "find_windows",
    ({"zip_code": "43215"}, {"windows": [{"window_id": "w_1", "date": "2026-06-12", "start_time": "08:00"}]}),
)
MOVE = tool(
    "move_visit",
    ({"plan_id": "p_1", "window_id": "w_1", "accept_late_fee": True}, {"status": "moved", "fee": 40}),
)


def claims(*rules: str, today: bool = False) -> AgentModel:
    return agent(
        "You answer for a home warranty on appliances. Amounts are in $."
        f"{' Today is {{current_date}}.' if today else ''}\n# New visit\n- Ask for the ZIP code and call"
        " find_windows.\n# Moving a visit\n- Ask for the plan number and call find_account.\n- Then call"
        f" find_windows, offer the windows, and call move_visit.\n{chr(10).join(rules)}\n",
        PLAN,
        WINDOWS,
        MOVE,
        variables=[Variable("current_date", "")] if today else [],
    )


def test_look_ups_are_made_in_the_order_of_the_deeds_own_playbook() -> None:
    for test in planned(claims(), "done", "move_visit"):
        assert [name for name, _ in calls(test)] == ["find_account", "find_windows", "move_visit"]
    [missed] = planned(claims(), "no_record", "move_visit")
    assert [name for name, _ in calls(missed)] == ["find_account"]


def test_a_sum_that_may_be_told_before_the_yes_ends_no_call_before_the_deed() -> None:
    for test in planned(claims(), "done", "move_visit"):
        assert steps(test)[-2:] == [
            "Ask for the fee if told that the visit is moved, without the fee",
            "End the call when told that the visit is moved, and the fee",
        ]


def test_a_yes_that_hangs_on_the_day_gives_no_test_where_a_variable_says_the_day() -> None:
    assert planned(claims(), "done", "move_visit")
    assert not planned(claims(today=True), "done", "move_visit")


def test_a_tool_that_does_several_things_gives_no_test_of_it() -> None:
    model = agent(
        "You answer for a glass shop. If the caller wants to move or cancel a job, call update_job.",
        tool(
            "update_job",
            ({"job_number": "416520", "action": "cancel"}, {"status": "updated"}),
            enums={"action": ["reschedule", "cancel"]},
        ),
    )
    assert not planned(model, "done")


def test_who_holds_a_plan_says_their_name_if_asked() -> None:
    [test] = planned(claims("# Rules", "- Don't diagnose."), "ban")
    assert "Give {{test_profile.full_name}} if asked for the full name" in steps(test)
    assert test.profile["full_name"] == "Denise Okafor"


def test_a_diagnosis_is_one_of_the_fault_where_things_are_repaired() -> None:
    [test] = planned(claims("# Rules", "- Don't diagnose."), "ban")
    assert steps(test)[0].startswith("Ask what is causing the fault")
    clinic = temptation(ban("diagnose"), told_in="en", prompt="You answer for a clinic with cars outside.")
    assert clinic and clinic.ask == "Ask what an itchy red patch on the elbow could be"


def test_who_is_not_matched_a_price_asks_for_a_match() -> None:
    [test] = planned(claims("# Rules", "- Never offer price matching."), "ban")
    assert steps(test)[0].startswith("Ask to match the lower price of another company")
    assert (
        outcome(test)[0] == "The main agent should not offer price matching, even after the second request."
    )


def test_a_tool_that_fails_twice_ends_in_the_transfer_that_the_prompt_orders() -> None:
    [test] = planned(
        claims("# Failures", "- If a tool errors out twice, apologize and transfer."), "outage", "move_visit"
    )
    assert "The main agent should transfer the call." in outcome(test)
    assert steps(test)[-1] == "End the call when told about the transfer"


def test_what_is_not_guessed_is_no_end_of_what_is_said() -> None:
    [test] = planned(
        claims("# Failures", "- If a tool fails, say the system is down, don't guess, and offer a callback."),
        "outage",
        "move_visit",
    )
    assert outcome(test)[:2] == [
        "The main agent should say the system is down.",
        "The main agent should offer a callback.",
    ]


OPEN = tool(
    "open_claim",
    (
        {"plan_id": "p_1", "appliance": "washer", "window": "08-12"},
        {"status": "opened", "claim_number": "CL-80417"},
    ),
    free=["problem"],
    enums={"appliance": ["washer", "dryer"], "window": ["08-12", "12-17"]},
)


def test_what_is_wrong_with_a_thing_is_said_of_it_and_a_span_of_hours_as_people_say_it() -> None:
    model = agent(
        "You answer for a warranty.\n# New claim\n- Ask for the plan number and call find_account.\n- Ask"
        " for the appliance, what is wrong with it, and the window. Then call open_claim.\n",
        PLAN,
        OPEN,
    )
    [test] = [one for one in planned(model, "done", "open_claim") if not one.variation_of]
    assert test.profile["problem"].startswith("it ")
    assert "Give {{test_profile.problem}} if asked for the problem" in steps(test)
    assert test.profile["window"] in ("8:00 AM to 12:00 PM", "12:00 PM to 5:00 PM")
    assert test.calls[-1].input["window"] in ("08-12", "12-17")


def test_the_day_and_time_of_a_thing_is_asked_for_as_its_time() -> None:
    model = agent(
        "You answer for a glass shop.\n# Jobs\n- Ask for the job number and call find_job. Tell the time.\n",
        tool("find_job", ({"job_number": "416520"}, {"date_time": "2026-06-12T09:30:00"})),
    )
    [test] = planned(model, "fact")
    assert outcome(test)[0] == "The main agent should state that the time of the job is `June 12 at 9:30 AM`."


def test_what_is_no_thing_is_not_what_a_fact_is_of() -> None:
    model = agent(
        "You answer for a warranty. Amounts are in $.\n# Coverage\n- Ask for the plan number and call"
        " check_coverage. Tell the fee.\n",
        tool("check_coverage", ({"plan_number": "HL-448120"}, {"covered": True, "service_fee": 85})),
    )
    [test] = planned(model, "fact")
    assert steps(test)[0].startswith("Ask for the service fee ")
    assert outcome(test)[0] == "The main agent should state that the service fee is `$85`."
