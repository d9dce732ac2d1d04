"""A given test profile wins wherever the values of a test would differ, or the test is dropped."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from evalgen.generation.brief import GivenProfile
from evalgen.generation.check.scenario import Checker
from evalgen.generation.plan.test import Test
from evalgen.generation.write.given import under_given
from tests.unit.generation.by_hand import AGENT, CALLS, SETTING, TEST, drafted, with_step


def given(agent: dict[str, Any] | None = None, **caller: Any) -> GivenProfile:
    return GivenProfile(9, "Given", agent or {}, caller)


def played(profile: GivenProfile, test: Test = TEST) -> Test:
    found = under_given(test, profile)
    assert found is not None
    assert Checker(AGENT).problems_of(found, drafted(found, test_profile=profile), SETTING) == []
    return found


def test_its_values_reach_placeholders_calls_and_answers() -> None:
    found = played(given(phone="5550999888", name="Ana Ruiz"))
    assert found.steps[1].action == "Give {{test_profile.phone}}"
    assert found.calls[0].input == {"phone": "5550999888"}
    assert found.calls[0].output == {"customer_id": "cu_17", "name": "Ana Ruiz"}
    assert (found.profile["phone"], found.profile_name) == ("5550999888", "Given")


def test_a_number_that_stands_for_a_text_goes_into_calls_as_text() -> None:
    assert played(given(phone=5550999888)).calls[0].input == {"phone": "5550999888"}


def test_the_draft_has_the_given_profile_and_no_other() -> None:
    profile = given({"shop": "North"}, phone="5550999888", name="Ana Ruiz")
    draft = drafted(played(profile), test_profile=profile)
    assert draft.main_agent_variables == {"shop": "North"}
    assert draft.testing_agent_variables == {"phone": "5550999888", "name": "Ana Ruiz"}


def test_a_key_that_it_does_not_have_is_another_key_of_the_same_kind() -> None:
    found = played(given(mobile_phone="5550999888"))
    assert found.steps[1].action == "Give {{test_profile.mobile_phone}}"
    assert found.calls[0].input == {"phone": "5550999888"}


def test_two_keys_of_the_same_value_are_one_person() -> None:
    test = replace(TEST, variables={"caller_phone": TEST.profile["phone"]})
    assert played(given(mobile_phone="5550999888"), test).calls[0].input == {"phone": "5550999888"}


def test_where_it_is_not_certain_whose_a_value_is_the_test_is_dropped() -> None:
    other = replace(TEST, profile={**TEST.profile, "work_phone": "5550777666"})
    assert under_given(other, given(mobile_phone="5550999888")) is None
    assert under_given(TEST, given(mobile_phone="5550999888", office_phone="5550111222")) is None
    assert under_given(other, given(phone="5550999888")) is not None


def test_a_value_that_it_does_not_have_is_said() -> None:
    found = played(given(name="Ana Ruiz"), replace(TEST, profile={**TEST.profile, "size": "a small wheel"}))
    assert found.steps[2].action == "Ask for 2026-07-08"
    assert "2026-07-08" in found.assertions[0].text


def test_values_that_stand_in_words_are_replaced_too() -> None:
    test = replace(with_step(2, action="Say that Ida Moss calls"), aim="Ida Moss has a flat tyre")
    found = under_given(test, given(name="Ana Ruiz", phone=TEST.profile["phone"]))
    assert found is not None
    assert (found.aim, found.steps[1].action) == ("Ana Ruiz has a flat tyre", "Say that Ana Ruiz calls")


def test_the_same_value_written_otherwise_changes_nothing() -> None:
    found = played(given(phone="+1 555 010 0200", name="Ida Moss", day="2026-07-08"))
    assert found.calls == CALLS


def test_a_day_that_a_record_is_about_breaks_the_path() -> None:
    assert under_given(TEST, given(day="2026-08-01")) is None


def test_a_value_that_is_a_part_of_an_answer_breaks_the_path() -> None:
    calls = (replace(CALLS[0], output={"customer_id": "cu_17", "note": "Ida Moss, member"}), *CALLS[1:])
    assert under_given(replace(TEST, calls=calls), given(name="Ana Ruiz")) is None


def test_an_input_that_the_schema_refuses_is_left_to_the_checks() -> None:
    tools = (
        replace(AGENT.tools[0], parameters={"properties": {"phone": {"pattern": r"^\d{10}$"}}}),
        *AGENT.tools[1:],
    )
    profile = given(phone="12")
    found = under_given(TEST, profile)
    assert found is not None
    checker = Checker(replace(AGENT, tools=tools))
    assert checker.problems_of(found, drafted(found, test_profile=profile), SETTING) != []
